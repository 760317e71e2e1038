"""What the published facts demand of the population: counts, and intervals behind printed shares.

A share printed as 24.04 stands for every value between 24.035 and 24.045. When two exhibits print
one quantity, both intervals hold. Facts that the audit proves unable to hold beside a partner are
left out here; nothing else is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from pathlib import Path

import pandas as pd

from smdi.errors import InputErrors, Problem
from smdi.published import bounds
from smdi.published.constraints.model import Model
from smdi.published.declarations import Declarations
from smdi.published.published_report import PublishedReport
from smdi.standards import LEVEL_CLASSES


@dataclass(frozen=True)
class Interval:
    """Unrounded values that print right; the ends themselves are left out, as ties are unsafe."""

    low: Fraction
    high: Fraction

    @classmethod
    def of(cls, printed: str) -> Interval:
        """Return the interval behind a number as printed."""
        low, high = bounds(printed)
        return cls(Fraction(low), Fraction(high))

    def __contains__(self, value: Fraction | int) -> bool:
        return self.low < value < self.high

    def __and__(self, other: Interval) -> Interval:
        return Interval(max(self.low, other.low), min(self.high, other.high))

    @property
    def middle(self) -> Fraction:
        """Return the value halfway."""
        return (self.low + self.high) / 2

    def counts(self, base: int) -> range:
        """Whole numbers of firms whose share of `base` in % lies inside."""
        first = int(self.low * base / 100 // 1) + 1
        last = -int(-self.high * base / 100 // 1) - 1
        return range(max(first, 0), min(last, base) + 1)

    def count(self, base: int) -> int:
        """Return the whole number of firms nearest the middle; ValueError when there is none."""
        inside = self.counts(base)
        if not inside:
            raise ValueError(
                f"no share of {base} firms lies between {float(self.low)} and {float(self.high)} %"
            )
        return min(inside, key=lambda k: abs(k - self.middle * base / 100))


class Targets:
    """The facts to reproduce, looked up by measure, group and year."""

    def __init__(
        self,
        facts: pd.DataFrame,
        contradicted: Iterable[str],
        file: Path | str,
        declared: Declarations | None = None,
    ) -> None:
        self.facts = facts
        self.declared = declared
        self.contradicted = frozenset(contradicted)
        self.file = str(file)
        self._kept = facts[~facts.index.isin(self.contradicted)]

    @cached_property
    def firms(self) -> dict[tuple[str, int], tuple[float, float]]:
        """How many firms the facts leave behind the shares of a group and year: lowest, highest."""
        model = Model.of(PublishedReport.of(self.facts, self.declared))
        return model.range_of_firms(self.contradicted)

    def rows(self, measure: str, year: int, exhibit: str | None = None) -> pd.DataFrame:
        """Facts of a measure and year that hold, in the order printed."""
        kept = self._kept
        chosen = (kept["measure"] == measure) & (kept["year"] == year)
        if exhibit is not None:
            chosen &= kept["exhibit"] == exhibit
        return kept[chosen]

    def numbers(self, measure: str, year: int, exhibit: str | None = None) -> dict[str, int]:
        """Whole numbers by group."""
        rows = self.rows(measure, year, exhibit)
        return {
            group: int(value) for group, value in zip(rows["group"], rows["value"], strict=True)
        }

    def printed(self, measure: str, group: str, year: int) -> list[str]:
        """Return how all exhibits print a quantity (none when the report does not)."""
        rows = self.rows(measure, year)
        return rows.loc[rows["group"] == group, "printed"].tolist()

    def find(self, measure: str, group: str, year: int) -> Interval | None:
        """Return the values of a quantity that print right in all exhibits; None if unprinted."""
        result = None
        for printed in self.printed(measure, group, year):
            interval = Interval.of(printed)
            result = interval if result is None else result & interval
        return result

    def require(self, measure: str, group: str, year: int) -> Interval:
        """Return `find`, or InputErrors when the facts do not have the quantity."""
        found = self.find(measure, group, year)
        if found is None:
            wanted = f"a fact {measure}/{group}/{year}"
            raise InputErrors([Problem(self.file, None, "measure", None, wanted)])
        return found

    def shares(self, group: str, year: int) -> list[str] | None:
        """Return the four printed level shares of a group, or None when the report has none."""
        found = [self.printed(f"share_level_{name}", group, year) for name in LEVEL_CLASSES]
        return [shares[0] for shares in found] if all(found) else None
