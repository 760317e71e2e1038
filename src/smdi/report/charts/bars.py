"""Horizontal bars: one series in the frame's order, or several side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd

from smdi.report import theme
from smdi.report.charts import alt_text
from smdi.report.charts.frames import PlotData, is_mean, plot_data, room
from smdi.report.charts.legends import legend_columns
from smdi.report.charts.placeholder import or_placeholder
from smdi.report.charts.statuses import hollow, pale, tooltip
from smdi.report.text.language import name_of, words
from smdi.report.text.phrases import sentence
from smdi.report.values import unit_head

# Pixels that bars have on a phone.
NARROWEST = 190
_LINES = "split(datum.label, '\\n')"


def label_axis(**options: Any) -> alt.Axis:
    """Return an axis of names that may have several lines, each name centred on its row."""
    shifts = [{"test": f"length({_LINES}) == {n}", "value": -8 * (n - 1)} for n in (3, 2)]
    return alt.Axis(labelExpr=_LINES, labelOffset={"condition": shifts, "value": 0}, **options)


@or_placeholder
def ranked_bars(
    frame: pd.DataFrame,
    *,
    measure: str | None = None,
    subject: str | None = None,
    digits: int = 0,
    labels: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw one bar a group in the frame's order (best first), the value at its end; fig-02, fig-03.

    `measure` picks the rows when the frame holds several (ranks are left out); `subject` names
    the quantity on the axis, by default the measure's own name.
    """
    rows = frame[frame["measure"] == measure] if measure else frame[frame["measure"] != "rank"]
    data = plot_data(rows, axis="group", series=None, digits=digits, labels=labels)
    name = subject or alt_text.subject_of(rows, labels)
    return theme.finish(
        _single(data, name, _top(data)),
        description=alt_text.ranked(data, name),
        digits=digits,
        height=data.height(_step(data)),
    )


@or_placeholder
def coverage_bars(
    frame: pd.DataFrame,
    *,
    subject: str = "",
    digits: int = 2,
    labels: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw one bar a measure on a scale to 100 %, the rest of the scale in grey; fig-09."""
    data = plot_data(frame, axis="measure", series=None, digits=digits, labels=labels)
    say = words().charts
    groups = words().lists.joint.join(
        sentence(name_of(group)) for group in dict.fromkeys(frame["group"])
    )
    name = say.of_groups(groups=groups, subject=subject or say.share)
    return theme.finish(
        _single(data, name, 100, track=True),
        description=alt_text.measures(data, name),
        digits=digits,
        height=data.height(_step(data) + 4),
    )


@or_placeholder
def grouped_bars(
    frame: pd.DataFrame,
    *,
    series: str = "group",
    colours: Sequence[str] = theme.SUBJECT_AND_WHOLE,
    subject: str = "",
    digits: int = 0,
    labels: Mapping[str, str] | None = None,
) -> alt.LayerChart:
    """Draw a bar a series (`group` or `year`) for each measure; fig-10 … fig-23."""
    data = plot_data(frame, axis="measure", series=series, digits=digits, labels=labels)
    mixed = any(is_mean(str(measure)) for measure in frame["measure"])
    say = words().charts
    subject = subject or (say.share_or_mean if mixed else say.share_of_firms)
    values = _with_names(data, colours)
    named = len(data.series) < 2 or any("within" in row for row in values)
    colour = alt.Color(
        "series:N",
        scale=alt.Scale(domain=data.series, range=list(colours)[: len(data.series)]),
        legend=None if named else alt.Legend(title=None),
    )
    base = alt.Chart(theme.inline(values)).encode(
        y=_y(data, padding=0.28),
        yOffset=alt.YOffset("series:N", sort=data.series, scale=alt.Scale(paddingInner=0.12)),
        x=_x(data, subject, _top(data)),
        tooltip=tooltip(data, subject),
    )
    chart = theme.layered(
        hollow(base.mark_bar().encode(color=colour, stroke=_outline(colour))),
        _values(base, _x(data, subject, _top(data)), 5, theme.SMALL),
        *([_names(base)] if named and len(data.series) > 1 else []),
    )
    return theme.finish(
        chart,
        description=alt_text.compared(data, subject),
        digits=digits,
        height=data.height(22 * len(data.series) + 14),
        **({} if named else legend_columns(data.series, data.labels)),
    )


def practice_comparison(frame: pd.DataFrame, **options: Any) -> alt.LayerChart:
    """Draw a sector's practice rates against those of all industries; fig-10 … fig-13."""
    return grouped_bars(frame, series="group", colours=theme.SUBJECT_AND_WHOLE, **options)


def practice_trend(frame: pd.DataFrame, **options: Any) -> alt.LayerChart:
    """Draw practice rates of two years, the earlier lighter; fig-14 … fig-23."""
    options.setdefault("digits", 2)
    colours = theme.BEFORE_AND_NOW[-max(frame["year"].nunique(), 1) :]
    return grouped_bars(frame, series="year", colours=colours, **options)


def _single(data: PlotData, title: str, top: float, *, track: bool = False) -> alt.LayerChart:
    bare = alt.Chart(theme.inline(data.rows)).encode(y=_y(data), x=_x(data, title, top))
    base = bare.encode(tooltip=tooltip(data, title))
    whole = bare.mark_bar(color=theme.TRACK, size=20).encode(x=alt.XDatum(top))
    return theme.layered(
        *([whole] if track else []),
        hollow(base.mark_bar(color=theme.STRONG, stroke=theme.STRONG, size=20)),
        _values(base, _x(data, title, top), 6, theme.FONT_SIZE),
    )


def _values(base: alt.Chart, axis: alt.X, gap: int, size: int) -> alt.Chart:
    """Draw each value at the end of its bar; a missing one says so where the bar would begin."""
    placed = base.transform_calculate(at="datum.value === null ? 0 : datum.value")
    words: alt.Chart = placed.mark_text(align="left", dx=gap, fontSize=size)
    return words.encode(x=_at(axis), text=alt.Text("text:N"), color=pale())


def _with_names(data: PlotData, colours: Sequence[str]) -> list[dict[str, Any]]:
    """Return rows with the name of their series `within` the bars of the first measure with room.

    There the reader looks first, and needs no legend. Room is that of a narrow screen; without it
    in any measure the rows are as they were.
    """
    colour_of = dict(zip(data.series, colours, strict=False))
    top = _top(data)
    for label in data.labels:
        bars = [row for row in data.rows if row["label"] == label]
        if len(bars) == len(data.series) > 1 and all(
            (row["value"] or 0) / top * NARROWEST > room(row["series"]) for row in bars
        ):
            return [
                {
                    **row,
                    "within": row["series"],
                    "ink": theme.INK if row["hollow"] else theme.ink_on(colour_of[row["series"]]),
                    "turned": colour_of[row["series"]] in theme.TURNED,
                }
                if row in bars
                else row
                for row in data.rows
            ]
    return data.rows


def _names(base: alt.Chart) -> alt.Chart:
    within = base.transform_filter("isValid(datum.within)")
    words: alt.Chart = within.mark_text(align="left", dx=6, fontSize=theme.SMALL)
    ink = alt.Color("ink:N", scale=None, legend=None)
    return words.encode(x=alt.XDatum(0), text=alt.Text("within:N"), color=ink)


def _outline(colour: alt.Color) -> alt.Stroke:
    """Return the same colours for the outline, without a second legend."""
    return alt.Stroke("series:N", scale=colour["scale"], legend=None)


def _at(axis: alt.X) -> alt.X:
    """Return the same axis for the field `at`, which is never missing."""
    placed = axis.copy()
    placed.shorthand = "at:Q"
    return placed


def _y(data: PlotData, padding: float = 0.2) -> alt.Y:
    return alt.Y(
        "label:N",
        sort=data.labels,
        title=None,
        scale=alt.Scale(paddingInner=padding, paddingOuter=0.1),
        axis=label_axis(),
    )


def _x(data: PlotData, title: str, top: float) -> alt.X:
    return alt.X(
        "value:Q",
        title=words().charts.with_unit(name=sentence(title), unit=unit_head(data.unit)),
        scale=alt.Scale(domain=[0, top], nice=False),
        axis=alt.Axis(tickCount=5, grid=True, domain=False, ticks=False, format="~f"),
    )


def _top(data: PlotData) -> float:
    """Return the end of the scale: beyond the longest bar, so that its text has room."""
    return max((row["value"] or 0 for row in data.rows), default=0) * 1.14 or 1


def _step(data: PlotData) -> int:
    return 40 if any("\n" in label for label in data.labels) else 32
