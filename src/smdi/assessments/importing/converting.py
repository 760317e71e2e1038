"""Turning the text cells of an export into typed columns of the schema.

Every conversion is a plain function of the texts of one row. A batch is converted value by distinct
value, so that a column of a million cells costs as much as its handful of different texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from smdi.assessments.mapping.model import ColumnMapping, ImportMapping
from smdi.assessments.mapping.vocabulary import TYPE_NAMES, YES_NO
from smdi.assessments.problems import ProblemLog
from smdi.assessments.schema import FIRM_COLUMNS, ITEM_PREFIX, PRACTICE_PREFIX
from smdi.assessments.values import CellError, numbers, plain
from smdi.assessments.values.codes import credit_code_of
from smdi.assessments.values.dates import day_of
from smdi.assessments.values.industries import industry_of
from smdi.assessments.values.regions import city_of, province_of
from smdi.assessments.values.texts import canonical, nearest_of
from smdi.standards import BUSINESSES, PROCESS_TYPES, maturity_model, practices

Converted = str | int | float | bool | date | None
Convert = Callable[..., Converted]
INT32_MAX = 2**31 - 1
PARTED = "\x1f"


@dataclass(frozen=True)
class Made:
    """A converted column: its values, and for each row which of the distinct texts it had."""

    values: pa.Array
    distinct: NDArray[np.int64]
    errors: list[CellError | None]

    @property
    def bad(self) -> NDArray[np.bool_]:
        """Return where a text could not be converted; null stands there."""
        failed = np.array([error is not None for error in self.errors], dtype=bool)
        return failed[self.distinct] if len(failed) else np.zeros(len(self.distinct), dtype=bool)

    def log(
        self, log: ProblemLog, rows: NDArray[np.int64], column: str, cells: Callable[[int], object]
    ) -> None:
        """Note the texts that could not be converted, by what was expected of them."""
        for expected in dict.fromkeys(error.expected for error in self.errors if error):
            of_kind = np.array([bool(e) and e.expected == expected for e in self.errors])  # type: ignore[union-attr]
            log.add_rows(
                of_kind[self.distinct], rows, column, cells, expected,
                nearest=lambda index: getattr(self.errors[self.distinct[index]], "nearest", None),
            )  # fmt: skip


@dataclass(frozen=True)
class Conversion:
    """How one column of the schema is made: from which columns, of what type, what it may hold.

    `convert` takes the texts of `sources` (or the constants) in order, gives the value, None for
    null, and raises CellError for a text that is none. `column` is the source to name in a report.
    """

    name: str
    type: pa.DataType
    sources: tuple[str | None, ...]
    convert: Convert
    constants: tuple[str, ...] = ("",)

    @property
    def column(self) -> str | None:
        """Return the export's heading, None for a constant."""
        return self.sources[-1]

    @property
    def shown(self) -> str:
        """Return the column to name in a report: the export's own, or the schema's."""
        return self.column if self.column is not None else self.name

    def apply(self, table: pa.Table) -> Made:
        """Convert the texts of a table."""
        texts = [
            pa.repeat(pa.scalar(constant, pa.string()), table.num_rows)
            if source is None
            else table.column(source).combine_chunks()
            for source, constant in zip(self.sources, self.constants, strict=True)
        ]
        one = texts[0] if len(texts) == 1 else pc.binary_join_element_wise(*texts, PARTED)
        encoded = one.dictionary_encode()
        values: list[Converted] = []
        errors: list[CellError | None] = []
        for text in encoded.dictionary.to_pylist():
            try:
                values.append(self.convert(*text.split(PARTED, 1)) if len(texts) > 1
                              else self.convert(text))  # fmt: skip
                errors.append(None)
            except CellError as error:
                values.append(None)
                errors.append(error)
        places = encoded.indices
        made = pa.array(values, type=self.type).take(places)
        return Made(made, np.asarray(places, dtype=np.int64), errors)

    def cells(self, table: pa.Table) -> Callable[[int], object]:
        """Return what stands in the export's column at an index, or the constant."""
        if self.column is None:
            return lambda _: self.constants[-1]
        cells = table.column(self.column)
        return lambda index: cells[index].as_py() or "(empty)"


def firm_conversions(mapping: ImportMapping) -> list[Conversion]:
    """Return the conversions of the columns that describe a firm, in the schema's order."""
    conversions = []
    for column in FIRM_COLUMNS:
        how = mapping.columns[column.name]
        convert = _translated(_firm_conversion(column.name, how), how.values)
        sources: tuple[str | None, ...] = (how.column,)
        constants: tuple[str, ...] = (how.constant or "",)
        if column.name == "city":
            province = mapping.columns["province"]
            convert = _city(province, how)
            sources = (province.column, how.column)
            constants = (province.constant or "", how.constant or "")
        conversions.append(Conversion(column.name, column.type, sources, convert, constants))
    return conversions


def item_conversions(mapping: ImportMapping) -> list[Conversion]:
    """Return the conversions of the item columns of a wide export."""
    convert = score_conversion(mapping)
    return [
        Conversion(ITEM_PREFIX + item, pa.uint8(), (mapping.items.column_of(item),), convert)
        for item in maturity_model().items["item_id"]
    ]


def score_conversion(mapping: ImportMapping) -> Convert:
    """Return how the text of an item score becomes tenths."""
    values = mapping.items.values
    expected = f"an item score, written as {_listed(values)}"
    return lookup(values, mapping.items.not_applicable, expected)


def practice_conversions(mapping: ImportMapping) -> list[Conversion]:
    """Return the conversions of the practice columns; what the export does not have is null."""
    how = mapping.practices
    share = lookup(how.values, how.not_asked, f"yes or no, written as {_listed(how.values)}")
    ratio = _ratio(how.not_asked, how.ratio_unit == "fraction")
    conversions = []
    for name, kind in practices()["kind"].items():
        column = how.columns.get(str(name))
        made = pa.float64() if kind == "ratio" else pa.bool_()
        convert: Convert = ratio if kind == "ratio" else share
        if column is None:
            convert = _nothing
        conversions.append(Conversion(f"{PRACTICE_PREFIX}{name}", made, (column,), convert))
    return conversions


def without_business(
    made: dict[str, pa.Array], table: pa.Table, mapping: ImportMapping
) -> dict[str, pa.Array]:
    """Return the practices that are empty for want of their business as null.

    Where a mapping reads an empty cell as no, it is one only of firms that were asked.
    """
    if "" not in {canonical(text) for text in mapping.practices.values}:
        return {}
    changed: dict[str, pa.Array] = {}
    for name, base in practices()["base"].items():
        heading, column = mapping.practices.columns.get(str(name)), f"{PRACTICE_PREFIX}{name}"
        if base == "all" or heading is None:
            continue
        empty = pc.equal(pc.utf8_trim_whitespace(table.column(heading).combine_chunks()), "")
        absent = pc.fill_null(pc.invert(made[base]), False)
        nothing = pa.scalar(None, made[column].type)
        changed[column] = pc.if_else(pc.and_(empty, absent), nothing, made[column])
    return changed


def _firm_conversion(name: str, how: ColumnMapping) -> Convert:
    if name in BUSINESSES:
        known = {"true": True, "false": False} if how.values else YES_NO
        return lookup(known, ("",), f"yes or no, written as {_listed(how.values or ('是', '否'))}")
    if name == "process_type":
        written = f", written as {_listed(how.values)}" if how.values else ""
        return lookup(TYPE_NAMES, ("",), f"{' or '.join(PROCESS_TYPES)}{written}")
    conversions: Mapping[str, Convert] = {
        "credit_code": credit_code_of,
        "year": numbers.whole_year,
        "submitted_on": lambda text: day_of(text, how.formats),
        "province": province_of,
        "city": city_of,
        "industry": industry_of,
        "employees": _whole(how.factor),
        "revenue": _revenue(how),
    }
    return conversions[name]


def _translated(convert: Convert, values: Mapping[str, str]) -> Convert:
    """Return a conversion that translates the texts of `values` first."""
    if not values:
        return convert
    known = {canonical(text): value for text, value in values.items()}
    return lambda text: convert(known.get(canonical(text), text))


def _city(province: ColumnMapping, city: ColumnMapping) -> Convert:
    """Return a conversion of the texts of province and city: a city is found in its province."""
    of_province = _translated(lambda text: text, province.values)
    of_city = _translated(lambda text: text, city.values)
    return lambda before, text: city_of(str(of_province(before)), str(of_city(text)))


def lookup(values: Mapping[str, Converted], absent: Sequence[str], expected: str) -> Convert:
    """Return a conversion of the texts in `values`; those in `absent` are null."""
    known = {canonical(text): value for text, value in values.items()}
    missing = {canonical(text) for text in absent}

    def convert(text: str) -> Converted:
        key = canonical(text)
        if key in known:
            return known[key]
        if key in missing:
            return None
        raise CellError(expected, lambda: nearest_of(text, values))

    return convert


def _nothing(_: str) -> Converted:
    return None


def _whole(factor: Decimal) -> Convert:
    expected = "a whole number of persons"
    read = numbers.quantity(numbers.PERSON_UNITS, "人", None, factor, expected)

    def convert(text: str) -> Converted:
        value = read(text)
        if value is None:
            return None
        if value != value.to_integral_value() or abs(value) > INT32_MAX:
            raise CellError(expected)
        return int(value)

    return convert


def _revenue(how: ColumnMapping) -> Convert:
    unit = how.unit or _unit_of(how.factor)
    read = numbers.quantity(numbers.MONEY_UNITS, "万元", unit, how.factor, "an amount of money")

    def convert(text: str) -> Converted:
        value = read(text)
        # Decimal until here, so that 元 become 万元 without a stray last digit.
        return None if value is None else float(value)

    return convert


def _unit_of(factor: Decimal) -> str | None:
    """Return the unit that a factor into 万元 stands for."""
    into = numbers.MONEY_UNITS["万元"]
    return next((unit for unit, yuan in numbers.MONEY_UNITS.items() if yuan / into == factor), None)


def _ratio(absent: Sequence[str], fraction: bool) -> Convert:
    missing = {canonical(text) for text in absent}
    read = numbers.percentage(fraction, "a percentage")

    def convert(text: str) -> Converted:
        if canonical(text) in missing:
            return None
        value = read(text)
        return None if value is None else float(value)

    return convert


def _listed(values: Mapping[str, object] | Sequence[str]) -> str:
    return ", ".join(plain(text) or "(empty)" for text in values)
