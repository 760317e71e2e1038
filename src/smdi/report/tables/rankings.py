"""The report's tables: from a tidy frame to columns and rows of text, ready for page and print.

Numbers become text here, with the decimals of their column and a true minus sign, so that columns
align on the decimal point wherever the text is set flush right. A withheld value reads 未公布, a
missing one is a dash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from smdi.indicators.levels import SHARES
from smdi.report.charts.frames import records, value_text
from smdi.report.charts.labels import measure_label
from smdi.report.tables.table import Column, Table


def province_ranking(frame: pd.DataFrame) -> Table:
    """List rank, province and firms at level 2 or above; frame of `rankings.firms_by_province`."""
    return _ranking(frame, "firms_level_ge2", "省级行政区")


def city_ranking(frame: pd.DataFrame) -> Table:
    """List rank, city and firms at level 2 or above; frame of `rankings.firms_by_city`."""
    return _ranking(frame, "firms_level_ge2", "城市")


def sme_classes(frame: pd.DataFrame) -> Table:
    """List rank, code, class and small firms; groups of the frame read `4190 其他未列明制造业`."""
    values = _lookup(frame)
    columns = (_number("rank", "位次"), Column("code", "小类代码"), Column("name", "行业小类"))
    rows = []
    for group in _groups(frame):
        code, _, name = group.partition(" ")
        rows.append((values["rank", group], code, name, values["firms", group]))
    return Table(
        (*columns, _number("firms", "企业数量", "家")),
        tuple(rows),
        f"表格：中小微企业较多的行业小类，共{len(rows)}行，列出位次、代码、名称和企业数量。",
    )


def industry_change(frame: pd.DataFrame, digits: int = 2) -> Table:
    """List each industry's four shares in both years and their change, four rows an industry.

    The industry is named in the first of its rows. Frame of `industries.industry_change`.
    """
    years = sorted(frame["year"].unique(), reverse=True)
    texts = _texts(frame, digits)
    now = max(years, default=0)
    rows = []
    for group in _groups(frame):
        for position, measure in enumerate(SHARES):
            shares = [texts.get((measure, group, year), "—") for year in years]
            change = texts.get((f"{measure}_change", group, now), "—")
            name = group if position == 0 else ""
            rows.append((name, measure_label(measure), *shares, change))
    columns = (
        Column("industry", "行业"),
        Column("level", "成熟度等级"),
        *(_number(f"share_{year}", f"{year} 年", "%", digits) for year in years),
        _number("change", "差值", "百分点", digits),
    )
    count = len(_groups(frame))
    spoken = "、".join(f"{year}年" for year in years)
    alt = f"表格：{count}个行业各成熟度等级企业占比，列出{spoken}的占比及其差值。"
    return Table(columns, tuple(rows), alt)


def comparison(frame: pd.DataFrame, digits: int = 1) -> Table:
    """Changes of measures named `<measure>_change`, one column a group; frames of `comparison`."""
    groups = _groups(frame)
    texts = _texts(frame, digits)
    year = frame["year"].max()
    rows = []
    for measure in dict.fromkeys(frame["measure"]):
        name = measure_label(measure.removesuffix("_change"))
        rows.append((name, *(texts.get((measure, group, year), "—") for group in groups)))
    unit = "" if frame.empty else str(frame["unit"].iloc[0])
    columns = [_number(f"change_{n}", group, unit, digits) for n, group in enumerate(groups)]
    alt = f"表格：各项指标的变化（{unit}），按{'、'.join(groups)}分列，共{len(rows)}行。"
    return Table((Column("measure", "指标"), *columns), tuple(rows), alt)


def _ranking(frame: pd.DataFrame, measure: str, kind: str) -> Table:
    values = _lookup(frame)
    rows = [(values["rank", group], group, values[measure, group]) for group in _groups(frame)]
    columns = (_number("rank", "位次"), Column("name", kind), _number(measure, "企业数量", "家"))
    ends = f"首位为{rows[0][1]}，{rows[0][2]} 家。" if rows else ""
    alt = f"表格：达到二级及以上的企业数量，共{len(rows)}行，按位次排列。{ends}"
    return Table(columns, tuple(rows), alt)


def _number(key: str, name: str, unit: str = "", decimals: int = 0) -> Column:
    return Column(key, name, unit, "right", decimals)


def _groups(frame: pd.DataFrame) -> Sequence[str]:
    return list(dict.fromkeys(frame["group"]))


def _lookup(frame: pd.DataFrame, digits: int = 0) -> Mapping[tuple[str, str], str]:
    return {(measure, group): text for (measure, group, _), text in _texts(frame, digits).items()}


def _texts(frame: pd.DataFrame, digits: int) -> dict[tuple[str, str, int], str]:
    """Return (measure, group, year) -> the value as text, its unit left to the column's head."""
    return {
        (row["measure"], row["group"], row["year"]): value_text(row, digits, with_unit=False)
        for row in records(frame)
    }
