"""The page around the text: what Jupyter Book and Sphinx say in English alone, and raw."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import Any

from docutils import nodes
from markupsafe import escape as as_markup
from myst_nb.sphinx_ext import add_global_html_resources
from sphinx.application import Sphinx

from smdi.publishing.sphinx_ext.data_list import LIST
from smdi.report.text.language import words

# Settings of the edition and headings, as plain text; the theme's templates print some as they are.
_PLAIN = ("author", "copyright", "docstitle", "pagetitle", "project", "root_title", "shorttitle")
# Sphinx's catalogues have none of these.
_PERMALINK = re.compile(r'title="Link to this [a-z]+"')


def _translate(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    # A rerun's site is no release: it has neither PDF nor data of its own.
    context["is_release"] = Path(app.srcdir, LIST).is_file()
    if "body" in context:
        title = f'title="{escape(words().book.permalink)}"'
        context["body"] = _PERMALINK.sub(title, context["body"])


def _escape(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Let no setting be markup; what is escaped here, `|e` in a template leaves as it is."""
    for name in _PLAIN:
        if isinstance(text := context.get(name), str):
            context[name] = as_markup(text)


def _name_toggles(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Say what the arrows of the menu do: they are drawings without a word."""
    made = context.get("generate_toctree_html")
    if made is None:
        return

    def named(*given: Any, **options: Any) -> Any:
        menu = made(*given, **options)
        for toggle in menu("summary"):
            toggle["aria-label"] = words().book.unfold
        return menu

    context["generate_toctree_html"] = named


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
    # After the theme, which takes two of them from the headings.
    app.connect("html-page-context", _escape, priority=900)
    app.connect("html-page-context", _name_toggles, priority=900)
    app.connect("builder-inited", _copy_style_of_cells)
