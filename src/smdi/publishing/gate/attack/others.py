"""What a list tells together of all that it does not name: with what it names, the whole."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from smdi.publishing.gate.attack.tidy_rows import Row

OTHERS = "_rest"
COUNT, SHARE = "家", "%"


def wholes_told(rows: Sequence[Row], whole: str) -> Iterator[Row]:
    """Yield the numbers and shares of a whole: of those listed and of the others together.

    `whole` is what rows call all firms of the release's scope.
    """
    for row in rows:
        measure = row.measure.removesuffix(OTHERS)
        if measure == row.measure or row.value is None or row.unit not in (COUNT, SHARE):
            continue
        alike = [other for other in rows if (other.year, other.unit) == (row.year, row.unit)]
        listed = [part for part in alike if part.measure == measure and part.value is not None]
        others = {part.group for part in alike} - {part.group for part in (row, *listed)}
        parts = [row, *listed]
        firms = sum(part.base for part in parts)
        if row.unit == COUNT:
            value = sum(part.value or 0.0 for part in parts)
        elif others or not firms:
            continue  # some are told in other classes of levels
        else:
            value = sum((part.value or 0.0) * part.base for part in parts) / firms
        yield replace(row, measure=measure, group=whole, value=value, base=firms)
