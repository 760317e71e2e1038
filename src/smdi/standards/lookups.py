"""Lookup tables: industries, regions, size classes, level classes, practices, published shares.

Every function gives a DataFrame of its own, so that a caller may change it freely; faults in
data/standards raise `InputErrors`. All tables carry the columns `source` and `confidence`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from smdi.standards.loading import Source, current_source, frame, kept
from smdi.standards.rows import (
    ClassRow,
    DivisionRow,
    LevelClassRow,
    LevelShareRow,
    PracticeRow,
    RegionRow,
    SectorRow,
    SizeClassRow,
)

if TYPE_CHECKING:
    import pandas as pd


@kept
def divisions() -> pd.DataFrame:
    """Return the 31 manufacturing divisions of GB/T 4754-2017, index code ("13"…"43").

    Columns: name_zh, short_zh (for charts), usual_type (`discrete`|`process`, a fallback only),
    type_ambiguous, sector (id of `sectors`, empty for none).
    """
    return frame(DivisionRow, "code")


@kept
def classes() -> pd.DataFrame:
    """Return the four-digit classes of GB/T 4754-2017, index code; columns name_zh, division."""
    return frame(ClassRow, "code")


@kept
def sectors() -> pd.DataFrame:
    """Return the four sectors of the report, index id; column name_zh."""
    return frame(SectorRow, "id")


@kept
def regions() -> pd.DataFrame:
    """Return the provincial and prefectural units by GB/T 2260 code.

    Columns: name_zh (江苏省), short_zh (江苏), kind (province, prefecture, or county_level for
    units directly under a province), parent (province code, empty for a province), municipality,
    separately_planned (计划单列市), in_scope (one of the 31 the self-assessment runs in),
    boundary_code (the code of its shape in the map layers).
    """
    table = frame(RegionRow, "code")
    table["parent"] = table["parent"].fillna("").astype("str")
    return table


@kept
def provinces() -> pd.DataFrame:
    """Return the 34 provincial units of `regions`, in order of code."""
    table = regions()
    return table[table["kind"] == "province"]


@kept
def cities() -> pd.DataFrame:
    """Return the city level of `regions`: what a firm's `city` may be.

    Prefectures, county-level units directly under a province, and one row for each municipality
    (北京 110100: 市辖区 in GB/T 2260), whose boundary_code is the municipality's own.
    """
    table = regions()
    return table[table["kind"] != "province"]


@kept
def practices() -> pd.DataFrame:
    """Return the practices firms are asked about, index id.

    Columns: name_zh, label_zh (for charts), kind (`share` of firms, or `ratio` in % within a firm),
    base (`all`, or the business without which the question is not asked), trend (1–9, <NA> for a
    practice of a sector only).
    """
    table = frame(PracticeRow, "id")
    table["trend"] = table["trend"].astype("Int64")
    return table


@kept
def level_classes() -> pd.DataFrame:
    """Return the four published classes of level in rising order, index id.

    Columns: name_zh, lowest_level, highest_level.
    """
    return frame(LevelClassRow, "id")


def level_classes_in(name: str) -> tuple[str, ...]:
    """Return the level classes that a range of levels is made of, in rising order.

    `name` is a class itself (`le1`), `ge3` (level 3 and above) or `2_3` (levels 2 to 3); KeyError
    for any other, and for a range that cuts through a class.
    """
    return _level_classes_in(current_source(), name)


@cache
def _level_classes_in(_source: Source, name: str) -> tuple[str, ...]:
    table = level_classes()
    if name in table.index:
        return (name,)
    bounds = re.fullmatch("ge([0-5])|([0-5])_([0-5])", name)
    if bounds is None:
        raise KeyError(name)
    lowest = int(bounds[1] or bounds[2])
    highest = int(bounds[3] or table["highest_level"].max())
    inside = table[(table["lowest_level"] >= lowest) & (table["highest_level"] <= highest)]
    levels = [*inside["lowest_level"], *inside["highest_level"]]
    if not levels or (min(levels), max(levels)) != (lowest, highest):
        raise KeyError(name)
    return tuple(inside.index)


def level_class(level: pd.Series) -> pd.Series:
    """Return the level class (`le1`, `2`, `3`, `ge4`) of levels 0 to 5."""
    import numpy as np
    import pandas as pd

    table = level_classes()
    position = np.searchsorted(table["highest_level"].to_numpy(), level.to_numpy())
    return pd.Series(table.index.to_numpy()[position], index=level.index, dtype="str")


@kept
def national_level_shares() -> pd.DataFrame:
    """Return the level shares published for 2019–2022.

    Columns: year, level_class, share (%), firms_over.
    2019 is known by `ge3` (level 3 or above) in place of `3` and `ge4`.
    """
    table = frame(LevelShareRow)
    table["share"] = table["share"].astype("float64")
    table["firms_over"] = table["firms_over"].astype("Int64")
    return table


@kept
def size_classes() -> pd.DataFrame:
    """Return the size classes of industry from large to micro, index id.

    Columns: name_zh, min_employees (persons), min_revenue (万元). Source 工信部联企业〔2011〕300号.
    """
    return frame(SizeClassRow, "id")


def size_class(employees: pd.Series, revenue: pd.Series) -> pd.Series:
    """Return the size class of firms.

    It is the lower of the grades by employees (persons) and by revenue (万元); a firm at a bound
    belongs to the upper class. Values are `large`, `medium`, `small` or `micro`. A missing or
    negative number has no size and raises ValueError.
    """
    import numpy as np
    import pandas as pd

    table = size_classes().iloc[::-1]
    grades = []
    for numbers, column in ((employees, "min_employees"), (revenue, "min_revenue")):
        values = numbers.to_numpy(dtype="float64", na_value=np.nan)
        if not (values >= 0).all():
            raise ValueError(
                f"size_class: {numbers.name or column} has a missing or negative value"
            )
        grades.append(np.searchsorted(table[column].to_numpy(), values, side="right") - 1)
    return pd.Series(
        table.index.to_numpy()[np.minimum(*grades)], index=employees.index, dtype="str"
    )
