"""Tables: rows of single firms, and cells that a spreadsheet would compute."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations, zip_longest

from smdi.assessments.credit_codes import LENGTH
from smdi.publishing.gate.chance import of_at_least
from smdi.publishing.gate.content import Content, Table
from smdi.publishing.gate.findings import Finding, clipped
from smdi.publishing.gate.firms import OF_A_FIRM, Firms
from smdi.publishing.gate.release import File

_FORMULA = re.compile(r"[\s\u00a0]*[=+\-@＝＋－＠]|[\t\r]")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?\s*%?")
_WITH_UNIT = re.compile(r"([+-]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)\s*[一-鿿]{0,4}")
# A dash that stands for nothing, and a signed number with its unit.
_NO_FORMULA = re.compile(r"[-－—–+]+|[+-]\d+(?:\.\d+)?\s*[一-鿿%℃]*")
_OPENED_AS_SHEET = (".csv", ".xlsx")
# What the attack can read of an exhibit's data.
TIDY = frozenset({"measure", "group", "year", "value", "unit", "base"})
# The longest table of groups has some hundreds of rows.
MOST_ROWS = 2000
# In 万元; a count of firms is smaller.
LARGE_REVENUE = 100_000
# More stand in no row of a table.
MOST_NUMBERS = 40
# Of the self-assessments, which began in 2016.
_YEAR = re.compile(r"20[1-4]\d")
_PART = re.compile(r"[0-9A-Z]{3,15}")
# More parts of one row are numbers of a table; their permutations would have no end.
MOST_PARTS = 12
FEWEST_ROWS, FEWEST_ROWS_OF_SCORES = 3, 8
# Of some thousand tables of all editions, less than one looks like firms by chance.
CHANCE = 1e-5


@dataclass(frozen=True)
class TableScan:
    """What is looked for in tables."""

    firms: Firms

    def findings(self, file: File, content: Content) -> Iterator[Finding]:
        """Yield rows of firms and formulas of a file's tables."""
        if file.of_package:
            return
        if file.is_exhibit_data and not all({*t.columns} >= TIDY for t in content.tables):
            how = f"the data of an exhibit have {', '.join(sorted(TIDY))}"
            yield Finding(file.name, "", "data that cannot be attacked", how)
        for table in content.tables:
            for what, how in self._rows(table):
                yield Finding(file.name, table.place, what, how)
            if file.suffix in _OPENED_AS_SHEET:
                yield from _formulas(file, table)

    def _rows(self, table: Table) -> Iterator[tuple[str, str]]:
        named = sorted({column.strip().lower() for column in table.columns} & OF_A_FIRM)
        if named:
            yield f"columns {', '.join(named)}", "columns of single firms"
        if len(table.rows) > MOST_ROWS:
            yield f"{len(table.rows)} rows", f"no table of groups has over {MOST_ROWS} rows"
        elif len(table.rows) in self.firms.numbers:
            yield f"{len(table.rows)} rows", "as many as there are firms"
        yield from self._parted(table)
        told = [[_number(cell) for cell in row] for row in table.rows]
        kept = _without_years(table.rows, told)
        numbers = [[value for value in row if value is not None] for row in kept]
        # A table may stand on its side.
        turned = zip_longest(*told) if len(table.rows) <= MOST_NUMBERS else ()
        columns = [[value for value in column if value is not None] for column in turned]
        for many in filter(None, map(self._firms_among, (numbers, columns))):
            how = "persons and revenue of a firm stand in each, side by side"
            yield f"{many} rows of single firms", how
        numbers += columns
        scores = [value for row in numbers for value in row if _is_long(value)]
        known = sum(value in self.firms.scores for value in scores)
        if known >= FEWEST_ROWS_OF_SCORES and known > len(scores) / 2:
            yield f"{known} total scores of single firms", "each is the score of one"

    def _parted(self, table: Table) -> Iterator[tuple[str, str]]:
        """Yield codes of which the parts stand in two or three cells of a row, in any order."""
        for row in table.rows:
            parts = [cell for cell in row[:MOST_NUMBERS] if _PART.fullmatch(cell)]
            for many in (2, 3):
                for chosen in permutations(parts, many) if len(parts) <= MOST_PARTS else ():
                    if sum(map(len, chosen)) == LENGTH and "".join(chosen) in self.firms.codes:
                        yield "".join(chosen), "the code of a firm of the edition, in parts"

    def _firms_among(self, rows: Iterable[Sequence[float]]) -> int:
        """Return how many rows are like a firm's; 0 where chance may have made them so."""
        several = {tuple(row[:MOST_NUMBERS]) for row in rows if len(row) > 1}
        alike = [row for row in several if self._is_firm(row)]
        if any(map(self._is_certain, alike)):
            return len(alike)
        if len(alike) < FEWEST_ROWS:
            return 0
        chances = [self.firms.crowd.chance(row) for row in several]
        return len(alike) if of_at_least(len(alike), chances) < CHANCE else 0

    def _is_firm(self, row: Sequence[float]) -> bool:
        return any(pair in self.firms.pairs for pair in permutations(row, 2))

    def _is_certain(self, row: Sequence[float]) -> bool:
        """Tell whether a row cannot be one by chance: its score is there, or a large revenue."""
        return any(
            pair[1] >= LARGE_REVENUE or any((*pair, total) in self.firms.rows for total in row)
            for pair in permutations(row, 2)
            if pair in self.firms.pairs
        )


def _number(cell: str) -> float | None:
    number = _WITH_UNIT.fullmatch(cell.strip())
    value = float(number[1].replace(",", "")) if number else math.inf
    # A digest can read as a number that is too large for one: 6e1384.
    return value if math.isfinite(value) else None


def _without_years(
    rows: Sequence[Sequence[str]], told: Sequence[Sequence[float | None]]
) -> list[list[float | None]]:
    """Return what the cells of rows tell, without columns of years.

    These read as the revenue of many a firm (万元).
    """
    columns = list(zip_longest(*rows, fillvalue=""))
    values = list(zip_longest(*told))
    kept = [own for cells, own in zip(columns, values, strict=True) if not _are_years(cells, own)]
    return [list(row) for row in zip(*kept, strict=True)]


def _are_years(cells: Sequence[str], values: Sequence[float | None]) -> bool:
    found = [cell for cell, value in zip(cells, values, strict=True) if value is not None]
    return bool(found) and all(map(_YEAR.fullmatch, found))


def _is_long(value: float) -> bool:
    """Tell whether a number has three decimals at least: scores have, counts have none."""
    return abs(value * 100 - round(value * 100)) > 1e-9


def _formulas(file: File, table: Table) -> Iterator[Finding]:
    for number, row in enumerate([table.columns, *table.rows], start=1):
        for column, cell in enumerate(row, start=1):
            if not _FORMULA.match(cell) or _NUMBER.fullmatch(cell.strip()):
                continue
            if not _NO_FORMULA.fullmatch(cell.strip()):
                place = f"{table.place} row {number}, column {column}".strip()
                yield Finding(file.name, place, clipped(cell), "a spreadsheet would compute it")
