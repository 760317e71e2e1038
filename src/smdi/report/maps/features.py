"""GeoJSON features as layers of a map: shapes, places, and what a tooltip says of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from smdi.report import theme
from smdi.report.text.language import words


def shaped(features: Sequence[dict[str, Any]], **mark: Any) -> alt.Chart:
    """Draw lines and areas of the sheet."""
    drawn: alt.Chart = alt.Chart(theme.inline(features)).mark_geoshape(**mark)
    return drawn.project(type="identity", reflectY=True)


def placed(features: Sequence[dict[str, Any]]) -> alt.Chart:
    """Draw points of the sheet; as GeoJSON they count as geometry, not as rows of data."""
    return (
        alt.Chart(theme.inline(features))
        .project(type="identity", reflectY=True)
        .encode(
            longitude=alt.Longitude("geometry.coordinates[0]:Q"),
            latitude=alt.Latitude("geometry.coordinates[1]:Q"),
        )
    )


def told_of(features: Sequence[dict[str, Any]], title: str) -> list[alt.Tooltip]:
    """Return a tooltip: the place, its value as `title`, and what that is known from."""
    told = [
        alt.Tooltip("properties.name:N", title=words().maps.region),
        alt.Tooltip("properties.text:N", title=title),
    ]
    if any("nature" in item["properties"] for item in features):
        told.append(alt.Tooltip("properties.nature:N", title=words().charts.nature))
    return told
