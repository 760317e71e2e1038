"""A Sphinx builder that writes a book in Typst and compiles it to a PDF.

It serves any Sphinx project: the extension is `typst_book`, the builder `typst`. What the book says
of itself comes from the `typst_*` configuration values below, what it adds to the pages (the word
over the contents, how chapters are counted) from Sphinx's `language`, how it looks from the `.typ`
files in `template/`. docs/printing.md lists what a page may hold.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typst_book.builder import TypstBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

# Name -> default. They decide how pages are printed, not how they are read, so that a change of one
# makes Sphinx read no page again.
CONFIG: dict[str, Any] = {
    "typst_output": "book.pdf",
    "typst_title": "",  # empty: `project`
    "typst_short_title": "",  # the running head; empty: the title
    "typst_subtitle": "",
    "typst_author": "",  # empty: `author`
    "typst_description": "",  # of the file; empty: the subtitle
    "typst_keywords": [],  # of the file
    "typst_date": "",  # of the file, ISO; a PDF/A needs one
    "typst_cover": [],  # rows [label, text] of the cover
    "typst_cover_mark": "",  # words in a frame on the cover
    "typst_imprint": [],  # rows [label, text] of the page after the cover; none: no such page
    "typst_parts": {},  # caption of a part in the toc -> front | body | plain | back | omit
    "typst_root": "front",  # where the root page goes: front | omit
    "typst_root_title": "",  # its heading in print, where the cover bears the title already
    "typst_contents_depth": 3,
    "typst_page_names": False,  # the first page of a chapter names its HTML file
    "typst_marks": [],  # classes of superscripts that are set in the colour of warnings
    "typst_table_boxes": [],  # classes of containers that hold a table and its notes
    "typst_words": {},  # own words in place of those of `typst_book.language`
    "typst_template": "",  # a folder whose .typ files take the place of the package's
    "typst_font_packages": ["pylopdf_fonts_zh_cn", "manimgx_fonts_cjk"],
    "typst_standards": ["ua-1"],  # the standards that the PDF keeps to, as Typst names them
}


# Which form of a cell's output MyST-NB hands to the builder: the first that there is.
_FORMS = ["image/svg+xml", "image/png", "image/jpeg", "text/html", "text/markdown", "text/latex"]


def _choose_forms(app: Sphinx, config: Config) -> None:
    """Tell MyST-NB, where the project uses it, the order of forms; the project's own come first."""
    if "nb_mime_priority_overrides" in config:
        own = [tuple(row) for row in config.nb_mime_priority_overrides]
        ranks = [("typst", form, 10 * rank) for rank, form in enumerate([*_FORMS, "text/plain"])]
        known = {(row[0], row[1]) for row in own}
        config.nb_mime_priority_overrides = [
            *(row for row in ranks if row[:2] not in known),
            *own,
        ]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder and its configuration."""
    app.connect("config-inited", _choose_forms)
    for name, default in CONFIG.items():
        app.add_config_value(name, default, rebuild="", types=[type(default)])
    app.add_builder(TypstBuilder)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
