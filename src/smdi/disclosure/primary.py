"""What the policy says of each cell by itself: primary suppression.

Rules (SDC Handbook, ch. 4)
    minimum     a count, the base of a mean or what a part leaves of a whole is of few firms: more
                than none, and fewer than the minimum
    none        a part without firms of a whole of few
    unanimous   every firm of a group has the outcome, or (where there is one other) none has
    dominance   few firms make up most of a sum, or the second can tell the first's part
Each gives secrets: vectors that must not be a combination of what is shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from smdi.disclosure.columns import OUTCOMES, Column, Columns, parents, unit_of, wholes
from smdi.edition import Disclosure
from smdi.indicators.cells import CHANGE, Cell
from smdi.standards import LEVEL_CLASSES


@dataclass(frozen=True)
class Phantom:
    """A firm that is not there but could be, for all a reader knows.

    Where all firms of a group have an outcome, one that has it not. It is like the firm `unit`, but
    has `value` in `column` in the population of a kind and year.
    """

    kind: str
    year: int
    unit: int
    column: str
    value: str


@dataclass(frozen=True)
class Secret:
    """A vector to protect: what columns leave of another (no `parts`: all of it)."""

    whole: int
    parts: tuple[int, ...] = ()
    phantom: Phantom | None = None


@dataclass(frozen=True)
class Primary:
    """The columns that are suppressed by themselves, and what else must not be found out."""

    suppressed: frozenset[int]
    secrets: tuple[Secret, ...]


def primary(columns: Columns, policy: Disclosure) -> Primary:
    """Apply the rules to all columns."""
    suppressed: set[int] = set()
    secrets: list[Secret] = []
    for place, column in enumerate(columns.all):
        if _is_risky(columns, column, policy):
            suppressed.add(place)
        for cell in column.cells:
            for secret in _differences(columns, place, cell, policy):
                secrets.append(secret)
                if secret.phantom is not None:
                    suppressed.add(place)
    suppressed |= _nones_of_few(columns, policy)
    return Primary(frozenset(suppressed), tuple(dict.fromkeys(secrets)))


def _nones_of_few(columns: Columns, policy: Disclosure) -> set[int]:
    """Return the parts without firms of a whole of few: they tell where these are instead.

    That a part of none has none is no news, where the whole of none is shown; nor is a sum of none.
    """
    found: set[int] = set()
    for cell in sorted(columns.of_cell, key=_wholes_first):
        place = columns.of_cell[cell]
        if not columns.all[place].vector.firms:
            of = [*wholes(cell), *([replace(cell, of="")] if cell.of else [])]
            around = {columns.of_cell[whole] for whole in of if whole in columns.of_cell}
            firms = {whole: columns.all[whole].vector.firms for whole in around - found}
            if 0 not in firms.values() and any(few(number, policy) for number in firms.values()):
                found.add(place)
    return found


def _wholes_first(cell: Cell) -> tuple[int, int, bool]:
    """Return the order in which each cell comes after all that it is a part of, and its base."""
    levels = dict(cell.where).get("level_class", LEVEL_CLASSES)
    return len(cell.where), -len(levels), cell.of != ""


def _is_risky(columns: Columns, column: Column, policy: Disclosure) -> bool:
    for cell in column.cells:
        if cell.of.startswith(CHANGE):
            among = len(columns.membership.vector(replace(cell, of="")).units)
            if few(among, policy):
                return True
            if not unit_of(cell):
                rates = columns.membership.rates(cell)
                if any(few(rate, policy) or few(among - rate, policy) for rate in rates):
                    return True
        elif cell.of:
            return few(column.vector.firms, policy) or _dominated(columns, column, policy)
    return not unit_of(column.cell) and column.cell.of == "" and few(column.vector.firms, policy)


def _differences(columns: Columns, place: int, cell: Cell, policy: Disclosure) -> Iterator[Secret]:
    """Yield what a cell leaves of those it is a part of."""
    if cell.kind == "matched":
        yield from _unmatched(columns, place, cell, policy)
        return
    for parent in parents(cell):
        yield from _that_none_has(columns, place, cell, parent, policy)
        whole = columns.of_cell.get(parent)
        if whole is None or (whole == place and not _tells(cell, parent)):
            continue
        vector = columns.all[whole].vector
        left = vector.firms - columns.all[place].vector.firms
        if few(left, policy):
            yield Secret(whole, (place,))
        elif not (left or policy.unanimous) and _tells(cell, parent) and vector.firms:
            column, unit = _added(cell, parent), int(vector.units[0])
            phantom = Phantom(cell.kind, cell.year, unit, column, _other(cell))
            yield Secret(whole, (place,), phantom)


def _that_none_has(
    columns: Columns, place: int, cell: Cell, parent: Cell, policy: Disclosure
) -> Iterator[Secret]:
    """Yield an outcome that none of a group has, where all then share the only other one.

    It needs no number of the group: whoever knows a firm to be of it knows its outcome.
    """
    if policy.unanimous or columns.all[place].vector.firms or not _tells(cell, parent):
        return
    column, group = _added(cell, parent), columns.membership.vector(parent)
    if group.firms and (outcome := _had_by_none(cell, column)):
        phantom = Phantom(cell.kind, cell.year, int(group.units[0]), column, outcome)
        yield Secret(place, (), phantom)


def _unmatched(columns: Columns, place: int, cell: Cell, policy: Disclosure) -> Iterator[Secret]:
    """Yield what the change of the matched firms leaves of the change of all."""
    if not cell.of.startswith(CHANGE):
        now = columns.of_cell.get(replace(cell, kind="assessed"))
        if now is not None and now != place:
            left = columns.all[now].vector.firms - columns.all[place].vector.firms
            if few(left, policy):
                yield Secret(now, (place,))
        return
    column, _, values = cell.of.removeprefix(CHANGE).partition("=")
    told = Cell("assessed", cell.year, cell.where)
    told = told.narrowed({column: values.split(",")}) if values else told.sum_of(column)
    year = columns.membership.baseline_year
    pair = [columns.of_cell.get(replace(told, year=y)) for y in (cell.year, year)]
    base = replace(cell, of="")
    others = sum(
        len(columns.membership.vector(replace(base, kind="assessed", year=y)).units)
        - len(columns.membership.vector(base).units)
        for y in (cell.year, year)
    )
    if None not in pair and few(others, policy):
        yield Secret(pair[0] or 0, (pair[1] or 0, place))


def _had_by_none(cell: Cell, column: str) -> str:
    """Return an outcome of an empty cell, '' where others than it are more than one.

    None at level two or higher: all are below. None at four or higher tells no firm's level.
    """
    if column != "level_class":
        return "yes"
    classes = dict(cell.where)[column]
    return classes[0] if len({*LEVEL_CLASSES} - {*classes}) == 1 else ""


def _added(cell: Cell, parent: Cell) -> str:
    """Return the column by which a cell is narrower than its parent."""
    (column,) = {name for name, _ in cell.where} - {name for name, _ in parent.where}
    return column


def _other(cell: Cell) -> str:
    """Return what a firm has that has not the outcome of a cell."""
    classes = dict(cell.where).get("level_class", ())
    return next((name for name in LEVEL_CLASSES if classes and name not in classes), "no")


def _tells(cell: Cell, parent: Cell) -> bool:
    """Tell whether a cell is those of its parent that have an outcome."""
    column = _added(cell, parent)
    return column in OUTCOMES or column.startswith("practice_")


def few(firms: int, policy: Disclosure) -> bool:
    """Tell whether so many firms are fewer than may be seen."""
    return 0 < firms < policy.minimum


def _dominated(columns: Columns, column: Column, policy: Disclosure) -> bool:
    values = columns.membership.values(unit_of(column.cell))[column.vector.units]
    return dominated(np.abs(values), policy)


def dominated(contributions: NDArray[np.float64], policy: Disclosure) -> bool:
    """Tell whether few contributions make up most of a sum, or the second can tell the first."""
    total = float(contributions.sum())
    if not total > 0:
        return False
    most = min(max(policy.dominance_firms, 2), len(contributions))
    ordered = np.sort(np.partition(contributions, -most)[-most:])[::-1]
    largest = float(ordered[: policy.dominance_firms].sum())
    rest = total - float(ordered[:2].sum())
    close = len(ordered) > 1 and rest < policy.closeness_percent / 100 * float(ordered[0])
    return 100 * largest > policy.dominance_percent * total or close
