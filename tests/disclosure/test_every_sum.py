"""Whatever is added and subtracted of what is shown, no group of few firms comes out.

Every combination there is of the cells shown of a tiny population, each taken, left or subtracted,
is worked out over its groups of firms; nothing is known here of secrets, systems or intervals.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from smdi.disclosure.protection import protect
from smdi.edition import Disclosure
from smdi.indicators import Population
from smdi.indicators.cells import Cell

NOW = Cell("assessed", 2021)
MINIMUM = 5
Kinds = dict[str, tuple[tuple[str, ...], dict[str, object]]]
# By the names of cells: the values that each kind of firm has, and what makes a firm of it.
PROVINCES: Kinds = {
    name: ((code,), {"region": name})
    for name, code in (("江苏省", "320000"), ("山东省", "370000"), ("广东省", "440000"))
}
LEVELS: Kinds = {"low": (("le1",), {"level": 1}), "high": (("2", "3", "ge4"), {"level": 3})}
TYPES: Kinds = {kind: ((kind,), {"process_type": kind}) for kind in ("discrete", "process")}
SIZES: Kinds = {
    "large": (("large",), {"size": "large"}),
    "others": (("medium", "micro", "small"), {"size": "medium"}),
}
TABLES: dict[str, dict[str, Kinds]] = {
    "provinces and levels": {"province": PROVINCES, "level_class": LEVELS},
    "types and sizes": {"process_type": TYPES, "size": SIZES},
    "provinces and types": {"province": PROVINCES, "process_type": TYPES},
    "types, sizes and levels": {"process_type": TYPES, "size": SIZES, "level_class": LEVELS},
}
Place = tuple[str, ...]


@pytest.fixture
def drawn(firm, assessed) -> Callable[[str, int], tuple[Population, dict[Place, int]]]:
    """Draw a population in which many groups of all conditions are of few firms, or of none."""

    def draw(table: str, seed: int) -> tuple[Population, dict[Place, int]]:
        kinds = TABLES[table].values()
        numbers = np.random.default_rng(seed)
        firms = {
            place: int(numbers.choice([0, 1, 2, 4, 6, 9, 20]))
            for place in itertools.product(*kinds)
        }
        groups = []
        for place, number in firms.items():
            given = [of[name][1] for of, name in zip(kinds, place, strict=True)]
            groups.append(firm(number, **{key: one[key] for one in given for key in one}))
        return assessed(*groups, firm(9, year=2020)), firms

    return draw


def cells_of(table: str) -> dict[Cell, set[Place]]:
    """Give the whole and its parts by one condition and by two, with the groups of each."""
    kinds = TABLES[table]
    found = {}
    for names in itertools.product(*((None, *of) for of in kinds.values())):
        told = {column: name for column, name in zip(kinds, names, strict=True) if name}
        if len(told) <= 2:
            cell = NOW.narrowed({column: kinds[column][name][0] for column, name in told.items()})
            wanted = [
                [name] if name else of for of, name in zip(kinds.values(), names, strict=True)
            ]
            found[cell] = set(itertools.product(*wanted))
    return found


def few_told(shown: Sequence[set[Place]], firms: dict[Place, int]) -> list[tuple[int, ...]]:
    """Give every way to add and subtract what is shown that leaves a group of few firms."""
    places = list(firms)
    rows = np.array([[place in own for place in places] for own in shown], dtype=np.int8)
    signs = np.array(list(itertools.product((0, 1, -1), repeat=len(shown))), dtype=np.int8)
    left = signs @ rows.reshape(len(shown), len(places))
    is_group = (left.min(axis=1) >= 0) & (left.max(axis=1) == 1)
    number = left @ np.array(list(firms.values()), dtype=np.int64)
    return [tuple(one) for one in signs[is_group & (number > 0) & (number < MINIMUM)].tolist()]


@pytest.mark.parametrize("seed", [0, 1, 2, 3, 6])
@pytest.mark.parametrize("table", TABLES)
def test_no_sum_or_difference_of_what_is_shown_is_of_few_firms(drawn, table, seed) -> None:
    pop, firms = drawn(table, seed)
    groups = cells_of(table)
    decided = protect(pop, groups, Disclosure(minimum=MINIMUM, unanimous=True))
    at = decided.columns.of_cell
    shown = [cell for cell in groups if at[cell] not in decided.suppressed]
    assert len(shown) <= 12, "draw another: each one more takes three times as long"
    assert few_told([groups[cell] for cell in shown], firms) == []


def test_without_protection_few_firms_are_told(drawn) -> None:
    """So that nothing found means that nothing is there."""
    _, firms = drawn("types and sizes", 0)
    groups = list(cells_of("types and sizes").values())
    assert any(0 < number < MINIMUM for number in firms.values())
    assert few_told(groups, firms)
    # By subtraction alone: the whole, its rows, its columns and one group of two by two.
    assert few_told([{("a", "b"), ("a", "c")}, {("a", "b")}], {("a", "b"): 9, ("a", "c"): 4})
