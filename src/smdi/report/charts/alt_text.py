"""What a chart or map shows, in sentences made from its data, for those who cannot see it.

Every text says the form, the quantity with its unit, and the values that matter: all of them where
they are few, else the highest and the lowest. Withheld values are named as such.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from smdi.report.charts.frames import PlotData
from smdi.report.charts.labels import measure_label
from smdi.report.text.language import words
from smdi.report.values import unit_after

FEW = 6


def subject_of(frame: pd.DataFrame, labels: Mapping[str, str] | None = None) -> str:
    """Return the name of a frame's only measure; ValueError when it has several."""
    measures = frame["measure"].unique().tolist()
    if len(measures) != 1:
        raise ValueError(f"choose one measure of {measures}")
    return (labels or {}).get(measures[0]) or measure_label(measures[0])


def ranked(data: PlotData, subject: str) -> str:
    """Bars of one series, best first."""
    rows = _all_or_ends(data.rows, data.unit)
    return words().alt.ranked(len(data.rows), subject=subject, count=len(data.rows), rows=rows)


def measures(data: PlotData, subject: str) -> str:
    """Bars of a few measures on one scale."""
    return words().alt.measures(subject=subject, rows=_all_or_ends(data.rows, data.unit))


def compared(data: PlotData, subject: str) -> str:
    """Several measures, each for two or more series."""
    say, count = words().alt, len(data.labels)
    if count <= FEW:
        rows = _rows_of_series(data)
    else:
        parts = [
            say.of_series(series=name, rows=_ends_of_series(data, name)) for name in data.series
        ]
        rows = _joined([*parts, _who_leads(data)])
    series = say.series_joint.join(data.series)
    return say.compared(count, subject=subject, series=series, count=count, rows=rows)


def level_shares(data: PlotData, order: Sequence[str]) -> str:
    """Shares of the level classes, for each year or group."""
    say, joint = words().alt, words().lists.joint
    levels = joint.join(order)
    if len(data.labels) <= FEW:
        return say.levels(levels=levels, rows=_rows_of_series(data))
    parts = [
        say.of_level(level=name, rows=_ends_of_series(data, name)) for name in (order[0], order[-1])
    ]
    names = joint.join(dict.fromkeys(row["name"] for row in data.rows))
    groups = say.many_groups(count=len(data.labels), names=names, rows=_joined(parts))
    return say.levels(levels=levels, rows=groups)


def shaded_map(
    rows: Sequence[Mapping[str, Any]], subject: str, unit: str, regions: str, *, inset: bool = True
) -> str:
    """Say what regions shaded by class show; `rows` hold `name`, `value`, `text`."""
    say = words().alt
    opening = say.map_with_inset if inset else say.map
    return opening(regions=regions, subject=subject, rows=_regions(rows, unit)).strip()


def _regions(rows: Sequence[Mapping[str, Any]], unit: str) -> str:
    say, lists = words().alt, words().lists
    known = sorted((row for row in rows if row["value"] is not None), key=lambda row: -row["value"])
    if not rows:
        return say.map_without_rows
    if not known:
        return say.map_all_withheld
    text = say.map_highest(names=lists.joint.join(_said(row, unit) for row in known[:5]))
    if len(known) > 5:
        text = say.map_lowest(highest=text, name=_said(known[-1], unit))
    hidden = sum(row["value"] is None for row in rows)
    if hidden:
        text = say.map_withheld(hidden, text=text, count=hidden)
    return f"{text}{lists.stop}"


def _all_or_ends(rows: Sequence[Mapping[str, Any]], unit: str, few: int = FEW) -> str:
    say, lists = words().alt, words().lists
    known = [row for row in rows if row["value"] is not None]
    hidden = [row["name"] for row in rows if row["value"] is None]
    note = say.without_value(len(hidden), names=lists.joint.join(hidden)) if hidden else ""
    if not known:
        return note
    if len(known) <= few:
        told = f"{lists.joint.join(_said(row, unit) for row in known)}{lists.stop}"
    else:
        top = max(known, key=lambda row: row["value"])
        low = min(known, key=lambda row: row["value"])
        told = say.ends(highest=_said(top, unit), lowest=_said(low, unit))
    return _joined([told, note])


def _ends_of_series(data: PlotData, series: str) -> str:
    rows = [row for row in data.rows if row["series"] == series]
    return _all_or_ends(rows, data.unit, few=0)


def _joined(sentences: Sequence[str]) -> str:
    """Join sentences that have their stops."""
    return words().lists.after_stop.join(text for text in sentences if text)


def _said(row: Mapping[str, Any], unit: str) -> str:
    """Say a name with its value and unit."""
    say, text, name = words().alt, str(row["text"]), str(row["name"])
    if row["value"] is not None and not text.endswith("%"):
        text = say.with_unit(value=text, unit=unit_after(text, unit)).strip()
    # A name may end in a digit or a Latin letter, which a number would run on from.
    after = say.quantity_after_latin if name[-1:].isascii() else say.quantity
    return after(name=name, value=text)


def _rows_of_series(data: PlotData) -> str:
    lists = words().lists
    rows = lists.sentence.join(_row_of_series(data, label) for label in data.labels)
    return f"{rows}{lists.stop}"


def _row_of_series(data: PlotData, label: str) -> str:
    rows = [row for row in data.rows if row["label"] == label]
    values = [_said({**row, "name": row["series"]}, data.unit) for row in rows]
    return words().alt.row(name=rows[0]["name"], values=words().lists.clause.join(values))


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
    return words().alt.higher(higher, first=data.series[0], count=higher, second=data.series[1])
