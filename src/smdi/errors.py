"""One way to tell a user what is wrong with an input: everything at once, each with its place."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import wraps


@dataclass(frozen=True)
class Problem:
    """One fault of an input.

    `file` is the input as the user named it, `row` a 1-based line or record (None: the whole file),
    `column` the field, `value` what was found, `expected` what would have been right. In a workbook
    a `sheet` and a `cell` (C7) say the place; `nearest` is the right value that comes nearest.
    `count` is how many faults of the kind it stands for, itself included.
    """

    file: str
    row: int | str | None
    column: str | None
    value: object
    expected: str
    sheet: str | None = None
    cell: str | None = None
    nearest: str | None = None
    count: int = 1

    def __str__(self) -> str:
        place = self.file
        if self.sheet is not None:
            place += f", sheet {self.sheet}"
        if self.cell is not None:
            place += f", cell {self.cell}"
        elif self.row is not None:
            place += f", row {self.row}"
        if self.column is not None:
            place += f", column {self.column}"
        found = "" if self.value is None else f": found {shown(self.value)}"
        near = "" if self.nearest is None else f"; nearest is {shown(self.nearest)}"
        more = f" (and {self.count - 1:,} more like it)" if self.count > 1 else ""
        return f"{place}{found}; expected {self.expected}{near}{more}"


def shown(value: object, longest: int = 80) -> str:
    """Return a value as it stands in a report: on one line, and no longer than a reader needs."""
    text = value if isinstance(value, str) else str(value)
    if len(text) <= longest:
        return repr(value)
    return f"{text[:longest]!r}… ({len(text):,} characters)"


class InputErrors(Exception):  # noqa: N818 - it carries many errors, and reads so where it is raised
    """All the faults found in an input, to be mended in one go."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def _render_traceback_(self) -> list[str]:
        """Return what Jupyter shows in place of a traceback: a user's mistake has none."""
        return [str(self)]

    @classmethod
    def raise_if(cls, problems: Iterable[Problem]) -> None:
        """Raise when there is at least one problem; do nothing otherwise."""
        found = tuple(problems)
        if found:
            raise cls(found)


def reports_input_errors(main: Callable[..., int | None]) -> Callable[..., int]:
    """Wrap a script's `main`: faults of the input become a report on stderr and exit status 2."""

    @wraps(main)
    def wrapped(*args: object, **kwargs: object) -> int:
        try:
            return main(*args, **kwargs) or 0
        except InputErrors as errors:
            count = sum(problem.count for problem in errors.problems)
            print(f"{count} problem{'s' if count != 1 else ''} in the input:", file=sys.stderr)
            for problem in errors.problems:
                print(f"  {problem}", file=sys.stderr)
            return 2

    return wrapped
