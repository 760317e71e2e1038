"""Profiles on the site: what stands under one, and the links that lead to them from tables."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from smdi.publishing.sphinx_ext.tables import Cell
from smdi.publishing.sphinx_ext.tools import cited_html
from smdi.report.text.language import words

FOLDER, NAMES = "profiles", "profiles.json"


class ProfileDataDirective(SphinxDirective):
    """Link the data of the profile that the page is, and say how it is cited."""

    def run(self) -> list[nodes.Node]:
        """Return the block for the site."""
        path = Path(self.env.srcdir, FOLDER, f"{self.env.docname}.json")
        self.env.note_dependency(str(path))
        cited = json.loads(path.read_text("utf-8"))
        say = words()
        link = f'<a href="data/{escape(cited["data"])}" download>{escape(say.profiles.data)}</a>'
        html = (
            f'<div class="exhibit-tools"><p class="exhibit-files">{link}</p>'
            f"<details><summary>{escape(say.package.panel_cite)}</summary>"
            f'<div class="exhibit-panel">{cited_html(cited)}</div></details></div>\n'
        )
        return [addnodes.only("", nodes.raw("", html, format="html"), expr="html")]


def pages_of(env: BuildEnvironment) -> dict[str, str]:
    """Return the page of each name that has a profile."""
    path = Path(env.srcdir, NAMES)
    found: dict[str, str] = json.loads(path.read_text("utf-8")) if path.is_file() else {}
    return found


class LinkNames(SphinxPostTransform):
    """Let the names of provinces and industries in the tables of exhibits lead to their pages."""

    default_priority = 800
    formats = ("html",)

    def run(self, **kwargs: object) -> None:
        """Turn each cell that is such a name into a link, but on the page that it leads to."""
        here, pages = self.env.docname, pages_of(self.env)
        for cell in self.document.findall(Cell) if pages else ():
            name = cell.astext()
            page = pages.get(name, here)
            if page != here and isinstance(cell[0], nodes.Text):
                address = self.app.builder.get_relative_uri(here, page)
                link = nodes.reference("", name, refuri=address, internal=True)
                cell.children = []
                cell += nodes.inline("", "", link)


def register(app: Sphinx) -> None:
    """Register the directive and the links."""
    app.add_directive("profile-data", ProfileDataDirective)
    app.add_post_transform(LinkNames)
