"""A cell's text without what spreadsheets and input methods put around it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cached_property

from rapidfuzz import fuzz, process, utils

NEAR_ENOUGH = 60
# Marks without width that copying from web pages leaves behind; the BOM among them.
_WIDTHLESS = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff\u00ad]")
_FORMULA_TEXT = re.compile(r'="(.*)"', re.DOTALL)
_BLANKS = re.compile(r"\s+")


class CellError(ValueError):
    """A text that is no value of its column: what was expected, and the nearest value if any.

    To look for the nearest takes longer than to read a cell, so it is done when it is asked for.
    """

    def __init__(self, expected: str, near: Callable[[], str | None] | None = None) -> None:
        super().__init__(expected)
        self.expected = expected
        self._near = near

    @cached_property
    def nearest(self) -> str | None:
        """Return the value of the column that is most like the text, or None."""
        return self._near() if self._near else None


def plain(text: str) -> str:
    """Return the text with full-width forms made half-width and wrappings of spreadsheets removed.

    The wrappings are `="…"`, a leading apostrophe, blanks of any width around it and characters
    without width.
    """
    text = _WIDTHLESS.sub("", unicodedata.normalize("NFKC", text)).strip()
    if match := _FORMULA_TEXT.fullmatch(text):
        text = match.group(1).strip()
    return text.lstrip("'’`").strip()


def squeezed(text: str) -> str:
    """Return the plain text without any blanks, in lower case: the form in which names compare."""
    return _BLANKS.sub("", plain(text)).lower()


def canonical(text: str) -> str:
    """Return the form in which cells and the texts of a mapping compare: 1, 1.0 and １ are one."""
    key = squeezed(text)
    if re.fullmatch(r"\d+(\.\d+)?", key):
        return format(Decimal(key).normalize(), "f")
    return key


def nearest_of(text: str, known: Iterable[str]) -> str | None:
    """Return the known text that is most like `text`, or None when none is near."""
    found = process.extractOne(
        text[:200], list(known), scorer=fuzz.WRatio, processor=utils.default_process,
        score_cutoff=NEAR_ENOUGH,
    )  # fmt: skip
    return None if found is None else str(found[0])
