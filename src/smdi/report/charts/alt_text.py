"""What a chart or map shows, in Chinese sentences made from its data, for those who cannot see it.

Every text says the form, the quantity with its unit, and the values that matter: all of them where
they are few, else the highest and the lowest. Withheld values are named as such.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from smdi.report.charts.frames import PlotData
from smdi.report.charts.labels import measure_label

FEW = 6


def subject_of(frame: pd.DataFrame, labels: Mapping[str, str] | None = None) -> str:
    """Return the name of a frame's only measure; ValueError when it has several."""
    measures = frame["measure"].unique().tolist()
    if len(measures) != 1:
        raise ValueError(f"choose one measure of {measures}")
    return (labels or {}).get(measures[0]) or measure_label(measures[0])


def ranked(data: PlotData, subject: str) -> str:
    """Bars of one series, best first."""
    return f"横向条形图：{subject}，共{len(data.rows)}项。" + _all_or_ends(data.rows, data.unit)


def measures(data: PlotData, subject: str) -> str:
    """Bars of a few measures on one scale."""
    return f"横向条形图：{subject}。" + _all_or_ends(data.rows, data.unit)


def compared(data: PlotData, subject: str) -> str:
    """Several measures, each for two or more series."""
    series = "与".join(data.series)
    opening = f"对比图：{subject}，{series}相比较，共{len(data.labels)}项。"
    if len(data.labels) <= FEW:
        return opening + "；".join(_row_of_series(data, label) for label in data.labels) + "。"
    parts = []
    for name in data.series:
        rows = [row for row in data.rows if row["series"] == name]
        parts.append(f"{name}：{_all_or_ends(rows, data.unit, few=0)}")
    return opening + "".join(parts) + _who_leads(data)


def level_shares(data: PlotData, order: Sequence[str]) -> str:
    """Shares of the level classes, for each year or group."""
    opening = f"堆积条形图：各成熟度等级企业占比，等级依次为{'、'.join(order)}。"
    if len(data.labels) <= FEW:
        return opening + "；".join(_row_of_series(data, label) for label in data.labels) + "。"
    parts = []
    for name in (order[0], order[-1]):
        rows = [row for row in data.rows if row["series"] == name]
        parts.append(f"{name}占比：{_all_or_ends(rows, data.unit, few=0)}")
    return opening + f"共{len(data.labels)}组，{'、'.join(_names(data))}。" + "".join(parts)


def shaded_map(
    rows: Sequence[Mapping[str, Any]], subject: str, unit: str, regions: str, *, inset: bool = True
) -> str:
    """Say what regions shaded by class show; `rows` hold `name`, `value`, `text`."""
    opening = f"分级设色地图：{regions}{subject}{'，附南海诸岛插图' if inset else ''}。"
    known = sorted((row for row in rows if row["value"] is not None), key=lambda row: -row["value"])
    if not rows:
        return opening + "没有可以展示的数据。"
    if not known:
        return opening + "各地区数值均未公布。"
    highest = "、".join(_said(row, unit) for row in known[:5])
    text = f"{opening}数值较高的地区依次为{highest}"
    if len(known) > 5:
        text += f"；最低为{_said(known[-1], unit)}"
    hidden = sum(row["value"] is None for row in rows)
    return text + (f"；{hidden}个地区未公布。" if hidden else "。")


def _all_or_ends(rows: Sequence[Mapping[str, Any]], unit: str, few: int = FEW) -> str:
    known = [row for row in rows if row["value"] is not None]
    hidden = [row["name"] for row in rows if row["value"] is None]
    note = f"{'、'.join(hidden)}无可公布的数值。" if hidden else ""
    if not known:
        return note
    if len(known) <= few:
        return "、".join(_said(row, unit) for row in known) + "。" + note
    top = max(known, key=lambda row: row["value"])
    low = min(known, key=lambda row: row["value"])
    return f"最高为{_said(top, unit)}，最低为{_said(low, unit)}。" + note


def _said(row: Mapping[str, Any], unit: str) -> str:
    return f"{row['name']}{_quantity(row, unit)}"


def _quantity(row: Mapping[str, Any], unit: str) -> str:
    text = str(row["text"])
    # A name may end in a digit or a Latin letter; a colon keeps the number apart from it.
    gap = "：" if row.get("name", "")[-1:].isascii() else " "
    if row["value"] is None or text.endswith("%"):
        return gap + text
    return f"{gap}{text} {unit}"


def _row_of_series(data: PlotData, label: str) -> str:
    rows = [row for row in data.rows if row["label"] == label]
    said = "，".join(_said({**row, "name": row["series"]}, data.unit) for row in rows)
    return f"{rows[0]['name']}：{said}"


def _names(data: PlotData) -> list[str]:
    return list(dict.fromkeys(row["name"] for row in data.rows))


def _who_leads(data: PlotData) -> str:
    """Count the measures that the first of two series is higher in."""
    if len(data.series) != 2:
        return ""
    first, second = (
        {row["label"]: row["value"] for row in data.rows if row["series"] == name}
        for name in data.series
    )
    both = [label for label in data.labels if None not in (first.get(label), second.get(label))]
    higher = sum(first[label] > second[label] for label in both)
    return f"{data.series[0]}有{higher}项高于{data.series[1]}。"
