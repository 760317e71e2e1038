"""What the theme ships and no page of the book uses: icon fonts, source maps, logos, styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import tinycss2
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
# Of the theme and of components, of whose rules a book uses some tenth.
STYLES = (
    "styles/pydata-sphinx-theme.css",
    "styles/sphinx-book-theme.css",
    "sphinx-design.min.css",
    "mystnb.*.css",
)
# The letters and fonts of some two thousand icons; the few in use are drawn by icons.css.
_LETTER = r"\.fa-[\w-]+:before"
_FONT = r"@font-face\{[^}]*Awesome[^}]*\}"
_ICONS = re.compile(rf'{_LETTER}(?:,{_LETTER})*\{{content:"[^"]*"\}}|{_FONT}')
_WORD = re.compile(r"[\w-]+")
_NAME = re.compile(r"[.#]([A-Za-z_][\w-]*)")
# What a selector excludes, or has one of, need not be there.
_CHOICE = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)")


def without_unused(style: str, words: set[str]) -> str:
    """Return a style sheet without rules for classes and ids that are none of these words.

    A word that ends in a hyphen stands for all that begin so: scripts put names together.
    """
    return "".join(_kept(tinycss2.parse_stylesheet(style, True, True), words))


def _kept(rules: Iterable[Any], words: set[str]) -> Iterator[str]:
    beginnings = tuple(word for word in words if word.endswith("-") and len(word) > 1)
    for rule in rules:
        if rule.type == "qualified-rule":
            selectors = [
                one for one in _selectors(rule.prelude) if _is_used(one, words, beginnings)
            ]
            if selectors:
                yield f"{','.join(selectors)}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in ("media", "supports", "layer"):
            if rule.content is None:
                yield rule.serialize()
            elif inner := "".join(_kept(tinycss2.parse_rule_list(rule.content, True, True), words)):
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        else:
            yield rule.serialize()


def _selectors(prelude: Iterable[Any]) -> list[str]:
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part).strip() for part in parts]


def _is_used(selector: str, words: set[str], beginnings: tuple[str, ...]) -> bool:
    names = _NAME.findall(_CHOICE.sub("", selector))
    return all(name in words or name.startswith(beginnings) for name in names)


def words_of(folder: Path) -> set[str]:
    """Return all words of the pages and scripts of a site: among them each class that is used."""
    pages = [*folder.glob("**/*.html"), *folder.glob("_static/**/*.js")]
    return {word for page in pages for word in _WORD.findall(page.read_text("utf-8"))}


def _lighten(app: Sphinx, exception: Exception | None) -> None:
    if exception is not None or app.builder.name != "html":
        return
    static = Path(app.outdir, "_static")
    for pattern in UNUSED:
        for path in list(static.glob(pattern)):
            remove(path)
    words = words_of(Path(app.outdir))
    for name in STYLES:
        for path in static.glob(name):
            style = _ICONS.sub("", path.read_text("utf-8"))
            path.write_text(without_unused(style, words), "utf-8")


def register(app: Sphinx) -> None:
    """Take away what nothing uses once all is written."""
    app.connect("build-finished", _lighten, priority=900)
