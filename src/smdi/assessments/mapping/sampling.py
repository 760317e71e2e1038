"""The columns of an export whose layout nobody has told: headings, and some of their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from smdi.assessments.reading.headers import Header, guess
from smdi.assessments.reading.source import open_sheets
from smdi.assessments.values import squeezed
from smdi.errors import InputErrors, Problem

ROWS = 2_000
TOTALS = ("合计", "总计", "小计", "注", "备注", "说明")


@dataclass(frozen=True)
class SampledColumn:
    """A column: the heading a mapping would name it by, and the different texts of its sample.

    `texts` are in order of appearance, the empty one among them where a cell is empty; `cells` are
    all the texts of the sample, row by row.
    """

    heading: str
    cells: tuple[str, ...]

    @property
    def texts(self) -> list[str]:
        """Return the different texts of the sample."""
        return list(dict.fromkeys(self.cells))

    @property
    def filled(self) -> list[str]:
        """Return the different texts that are not empty."""
        return [text for text in self.texts if text]


@dataclass(frozen=True)
class SampledSheet:
    """A sheet with a header: its name, the titles above the header, and its columns."""

    path: Path
    name: str
    how: str
    titles: str
    columns: list[SampledColumn]


def sampled_sheets(
    paths: Sequence[Path], encoding: str = "auto"
) -> tuple[list[SampledSheet], list[str]]:
    """Return the sheets that have a header and rows, and the names of the others."""
    found: list[SampledSheet] = []
    others: list[str] = []
    for path in paths:
        for sheet in open_sheets(path, encoding):
            header = guess(sheet.head)
            if header is None:
                others.append(sheet.name or str(path))
                continue
            titles = " ".join(cell for row in sheet.head[: header.first - 1] for cell in row)
            rows: list[list[str]] = [[] for _ in header.names]
            for table, _ in sheet.batches(range(len(header.names)), header.last):
                for place in range(len(header.names)):
                    cells = table.column(str(place)).slice(0, ROWS).to_pylist()
                    rows[place] += [cell.strip() for cell in cells]
                break
            keep = [n for n, row in enumerate(zip(*rows, strict=True)) if _is_answer(row)]
            columns = [
                SampledColumn(heading, tuple(rows[place][n] for n in keep))
                for place, heading in _headings(header)
            ]
            found.append(SampledSheet(path, sheet.name, sheet.how, titles, columns))
    if not found:
        expected = "a table with a row of headings and rows below it"
        raise InputErrors([Problem(str(paths[0]), None, None, None, expected)])
    return found, others


def _headings(header: Header) -> list[tuple[int, str]]:
    """Return the columns with a heading that names them alone, the lowest one if it does."""
    made = []
    for place, (lowest, name) in enumerate(zip(header.lowest, header.names, strict=True)):
        for heading in (lowest, name):
            if heading and header.places_of(heading) == [place]:
                made.append((place, heading))
                break
    return made


def _is_answer(row: tuple[str, ...]) -> bool:
    """Return whether a row of a sample is no blank row, total or note."""
    filled = [cell for cell in row if cell]
    if not filled or len(filled) < 0.2 * len(row):
        return False
    return not any(squeezed(cell).startswith(TOTALS) for cell in row[:3])
