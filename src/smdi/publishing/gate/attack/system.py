"""The equations between cells: a whole is the sum of its parts, whether they are shown or not."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from smdi.publishing.gate.attack.cells import Cell, parts_of, value_in, with_value, year_of

# A partition of more parts is closed by one unknown for all that nothing is said of.
FEW_PARTS = 4


@dataclass
class System:
    """Unknowns by their cells; each equation is a whole and its parts, by position."""

    cells: list[Cell] = field(default_factory=list)
    position: dict[Cell, int] = field(default_factory=dict)
    equations: list[tuple[int, tuple[int, ...]]] = field(default_factory=list)
    # Pairs (greater, smaller): the first has at least as many firms as the second.
    orders: list[tuple[int, int]] = field(default_factory=list)

    def unknown(self, group: Cell) -> int:
        """Return the position of a cell, a new one if need be."""
        if group not in self.position:
            self.position[group] = len(self.cells)
            self.cells.append(group)
        return self.position[group]

    def equate(self, whole: Cell, parts: Iterable[Cell]) -> None:
        """Enter that a whole is the sum of its parts."""
        self.equations.append((self.unknown(whole), tuple(self.unknown(part) for part in parts)))


def system_of(known: Iterable[Cell]) -> System:
    """Return all equations in which cells of a release stand."""
    made = System()
    waiting = list(dict.fromkeys(known))
    for group in waiting:
        made.unknown(group)
    large: dict[tuple[Cell, str, tuple[Cell, ...]], None] = {}
    entered = set()
    while waiting:
        group = waiting.pop()
        for whole, condition, parts in parts_of(group):
            if len(parts) > FEW_PARTS:
                large[whole, condition, parts] = None
            elif (whole, parts) not in entered:
                entered.add((whole, parts))
                if whole not in made.position:
                    waiting.append(whole)
                made.equate(whole, parts)
    for number, (whole, condition, parts) in enumerate(large):
        present = [part for part in parts if part in made.position]
        if len(present) < len(parts):
            if whole not in made.position:
                continue
            rest = f"none of {len(present)} that are shown ({number})"
            present.append(with_value(whole, condition, rest))
        made.equate(whole, present)
    _order_of_years(made)
    return made


def _order_of_years(made: System) -> None:
    """Enter that who was assessed took part, and that participants to date grow by the year."""
    for group in list(made.cells):
        kind, _, _ = value_in(group, "firms").partition(" ")
        year = year_of(group)
        before = with_value(group, "firms", f"until {year - 1}")
        until = with_value(group, "firms", f"until {year}")
        if kind == "until" and before in made.position:
            made.orders.append((made.position[group], made.position[before]))
        if kind == "assessed" and until in made.position:
            made.orders.append((made.position[until], made.position[group]))
