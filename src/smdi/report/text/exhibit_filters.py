"""The filters of sentence templates that speak of the frame behind an exhibit."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pandas as pd

from smdi.indicators import practices
from smdi.indicators.population import Population
from smdi.indicators.precision.noise import is_clear
from smdi.indicators.precision.rounding import half_up
from smdi.indicators.tidy import ERROR
from smdi.report.charts import measure_label
from smdi.report.text import phrases
from smdi.report.text.language import name_of, words
from smdi.report.text.parts import Holds, claimed, statuses_of
from smdi.report.text.practice import comparing, headings, sentences, sources
from smdi.report.text.practice import words as practice_words
from smdi.report.text.quoting import Exhibit, Unsayable
from smdi.report.values import inline, state_of


def higher(exhibit: Exhibit, group: str, than: str, digits: int = 2) -> Holds:
    """Tell of each measure whether one group is higher than another, for `how_many`."""
    return _higher_measures(exhibit.frame, group, than, digits, _clear_lead(exhibit))


def lower(exhibit: Exhibit, group: str, than: str, digits: int = 2) -> Holds:
    """Tell of each measure whether one group is lower than another, for `how_many`."""
    return _higher_measures(exhibit.frame, than, group, digits, _clear_lead(exhibit))


def span(exhibit: Exhibit) -> str:
    """Say the years of an exhibit for its caption: 2021 年, 2020 年与 2021 年."""
    return practice_words.span(set(exhibit.frame["year"]))


def denominator_note(exhibit: Exhibit) -> str:
    """State for a note which rates have only firms with a business as denominator."""
    return practice_words.denominator_note(_practices(exhibit))


def headline_note(exhibit: Exhibit) -> str:
    """State for a note the denominators, and that the heading's changes are rounded apart."""
    rounded = headings.rounding_note(
        exhibit.frame, exhibit.year, exhibit.baseline, _clear_change(exhibit)
    )
    return phrases.joined([denominator_note(exhibit), rounded])


def over_two_years(exhibit: Exhibit, digits: int = 0, first: bool = False) -> str:
    """State the rates of an exhibit in both years; `first`: of its first practice alone."""
    return sentences.over_two_years(
        _first(exhibit) if first else exhibit.frame,
        exhibit.id,
        exhibit.year,
        exhibit.baseline,
        digits,
        words().practices.firms(scope=exhibit.scope),
        _clear_change(exhibit),
    )


def headline(exhibit: Exhibit, digits: int = 0) -> str:
    """Say in a heading what the rates of an exhibit have done: 设备数字化率提高 8 个百分点."""
    said = headings.headline(
        exhibit.frame,
        exhibit.id,
        exhibit.year,
        exhibit.baseline,
        digits,
        _clear_change(exhibit),
    )
    return said if said == words().rates.headline_unknown else claimed(said, exhibit.statuses)


def movement(exhibit: Exhibit, digits: int = 0) -> str:
    """Sum up the changes of an exhibit's rates."""
    said = sentences.movement(
        exhibit.frame, exhibit.year, exhibit.baseline, digits, _clear_change(exhibit)
    )
    return claimed(said, exhibit.statuses)


def extremes(exhibit: Exhibit, digits: int = 0) -> str:
    """Name the highest and the lowest rate of an exhibit."""
    now = exhibit.frame[exhibit.frame["year"] == exhibit.year]
    return claimed(sentences.extremes(exhibit.frame, exhibit.year, digits), statuses_of(now))


def adopter_growth(exhibit: Exhibit, firms: Population) -> str:
    """Compare the growth of firms with each practice of an exhibit with that of all `firms`."""
    rates = practices.practice_trend(firms, _practices(exhibit), exhibit.id)
    clear = Exhibit(
        exhibit.id,
        rates,
        exhibit.year,
        exhibit.baseline,
        exhibit.scope,
        differences=practices.practice_changes(firms, _practices(exhibit), exhibit.id),
    )
    statuses = set(rates.get("base_status", ()))
    return sentences.adopter_growth(
        rates, exhibit.year, exhibit.baseline, _clear_change(clear), statuses
    )


def against_all_industries(exhibit: Exhibit, most: int | None = None) -> str:
    """State the rates of a sector against all industries: all, or the `most` that differ most."""
    return comparing.against_all_industries(
        exhibit.frame,
        exhibit.id,
        exhibit.year,
        region=exhibit.region,
        clear=_clear_lead(exhibit),
        alike=exhibit.alike,
        most=most,
    )


def standing(exhibit: Exhibit) -> str:
    """Sum up a sector against all industries."""
    said = comparing.standing(
        exhibit.frame,
        exhibit.year,
        region=exhibit.region,
        clear=_clear_lead(exhibit),
        alike=exhibit.alike,
    )
    return claimed(said, exhibit.statuses)


def against_nation(exhibit: Exhibit, firms: Population, digits: int = 0) -> str:
    """State how the rates of an exhibit compare with the nation's; Unsayable for the nation."""
    if firms.is_whole:
        raise Unsayable("inapplicable")
    frame = practices.against_nation(firms, _practices(exhibit), exhibit.id)
    beside = replace(exhibit, differences=frame)
    said = comparing.against_nation(
        frame, firms.scope_name, exhibit.year, digits, _clear_lead(beside)
    )
    return claimed(said, statuses_of(frame))


def beside(
    exhibit: Exhibit, group: str, than: str, counter: str, noun: str, digits: int = 2
) -> str:
    """Say in how many measures a group is clearly higher or lower than another."""
    sides = {
        "higher": higher(exhibit, group, than, digits),
        "lower": lower(exhibit, group, than, digits),
    }
    things = phrases.comparable(noun) if sides["higher"].partly else noun
    said = comparing.beside(sides, name_of(than), counter, things)
    return claimed(said, exhibit.statuses)


def tells_of(exhibit: Exhibit, group: str) -> bool:
    """Tell whether any value of a group can be said."""
    rows = exhibit.frame[exhibit.frame["group"] == group]
    return bool(rows["value"].notna().any())


def farthest(exhibit: Exhibit, digits: int = 1) -> str:
    """Name the measure that leads most, and the one that is farthest behind, where it is clear."""
    leads = exhibit.differences
    rows = leads[leads["measure"].str.endswith("_lead")] if leads is not None else pd.DataFrame()
    clear = [
        (str(row["measure"]).removesuffix("_lead"), float(row["value"]), str(row["unit"]))
        for row in rows.to_dict("records")
        if state_of(row["value"]) == "value" and is_clear(row["value"], row.get(ERROR, math.nan))
    ]
    say, clauses = words().rates, []
    for ends, told in ((max, say.farthest_above), (min, say.farthest_below)):
        if clear and (ends(value for _, value, _ in clear) > 0) == (ends is max):
            measure, value, unit = ends(clear, key=lambda found: found[1])
            amount = inline(abs(value), unit, digits)
            clauses.append(told(name=measure_label(measure), amount=amount))
    if not clauses:
        raise Unsayable("inapplicable")
    return claimed(words().lists.clause.join(clauses), exhibit.statuses)


def denominators(exhibit: Exhibit) -> str:
    """State the denominator of each rate of an exhibit."""
    return sentences.denominators(exhibit.frame, exhibit.year)


def sector(exhibit: Exhibit) -> str:
    """Name the sector, or within one its industry, that an exhibit compares with all industries."""
    return name_of(comparing.sector_name(exhibit.frame))


def change_sources(exhibit: Exhibit) -> str:
    """State the change among the matched firms, and whether all firms agree."""
    said = sources.change_sources(exhibit.frame, exhibit.year, exhibit.baseline)
    return claimed(said, exhibit.statuses)


def comparison_note(exhibit: Exhibit, firms: Population) -> str:
    """State for a note how the three measures of a change among `firms` are computed."""
    return sources.comparison_note(firms, _practices(exhibit))


Clear = Callable[[str], bool]

EXHIBIT_FILTERS: dict[str, Callable[..., Any]] = {
    function.__name__: function
    for function in (
        span,
        denominator_note,
        headline_note,
        over_two_years,
        headline,
        movement,
        extremes,
        adopter_growth,
        against_nation,
        against_all_industries,
        beside,
        farthest,
        tells_of,
        standing,
        denominators,
        sector,
        change_sources,
        comparison_note,
        higher,
        lower,
    )
}


def _practices(exhibit: Exhibit) -> list[str]:
    """Return the practices of an exhibit of rates or of changes, in their order."""
    measures = exhibit.frame["measure"].str.removesuffix("_change")
    return list(dict.fromkeys(measures))


def _clear_change(exhibit: Exhibit) -> Clear:
    """Tell of a practice whether its change is larger than its noise."""
    return lambda practice: exhibit.is_clear(f"{practice}_change")


def _clear_lead(exhibit: Exhibit) -> Clear:
    """Tell of a measure whether the difference of two groups is larger than its noise."""
    return lambda measure: exhibit.is_clear(f"{measure}_lead")


def _first(exhibit: Exhibit) -> pd.DataFrame:
    frame = exhibit.frame
    return frame[frame["measure"] == frame["measure"].iloc[0]] if len(frame) else frame


def _higher_measures(
    frame: pd.DataFrame, group: str, than: str, digits: int, clear: Clear
) -> Holds:
    """Return the label of each measure -> whether `group` is clearly higher than `than`.

    Measures that are not known for both are left out. Unsayable where none is known for both:
    `withheld`; or `inapplicable`, when a group has no firms; or `missing`. Unsayable `single` where
    the two are the same firms.
    """
    rows = frame[frame["group"].isin([group, than])]
    values = rows.pivot(index="measure", columns="group", values="value")
    known = values.reindex(rows["measure"].unique()).dropna()
    if known.shape[1] < 2 or known.empty:
        raise Unsayable(_state(rows))
    if _same_firms(rows):
        raise Unsayable("single")
    held = {
        measure_label(str(measure)): clear(str(measure))
        and half_up(float(mine), digits) > half_up(float(other), digits)
        for measure, mine, other in zip(known.index, known[group], known[than], strict=True)
    }
    return Holds(held, statuses_of(rows), partly=len(known) < rows["measure"].nunique())


def _state(rows: pd.DataFrame) -> str:
    if rows["withheld"].any():
        return "withheld"
    sizes = rows.groupby("group")["base"].sum()
    return "inapplicable" if len(sizes) < 2 or sizes.eq(0).any() else "missing"


def _same_firms(rows: pd.DataFrame) -> bool:
    """Tell whether both groups have the same bases and the same means throughout."""
    sides = rows.groupby("measure")[["base", "value"]].nunique()
    return bool((sides <= 1).all(axis=None))
