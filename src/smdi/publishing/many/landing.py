"""The page before many editions: a map to click, a list, and a search across their sentences."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from smdi.edition import Edition
from smdi.files import write_text
from smdi.publishing.assembly import title_of
from smdi.publishing.leading_map import Region, leading_map
from smdi.publishing.many.sentences import marks, sentences
from smdi.publishing.styles import css
from smdi.report.palette import read_palette
from smdi.report.text.language import current_language, scope_name, use_language, words
from smdi.standards.scope import province_code
from smdi.workflow.differences.run import read_book

TEMPLATE = Path(__file__).with_name("landing.html.jinja")


def write_landing(base: Edition, by: str, editions: Sequence[Edition], folder: Path) -> None:
    """Write index.html and search.js into the folder of the sites."""
    use_language(base.language)
    found, own_marks = list(_sentences(editions)), list(marks().values())
    environment = Environment(autoescape=True, undefined=StrictUndefined)
    page = environment.from_string(TEMPLATE.read_text("utf-8")).render(
        say=words().landing,
        language=current_language(),
        by=by,
        title=words().landing.titled[by](title=title_of(base)),
        simulated=base.simulated or any(mark in said[-1] for said in found for mark in own_marks),
        marks=own_marks,
        colours=Markup(css(read_palette())),
        editions=[{"id": one.id, "name": scope_name(one.scope.given)} for one in editions],
        map=Markup(_map(editions)) if by == "province" else "",
    )
    write_text(folder / "index.html", page)
    said = json.dumps(found, ensure_ascii=False, separators=(",", ":"))
    write_text(folder / "search.js", f"window.SENTENCES={said};\n")


def _sentences(editions: Iterable[Edition]) -> Iterable[list[str]]:
    """Yield [edition, its name, page, the page's title, marked sentence] of all that they say."""
    for edition in editions:
        name = scope_name(edition.scope.given)
        run = read_book(edition.folder / "current/source", name)
        for page, text in sentences(run):
            yield [edition.id, name, page, run.titles[page], text]


def _map(editions: Iterable[Edition]) -> str:
    """Draw the provinces; those with an edition are links to it."""
    regions = {
        province_code(one.scope.province): Region(
            f"{one.id}/index.html", scope_name(one.scope.given)
        )
        for one in editions
        if one.scope.province
    }
    return leading_map(regions, words().landing.map)
