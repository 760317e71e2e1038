"""The cells of a release as one list of distinct vectors, with what the policy asks of each.

Cells that are about the same firms are one column, however they are called: the city of Shanghai
and the province, the firms asked about two practices. What is decided for one holds for all. Firms
and those of them that have an outcome are two columns, even where all have it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from smdi.disclosure.membership import Membership, Vector
from smdi.indicators.cells import ANSWERED, CHANGE, Cell, Values
from smdi.standards import level_classes_in

SCOPE = ("province", "city", "division")
Where = tuple[tuple[str, Values], ...]
COUNTS = "counts"
# The classes of levels that are told of together, as cells name them.
LEVELS_TOGETHER = tuple(tuple(sorted(level_classes_in(name))) for name in ("ge2", "ge3", "2_3"))
KINDS = ("process_type", "size", "industry")
OUTCOMES = ("level_class", "design", "logistics", "sales", "service")


@dataclass
class Column:
    """One vector, under all its names; `family` is the system of equations it belongs to."""

    cell: Cell
    vector: Vector
    families: frozenset[str]
    cells: list[Cell] = field(default_factory=list)

    @cached_property
    def depth(self) -> tuple[int, int, bool, int]:
        """Return the order in which columns should stay: wide scopes, bases and large ones first.

        The least of its names decides; looked up once all names are known.
        """
        return (*min(_depth(cell) for cell in self.cells), -self.vector.firms)


class Columns:
    """All columns of a release, by cell."""

    def __init__(self, membership: Membership, cells: Iterable[Cell]) -> None:
        self.membership = membership
        self.all: list[Column] = []
        self.of_cell: dict[Cell, int] = {}
        self._by_key: dict[object, int] = {}
        marks = np.random.default_rng(20_240_901)
        self._marks = marks.integers(0, 2**63, size=max(membership.records, 1), dtype=np.int64)
        for cell in cells:
            self._add(cell)

    def _add(self, cell: Cell) -> None:
        vector = self.membership.vector(cell)
        with np.errstate(over="ignore"):
            mark = int((self._marks[vector.units] * vector.signs).sum())
        key = (unit_of(cell), mark, vector.firms, outcome_of(cell))
        if key not in self._by_key or not vector.firms:
            self._by_key[key] = len(self.all)
            self.all.append(Column(cell, vector, frozenset()))
        place = self._by_key[key]
        column = self.all[place]
        column.cells.append(cell)
        column.families |= families(cell)
        self.of_cell[cell] = place


def unit_of(cell: Cell) -> str:
    """Return what a cell sums: '' firms, else the column whose values it adds up."""
    told = cell.of.removeprefix(CHANGE)
    return "" if "=" in told else told


def outcome_of(cell: Cell) -> Where:
    """Return the conditions of a cell that are outcomes: a level, a business, a practice."""
    return tuple(c for c in cell.where if c[0] in OUTCOMES or c[0].startswith("practice_"))


def families(cell: Cell) -> frozenset[str]:
    """Return the systems of equations that a cell belongs to.

    All numbers of firms are one system, whatever the year, but for those that do something: there
    is one for each practice, with the numbers of firms asked, and one for each column summed.
    """
    where = dict(cell.where)
    asked = where.get(ANSWERED, ())
    unit = unit_of(cell)
    if unit:
        return frozenset({unit})
    told = cell.of.removeprefix(CHANGE).partition("=")[0]
    practice = next((c for c in (told, *where) if c.startswith("practice_")), "")
    if practice:
        return frozenset({practice})
    return frozenset({COUNTS, *(name for name in asked if name.startswith("practice_"))})


def parents(cell: Cell) -> list[Cell]:
    """Return the cells of the same firms and others, one condition fewer."""
    return [cell.meeting(c for c in cell.where if c != condition) for condition in cell.where]


def wholes(cell: Cell) -> list[Cell]:
    """Return the cells of the same firms and others: one condition fewer, or more levels."""
    classes = dict(cell.where).get("level_class", ())
    wider = [
        cell.meeting((c, more if c == "level_class" else v) for c, v in cell.where)
        for more in LEVELS_TOGETHER
        if set(classes) < set(more)
    ]
    return [*parents(cell), *(wider if classes else [])]


def _depth(cell: Cell) -> tuple[int, int, bool]:
    where = dict(cell.where)
    narrow = sum(name in where for name in SCOPE)
    told = bool(cell.of) or any(name in OUTCOMES or name.startswith("practice_") for name in where)
    kinds = sum(name in where for name in KINDS) + (cell.kind == "matched")
    return narrow, kinds, told
