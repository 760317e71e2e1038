"""Builders of the report's tables: a tidy frame in, columns and printed cells out.

No maths: values come computed. A cell is text as the page prints it, with fixed decimals and a true
minus sign; what is withheld or missing says so. The same record serves the site and the PDF.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

import pandas as pd

from smdi.report.charts.frames import number_text, value_text
from smdi.report.charts.labels import measure_label
from smdi.standards import level_classes

MATURE = "firms_level_ge2"


@dataclass(frozen=True)
class Column:
    """A column: `align` right for numbers, `unit` stands in the head, `decimals` are its digits."""

    key: str
    name: str
    unit: str = ""
    align: str = "left"
    decimals: int | None = None


@dataclass(frozen=True)
class Table:
    """Columns and rows of printed cells; `alt` tells in a sentence what the table holds."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    alt: str

    def record(self) -> dict[str, object]:
        """Return the JSON form: {columns: [{key, name, unit, align, decimals}], rows: [[…]]}."""
        return {
            "columns": [asdict(column) for column in self.columns],
            "rows": [list(row) for row in self.rows],
        }


def province_ranking(frame: pd.DataFrame) -> Table:
    """Rank, province and its firms at level 2 or above; tab-provinces."""
    return _ranking(frame, MATURE, "省级行政区", "达到二级及以上的企业数")


def city_ranking(frame: pd.DataFrame) -> Table:
    """Rank, city and its firms at level 2 or above; tab-cities."""
    return _ranking(frame, MATURE, "城市", "达到二级及以上的企业数")


def sme_classes(frame: pd.DataFrame) -> Table:
    """Rank, code and name of four-digit classes and their small firms; tab-sme-classes."""
    cells = _cells(frame)
    rows = []
    for group in dict.fromkeys(frame["group"]):
        code, name = group.split(" ", 1)
        rows.append((cells["rank", group], code, name, cells["firms", group]))
    columns = (
        Column("rank", "名次", align="right", decimals=0),
        Column("code", "小类代码"),
        Column("name", "行业小类"),
        Column("firms", "企业数", "家", "right", 0),
    )
    return Table(columns, tuple(rows), _alt("行业小类", rows))


def industry_change(frame: pd.DataFrame) -> Table:
    """Per industry and level class the shares of both years and their difference."""
    years = sorted(frame["year"].unique())
    shares = {name: f"share_level_{name}" for name in level_classes().index}
    cells = {
        (row["measure"], row["group"], row["year"]): value_text(row, 2, with_unit=False)
        for row in frame.to_dict("records")
    }
    rows = []
    for group in dict.fromkeys(frame["group"]):
        for position, (name, measure) in enumerate(shares.items()):
            values = [cells.get((measure, group, year), "—") for year in years]
            change = cells.get((f"{measure}_change", group, years[-1]), "—")
            label = str(level_classes().loc[name, "name_zh"])
            rows.append((group if position == 0 else "", label, *values, change))
    columns = (
        Column("industry", "行业大类"),
        Column("level", "等级"),
        *(Column(str(year), f"{year} 年", "%", "right", 2) for year in years),
        Column("change", "差值", "百分点", "right", 2),
    )
    groups = len(rows) // len(shares)
    return Table(columns, tuple(rows), f"{groups} 个行业大类四类等级占比在两年间的变化")


def comparison(frame: pd.DataFrame, labels: Mapping[str, str] | None = None) -> Table:
    """Changes in 百分点, a row a measure (`<name>_change`) and a column a way of comparing.

    `labels` names measures without their ending; by default they have the measure's own name.
    """
    ways = list(dict.fromkeys(frame["group"]))
    measures = list(dict.fromkeys(frame["measure"]))
    cells = {
        (row["measure"], row["group"]): value_text(row, 1, with_unit=False)
        for row in frame.to_dict("records")
    }
    rows = []
    for measure in measures:
        name = measure.removesuffix("_change")
        label = (labels or {}).get(name) or measure_label(name)
        rows.append((label, *(cells.get((measure, way), "—") for way in ways)))
    bases = frame.groupby("group")["base"].max()
    columns = (
        Column("measure", "指标"),
        *(Column(f"way{n}", way, "百分点", "right", 1) for n, way in enumerate(ways, 1)),
    )
    told = "、".join(f"{way} {bases[way]} 家" for way in ways)
    return Table(columns, tuple(rows), f"{len(rows)} 项指标变化的各种口径，基数为{told}")


def plain(columns: Sequence[Column], rows: Sequence[Sequence[object]], alt: str) -> Table:
    """Make a table of cells that are ready to print; numbers get their column's decimals."""
    made = []
    for row in rows:
        cells = zip(row, columns, strict=True)
        made.append(tuple(_cell(value, column.decimals) for value, column in cells))
    return Table(tuple(columns), tuple(made), alt)


def _ranking(frame: pd.DataFrame, measure: str, subject: str, quantity: str) -> Table:
    cells = _cells(frame)
    rows = [
        (cells["rank", group], group, cells[measure, group])
        for group in dict.fromkeys(frame["group"])
    ]
    columns = (
        Column("rank", "名次", align="right", decimals=0),
        Column("name", subject),
        Column("firms", quantity, "家", "right", 0),
    )
    return Table(columns, tuple(rows), _alt(subject, rows))


def _cells(frame: pd.DataFrame) -> dict[tuple[str, str], str]:
    return {
        (row["measure"], row["group"]): value_text(row, 0, with_unit=False)
        for row in frame.to_dict("records")
    }


def _alt(subject: str, rows: Sequence[Sequence[str]]) -> str:
    if not rows:
        return f"没有可列的{subject}"
    first, last = rows[0], rows[-1]
    return (
        f"{subject}排名表，共 {len(rows)} 行；"
        f"首行{first[-2]} {first[-1]} 家，末行{last[-2]} {last[-1]} 家"
    )


def _cell(value: object, decimals: int | None) -> str:
    if isinstance(value, str):
        return value
    return number_text(float(value), decimals or 0)
