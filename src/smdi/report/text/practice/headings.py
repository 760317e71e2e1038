"""Headings of sections on rates, which say what the sentences below them say, in one line.

See the head of `sentences`.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smdi.indicators.precision.noise import FEWEST
from smdi.indicators.precision.rounding import half_up
from smdi.published import fact_id
from smdi.report.text import phrases
from smdi.report.text.language import words
from smdi.report.text.practice.clauses import (
    Clear,
    Pairs,
    always,
    both_years,
    direction_of,
    is_apart,
    names_of,
)
from smdi.report.text.practice.words import name, names_or_count, subject
from smdi.report.values import inline


def headline(
    frame: pd.DataFrame,
    exhibit: str,
    year: int,
    baseline: int,
    digits: int,
    clear: Clear = always,
) -> str:
    """Say in a heading what the rates have done: 三项指标均有所提高，其中甲提高 8 个百分点.

    Told is the largest change each way that is clear. Rates of this year alone are headed by the
    highest of them, where it is clearly apart from the next.
    """
    say, changes = words().rates, words().change
    pairs, _ = both_years(frame, year, baseline)
    if not pairs:
        return _headed_by_highest(frame[frame["year"] == year], exhibit, digits)
    directions = _directions(pairs, digits, clear)
    moved = [direction for direction in directions if direction]
    count = phrases.counted(len(pairs), words().practices.counter)
    if not moved:
        return say.headline_unclear(len(pairs), count=count)
    told = words().lists.clause.join(
        _largest(frame, pairs, directions[direction], direction, exhibit, digits)
        for direction in moved
    )
    ids = directions[moved[0]]
    if len(moved) == len(ids) == 1:
        return told
    if len(moved) > 1:
        all_said = say.headline_mixed(len(pairs), count=count)
    else:
        who = names_or_count(names_of(ids), len(pairs))
        changed = say.all_changed if len(ids) == len(pairs) > 1 else say.some_changed
        all_said = changed(names=who, change=changes.some(word=moved[0]))
    return say.headline(said=all_said, told=told)


def rounding_note(frame: pd.DataFrame, year: int, baseline: int, clear: Clear = always) -> str:
    """Say in a note that `headline` tells a change by which two rates, in whole %, do not differ.

    Rates with decimals are not in question: their changes are told in whole points.
    """
    pairs, _ = both_years(frame, year, baseline)
    for direction, ids in _directions(pairs, 0, clear).items():
        now, before = pairs[_largest_of(pairs, ids)]
        apart = abs(half_up(now, 0) - half_up(before, 0))
        if direction and apart != half_up(abs(now - before), 0):
            return words().rates.rounding_note
    return ""


def _directions(pairs: Pairs, digits: int, clear: Clear) -> dict[str, list[str]]:
    """Return the practices by the direction of their change, '' where none is clear."""
    directions: dict[str, list[str]] = {}
    for practice, (now, before) in pairs.items():
        direction = direction_of(now, before, digits) if clear(practice) else ""
        directions.setdefault(direction, []).append(practice)
    return directions


def _largest_of(pairs: Pairs, ids: Sequence[str]) -> str:
    """Return the practice that changed most."""
    sizes = {practice: abs(now - before) for practice, (now, before) in pairs.items()}
    return max(ids, key=lambda one: sizes[one])


def _largest(
    frame: pd.DataFrame,
    pairs: Pairs,
    ids: Sequence[str],
    direction: str,
    exhibit: str,
    digits: int,
) -> str:
    """Tell the largest of some changes in one direction, in whole points where it has any."""
    practice = _largest_of(pairs, ids)
    size = abs(pairs[practice][0] - pairs[practice][1])
    rows = frame[frame["measure"] == practice]
    measure = f"{practice}_{'increase' if pairs[practice][0] > pairs[practice][1] else 'decrease'}"
    fact = fact_id(exhibit, measure, str(rows["group"].iloc[0]), int(rows["year"].max()))
    places = 0 if half_up(size, 0) else digits
    amount = inline(size, "百分点", places, fact)
    return words().rates.headline_told(
        subject=subject(practice), direction=direction, amount=amount
    )


def _headed_by_highest(rates: pd.DataFrame, exhibit: str, digits: int) -> str:
    say, known = words().rates, rates[rates["value"].notna()]
    names = known["measure"].astype("str").map(name)
    values = dict(zip(names, known["value"].astype("float"), strict=True))
    highest = phrases.extreme(values, digits) if len(values) > 1 else []
    base = int(known["base"].min()) if len(known) else 0
    if base < FEWEST or not 0 < len(highest) < len(values) or not is_apart(values, highest, base):
        return say.headline_unknown
    first = known[names == highest[0]].iloc[0]
    keys = str(first["measure"]), str(first["group"]), int(first["year"])
    amount = inline(float(first["value"]), "%", digits, fact_id(exhibit, *keys))
    count = phrases.counted(len(values), words().practices.counter)
    return say.headline_highest(count=count, names=phrases.listing(highest), amount=amount)
