"""The page before many editions: a map to click, a list, and a search across their sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from smdi.edition import Edition
from smdi.files import write_text
from smdi.publishing.assembly import title_of
from smdi.publishing.styles import css
from smdi.report.maps.boundaries import extent, inset, inset_frame, main_sheet
from smdi.report.palette import read_palette
from smdi.report.text.language import current_language, scope_name, use_language, words
from smdi.standards.scope import province_code
from smdi.workflow.differences.run import read_book

TEMPLATE = Path(__file__).with_name("landing.html.jinja")
# km of the map that a unit of the drawing stands for.
UNIT = 5.0


def write_landing(base: Edition, by: str, editions: Sequence[Edition], folder: Path) -> None:
    """Write index.html and search.js into the folder of the sites."""
    use_language(base.language)
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    page = environment.from_string(TEMPLATE.read_text("utf-8")).render(
        say=words().landing,
        language=current_language(),
        title=title_of(base),
        colours=Markup(css(read_palette())),
        editions=[{"id": one.id, "name": scope_name(one.scope.given)} for one in editions],
        map=Markup(_map(editions)) if by == "province" else "",
    )
    write_text(folder / "index.html", page)
    found = json.dumps(list(_sentences(editions)), ensure_ascii=False, separators=(",", ":"))
    write_text(folder / "search.js", f"window.SENTENCES={found};\n")


def _sentences(editions: Iterable[Edition]) -> Iterable[list[str]]:
    """Yield [edition, its name, page, the page's title, sentence] of all that the editions say."""
    for edition in editions:
        name = scope_name(edition.scope.given)
        run = read_book(edition.folder / "current/source", name)
        for key, record in run.records.items():
            page = key.partition(".")[0]
            if record["kind"] == "phrase" and record["text"] and page in run.titles:
                yield [edition.id, name, page, run.titles[page], record["text"]]


def _map(editions: Iterable[Edition]) -> str:
    """Draw the provinces, with the inset of the sea; those with an edition are links to it."""
    codes = {province_code(e.scope.province): e for e in editions if e.scope.province}
    shapes = main_sheet("provinces")
    west, south, east, north = extent((*shapes, inset_frame()))
    drawn = []
    for shape in (*shapes, *inset("provinces")):
        code = str(shape["properties"]["code"])
        path = f'<path d="{_path(shape["geometry"], west, north)}"/>'
        edition = codes.get(code) if shape in shapes else None
        if edition:
            name = escape(scope_name(edition.scope.given))
            path = f'<a href="{edition.id}/index.html"><title>{name}</title>{path}</a>'
        drawn.append(path)
    width, height = (east - west) / UNIT, (north - south) / UNIT
    outlined = (*main_sheet("lines"), *inset("lines"), inset_frame())
    lines = "".join(
        f'<path class="line" d="{_path(line["geometry"], west, north)}"/>' for line in outlined
    )
    points = [one["geometry"]["coordinates"] for n in (main_sheet, inset) for one in n("islands")]
    lines += "".join(
        f'<circle cx="{(x - west) / UNIT:.1f}" cy="{(north - y) / UNIT:.1f}" r="1"/>'
        for x, y, *_ in points
    )
    label = escape(words().landing.map)
    return (
        f'<svg viewBox="0 0 {width:.0f} {height:.0f}" role="group" aria-label="{label}">'
        f"{''.join(drawn)}{lines}</svg>"
    )


def _path(geometry: dict[str, Any], west: float, north: float) -> str:
    rings = list(_rings(geometry["coordinates"]))
    closed = "Z" if geometry["type"].endswith("Polygon") else ""
    return "".join(
        "M"
        + "L".join(f"{(x - west) / UNIT:.1f} {(north - y) / UNIT:.1f}" for x, y, *_ in ring)
        + closed
        for ring in rings
    )


def _rings(node: Any) -> Iterable[Any]:
    """Yield the lists of points of a geometry, however deep."""
    if node and isinstance(node[0][0], int | float):
        yield node
    else:
        for part in node:
            yield from _rings(part)
