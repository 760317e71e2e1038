"""The data of an exhibit as readers take them away: tidy, named, with printed precision and status.

A row is a value of the exhibit; the columns are those of `words().package.columns`:
    exhibit  measure  code  group  year  value  unit  rank  base  status  base_status  edition
`value` is the text that the page shows, without unit and thousands; empty where it is not shown.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from smdi.indicators.precision.rounding import half_up, printed_decimals
from smdi.indicators.precision.status import reads_as
from smdi.indicators.tidy import RANK
from smdi.report.charts.frames import shown_status
from smdi.report.charts.labels import measure_label
from smdi.report.text.language import name_of, words
from smdi.report.values import unit_head

COLUMNS = (
    "exhibit",
    "measure",
    "code",
    "group",
    "year",
    "value",
    "unit",
    "rank",
    "base",
    "status",
    "base_status",
    "edition",
)
# Endings of measures that are made of another: ending -> key of `words().package.made_of`.
_MADE_OF = ("change", "increase", "decrease", "lead", "rest")
_WHOLE_NUMBERS = ("家", "个", "位", "人")
# What the columns of a tidy frame hold that are no texts.
_READ: dict[str, Callable[[str], Any]] = {
    "year": int,
    "base": int,
    "value": lambda text: float(text or "nan"),
    "error": lambda text: float(text or "nan"),
    "withheld": "True".__eq__,
}
TidyRow = Mapping[str, Any]


@dataclass(frozen=True)
class DataTable:
    """The rows of an exhibit; `described` is what the page says of it."""

    name: str
    described: Mapping[str, Any]
    rows: tuple[tuple[str, ...], ...]

    @property
    def title(self) -> str:
        """Return number and title: 图 4 …."""
        return f"{self.described['number']} {self.described['title']}"

    def csv(self) -> bytes:
        """Return the table as CSV (UTF-8 with a mark, which Excel needs)."""
        return csv_of([self])


def csv_of(tables: Iterable[DataTable]) -> bytes:
    """Return the rows of tables below one another as CSV (UTF-8 with a mark)."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heads())
    for table in tables:
        writer.writerows(table.rows)
    return out.getvalue().encode("utf-8-sig")


def heads() -> list[str]:
    """Return the heads of the columns in the language of the edition."""
    return [words().package.columns[name] for name in COLUMNS]


def tidy_rows(content: bytes) -> list[TidyRow]:
    """Read the rows of an exhibit's tidy frame, as the chapter wrote it."""
    # Not by pandas: there are hundreds of small ones, and it takes ten times as long.
    lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    return [
        {name: _READ[name](text) if name in _READ else text for name, text in line.items()}
        for line in lines
    ]


def data_table(described: Mapping[str, Any], tidy: Sequence[TidyRow], edition: str) -> DataTable:
    """Make the reader's table of an exhibit from its description and the rows of its frame."""
    digits, number = int(described.get("digits", 0)), str(described["number"])
    ranks = {
        (row["group"], row["year"]): f"{row['value']:.0f}"
        for row in tidy
        if row["measure"] == RANK and not math.isnan(row["value"])
    }
    rows = []
    for row in values_of(tidy):
        decimals = 0 if row["unit"] in _WHOLE_NUMBERS else digits
        shown = min(decimals, printed_decimals(known)) if (known := _known(row)) else decimals
        status = "suppressed" if row["withheld"] else shown_status(row, shown)
        base = int(row["base"])
        rows.append(
            (
                number,
                quantity(str(row["measure"])),
                str(row["measure"]),
                name_of(str(row["group"])),
                str(row["year"] or ""),
                "" if math.isnan(row["value"]) else f"{half_up(row['value'], shown):f}",
                unit_head(str(row["unit"])),
                ranks.get((row["group"], row["year"]), ""),
                str(base or ""),
                _status(status),
                _status(str(row.get("base_status") or "") if base else ""),
                edition,
            )
        )
    return DataTable(str(described["id"]), described, tuple(rows))


def values_of(tidy: Iterable[TidyRow]) -> list[TidyRow]:
    """Return the rows that are values: the place of a group in a ranking is a column of its own."""
    return [row for row in tidy if row["measure"] != RANK]


def quantity(measure: str) -> str:
    """Name a measure, also one that is a difference of another; its code where it has no name."""
    return name_of_quantity(measure) or measure


def name_of_quantity(measure: str) -> str:
    """Return the name of a measure, as `quantity` does; '' where it has none."""
    for ending in _MADE_OF:
        if measure.endswith(f"_{ending}"):
            name = name_of_quantity(measure.removesuffix(f"_{ending}"))
            return name and words().package.made_of[ending](name=name)
    try:
        if measure.startswith("firms_") and measure not in words().measures:
            name = measure_label(f"share_level_{measure.removeprefix('firms_')}")
            return words().package.made_of["firms"](name=name)
        return measure_label(measure)
    except KeyError:
        return ""


def _known(row: Mapping[str, Any]) -> str:
    """Return the number that a value is known by, where it shows as that."""
    known = str(row.get("known") or "")
    return known if known and reads_as(float(row["value"]), known, printed_decimals(known)) else ""


def _status(status: str) -> str:
    return words().exhibits.statuses[status] if status else ""
