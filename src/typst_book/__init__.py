"""A Sphinx builder that writes a book in Typst and compiles it to a PDF.

It serves any Sphinx project: the extension is `typst_book`, the builder `typst`. What the book says
of itself (title, publisher, date …) comes from the `typst_*` configuration values below; how it
looks comes from the `.typ` files in `template/`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from typst_book.builder import TypstBuilder

if TYPE_CHECKING:
    from sphinx.application import Sphinx

# name -> default. None of them can change what is read, so none forces a page to be read again.
CONFIG: dict[str, Any] = {
    "typst_output": "report.pdf",
    "typst_title": "",  # empty: the project's name
    "typst_short_title": "",  # the running head; empty: the title
    "typst_subtitle": "",
    "typst_publisher": "",
    "typst_description": "",
    "typst_keywords": [],
    "typst_date": "",  # ISO date of the data; the only date in the file
    "typst_simulated": False,
    "typst_scope": "",
    "typst_edition": "",
    "typst_fingerprint": "",
    "typst_site_name": "",
    "typst_licence": "",
    "typst_map_approval": "",
    "typst_imprint": [],  # further rows [label, text] of the imprint
    "typst_parts": {},  # caption of a part in the toc -> front | body | plain | back | omit
    "typst_root": "front",  # where the root page goes: front | omit
    "typst_root_title": "",  # its heading in print, where the cover bears the title already
    "typst_contents_depth": 3,
    "typst_template": "",  # a folder whose .typ files take the place of the package's
    "typst_font_packages": ["pylopdf_fonts_zh_cn", "manimgx_fonts_cjk"],
    "typst_standards": ["a-2a", "ua-1"],
}


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the builder and its configuration."""
    for name, default in CONFIG.items():
        app.add_config_value(name, default, rebuild="", types=[type(default)])
    app.add_builder(TypstBuilder)
    return {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}
