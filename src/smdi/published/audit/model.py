"""Facts as the rules see them: exact decimals, the interval behind a printed number, lookups."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import pandas as pd

from smdi.published.facts import COUNTED, decimals, half_unit

# Measures that describe an exhibit and are no quantity of the world: the same name in two exhibits
# says nothing about the same thing.
OF_THE_EXHIBIT = frozenset({"title_rows", "rank", "sample_threshold"})
PROSE = "text"


@dataclass(frozen=True)
class Interval:
    """All values from `low` to `high`, both ends included."""

    low: Decimal
    high: Decimal

    def __add__(self, other: Interval) -> Interval:
        return Interval(self.low + other.low, self.high + other.high)

    def __sub__(self, other: Interval) -> Interval:
        return Interval(self.low - other.high, self.high - other.low)

    def __neg__(self) -> Interval:
        return Interval(-self.high, -self.low)

    def meets(self, other: Interval) -> bool:
        """Whether some value lies in both."""
        return self.low <= other.high and other.low <= self.high

    @classmethod
    def total(cls, intervals: Iterable[Interval]) -> Interval:
        """The interval of a sum."""
        return sum(intervals, start=cls(Decimal(0), Decimal(0)))


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

    @property
    def number(self) -> Decimal:
        """The printed number, exactly."""
        return Decimal(self.printed)

    @property
    def half(self) -> Decimal:
        """How far rounding may have moved the number: nothing for a count, else half a digit."""
        return Decimal(0) if self.unit in COUNTED else half_unit(self.printed)

    @property
    def interval(self) -> Interval:
        """Every unrounded value that could be printed so."""
        return Interval(self.number - self.half, self.number + self.half)

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
        columns = ["exhibit", "measure", "group", "year", "unit", "printed", "where"]
        records = frame[columns].itertuples(index=True, name=None)
        return cls(Fact(*record, position) for position, record in enumerate(records))

    def __iter__(self) -> Iterator[Fact]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def select(self, **wanted: object) -> Facts:
        """Facts whose fields all equal what is asked for, in the order of the file."""
        return Facts(fact for fact in self if all(getattr(fact, k) == v for k, v in wanted.items()))

    def one(self, **wanted: object) -> Fact | None:
        """The only fact that fits; None when there is none or more than one."""
        found = tuple(self.select(**wanted))
        return found[0] if len(found) == 1 else None

    def split(self, *fields: str) -> dict[tuple, Facts]:
        """Divide by the values of some fields, in the order they first occur."""
        return self.split_by(lambda fact: tuple(getattr(fact, field) for field in fields))

    def split_by(self, key: Callable[[Fact], tuple]) -> dict[tuple, Facts]:
        """Divide by a key of each fact, in the order the keys first occur."""
        parts: dict[tuple, list[Fact]] = {}
        for fact in self:
            parts.setdefault(key(fact), []).append(fact)
        return {key: Facts(part) for key, part in parts.items()}

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years that occur, the latest first."""
        return tuple(sorted({fact.year for fact in self}, reverse=True))

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
