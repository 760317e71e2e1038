"""The facts file: every number printed in a published edition, one row each.

What belongs here: reading and checking the file, naming a fact, and what its printed form says
about the value behind it. What the facts say about one another is `smdi.published.audit`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pandas as pd

from smdi.errors import InputErrors, Problem
from smdi.files import kept_while_untouched

COLUMNS = ("exhibit", "measure", "group", "year", "value", "unit", "printed", "where")
UNITS = ("家", "%", "百分点", "个", "位", "人", "万元")
COUNTED = frozenset({"家", "个", "位", "人"})
EXHIBIT = re.compile(r"fig-\d{2}|tab-[a-z]+(?:-[a-z]+)*|text")
MEASURE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
PRINTED = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?")
YEAR = re.compile(r"20\d{2}")
WHERE_LENGTH = 60


def fact_id(exhibit: str, measure: str, group: str, year: int | str) -> str:
    """Name a fact, as `exhibit/measure/group/year`."""
    return f"{exhibit}/{measure}/{group}/{year}"


def decimals(printed: str) -> int:
    """Count the decimals a number was printed with: 2 for "14.80", 0 for "69"."""
    return len(printed.partition(".")[2])


def half_unit(printed: str) -> Decimal:
    """Half of the last printed digit: how far rounding may have moved the number."""
    return Decimal(5).scaleb(-decimals(printed) - 1)


def bounds(printed: str) -> tuple[Decimal, Decimal]:
    """Lowest and highest unrounded value that can be printed so, both ends included."""
    value, half = Decimal(printed), half_unit(printed)
    return value - half, value + half


def lower_bounds(facts: pd.DataFrame, measure: str) -> dict[int, list[str]]:
    """Return the groups that a report names with each lower bound, the highest bound first.

    `facts` as of `read_facts`; `measure` is one of bounds, as `participants_over`. A bound of the
    whole nation is none among groups.
    """
    rows = facts[(facts["measure"] == measure) & (facts["exhibit"] != "text")]
    rows = rows.sort_values("value", ascending=False, kind="stable")
    found: dict[int, list[str]] = {}
    for bound, group in zip(rows["value"], rows["group"], strict=True):
        found.setdefault(int(bound), []).append(str(group))
    return found


def read_facts(path: str | Path) -> pd.DataFrame:
    """Read a facts file and check every cell of it.

    Returns a frame indexed by fact id with the columns of the file in their order: year (int),
    value (float, in `unit`; percentages as 0-100), the rest str. `printed` is the number as
    printed, without its unit; `where` names the place in the report.

    Raises InputErrors with all faults at once: unknown columns, exhibits or units, a `printed`
    that is no number or is not `value`, a fact given twice.
    """
    try:
        return _read_checked(Path(path)).copy(deep=False)
    except FileNotFoundError:
        raise InputErrors([Problem(str(path), None, None, None, "a file of facts")]) from None


@kept_while_untouched
def _read_checked(path: Path) -> pd.DataFrame:
    rows = _read_rows(path)
    InputErrors.raise_if(_problems(str(path), rows))
    frame = pd.DataFrame([row for _, row in rows], columns=list(COLUMNS), dtype="str")
    frame = frame.astype({"year": "int64", "value": "float64"})
    keys = zip(frame["exhibit"], frame["measure"], frame["group"], frame["year"], strict=True)
    frame.index = pd.Index([fact_id(*key) for key in keys], dtype="str", name="fact_id")
    return frame


def _read_rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Rows with their line numbers; a file without the right columns is refused at once."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise InputErrors([Problem(str(path), None, None, None, "text in UTF-8")]) from None
    reader = csv.DictReader(text.splitlines(), restkey="", restval="")
    if tuple(reader.fieldnames or ()) != COLUMNS:
        found = ",".join(reader.fieldnames or ())
        raise InputErrors([Problem(str(path), 1, None, found, "columns " + ",".join(COLUMNS))])
    rows = [(reader.line_num, row) for row in reader]
    extra = [
        Problem(str(path), line, None, row[""], f"{len(COLUMNS)} cells")
        for line, row in rows
        if "" in row
    ]
    InputErrors.raise_if(extra)
    if not rows:
        raise InputErrors([Problem(str(path), None, None, None, "at least one fact")])
    return rows


def _problems(file: str, rows: list[tuple[int, dict[str, str]]]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for line, row in rows:
        for column, expected in _cell_faults(row):
            yield Problem(file, line, column, row[column], expected)
        name = fact_id(row["exhibit"], row["measure"], row["group"], row["year"])
        if name in seen:
            yield Problem(file, line, None, name, f"each fact once; row {seen[name]} has it")
        seen.setdefault(name, line)


def _cell_faults(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    if not EXHIBIT.fullmatch(row["exhibit"]):
        yield "exhibit", "fig-NN, tab-name or text"
    if not MEASURE.fullmatch(row["measure"]):
        yield "measure", "a lower-case name, words joined by _"
    if row["group"] != row["group"].strip() or not row["group"] or "/" in row["group"]:
        yield "group", "a name without / and without spaces around it"
    if not YEAR.fullmatch(row["year"]):
        yield "year", "a year of four digits"
    if row["unit"] not in UNITS:
        yield "unit", "one of " + " ".join(UNITS)
    if not row["where"].strip() or len(row["where"]) > WHERE_LENGTH:
        yield "where", f"the place in the report, in at most {WHERE_LENGTH} characters"
    if not PRINTED.fullmatch(row["printed"]):
        yield "printed", "a number as printed, without sign of thousands, unit or percent"
    elif _number(row["value"]) != Decimal(row["printed"]):
        yield "value", f"the number printed, {row['printed']}"
    elif row["unit"] in COUNTED and decimals(row["printed"]):
        yield "printed", f"a whole number of {row['unit']}"


def _number(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
