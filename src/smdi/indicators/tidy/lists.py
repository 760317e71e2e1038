"""Lists of units in an order: which of them may be seen, in which place, and what is left of all.

A list tells no more than its values: neither a rank nor the order says anything of one withheld.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

import pandas as pd

from smdi.indicators.cells import Cell
from smdi.indicators.tidy import (
    RANK,
    Protected,
    Row,
    competition_rank,
    finest,
    joined,
    rank,
)

# Ends the measure of what a whole has beside the parts of it that are listed.
REST = "_rest"


def in_order(rows: Iterable[Row], source: Protected) -> list[Row]:
    """Order rows by their values, greatest first; those withheld come last, as they were given.

    Their place in the order would tell as much as their rank. Rows are given in the order of codes.
    """
    judged = [row.judged(source.protection) for row in rows]
    return sorted(judged, key=lambda row: math.inf if row.withheld else -row.value)


def ranked(rows: Sequence[Row], source: Protected, top: int | None = None) -> list[tuple[Row, Row]]:
    """Return (rank, row) of each unit of a ranking, best first; equals as they were given.

    Ranks are those among all units. One is shown only where all that stand before it are, and a
    list of the first `top` places passes over those withheld: a gap would tell where they lie.
    Without `top` they come last, in the order in which they were given, which is that of codes.
    """
    listed: list[tuple[Row, Row]] = []
    hidden: list[tuple[int, tuple[Row, Row]]] = []
    cells: tuple[Cell, ...] | None = ()
    for place, tied in groupby(_placed(rows), key=lambda found: found[0]):
        if top is not None and len(listed) >= top:
            break
        units = [(position, row) for _, position, row in tied]
        cells = joined(cells, *(row for _, row in units))
        for position, row in units:
            own = row.judged(source.protection)
            beside = rank(row.group, row.year, place, cells).judged(source.protection)
            if own.withheld:
                hidden.append((position, (beside, own)))
            else:
                listed.append((beside, own))
    if top is None:
        listed += [pair for _, pair in sorted(hidden, key=lambda unit: unit[0])]
    return listed


def place_among(rows: Sequence[Row], group: str) -> list[tuple[Row, Row]]:
    """Return (rank, row) of one unit among others, which are not shown beside it."""
    for place, _, row in _placed(rows):
        if row.group == group:
            before = [other for other in rows if other.value >= row.value]
            return [(rank(group, row.year, place, joined((), *before)), row)]
    return []


def first(rows: Sequence[Row], top: int) -> list[Row]:
    """Return the rows of rank <= `top`, best first, seen or not."""
    return [row for place, _, row in _placed(rows) if place <= top]


def shown(rows: Iterable[Row], source: Protected) -> list[Row]:
    """Return the rows that may be seen."""
    return [row for row in rows if not row.judged(source.protection).withheld]


def rest(units: Sequence[Row], listed: Sequence[Row], whole: Row, source: Protected) -> list[Row]:
    """Return what a whole has beside what is listed of its units; none where all can be.

    Units that may not be told apart are told together, where the whole may be told. It tells no
    more than the whole and what is listed, of which it is made.
    """
    apart = [finest([[unit], [whole]], source)[0] is unit for unit in units]
    if all(apart) or not listed:
        return []
    cells = joined((), *listed, whole)
    value = whole.value - sum(row.value for row in listed)
    measure = f"{whole.measure}{REST}"
    return [replace(whole, measure=measure, value=value, base=int(value), cells=cells)]


def listed_apart(data: pd.DataFrame) -> list[str]:
    """Return the groups of a frame, without those withheld that it tells of together."""
    groups = list(dict.fromkeys(data["group"]))
    if not data["measure"].str.contains(REST).any():
        return groups
    told = set(data.loc[data["value"].notna() & (data["measure"] != RANK), "group"])
    return [group for group in groups if group in told]


def _placed(rows: Sequence[Row]) -> list[tuple[int, int, Row]]:
    """Return (place, position, row) of the rows that have a value, best first."""
    known = [(position, row) for position, row in enumerate(rows) if not math.isnan(row.value)]
    places = competition_rank(pd.Series([row.value for _, row in known], dtype="float64"))
    found = [(place, *unit) for place, unit in zip(places.tolist(), known, strict=True)]
    return sorted(found, key=lambda unit: unit[:2])
