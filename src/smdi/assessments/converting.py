"""Turning the text cells of an export into typed columns of the schema.

Every conversion is a plain function of one text. A batch is converted value by distinct value, so
that a column of a million cells costs as much as its handful of different texts.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from smdi.assessments.mapping import ColumnMapping, ImportMapping
from smdi.assessments.schema import FIRM_COLUMNS, ITEM_PREFIX, PRACTICE_PREFIX
from smdi.assessments.tailoring import BUSINESSES
from smdi.standards import PROCESS_TYPES, maturity_model, practices, regions

Converted = str | int | float | bool | date | None
INT32_MAX = 2**31 - 1
INT16_MAX = 2**15 - 1
GROUPING = str.maketrans("", "", ", ，")


@dataclass(frozen=True)
class Conversion:
    """How one column of the schema is made: from which column, of what type, what it may hold.

    `convert` gives the value of a text, None for null, and raises ValueError for a text that is
    not one; `expected` says what would have been right. `source` is None for a constant.
    """

    name: str
    type: pa.DataType
    source: str | None
    convert: Callable[[str], Converted]
    expected: str
    constant: str = ""

    @property
    def shown(self) -> str:
        """The column to name in a report: the export's own, or the schema's for a constant."""
        return self.source if self.source is not None else self.name

    def apply(self, table: pa.Table) -> tuple[pa.Array, NDArray[np.bool_]]:
        """The typed column, and where a text could not be converted (null there)."""
        if self.source is None:
            texts = pa.repeat(self.constant, table.num_rows)
        else:
            texts = table.column(self.source).combine_chunks()
        encoded = texts.dictionary_encode()
        values, bad = [], []
        for text in encoded.dictionary.to_pylist():
            try:
                values.append(self.convert(text))
                bad.append(False)
            except ValueError:
                values.append(None)
                bad.append(True)
        places = encoded.indices
        typed = pa.array(values, type=self.type).take(places)
        return typed, np.array(bad, dtype=bool)[places.to_numpy()]


def firm_conversions(mapping: ImportMapping) -> list[Conversion]:
    """The conversions of the columns that describe a firm, in the schema's order."""
    types = {column.name: column for column in FIRM_COLUMNS}
    conversions = []
    for name, column in types.items():
        how = mapping.columns[name]
        convert, expected = _firm_conversion(name, how)
        if how.values:
            expected = f"{expected}, written as {_listed(how.values)}"
        conversions.append(
            Conversion(
                name,
                column.type,
                how.column,
                _translated(convert, how.values),
                expected,
                how.constant or "",
            )
        )
    return conversions


def item_conversions(mapping: ImportMapping) -> list[Conversion]:
    """The conversions of the item columns of a wide export."""
    convert, expected = score_conversion(mapping)
    return [
        Conversion(ITEM_PREFIX + item, pa.uint8(), mapping.items.column_of(item), convert, expected)
        for item in maturity_model().items["item_id"]
    ]


def score_conversion(mapping: ImportMapping) -> tuple[Callable[[str], Converted], str]:
    """How the text of an item score becomes tenths, and what a text must be."""
    values = mapping.items.values
    absent = mapping.items.not_applicable
    expected = f"an item score, written as {_listed(values)}"
    return _lookup(values, absent), expected


def practice_conversions(mapping: ImportMapping) -> list[Conversion]:
    """The conversions of the practice columns; what the export does not have is null."""
    how = mapping.practices
    conversions = []
    for name, kind in practices()["kind"].items():
        column = how.columns.get(name)
        if kind == "ratio":
            convert, type_, expected = _share(how.not_asked), pa.float64(), "a percentage"
        else:
            convert, type_ = _lookup(how.values, how.not_asked), pa.bool_()
            expected = f"yes or no, written as {_listed(how.values)}"
        if column is None:
            convert = _nothing
        conversions.append(Conversion(PRACTICE_PREFIX + name, type_, column, convert, expected))
    return conversions


def _firm_conversion(name: str, how: ColumnMapping) -> tuple[Callable[[str], Converted], str]:
    if name in ("province", "city"):
        if how.by == "name":
            return _region(name), f"the name of a {name}"
        return _text, f"the GB/T 2260 code of a {name}"
    if name in BUSINESSES:
        yes_no = {"true": True, "false": False}
        return _lookup(yes_no, ("",)), "true or false"
    conversions: Mapping[str, tuple[Callable[[str], Converted], str]] = {
        "credit_code": (_text, "a credit code"),
        "year": (_whole(INT16_MAX, 1.0), "a year"),
        "submitted_on": (_day(how.formats), f"a day in the form {' or '.join(how.formats)}"),
        "industry": (_industry, "a four-digit class"),
        "process_type": (
            _lookup({name: name for name in PROCESS_TYPES}, ("",)),
            " or ".join(PROCESS_TYPES),
        ),
        "employees": (_whole(INT32_MAX, how.multiply), "a whole number of persons"),
        "revenue": (_number(how.multiply), "a number"),
    }
    return conversions[name]


def _translated(
    convert: Callable[[str], Converted], values: Mapping[str, str]
) -> Callable[[str], Converted]:
    return (lambda text: convert(values.get(text, text))) if values else convert


def _lookup(values: Mapping[str, Converted], absent: tuple[str, ...]) -> Callable[[str], Converted]:
    def convert(text: str) -> Converted:
        if text in values:
            return values[text]
        if text in absent:
            return None
        raise ValueError(text)

    return convert


def _text(text: str) -> Converted:
    return text or None


def _nothing(_: str) -> Converted:
    return None


def _industry(text: str) -> Converted:
    """GB/T 4754 writes classes with the letter of their section: C3812."""
    return text.removeprefix("C") or None


def _number(multiply: float) -> Callable[[str], Converted]:
    factor = Decimal(str(multiply))

    def convert(text: str) -> Converted:
        if not text:
            return None
        try:
            # Decimal, so that 元 become 万元 without a stray last digit.
            value = float(Decimal(text.translate(GROUPING)) * factor)
        except InvalidOperation:
            raise ValueError(text) from None
        if not math.isfinite(value):
            raise ValueError(text)
        return value

    return convert


def _whole(largest: int, multiply: float) -> Callable[[str], Converted]:
    number = _number(multiply)

    def convert(text: str) -> Converted:
        value = number(text)
        if value is None:
            return None
        if value != int(value) or abs(value) > largest:
            raise ValueError(text)
        return int(value)

    return convert


def _share(absent: tuple[str, ...]) -> Callable[[str], Converted]:
    number = _number(1.0)
    return lambda text: None if text in absent else number(text.removesuffix("%"))


def _day(formats: tuple[str, ...]) -> Callable[[str], Converted]:
    def convert(text: str) -> Converted:
        if not text:
            return None
        for form in formats:
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
        raise ValueError(text)

    return convert


def _region(kind: str) -> Callable[[str], Converted]:
    """Codes by full or short name; a name that two units of the kind share has no code.

    Full names come before short ones, which are shared more often.
    """
    table = regions()
    table = table[(table["kind"] == "province") == (kind == "province")]
    known: dict[str, Converted] = {}
    for column in ("short_zh", "name_zh"):
        names = pd.Series(table.index, index=table[column])
        known.update(names[~names.index.duplicated(keep=False)].to_dict())
    return _lookup(known, ("",))


def _listed(values: Mapping[str, object]) -> str:
    return ", ".join(values)
