"""The page around the text: what Jupyter Book and Sphinx say in English alone."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from myst_nb.sphinx_ext import add_global_html_resources
from sphinx.application import Sphinx

from smdi.report.text.language import words

# Sphinx's catalogues have none of these.
_PERMALINK = re.compile(r'title="Link to this [a-z]+"')


def _translate(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    if "body" in context:
        title = f'title="{escape(words().book.permalink)}"'
        context["body"] = _PERMALINK.sub(title, context["body"])


def _copy_style_of_cells(app: Sphinx) -> None:
    """Copy MyST-NB's style before pages are written.

    It does so at the end: a first build would link to the file without the mark of its content, a
    later one with it, and the same book would have other bytes.
    """
    if app.builder.format == "html":
        Path(app.outdir, "_static").mkdir(parents=True, exist_ok=True)
        add_global_html_resources(app, None)


def register(app: Sphinx) -> None:
    """Settle what Jupyter Book sets for extensions that this book does without."""
    app.add_config_value("comments_config", {}, "html")
    app.connect("html-page-context", _translate)
    app.connect("builder-inited", _copy_style_of_cells)
