"""The search of the site: an index of sections and exhibits, which the reader's browser scans.

    search-index.js    window.searchIndex = {pages: [[file, title], …], places: [[page, anchor,
                       title, text], …]}

A script and no JSON, since a page that is opened as a file may fetch nothing. The texts are kept
whole, so that a phrase, a number, a standard's code or a single character is found as it stands;
what ranks and shows the hits is `book/_static/search.js`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.search import SearchLanguage, languages
from sphinx.transforms import SphinxTransform

from smdi.files import write_text
from smdi.report.profiles.listing import LISTS, is_profile
from smdi.report.text.language import words

INDEX = "search-index.js"
# Of a place's text; longer are tables of findings, which say the same many times over.
LONGEST = 2400
_BLANK = re.compile(r"\s+")

Place = tuple[str, str, str]


class NoWords(SearchLanguage):
    """Leaves Sphinx's own index empty: nothing asks it."""

    lang = "zh"
    language_name = "Chinese"

    def split(self, input: str) -> list[str]:
        """Return no words."""
        return []


def places(document: nodes.document) -> Iterator[Place]:
    """Yield anchor, title and text of each section and each exhibit of a page."""
    for section in document.findall(nodes.section):
        title = next((_headed(node) for node in section.findall(nodes.title)), "")
        parts = [_text(node) for node in section.children if not _is_apart(node)]
        yield section["ids"][0], title, " ".join(part for part in parts if part)[:LONGEST]
    for entry in document.findall(nodes.definition_list_item):
        term = next(entry.findall(nodes.term))
        yield _anchor(term), term.astext(), _text(entry)[:LONGEST]
    for node in document.findall(nodes.Element):
        if not _is_exhibit(node):
            continue
        table = node if isinstance(node, nodes.table) else None
        titles = node.findall(nodes.title if table is not None else nodes.caption)
        caption = next((_headed(found) for found in titles), "")
        yield node["ids"][0], caption, _text(node)[:LONGEST]


def _anchor(node: nodes.Element) -> str:
    """Return the anchor of a node, or of the section that it stands in."""
    while not node["ids"]:
        node = node.parent
    return str(node["ids"][0])


def _is_exhibit(node: nodes.Node) -> bool:
    return isinstance(node, nodes.figure | nodes.table) and bool(
        {"exhibit", "exhibit-rows"} & set(node["classes"])
    )


def _is_apart(node: nodes.Node) -> bool:
    """Tell what of a section has a place of its own, or says nothing."""
    if isinstance(node, nodes.section | nodes.title | nodes.Invisible | nodes.raw):
        return True
    is_box = isinstance(node, nodes.Element) and "exhibit-table" in node["classes"]
    return is_box or _is_exhibit(node)


def _headed(node: nodes.Element) -> str:
    """Return a heading as a hit shows it: with the marks of what its values are known from."""
    said = words().book.mark_in_text
    return "".join(
        said(mark=part.astext()) if isinstance(part, nodes.superscript) else part.astext()
        for part in node.children
    )


def _text(node: nodes.Node) -> str:
    """Return what a reader sees of a node; markup for one form, and marks, say nothing."""
    if isinstance(node, nodes.raw | nodes.superscript | nodes.Invisible):
        return ""
    if isinstance(node, nodes.Text):
        return _BLANK.sub(" ", node.astext())
    if isinstance(node, nodes.image):
        return str(node.get("alt", ""))
    joint = " " if isinstance(node, nodes.row | nodes.tbody | nodes.tgroup | nodes.figure) else ""
    return joint.join(_text(child) for child in node.children).strip()


class KeepPlaces(SphinxTransform):
    """Keeps the places of each page when all is done that is done to it as it is read.

    The index then opens no page again.
    """

    # The last there is, and behind Sphinx's own, which removes its messages.
    default_priority = 999

    def apply(self, **_options: object) -> None:
        """Keep the places of a page."""
        _places_of(self.env)[self.env.docname] = list(places(self.document))


def forget(_app: Sphinx, env: BuildEnvironment, name: str) -> None:
    """Forget a page that is read again or gone."""
    _places_of(env).pop(name, None)


def take_over(
    _app: Sphinx, env: BuildEnvironment, names: Iterable[str], other: BuildEnvironment
) -> None:
    """Take over the pages that another process has read."""
    _places_of(env).update((name, _places_of(other)[name]) for name in names)


def _places_of(env: BuildEnvironment) -> dict[str, list[Place]]:
    """Return the places by page, which Sphinx keeps from one build to the next."""
    kept: dict[str, list[Place]] = vars(env).setdefault("places_by_page", {})
    return kept


def _write(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html":
        return
    pages: list[list[str]] = []
    found: list[list[object]] = []
    for name in sorted(app.env.found_docs):
        title = app.env.titles[name].astext()
        number = len(pages)
        pages.append([app.builder.get_target_uri(name), title])
        of_page = _places_of(app.env)[name]
        # Of a profile, and of a list of them, the beginning: what all have alike buries the rest.
        alike = is_profile(name) or name in LISTS.values()
        for anchor, head, text in islice(of_page, 1) if alike else of_page:
            found.append([number, anchor, head, text])
    index = {"pages": pages, "places": found}
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    write_text(Path(app.outdir, INDEX), f"window.searchIndex={text};\n")
    # Sphinx's own, which no page asks for; its index, which the next build reads, is not published.
    for name in ("searchtools.js", "language_data.js"):
        Path(app.outdir, "_static", name).unlink(missing_ok=True)


def register(app: Sphinx) -> None:
    """Take the place of Sphinx's own search."""
    languages["zh"] = NoWords
    app.add_transform(KeepPlaces)
    app.connect("env-purge-doc", forget)
    app.connect("env-merge-info", take_over)
    app.connect("build-finished", _write)
