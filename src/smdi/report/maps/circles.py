"""Circles on a map, for places that are too small there to be seen as a shape."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import altair as alt

from smdi.report import theme
from smdi.report.maps.features import placed, told_of

CIRCLE = theme.MAP_CLASSES[-2]
# A circle has the area of its value; px² that the first step of the legend has for a px of width.
CIRCLE_A_WIDTH = 1.5


def circles(
    places: Sequence[dict[str, Any]], steps: Sequence[float], title: str
) -> list[alt.Chart]:
    """Draw a circle a place, the smaller over the greater, hollow where simulated.

    A cross is where the value is withheld.
    """
    known = [place for place in places if "value" in place["properties"]]
    hidden = [place for place in places if "value" not in place["properties"]]
    drawn = [_known(known, steps, title)] if known else []
    if hidden:
        crosses = placed(hidden).mark_point(
            shape="cross", size=40, color=theme.MAP_HATCH, filled=True, opacity=1
        )
        drawn.append(crosses.encode(tooltip=told_of(hidden, title)))
    return drawn


def _known(places: Sequence[dict[str, Any]], steps: Sequence[float], title: str) -> alt.Chart:
    hollow = "datum.properties.hollow"
    drawn: alt.Chart = (
        placed(places)
        .mark_circle(opacity=1, stroke=theme.PAPER, strokeWidth=0.7)
        .encode(
            size=alt.Size(
                "properties.value:Q",
                scale=alt.Scale(
                    domain=[0, max(steps)], range=[0, {"expr": f"{CIRCLE_A_WIDTH} * width"}]
                ),
                legend=alt.Legend(
                    title=title,
                    values=list(steps),
                    symbolType="circle",
                    symbolFillColor=CIRCLE,
                    format="d",
                ),
            ),
            fill=theme.either(alt.FillValue, hollow, theme.PAPER, CIRCLE),
            fillOpacity=alt.FillOpacityValue(0.8),
            stroke=theme.either(alt.StrokeValue, hollow, CIRCLE, theme.PAPER),
            tooltip=told_of(places, title),
        )
    )
    return drawn


def radius(value: float, steps: Sequence[float]) -> float:
    """Return the radius of a value's circle in px where the map has its full width."""
    return math.sqrt(CIRCLE_A_WIDTH * theme.WIDTH * value / max(steps)) / 2
