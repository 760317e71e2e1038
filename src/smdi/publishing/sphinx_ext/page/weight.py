"""What the theme ships and no page of the book uses: icon fonts, source maps, logos, styles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
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
# The largest, where their packages have them.
STYLES_OF_PACKAGES = {
    "pydata_sphinx_theme": "theme/pydata_sphinx_theme/static/styles/pydata-sphinx-theme.css",
    "sphinx_book_theme": "theme/sphinx_book_theme/static/styles/sphinx-book-theme.css",
    "sphinx_design": "static/sphinx-design.min.css",
}
# The letters and fonts of some two thousand icons; the few in use are drawn by icons.css.
_LETTER = r"\.fa-[\w-]+:before"
_FONT = r"@font-face\{[^}]*Awesome[^}]*\}"
_ICONS = re.compile(rf'{_LETTER}(?:,{_LETTER})*\{{content:"[^"]*"\}}|{_FONT}')
_WORD = re.compile(r"[\w-]+")
_NAME = re.compile(r"[.#]([A-Za-z_][\w-]*)")
_CONDITIONS = ("media", "supports", "layer")
# What a selector excludes, or has one of, need not be there.
_CHOICE = re.compile(r":(?:not|is|where|has)\((?:[^()]|\([^()]*\))*\)")


@dataclass(frozen=True)
class _Style:
    """Declarations, and their selectors, each with the classes and ids that it needs."""

    selectors: tuple[tuple[str, frozenset[str]], ...]
    content: str


@dataclass(frozen=True)
class _Block:
    """Rules that hold under a condition, as `@media print`."""

    head: str
    rules: tuple[_Rule, ...]


_Rule = _Style | _Block | str


def without_unused(style: str, words: set[str]) -> str:
    """Return a style sheet without rules for classes and ids that are none of these words.

    A word that ends in a hyphen stands for all that begin so: scripts put names together.
    """
    beginnings = tuple(word for word in words if word.endswith("-") and len(word) > 1)

    @cache
    def is_used(name: str) -> bool:
        return name in words or name.startswith(beginnings)

    return "".join(_kept(_parsed(style), is_used))


def _kept(rules: Iterable[_Rule], is_used: Callable[[str], bool]) -> Iterator[str]:
    for rule in rules:
        if isinstance(rule, str):
            yield rule
        elif isinstance(rule, _Block):
            if inner := "".join(_kept(rule.rules, is_used)):
                yield f"{rule.head}{{{inner}}}"
        elif used := [one for one, names in rule.selectors if all(map(is_used, names))]:
            yield f"{','.join(used)}{{{rule.content}}}"


@lru_cache(maxsize=16)
def _parsed(style: str) -> tuple[_Rule, ...]:
    """Parse a style sheet, once for all sites that a process and its forks make."""
    return tuple(map(_rule, tinycss2.parse_stylesheet(style, True, True)))


def _rule(found: Any) -> _Rule:
    if found.type == "qualified-rule":
        selectors = tuple((one, _names_in(one)) for one in _selectors(found.prelude))
        return _Style(selectors, tinycss2.serialize(found.content))
    conditional = found.type == "at-rule" and found.lower_at_keyword in _CONDITIONS
    if not conditional or found.content is None:
        return str(found.serialize())
    inner = tinycss2.parse_rule_list(found.content, True, True)
    head = f"@{found.at_keyword}{tinycss2.serialize(found.prelude)}"
    return _Block(head, tuple(map(_rule, inner)))


def _selectors(prelude: Iterable[Any]) -> list[str]:
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return [tinycss2.serialize(part).strip() for part in parts]


def _names_in(selector: str) -> frozenset[str]:
    return frozenset(_NAME.findall(_CHOICE.sub("", selector)))


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
            path.write_text(without_unused(read_style(path), words), "utf-8")


def read_style(path: Path) -> str:
    """Read a style sheet, without the letters and fonts of icons."""
    return _ICONS.sub("", path.read_text("utf-8"))


def parse_ahead() -> None:
    """Parse the style sheets as the packages bring them, for all sites that forks will make."""
    for package, name in STYLES_OF_PACKAGES.items():
        _parsed(read_style(Path(str(resources.files(package))) / name))


def register(app: Sphinx) -> None:
    """Take away what nothing uses once all is written."""
    app.connect("build-finished", _lighten, priority=900)
