"""Collecting the faults of a long file: every kind is shown, no kind floods the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smdi.errors import InputErrors, Problem

LISTED = 50
EXAMPLES = 5


class ProblemLog:
    """Faults of one file, grouped by column and expectation.

    Each kind lists its first five rows and counts the others; fifty problems are listed in all, and
    the last line says how many were not.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self._examples: dict[tuple[str | None, str], list[Problem]] = {}
        self._counts: dict[tuple[str | None, str], int] = {}

    def __bool__(self) -> bool:
        return bool(self._counts)

    @property
    def count(self) -> int:
        """All the faults seen, listed or not."""
        return sum(self._counts.values())

    def add(self, row: int | str | None, column: str | None, value: object, expected: str) -> None:
        """Note one fault."""
        key = (column, expected)
        self._counts[key] = self._counts.get(key, 0) + 1
        examples = self._examples.setdefault(key, [])
        if len(examples) < EXAMPLES:
            examples.append(Problem(self.file, row, column, value, expected))

    def add_rows(
        self,
        bad: NDArray[np.bool_],
        rows: NDArray[np.int64],
        column: str | None,
        value: Callable[[int], Any],
        expected: str,
        kind: str | None = None,
    ) -> None:
        """Note a fault for each true entry of `bad`; `value(i)` gives what stands at index i.

        Faults of many columns that are the same to a reader share a `kind` and its examples.
        """
        found = np.flatnonzero(bad)
        if not len(found):
            return
        key = (kind or column, expected)
        self._counts[key] = self._counts.get(key, 0) + len(found)
        examples = self._examples.setdefault(key, [])
        for index in found[: EXAMPLES - len(examples)]:
            examples.append(
                Problem(self.file, int(rows[index]), column, value(int(index)), expected)
            )

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note faults found elsewhere."""
        for problem in problems:
            self.add(problem.row, problem.column, problem.value, problem.expected)

    def listing(self) -> list[Problem]:
        """The faults to print: examples of every kind in turn, then the count of the rest."""
        listed: list[Problem] = []
        for place in range(EXAMPLES):
            for examples in self._examples.values():
                if place < len(examples) and len(listed) < LISTED:
                    listed.append(examples[place])
        listed.sort(key=_by_row)
        rest = self.count - len(listed)
        if rest:
            expected = f"none of the {rest} more problems that are not listed ({self.count} in all)"
            listed.append(Problem(self.file, None, None, None, expected))
        return listed

    def raise_if_any(self) -> None:
        """Raise InputErrors when there is any fault."""
        InputErrors.raise_if(self.listing())


def _by_row(problem: Problem) -> tuple[bool, int]:
    return (isinstance(problem.row, int), problem.row if isinstance(problem.row, int) else 0)
