"""The facts of one edition as the rules see them: exact numbers, intervals, lookups."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import pandas as pd

from smdi.published.facts import COUNTED, decimals
from smdi.published.intervals import Interval, printed_interval

# Measures that describe an exhibit and are no quantity of the world: the same name in two exhibits
# says nothing about the same thing.
OF_THE_EXHIBIT = frozenset({"title_rows", "rank", "sample_threshold"})
PROSE = "text"
INDEXED = ("measure", "group", "exhibit")

Key = tuple[Hashable, ...]


@dataclass(frozen=True)
class Fact:
    """One row of a facts file; `position` is its place in the file."""

    id: str
    exhibit: str
    measure: str
    group: str
    year: int
    unit: str
    printed: str
    where: str
    position: int

    @cached_property
    def number(self) -> Decimal:
        """The printed number, exactly."""
        return Decimal(self.printed)

    @cached_property
    def interval(self) -> Interval:
        """Every unrounded value that could be printed so; a count is exact."""
        return self.under("half_up")

    def under(self, rounding: str) -> Interval:
        """The values that could be printed so under another way of rounding (`ROUNDINGS`)."""
        if self.unit in COUNTED:
            return Interval.point(self.number)
        return printed_interval(self.printed, rounding)

    @property
    def decimals(self) -> int:
        """Decimals it was printed with."""
        return decimals(self.printed)

    @property
    def text(self) -> str:
        """The number with its unit, as Chinese prose writes it."""
        unit = {"%": "%", "百分点": " 个百分点"}.get(self.unit, f" {self.unit}")
        return self.printed.replace("-", "−") + unit


class Facts:
    """The facts of one edition, found by what they are about."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts = tuple(facts)

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Facts:
        """Take the frame of `read_facts`."""
        return cls(
            Fact(str(name), exhibit, measure, group, int(year), unit, printed, where, position)
            for position, (name, exhibit, measure, group, year, unit, printed, where) in enumerate(
                frame[["exhibit", "measure", "group", "year", "unit", "printed", "where"]]
                .astype("object")
                .itertuples(index=True, name=None)
            )
        )

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    @cached_property
    def _by_field(self) -> dict[str, dict[object, list[Fact]]]:
        """The facts by each value of the fields that are asked for most."""
        found: dict[str, dict[object, list[Fact]]] = {field: {} for field in INDEXED}
        for fact in self:
            for field, values in found.items():
                values.setdefault(getattr(fact, field), []).append(fact)
        return found

    @cached_property
    def by_id(self) -> dict[str, Fact]:
        """Each fact by its id."""
        return {fact.id: fact for fact in self}

    def select(self, **wanted: object) -> Facts:
        """Facts whose fields all equal what is asked for, in the order of the file."""
        pools = [self._by_field[k].get(v, []) for k, v in wanted.items() if k in INDEXED]
        pool = min(pools, key=len, default=self._facts)
        own = tuple(wanted.items())
        return Facts([f for f in pool if all(getattr(f, k) == v for k, v in own)])

    def one(self, **wanted: object) -> Fact | None:
        """The only fact that fits; None when there is none or more than one."""
        found = tuple(self.select(**wanted))
        return found[0] if len(found) == 1 else None

    def within(self, exhibit: str | None) -> Facts:
        """The facts of an exhibit; all where none is named."""
        return self if exhibit is None else self.select(exhibit=exhibit)

    def beside(self, fact: Fact, measure: str, exhibit: str | None = None) -> Fact | None:
        """The only fact of the same group and year under a measure; in an exhibit if named."""
        return self.within(exhibit).one(measure=measure, group=fact.group, year=fact.year)

    def split(self, *fields: str) -> dict[Key, Facts]:
        """Divide by the values of some fields, in the order they first occur."""
        return self.split_by(lambda fact: tuple(getattr(fact, field) for field in fields))

    def split_by(self, key: Callable[[Fact], Key]) -> dict[Key, Facts]:
        """Divide by a key of each fact, in the order the keys first occur."""
        parts: dict[Key, list[Fact]] = {}
        for fact in self:
            parts.setdefault(key(fact), []).append(fact)
        return {key: Facts(part) for key, part in parts.items()}

    @cached_property
    def units(self) -> dict[str, str]:
        """The unit of each measure, as it is printed first."""
        return {fact.measure: fact.unit for fact in reversed(self._facts)}

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years that occur, the latest first."""
        return tuple(sorted({fact.year for fact in self}, reverse=True))

    @cached_property
    def current_year(self) -> int:
        """The year most facts are about; of two as frequent, the later."""
        counts = {year: len(self.select(year=year)) for year in self.years}
        return max(counts, key=lambda year: (counts[year], year))

    @property
    def ids(self) -> tuple[str, ...]:
        """Ids in the order of the file."""
        return tuple(fact.id for fact in self)

    def before(self, fact: Fact) -> Fact | None:
        """The same quantity in the same exhibit, in the last year printed before."""
        earlier = [
            other
            for other in self.select(exhibit=fact.exhibit, measure=fact.measure, group=fact.group)
            if other.year < fact.year
        ]
        return max(earlier, key=lambda other: other.year, default=None)
