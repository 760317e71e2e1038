"""What the book says of itself: the facts of cover, imprint and file, from the configuration."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from typst_book.errors import TypstBookError

if TYPE_CHECKING:
    from sphinx.config import Config

_NO_TITLE = "Project name not set"  # Sphinx's own default; Jupyter Book sets `html_title`
_NO_AUTHOR = "Author name not set"


def parse_date(text: str) -> date | None:
    """Return an ISO date, None for an empty text; raise `TypstBookError` for anything else."""
    if not text:
        return None
    try:
        return date.fromisoformat(str(text))
    except ValueError as error:
        raise TypstBookError(f"typst_date: {text!r} is no date of the form 2021-12-31") from error


def book_facts(config: Config) -> dict[str, Any]:
    """Return the argument `facts` of `book()` in `book.typ`."""
    day = parse_date(config.typst_date)
    if day is None and any(standard.startswith("a-") for standard in config.typst_standards):
        raise TypstBookError("typst_date is missing: a PDF/A must bear a date, that of its data")
    title = config.typst_title or config.project.replace(_NO_TITLE, "") or config.html_title
    return {
        "title": title,
        "short-title": config.typst_short_title or title,
        "subtitle": config.typst_subtitle,
        "author": config.typst_author or config.author.replace(_NO_AUTHOR, ""),
        "description": config.typst_description or config.typst_subtitle,
        "keywords": list(config.typst_keywords),
        "date": day,
        "cover": _rows("typst_cover", config.typst_cover),
        "cover-mark": config.typst_cover_mark,
        "imprint": _rows("typst_imprint", config.typst_imprint),
    }


def _rows(name: str, rows: list[Any]) -> list[list[str]]:
    """Return rows of label and text without the empty ones."""
    if not all(isinstance(row, list | tuple) and len(row) == 2 for row in rows):
        raise TypstBookError(f"{name}: each row is a pair [label, text]")
    return [[str(label), str(text)] for label, text in rows if text]
