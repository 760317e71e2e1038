"""The model of a mapping: from the columns of an export to those of the schema.

No public layout of the platform's export is known, so none is built in but that of our own
template; data/import-mapping.example.yaml shows every key.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from smdi.assessments.schema import FIRM_COLUMNS
from smdi.assessments.values import squeezed
from smdi.assessments.values.numbers import MONEY_UNITS
from smdi.standards import maturity_model, practices

LongColumn = Literal["credit_code", "year", "submitted_on", "item_id", "score"]
LONG_COLUMNS: tuple[LongColumn, ...] = ("credit_code", "year", "item_id", "score")
MoneyUnit = Literal["元", "千元", "万元", "百万元", "千万元", "亿元"]
assert set(get_args(MoneyUnit)) == set(MONEY_UNITS)


def _as_text(value: object) -> object:
    """Return a bare 0.8, 2021 or true of the YAML as text: in an export all cells are text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


Text = Annotated[str, BeforeValidator(_as_text)]
Multiplier = Annotated[float, Field(gt=0, allow_inf_nan=False)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnMapping(_Strict):
    """Where one column of the schema comes from.

    Either `column`, a column of the export, or `constant`, the same text for every row. `values`
    translates cells before anything else; `formats` are those of a date that come before the usual
    ones; `unit` is that of a revenue column; `multiply` brings any other number into the schema's
    unit. `by` is read for the sake of older mappings: regions are found by name and code alike.
    """

    column: Text | None = None
    constant: Text | None = None
    values: dict[Text, Text] = Field(default_factory=dict)
    by: Literal["code", "name"] = "name"
    formats: tuple[str, ...] = ()
    unit: MoneyUnit | None = None
    multiply: Multiplier = 1.0

    @model_validator(mode="after")
    def _one_origin(self) -> ColumnMapping:
        if (self.column is None) == (self.constant is None):
            raise ValueError("give either column or constant")
        for form in self.formats:
            try:
                told = datetime.strptime(datetime(2021, 11, 25).strftime(form), form)
            except ValueError:
                told = None
            if told != datetime(2021, 11, 25):
                raise ValueError(f"formats: {form!r} does not give year, month and day")
        if self.unit is not None and self.multiply != 1.0:
            raise ValueError("give either unit or multiply")
        return self

    @property
    def factor(self) -> Decimal:
        """Return the multiplier as the decimal that was written."""
        return Decimal(str(self.multiply))


class ItemMapping(_Strict):
    """Where the item scores come from.

    `wide`: a column an item, named by `template` ({item_id} stands for the id) or one by one in
    `columns`. `long`: a row for a firm, year and item, in a file of its own or in the export;
    `long_columns` names its columns, `submitted_on` only where a firm may appear there with several
    answers. `values` gives the tenths (10, 8, 5, 0) of each way to write a score; the texts in
    `not_applicable` mean that the item does not apply.
    """

    layout: Literal["wide", "long"] = "wide"
    template: str = "{item_id}"
    columns: dict[str, Text] = Field(default_factory=dict)
    long_columns: dict[LongColumn, Text] = Field(
        default_factory=lambda: {name: str(name) for name in LONG_COLUMNS}
    )
    values: dict[Text, Literal[10, 8, 5, 0]]
    not_applicable: tuple[Text, ...] = ("",)

    @model_validator(mode="after")
    def _complete(self) -> ItemMapping:
        missing = set(LONG_COLUMNS) - set(self.long_columns)
        if missing:
            raise ValueError(f"long_columns lacks {', '.join(sorted(missing))}")
        unknown = set(self.columns) - set(maturity_model().items["item_id"])
        if unknown:
            raise ValueError(f"items that the catalogue lacks: {', '.join(sorted(unknown))}")
        if re.findall(r"[{}]", self.template.replace("{item_id}", "", 1)):
            raise ValueError("template: {item_id} once, and no other brace")
        if self.layout == "wide" and "{item_id}" not in self.template and len(self.columns) < len(
            maturity_model().items
        ):  # fmt: skip
            raise ValueError("template: {item_id} must stand in it")
        _refuse_twice({item: self.column_of(item) for item in self.columns})
        _refuse_contradiction(self.values, self.not_applicable, "not_applicable")
        return self

    def column_of(self, item: str) -> str:
        """Return the export's column of an item in the wide layout."""
        return self.columns.get(item, self.template.replace("{item_id}", item))


class PracticeMapping(_Strict):
    """Columns of the practices (those left out are not asked) and how yes and no are written.

    `ratio_unit` says what a bare number in a column of ratios is: a percentage (63.2) or a fraction
    (0.632).
    """

    columns: dict[str, Text] = Field(default_factory=dict)
    values: dict[Text, bool] = Field(default_factory=lambda: {"是": True, "否": False})
    not_asked: tuple[Text, ...] = ("",)
    ratio_unit: Literal["percent", "fraction"] = "percent"

    @model_validator(mode="after")
    def _known(self) -> PracticeMapping:
        unknown = set(self.columns) - set(practices().index)
        if unknown:
            raise ValueError(f"practices that the catalogue lacks: {', '.join(sorted(unknown))}")
        _refuse_twice(self.columns)
        _refuse_contradiction(self.values, self.not_asked, "not_asked")
        return self


class ImportMapping(_Strict):
    """The whole mapping file.

    `encoding` and `delimiter` are found when `auto`; a given delimiter is tried first. `sheets`
    names the sheets of a workbook to read; without it those with the mapped headings are read.
    `columns` has one entry for each firm column.
    """

    encoding: Literal["auto", "utf-8", "utf-16", "gb18030", "big5"] = "auto"
    delimiter: Annotated[str, Field(pattern="^(auto|.|\t)$")] = "auto"
    sheets: tuple[Text, ...] = ()
    columns: dict[str, ColumnMapping]
    items: ItemMapping
    practices: PracticeMapping = Field(default_factory=lambda: PracticeMapping())

    @model_validator(mode="after")
    def _all_columns(self) -> ImportMapping:
        known = {column.name for column in FIRM_COLUMNS}
        missing, unknown = known - set(self.columns), set(self.columns) - known
        faults = [f"lacks {name}" for name in sorted(missing)]
        faults += [f"{name} is no column of the schema" for name in sorted(unknown)]
        if faults:
            raise ValueError(f"columns: {'; '.join(faults)}")
        if self.columns["credit_code"].constant is not None:
            raise ValueError("columns: credit_code needs a column, for each firm has its own")
        if any(how.unit for name, how in self.columns.items() if name != "revenue"):
            raise ValueError("columns: unit is for revenue alone")
        return self

    @property
    def firm_headings(self) -> list[str]:
        """Return the headings of the columns of firms and practices, each once."""
        named = [how.column for how in self.columns.values() if how.column is not None]
        return list(dict.fromkeys([*named, *self.practices.columns.values()]))

    @property
    def headings(self) -> list[str]:
        """Return the headings the export must have: of firms, practices and, if wide, items."""
        if self.items.layout == "long":
            return self.firm_headings
        items = (self.items.column_of(item) for item in maturity_model().items["item_id"])
        return list(dict.fromkeys([*self.firm_headings, *items]))


def _refuse_twice(columns: dict[str, str]) -> None:
    counts = Counter(squeezed(heading) for heading in columns.values())
    twice = [name for name, heading in columns.items() if counts[squeezed(heading)] > 1]
    if twice:
        raise ValueError(f"a column of its own for each of {', '.join(sorted(twice))}")


def _refuse_contradiction(
    values: dict[str, bool] | dict[str, Literal[10, 8, 5, 0]], absent: tuple[str, ...], key: str
) -> None:
    both = [text for text in absent if text in values]
    if both:
        shown = ", ".join(repr(text) for text in both)
        raise ValueError(f"{shown} in `values` or in `{key}`, and not in both")
