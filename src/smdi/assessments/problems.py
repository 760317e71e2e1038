"""Collecting the faults of a long file: every kind is shown, no kind floods the report."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smdi.assessments.reading.sheets import Place
from smdi.errors import InputErrors, Problem

LISTED = 50
EXAMPLES = 5
Locate = Callable[[int, str | None], Place]


class ProblemLog:
    """Faults of one input, grouped by column and expectation.

    Each kind lists its first five rows and counts the others; fifty problems are listed in all, and
    the last line says how many were not. With `locate` row numbers are those of a source and are
    told as file, sheet and cell. With `in_full` every fault is kept, for `problems` and `by_row`.
    """

    def __init__(self, file: str, locate: Locate | None = None, *, in_full: bool = False) -> None:
        self.file = file
        self._locate = locate
        self._in_full = in_full
        self._examples: dict[tuple[str | None, str], list[Problem]] = {}
        self._counts: dict[tuple[str | None, str], int] = {}
        self._rows: list[NDArray[np.int64]] = []
        self.by_row: dict[int, list[Problem]] = {}

    def __bool__(self) -> bool:
        return bool(self._counts)

    @property
    def count(self) -> int:
        """Return the number of faults seen, listed or not."""
        return sum(self._counts.values())

    @property
    def rows(self) -> NDArray[np.int64]:
        """Return the numbers of the rows at fault, ascending, each once."""
        return np.unique(np.concatenate([np.empty(0, np.int64), *self._rows]))

    @property
    def of_rows_alone(self) -> bool:
        """Return whether every fault lies in a row, so that the other rows are sound."""
        told = sum(self._counts.values())
        return told == sum(len(rows) for rows in self._rows)

    def add(self, row: int | str | None, column: str | None, value: object, expected: str) -> None:
        """Note one fault that no row number of a source goes with."""
        self._note((column, expected), 1, [Problem(self.file, row, column, value, expected)])

    def add_rows(
        self,
        bad: NDArray[np.bool_],
        rows: NDArray[np.int64],
        column: str | None,
        value: Callable[[int], Any],
        expected: str,
        kind: str | None = None,
        nearest: Callable[[int], str | None] | None = None,
    ) -> None:
        """Note a fault for each true entry of `bad`; `value(i)` gives what stands at index i.

        Faults of many columns that are the same to a reader share a `kind` and its examples.
        """
        found = np.flatnonzero(bad)
        if not len(found):
            return
        key = (kind or column, expected)
        room = len(found) if self._in_full else EXAMPLES - len(self._examples.get(key, ()))
        made = [
            self._problem(int(rows[index]), column, value(int(index)), expected,
                          nearest(int(index)) if nearest else None)
            for index in found[: max(room, 0)]
        ]  # fmt: skip
        self._note(key, len(found), made)
        self._rows.append(rows[found])
        if self._in_full:
            for index, problem in zip(found, made, strict=True):
                self.by_row.setdefault(int(rows[index]), []).append(problem)

    def add_problem(self, row: int, column: str | None, value: object, expected: str) -> None:
        """Note a fault of one row of a source."""
        problem = self._problem(row, column, value, expected, None)
        self._note((column, expected), 1, [problem])
        self._rows.append(np.array([row], dtype=np.int64))
        if self._in_full:
            self.by_row.setdefault(row, []).append(problem)

    def problems(self) -> list[Problem]:
        """Return every fault that was kept: all of them with `in_full`, else the examples."""
        return [problem for examples in self._examples.values() for problem in examples]

    def listing(self) -> list[Problem]:
        """Return the faults to print: examples of every kind, the last with the count of the rest.

        Counts of all the problems returned add up to `count`.
        """
        listed: dict[tuple[str | None, str], list[Problem]] = {}
        room = LISTED
        for place in range(EXAMPLES):
            for key, examples in self._examples.items():
                if place < min(len(examples), EXAMPLES) and room:
                    listed.setdefault(key, []).append(examples[place])
                    room -= 1
        shown: list[Problem] = []
        for key, examples in listed.items():
            rest = self._counts[key] - len(examples)
            shown += [*examples[:-1], replace(examples[-1], count=1 + rest)]
        unlisted = [key for key in self._counts if key not in listed]
        if unlisted:
            count = sum(self._counts[key] for key in unlisted)
            expected = f"none of {count:,} more problems of {len(unlisted)} other kinds"
            shown.append(Problem(self.file, None, None, None, expected, count=count))
        return shown

    def raise_if_any(self) -> None:
        """Raise InputErrors when there is any fault."""
        InputErrors.raise_if(self.listing())

    def _note(self, key: tuple[str | None, str], count: int, made: Iterable[Problem]) -> None:
        self._counts[key] = self._counts.get(key, 0) + count
        self._examples.setdefault(key, []).extend(made)

    def _problem(
        self, row: int, column: str | None, value: object, expected: str, nearest: str | None
    ) -> Problem:
        if self._locate is None:
            return Problem(self.file, row, column, value, expected, nearest=nearest)
        place = self._locate(row, column)
        return Problem(
            place.file, place.row, place.heading, value, expected,
            sheet=place.sheet or None, cell=place.cell, nearest=nearest,
        )  # fmt: skip
