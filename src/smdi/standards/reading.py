"""Read the standards' CSV files into rows, with every fault of form in every file."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar, cast

from pydantic import ValidationError

from smdi.errors import Problem
from smdi.standards.rows import ROW_MODELS, Row

R = TypeVar("R", bound=Row)


class Standards:
    """The rows of each file that could be read, by the model of its rows."""

    def __init__(self, tables: dict[type[Row], list[Row]]) -> None:
        self._tables = tables

    def __contains__(self, model: type[Row]) -> bool:
        return model in self._tables

    def __getitem__(self, model: type[R]) -> list[R]:
        return cast(list[R], self._tables[model])


# What the standards must say together, and the files without which it cannot be told.
Rule = tuple[Callable[[Standards], Iterator[Problem]], tuple[type[Row], ...]]


def read_standards(
    directory: Path, problems: list[Problem], instead: Mapping[type[Row], Path] | None = None
) -> Standards:
    """Read all files; a file that is missing, or has other columns, has no rows here at all.

    `instead` names files that are read in the place of some. Every fault of form is added to
    `problems`.
    """
    places = {model: directory / model.filename() for model in ROW_MODELS} | dict(instead or {})
    read = {model: _read(model, path, problems) for model, path in places.items()}
    return Standards({model: rows for model, rows in read.items() if rows is not None})


def _read(model: type[Row], path: Path, problems: list[Problem]) -> list[Row] | None:
    if not path.is_file():
        problems.append(Problem(model.file, None, None, None, "the file to exist"))
        return None
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        found = f"byte {error.start + 1}"
        problems.append(Problem(model.file, None, None, found, "text in UTF-8"))
        return None
    lines = csv.reader(io.StringIO(text, newline=""))
    header, columns = next(lines, []), model.columns()
    if header != columns:
        expected = f"columns {','.join(columns)}"
        problems.append(Problem(model.file, 1, None, ",".join(header), expected))
        return None
    rows = list(_rows(model, lines, problems))
    problems.extend(_repeated(rows))
    return rows


def _rows(model: type[Row], lines: Iterable[list[str]], problems: list[Problem]) -> Iterator[Row]:
    columns = model.columns()
    for line, cells in enumerate(lines, start=2):
        if not cells:  # a blank line, which editors leave at the end
            continue
        if len(cells) != len(columns):
            expected = f"{len(columns)} cells in the row"
            problems.append(Problem(model.file, line, None, ",".join(cells), expected))
            continue
        values = dict(zip(columns, cells, strict=True))
        try:
            yield model.model_validate({"line": line, **values})
        except ValidationError as error:
            faulty = {fault["loc"][0] for fault in error.errors()}
            problems.extend(
                Problem(model.file, line, column, cell, model.expected(column))
                for column, cell in values.items()
                if column in faulty
            )


def _repeated(rows: list[Row]) -> Iterator[Problem]:
    first: dict[tuple[object, ...], int] = {}
    for row in rows:
        key = tuple(getattr(row, column) for column in row.key)
        if key in first:
            shown = " ".join(str(part) for part in key)
            expected = f"no second row for it (first in row {first[key]})"
            yield Problem(row.file, row.line, " ".join(row.key), shown, expected)
        first.setdefault(key, row.line)
