"""Whether an edition fits its data and its facts, asked before anything runs.

A build of an edition that does not would end well and say what is false: a growth over two years as
one of a year, last year's numbers as this year's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from smdi.edition import EDITIONS, Edition
from smdi.errors import Problem
from smdi.published import read_facts
from smdi.standards import divisions, national_level_shares
from smdi.standards.scope import region_code, scope_name

_YEAR = re.compile(r"20\d\d")


def faults(edition: Edition) -> list[Problem]:
    """List all in which an edition departs from its data, its facts and itself.

    InputErrors when assessments or facts cannot be read.
    """
    file = str(EDITIONS / f"{edition.base or edition.id}.yaml")
    return [
        *_title_and_date(file, edition),
        *_facts(file, edition),
        *_years(file, edition, years_of(edition)),
        *_scope(file, edition),
    ]


def years_of(edition: Edition) -> dict[int, int]:
    """Return the years of an edition's assessments, with the number of assessments in each.

    Of firms that are still to be drawn it is the years of the facts that they shall keep, and those
    before of which the standards have the nation's shares; without a number (0).
    """
    if edition.assessments is not None:
        column = pq.read_table(edition.assessments, columns=["year"])["year"]
        counted = pc.value_counts(column).to_pylist()
        return {int(one["values"]): int(one["counts"]) for one in counted}
    if edition.facts_to_keep is None:
        return {}
    printed = read_facts(edition.facts_to_keep)["year"]
    known = national_level_shares()["year"]
    return dict.fromkeys(map(int, {*printed, *known[known < printed.max()]}), 0)


def _title_and_date(file: str, edition: Edition) -> Iterator[Problem]:
    named = _YEAR.findall(edition.title)
    if named and str(edition.year) not in named:
        expected = f"a title that names the year of the edition, {edition.year}"
        yield Problem(file, None, "title", edition.title, expected)
    if edition.data_date.year < edition.year:
        expected = f"a day in {edition.year} or later, to which the data reach"
        yield Problem(file, None, "data_date", str(edition.data_date), expected)


def _facts(file: str, edition: Edition) -> Iterator[Problem]:
    """Refuse facts of a report of another year."""
    for key in ("targets", "published"):
        path = getattr(edition, key)
        if path is None or (key == "targets" and not edition.simulated):
            continue
        newest = int(read_facts(path)["year"].max())
        if newest != edition.year:
            expected = f"facts of the report of {edition.year}; these are of {newest}"
            yield Problem(file, None, key, str(path), expected)


def _years(file: str, edition: Edition, there: dict[int, int]) -> Iterator[Problem]:
    if not there:
        return
    told = ", ".join(map(str, sorted(there)))
    source = "assessments" if edition.assessments else "facts to draw firms from"
    keys = {
        "year": (edition.year, "the year of the report"),
        "baseline_year": (edition.baseline_year, "the year that it is compared with"),
        "first_year": (edition.first_year, "the first year that it shows"),
    }
    for key, (year, meaning) in keys.items():
        if year not in there:
            expected = f"{meaning}, of which there are {source}: {told}"
            yield Problem(file, None, key, year, expected)
    between = set(range(edition.first_year, edition.year)) - {y for y, _ in keys.values()}
    for year in sorted(between - set(there)):
        expected = f"{source} of {year} too, as of each year from first_year on; there are {told}"
        yield Problem(file, None, "first_year", edition.first_year, expected)


def _scope(file: str, edition: Edition) -> Iterator[Problem]:
    """Refuse a scope without a single firm in the year of the report."""
    scope = edition.scope.given
    if edition.assessments is None or not scope:
        return
    if not _firms_in(edition.assessments, edition.year, scope):
        expected = f"a scope with firms in the assessments of {edition.year}"
        yield Problem(file, None, "scope", scope_name(scope), expected)


def _firms_in(assessments: Path, year: int, scope: dict[str, str]) -> int:
    """Count assessments of a year in a scope; the size class, which scoring finds, is left open."""
    names = ["year", "province", "city", "industry", "process_type"]
    table = pq.read_table(assessments, columns=names)
    chosen = pc.equal(table["year"], year)
    for name in ("province", "city"):
        if name in scope:
            chosen = pc.and_(chosen, pc.equal(table[name], region_code(scope[name])))
    if "type" in scope:
        chosen = pc.and_(chosen, pc.equal(table["process_type"], scope["type"]))
    codes = divisions()["sector"]
    wanted = [scope["industry"]] if "industry" in scope else None
    if "sector" in scope:
        wanted = [str(code) for code in codes.index[codes == scope["sector"]]]
    if wanted is not None:
        division = pc.utf8_slice_codeunits(table["industry"], 0, 2)
        chosen = pc.and_(chosen, pc.is_in(division, value_set=pa.array(wanted, pa.string())))
    return int(pc.sum(chosen).as_py() or 0)
