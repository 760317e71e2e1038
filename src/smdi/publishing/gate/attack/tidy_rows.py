"""The rows of an exhibit's data as readers take them away."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

# Values with more decimals are as they were computed, and not rounded.
MOST_DECIMALS = 6
CUT_DECIMALS = 3


@dataclass(frozen=True)
class Row:
    """A row of an exhibit's data, `value` None where it shows none; `decimals` of its unit."""

    exhibit: str
    measure: str
    group: str
    year: int
    value: float | None
    unit: str
    base: int
    withheld: bool
    decimals: int
    position: int = 0
    # The standard error beside the value, as it is written.
    noise: str = ""

    @property
    def fact(self) -> str:
        """Return the id of the published fact that the row answers to."""
        return f"{self.exhibit}/{self.measure}/{self.group}/{self.year}"

    @property
    def place(self) -> str:
        """Return where the row stands, as findings name it."""
        return f"{self.exhibit} {self.measure} {self.group} {self.year}"

    @property
    def error(self) -> float:
        """Return by how much the value may be off at most.

        What has all the decimals of a protected value was cut, and what has fewer was rounded.
        """
        if self.decimals > MOST_DECIMALS:
            return 0.0
        return (1.0 if self.decimals >= CUT_DECIMALS else 0.5) * 10.0**-self.decimals


def rows_of(exhibit: str, text: str) -> list[Row]:
    """Read the rows of an exhibit's CSV; no rows where it is not a tidy frame."""
    read = list(csv.DictReader(io.StringIO(text)))
    if not read or not {"measure", "group", "year", "value", "unit", "base"} <= read[0].keys():
        return []
    # A zero is written without decimals: what is told beside it in its unit tells how many it has.
    digits: dict[str, int] = {}
    for row in read:
        digits[row["unit"]] = max(digits.get(row["unit"], 0), _decimals(row["value"]))
    return [
        Row(
            exhibit,
            row["measure"],
            row["group"],
            int(float(row["year"] or 0)),
            float(row["value"]) if row["value"] else None,
            row["unit"],
            int(float(row["base"] or 0)),
            row.get("withheld", "") == "True",
            digits[row["unit"]],
            position,
            row.get("error") or "",
        )
        for position, row in enumerate(read)
    ]


def _decimals(text: str) -> int:
    """Return the decimals of a number as written; 46.0 is a whole one."""
    mantissa, _, exponent = text.lower().partition("e")
    if exponent:
        return MOST_DECIMALS + 1
    return len(mantissa.partition(".")[2].rstrip("0"))
