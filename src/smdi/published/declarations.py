"""What the exhibits of a report are, declared in YAML beside its facts, and read by the audit.

A declaration names no printed number: it says which cells an exhibit has, which measures make one
whole, which groups are parts of which total, what a ranking ranks by. Rules and model speak of
these kinds alone, so that another report needs another file and no code. Years are offsets from
the year most facts are about: 0 this year, -1 the year before.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar

from pydantic import Field, ValidationError

from smdi.errors import InputErrors, Problem
from smdi.files import read_yaml
from smdi.published.fact_table import Fact, Facts
from smdi.published.relations import BaseRelation, Declared, Names, Relation
from smdi.published.vocabulary import named_groups

SUFFIX = ".exhibits.yaml"
Kind = TypeVar("Kind", bound=BaseRelation)


class Grid(Declared):
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


class Exhibit(Declared):
    """The cells of an exhibit, rows seen on the page, and numbers printed once for several rows."""

    grids: tuple[Grid, ...] = ()
    rows: int | None = Field(default=None, gt=0)
    one_number: tuple[Grid, ...] = ()


class Yields(Declared):
    """An editor's decision: which fact gives way where several cannot hold together, and why."""

    fact: str
    why: str = Field(min_length=1)


class Declarations(Declared):
    """All that is declared of a report; `source` is the file, None where all is inferred.

    `lists` are names that several declarations share; "@" and the name of a list stand for them.
    """

    title: str = ""
    lists: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    exhibits: dict[str, Exhibit] = Field(default_factory=dict)
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
