"""What a row of each of the standards' CSV files holds: one model a file.

Only the form of a single row is held here; what several rows or files must say together stands in
`consistency`. The description of a field, or the values its type lists, is what a report of a
faulty cell says was expected.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, ClassVar, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from smdi.errors import Problem
from smdi.standards.terms import Business, LevelClass, ProcessType, Sector, SizeClass

FOLDER = "data/standards"

NodeKind = Literal["element", "domain", "subdomain"]


def _cell(pattern: str) -> BeforeValidator:
    """Hold the whole text of a cell to a pattern, before it is converted."""

    def check(cell: object) -> object:
        if not (isinstance(cell, str) and re.fullmatch(pattern, cell)):
            raise ValueError(pattern)
        return cell

    return BeforeValidator(check)


def _expect(what: str) -> object:
    return Field(description=what)


_EMPTY_IS_NONE = BeforeValidator(lambda cell: cell or None)

Id = Annotated[str, _cell("[a-z0-9_]+"), _expect("an id in lower case")]
Text = Annotated[str, _cell(r"\S(.*\S)?"), _expect("text without blanks around it")]
Whole = Annotated[int, _cell("[0-9]{1,12}"), _expect("a whole number of 0 or more")]
Tenths = Annotated[
    Decimal, _cell(r"[0-9]{1,12}(\.[0-9])?"), _expect("a number with at most one decimal")
]
Flag = Annotated[bool, _cell("true|false"), _expect("true or false")]
LevelNumber = Annotated[int, _cell("[0-5]"), _expect("a level from 0 to 5")]
Division = Annotated[str, _cell("[0-9]{2}"), _expect("a division of two digits")]
RegionCode = Annotated[str, _cell("[1-9][0-9]{5}"), _expect("a region code of six digits")]


def _as_written(value: object) -> object:
    """Return a converted cell as an editor wrote it, as far as Python would say it otherwise."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, Decimal) else value


class Row(BaseModel):
    """A row of one of the files; `line` counts the header as 1.

    `file` is its path in the project; the columns named by `key` are unique together.
    """

    model_config = ConfigDict(frozen=True)
    file: ClassVar[str]
    key: ClassVar[tuple[str, ...]]

    line: int
    source: Text
    confidence: Literal["S", "S2", "M", "assumed"]

    @classmethod
    def columns(cls) -> list[str]:
        """List the columns of the file, in order."""
        own = [name for name in cls.model_fields if name not in Row.model_fields]
        return [*own, "source", "confidence"]

    @classmethod
    def expected(cls, column: str) -> str:
        """Say what a cell of a column must be."""
        field = cls.model_fields[column]
        if field.description:
            return field.description
        return "one of " + ", ".join(value or "(empty)" for value in get_args(field.annotation))

    @classmethod
    def filename(cls) -> str:
        """Return the name of the file without its folder."""
        return cls.file.removeprefix(f"{FOLDER}/")

    @classmethod
    def file_problem(cls, column: str | None, value: object, expected: str) -> Problem:
        """Report a fault of the file as a whole."""
        return Problem(cls.file, None, column, _as_written(value), expected)

    def problem(self, column: str, expected: str) -> Problem:
        """Report that this row's `column` is not what is expected."""
        return Problem(self.file, self.line, column, _as_written(getattr(self, column)), expected)


class NodeRow(Row):
    """A node of the maturity model."""

    key = ("id",)
    id: Id
    name_zh: Text
    name_en: Text


class ElementRow(NodeRow):
    """An element (能力要素)."""

    file = f"{FOLDER}/elements.csv"


class DomainRow(NodeRow):
    """A domain (能力域); a firm without the business of a `tailorable` one leaves it out."""

    file = f"{FOLDER}/domains.csv"
    parent: Id
    tailorable: Flag


class SubdomainRow(NodeRow):
    """A sub-domain (能力子域)."""

    file = f"{FOLDER}/subdomains.csv"
    parent: Id


class LevelRow(Row):
    """A maturity level and the least total score that reaches it."""

    file = f"{FOLDER}/levels.csv"
    key = ("level",)
    level: LevelNumber
    name_zh: Text
    name_en: Text
    lower_bound: Tenths


class LevelClassRow(Row):
    """A class of levels that the report publishes."""

    file = f"{FOLDER}/level_classes.csv"
    key = ("id",)
    id: LevelClass
    name_zh: Text
    lowest_level: LevelNumber
    highest_level: LevelNumber


class ItemScoreRow(Row):
    """An answer to an item and its score."""

    file = f"{FOLDER}/item_scores.csv"
    key = ("tenths",)
    score: Tenths
    name_zh: Text
    tenths: Whole


class WeightRow(Row):
    """The weight of a node within its parent, in whole percent; an element has no parent."""

    file = f"{FOLDER}/weights.csv"
    key = ("process_type", "kind", "id")
    process_type: ProcessType
    kind: NodeKind
    id: Id
    parent: Annotated[Id | None, _EMPTY_IS_NONE, _expect("an id in lower case, or empty")]
    weight: Whole


class ItemRow(Row):
    """A requirement item of a cell (sub-domain and level)."""

    file = f"{FOLDER}/items.csv"
    key = ("item_id",)
    item_id: Annotated[str, _cell("[a-z_]+-[1-5]-[0-9]+"), _expect("<sub-domain>-<level>-<number>")]
    subdomain: Id
    level: Annotated[int, _cell("[1-5]"), _expect("a level from 1 to 5")]
    number: Annotated[int, _cell("[1-9][0-9]{0,3}"), _expect("a whole number of 1 or more")]


class DivisionRow(Row):
    """A manufacturing division of GB/T 4754."""

    file = f"{FOLDER}/divisions.csv"
    key = ("code",)
    code: Division
    name_zh: Text
    short_zh: Text
    usual_type: ProcessType
    type_ambiguous: Flag
    sector: Sector | Literal[""] = Field(
        description="one of equipment, electronics, materials, consumer, (empty)"
    )


class ClassRow(Row):
    """A four-digit class of GB/T 4754."""

    file = f"{FOLDER}/classes.csv"
    key = ("code",)
    code: Annotated[str, _cell("[0-9]{4}"), _expect("a class of four digits")]
    name_zh: Text
    division: Division


class SectorRow(Row):
    """A sector of the report."""

    file = f"{FOLDER}/sectors.csv"
    key = ("id",)
    id: Sector
    name_zh: Text


class RegionRow(Row):
    """A provincial or city-level unit of GB/T 2260."""

    file = f"{FOLDER}/regions.csv"
    key = ("code",)
    code: RegionCode
    name_zh: Text
    short_zh: Text
    kind: Literal["province", "prefecture", "county_level"]
    parent: Annotated[
        RegionCode | None, _EMPTY_IS_NONE, _expect("a region code of six digits, or empty")
    ]
    municipality: Flag
    separately_planned: Flag
    in_scope: Flag
    boundary_code: RegionCode


class SizeClassRow(Row):
    """A size class of industry, by persons and by revenue in 万元."""

    file = f"{FOLDER}/size_classes.csv"
    key = ("id",)
    id: SizeClass
    name_zh: Text
    min_employees: Whole
    min_revenue: Whole


class PracticeRow(Row):
    """A practice that firms are asked about."""

    file = f"{FOLDER}/practices.csv"
    key = ("id",)
    id: Id
    name_zh: Text
    label_zh: Text
    kind: Literal["share", "ratio"]
    base: Business | Literal["all"] = Field(
        description="one of all, design, logistics, sales, service"
    )
    trend: Annotated[
        Annotated[int, _cell("[1-9]")] | None,
        _EMPTY_IS_NONE,
        _expect("a trend from 1 to 9, or empty"),
    ]


class LevelShareRow(Row):
    """A national share of a level class, published in some year."""

    file = f"{FOLDER}/national_level_shares.csv"
    key = ("year", "level_class")
    year: Annotated[int, _cell("20[0-9]{2}"), _expect("a year")]
    level_class: LevelClass | Literal["ge3"] = Field(description="one of le1, 2, 3, ge4, ge3")
    share: Tenths
    firms_over: Annotated[
        Whole | None, _EMPTY_IS_NONE, _expect("a whole number of 0 or more, or empty")
    ]


ROW_MODELS: tuple[type[Row], ...] = (
    LevelRow,
    LevelClassRow,
    ItemScoreRow,
    ElementRow,
    DomainRow,
    SubdomainRow,
    WeightRow,
    ItemRow,
    DivisionRow,
    ClassRow,
    SectorRow,
    RegionRow,
    SizeClassRow,
    PracticeRow,
    LevelShareRow,
)
