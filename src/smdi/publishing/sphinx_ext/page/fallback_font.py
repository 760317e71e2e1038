"""A Chinese font for readers whose machine has none: the letters of this book, of the charts' font.

The browser fetches it only where no font before it in `fonts` of `data/theme.yaml` has a letter.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from fontTools import subset
from sphinx.application import Sphinx

from smdi.files import write_bytes
from smdi.report.common_font import write_letters
from smdi.report.rendering import FONT_FILE, font_folder

FILE = "_static/fallback.woff"
# Beside what Sphinx keeps: which letters the font has, since making it takes a second.
RECORD = "fallback-font"


def letters_of(folder: Path) -> set[str]:
    """Return all that the pages of a site, its scripts and its search can show."""
    files = [*folder.glob("**/*.html"), *folder.glob("*.js"), *folder.glob("_static/*.js")]
    letters = set().union(*(file.read_text("utf-8") for file in files))
    return set(filter(str.isprintable, letters))


def font_of(letters: Iterable[str]) -> bytes:
    """Return these letters of the charts' font, as WOFF; the same letters give the same bytes."""
    options = subset.Options()
    options.flavor = "woff"
    options.layout_features = []
    options.drop_tables += ["BASE", "GSUB", "GPOS", "GDEF", "DSIG"]
    options.name_IDs = ["*"]
    options.hinting = False
    made = io.BytesIO()
    write_letters(font_folder() / FONT_FILE, letters, options, made)
    return made.getvalue()


def _make(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html":
        return
    path, record = Path(app.outdir, FILE), Path(app.doctreedir, RECORD)
    letters = "".join(sorted(letters_of(Path(app.outdir))))
    mark = sha256(letters.encode()).hexdigest()
    if path.is_file() and record.is_file() and record.read_text("ascii") == mark:
        return
    write_bytes(path, font_of(letters))
    record.write_text(mark, "ascii")


def register(app: Sphinx) -> None:
    """Make the font once all pages are written."""
    app.connect("build-finished", _make, priority=800)
