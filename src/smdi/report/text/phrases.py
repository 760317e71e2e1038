"""Words that claim something, chosen by the data, so that a rerun cannot state a falsehood.

Every function returns a string that may hold marks of `smdi.report.values` (⟦=5.9 个百分点⟧), to
be put into a phrase of a chapter. Comparisons are made at the precision the sentence prints: where
the digits show no difference, no difference is claimed. A value that is missing or withheld gives
the mark ⟦?missing⟧, for which a sentence has its other variant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import overload

from smdi.indicators.precision.rounding import half_up
from smdi.report.text.language import numeral, ordinal, words
from smdi.report.text.texts import Comparison, Directions
from smdi.report.values import inline, state_of

# A thing that is counted: its name or counter, or where a language has two forms, (one, many).
Noun = str | Sequence[str]


def change(
    delta: float,
    digits: int = 1,
    *,
    since: str = "",
    unit: str = "百分点",
    directions: Directions | None = None,
    fact: str | None = None,
    clear: bool = True,
) -> str:
    """Say a change: 较 2020 年提高 7.1 个百分点 / 与 2020 年持平 (at the printed digits).

    `delta` is signed and unrounded; `since` is what it is measured against ("2020 年");
    `directions` are by default those of a rate; `fact` the id of the published fact that prints
    this amount. One that is not `clear` is inside its noise: no change is claimed, and no amount.
    """
    if state_of(delta) != "value":
        return "⟦?missing⟧"
    say, directions = words().change, directions or words().change.rate
    if not clear:
        return say.since_unclear(since=_spaced(since), word=say.unclear) if since else say.unclear
    rounded = half_up(delta, digits)
    if rounded == 0:
        same = directions.same
        return say.same_since(since=_spaced(since), word=same) if since else same
    word = directions.up if rounded > 0 else directions.down
    amount = inline(abs(delta), unit, digits, fact)
    if since:
        return say.since(since=_spaced(since), word=word, amount=amount)
    return say.plain(word=word, amount=amount)


def direction(delta: float, digits: int = 1) -> str:
    """Say the change of a rate by its word alone: 提高, 降低 or 持平."""
    if state_of(delta) != "value":
        return "⟦?missing⟧"
    rounded, rate = half_up(delta, digits), words().change.rate
    return rate.up if rounded > 0 else rate.down if rounded < 0 else rate.same


def compare(
    value: float,
    reference: float,
    digits: int = 0,
    *,
    than: str = "",
    by: Comparison | None = None,
    clear: bool = True,
) -> str:
    """Compare two values as printed: 高于全国 / 低于全国 / 与全国持平 / 与全国未见明显差异.

    `than` names the reference; `by` has the words, by default those of `compare` in the language.
    A difference that is not `clear` is inside its noise.
    """
    if not _both_known(value, reference):
        return "⟦?missing⟧"
    say = words().compare
    by = by or Comparison(higher=say.higher, lower=say.lower, same=say.same)
    if not clear:
        return say.level(than=than, word=say.unclear) if than else say.unclear
    first, second = half_up(value, digits), half_up(reference, digits)
    if first == second:
        return say.level(than=than, word=by.same) if than else by.same
    return say.differs(than=than, word=by.higher if first > second else by.lower).strip()


def lead(
    value: float,
    reference: float,
    digits: int = 1,
    *,
    than: str = "",
    unit: str = "百分点",
    fact: str | None = None,
    clear: bool = True,
) -> str:
    """Say by how much, from unrounded values: 较流程型企业高出 2.5 个百分点 / 低 … / 与…持平."""
    if not _both_known(value, reference):
        return "⟦?missing⟧"
    say, gap = words().compare, value - reference
    if not clear:
        return say.level(than=than, word=say.unclear) if than else say.unclear
    if half_up(gap, digits) == 0:
        return say.level(than=than, word=say.same) if than else say.same
    amount = inline(abs(gap), unit, digits, fact)
    if than:
        return (say.ahead_of if gap > 0 else say.behind_of)(than=than, amount=amount)
    return (say.ahead if gap > 0 else say.behind)(amount=amount)


def about(value: float) -> str:
    """Say a share in % by words: 全部, 超过九成 … 近三成, 半数, 超过半数, 不足一成, 没有."""
    if state_of(value) != "value":
        return "⟦?missing⟧"
    share, say = half_up(value, 2), words().about
    if share >= 100:
        return say.all
    if share <= 0:
        return say.none
    if share == 50:
        return say.half
    if 50 < share < 55:
        return say.over_half
    tenths, rest = divmod(share, 10)
    if rest == 0:
        return say.tenths(tenths=numeral(int(tenths)))
    if rest >= 7 and tenths < 9:
        return say.nearly_half if tenths == 4 else say.nearly(tenths=numeral(int(tenths) + 1))
    return say.under_a_tenth if tenths == 0 else say.over(tenths=numeral(int(tenths)))


def listing(names: Sequence[str]) -> str:
    """Join names: 甲 / 甲和乙 / 甲、乙和丙."""
    names, say = list(names), words().lists
    if len(names) < 2:
        return "".join(names)
    return f"{say.joint.join(names[:-1])}{say.last}{names[-1]}"


def top(ranks: Mapping[str, int], places: int) -> str:
    """Say who leads: 江苏省、山东省、宁夏回族自治区依次居前三位; ties say 并列.

    `ranks` maps names to competition ranks. All of rank <= `places` are named, so a tie at the end
    may name more. An empty ranking is missing.
    """
    leading = {name: rank for name, rank in ranks.items() if rank <= places}
    if not leading:
        return "⟦?missing⟧"
    say, names = words().rank, sorted(leading, key=leading.__getitem__)
    if len(names) == 1:
        return say.holds(names=names[0], place=say.first)
    if len(set(leading.values())) == 1:
        return say.all_tied(names=listing(names), ordinal=ordinal(leading[names[0]]))
    if len(set(leading.values())) == len(names):
        count = counted(len(names), say.counter)
        in_order = words().lists.joint.join(names)
        return say.in_order(names=in_order, listing=listing(names), count=count)
    return words().lists.clause.join(_rank_clauses({name: leading[name] for name in names}))


def rank_words(place: float, total: int | None = None, tied: bool = False) -> str:
    """Say a place: 居首位 / 并列首位 / 居第三位 / 居末位 (the last of `total`)."""
    if state_of(place) != "value":
        return "⟦?missing⟧"
    say = words().rank
    last = place != 1 and total is not None and place == total and not tied
    word = say.last if last else _place(int(place))
    return (say.tied if tied else say.holds)(names="", place=word).strip()


def extreme(values: Mapping[str, float], digits: int, highest: bool = True) -> list[str]:
    """Return the names with the highest (or lowest) value as printed: several when they tie."""
    known = {name: half_up(v, digits) for name, v in values.items() if state_of(v) == "value"}
    if not known:
        return []
    best = max(known.values()) if highest else min(known.values())
    return [name for name, value in known.items() if value == best]


def superlative(values: Mapping[str, float], digits: int = 0, highest: bool = True) -> str:
    """Say who is highest or lowest: 甲最高 / 甲和乙并列最高 / 各组持平; needs two known values."""
    known = [name for name, value in values.items() if state_of(value) == "value"]
    if len(known) < 2:
        return "⟦?missing⟧"
    say, names = words().rank, extreme(values, digits, highest)
    if len(names) == len(known):
        return say.all_level
    return (say.highest if highest else say.lowest)(len(names), names=listing(names))


def how_many(
    holds: Mapping[str, bool],
    claim: str,
    *,
    counter: str = "",
    noun: Noun = "",
    denial: str = "",
    within: str = "",
) -> str:
    """Say of how many a claim holds.

    八个行业均有所提高 / 除甲外，其余七个行业均有所提高 / 八个行业中，甲和乙有所提高 /
    八个行业均未提高; `denial` words the last case, `within` goes before the group (在). `noun` and
    `counter` are by default the language's. An empty mapping is missing.
    """
    total = len(holds)
    if total == 0:
        return "⟦?missing⟧"
    say = words().how_many
    counter = counter or say.counter
    denial = denial or say.denial(claim=claim)
    yes = [name for name, true in holds.items() if true]
    no = [name for name, true in holds.items() if not true]
    given = {"claim": claim, "within": within}
    if total == 1:
        return say.one(within=within, name=[*yes, *no][0], claim=claim if yes else denial)
    given |= {
        "total": counted(total, counter),
        "noun": form(noun, total) if noun else say.noun(total),
    }
    if not no:
        return say.all(total, **given)
    if not yes:
        return say.none(total, denial=denial, **given)
    if len(no) <= 2 and len(yes) > len(no):
        rest = {
            "rest": counted(len(yes), counter),
            "noun": form(noun, len(yes)) if noun else say.noun(len(yes)),
        }
        return say.but(len(yes), no=listing(no), **{**given, **rest})
    return say.some(total, yes=listing(yes), **given)


def counted(number: int, counter: Noun) -> str:
    """Say a number of things: 两个, 八个, 十二个."""
    say = words().numerals
    word = say.counted.get(number) or numeral(number)
    return say.with_counter(numeral=word, counter=form(counter, number)).strip()


def form(noun: Noun, number: float) -> str:
    """Return the form of a noun that goes with a number."""
    if isinstance(noun, str):
        return noun
    return noun[0] if number == 1 else noun[-1]


@overload
def comparable(noun: str) -> str: ...
@overload
def comparable(noun: Sequence[str]) -> Sequence[str]: ...
def comparable(noun: Noun) -> Noun:
    """Return the noun of those things alone that can be compared: 可比的能力域."""
    say = words().how_many.comparable
    return say(noun=noun) if isinstance(noun, str) else [say(noun=one) for one in noun]


def joined(sentences: Sequence[str]) -> str:
    """Join sentences, those that are empty left out; a note puts the last stop behind them."""
    say = words().lists
    told = [sentence(text.strip()) for text in sentences if text]
    return f"{say.stop}{say.after_stop}".join(told)


def sentence(text: str) -> str:
    """Begin a sentence with a capital, in scripts that have them; a mark stays as it is."""
    return text[:1].upper() + text[1:]


def _both_known(first: float, second: float) -> bool:
    return state_of(first) == "value" and state_of(second) == "value"


def _spaced(text: str) -> str:
    """Set a text that begins with a figure off from the word before: 较 2020 年提高."""
    return f"{words().amounts.before_figure}{text}" if text[:1].isdigit() else text


def _rank_clauses(ranks: Mapping[str, int]) -> list[str]:
    """Return a clause a rank: 甲居首位, 乙和丙并列第二位; `ranks` in their order."""
    say = words().rank
    groups: dict[int, list[str]] = {}
    for name, place in ranks.items():
        groups.setdefault(place, []).append(name)
    return [
        (say.tied if len(group) > 1 else say.holds)(names=listing(group), place=_place(place))
        for place, group in groups.items()
    ]


def _place(place: int) -> str:
    say = words().rank
    return say.first if place == 1 else say.nth(ordinal=ordinal(place))
