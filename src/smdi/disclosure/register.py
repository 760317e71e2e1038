"""The register of releases: which cells of which data are seen already.

    data/releases/<name>.json     what an edition, or a rerun that left the house, has shown

A file names cells and holds a digest of the records of each year, by which the same data are known
again; it holds no value. What it lists of years whose records are the same is seen already, and
later releases are protected beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from smdi.disclosure.pattern import Pattern, read_pattern, write_pattern
from smdi.errors import InputErrors, Problem
from smdi.files import in_project
from smdi.indicators.cells import Cell

RELEASES = Path("data/releases")


def register(name: str, pattern: Pattern, folder: Path | None = None) -> Path:
    """Write down what a release shows; InputErrors where another is registered under its name."""
    path = (folder or in_project(RELEASES)) / f"{name}.json"
    if path.exists() and read_pattern(path) != pattern:
        expected = "a name under which no other release is registered: what is out stays out"
        raise InputErrors([Problem(str(path), None, None, name, expected)])
    write_pattern(path, pattern)
    return path


def seen_already(records: Mapping[str, str], folder: Path | None = None) -> Iterator[Cell]:
    """Yield the cells that registered releases show of the same records, in order.

    `records` are the digests of the data by year. A cell of participants is about all years to its
    own, and one of matched firms about two.
    """
    for path in sorted((folder or in_project(RELEASES)).glob("*.json")):
        pattern = read_pattern(path)
        same = {year for year, digest in pattern.records.items() if records.get(year) == digest}
        for name in sorted(pattern.shown):
            cell = Cell.read(name)
            if cell.kind == "assessed":
                years = {str(cell.year)}
            else:
                years = {year for year in pattern.records if int(year) <= cell.year}
            if years <= same:
                yield cell
