"""Sentences that set the rates of a scope beside others: all industries, or the nation.

See the head of `sentences`.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from smdi.indicators.precision.rounding import half_up
from smdi.indicators.tidy import pick
from smdi.published import fact_id
from smdi.report.text import phrases
from smdi.report.text.language import words
from smdi.report.text.practice.clauses import (
    Clear,
    Pairs,
    Unavailable,
    always,
    join_clauses,
    largest_difference,
    unavailable_mark,
)
from smdi.report.text.practice.words import (
    all_industries,
    full_subject,
    name,
    names_or_count,
    sector_firms,
    subject,
)
from smdi.report.values import inline, state_of
from smdi.standards import ALL_INDUSTRIES, NATION


def against_all_industries(
    frame: pd.DataFrame,
    exhibit: str,
    year: int,
    digits: int = 0,
    region: str = "",
    clear: Clear = always,
    alike: str = "",
    most: int | None = None,
) -> str:
    """State rates of a sector against those of all industries, a clause a practice.

    `frame` is that of `practices.sector_practices`; `region` is the province of the scope, or ''.
    Of more than `most` practices those are named that differ most.
    """
    say, clauses = words().rates, list[str]()
    group, pairs, unavailable = _against_all(frame, year)
    if most is not None and len(pairs) > most:
        gaps = {practice: abs(own - whole) for practice, (own, whole) in pairs.items()}
        named = sorted(gaps, key=lambda practice: -gaps[practice])[:most]
        pairs = {practice: pair for practice, pair in pairs.items() if practice in named}
    for practice, (own, whole) in pairs.items():
        who = sector_firms(group, region, alike)
        head = subject(practice) if clauses else full_subject(who, practice)
        amount = inline(own, "%", digits, fact_id(exhibit, practice, group, year))
        reference = inline(whole, "%", digits, fact_id(exhibit, practice, ALL_INDUSTRIES, year))
        compared = phrases.compare(own, whole, digits, than=all_industries(region, alike))
        given = {"subject": head, "amount": amount, "compared": compared}
        if half_up(own, digits) == half_up(whole, digits):
            clauses.append(say.level_against(**given))
        elif not clear(practice):
            than = all_industries(region, alike)
            clauses.append(say.unclear_against(than=than, reference=reference, **given))
        else:
            clauses.append(say.against(reference=reference, **given))
    return join_clauses(clauses, unavailable, lead=say.in_year(year=year))


def sector_name(frame: pd.DataFrame) -> str:
    """Return the group that the frame compares with all industries; '' when there is none."""
    return next((str(group) for group in frame["group"] if group != ALL_INDUSTRIES), "")


def standing(
    frame: pd.DataFrame,
    year: int,
    digits: int = 0,
    region: str = "",
    clear: Clear = always,
    alike: str = "",
) -> str:
    """Sum up a sector against all industries: 三项关键指标均高于全行业, 差距最大的是…."""
    say, lists = words().rates, words().lists
    group, pairs, unavailable = _against_all(frame, year)
    if not pairs:
        return unavailable_mark(unavailable)
    standings: dict[str, list[str]] = {}
    for practice, (own, whole) in pairs.items():
        compared = phrases.compare(
            own, whole, digits, than=all_industries(region, alike), clear=clear(practice)
        )
        standings.setdefault(compared, []).append(name(practice))
    who, total = sector_firms(group, region, alike), len(pairs)
    key_rates = say.comparable_key_rates if unavailable else say.key_rates
    rates = key_rates(total, firms=who, count=phrases.counted(total, words().practices.counter))
    first = next(iter(standings))
    if total == 1:
        text = say.standing_of_one(subject=full_subject(who, next(iter(pairs))), compared=first)
    elif len(standings) == 1:
        text = say.standing_of_all(rates=rates, compared=first)
    else:
        clauses = lists.clause.join(
            say.standing_of_some(len(names), names=phrases.listing(names), compared=compared)
            for compared, names in standings.items()
        )
        text = say.standing(rates=rates, clauses=clauses)
    if largest := largest_difference(pairs, digits, clear):
        text += say.largest_gap(than=all_industries(region, alike), names=largest)
    return phrases.sentence(f"{text}{lists.stop}")


def against_nation(frame: pd.DataFrame, own: str, year: int, digits: int, clear: Clear) -> str:
    """State which rates of a scope are higher or lower than the nation's: 三项指标均高于全国.

    `frame` is that of `practices.against_nation`, `own` the scope's group in it.
    """
    say, lists = words().rates, words().lists
    practices = [name for name in dict.fromkeys(frame["measure"]) if not name.endswith("_lead")]
    standings: dict[str, list[str]] = {}
    unavailable: Unavailable = {}
    for practice in practices:
        mine, hidden = pick(frame, practice, own, year)
        whole, _ = pick(frame, practice, NATION, year)
        if not state_of(mine) == state_of(whole) == "value":
            unavailable[practice] = hidden
            continue
        compared = phrases.compare(mine, whole, digits, than=say.nation, clear=clear(practice))
        standings.setdefault(compared, []).append(name(practice))
    if not standings:
        return unavailable_mark(unavailable)
    clauses = lists.clause.join(
        (say.all_beside if len(names) == len(practices) > 1 else say.some_beside)(
            names=names_or_count(names, len(practices)), compared=compared
        )
        for compared, names in standings.items()
    )
    return phrases.sentence(f"{clauses}{lists.stop}")


def beside(holds: Mapping[str, Mapping[str, bool]], than: str, counter: str, noun: str) -> str:
    """Say how many measures are higher or lower than others': 十二个能力域中，八个高于全国.

    `holds` tells of each measure whether it is `higher`, and whether it is `lower`.
    """
    say, compare, lists = words().rates, words().compare, words().lists
    total = len(holds["higher"])
    sides = {
        side: [name for name, held in holds[side].items() if held] for side in ("higher", "lower")
    }
    words_of = {
        side: compare.differs(word=getattr(compare, side), than=than)
        for side, names in sides.items()
        if names
    }
    numbers = {side: len(sides[side]) for side in words_of}
    if rest := total - sum(numbers.values()):
        words_of["alike"] = compare.level(than=than, word=compare.unclear)
        numbers["alike"] = rest
    count = phrases.counted(total, counter)
    if len(numbers) == 1:
        return say.all_measures(
            total, count=count, noun=noun, compared=next(iter(words_of.values()))
        )
    clauses = lists.clause.join(
        say.some_measures(number, count=phrases.counted(number, counter), compared=words_of[side])
        for side, number in numbers.items()
    )
    return say.measures(total, count=count, noun=noun, clauses=clauses)


def _against_all(frame: pd.DataFrame, year: int) -> tuple[str, Pairs, Unavailable]:
    """Return the sector's name, (sector, all industries) by practice, and what is unavailable."""
    group = sector_name(frame)
    pairs: Pairs = {}
    unavailable: Unavailable = {}
    for practice in dict.fromkeys(frame["measure"]):
        own, hidden = pick(frame, practice, group, year)
        whole, whole_hidden = pick(frame, practice, ALL_INDUSTRIES, year)
        if state_of(own) == state_of(whole) == "value":
            pairs[practice] = own, whole
        else:
            unavailable[practice] = hidden or (state_of(own) == "value" and whole_hidden)
    return group, pairs, unavailable
