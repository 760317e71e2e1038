"""The filters of sentence templates: each takes its words from the data.

They are thin: the words are those of `phrases`, the values those of `quoting`. Those that speak of
an exhibit's frame are in `exhibit_filters`. A filter whose value cannot be said raises Unsayable,
or returns a mark ⟦?missing⟧, which says the same.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from smdi.report.text import phrases
from smdi.report.text.exhibit_filters import EXHIBIT_FILTERS
from smdi.report.text.language import name_of, numeral, words
from smdi.report.text.parts import Holds, claimed
from smdi.report.text.phrases import Noun
from smdi.report.text.quoting import Ranking, Unsayable, Value
from smdi.report.text.texts import Comparison, Directions
from smdi.report.values import inline

Filter = Callable[..., Any]


def change(
    value: Value,
    up: str = "",
    down: str = "",
    same: str = "",
    *,
    since: str = "",
    digits: int | None = None,
) -> str:
    """Say a signed change: 上升 6 个百分点, 较 2020 年下降 …, 与 2020 年持平.

    The words are by default those of a share.
    """
    record, share = value.record, words().change.share
    said = phrases.change(
        value.known,
        record.digits if digits is None else digits,
        since=since,
        unit=record.unit,
        directions=Directions(up=up or share.up, down=down or share.down, same=same or share.same),
        fact=record.fact,
        clear=record.clear,
    )
    return claimed(said, [record.status])


def fall(value: Value, **options: Any) -> str:
    """Say a decrease (positive: it fell), the other way round than `change`."""
    record = replace(value.record, value=-value.known)
    return change(Value(value.name, record), **options)


def lead(value: Value, than: str = "", digits: int | None = None) -> str:
    """Say by how much a group leads another: 较流程型高出 2.5 个百分点."""
    record = value.record
    places = record.digits if digits is None else digits
    said = phrases.lead(
        value.known,
        *(0, places),
        than=than,
        unit=record.unit,
        fact=record.fact,
        clear=record.clear,
    )
    return claimed(said, [record.status])


def compare(
    value: Value,
    reference: Value,
    than: str = "",
    higher: str = "",
    lower: str = "",
    same: str = "",
    by: Value | None = None,
) -> str:
    """Compare two values as printed: 高于流程型制造企业, 与流程型制造企业持平.

    `by` is their difference, which knows whether it is clear.
    """
    say = words().compare
    told = Comparison(higher=higher or say.higher, lower=lower or say.lower, same=same or say.same)
    digits, clear = value.record.digits, by is None or by.record.clear
    said = phrases.compare(value.known, reference.known, digits, than=than, by=told, clear=clear)
    return claimed(said, [value.record.status, reference.record.status])


def about(value: Value) -> str:
    """Say a share in words: 近七成, 超过半数, 全部."""
    return claimed(phrases.about(value.known), [value.record.status])


def leaders(ranking: Ranking, places: int | None = None) -> str:
    """Say who leads: 江苏省、山东省、宁夏回族自治区依次居前三位; ties say 并列.

    Unsayable as `Ranking.several` says for a ranking of one name or none.
    """
    named = ranking.several().first(places) if places else ranking.several()
    if not len(named) or not named.is_placed:
        raise Unsayable("withheld" if len(ranking) else named.lacking)
    ranks = [int(rank) for rank in named.ranks]
    said = phrases.top(dict(zip(named.names, ranks, strict=True)), max(ranks))
    return claimed(said, named.statuses)


def amounts(ranking: Ranking) -> str:
    """List the values of a ranking in its order: 4654 家、2753 家和 1108 家."""
    return phrases.listing(ranking.amounts())


def each(ranking: Ranking) -> str:
    """Say what each of a ranking has, in its order: 分别为 12 家和 8 家; of one: 为 12 家."""
    return words().lists.each(len(ranking), values=amounts(ranking))


def sizes(ranking: Ranking) -> str:
    """List the values of a ranking of changes without their signs: 4.04 个百分点."""
    return phrases.listing(ranking.sizes())


def names(ranking: Ranking) -> str:
    """List the names of a ranking in its order: 甲、乙和丙; Unsayable when there are none."""
    if len(ranking) == 0:
        raise Unsayable(ranking.lacking)
    return phrases.listing(ranking.names)


def movements(ranking: Ranking, of: str = "", joint: str = "", named: bool = True) -> str:
    """Say how far each of a ranking of changes moved: 甲下降 9.65 个百分点；乙持平.

    `of` is what moved, said behind each name, or alone where the group is not `named` again;
    `joint` stands between the clauses. Unsayable when there is none.
    """
    if len(ranking) == 0:
        raise Unsayable(ranking.lacking)
    say = words().change
    clauses = []
    rows = zip(ranking.names, ranking.values, ranking.fact_ids(), ranking.clear, strict=True)
    for name, value, fact, clear in rows:
        change = phrases.change(
            value, ranking.digits, unit=ranking.unit, directions=say.share, fact=fact, clear=clear
        )
        if of and named:
            clauses.append(say.of_each_part(name=name, part=of, change=change))
        else:
            clauses.append(say.of_each(name=name if named else of, change=change))
    return (joint or words().lists.sentence).join(clauses)


def place(rank: float | Value, total: int | None = None) -> str:
    """Say a place: 居首位, 居第三位, 居末位 (the last of `total`); Unsayable when it is hidden."""
    number = rank.known if isinstance(rank, Value) else rank
    if math.isinf(number):
        raise Unsayable("withheld")
    said = phrases.rank_words(int(number), total)
    return claimed(said, [rank.record.status] if isinstance(rank, Value) else [])


def listing(items: Sequence[object]) -> str:
    """Join items: 甲、乙和丙; Unsayable when there are none."""
    if not items:
        raise Unsayable("inapplicable")
    return phrases.listing([str(item) for item in items])


def how_many(
    holds: Mapping[str, bool],
    claim: str,
    noun: Noun = "",
    counter: str = "",
    denial: str = "",
    within: str = "",
) -> str:
    """Say of how many a claim holds: 除甲外，其余七个行业均有所提高."""
    statuses: Collection[str] = []
    if isinstance(holds, Holds):
        statuses = holds.statuses
        noun = phrases.comparable(noun) if holds.partly and noun else noun
    said = phrases.how_many(holds, claim, counter=counter, noun=noun, denial=denial, within=within)
    return claimed(said, statuses)


def highest(values: Mapping[str, float], digits: int = 0) -> str:
    """Say who is highest as printed: 甲最高, 甲和乙并列最高, 各组持平."""
    return phrases.superlative(values, digits)


def lowest(values: Mapping[str, float], digits: int = 0) -> str:
    """Say who is lowest as printed: 甲最低, 甲和乙并列最低, 各组持平."""
    return phrases.superlative(values, digits, highest=False)


def highest_and_lowest(values: Mapping[str, Value], digits: int = 0) -> str:
    """Say who of several is highest and who lowest: 其中甲最高，乙最低; 各项持平 when alike."""
    known = {name: value.known for name, value in values.items()}
    statuses = [value.record.status for value in values.values()]
    if len(phrases.extreme(known, digits)) == len(known):
        return claimed(words().rank.all_items_level, statuses)
    ends = (phrases.superlative(known, digits, highest=best) for best in (True, False))
    return claimed(words().rank.ends(ends=words().lists.clause.join(ends)), statuses)


def known(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return those of several values that can be said."""
    return {name: value for name, value in values.items() if value.is_known}


def unknown(values: Mapping[str, Value]) -> Mapping[str, Value]:
    """Return those of several values that cannot be said."""
    return {name: value for name, value in values.items() if not value.is_known}


def counted(number: int, counter: Noun = "") -> str:
    """Say a number of things in words: 两个, 十二个; the counter is by default the language's."""
    return phrases.counted(number, counter or words().how_many.counter)


def named(chinese: str) -> str:
    """Write a name of the data as the language has it: 江苏省."""
    return name_of(chinese)


def capital(text: str) -> str:
    """Begin a sentence with a capital, in scripts that have them."""
    return phrases.sentence(text)


def amount(number: float, unit: str = "", digits: int = 0, fact: str | None = None) -> str:
    """Write a computed number that has no name of its own, with its unit and mark."""
    return inline(number, unit, digits, fact)


FILTERS: dict[str, Filter] = {
    function.__name__: function
    for function in (
        change,
        fall,
        lead,
        compare,
        about,
        leaders,
        amounts,
        each,
        sizes,
        names,
        movements,
        place,
        listing,
        how_many,
        highest,
        lowest,
        highest_and_lowest,
        known,
        unknown,
        counted,
        numeral,
        named,
        capital,
        amount,
    )
} | EXHIBIT_FILTERS
