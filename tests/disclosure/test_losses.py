"""What protection costs a scope: values, and those withheld for their own sake or for others'."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from smdi.disclosure.catalogue import Asked
from smdi.disclosure.loss import losses
from smdi.indicators.cells import Cell

CELLS = [Cell("assessed", year) for year in range(2000, 2006)]
A, B, C, D, E, F = ((cell,) for cell in CELLS)


@pytest.mark.parametrize(
    ("primary", "hidden", "told"),
    [
        ((), (), (5, 0, 0, 0)),
        ((0,), (0,), (5, 1, 0, 0)),
        ((0,), (0, 1), (5, 1, 1, 0)),
        ((0, 1), (0, 1), (5, 2, 0, 0)),
        # What is risky and shown all the same, as in print, is no loss.
        ((0, 1), (), (5, 0, 0, 0)),
        ((0,), (1,), (5, 0, 1, 0)),
        # D and E are told together as F where they cannot be told apart.
        ((3,), (3, 4), (4, 0, 0, 2)),
        ((3,), (3, 4, 5), (5, 1, 1, 0)),
    ],
)
def test_values_are_counted_once_for_the_heavier_reason(primary, hidden, told) -> None:
    place = {cell: at for at, cell in enumerate(CELLS)}
    columns = SimpleNamespace(of_cell=place)
    decided = SimpleNamespace(columns=columns, primary=frozenset(primary))
    asked = {"甲": Asked([A, B, C, D, E], [((D, E), (F,))]), "乙": Asked([])}
    found = losses(decided, frozenset(hidden), asked)
    keys = ("values", "primary", "secondary", "together")
    assert tuple(found["甲"][key] for key in keys) == told
    assert set(found["乙"].values()) == {0}
