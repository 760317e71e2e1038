"""What a value is known from: print, a consequence of print, or the firms alone.

    published   the published report prints it
    derived     it follows from printed numbers: the rest of a whole, a sum of classes, a difference
    simulated   neither, and the firms are simulated
    computed    neither, and the firms are real, or a standard or the edition stipulates it
    suppressed  it exists and may not be shown
    missing     there is none

`smdi.published.constraints` proves the same for any linear relation; these are the few by which the
report's own indicators are made of one another, cheap enough for every value of every chapter.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from typing import Literal, get_args

import pandas as pd

from smdi.indicators.precision.rounding import half_up, printed_decimals
from smdi.standards import ALL_INDUSTRIES, LEVEL_CLASSES, NATION, level_classes_in

Status = Literal["published", "derived", "simulated", "computed", "suppressed", "missing"]
STATUSES: tuple[Status, ...] = get_args(Status)
# From the printed report alone, whatever the firms are.
KNOWN: tuple[Status, ...] = ("published", "derived")
# Measures of which the report prints a statement, not the value.
STATEMENTS = ("_over", "_from", "_to")
# A signed difference: ending of the measure -> sign of this year in it.
_CHANGES = {"_change": 1, "_increase": 1, "_decrease": -1}
# What a standard or the edition stipulates: no firm has a part in it.
STIPULATED = frozenset({"sample_threshold", "sme_employees_under", "sme_revenue_under"})
_SHARE, _LEAD = "share_level_", "_lead"
# All firms of the nation, as a table of changes calls them beside the same firms in both years.
ALL_FIRMS = "全部参评企业"
# Whom a group is compared with: the other type of process, all industries, the nation.
_OTHERS = {"离散型": ("流程型",), "流程型": ("离散型",)}

Quantity = tuple[str, str, int]


class Evidence:
    """The printed numbers of an edition, and what they tell of a value.

    `facts` as `smdi.published.read_facts` gives them, those that apply; `simulated` tells whether
    the firms are.
    """

    def __init__(self, facts: pd.DataFrame, *, simulated: bool) -> None:
        self.otherwise: Status = "simulated" if simulated else "computed"
        self._printed: dict[Quantity, list[str]] = {}
        columns = ("measure", "group", "year", "printed")
        rows = zip(*(facts[name] for name in columns), strict=True)
        for measure, group, year, printed in rows:
            if not measure.endswith(STATEMENTS):
                self._printed.setdefault((measure, group, int(year)), []).append(printed)
        for numbers in self._printed.values():
            numbers.sort(key=printed_decimals, reverse=True)  # the most telling first
        self._years = sorted({year for _, _, year in self._printed}, reverse=True)
        self._followed = cache(self._follow)

    def printed(self, measure: str, group: str, year: int) -> list[str]:
        """Return the numbers that are printed for a quantity, in whichever exhibit."""
        return self._printed.get((measure, group, int(year)), [])

    def status(
        self,
        measure: str,
        group: str,
        year: int,
        value: float | None,
        digits: int | None = None,
    ) -> Status:
        """Return what an unrounded value is known from, as it shows with `digits` decimals.

        Without `digits`: with as many as the numbers have that it is known from.
        """
        return self.told(measure, group, year, value, digits)[0]

    def told(
        self,
        measure: str,
        group: str,
        year: int,
        value: float | None,
        digits: int | None = None,
    ) -> tuple[Status, str]:
        """Return the status of a value, and the printed or derived number that it agrees with."""
        if value is None or math.isnan(value):
            return "missing", ""
        if found := _match(self.printed(measure, group, year), value, digits):
            return "published", found
        if measure in STIPULATED:
            return "computed", ""
        followed = self._followed(measure, group, int(year))
        if found := next((one for one in followed if reads_as(value, one, digits)), ""):
            return "derived", found
        return self.otherwise, ""

    def of_amount(self, measure: str, group: str, year: int, written: str) -> Status:
        """Return what an amount is known from that is written out, whatever its sign.

        A fall of 7.19 may be printed as -7.19.
        """
        value, digits = abs(float(written)), printed_decimals(written)
        sources: tuple[tuple[Status, Iterable[str]], ...] = (
            ("published", self.printed(measure, group, year)),
            ("derived", self._followed(measure, group, int(year))),
        )
        for status, numbers in sources:
            if any(reads_as(value, number.lstrip("-"), digits) for number in numbers):
                return status
        return self.otherwise

    def _follow(self, measure: str, group: str, year: int) -> tuple[str, ...]:
        return tuple(dict.fromkeys(f"{one:f}" for one in self._consequences(measure, group, year)))

    def _consequences(self, measure: str, group: str, year: int) -> Iterator[Decimal]:
        if group == ALL_FIRMS:
            for whole in (NATION, ALL_INDUSTRIES):
                yield from self._all(measure, whole, year)
            return
        for ending, sign in _CHANGES.items():
            if measure.endswith(ending):
                stem = measure.removesuffix(ending)
                yield from self._changes(stem, group, year, sign, but=ending)
                before = self._year_before(stem, group, year)
                yield from self._differences((stem, group, year), (stem, group, before), sign)
                return
        for now in self._numbers(measure, group, year + 1):
            for change in self._changes(measure, group, year + 1, 1):
                yield now - change
        if measure.endswith(_LEAD):
            stem = measure.removesuffix(_LEAD)
            for other in _OTHERS.get(group, (ALL_INDUSTRIES, NATION)):
                yield from self._differences((stem, group, year), (stem, other, year), 1)
        if measure.startswith(_SHARE):
            yield from self._of_classes(measure.removeprefix(_SHARE), group, year)

    def _of_classes(self, name: str, group: str, year: int) -> Iterator[Decimal]:
        """Add up the classes of a range of levels, or take all others from the whole."""
        try:
            inside = level_classes_in(name)
        except KeyError:
            return
        outside = [other for other in LEVEL_CLASSES if other not in inside]
        own, rest = (self._sum(classes, group, year) for classes in (inside, outside))
        if own is not None and len(inside) > 1:
            yield own
        if rest is not None:
            yield 100 - rest

    def _sum(self, classes: Iterable[str], group: str, year: int) -> Decimal | None:
        parts = [self.printed(f"{_SHARE}{name}", group, year) for name in classes]
        return sum((Decimal(part[0]) for part in parts), Decimal(0)) if all(parts) else None

    def _changes(
        self, stem: str, group: str, year: int, sign: int, but: str = ""
    ) -> Iterator[Decimal]:
        """Yield the changes that are printed of a quantity, counted as `sign` says."""
        for ending, own in _CHANGES.items():
            if ending != but:
                for number in self._numbers(f"{stem}{ending}", group, year):
                    yield sign * own * number

    def _numbers(self, measure: str, group: str, year: int) -> list[Decimal]:
        return [Decimal(number) for number in self.printed(measure, group, year)]

    def _differences(self, one: Quantity, other: Quantity, sign: int) -> Iterator[Decimal]:
        for minuend in self._all(*one):
            for subtrahend in self._all(*other):
                yield sign * (minuend - subtrahend)

    def _all(self, measure: str, group: str, year: int) -> list[Decimal]:
        numbers = self.printed(measure, group, year) or self._followed(measure, group, year)
        return [Decimal(number) for number in numbers]

    def _year_before(self, measure: str, group: str, year: int) -> int:
        """Return the newest earlier year of which a quantity is known; 0 where there is none."""
        earlier = (one for one in self._years if one < year)
        return next((one for one in earlier if self._all(measure, group, one)), 0)


def of_all(frame: pd.DataFrame) -> Status | None:
    """Return what a number is known from that is made of all values of a tidy frame.

    None where the frame does not say what its values are known from.
    """
    if "status" not in frame:
        return None
    found = set(frame.loc[frame["value"].notna(), "status"])
    if found <= set(KNOWN):
        return "derived"
    return "simulated" if "simulated" in found else "computed"


def reads_as(value: float, known: str, digits: int | None = None) -> bool:
    """Tell whether a value shows as a number that is known, with `digits` decimals.

    With more decimals than the number has it must say no more. Without `digits` it may lie off by
    one last digit at most, as what is made of rounded numbers does.
    """
    own = printed_decimals(known)
    if digits is None:
        return abs(value - float(known)) <= 1.0001 * 10.0**-own
    if digits > own:
        return half_up(value, digits) == Decimal(known)
    return half_up(value, digits) == half_up(float(known), digits)


def _match(printed: Iterable[str], value: float, digits: int | None) -> str:
    """Return the first printed number that a value rounds to, and shows as; '' where none is."""
    for number in printed:
        own = printed_decimals(number)
        if half_up(value, own) != Decimal(number):
            continue
        if digits is None or digits <= own or half_up(value, digits) == Decimal(number):
            return number
    return ""
