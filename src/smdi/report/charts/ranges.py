"""Points on one scale joined by a line: the scores of two groups, or the values of two years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

import altair as alt
import pandas as pd

from smdi.report import theme
from smdi.report.charts import alt_text
from smdi.report.charts.bars import label_axis
from smdi.report.charts.frames import PlotData, plot_data, room
from smdi.report.charts.legends import legend_columns
from smdi.report.charts.placeholder import or_placeholder
from smdi.report.charts.statuses import HOLLOW, pale, tooltip
from smdi.report.text.language import words
from smdi.report.values import unit_head

SHAPES = ("circle", "diamond", "square")
SIDES: tuple[Literal["left", "right"], ...] = ("left", "right")
ROW = 30
# Pixels beside the points: within the scale, and right of it; what the scale has on a phone; and
# between two points whose names stay apart.
ROOM, MARGIN, NARROWEST, APART = 44, 20, 150, 8
# Pixels that a note has on a phone, at the end of a row whose other half a point stands in.
NOTE = 80
# Rows that are seen at once.
SOUGHT = 4


@or_placeholder
def score_ranges(
    frame: pd.DataFrame,
    *,
    axis: str = "measure",
    series: str = "group",
    colours: Sequence[str] = theme.PAIR,
    subject: str = "",
    digits: int = 2,
    labels: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw a row a measure with a point a group, values beside the outer points; fig-06, fig-08."""
    data = plot_data(frame, axis=axis, series=series, digits=digits, labels=labels)
    values = _with_names(_with_sides(data), data)
    named = any("named" in row for row in values)
    legend = alt.Legend(title=None) if len(data.series) > 1 and not named else None
    say = words().charts
    subject = subject or say.mean_score
    base = alt.Chart(theme.inline(values)).encode(
        y=alt.Y(
            "label:N",
            sort=data.labels,
            title=None,
            # Room for the names above the first row.
            scale=alt.Scale(padding=0.85) if named else alt.Undefined,
            axis=label_axis(grid=True, gridDash=[2, 3], gridColor=theme.RULE),
        ),
        x=alt.X(
            "value:Q",
            title=say.with_unit(name=subject, unit=unit_head(data.unit)),
            scale=_scale(data),
            axis=alt.Axis(
                tickCount=6, grid=False, ticks=False, labelOverlap="parity", labelSeparation=6
            ),
        ),
    )
    colour = alt.Stroke(
        "series:N",
        scale=alt.Scale(domain=data.series, range=list(colours)[: len(data.series)]),
        legend=legend,
    )
    shape = alt.Shape(
        "series:N",
        scale=alt.Scale(domain=data.series, range=list(SHAPES)[: len(data.series)]),
        legend=legend,
    )
    # Stroke and fill apart: `color` would set both.
    points = base.mark_point(filled=False, size=100, opacity=1, strokeWidth=1.8).encode(
        stroke=colour,
        shape=shape,
        # Paper inside, so that the line between two points does not show through.
        fill=alt.condition(
            HOLLOW,
            alt.value(theme.PAPER),
            alt.Fill("series:N", scale=colour["scale"], legend=None),
        ),
        tooltip=tooltip(data, subject),
    )
    line = base.mark_line(color=theme.RULE, strokeWidth=3).encode(detail=alt.Detail("label:N"))
    missing = _missing(base, data) if any(row["note"] for row in values) else []
    return theme.finish(
        theme.layered(
            line,
            points,
            *(_side(base, side) for side in SIDES),
            *(_name(base, side) for side in SIDES if named),
            *missing,
        ),
        description=alt_text.compared(data, subject),
        digits=digits,
        height=data.height(ROW),
        **(legend_columns(data.series, data.labels) if legend else {}),
    )


def _scale(data: PlotData) -> alt.Scale:
    """Return the scale of the values; of a single one it is one wide, with that about the middle.

    Of itself it would have that value alone, and one tick.
    """
    known = {row["value"] for row in data.rows if row["value"] is not None}
    if len(known) != 1:
        return alt.Scale(zero=False, nice=True, padding=ROOM)
    low = max(round(2 * min(known)) / 2 - 0.5, 0)
    return alt.Scale(domain=[low, low + 1], padding=ROOM)


def _with_sides(data: PlotData) -> list[dict[str, Any]]:
    """Return rows with the side their text stands on: the least value left, the greatest right."""
    sided: list[dict[str, Any]] = []
    told: set[str] = set()
    for row in data.rows:
        values = [other["value"] for other in data.rows if other["label"] == row["label"]]
        known = [value for value in values if value is not None]
        side = ""
        if row["value"] is not None and len(known) > 1 and min(known) < max(known):
            side = {min(known): "left", max(known): "right"}.get(row["value"], "")
            if any((o["label"], o["side"]) == (row["label"], side) for o in sided):
                side = ""  # its equal says it
        elif row["value"] is not None:
            side = "right" if row["series"] == data.series[-1] else "left"
        note = "" if row["value"] is not None else _note(row, data)
        if not known:
            # Of all its points alike: once, since their notes would lie on one another.
            note = "" if row["label"] in told else row["text"]
            told.add(row["label"])
        sided.append({**row, "side": side, "note": note})
    return sided


def _note(row: dict[str, Any], data: PlotData) -> str:
    """Say that a series has no value; of two, the point that is there tells which has none."""
    said = words().charts.series_value(series=row["series"], value=row["text"])
    is_short = room(said) <= NOTE or len(data.series) > len(SIDES)
    return said if is_short else str(row["text"])


def _with_names(rows: list[dict[str, Any]], data: PlotData) -> list[dict[str, Any]]:
    """Return rows of which those of one label are `named` by their series, in place of a legend.

    It is the first label beside whose points both names have room; where the eye would have to
    look for it the rows are as they were.
    """
    known = [row["value"] for row in rows if row["value"] is not None]
    if len(data.series) != len(SIDES) or not known:
        return rows
    for label in data.labels[:SOUGHT]:
        own = {row["side"]: row for row in rows if row["label"] == label}
        if {*own} == {*SIDES} and _has_room(own["left"], own["right"], min(known), max(known)):
            return [{**one, "named": one["series"]} if one in own.values() else one for one in rows]
    return rows


def _has_room(left: dict[str, Any], right: dict[str, Any], low: float, high: float) -> bool:
    """Tell whether names reach outward from two points, and stay apart, on a phone too."""
    if left["value"] == right["value"]:
        return False
    pixel = (high - low) / NARROWEST
    outward = (left["value"] - low, left["series"]), (high - right["value"], right["series"])
    is_apart = right["value"] - left["value"] >= APART * pixel
    return is_apart and all(room(name) <= free / pixel + ROOM + MARGIN for free, name in outward)


def _name(base: alt.Chart, side: Literal["left", "right"]) -> alt.Chart:
    """Draw the name of a series above its point, outward from it."""
    beside = base.transform_filter(f"isValid(datum.named) && datum.side == '{side}'")
    away: Literal["left", "right"] = "right" if side == "left" else "left"
    mark = beside.mark_text(
        align=away, dx=2 if side == "left" else -2, dy=-16, fontSize=theme.SMALL
    )
    return mark.encode(text=alt.Text("named:N"))


def _side(base: alt.Chart, side: str) -> alt.Chart:
    beside = base.transform_filter(f"datum.side == '{side}'")
    words: alt.Chart = (
        beside.mark_text(align="right", dx=-9, fontSize=theme.SMALL)
        if side == "left"
        else beside.mark_text(align="left", dx=9, fontSize=theme.SMALL)
    )
    return words.encode(text=alt.Text("text:N"), color=pale())


def _missing(base: alt.Chart, data: PlotData) -> list[alt.Chart]:
    """Say which series of a row has no value, at the end that its other point leaves free."""
    known = [row["value"] for row in data.rows if row["value"] is not None]
    middle = (min(known) + max(known)) / 2 if known else 0
    high = {row["label"] for row in data.rows if (row["value"] or 0) > middle}
    drawn = []
    ends: tuple[tuple[Literal["left", "right"], str, list[str]], ...] = (
        ("left", "4", [label for label in data.labels if label in high]),
        ("right", "width - 4", [label for label in data.labels if label not in high]),
    )
    for align, at, labels in ends:
        notes = base.transform_filter("datum.note !== ''").transform_filter(
            alt.FieldOneOfPredicate(field="label", oneOf=labels)
        )
        mark = notes.mark_text(align=align, fontSize=theme.SMALL, color=theme.MUTED)
        drawn.append(mark.encode(x=alt.XValue(alt.expr(at)), text=alt.Text("note:N")))
    return drawn
