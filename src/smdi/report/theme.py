"""How every chart and map looks: colours, type, sizes, and the spec that both site and PDF draw.

A meaning has one colour everywhere; the colours themselves stand in `data/theme.yaml`. The level
classes are a ramp that darkens with the level, so that it also reads in grey and by every kind of
colour vision; comparisons set one strong colour against a neutral one. No maths and no data here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from typing import Any, TypeVar

import altair as alt
from altair.utils.schemapi import debug_mode

from smdi.report.palette import read_palette

Drawn = TypeVar("Drawn", alt.Chart, alt.LayerChart)
Channel = TypeVar("Channel")

_PALETTE = read_palette()
_COLOURS = _PALETTE.colours

FONT_FAMILY = _PALETTE.font_family
FONT_SIZE = 13
SMALL = 12
WIDTH = _PALETTE.chart_width
NARROW_BELOW = 520
# Pixels of a chart in a narrow box.
NARROW = 340

INK = _COLOURS.ink
MUTED = _COLOURS.muted
RULE = _COLOURS.rule
GRID = _COLOURS.grid
TRACK = _COLOURS.track
PAPER = _COLOURS.paper

STRONG = _COLOURS.accent
# Colours that a dark page changes.
TURNED = frozenset(getattr(_COLOURS, name) for name, _ in _PALETTE.dark)
NEUTRAL = _COLOURS.neutral
PAIR = _COLOURS.pair
SUBJECT_AND_WHOLE = (STRONG, NEUTRAL)
BEFORE_AND_NOW = _COLOURS.before_and_now

MAP_CLASSES = _COLOURS.map_classes
MAP_NO_DATA = _COLOURS.map_no_data
MAP_UNLISTED = _COLOURS.map_unlisted
MAP_WITHHELD = _COLOURS.map_withheld
MAP_HATCH = _COLOURS.map_hatch
MAP_DOT = _COLOURS.map_dot
MAP_BORDER = _COLOURS.map_border
MAP_NATION = INK


def ink_on(colour: str) -> str:
    """Return dark or light letters, whichever read better on a colour (#rrggbb)."""
    return INK if contrast(INK, colour) >= contrast(PAPER, colour) else PAPER


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours by WCAG 2: from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


LEVEL_COLOURS = _COLOURS.levels
LEVEL_TEXT_COLOURS = tuple(ink_on(colour) for colour in LEVEL_COLOURS)


def config() -> dict[str, Any]:
    """Return the Vega-Lite config of every chart."""
    text = {"font": FONT_FAMILY, "fontSize": FONT_SIZE, "fontWeight": "normal"}
    label = {"labelFont": FONT_FAMILY, "labelFontSize": FONT_SIZE, "labelColor": INK}
    title = {
        "titleFont": FONT_FAMILY,
        "titleFontSize": SMALL,
        "titleFontWeight": "normal",
        "titleColor": MUTED,
    }
    return {
        "aria": False,
        "font": FONT_FAMILY,
        "background": PAPER,
        "padding": {"left": 4, "top": 6, "right": 8, "bottom": 4},
        "view": {"stroke": None},
        "text": {**text, "color": INK},
        "axis": {**label, **title, "domainColor": RULE, "tickColor": RULE, "gridColor": GRID},
        "axisX": {"labelFontSize": SMALL, "labelColor": MUTED, "titlePadding": 8},
        "axisY": {"domain": False, "ticks": False, "labelPadding": 8, "labelLimit": 260},
        "legend": {
            **label,
            **title,
            "orient": "top",
            "direction": "horizontal",
            "symbolType": "square",
            "symbolSize": 140,
            "symbolStrokeWidth": 0,
            "columnPadding": 18,
            "offset": 10,
            "labelLimit": 400,
        },
    }


def finish(
    chart: Drawn,
    *,
    description: str,
    height: float | None = None,
    aspect: float | None = None,
    narrow: dict[str, Any] | None = None,
    columns: int | None = None,
    digits: int = 0,
) -> Drawn:
    """Give a chart the width of the text, our look, and words that say what it shows; return it.

    It is changed itself: a new chart of the same layers, as Altair makes at each step, copies all
    of them several times.

    `aspect` (height by width) makes the height follow the width on small screens; `narrow` is
    merged into the spec where less than NARROW_BELOW pixels are to be had. `columns` are those of
    its legend, by default all names in a line. `digits` are the decimals of its values, for those
    who take them away.
    """
    usermeta: dict[str, Any] = {"narrowBelow": NARROW_BELOW, "narrow": narrow or {}}
    usermeta["digits"] = digits
    if aspect is not None:
        usermeta["aspect"] = round(aspect, 4)
        height = round(WIDTH * aspect)
    look = config()
    if columns is not None:
        look["legend"]["columns"] = columns
    chart.width = WIDTH
    if height is not None:
        chart.height = height
    chart.autosize = alt.AutoSizeParams(type="fit-x", contains="padding")
    chart.description = description
    chart.usermeta = usermeta
    chart.config = look
    return chart


def held_by_tests(builder: Callable[..., Drawn]) -> Callable[..., Drawn]:
    """Let a builder of the library make its chart unchecked: its tests hold it to the schema.

    Altair looks at each part as it is made, and so on for an editor's own chart.
    """

    @wraps(builder)
    def build(*args: object, **options: object) -> Drawn:
        with debug_mode(False):
            return builder(*args, **options)

    return build


def inline(rows: Sequence[dict[str, Any]]) -> alt.InlineData:
    """Return rows or features as inline data; a tuple, since Altair copies lists at every step."""
    return alt.InlineData(values=tuple(rows))


def either(channel: Callable[..., Channel], test: str, then: object, otherwise: object) -> Channel:
    """Return a channel with one value where a test holds, with another elsewhere.

    As its class: for a dictionary, as `alt.condition` gives, Altair looks through all its schema.
    """
    return channel(otherwise, condition={"test": test, "value": then})


def layered(*charts: alt.Chart) -> alt.LayerChart:
    """Return charts over one another, the first at the bottom; TypeError for one with facets."""
    made = alt.layer(*charts)
    if not isinstance(made, alt.LayerChart):
        raise TypeError("a chart with facets is no layer of another")
    return made
