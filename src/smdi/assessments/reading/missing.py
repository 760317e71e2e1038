"""What to say when a sheet lacks columns that a mapping names."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from smdi.assessments.reading.headers import Header
from smdi.assessments.reading.sheets import Sheet, column_letters
from smdi.assessments.values.texts import nearest_of
from smdi.errors import Problem, shown

SINGLY = 10
FOUND = 30


def missing_columns(
    path: Path, headers: Sequence[tuple[Sheet, Header | None]], wanted: Collection[str]
) -> list[Problem]:
    """Return the problems of a file whose sheets lack headings, or bear one more than once.

    Up to ten missing headings are told one by one with the nearest that is there; of more the
    number and the first ones are told. The headings found are told once.
    """
    problems: list[Problem] = []
    for sheet, header in headers:
        if header is None:
            continue
        name_of_sheet = sheet.name or None
        row = header.last if sheet.has_cells else None
        repeated = [name for name in wanted if len(header.places_of(name)) > 1]
        for name in repeated:
            cells = ", ".join(column_letters(place) for place in header.places_of(name))
            found = f"{len(header.places_of(name))} times (columns {cells})"
            problems.append(
                Problem(str(path), row, name, found, "the column once", sheet=name_of_sheet)
            )
        missing = [name for name in wanted if not header.places_of(name)]
        there = [name for name in header.names if name]
        for name in missing[:SINGLY]:
            expected = "this column, which the mapping names"
            near = nearest_of(name, there)
            problems.append(
                Problem(str(path), row, name, None, expected, nearest=near, sheet=name_of_sheet)
            )
        if len(missing) > SINGLY:
            expected = f"these {len(missing) - SINGLY} more columns, which the mapping names too"
            rest = ", ".join(missing[SINGLY : 2 * SINGLY])
            if len(missing) > 2 * SINGLY:
                rest += ", …"
            problems.append(
                Problem(str(path), row, rest, None, expected,
                        count=len(missing) - SINGLY, sheet=name_of_sheet)
            )  # fmt: skip
        if missing:
            names = ", ".join(shown(name) for name in there[:FOUND])
            more = f" and {len(there) - FOUND} more" if len(there) > FOUND else ""
            expected = f"the mapping to name columns of this header: {names}{more}"
            problems.append(
                Problem(str(path), row, None, None, expected, count=0, sheet=name_of_sheet)
            )
    if not problems:
        expected = "a row with the column names that the mapping gives"
        problems.append(Problem(str(path), None, None, None, expected))
    return problems
