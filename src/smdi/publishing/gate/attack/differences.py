"""Differences: with one of its terms they tell the other, which may be withheld."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from smdi.publishing.gate.attack.tidy_rows import Row

DIFFERENCE = re.compile(r"_(?:change|lead|increase|decrease)$")
# A fall is what the year before has more.
_FALL = "_decrease"


def other_terms(rows: Sequence[Row]) -> Iterator[Row]:
    """Yield the withheld terms of the differences that are shown, as rows with their values.

    Of a change the other term is the same group's of another year, of a lead another group's of the
    same year: known where there is but one that is withheld.
    """
    for row in rows:
        found = DIFFERENCE.search(row.measure)
        if found is None or row.value is None:
            continue
        measure = row.measure[: found.start()]
        terms = [other for other in rows if other.measure == measure]
        own = next((t for t in terms if (t.group, t.year) == (row.group, row.year)), None)
        lead = found[0] == "_lead"
        others = [
            term
            for term in terms
            if term.withheld and term.value is None and term.base
            if (term.year == row.year) == lead and (term.group == row.group) != lead
        ]
        if own is not None and own.value is not None and len(others) == 1:
            sign = -1 if found[0] == _FALL else 1
            # Both are cut: as far off as either may be.
            decimals = min(own.decimals, row.decimals) - 1
            value = own.value - sign * row.value
            yield replace(others[0], value=value, withheld=False, decimals=max(decimals, 0))
