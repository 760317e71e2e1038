"""What the lists of industries, regions, sizes and classes must say together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from smdi.errors import Problem
from smdi.standards.reading import Rule, Standards
from smdi.standards.rows import (
    ClassRow,
    DivisionRow,
    LevelClassRow,
    LevelShareRow,
    RegionRow,
    SectorRow,
    SizeClassRow,
)
from smdi.standards.terms import LEVEL_CLASSES, SECTORS, SIZE_CLASSES

# GB/T 2260 has 34 provincial units; the self-assessment runs in 31. GB/T 4754-2017 counts the
# manufacturing divisions from 13 to 43.
PROVINCES, COVERED_PROVINCES = 34, 31
DIVISIONS = [str(code) for code in range(13, 44)]


def _divisions(standards: Standards) -> Iterator[Problem]:
    codes = {row.code for row in standards[DivisionRow]}
    for missing in (code for code in DIVISIONS if code not in codes):
        yield DivisionRow.file_problem("code", None, f"a row for division {missing}")
    for row in standards[DivisionRow]:
        if row.code not in DIVISIONS:
            yield row.problem("code", "a manufacturing division from 13 to 43")


def _sectors(standards: Standards) -> Iterator[Problem]:
    ids = {row.id for row in standards[SectorRow]}
    for missing in (name for name in SECTORS if name not in ids):
        yield SectorRow.file_problem("id", None, f"a row for {missing}")


def _classes(standards: Standards) -> Iterator[Problem]:
    divisions = {row.code for row in standards[DivisionRow]}
    for row in standards[ClassRow]:
        if row.division not in divisions:
            yield row.problem("division", "a code of divisions.csv")
        if row.division != row.code[:2]:
            yield row.problem("division", row.code[:2])
    used = {row.division for row in standards[ClassRow]}
    for division in standards[DivisionRow]:
        if division.code not in used:
            yield division.problem("code", "at least one class of it in classes.csv")


def _provinces(standards: Standards) -> Iterator[Problem]:
    provinces = [row for row in standards[RegionRow] if row.kind == "province"]
    covered = [row for row in provinces if row.in_scope]
    for rows, count, what in (
        (provinces, PROVINCES, "provincial units"),
        (covered, COVERED_PROVINCES, "of them in scope"),
    ):
        if len(rows) != count:
            yield RegionRow.file_problem("kind", len(rows), f"{count} {what}")
    with_cities = {row.parent for row in standards[RegionRow]}
    for row in provinces:
        if row.parent is not None:
            yield row.problem("parent", "empty for a province")
        if row.in_scope and row.code not in with_cities:
            yield row.problem("code", "at least one city of it")


def _cities(standards: Standards) -> Iterator[Problem]:
    provinces = {row.code: row for row in standards[RegionRow] if row.kind == "province"}
    for row in standards[RegionRow]:
        if row.kind == "province":
            continue
        province = provinces.get(row.parent or "")
        if province is None or province.code[:2] != row.code[:2]:
            yield row.problem("parent", f"the province {row.code[:2]}0000")
        elif province.in_scope != row.in_scope:
            yield row.problem("in_scope", "the same as its province")


def _region_names(standards: Standards) -> Iterator[Problem]:
    """Hold provinces to names of their own, and cities likewise: exports name them so."""
    first: dict[tuple[bool, str, str], int] = {}
    for row in standards[RegionRow]:
        for column, text in (("name_zh", row.name_zh), ("short_zh", row.short_zh)):
            name = row.kind == "province", column, text
            if name in first:
                yield row.problem(column, f"a name of its own (also in row {first[name]})")
            first.setdefault(name, row.line)


def _level_classes(standards: Standards) -> Iterator[Problem]:
    rows = standards[LevelClassRow]
    if (ids := tuple(row.id for row in rows)) != LEVEL_CLASSES:
        yield LevelClassRow.file_problem("id", ", ".join(ids), ", ".join(LEVEL_CLASSES))
    levels = [one for row in rows for one in range(row.lowest_level, row.highest_level + 1)]
    if levels != list(range(6)):
        yield LevelClassRow.file_problem("lowest_level", levels, "each level 0 to 5 once, rising")


def _size_classes(standards: Standards) -> Iterator[Problem]:
    rows = standards[SizeClassRow]
    if (ids := tuple(row.id for row in rows)) != SIZE_CLASSES:
        yield SizeClassRow.file_problem("id", ", ".join(ids), ", ".join(SIZE_CLASSES))
    for before, row in pairwise(rows):
        if row.min_employees >= before.min_employees:
            yield row.problem("min_employees", "a bound below that of the larger class before")
        if row.min_revenue >= before.min_revenue:
            yield row.problem("min_revenue", "a bound below that of the larger class before")
    for row in rows[-1:]:
        for column in ("min_employees", "min_revenue"):
            if getattr(row, column) != 0:
                yield row.problem(column, "0 for the smallest class")


def _level_shares(standards: Standards) -> Iterator[Problem]:
    sums: dict[int, Decimal] = defaultdict(Decimal)
    for row in standards[LevelShareRow]:
        sums[row.year] += row.share
    for year, total in sums.items():
        if total != 100:
            expected = f"the shares of {year} to sum to 100"
            yield LevelShareRow.file_problem("share", total, expected)


RULES: tuple[Rule, ...] = (
    (_divisions, (DivisionRow,)),
    (_sectors, (SectorRow,)),
    (_level_classes, (LevelClassRow,)),
    (_size_classes, (SizeClassRow,)),
    (_classes, (ClassRow, DivisionRow)),
    (_provinces, (RegionRow,)),
    (_cities, (RegionRow,)),
    (_region_names, (RegionRow,)),
    (_level_shares, (LevelShareRow,)),
)
