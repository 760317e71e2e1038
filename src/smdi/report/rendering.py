"""One chart, two forms: a static SVG with its text as text, and the spec the site draws from.

The SVG is drawn by vl-convert with Noto Sans SC from a package of the lock, never with a font of
the machine, so that the same chart gives the same bytes everywhere.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
from functools import cache, lru_cache
from multiprocessing.connection import Client, Listener
from pathlib import Path
from typing import TYPE_CHECKING, Any

import vl_convert

if TYPE_CHECKING:
    import altair as alt

FONT_PACKAGE = "pylopdf_fonts_zh_cn"
FONT_FILE = "NotoSansSC-Regular.otf"
VEGA_LITE = "6.4"
# Names the address of a process that draws for others: the engine takes longer to start than a
# chart to draw.
DRAWER_VARIABLE = "SMDI_DRAWER"
# What that process draws before it is asked, so that the engine is running.
_FIRST = json.dumps({"data": {"values": [{}]}, "mark": "point"})
# Vega describes each group of marks to screen readers, in English; our alt text says it all.
_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')


def font_folder() -> Path:
    """Return the folder of the Chinese fonts that charts are drawn with.

    Raises FileNotFoundError when the locked package is not there: without its font vl-convert
    would drop every text, digits too, without a word.
    """
    spec = importlib.util.find_spec(FONT_PACKAGE)
    if spec is None or spec.origin is None:
        raise FileNotFoundError(f"the font package {FONT_PACKAGE} of the lock is not installed")
    folder = Path(spec.origin).parent
    if not (folder / FONT_FILE).is_file():
        raise FileNotFoundError(f"{FONT_PACKAGE} has no {FONT_FILE}")
    return folder


@cache
def _register_fonts() -> None:
    vl_convert.register_font_directory(str(font_folder()))


def has_drawn() -> bool:
    """Tell whether vl-convert has drawn in this process: its threads do not outlive a fork."""
    return _register_fonts.cache_info().currsize > 0


def spec(chart: alt.Chart | alt.LayerChart) -> dict[str, Any]:
    """Return a chart's Vega-Lite spec as plain JSON values, without its schema's address."""
    made = chart.to_dict()
    made.pop("$schema", None)
    plain: dict[str, Any] = json.loads(json.dumps(made, allow_nan=False))
    return plain


def description(chart: alt.Chart | alt.LayerChart) -> str:
    """Return the alt text its builder gave the chart."""
    return str(chart.description)


def spec_json(chart: alt.Chart | alt.LayerChart | dict[str, Any]) -> str:
    """Return the spec of a chart, or a spec itself, as compact JSON with Chinese as it is."""
    plain = chart if isinstance(chart, dict) else spec(chart)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def svg(chart: alt.Chart | alt.LayerChart | dict[str, Any], *, prefix: str = "") -> str:
    """Return a chart, or its spec, as SVG at the text's width, Chinese as text, fonts by family.

    `prefix` (the exhibit's id) keeps the ids inside the drawing unique on a page with several.
    """
    drawn = spec_svg(chart if isinstance(chart, dict) else spec(chart))
    if prefix:
        drawn = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', drawn)
        drawn = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", drawn)
    return drawn


def spec_svg(spec: dict) -> str:
    """The SVG of a Vega-Lite spec."""
    return _drawn(json.dumps(spec))


# A chapter's exhibit is drawn for the book, and shown under its cell.
@lru_cache(maxsize=8)
def _drawn(spec: str) -> str:
    drawing = None
    if address := os.environ.get(DRAWER_VARIABLE):
        # It is gone, or cannot draw this: here the engine says why.
        with contextlib.suppress(OSError, EOFError), Client(address, "AF_UNIX") as drawer:
            drawer.send_bytes(spec.encode())
            drawing = drawer.recv_bytes().decode()
    return _ROLES.sub("", _engine(spec) if drawing is None else drawing)


def _engine(spec: str) -> str:
    _register_fonts()
    return vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)


def draw_for_others(address: str) -> None:
    """Draw the specs that come to a socket, one after the other, until killed."""
    with Listener(address, "AF_UNIX", backlog=64) as listener:
        _engine(_FIRST)
        while True:
            # One that cannot be drawn gets no answer.
            with contextlib.suppress(OSError, EOFError, ValueError), listener.accept() as asking:
                asking.send_bytes(_engine(asking.recv_bytes().decode()).encode())


def svg_png(drawing: bytes, *, scale: float = 2) -> bytes:
    """Return a drawing as a picture of `scale` times its size, with the fonts of the report."""
    _register_fonts()
    return vl_convert.svg_to_png(drawing.decode(), scale=scale)


def png(chart: alt.Chart | alt.LayerChart, *, scale: float = 2) -> bytes:
    """Return the chart as a picture, for looking at; no page of the book uses it."""
    _register_fonts()
    return vl_convert.vegalite_to_png(spec(chart), vl_version=VEGA_LITE, scale=scale)


def javascript_bundle() -> str:
    """Vega, Vega-Lite and vega-embed as one classic script that sets `window.vegaEmbed`.

    vl-convert gives it as a module's body; in a function scope its names stay its own, and it
    works from a file as well as from a server.
    """
    # Its stub asks for the snippet that it has a default for.
    bundle = vl_convert.javascript_bundle()  # type: ignore[call-arg]
    return f"(function () {{\n{bundle}\n}})();\n"
