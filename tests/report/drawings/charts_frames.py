"""Small tidy frames made by hand, for tests of charts, maps and tables."""

from __future__ import annotations

import math
from collections.abc import Iterable

import altair as alt
import pandas as pd

from smdi.indicators.tidy import Row, frame
from smdi.report import theme

LEVELS = ("share_level_le1", "share_level_2", "share_level_3", "share_level_ge4")


def tidy(rows: Iterable[tuple[str, str, int, float]], unit: str = "%") -> pd.DataFrame:
    """A tidy frame of (measure, group, year, value); a value of None is withheld."""
    return frame(
        [
            Row(measure, group, year, math.nan if value is None else value, unit, 100)
            if value is not None
            else Row(measure, group, year, math.nan, unit, 100, withheld=True)
            for measure, group, year, value in rows
        ]
    )


def levels(groups: dict[tuple[str, int], tuple[float | None, ...]]) -> pd.DataFrame:
    """The four shares of each (group, year)."""
    return tidy(
        (measure, group, year, value)
        for (group, year), values in groups.items()
        for measure, value in zip(LEVELS, values, strict=True)
    )


def ranking(counts: dict[str, float | None], measure: str = "firms_level_ge2") -> pd.DataFrame:
    """Counts of firms by group and their competition ranks, as `indicators.rankings` gives them."""
    rows = []
    for group, count in counts.items():
        place = 1 + sum((other or 0) > (count or 0) for other in counts.values())
        withheld = count is None
        value = math.nan if withheld else float(count)
        rows.append(Row("rank", group, 2021, place, "位", 0))
        rows.append(Row(measure, group, 2021, value, "家", int(count or 0), withheld=withheld))
    return frame(rows)


def together(*frames: pd.DataFrame) -> pd.DataFrame:
    """Several frames as one."""
    return pd.concat(frames, ignore_index=True)


def bars(frame: pd.DataFrame) -> alt.Chart:
    """Draw a bar a row, saying 条形图。"""
    # Charts of the book write what is missing as null; JSON knows no NaN.
    rows = [{"group": g, "value": v} for g, v in zip(frame["group"], frame["value"], strict=True)]
    rows = [row | ({"value": None} if math.isnan(row["value"]) else {}) for row in rows]
    base = alt.Chart(alt.InlineData(values=rows))
    return theme.finish(base.mark_bar(), description="条形图。", height=80)
