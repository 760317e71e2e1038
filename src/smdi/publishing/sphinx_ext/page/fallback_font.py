"""A Chinese font for readers whose machine has none: the letters of this book, of the charts' font.

The browser fetches it only where no font before it in `fonts` of `data/theme.yaml` has a letter.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

from fontTools.ttLib import TTFont
from sphinx.application import Sphinx

from smdi.files import write_bytes
from smdi.report.common_font import letters_of_font
from smdi.report.rendering import FONT_FILE, font_folder

FILE = "_static/fallback.woff"


def letters_of(folder: Path) -> set[str]:
    """Return all that the pages of a site, its scripts and its search can show."""
    files = [*folder.glob("**/*.html"), *folder.glob("*.js"), *folder.glob("_static/*.js")]
    letters = set().union(*(file.read_text("utf-8") for file in files))
    return set(filter(str.isprintable, letters))


def font_of(letters: Iterable[str]) -> bytes:
    """Return these letters of the charts' font, as WOFF; the same letters give the same bytes."""
    made = letters_of_font(font_folder() / FONT_FILE, letters, layout=False)
    font = TTFont(io.BytesIO(made), recalcTimestamp=False)
    font.flavor = "woff"
    packed = io.BytesIO()
    font.save(packed, reorderTables=False)
    return packed.getvalue()


def _make(app: Sphinx, exception: Exception | None) -> None:
    if exception is None and app.builder.name == "html":
        outdir = Path(app.outdir)
        write_bytes(outdir / FILE, font_of(letters_of(outdir)))


def register(app: Sphinx) -> None:
    """Make the font once all pages are written."""
    app.connect("build-finished", _make, priority=800)
