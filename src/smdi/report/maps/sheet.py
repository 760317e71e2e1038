"""The layers of a map, bottom to top, as one Vega-Lite view on a plane in kilometres.

What stands on the sheet comes as GeoJSON features, places of names included, so that a spec holds
no row that is not a region.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
from shapely.geometry import LineString, Point

from smdi.report import theme
from smdi.report.maps import boundaries
from smdi.report.maps.circles import circles
from smdi.report.maps.features import placed, shaped, told_of
from smdi.report.maps.labels import UNRANKED, Label, without_overlap
from smdi.report.palette import kept
from smdi.report.text.language import words

# Sheet of the nation: from the Pamirs to the inset's right edge, from BOTTOM to the Amur.
WEST, EAST, NORTH = -2626.0, boundaries.INSET_RIGHT, 5922.0
ASPECT = (NORTH - boundaries.BOTTOM) / (EAST - WEST)
LETTER_PX = 11
LETTER = LETTER_PX * (EAST - WEST) / theme.WIDTH
# Below this width only the first names are written, and of these what has room on a map of a
# phone's width: letters do not shrink with the map.
ALL_NAMES_FROM, PHONE = 560, 320
FEW_NAMES = 6
_ROOMY = f"width >= {ALL_NAMES_FROM}"
SCALE_BAR = (760.0, boundaries.BOTTOM + 60.0, (0, 500))
INSET_BAR_KM = 500
# Slanted lines over a region whose value is simulated (white, so that its class still shows) or
# withheld: km apart on the sheet of the nation, and as close to the eye on that of a province.
SIMULATED_GAP, WITHHELD_GAP = 70.0, 45.0


@dataclass(frozen=True)
class Sheet:
    """What is drawn: regions with `name`, `class` and `text`, names, legend entries and title."""

    areas: Sequence[dict[str, Any]]
    labels: Sequence[Label]
    legend: Sequence[tuple[str, str]]
    title: str
    inset: Sequence[dict[str, Any]] = ()
    circles: Sequence[dict[str, Any]] = ()
    steps: Sequence[float] = ()


@theme.held_by_tests
def nation(sheet: Sheet, description: str) -> alt.LayerChart:
    """Draw the nation with boundary lines, inset and scale bar."""
    layers = [
        *_areas(sheet.areas, sheet),
        *_lines(boundaries.main_sheet("lines")),
        _dots(boundaries.main_sheet("islands")),
        *circles(sheet.circles, sheet.steps, sheet.title),
        _paper(boundaries.inset_frame()),
        *_areas(sheet.inset, sheet),
        *_lines(boundaries.inset("lines")),
        _dots(boundaries.inset("islands"), size=3),
        _frame(boundaries.inset_frame()),
        *_names(sheet.labels, LETTER),
        *_scale_bar(*SCALE_BAR),
        *_inset_words(),
    ]
    made = _finish(layers, description, ASPECT)
    if sheet.circles:
        made.usermeta["circles"] = True
    return made


@theme.held_by_tests
def province(sheet: Sheet, description: str, sea: boundaries.Inset | None = None) -> alt.LayerChart:
    """Draw one province, its legend below; `sea` is where the South China Sea stands beside it."""
    frame = boundaries.inset_frame(sea) if sea else None
    west, south, east, north = boundaries.extent([*sheet.areas, *filter(None, [frame])])
    # A tall province would push the page apart; it is drawn narrower instead.
    aspect = min((north - south) / (east - west), 1.0)
    layers = [*_areas(sheet.areas, sheet)]
    if sea and frame:
        dashes = boundaries.inset("lines", sea)
        layers += [
            *_areas(sheet.inset, sheet),
            *_lines([one for one in dashes if one["properties"]["kind"] == "south_china_sea"]),
            _dots(boundaries.inset("islands", sea), size=3),
            _frame(frame),
        ]
    layers += _names(sheet.labels, letter_of(sheet.areas))
    return _finish(layers, description, aspect, legend="bottom")


def letter_of(features: Sequence[dict[str, Any]]) -> float:
    """Return the height of a letter in km on a sheet that shows just these features."""
    west, south, east, north = boundaries.extent(features)
    return LETTER_PX * max(east - west, north - south) / theme.WIDTH


def _finish(
    layers: Sequence[alt.Chart], description: str, aspect: float, legend: str = "bottom-left"
) -> alt.LayerChart:
    chart = theme.layered(*layers)
    chart.resolve = alt.Resolve(scale=alt.ScaleResolveMap(opacity="independent"))
    made = theme.finish(
        chart,
        description=description,
        aspect=aspect,
        narrow={"config": {"legend": {**_BELOW, "columns": 3}}},
    )
    inside = {"orient": "bottom-left", "direction": "vertical", "columns": 1, "offset": 2}
    inside["labelFontSize"] = theme.SMALL
    below = {**_BELOW, "columns": 7}
    made.config["legend"] |= inside if legend == "bottom-left" else below
    return made


_BELOW = {"orient": "bottom", "direction": "horizontal", "offset": 4, "titleOrient": "top"}


_RIM: dict[str, Any] = {"strokeWidth": 2.5, "strokeOpacity": 0.65, "strokeJoin": "round"}


def _areas(features: Sequence[dict[str, Any]], sheet: Sheet) -> list[alt.Chart]:
    domain, colours = zip(*sheet.legend, strict=True)
    areas = shaped(features, stroke=theme.MAP_BORDER, strokeWidth=0.5).encode(
        color=alt.Color(
            "properties.class:N",
            scale=alt.Scale(domain=list(domain), range=list(colours)),
            legend=alt.Legend(
                title=None if sheet.steps else sheet.title,
                values=[name for name in domain if name],
                symbolStrokeWidth=0.5,
                symbolStrokeColor=theme.MAP_BORDER,
            ),
        ),
        # Below circles regions have no value of their own.
        tooltip=alt.TooltipValue(None) if sheet.steps else told_of(features, sheet.title),
    )
    west, _, east, _ = boundaries.extent(sheet.areas)
    closer = min(1.0, (east - west) / (EAST - WEST))
    simulated = [
        boundaries.hatching(item, SIMULATED_GAP * closer)
        for item in features
        if item["properties"].get("hollow")
    ]
    hidden = [
        item for item in features if item["properties"]["class"] == words().charts.not_published
    ]
    hatch = [boundaries.hatching(item, WITHHELD_GAP * closer) for item in hidden]
    layers = [areas]
    for strokes, colour, width in (
        (simulated, theme.PAPER, 1.0),
        (hatch, theme.MAP_HATCH, 0.8),
    ):
        if strokes:
            # On a small map the lines are as close as it is small, and would fill the region.
            thin = {"expr": f"{width} * width / {theme.WIDTH}"}
            layers.append(shaped(strokes, filled=False, stroke=colour, strokeWidth=thin))
    return layers


def _lines(features: Sequence[dict[str, Any]]) -> list[alt.Chart]:
    drawn = []
    for kind, style in _LINE_STYLES.items():
        chosen = [item for item in features if item["properties"]["kind"] == kind]
        if chosen:
            drawn.append(shaped(chosen, filled=False, **style))
    return drawn


_LINE_STYLES = {
    "regional": {"stroke": theme.MAP_BORDER, "strokeWidth": 0.6},
    "national": {"stroke": theme.MAP_NATION, "strokeWidth": 1, "strokeDash": [3, 2]},
    "south_china_sea": {"stroke": theme.MAP_NATION, "strokeWidth": 1.6},
}


def _dots(features: Sequence[dict[str, Any]], size: float = 4) -> alt.Chart:
    dots: alt.Chart = placed(features).mark_circle(size=size, color=theme.MAP_DOT, opacity=1)
    return dots


def _paper(frame: dict[str, Any]) -> alt.Chart:
    return shaped([frame], fill=theme.PAPER, stroke=None)


def _frame(frame: dict[str, Any]) -> alt.Chart:
    return shaped([frame], filled=False, stroke=theme.INK, strokeWidth=0.9)


def _names(labels: Sequence[Label], letter: float) -> list[alt.Chart]:
    """Draw names in ink or in paper, rimmed with the other: some reach beyond their region.

    `letter` is the height of a letter in km where the map has its full width.
    """
    ranked = [label for label in labels if label.rank < UNRANKED]
    first = sorted(ranked, key=lambda label: label.rank)[:FEW_NAMES]
    few = without_overlap([[label] for label in first], letter * theme.WIDTH / PHONE)
    drawn = []
    for light, at_sea in ((False, False), (True, False), (False, True)):
        letters, rim = (theme.PAPER, theme.INK) if light else (theme.INK, theme.PAPER)
        if not at_sea:
            letters, rim = kept(letters), kept(rim)
        chosen = [label for label in labels if (label.light, label.at_sea) == (light, at_sea)]
        if not chosen:
            continue
        places = placed(
            [
                boundaries.feature(Point(label.x, label.y), text=label.text, few=label in few)
                for label in chosen
            ]
        ).encode(
            text=alt.Text("properties.text:N"),
            opacity=theme.either(alt.OpacityValue, f"{_ROOMY} || datum.properties.few", 1, 0),
        )
        drawn.append(places.mark_text(fontSize=LETTER_PX, stroke=rim, **_RIM))
        drawn.append(places.mark_text(fontSize=LETTER_PX, color=letters))
    return drawn


def _scale_bar(x: float, y: float, ticks: Sequence[int]) -> list[alt.Chart]:
    """Draw a bar in km, true along the standard parallels and within some percent elsewhere."""
    low, high = ticks[0], ticks[-1]
    marks = [LineString([(x + low, y), (x + high, y)])]
    marks += [LineString([(x + tick, y), (x + tick, y + 30)]) for tick in ticks]
    length = words().maps.kilometres(number=high)
    told = [(tick, f"{tick}" if tick != high else length, False) for tick in ticks]
    # On a small map the numbers of both ends would run into each other: its length stands above.
    told.append(((low + high) // 2, length, True))
    texts = [
        boundaries.feature(Point(x + place, y + 75), text=text, wide=not small, small=small)
        for place, text, small in told
    ]
    bar = shaped([boundaries.feature(mark) for mark in marks], filled=False, stroke=theme.MUTED)
    return [bar, _words(texts)]


def _inset_words() -> list[alt.Chart]:
    """Draw the inset's name under its southernmost shoal, and its own scale bar beside that."""
    say = words().maps
    length = INSET_BAR_KM * boundaries.INSET_SCALE
    right, y = boundaries.INSET_RIGHT - 65, boundaries.BOTTOM + 130
    middle = (boundaries.INSET_LEFT + boundaries.INSET_RIGHT) / 2
    bar = LineString([(right - length, y + 20), (right - length, y), (right, y), (right, y + 20)])
    texts = [
        boundaries.feature(
            Point(right - length / 2, y + 65),
            text=say.kilometres(number=INSET_BAR_KM),
            wide=True,
            small=False,
        ),
        boundaries.feature(
            Point(middle, boundaries.BOTTOM + 50), text=say.inset, wide=True, small=True
        ),
    ]
    # Without its number, for which a small map has no room, the bar would say nothing.
    seen = {"expr": f"{_ROOMY} ? 1 : 0"}
    drawn = shaped([boundaries.feature(bar)], filled=False, stroke=theme.MUTED, opacity=seen)
    return [drawn, _words(texts)]


def _words(features: Sequence[dict[str, Any]]) -> alt.Chart:
    """Draw small words of scale bars and inset, each where the map is `wide`, `small` or either.

    On a small one they stand closer to the line below them, from which they are moved a little.
    """
    size = {"expr": f"{_ROOMY} ? {LETTER_PX - 1} : {LETTER_PX - 3}"}
    up = {"expr": f"{_ROOMY} ? 0 : -3"}
    places = placed(features).encode(
        text=alt.Text("properties.text:N"),
        opacity=theme.either(
            alt.OpacityValue,
            f"{_ROOMY} ? datum.properties.wide : datum.properties.small",
            1,
            0,
        ),
    )
    words: alt.Chart = places.mark_text(fontSize=size, color=theme.MUTED, dy=up)
    return words
