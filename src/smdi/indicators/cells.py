"""Cells: what every number of the report is made of, so that disclosure control can judge it.

A cell is a sum over a selection of firms: how many they are, or what a column of theirs amounts to.
A share is made of two cells, those counted and those they are counted among; a mean of a sum and
a number of firms. Cells bear the same name wherever they are asked for, so that a release can be
looked at as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, Protocol, cast

Kind = Literal["assessed", "participants", "matched"]
Values = tuple[str, ...]
# A condition on no column: the firms that have a value in the columns it names.
ANSWERED = "answered"
# What a matched cell sums: `change:level_class=le1`, this year's minus that of the year before.
CHANGE = "change:"


@dataclass(frozen=True)
class Cell:
    """A sum over the firms of a population that meet all conditions.

    `kind` is the population: the firms assessed in a year, the participants until its end, or the
    firms assessed in both years that meet the conditions in both, dated the later. `where` maps
    columns to the values they may have, sorted; `of` is what is summed, '' for the number of firms.
    """

    kind: Kind
    year: int
    where: tuple[tuple[str, Values], ...] = ()
    of: str = ""

    def __hash__(self) -> int:
        return self._hash

    @cached_property
    def _hash(self) -> int:
        # Worked out once: cells of a release are looked up millions of times.
        return hash((self.kind, self.year, self.where, self.of))

    def narrowed(self, conditions: Mapping[str, Iterable[str]]) -> Cell:
        """Return the cell of those that meet further conditions."""
        found = dict(self.where)
        for column, values in conditions.items():
            kept = set(values)
            if column in found:
                before = set(found[column])
                kept = kept | before if column == ANSWERED else kept & before
            found[column] = tuple(sorted(kept))
        return self.meeting(sorted(found.items()))

    def meeting(self, conditions: Iterable[tuple[str, Values]]) -> Cell:
        """Return the cell of those that meet these conditions instead, sorted by column."""
        # By hand: a release makes half a million, and `replace` takes four times as long.
        return Cell(self.kind, self.year, tuple(conditions), self.of)

    def sum_of(self, column: str) -> Cell:
        """Return the cell of what a column of these firms amounts to."""
        return replace(self, of=column)

    @classmethod
    def read(cls, name: str) -> Cell:
        """Return the cell of a name that `id` gave it."""
        kind, year, *parts = name.split("/")
        told = parts.pop().removeprefix("of:") if parts and parts[-1].startswith("of:") else ""
        named = (part.partition("=") for part in parts)
        where = tuple((column, tuple(values.split(","))) for column, _, values in named)
        return cls(cast("Kind", kind), int(year), where, told)

    @cached_property
    def id(self) -> str:
        """Return the name of the cell: `assessed/2021/province=320000/level_class=3,ge4`."""
        conditions = [f"{column}={','.join(values)}" for column, values in self.where]
        told = [f"of:{self.of}"] if self.of else []
        return "/".join([self.kind, str(self.year), *conditions, *told])


# What a value is made of; a way to tell something, as the values that it takes.
Value = tuple[Cell, ...]
Way = Sequence[Value]


class Protection(Protocol):
    """What decides whether a value may be seen, and how much of it; see `smdi.disclosure`."""

    @property
    def decimals(self) -> int | None:
        """Return how many decimals a value keeps, None for all."""

    def ask(self, cells: Iterable[Cell]) -> bool:
        """Tell whether a value that is made of these cells may be seen."""

    def knows(self, cells: Iterable[Cell]) -> bool:
        """Tell whether the reader may know these cells, which nothing more is made of (ranks)."""

    def finest(self, ways: Sequence[Way]) -> int:
        """Return which of several ways to tell the same is shown best, the first where equal."""


def shown_best(ways: Sequence[Way], seen: Callable[[Value], bool]) -> int:
    """Return the first of the ways of which the greatest part of the values is seen."""
    parts = [sum(map(seen, way)) / len(way) for way in ways]
    return parts.index(max(parts))


class Unprotected:
    """Protection of what nobody sees but the code that judges it: everything may be seen."""

    decimals = None

    def ask(self, cells: Iterable[Cell]) -> bool:
        """Return true."""
        return True

    def knows(self, cells: Iterable[Cell]) -> bool:
        """Return true."""
        return True

    def finest(self, ways: Sequence[Way]) -> int:
        """Return the first."""
        return 0


UNPROTECTED = Unprotected()
