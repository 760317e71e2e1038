"""What the theme ships and no page of the book uses: icon fonts, source maps, logos of services."""

from __future__ import annotations

import re
from pathlib import Path

from sphinx.application import Sphinx

from smdi.files import remove

# Under `_static`.
UNUSED = (
    "**/*.map",
    "vendor/fontawesome",
    "scripts/fontawesome.js*",
    "images/logo_*",
    "images/*colab*",
    "locales",
    "webpack-macros.html",
)
THEME = "styles/pydata-sphinx-theme.css"
# The letters and fonts of some two thousand icons; the few in use are drawn by icons.css.
_LETTER = r"\.fa-[\w-]+:before"
_FONT = r"@font-face\{[^}]*Awesome[^}]*\}"
_ICONS = re.compile(rf'{_LETTER}(?:,{_LETTER})*\{{content:"[^"]*"\}}|{_FONT}')


def _lighten(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html":
        return
    static = Path(app.outdir, "_static")
    for pattern in UNUSED:
        for path in list(static.glob(pattern)):
            remove(path)
    theme = static / THEME
    if theme.is_file():
        theme.write_text(_ICONS.sub("", theme.read_text("utf-8")), "utf-8")


def register(app: Sphinx) -> None:
    """Take away what nothing uses once all is written."""
    app.connect("build-finished", _lighten, priority=900)
