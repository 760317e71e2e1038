"""The directive `data-list`: all files of a release's data, on the page of the data."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from smdi.report.text.language import words

LIST = "data.json"


def read_list(source: Path) -> dict[str, Any] | None:
    """Return what a release holds, from its source; None in a rerun, which is no release."""
    path = source / LIST
    if not path.is_file():
        return None
    given: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return given


def list_for_page(env: BuildEnvironment) -> dict[str, Any] | None:
    """Return the same for the page that is read, which is read again when it changes."""
    source = Path(env.srcdir)
    env.note_dependency(str(source / LIST))
    return read_list(source)


class DataListDirective(SphinxDirective):
    """Link the workbook, the archive and the descriptor, and the files of each exhibit."""

    def run(self) -> list[nodes.Node]:
        """Return the list for the site, and for print where it is found; nothing in a rerun."""
        given = list_for_page(self.env)
        if given is None:
            return []
        site = nodes.raw("", _html(given), format="html")
        cited = nodes.paragraph("", given["reference"])
        return [addnodes.only("", site, expr="html"), cited]


def _html(given: dict[str, Any]) -> str:
    say = words().package
    whole = "".join(_link(file) for file in given["whole"])
    rows = "".join(_row(one) for one in given["exhibits"])
    heads = (say.columns["exhibit"], say.label_title, say.panel_data)
    head = "".join(f'<th scope="col">{escape(text)}</th>' for text in heads)
    return (
        f'<div class="site-only"><p class="exhibit-files">{escape(say.whole_package)} {whole}</p>\n'
        f'<div class="exhibit-table" tabindex="0" role="region"'
        f' aria-label="{escape(say.table_view)}"><table class="exhibit-rows data-list">'
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>\n"
        f'<pre tabindex="0">{escape(given["bibtex"])}</pre></div>\n'
    )


def _row(exhibit: dict[str, Any]) -> str:
    place, number = escape(exhibit["place"]), escape(exhibit["number"])
    files = "".join(_link(file) for file in exhibit["files"])
    return (
        f'<tr><th scope="row"><a href="{place}">{number}</a></th>'
        f"<td>{escape(exhibit['title'])}</td><td>{files}</td></tr>"
    )


def _link(file: str) -> str:
    kind = file if file.endswith(".json") else file.rpartition(".")[2].upper()
    return f'<a href="data/{escape(file)}" download>{escape(kind)}</a> '


def register(app: Sphinx) -> None:
    """Register the directive."""
    app.add_directive("data-list", DataListDirective)
