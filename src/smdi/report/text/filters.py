"""The filters of sentence templates: each takes its words from the data.

They are thin: the words are those of `phrases` and `practice_sentences`, the values those of
`quoting`. A filter whose value cannot be said raises Unsayable, or returns a mark ⟦?missing⟧, which
says the same.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from smdi.indicators import practices
from smdi.indicators.population import Population
from smdi.report.text import change_sources as sources
from smdi.report.text import phrases, practice_sentences, practice_words
from smdi.report.text.group_comparison import higher_measures
from smdi.report.text.phrases import Words
from smdi.report.text.quoting import Exhibit, Ranking, Unsayable, Value
from smdi.report.values import inline

Filter = Callable[..., Any]


def change(
    value: Value,
    up: str = phrases.SHARE.up,
    down: str = phrases.SHARE.down,
    same: str = phrases.SHARE.same,
    *,
    since: str = "",
    digits: int | None = None,
) -> str:
    """Say a signed change: 上升 6 个百分点, 较 2020 年下降 …, 与 2020 年持平."""
    record = value.record
    return phrases.change(
        value.known,
        record.digits if digits is None else digits,
        since=since,
        unit=record.unit,
        words=Words(up, down, same),
        fact=record.fact,
    )


def fall(value: Value, **options: Any) -> str:
    """Say a decrease (positive: it fell), the other way round than `change`."""
    record = replace(value.record, value=-value.known)
    return change(Value(value.name, record), **options)


def lead(value: Value, than: str = "", digits: int | None = None) -> str:
    """Say by how much a group leads another: 较流程型高出 2.5 个百分点."""
    record = value.record
    places = record.digits if digits is None else digits
    return phrases.lead(value.known, 0, places, than=than, unit=record.unit, fact=record.fact)


def compare(
    value: Value,
    reference: Value,
    than: str = "",
    higher: str = "高于",
    lower: str = "低于",
    same: str = "持平",
) -> str:
    """Compare two values as printed: 高于流程型制造企业, 与流程型制造企业持平."""
    words = (higher, lower, same)
    return phrases.compare(
        value.known, reference.known, value.record.digits, than=than, words=words
    )


def about(value: Value) -> str:
    """Say a share in words: 近七成, 超过半数, 全部."""
    return phrases.about(value.known)


def leaders(ranking: Ranking, places: int | None = None) -> str:
    """Say who leads: 江苏省、山东省、宁夏回族自治区依次居前三位; ties say 并列.

    Unsayable as `Ranking.several` says for a ranking of one name or none.
    """
    named = ranking.several().first(places) if places else ranking.several()
    top = max(named.ranks)
    return phrases.top(dict(zip(named.names, named.ranks, strict=True)), top)


def amounts(ranking: Ranking) -> str:
    """List the values of a ranking in its order: 4654 家、2753 家和 1108 家."""
    return phrases.listing(ranking.amounts())


def names(ranking: Ranking) -> str:
    """List the names of a ranking in its order: 甲、乙和丙; Unsayable when there are none."""
    if len(ranking) == 0:
        raise Unsayable(ranking.lacking)
    return phrases.listing(ranking.names)


def movements(ranking: Ranking, of: str = "") -> str:
    """Say how far each of a ranking of changes moved: 甲下降 9.65 个百分点；乙持平.

    `of` is what moved, said behind each name. Unsayable when there is none.
    """
    if len(ranking) == 0:
        raise Unsayable(ranking.lacking)
    told = zip(ranking.names, ranking.values, ranking.fact_ids(), strict=True)
    return "；".join(
        f"{name}{of}"
        + phrases.change(value, ranking.digits, unit=ranking.unit, words=phrases.SHARE, fact=fact)
        for name, value, fact in told
    )


def place(rank: int, total: int | None = None) -> str:
    """Say a place: 居首位, 居第三位, 居末位 (the last of `total`)."""
    return phrases.rank_words(rank, total)


def listing(items: Sequence[object]) -> str:
    """Join items as Chinese does: 甲、乙和丙; Unsayable when there are none."""
    if not items:
        raise Unsayable("inapplicable")
    return phrases.listing([str(item) for item in items])


def how_many(
    holds: Mapping[str, bool],
    claim: str,
    noun: str = "行业",
    counter: str = "个",
    denial: str = "",
    within: str = "",
) -> str:
    """Say of how many a claim holds: 除甲外，其余七个行业均有所提高."""
    return phrases.how_many(holds, claim, counter=counter, noun=noun, denial=denial, within=within)


def higher(exhibit: Exhibit, group: str, than: str, digits: int = 2) -> dict[str, bool]:
    """Tell of each measure whether one group is higher than another, for `how_many`."""
    return higher_measures(exhibit.frame, group, than, digits)


def lower(exhibit: Exhibit, group: str, than: str, digits: int = 2) -> dict[str, bool]:
    """Tell of each measure whether one group is lower than another, for `how_many`."""
    return higher_measures(exhibit.frame, than, group, digits)


def highest(values: Mapping[str, float], digits: int = 0) -> str:
    """Say who is highest as printed: 甲最高, 甲和乙并列最高, 各组持平."""
    return phrases.superlative(values, digits)


def lowest(values: Mapping[str, float], digits: int = 0) -> str:
    """Say who is lowest as printed: 甲最低, 甲和乙并列最低, 各组持平."""
    return phrases.superlative(values, digits, highest=False)


def highest_and_lowest(values: Mapping[str, Value], digits: int = 0) -> str:
    """Say who of several is highest and who lowest: 其中甲最高，乙最低; 各项持平 when alike."""
    known = {name: value.known for name, value in values.items()}
    if len(phrases.extreme(known, digits)) == len(known):
        return "各项持平"
    ends = (phrases.superlative(known, digits, highest=best) for best in (True, False))
    return f"其中{'，'.join(ends)}"


def counted(number: int, counter: str = "个") -> str:
    """Say a number of things in Chinese numerals: 两个, 十二个."""
    return phrases.counted(number, counter)


def chinese(number: int) -> str:
    """Write a whole number in Chinese numerals: 十二."""
    return phrases.chinese(number)


def amount(number: float, unit: str = "", digits: int = 0, fact: str | None = None) -> str:
    """Write a computed number that has no name of its own, with its unit and mark."""
    return inline(number, unit, digits, fact)


def span(exhibit: Exhibit) -> str:
    """Say the years of an exhibit for its caption: 2021 年, 2020—2021 年."""
    return practice_words.span(set(exhibit.frame["year"]))


def denominator_note(exhibit: Exhibit) -> str:
    """State for a note which rates have only firms with a business as denominator."""
    return practice_words.denominator_note(_practices(exhibit))


def over_two_years(exhibit: Exhibit, digits: int = 0, first: bool = False) -> str:
    """State the rates of an exhibit in both years; `first`: of its first practice alone."""
    return practice_sentences.over_two_years(
        _first(exhibit) if first else exhibit.frame,
        exhibit.id,
        exhibit.year,
        exhibit.baseline,
        digits,
        f"{exhibit.scope}参评企业",
    )


def movement(exhibit: Exhibit, digits: int = 0) -> str:
    """Sum up the changes of an exhibit's rates."""
    return practice_sentences.movement(exhibit.frame, exhibit.year, exhibit.baseline, digits)


def extremes(exhibit: Exhibit, digits: int = 0) -> str:
    """Name the highest and the lowest rate of an exhibit."""
    return practice_sentences.extremes(exhibit.frame, exhibit.year, digits)


def adopter_growth(exhibit: Exhibit, firms: Population) -> str:
    """Compare the growth of firms with each practice of an exhibit with that of all `firms`."""
    rates = practices.practice_trend(firms, _practices(exhibit), exhibit.id)
    return practice_sentences.adopter_growth(rates, exhibit.year, exhibit.baseline)


def against_all_industries(exhibit: Exhibit) -> str:
    """State each rate of a sector against that of all industries, a clause a practice."""
    return practice_sentences.against_all_industries(
        exhibit.frame, exhibit.id, exhibit.year, region=exhibit.region
    )


def standing(exhibit: Exhibit) -> str:
    """Sum up a sector against all industries."""
    return practice_sentences.standing(exhibit.frame, exhibit.year, region=exhibit.region)


def denominators(exhibit: Exhibit) -> str:
    """State the denominator of each rate of an exhibit."""
    return practice_sentences.denominators(exhibit.frame, exhibit.year)


def sector(exhibit: Exhibit) -> str:
    """Name the sector, or within one its industry, that an exhibit compares with all industries."""
    return practice_sentences.sector_name(exhibit.frame)


def change_sources(exhibit: Exhibit) -> str:
    """State the change among the matched firms, and whether all firms agree."""
    return sources.change_sources(exhibit.frame, exhibit.year, exhibit.baseline)


def comparison_note(exhibit: Exhibit, firms: Population) -> str:
    """State for a note how the three measures of a change among `firms` are computed."""
    return sources.comparison_note(firms, _practices(exhibit))


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
        names,
        movements,
        place,
        listing,
        how_many,
        higher,
        lower,
        highest,
        lowest,
        highest_and_lowest,
        counted,
        chinese,
        amount,
        span,
        denominator_note,
        over_two_years,
        movement,
        extremes,
        adopter_growth,
        against_all_industries,
        standing,
        denominators,
        sector,
        change_sources,
        comparison_note,
    )
}


def _practices(exhibit: Exhibit) -> list[str]:
    """Return the practices of an exhibit of rates or of changes, in their order."""
    measures = exhibit.frame["measure"].str.removesuffix("_change")
    return list(dict.fromkeys(measures))


def _first(exhibit: Exhibit) -> pd.DataFrame:
    frame = exhibit.frame
    return frame[frame["measure"] == frame["measure"].iloc[0]] if len(frame) else frame
