"""How a chart shows what its values are known from: hollow marks, pale numbers, and the tooltip."""

from __future__ import annotations

import altair as alt

from smdi.report import theme
from smdi.report.charts.frames import PlotData
from smdi.report.text.language import words
from smdi.report.text.phrases import sentence

HOLLOW = "datum.hollow"
FILL = 0.16


def hollow(chart: alt.Chart) -> alt.Chart:
    """Draw marks of simulated values as outlines, faintly filled; their stroke is their colour."""
    fill = theme.either(alt.FillOpacityValue, HOLLOW, FILL, 1)
    width = theme.either(alt.StrokeWidthValue, HOLLOW, 1.4, 0)
    made: alt.Chart = chart.encode(fillOpacity=fill, strokeWidth=width)
    return made


def pale(ink: str = theme.INK) -> alt.ColorValue:
    """Return the colour of numbers: muted where they are simulated."""
    return theme.either(alt.ColorValue, HOLLOW, theme.MUTED, ink)


def tooltip(data: PlotData, quantity: str, *, level: bool = False) -> list[alt.Tooltip]:
    """Return the lines of a tooltip: what it is, the value, its year, base and status.

    `level` tells that the colours are level classes. Lines for which no row has anything go.
    """
    say = words().charts
    kinds = {"measure": say.of_measure, "group": say.of_group, "year": say.of_year}
    lines = [("name", kinds[data.axis])]
    if data.by is not None:
        lines.append(("series", say.level if level else kinds[data.by]))
    lines.append(("text", sentence(quantity)))
    if "year" not in (data.axis, data.by):
        lines.append(("year", say.of_year))
    if len({row.get("what") for row in data.rows}) > 1:
        lines.append(("what", say.quantity))
    lines += [("base", say.base), ("nature", say.nature)]
    told = {key for row in data.rows for key in row}
    return [alt.Tooltip(f"{key}:N", title=title) for key, title in lines if key in told]
