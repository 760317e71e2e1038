"""How an editor's export is laid out: the YAML mapping from its columns to those of the schema.

No public layout of the platform's export is known, so none is built in; the file
data/import-mapping.example.yaml shows every key. Faults of a mapping are reported with their place.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from smdi.assessments.schema import FIRM_COLUMNS
from smdi.errors import InputErrors, Problem
from smdi.standards import maturity_model, practices


def _as_text(value: object) -> object:
    """YAML reads a bare 0.8, 2021 or true as no text; in an export all cells are text."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int | float) else value


Text = Annotated[str, BeforeValidator(_as_text)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnMapping(_Strict):
    """Where one column of the schema comes from.

    Either `column`, a column of the export, or `constant`, the same text for every row. `values`
    translates cells before anything else, `by: name` looks a region up by its name in place of its
    code, `formats` are those of a date, `multiply` brings a number into the schema's unit.
    """

    column: Text | None = None
    constant: Text | None = None
    values: dict[Text, Text] = Field(default_factory=dict)
    by: Literal["code", "name"] = "code"
    formats: tuple[str, ...] = ("%Y-%m-%d", "%Y/%m/%d", "%Y-%m-%d %H:%M:%S")
    multiply: float = 1.0

    @model_validator(mode="after")
    def _one_origin(self) -> ColumnMapping:
        if (self.column is None) == (self.constant is None):
            raise ValueError("give either column or constant")
        return self


class ItemMapping(_Strict):
    """Where the item scores come from.

    `wide`: a column an item, named by `template` ({item_id} stands for the id) or one by one in
    `columns`. `long`: a file of its own, one row for a firm, year and item; `long_columns` names
    its columns, `submitted_on` only where a firm may appear there with several answers. `values`
    gives the tenths (10, 8, 5, 0) of each way to write a score; the texts in `not_applicable` mean
    that the item does not apply.
    """

    layout: Literal["wide", "long"] = "wide"
    template: str = "{item_id}"
    columns: dict[str, Text] = Field(default_factory=dict)
    long_columns: dict[Literal["credit_code", "year", "submitted_on", "item_id", "score"], Text] = (
        Field(default_factory=lambda: {k: k for k in ("credit_code", "year", "item_id", "score")})
    )
    values: dict[Text, Literal[10, 8, 5, 0]]
    not_applicable: tuple[Text, ...] = ("",)

    @model_validator(mode="after")
    def _complete(self) -> ItemMapping:
        missing = {"credit_code", "year", "item_id", "score"} - set(self.long_columns)
        if missing:
            raise ValueError(f"long_columns lacks {', '.join(sorted(missing))}")
        unknown = set(self.columns) - set(maturity_model().items["item_id"])
        if unknown:
            raise ValueError(f"items that the catalogue lacks: {', '.join(sorted(unknown))}")
        return self

    def column_of(self, item: str) -> str:
        """The export's column of an item in the wide layout."""
        return self.columns.get(item, self.template.format(item_id=item))


class PracticeMapping(_Strict):
    """Columns of the practices (those left out are not asked) and how yes and no are written."""

    columns: dict[str, Text] = Field(default_factory=dict)
    values: dict[Text, bool] = Field(default_factory=lambda: {"是": True, "否": False})
    not_asked: tuple[Text, ...] = ("",)

    @model_validator(mode="after")
    def _known(self) -> PracticeMapping:
        unknown = set(self.columns) - set(practices().index)
        if unknown:
            raise ValueError(f"practices that the catalogue lacks: {', '.join(sorted(unknown))}")
        return self


class ImportMapping(_Strict):
    """The whole mapping file.

    `encoding`: `auto` tries UTF-8, then GB18030. `columns` has one entry for each firm column.
    """

    encoding: Literal["auto", "utf-8", "gb18030"] = "auto"
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] = ","
    columns: dict[str, ColumnMapping]
    items: ItemMapping
    practices: PracticeMapping = PracticeMapping()

    @model_validator(mode="after")
    def _all_columns(self) -> ImportMapping:
        known = {column.name for column in FIRM_COLUMNS}
        missing, unknown = known - set(self.columns), set(self.columns) - known
        faults = [f"lacks {name}" for name in sorted(missing)]
        faults += [f"{name} is no column of the schema" for name in sorted(unknown)]
        if faults:
            raise ValueError(f"columns: {'; '.join(faults)}")
        return self


def read_mapping(path: Path) -> ImportMapping:
    """Read a mapping file; InputErrors with every fault in it."""
    file = str(path)
    try:
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputErrors([Problem(file, None, None, None, "a mapping file here")]) from None
    except UnicodeDecodeError as error:
        raise InputErrors([Problem(file, None, None, str(error), "UTF-8 text")]) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        row = mark.line + 1 if mark else None
        found = getattr(error, "problem", None) or str(error)
        raise InputErrors([Problem(file, row, None, found, "well-formed YAML")]) from error
    try:
        return ImportMapping.model_validate(content)
    except ValidationError as error:
        raise InputErrors(_mapping_problem(file, fault) for fault in error.errors()) from error


def _mapping_problem(file: str, fault: dict) -> Problem:
    place = ".".join(str(part) for part in fault["loc"]) or None
    shown = fault["input"] if isinstance(fault["input"], str | int | float | bool) else None
    message = "only known keys" if fault["type"] == "extra_forbidden" else fault["msg"]
    return Problem(file, None, place, shown, message.removeprefix("Value error, "))
