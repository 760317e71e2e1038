"""An independent test of what follows from what: fractions and whole vectors, nothing modular."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

Row = Sequence[int]


class Span:
    """All combinations of rows of whole numbers."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._reduced: list[tuple[int, dict[int, Fraction]]] = []
        for row in rows:
            left = self._left_of(row)
            if left:
                pivot = min(left)
                self._reduced.append((pivot, {n: v / left[pivot] for n, v in left.items()}))

    def __contains__(self, row: Row) -> bool:
        return not self._left_of(row)

    def _left_of(self, row: Row) -> dict[int, Fraction]:
        """Return what a row leaves when the rows of the span are taken from it."""
        left = {n: Fraction(int(value)) for n, value in enumerate(row) if value}
        for pivot, reduced in self._reduced:
            factor = left.get(pivot)
            if factor:
                for n, value in reduced.items():
                    left[n] = left.get(n, Fraction(0)) - factor * value
                    if not left[n]:
                        del left[n]
        return left


def follows(secret: Row, shown: Sequence[Row]) -> bool:
    """Tell whether a row is a combination of those shown."""
    return secret in Span(shown)
