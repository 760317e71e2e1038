"""Shares of the four level classes as bars that fill the whole."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from smdi.indicators.levels import SHARES
from smdi.report import theme
from smdi.report.charts import alt_text
from smdi.report.charts.bars import label_axis
from smdi.report.charts.frames import PlotData, plot_data, room
from smdi.report.charts.labels import measure_label
from smdi.report.charts.legends import legend_columns
from smdi.report.charts.placeholder import or_placeholder
from smdi.report.charts.statuses import HOLLOW, tooltip
from smdi.report.text.language import name_of, words
from smdi.report.text.phrases import sentence
from smdi.report.values import unit_head

# The fill of a simulated segment: its class can still be told, and its number be read.
FILL = 0.18
# A number without its sign, and the pixels that it takes in the type size of narrow segments; a
# word has no short form.
SMALLEST = 10
SHORT = "test(/^[0-9.]+%$/, datum.text) ? replace(datum.text, '%', '') : ''"
LEAST = "length(datum.short) * 5.6"


@or_placeholder
def level_shares(
    frame: pd.DataFrame,
    *,
    digits: int = 1,
    labels: Mapping[str, str] | None = None,
    subject: str = "",
) -> alt.LayerChart:
    """Draw one bar a year, or a group, from 一级及以下 to 四级及以上; fig-04, fig-05, fig-07.

    Only the four shares of the frame are drawn. With several groups and several years a bar is
    named by both, but one of the `subject` by the year alone.
    """
    rows = frame[frame["measure"].isin(SHARES)]
    rows, axis = _with_axis(rows, subject)
    data = plot_data(rows, axis=axis, series="measure", digits=digits, labels=labels)
    order = [(labels or {}).get(name) or sentence(measure_label(name)) for name in SHARES]
    values = _segments(data, order)
    say = words().charts
    legend = [*order, *([say.not_published] if _remainders(data) else [])]
    base = alt.Chart(theme.inline(values)).encode(
        y=alt.Y(
            "label:N",
            sort=data.labels,
            title=None,
            scale=alt.Scale(paddingInner=0.28, paddingOuter=0.1),
            axis=label_axis(),
        ),
        x=alt.X(
            "value:Q",
            stack="zero",
            title=say.with_unit(name=say.share_of_firms, unit=unit_head("%")),
            scale=alt.Scale(domain=[0, 100], nice=False),
            axis=alt.Axis(values=[0, 20, 40, 60, 80, 100], grid=False, domain=False, ticks=False),
        ),
        order=alt.Order("rank:Q"),
        tooltip=tooltip(data, say.share_of_firms, level=True),
    )
    colour = alt.Color(
        "series:N",
        scale=alt.Scale(domain=legend, range=[*theme.LEVEL_COLOURS, theme.MAP_WITHHELD]),
        legend=alt.Legend(title=None),
    )
    bars = base.mark_bar(strokeWidth=1).encode(
        color=colour,
        fillOpacity=theme.either(alt.FillOpacityValue, HOLLOW, FILL, 1),
        stroke=theme.either(alt.StrokeValue, HOLLOW, theme.MUTED, theme.PAPER),
    )
    return theme.finish(
        theme.layered(bars, *_shares(base)),
        description=alt_text.level_shares(data, order),
        digits=digits,
        height=data.height(44 if any("\n" in label for label in data.labels) else 40),
        **legend_columns(legend, data.labels),
    )


def _shares(base: alt.Chart) -> list[alt.Chart]:
    """Draw the value in the middle of its segment, in a narrow one shorter and smaller.

    A segment that is too narrow for that has its value in the tooltip and the table.
    """
    room, shorter = "datum.value / 100 * width", base.transform_calculate(short=SHORT)
    forms = (
        (base, "text", theme.SMALL, f"{room} > datum.room"),
        (shorter, "short", SMALLEST, f"{room} <= datum.room && {room} > {LEAST}"),
    )
    drawn = []
    for place, text, size, fits in forms:
        words = place.mark_text(fontSize=size).encode(
            x=alt.X("value:Q", stack="zero", bandPosition=0.5),
            # No letters where they do not fit: what is not seen would be measured all the same.
            text=alt.TextValue("", condition={"test": fits, "field": text, "type": "nominal"}),
            color=alt.Color("ink:N", scale=None),
        )
        drawn.append(words)
    return drawn


def _segments(data: PlotData, order: list[str]) -> list[dict[str, Any]]:
    """Return rows with the place and the ink of their class; what a bar lacks ends it as 未公布.

    Of a share of nothing the outline would be a line.
    """
    rows = []
    for row in data.rows:
        if not row["value"]:
            continue
        rank = order.index(row["series"])
        ink = theme.MUTED if row["hollow"] else theme.LEVEL_TEXT_COLOURS[rank]
        # On a dark page the letters turn with what is below them.
        turned = theme.LEVEL_COLOURS[rank] in theme.TURNED
        drawn = {"rank": rank, "ink": ink, "room": room(row["text"]), "turned": turned}
        rows.append({**row, **drawn})
    for label, rest in _remainders(data).items():
        name = next(row["name"] for row in data.rows if row["label"] == label)
        word = words().charts.not_published
        rows.append(
            {"name": name, "label": label, "series": word, "value": rest, "text": word}
            | {"hollow": False}
            | {"rank": len(order), "ink": theme.INK, "room": room(word)}
        )
    return rows


def _remainders(data: PlotData) -> dict[str, float]:
    """Return what withheld classes leave open of each bar, so that the bar still is the whole."""
    known: dict[str, float] = {}
    for row in data.rows:
        known[row["label"]] = known.get(row["label"], 0) + (row["value"] or 0)
    lacking = {row["label"] for row in data.rows if row["value"] is None}
    return {label: 100 - known[label] for label in data.labels if label in lacking}


def _with_axis(rows: pd.DataFrame, subject: str) -> tuple[pd.DataFrame, str]:
    several_groups, several_years = rows["group"].nunique() > 1, rows["year"].nunique() > 1
    if several_groups and several_years:
        say = words().charts
        names = [
            say.year(year=year)
            if group == subject
            else say.group_of_year(group=sentence(name_of(group)), year=year)
            for group, year in zip(rows["group"], rows["year"], strict=True)
        ]
        return rows.assign(group=names), "group"
    return rows, "year" if several_years else "group"
