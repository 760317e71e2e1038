"""What the rows of an exhibit's data say: numbers of firms, means, and what they keep back.

A value is known as well as it is written: a share of 12.3 stands for all from 12.25 to 12.35, one
of 14 digits for itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from smdi.publishing.gate.attack.cells import (
    Cell,
    both,
    cell,
    domain_condition,
    meaning,
    name_of,
    with_value,
)
from smdi.publishing.gate.attack.differences import DIFFERENCE, other_terms
from smdi.publishing.gate.attack.others import COUNT, OTHERS, SHARE, wholes_told
from smdi.publishing.gate.attack.tidy_rows import Row
from smdi.standards import practices
from smdi.standards.scope import kind_name, scope_name
from smdi.standards.terms import ALL_INDUSTRIES, NATION

LEVEL = re.compile(r"(?:share|firms)_(?:level_)?(le1|2|3|ge4|ge2|ge3|2_3)")
# With what the firms of a scope are compared: all firms, or all of its region.
WIDER = frozenset({NATION, ALL_INDUSTRIES})
# Shares of small firms, and the level of the firms that they are among.
SMALL_AMONG = {"sme_share": "", "sme_share_of_level_le1": "le1"}
# Of what a share tells that is of nobody's level, business or practice.
NOT_OF_A_GROUP = frozenset({"share_of_nation"})
SCORE, RANK = "分", "位"


@dataclass(frozen=True)
class Number:
    """A cell has `low` to `high` firms: `source` is the row that says so."""

    cell: Cell
    low: float
    high: float
    source: Row


@dataclass(frozen=True)
class Mean:
    """The mean of a measure over a cell lies between `low` and `high`."""

    measure: str
    cell: Cell
    low: float
    high: float
    source: Row


@dataclass
class Statements:
    """All that the data of exhibits say; `withheld` are cells that rows keep back."""

    numbers: list[Number] = field(default_factory=list)
    means: list[Mean] = field(default_factory=list)
    withheld: list[tuple[Cell, Row]] = field(default_factory=list)

    def add(self, other: Statements) -> None:
        """Take over the statements of another exhibit."""
        self.numbers += other.numbers
        self.means += other.means
        self.withheld += other.withheld


def statements_of(rows: Iterable[Row], given: Mapping[str, str]) -> Statements:
    """Return what rows say in the scope of their release (`Scope.given`)."""
    made = Statements()
    scope, names = scope_of(given), _names(given)
    rows = list(rows)
    for row in (*rows, *other_terms(rows), *wholes_told(rows, scope_name(given))):
        if row.year and row.measure.endswith(OTHERS):
            made.add(_together(row, scope))
        elif row.year and (group := _group(row, scope, names)) is not None:
            made.add(_statements(row, group))
    return made


def scope_of(given: Mapping[str, str]) -> Cell:
    """Return the cell of a scope; a city is named as in `smdi.standards.scope`."""
    found = cell()
    for name, value in given.items():
        if name in ("province", "city"):
            found |= meaning(value) or cell()
        else:
            condition = "industry" if name == "sector" else name
            found |= cell((condition, value))
    return found


def _names(given: Mapping[str, str]) -> frozenset[str]:
    """Return what exhibits call all firms of a scope that is not the nation's."""
    if not given:
        return frozenset()
    return frozenset({scope_name(given), kind_name(given)}) - WIDER


def _group(row: Row, scope: Cell, names: frozenset[str]) -> Cell | None:
    """Return the firms that a row is about: its group within the scope, None when unknown."""
    if row.group == NATION:
        return cell()
    if row.group == ALL_INDUSTRIES:
        return with_value(scope, "industry", "")
    own = cell() if row.group in names else meaning(row.group)
    if own is None:
        return None
    if row.exhibit == "tab-sme-classes":
        own |= cell(("size", "sme"))
    return both(scope, own)


def _statements(row: Row, group: Cell) -> Statements:
    made = Statements()
    assessed = group | {("firms", f"assessed {row.year}")}
    if row.measure in ("participants", "growth"):
        to_date = group | {("firms", f"until {row.year}")}
        return _participants(row, to_date, group | {("firms", f"until {row.year - 1}")})
    if row.unit == SCORE and row.measure.startswith("domain_"):
        condition = domain_condition(row.measure.removeprefix("domain_"))
        over = with_value(assessed, condition, "yes") if condition else assessed
        return _mean(row, over)
    if row.measure == "rank":
        return made
    if DIFFERENCE.search(row.measure):
        # Of a difference the base is known; its terms stand elsewhere.
        base = _base(replace(row, measure=DIFFERENCE.sub("", row.measure)), assessed)
        return Statements([Number(base, row.base, row.base, row)] if row.base else [])
    if row.unit == COUNT:
        # A threshold has no firms behind it, and no base.
        is_count = row.base or row.withheld
        return _count(row, _counted(row, assessed)) if is_count else made
    if row.unit == SHARE and row.base and row.measure not in NOT_OF_A_GROUP:
        if _is_ratio(row.measure):
            return _mean(row, with_value(assessed, f"asked:{row.measure}", "yes"))
        return _share(row, _narrowed(row, assessed), _base(row, assessed))
    return made


def _together(row: Row, scope: Cell) -> Statements:
    """Return the numbers of firms that are told together: a group that nothing else divides."""
    group = cell(("others", f"{row.exhibit} {row.year}, {name_of(scope)}"))
    if row.value is None or row.unit not in (COUNT, SHARE):
        return Statements()
    if row.unit == COUNT:
        return _count(row, group | {("count", row.measure)})
    return _share(row, group | {("count", row.measure)}, group)


def _narrowed(row: Row, assessed: Cell) -> Cell:
    """Return the firms that a count or share counts."""
    if level := LEVEL.fullmatch(row.measure):
        return with_value(assessed, "level", level[1])
    if row.measure.startswith("coverage_"):
        return with_value(assessed, f"has:{row.measure.removeprefix('coverage_')}", "yes")
    if row.measure in SMALL_AMONG:
        return with_value(_base(row, assessed), "size", "sme")
    if row.measure == "firms":
        return assessed
    return with_value(_base(row, assessed), f"uses:{row.measure}", "yes")


def _counted(row: Row, assessed: Cell) -> Cell:
    """Return the firms of a count; one of a measure that is not known stands by itself."""
    if row.measure == "firms" or LEVEL.fullmatch(row.measure):
        return _narrowed(row, assessed)
    return assessed | {("count", f"{row.exhibit} {row.measure}")}


def _base(row: Row, assessed: Cell) -> Cell:
    """Return the firms that a share is over: for a practice those that were asked."""
    if row.measure in SMALL_AMONG:
        return with_value(assessed, "level", SMALL_AMONG[row.measure])
    if LEVEL.fullmatch(row.measure) or row.measure.startswith("coverage_"):
        return assessed
    return with_value(assessed, f"asked:{row.measure}", "yes")


def _participants(row: Row, now: Cell, before: Cell) -> Statements:
    made = Statements()
    if row.measure == "participants":
        return _count(row, now) if row.base or row.withheld else made
    if row.base:
        made.numbers.append(Number(now, row.base, row.base, row))
        if row.value is not None and row.value > -100 + row.error:
            low = row.base / (1 + (row.value + row.error) / 100)
            high = row.base / (1 + (row.value - row.error) / 100)
            made.numbers.append(Number(before, low, high, row))
    return made


def _count(row: Row, counted: Cell) -> Statements:
    if row.value is None:
        return Statements(withheld=[(counted, row)] if row.withheld else [])
    return Statements(numbers=[Number(counted, row.value, row.value, row)])


def _share(row: Row, counted: Cell, base: Cell) -> Statements:
    made = Statements(numbers=[Number(base, row.base, row.base, row)])
    if row.value is None:
        made.withheld += [(counted, row)] if row.withheld else []
    else:
        low, high = (row.base * (row.value + off) / 100 for off in (-row.error, row.error))
        made.numbers.append(Number(counted, max(low, 0), min(high, row.base), row))
    return made


def _mean(row: Row, over: Cell) -> Statements:
    made = Statements()
    if row.base:
        made.numbers.append(Number(over, row.base, row.base, row))
    if row.value is not None:
        low, high = row.value - row.error, row.value + row.error
        made.means.append(Mean(row.measure, over, low, high, row))
    elif row.withheld:
        made.withheld.append((over, row))
    return made


@cache
def _is_ratio(measure: str) -> bool:
    kinds = practices()["kind"]
    return measure in kinds.index and kinds[measure] == "ratio"


def whole_numbers(number: Number) -> tuple[int, int]:
    """Return the whole numbers of firms that a statement allows, rounding of doubles aside."""
    return math.ceil(number.low - 1e-6), math.floor(number.high + 1e-6)
