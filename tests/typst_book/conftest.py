"""Tiny books written on the spot, built in this process."""

import io
from pathlib import Path

import pytest
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

CONFIG = {
    "extensions": ["myst_parser", "typst_book"],
    "language": "zh_CN",
    "project": "小书",
    "myst_enable_extensions": ["colon_fence", "dollarmath", "attrs_inline", "deflist"],
    "typst_date": "2021-12-31",
    "typst_output": "report.pdf",
    "nitpicky": True,
}


@pytest.fixture
def build(tmp_path):
    """Build a book from a dict of pages; returns the folder that holds `report.pdf` and source."""

    def run(pages: dict[str, str], files: dict[str, str] | None = None, **config) -> Path:
        source, output = tmp_path / "source", tmp_path / "output"
        for name, text in {**{f"{n}.md": t for n, t in pages.items()}, **(files or {})}.items():
            path = source / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        strict = config.pop("warningiserror", True)
        # Sphinx adds suffixes to a dict that all books of a process share; this one is its own.
        overrides = {**CONFIG, "source_suffix": {".md": "markdown"}, **config}
        # Sphinx keeps the words of a process's last language; this book has its own.
        locale.translators.clear()
        with patch_docutils(), docutils_namespace():
            app = Sphinx(
                str(source), None, str(output), str(tmp_path / "doctrees"), "typst", overrides,
                status=io.StringIO(), warning=io.StringIO(), warningiserror=strict,
            )  # fmt: skip
            app.build()
        return output

    return run
