"""The block of a page in which a chart stands: its drawings, which say what each mark stands for.

A chart is drawn for a wide and for a narrow box, and the page's style sheet shows the one that
there is room for. Nothing is fetched and no script is needed to see it; `book/_static/charts.js`
shows what a mark says (`data-told`), where a reader points or by the keyboard.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from itertools import pairwise
from typing import Any

from smdi.report import rendering, theme
from smdi.report.text.language import words

# Pixels to which outlines are drawn, those of regions (they have more points than bars) and others.
GRID, FINE, FEWEST_OF_REGION = 0.5, 0.1, 8
# What a narrow chart has beside what its builder says of it: legends in two columns, and room for
# the label behind the longest bar.
_NARROW = {
    "config": {
        "legend": {"columns": 2, "columnPadding": 10, "labelFontSize": 12, "labelLimit": 260}
    },
    "padding": {"left": 2, "top": 5, "right": 28, "bottom": 5},
}
_PLACES = re.compile(r' (?:transform|x2?|y2?|width|height)="[^"]*"')
_DECIMALS = re.compile(r"-?\d+\.\d\d+")
# Where a drawing of a block begins, and a mark that says what it is about.
_DRAWING = re.compile(r'(?=<div class="exhibit-drawing)')
_MARK = re.compile(r'<path data-told="(?P<told>[^"：:]*(?:：|: )(?P<name>[^"；;]*)[^"]*)"[^>]*/>')
# An outline of straight lines, and one of its rings.
_OUTLINE = re.compile(r' d="((?:M[^A-Za-z]+(?:L[^A-Za-z]+)*Z?)+)"')
_RING = re.compile(r"M([^MZ]+)(Z?)")
_IDLE = re.compile(
    r' (?:transform="translate\(0,0\)"|(?:fill-|stroke-)?opacity="1"|pointer-events="none")'
)
_UNREAD = ' aria-hidden="true"'
_FONT = re.compile(r' font-family="[^"]*"')


def chart_html(drawings: Mapping[str, str], alt: str, exhibit: str = "") -> str:
    """Return the block; `drawings` are SVG by the box they are for, `alt` says what they show.

    `exhibit` is the exhibit's id, '' for a chart that a cell shows outside of any.
    """
    label, hint = escape(alt), escape(words().charts.by_keys)
    # Its label says it all; the letters within would be read a second time.
    inner = "".join(
        f'<div class="exhibit-drawing {box}" role="img" aria-label="{label}">'
        f"{svg.replace('<svg', f'<svg{_UNREAD}', 1)}</div>\n"
        for box, svg in drawings.items()
    )
    return (
        f'<div class="exhibit-chart" data-exhibit="{escape(exhibit)}" data-hint="{hint}">\n'
        f"{inner}</div>\n"
    )


def drawings(spec: dict[str, Any], exhibit: str) -> dict[str, str]:
    """Draw a spec for each kind of box; ids in the drawings begin with the exhibit's."""
    sized = {"wide": spec, "narrow": narrowed(spec)}
    return {
        box: slim(rendering.prefixed(rendering.told_svg(one), f"{exhibit}-{box}"))
        for box, one in sized.items()
    }


def leading(pages: Mapping[str, str], html: str) -> str:
    """Return the block of a map in which each region that has a page leads there, once a drawing.

    `pages` are addresses by the names that the marks say first.
    """
    return "".join(_led(pages, drawing) for drawing in _DRAWING.split(html))


def _led(pages: Mapping[str, str], drawing: str) -> str:
    waiting = dict(pages)

    def link(mark: re.Match[str]) -> str:
        address = waiting.pop(mark["name"], None)
        label = f'href="{address}" aria-label="{mark["told"]}"'
        return mark[0] if address is None else f"<a {label}>{mark[0]}</a>"

    made = _MARK.sub(link, drawing)
    # What can be pressed must not stand in a picture.
    pressed = made.replace('role="img"', 'role="group"', 1).replace(_UNREAD, "", 1)
    return pressed if waiting != pages else made


def narrowed(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Return a spec for a narrow box, with what its builder says of such in `usermeta`."""
    told = spec.get("usermeta", {})
    made: dict[str, Any] = _merged(_merged(spec, _NARROW), told.get("narrow", {}))
    made["width"] = theme.NARROW
    if "aspect" in told:
        made["height"] = round(theme.NARROW * told["aspect"])
    return made


def _merged(one: Mapping[str, Any], other: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(one)
    for key, value in other.items():
        nested = isinstance(value, Mapping) and isinstance(made.get(key), Mapping)
        made[key] = _merged(made[key], value) if nested else value
    return made


def slim(svg: str) -> str:
    """Return a drawing for within a page: its font is the page's, a tenth of a pixel will do."""
    bare = _IDLE.sub("", _FONT.sub("", svg))
    placed = _PLACES.sub(lambda found: _DECIMALS.sub(_rounded, found[0]), bare)
    return _OUTLINE.sub(lambda found: f' d="{_RING.sub(_stepped, found[1])}"', placed)


def _rounded(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def _stepped(ring: re.Match[str]) -> str:
    """Write a ring by its steps from point to point, which are shorter to write than places.

    Borders of regions keep to a grid, on which neighbours still meet.
    """
    pairs = [point.split(",") for point in ring[1].split("L")]
    grid = GRID if len(pairs) > FEWEST_OF_REGION else FINE
    points = [(round(float(x) / grid), round(float(y) / grid)) for x, y in pairs]
    moved = [(x - a, y - b) for (a, b), (x, y) in pairwise(points)]
    steps = " ".join(_pair(x * grid, y * grid) for x, y in moved if x or y)
    first, end = points[0], ring[2].lower()
    return f"M{_pair(*(at * grid for at in first))}" + (f"l{steps}" if steps else "") + end


def _pair(x: float, y: float) -> str:
    """Write a pair of coordinates without the zeros before their points."""
    return re.sub(r"(?<!\d)0\.", ".", f"{x:.5g},{y:.5g}")
