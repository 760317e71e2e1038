"""The directive `exhibit`: a chart, map or table of a chapter with number, caption, note and data.

It reads `exhibits/<id>.json` of the book's source, which the chapter wrote. The exhibit's id is its
anchor and its label, so that {ref}`fig-04` reads 图 4. On the site a chart is drawings within the
page, of which those of regions lead to their profiles; in print it is the picture.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.domains.std import StandardDomain
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from smdi.publishing.sphinx_ext.marks import SIMULATED, mark, marked
from smdi.publishing.sphinx_ext.profiles import NAMES, pages_of
from smdi.publishing.sphinx_ext.tables import filter_html, table_node
from smdi.publishing.sphinx_ext.tools import tools_html
from smdi.report.chart_html import leading
from smdi.report.text.language import words

FOLDER = "exhibits"
PUBLIC = "extra/exhibits"
_log = logging.getLogger(__name__)


class ExhibitDirective(SphinxDirective):
    """Place one exhibit on the page; an unknown id is a warning that names page and line."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the exhibit's node."""
        name = self.arguments[0]
        path = Path(self.env.srcdir, FOLDER, f"{name}.json")
        self.env.note_dependency(str(path))
        if not path.is_file():
            _log.warning("unknown exhibit: %s", name, location=self.get_location(), type="exhibit")
            return []
        exhibit = json.loads(path.read_text("utf-8"))
        for file in exhibit["files"].values():
            for folder in (FOLDER, PUBLIC):
                if (used := Path(self.env.srcdir, folder, file)).is_file():
                    self.env.note_dependency(str(used))
        self._label(name, exhibit["number"])
        made = self._table(exhibit) if exhibit["kind"] == "table" else self._figure(exhibit)
        self.set_source_info(made)
        return [made]

    def _label(self, name: str, number: str) -> None:
        """Let {ref} find the exhibit and print its number."""
        domain = cast(StandardDomain, self.env.get_domain("std"))
        other = domain.anonlabels.get(name, (self.env.docname,))[0]
        if other != self.env.docname:
            text = "exhibit %s stands in %s already"
            _log.warning(text, name, other, location=self.get_location(), type="exhibit")
        domain.anonlabels[name] = (self.env.docname, name)
        domain.labels[name] = (self.env.docname, name, number)

    def _figure(self, exhibit: dict[str, Any]) -> nodes.figure:
        name = exhibit["id"]
        svg = f"{PUBLIC}/{exhibit['files']['svg']}"
        picture = nodes.image(uri=f"/{svg}", alt=exhibit["alt"])
        page = nodes.raw("", self._chart_html(exhibit), format="html")
        kind = exhibit["kind"]
        figure = nodes.figure("", ids=[name], classes=["exhibit", f"is-{kind}"])
        # In this order: docutils' HTML writer looks for the caption in the second place.
        figure += _only("html", page)
        figure += nodes.caption("", "", *_caption(exhibit))
        figure += nodes.legend("", *self._notes(exhibit))
        figure += _only("typst", picture)
        return figure

    def _chart_html(self, exhibit: dict[str, Any]) -> str:
        drawn = Path(self.env.srcdir, FOLDER, exhibit["files"]["drawn"]).read_text("utf-8")
        if exhibit["kind"] != "map":
            return drawn
        self.env.note_dependency(str(Path(self.env.srcdir, NAMES)))
        here, pages = self.env.docname, pages_of(self.env)
        address = self.env.app.builder.get_relative_uri
        return leading({name: address(here, to) for name, to in pages.items() if to != here}, drawn)

    def _table(self, exhibit: dict[str, Any]) -> nodes.container:
        box = nodes.container(classes=["exhibit", "exhibit-table"])
        if field := filter_html(exhibit):
            box += _only("html", nodes.raw("", field, format="html"))
        box += table_node(exhibit, _caption(exhibit))
        box += nodes.container("", *self._notes(exhibit), classes=["exhibit-note"])
        return box

    def _notes(self, exhibit: dict[str, Any]) -> list[nodes.Node]:
        parts = exhibit.get("note_parts") or [{"text": exhibit["note"]}]
        told = [node for part in parts for node in marked(part["text"], part.get("status"))]
        if address := exhibit.get("permalink", ""):
            site = "" if "://" in address else "site/"
            link = nodes.reference("", address, refuri=f"{site}{address}")
            told += [_only("typst", nodes.inline("", words().package.data_at, link))]
        tools = nodes.raw("", tools_html(exhibit, self._root()), format="html")
        return (
            [nodes.paragraph("", "", *told), _only("html", tools)]
            if told
            else [_only("html", tools)]
        )

    def _root(self) -> str:
        """Return the way from the page to the site's root."""
        return "../" * self.env.docname.count("/")


def _caption(exhibit: dict[str, Any]) -> list[nodes.Node]:
    text: list[nodes.Node] = [nodes.Text(f"{exhibit['number']}　{exhibit['title']}")]
    if exhibit["simulated"] == "all":
        text.append(mark(SIMULATED))
    return text


def _only(builder: str, node: nodes.Node) -> addnodes.only:
    return addnodes.only("", node, expr=builder)


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("exhibit", ExhibitDirective)
