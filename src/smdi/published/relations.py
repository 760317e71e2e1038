"""The kinds of relations between the numbers of a report, as its declarations name them."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from smdi.published.vocabulary import lists_of_names


def _of_a_known_list(name: str) -> str:
    if name.startswith("@") and name[1:] not in lists_of_names():
        known = ", ".join(f"@{own}" for own in lists_of_names())
        raise ValueError(f"no such list; known: {known}, and those under `lists`")
    return name


Names = tuple[Annotated[str, AfterValidator(_of_a_known_list)], ...]


class Declared(BaseModel):
    """What a declaration is: nothing unknown in it, and nothing changes it."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class BaseRelation(Declared):
    """What two or more numbers have to do with one another; guessed where `inferred`."""

    inferred: bool = False


class Whole(BaseRelation):
    """Shares of several measures, for one group and year, that make up 100 %."""

    kind: Literal["whole"] = "whole"
    measures: Names = Field(min_length=2)
    exhibit: str | None = None


class WholeOfGroups(BaseRelation):
    """Shares of one measure whose groups make up 100 %."""

    kind: Literal["whole_of_groups"] = "whole_of_groups"
    measure: str
    groups: Names = Field(min_length=2)
    exhibit: str | None = None


class Total(BaseRelation):
    """Counts of parts that add to a total, or to no more where some parts are not shown."""

    kind: Literal["total"] = "total"
    measure: str
    parts: Names = Field(min_length=1)
    total: str
    total_measure: str | None = None
    complete: bool = False
    exhibit: str | None = None


class SumOfMeasures(BaseRelation):
    """Counts of a group under several measures that add to its count under another."""

    kind: Literal["sum_of_measures"] = "sum_of_measures"
    total: str
    parts: Names = Field(min_length=2)


class Mixture(BaseRelation):
    """A group that is made of others, so that each of its rates lies between theirs.

    With `complete: false` the parts are not all there is: their firms are among those of the whole.
    """

    kind: Literal["mixture"] = "mixture"
    whole: Names
    parts: Names = Field(min_length=1)
    measures: Names | None = None
    complete: bool = True
    exhibit: str | None = None


class PartOf(BaseRelation):
    """A count that is part of another count of the same group (and of bounds on it)."""

    kind: Literal["part_of"] = "part_of"
    part: str
    whole: str


class ShareOfCounts(BaseRelation):
    """Shares printed beside the counts they are shares of: share = count / sum of the counts."""

    kind: Literal["share_of_counts"] = "share_of_counts"
    share: str
    count: str
    groups: Names
    total: str | None = None
    exhibit: str | None = None


class Ratio(BaseRelation):
    """A share of a group's firms printed beside both counts: share = part / whole, same group."""

    kind: Literal["ratio"] = "ratio"
    share: str
    part: str
    whole: str


class CountsOfShares(BaseRelation):
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


class Among(BaseRelation):
    """Counts of kinds of firms, all of them among those that a share of all firms stands for."""

    kind: Literal["among"] = "among"
    exhibit: str
    count: str
    share: str
    group: str


class PartOfClass(BaseRelation):
    """A kind of firm as a share of all (`of_all`) and of one class of a whole (`of_class`)."""

    kind: Literal["part_of_class"] = "part_of_class"
    of_all: str
    of_class: str
    class_share: str
    whole: Names
    group: str


class Growth(BaseRelation):
    """A rate of growth in % of a count of the same group over a year."""

    kind: Literal["growth"] = "growth"
    growth: str
    count: str
    exhibit: str | None = None


class Places(BaseRelation):
    """Counts of cities in one exhibit and of their provinces in another."""

    kind: Literal["places"] = "places"
    measure: str
    cities: str
    provinces: str


class Known(BaseRelation):
    """A number that a standard or a list fixes: a cell of its table, or its number of rows."""

    kind: Literal["known"] = "known"
    measure: str
    group: str
    table: Literal["size_classes", "divisions", "provinces"]
    row: str | None = None
    column: str | None = None


class Series(BaseRelation):
    """A quantity that other reports print for this and other years."""

    kind: Literal["series"] = "series"
    table: Literal["national_level_shares"]
    prefix: str
    group: str


class Ranking(BaseRelation):
    """A table in falling order of a number, with or without printed ranks.

    `complete`: nothing of its kind is left out; else it shows those that lead.
    """

    kind: Literal["ranking"] = "ranking"
    exhibit: str
    number: str
    rank: str | None = None
    complete: bool = False


class Threshold(BaseRelation):
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
    | Ratio
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
