"""The report's tables: from a tidy frame to columns and rows of text, ready for page and print.

Numbers become text here, with the decimals of their column and a true minus sign, so that columns
align on the decimal point wherever the text is set flush right. A difference that is more bears its
plus. A withheld value reads 未公布, a missing one is a dash.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import chain, product
from typing import Any

import pandas as pd

from smdi.indicators.levels import DETAILS
from smdi.indicators.precision.rounding import half_up
from smdi.indicators.tidy.lists import REST, listed_apart
from smdi.report.charts.frames import records, shown_status, value_text
from smdi.report.charts.labels import measure_label
from smdi.report.tables.table import Cell, Column, Table, number_column
from smdi.report.text.language import name_of, words
from smdi.report.text.phrases import sentence
from smdi.report.values import MARKED, unit_after, unit_head

# The shares of levels that an industry may be told in, lowest first.
LEVEL_SHARES = tuple(f"share_level_{name}" for name in dict.fromkeys(chain(*DETAILS)))
# What is told in this unit is a difference.
DIFFERENCE = "百分点"


def province_ranking(frame: pd.DataFrame) -> Table:
    """List rank, province and firms at level 2 or above; frame of `rankings.firms_by_province`."""
    return _ranking(frame, "firms_level_ge2", words().tables.province)


def city_ranking(frame: pd.DataFrame) -> Table:
    """List rank, city and firms at level 2 or above; frame of `rankings.firms_by_city`."""
    return _ranking(frame, "firms_level_ge2", words().tables.city)


def sme_classes(frame: pd.DataFrame) -> Table:
    """List rank, code, class and small firms; groups of the frame read `4190 其他未列明制造业`."""
    values, say = _lookup(frame), words().tables
    columns = (
        number_column("rank", say.rank),
        Column("code", say.class_code),
        Column("name", say.class_name, names=True),
        number_column("firms", say.firms, "家", bars=True),
    )
    rows = []
    for group in _groups(frame):
        code, _, name = group.partition(" ")
        rows.append((values["rank", group], code, name_of(name), values["firms", group]))
    return Table(columns, tuple(rows), say.classes_alt(len(rows), count=len(rows)))


def industry_change(frame: pd.DataFrame, digits: int = 2) -> Table:
    """List each industry's shares in both years and their change, a row a class of levels.

    Frame of `industries.industry_change`.
    """
    say, no_value = words().tables, words().charts.no_value
    years = sorted(frame["year"].unique(), reverse=True)
    texts = _texts(frame, digits)
    now = max(years, default=0)
    rows = []
    for group in _groups(frame):
        told = set(frame.loc[frame["group"] == group, "measure"])
        for level, ending in product(LEVEL_SHARES, ("", REST)):
            measure = f"{level}{ending}"
            if measure not in told:
                continue
            shares = [texts.get((measure, group, year), no_value) for year in years]
            change = texts.get((f"{measure}_change", group, now), no_value)
            name = say.levels_together.get(level) or measure_label(level)
            rows.append((sentence(name_of(group)), sentence(name), *shares, change))
    columns = (
        Column("industry", say.industry, joined=True),
        Column("level", say.level, names=True),
        *(
            number_column(f"share_{year}", say.year(year=year), "%", digits, bars=True)
            for year in years
        ),
        number_column("change", say.difference, "百分点", digits),
    )
    count = len(_groups(frame))
    spoken = words().lists.joint.join(words().charts.year(year=year) for year in years)
    alt = say.change_alt(count, count=count, years=spoken)
    return Table(columns, tuple(rows), alt)


def comparison(frame: pd.DataFrame, digits: int = 1) -> Table:
    """Changes of measures named `<measure>_change`, one column a group; frames of `comparison`."""
    say, no_value = words().tables, words().charts.no_value
    groups = _groups(frame)
    texts = _texts(frame, digits)
    year = frame["year"].max()
    rows = []
    for measure in dict.fromkeys(frame["measure"]):
        name = sentence(measure_label(measure.removesuffix("_change")))
        rows.append((name, *(texts.get((measure, group, year), no_value) for group in groups)))
    unit = "" if frame.empty else str(frame["unit"].iloc[0])
    names = [sentence(name_of(group)) for group in groups]
    columns = [number_column(f"change_{n}", name, unit, digits) for n, name in enumerate(names)]
    spoken = words().lists.joint.join(names)
    alt = say.comparison_alt(len(rows), unit=unit_head(unit), groups=spoken, count=len(rows))
    return Table((Column("measure", say.indicator), *columns), tuple(rows), alt)


def _ranking(frame: pd.DataFrame, measure: str, kind: str) -> Table:
    values, say = _lookup(frame), words().tables
    groups, together, no_value = listed_apart(frame), f"{measure}{REST}", words().charts.no_value
    rows = [
        (values.get(("rank", group), no_value), name_of(group), values[measure, group])
        for group in groups
        if (measure, group) in values
    ]
    left = len(_groups(frame)) - len(groups)
    for group in (name for name in groups if (together, name) in values):
        name = say.groups_together(name=name_of(group), count=left) if left else name_of(group)
        rows.append((no_value, name, values[together, group]))
    columns = (
        number_column("rank", say.rank),
        Column("name", kind),
        number_column(measure, say.firms, "家", bars=True),
    )
    ends = ""
    if rows and rows[0][2][:1].isdigit():
        _, name, firms = rows[0]
        ends = say.alt_ends(name=name, value=firms, unit=unit_after(firms, "家"))
    alt = say.ranking_alt(len(rows), count=len(rows), ends=ends).strip()
    return Table(columns, tuple(rows), alt)


def _groups(frame: pd.DataFrame) -> Sequence[str]:
    return list(dict.fromkeys(frame["group"]))


def _lookup(frame: pd.DataFrame, digits: int = 0) -> Mapping[tuple[str, str], str]:
    return {(measure, group): text for (measure, group, _), text in _texts(frame, digits).items()}


def cell(row: Mapping[str, Any], digits: int) -> str:
    """Return the text of a value with its mark, its unit left to the column's head."""
    text, status = value_text(row, digits, with_unit=False), shown_status(row, digits)
    if (
        row["unit"] == DIFFERENCE
        and not math.isnan(row["value"])
        and half_up(row["value"], digits) > 0
    ):
        text = f"+{text}"
    return Cell(text, status) if status in MARKED else text


def _texts(frame: pd.DataFrame, digits: int) -> dict[tuple[str, str, int], str]:
    """Return (measure, group, year) -> the value as text, its unit left to the column's head."""
    return {
        (row["measure"], row["group"], row["year"]): cell(row, digits) for row in records(frame)
    }
