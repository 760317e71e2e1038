"""What must hold within a batch of assessments, whichever way it came.

Each check looks at whole columns and names the rows at fault. Nulls are reported by `check_nulls`
alone; a check whose columns are not there is left out, since the missing column is a fault of its
own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from smdi.assessments import credit_codes
from smdi.assessments.problems import ProblemLog
from smdi.assessments.schema import (
    FIRM_COLUMNS,
    PRACTICE_PREFIX,
    item_columns,
)
from smdi.assessments.scorer import NOT_APPLICABLE, Scorer
from smdi.assessments.scoring import item_matrix
from smdi.assessments.tailoring import pattern_codes
from smdi.standards import (
    BUSINESSES,
    PROCESS_TYPES,
    cities,
    classes,
    maturity_model,
    practices,
    provinces,
)

FIRST_YEAR, LAST_YEAR = 2015, 2100
# About four times the largest employer and the largest revenue of any firm in the world.
MOST_EMPLOYEES, MOST_REVENUE = 10_000_000, 2e9
Mask = NDArray[np.bool_]


@dataclass
class Batch:
    """A batch under check.

    `rows` are the row numbers to name, `names` the column names to show where they differ from the
    schema's, `known` the cells already found faulty, which are not reported twice, and `cells` what
    stands in the export at an index of a column, where that is not the value itself.
    """

    table: pa.Table
    rows: NDArray[np.int64]
    log: ProblemLog
    names: Mapping[str, str] = field(default_factory=dict)
    known: Mapping[str, Mask] = field(default_factory=dict)
    cells: Mapping[str, Callable[[int], object]] = field(default_factory=dict)

    def has(self, *columns: str) -> bool:
        """Return whether all these columns are there."""
        return all(name in self.table.column_names for name in columns)

    def report(self, bad: Mask, column: str, expected: str, kind: str | None = None) -> None:
        """Note the rows where `bad` is true, with what stands in `column`."""
        if column in self.known:
            bad = bad & ~self.known[column]
        if bad.any():
            values = self.table.column(column)
            cells = self.cells.get(column, lambda index: values[index].as_py())
            shown = self.names.get(column, column)
            self.log.add_rows(bad, self.rows, shown, cells, expected, kind)

    def objects(self, column: str) -> NDArray[np.object_]:
        """Return a column as Python objects, null as None."""
        return np.array(self.table.column(column).to_pylist(), dtype=object)


def check_batch(batch: Batch) -> None:
    """Run every check whose columns are there."""
    check_nulls(batch)
    for needs, check in (
        (("credit_code",), check_credit_code),
        (("year",), check_year),
        (("year", "submitted_on"), check_submission),
        (("province", "city"), check_region),
        (("industry",), check_industry),
        (("process_type",), check_process_type),
        (("employees", "revenue"), check_size),
        (("process_type", *BUSINESSES), check_items),
        (BUSINESSES, check_practices),
    ):
        if batch.has(*needs):
            check(batch)


def check_nulls(batch: Batch) -> None:
    """Check that columns that describe the firm have a value in every row."""
    for column in FIRM_COLUMNS:
        if batch.has(column.name):
            nulls = _mask(pc.is_null(batch.table.column(column.name), nan_is_null=True))
            batch.report(nulls, column.name, f"a value: {column.meaning}")


def check_credit_code(batch: Batch) -> None:
    """Check that codes are real by shape and check character, or visibly fictional."""
    codes = batch.table.column("credit_code").combine_chunks()
    good = credit_codes.is_well_formed(codes) | _mask(codes.is_null())
    fictional = credit_codes.is_simulated(codes)
    batch.report(~good & ~fictional, "credit_code", credit_codes.REAL_SHAPE)
    batch.report(~good & fictional, "credit_code", credit_codes.SIMULATED_SHAPE)


def check_year(batch: Batch) -> None:
    """Check that years are plausible."""
    year = _numbers(batch, "year")
    bad = (year < FIRST_YEAR) | (year > LAST_YEAR)
    batch.report(bad, "year", f"a year from {FIRST_YEAR} to {LAST_YEAR}")


def check_submission(batch: Batch) -> None:
    """Check that an answer is submitted in the year of the assessment or the one after."""
    submitted = _numbers_of(pc.year(batch.table.column("submitted_on")))
    late = submitted - _numbers(batch, "year")
    bad = (late < 0) | (late > 1)
    batch.report(bad, "submitted_on", "a day in the year of the assessment or the year after")


def check_region(batch: Batch) -> None:
    """Check that province and city are in the standards, the city inside the province."""
    city_parents = cities()["parent"]
    provinces_given, cities_given = batch.objects("province"), batch.objects("city")
    unknown_province = _unknown(provinces_given, provinces().index)
    unknown_city = _unknown(cities_given, city_parents.index)
    batch.report(unknown_province, "province", "the GB/T 2260 code of a province")
    batch.report(unknown_city, "city", "the GB/T 2260 code of a city of the standards")
    parents = pd.Series(cities_given).map(city_parents).to_numpy(dtype=object)
    given = pd.notna(provinces_given) & pd.notna(cities_given)
    astray = given & ~unknown_province & ~unknown_city & (parents != provinces_given)
    batch.report(astray, "city", "a city inside the province of the row")


def check_industry(batch: Batch) -> None:
    """Check that industries are four-digit classes of the standards."""
    bad = _unknown(batch.objects("industry"), classes().index)
    batch.report(bad, "industry", "a four-digit manufacturing class of GB/T 4754-2017")


def check_process_type(batch: Batch) -> None:
    """Check that process types are known."""
    bad = _unknown(batch.objects("process_type"), pd.Index(PROCESS_TYPES))
    batch.report(bad, "process_type", " or ".join(PROCESS_TYPES))


def check_size(batch: Batch) -> None:
    """Check that persons and revenue are finite, not negative and no more than any firm has."""
    employees, revenue = _numbers(batch, "employees"), _numbers(batch, "revenue")
    bad = (employees < 0) | (employees > MOST_EMPLOYEES)
    batch.report(bad, "employees", f"0 persons or more, and no more than {MOST_EMPLOYEES:,}")
    bad = (revenue < 0) | (revenue > MOST_REVENUE)
    batch.report(bad, "revenue", f"0 万元 or more, and no more than {MOST_REVENUE:,.0f} 万元")


def check_items(batch: Batch) -> None:
    """Check that items have one of the four scores where they apply, and nothing elsewhere."""
    catalogue = {column.name: place for place, column in enumerate(item_columns())}
    names = [name for name in batch.table.column_names if name in catalogue]
    scores = item_matrix(batch.table, names)
    tenths = [score.tenths for score in maturity_model().item_scores]
    known = np.isin(scores, [*tenths, NOT_APPLICABLE])
    scored = scores != NOT_APPLICABLE
    applies, decided = _applicability(batch)
    applies = applies[:, [catalogue[name] for name in names]]
    decided = decided[:, None]
    allowed = ", ".join(str(value) for value in sorted(tenths, reverse=True))
    for bad, expected in (
        (~known, f"a score in tenths: one of {allowed}"),
        (decided & applies & ~scored, "a score, because the item applies to this firm"),
        (
            decided & ~applies & scored,
            "no score, because this firm has no such business or its process type no such item",
        ),
    ):
        for place in np.flatnonzero(bad.any(axis=0)):
            batch.report(bad[:, place], names[place], expected, kind="items")


def check_practices(batch: Batch) -> None:
    """Check that ratios lie in 0…100 and nothing is answered about a business that is absent."""
    catalogue = practices()
    for name, kind, base in zip(catalogue.index, catalogue["kind"], catalogue["base"], strict=True):
        column = PRACTICE_PREFIX + name
        if not batch.has(column):
            continue
        cells = batch.table.column(column)
        if kind == "ratio":
            values = _numbers(batch, column)
            bad = (values < 0) | (values > 100) | _mask(pc.is_nan(cells))
            batch.report(bad, column, "a percentage from 0 to 100")
        if base != "all":
            absent = _mask(pc.equal(batch.table.column(base), False))
            expected = f"no answer, because this firm has no {base} business"
            batch.report(absent & ~_mask(cells.is_null()), column, expected)


def _applicability(batch: Batch) -> tuple[Mask, Mask]:
    """Return which items apply to each firm, and for which firms that can be said."""
    types = batch.objects("process_type")
    decided = np.isin(types.astype(str), PROCESS_TYPES)
    parts: dict[str, NDArray[Any]] = {"process_type": np.where(decided, types, PROCESS_TYPES[0])}
    for business in BUSINESSES:
        column = batch.table.column(business)
        decided &= ~_mask(column.is_null())
        parts[business] = _mask(column)
    return Scorer().applicable(pattern_codes(parts)), decided


def _mask(booleans: pa.ChunkedArray | pa.Array) -> Mask:
    """Return Arrow booleans as numpy, null as false."""
    return np.asarray(pc.fill_null(booleans, False), dtype=bool)


def _numbers(batch: Batch, column: str) -> NDArray[np.float64]:
    return _numbers_of(batch.table.column(column))


def _numbers_of(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """Return numbers as float64, null as NaN, which no comparison finds at fault."""
    return np.asarray(pc.cast(column, pa.float64()).to_numpy(), dtype=np.float64)


def _unknown(values: NDArray[np.object_], known: pd.Index) -> Mask:
    given = pd.Series(values, dtype=object)
    return (given.notna() & ~given.isin(set(known))).to_numpy()
