"""What the exhibits of a report are, declared in YAML beside its facts, and read by the audit.

A declaration names no printed number: it says which cells an exhibit has, which measures make one
whole, which groups are parts of which total, what a ranking ranks by. Rules and model speak of
these kinds alone, so that another report needs another file and no code. Years are offsets from
the year most facts are about: 0 this year, -1 the year before.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from smdi.errors import InputErrors, Problem
from smdi.files import read_yaml
from smdi.published.fact_table import Fact, Facts
from smdi.published.vocabulary import lists_of_names, named_groups

SUFFIX = ".exhibits.yaml"


def _of_a_known_list(name: str) -> str:
    if name.startswith("@") and name[1:] not in lists_of_names():
        known = ", ".join(f"@{own}" for own in lists_of_names())
        raise ValueError(f"no such list; known: {known}, and those under `lists`")
    return name


Names = tuple[Annotated[str, AfterValidator(_of_a_known_list)], ...]


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Grid(_Declared):
    """Cells that an exhibit has: every measure for every group in every year, in one unit.

    `groups` are names, or "@" and the name of a list of the standards; null takes those of the
    facts that stand in the exhibit.
    """

    measures: Names
    groups: Names | None = None
    years: tuple[int, ...] = (0,)
    unit: str | None = None

    @property
    def group_names(self) -> tuple[str, ...] | None:
        """The groups with lists written out."""
        return None if self.groups is None else named_groups(self.groups)


class Exhibit(_Declared):
    """The cells of an exhibit, rows seen on the page, and numbers printed once for several rows."""

    grids: tuple[Grid, ...] = ()
    rows: int | None = Field(default=None, gt=0)
    one_number: tuple[Grid, ...] = ()


class _Relation(_Declared):
    inferred: bool = False


Kind = TypeVar("Kind", bound=_Relation)


class Whole(_Relation):
    """Shares of several measures, for one group and year, that make up 100 %."""

    kind: Literal["whole"] = "whole"
    measures: Names = Field(min_length=2)
    exhibit: str | None = None


class WholeOfGroups(_Relation):
    """Shares of one measure whose groups make up 100 %."""

    kind: Literal["whole_of_groups"] = "whole_of_groups"
    measure: str
    groups: Names = Field(min_length=2)
    exhibit: str | None = None


class Total(_Relation):
    """Counts of parts that add to a total, or to no more where some parts are not shown."""

    kind: Literal["total"] = "total"
    measure: str
    parts: Names = Field(min_length=1)
    total: str
    total_measure: str | None = None
    complete: bool = False
    exhibit: str | None = None


class SumOfMeasures(_Relation):
    """Counts of a group under several measures that add to its count under another."""

    kind: Literal["sum_of_measures"] = "sum_of_measures"
    total: str
    parts: Names = Field(min_length=2)


class Mixture(_Relation):
    """A group that is made of others, so that each of its rates lies between theirs.

    With `complete: false` the parts are not all there is: their firms are among those of the whole.
    """

    kind: Literal["mixture"] = "mixture"
    whole: Names
    parts: Names = Field(min_length=1)
    measures: Names | None = None
    complete: bool = True
    exhibit: str | None = None


class PartOf(_Relation):
    """A count that is part of another count of the same group (and of bounds on it)."""

    kind: Literal["part_of"] = "part_of"
    part: str
    whole: str


class ShareOfCounts(_Relation):
    """Shares printed beside the counts they are shares of: share = count / sum of the counts."""

    kind: Literal["share_of_counts"] = "share_of_counts"
    share: str
    count: str
    groups: Names
    total: str | None = None
    exhibit: str | None = None


class CountsOfShares(_Relation):
    """Counts by group that add to the nation's firms in some classes of a whole.

    The sum of `count` over `groups` is the number of firms in `classes`, measures of the whole
    `whole` for `group`; the number of all firms of that whole is hidden.
    """

    kind: Literal["counts_of_shares"] = "counts_of_shares"
    count: str
    groups: Names
    classes: Names
    whole: Names
    group: str


class Among(_Relation):
    """Counts of kinds of firms, all of them among those that a share of all firms stands for."""

    kind: Literal["among"] = "among"
    exhibit: str
    count: str
    share: str
    group: str


class PartOfClass(_Relation):
    """A kind of firm as a share of all (`of_all`) and of one class of a whole (`of_class`)."""

    kind: Literal["part_of_class"] = "part_of_class"
    of_all: str
    of_class: str
    class_share: str
    whole: Names
    group: str


class Growth(_Relation):
    """A rate of growth in % of a count of the same group over a year."""

    kind: Literal["growth"] = "growth"
    growth: str
    count: str
    exhibit: str | None = None


class Places(_Relation):
    """Counts of cities in one exhibit and of their provinces in another."""

    kind: Literal["places"] = "places"
    measure: str
    cities: str
    provinces: str


class Known(_Relation):
    """A number that a standard or a list fixes: a cell of its table, or its number of rows."""

    kind: Literal["known"] = "known"
    measure: str
    group: str
    table: Literal["size_classes", "divisions", "provinces"]
    row: str | None = None
    column: str | None = None


class Series(_Relation):
    """A quantity that other reports print for this and other years."""

    kind: Literal["series"] = "series"
    table: Literal["national_level_shares"]
    prefix: str
    group: str


class Ranking(_Relation):
    """A table in falling order of a number, with or without printed ranks.

    `complete`: nothing of its kind is left out; else it shows those that lead.
    """

    kind: Literal["ranking"] = "ranking"
    exhibit: str
    number: str
    rank: str | None = None
    complete: bool = False


class Threshold(_Relation):
    """An exhibit that shows only rows over a printed threshold."""

    kind: Literal["threshold"] = "threshold"
    threshold: str
    number: str
    exhibit: str


Relation = Annotated[
    Whole
    | WholeOfGroups
    | Total
    | SumOfMeasures
    | Mixture
    | PartOf
    | ShareOfCounts
    | CountsOfShares
    | Growth
    | Among
    | PartOfClass
    | Places
    | Known
    | Series
    | Ranking
    | Threshold,
    Field(discriminator="kind"),
]


class Yields(_Declared):
    """An editor's decision: which fact gives way where several cannot hold together, and why."""

    fact: str
    why: str = Field(min_length=1)


class Declarations(_Declared):
    """All that is declared of a report; `source` is the file, None where all is inferred.

    `lists` are names that several declarations share; "@" and the name of a list stand for them.
    """

    title: str = ""
    lists: dict[str, tuple[str, ...]] = {}
    exhibits: dict[str, Exhibit] = {}
    relations: tuple[Relation, ...] = ()
    yields: tuple[Yields, ...] = ()
    source: str | None = None

    def of(self, kind: type[Kind]) -> tuple[Kind, ...]:
        """The relations of a kind."""
        return tuple(r for r in self.relations if isinstance(r, kind))


def read_declarations(path: Path) -> Declarations:
    """Read a file of declarations; InputErrors name every fault by its key."""
    content = read_yaml(path)
    lists = content.get("lists") if isinstance(content, dict) else None
    try:
        declared = Declarations.model_validate(_written_out(content, lists or {}))
    except ValidationError as error:
        raise InputErrors(
            Problem(str(path), None, ".".join(map(str, e["loc"])) or None, e["input"], e["msg"])
            for e in error.errors()
        ) from None
    return declared.model_copy(update={"source": str(path)})


def _written_out(content: Any, lists: Any) -> Any:
    """What a file says, with the lists that it names itself in their places."""
    if isinstance(content, dict):
        return {key: _written_out(value, lists) for key, value in content.items()}
    if not isinstance(content, list):
        return content
    return [
        name
        for item in content
        for name in (_named_list(item, lists) or [_written_out(item, lists)])
    ]


def _named_list(item: Any, lists: Any) -> list[Any] | None:
    named = isinstance(lists, dict) and isinstance(item, str) and item.startswith("@")
    found = lists.get(item[1:]) if named else None
    return found if isinstance(found, list) else None


def offset(fact: Fact, facts: Facts) -> int:
    """The year of a fact, counted from the year most facts are about."""
    return fact.year - facts.current_year
