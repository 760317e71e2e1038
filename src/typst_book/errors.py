"""What stands in the way of the book, shown by Sphinx as a message and no traceback."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sphinx.errors import SphinxError


class TypstBookError(SphinxError):
    """The book cannot be made as written; the message names page and cause."""

    category = "Typst book"


@dataclass(frozen=True)
class Problem:
    """Something on a page that cannot be printed as it is."""

    page: str
    line: int | None
    message: str

    def __str__(self) -> str:
        """Return `page:line: message`, as compilers write it.

        MyST-NB counts lines of a notebook from 10000 times the number of the cell.
        """
        cell, line = divmod(self.line or 0, 10000)
        if cell:
            return f"{self.page}: cell {cell}, line {line}: {self.message}"
        return f"{self.page}:{line or '?'}: {self.message}"


def raise_all(problems: Iterable[Problem]) -> None:
    """Raise one `TypstBookError` that lists every problem, when there is any."""
    found = sorted(set(problems), key=lambda p: (p.page, p.line or 0, p.message))
    if found:
        raise TypstBookError(
            f"{len(found)} things cannot be printed:\n" + "\n".join(map(str, found))
        )
