"""Charts as SVG, text as text; what a page shows of them is made of it in `chart_html`.

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

from smdi.report.palette import kept, read_palette
from smdi.report.text.language import words

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
# Vega describes axes, groups and marks to screen readers, in English; our alt text says it all.
# What marks say of themselves by our own doing begins with a sign.
_OURS = "@"
_DESCRIBED = re.compile(rf' aria-label="{_OURS}([^"]*?)[；; ]*"')
_TOLD = re.compile(r' data-told="[^"]*"')
_ROLES = re.compile(r' (?:role|aria-[a-z]+)="[^"]*"')
# What a mark without letters leaves.
_NO_LETTERS = re.compile(r"<text[^>]*/>")
# Marks of which each is of several rows.
_PATHS = ("line", "area", "trail")


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
    """Return a chart's Vega-Lite spec as plain JSON values, without its schema's address.

    A chart that the editor has made is held to the schema; those of the library are by its tests.
    """
    made = chart.to_dict(validate=not _is_own(chart))
    made.pop("$schema", None)
    plain: dict[str, Any] = json.loads(json.dumps(made, allow_nan=False))
    return plain


def _is_own(chart: alt.Chart | alt.LayerChart) -> bool:
    """Tell whether a chart was finished by the library."""
    return isinstance(chart.usermeta, dict) and "narrowBelow" in chart.usermeta


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
    return prefixed(drawn, prefix) if prefix else drawn


def prefixed(drawing: str, prefix: str) -> str:
    """Return a drawing whose ids begin with a prefix."""
    drawing = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}-\1"', drawing)
    return re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}-\1)", drawing)


def spec_svg(spec: dict[str, Any]) -> str:
    """Return the SVG of a Vega-Lite spec."""
    return _TOLD.sub("", told_svg(spec))


def told_svg(spec: dict[str, Any]) -> str:
    """Return the SVG in which each mark with a tooltip says its lines, as `data-told`."""
    telling = _telling(spec)
    telling["config"] = {**telling.get("config", {}), "aria": True}
    return _drawn(json.dumps(telling, ensure_ascii=False))


def _telling(node: Any) -> Any:
    """Return a spec whose marks describe themselves by the lines of their tooltips."""
    if isinstance(node, list):
        return [_telling(one) for one in node]
    if not isinstance(node, dict):
        return node
    if isinstance(node.get("ink"), str):
        return _inked(node)
    made = {key: _telling(value) for key, value in node.items()}
    if lines := _lines(node):
        told = {"calculate": _said(lines), "as": "told"}
        made["transform"] = [*made.get("transform", []), told]
        made["encoding"] = {**made["encoding"], "description": {"field": "told"}}
    return made


def _inked(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row whose letters keep their colour on a dark page, where that below them does."""
    turns = row.get("hollow") or row.get("turned")
    return row if turns else {**row, "ink": kept(row["ink"])}


def _lines(node: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the lines of a mark's tooltip; none for a mark that has one in another form."""
    mark, encoding = node.get("mark"), node.get("encoding")
    kind = mark.get("type") if isinstance(mark, dict) else mark
    lines = encoding.get("tooltip") if isinstance(encoding, dict) else None
    if kind is None or kind in _PATHS or not isinstance(lines, list):
        return []
    plain = all({"field"} <= {*line} <= {"field", "title", "type"} for line in lines)
    return lines if plain else []


def _said(lines: list[dict[str, Any]]) -> str:
    """Return the expression that joins the lines that have something to say."""
    parts = [f"'{_OURS}'"]
    for line in lines:
        value = "datum" + "".join(f"[{json.dumps(part)}]" for part in line["field"].split("."))
        name = line.get("title", line["field"])
        head, _, tail = words().charts.line(name=name, value="\0").partition("\0")
        said = f"{json.dumps(head)} + {value} + {json.dumps(tail)}"
        parts.append(f"(isValid({value}) ? {said} : '')")
    return " + ".join(parts)


# A chart's drawing for a wide box is also the one to take away.
@lru_cache(maxsize=8)
def _drawn(spec: str) -> str:
    made = _NO_LETTERS.sub("", _made(spec).decode())
    return _ROLES.sub("", _DESCRIBED.sub(r' data-told="\1"', made))


def _made(asked: str) -> bytes:
    """Return what a drawer, or else this process, makes of what it is asked, see `_convert`."""
    if address := os.environ.get(DRAWER_VARIABLE):
        # It is gone, or cannot draw this: here the engine says why.
        with contextlib.suppress(OSError, EOFError), Client(address, "AF_UNIX") as drawer:
            drawer.send_bytes(asked.encode())
            return drawer.recv_bytes()
    return _engine(asked)


def _engine(asked: str) -> bytes:
    _register_fonts()
    return _convert(asked)


def _convert(asked: str) -> bytes:
    """Return the SVG of a spec, the picture (PNG) of an SVG, of double size."""
    if asked.startswith("<svg"):
        return vl_convert.svg_to_png(asked, scale=2)
    # Each text is measured, and takes longer the more families are named: to the same width.
    palette = read_palette()
    one, all_of_them = palette.fonts[0], palette.font_family
    made = vl_convert.vegalite_to_svg(asked.replace(all_of_them, one), vl_version=VEGA_LITE)
    return made.replace(f'font-family="{one}"', f'font-family="{all_of_them}"').encode()


def draw_for_others(address: str, cached: Path) -> None:
    """Draw what comes to a socket, one after the other, until killed.

    One that has a rare letter gets no answer, nor one that cannot be drawn. `cached` keeps the font
    of the other letters.
    """
    # Loaded here, as no chapter has a use for it.
    from smdi.report.common_font import common_font, common_letters

    vl_convert.register_font_directory(str(common_font(font_folder() / FONT_FILE, cached)))
    with Listener(address, "AF_UNIX", backlog=64) as listener:
        _convert(_FIRST)
        while True:
            with contextlib.suppress(OSError, EOFError, ValueError), listener.accept() as asking:
                asked = asking.recv_bytes().decode()
                if common_letters().issuperset(asked):
                    asking.send_bytes(_convert(asked))


def svg_png(drawing: bytes) -> bytes:
    """Return a drawing as a picture of double size, with the fonts of the report."""
    return _made(drawing.decode())


def png(chart: alt.Chart | alt.LayerChart, *, scale: float = 2) -> bytes:
    """Return the chart as a picture, for looking at; no page of the book uses it."""
    _register_fonts()
    return vl_convert.vegalite_to_png(spec(chart), vl_version=VEGA_LITE, scale=scale)
