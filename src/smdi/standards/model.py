"""The maturity model of GB/T 39116-2020 with the weights and bounds of GB/T 39117-2020."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from smdi.standards.loading import Source, current_source, frame, load_standards
from smdi.standards.rows import (
    DomainRow,
    ElementRow,
    ItemRow,
    ItemScoreRow,
    LevelRow,
    NodeRow,
    SubdomainRow,
    WeightRow,
)
from smdi.standards.terms import PROCESS_TYPES

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Node:
    """An element, a domain or a sub-domain; `parent` is empty for an element."""

    id: str
    name_zh: str
    name_en: str
    parent: str = ""


@dataclass(frozen=True)
class Level:
    """A maturity level; a total score of `lower_bound_tenths` / 10 or more reaches it."""

    level: int
    name_zh: str
    name_en: str
    lower_bound_tenths: int


@dataclass(frozen=True)
class ItemScore:
    """One of the four answers to an item, its score in tenths."""

    tenths: int
    name_zh: str


@dataclass(frozen=True)
class Weights:
    """Weights in whole percent by id; those of one parent sum to 100.

    What a process type does not have (产品设计 and 产品服务 of the process type) is left out.
    """

    elements: dict[str, int]
    domains: dict[str, int]
    subdomains: dict[str, int]


@dataclass(frozen=True, eq=False)
class MaturityModel:
    """The model as data, in the order of the standard.

    `items` has columns item_id, subdomain, domain, level, number, one row an item in column order.
    """

    elements: tuple[Node, ...]
    domains: tuple[Node, ...]
    subdomains: tuple[Node, ...]
    levels: tuple[Level, ...]
    item_scores: tuple[ItemScore, ...]
    items: pd.DataFrame
    weights_by_type: dict[str, Weights]

    def weights(self, process_type: str) -> Weights:
        """Return the recommended weights of `discrete` or `process` firms."""
        return self.weights_by_type[process_type]

    @property
    def satisfied_tenths(self) -> int:
        """Return the score, in tenths, from which a level is satisfied: the bound of level 1."""
        return self.levels[1].lower_bound_tenths


def maturity_model() -> MaturityModel:
    """Return the checked model; raise `InputErrors` when a file of data/standards is faulty."""
    return _model(current_source())


@cache
def _model(source: Source) -> MaturityModel:
    standards = load_standards()
    subdomains = _nodes(SubdomainRow)
    return MaturityModel(
        elements=_nodes(ElementRow),
        domains=_nodes(DomainRow),
        subdomains=subdomains,
        levels=tuple(
            Level(row.level, row.name_zh, row.name_en, int(row.lower_bound * 10))
            for row in standards[LevelRow]
        ),
        item_scores=tuple(ItemScore(row.tenths, row.name_zh) for row in standards[ItemScoreRow]),
        items=_items({node.id: node.parent for node in subdomains}),
        weights_by_type={kind: _weights(kind) for kind in PROCESS_TYPES},
    )


def _nodes(model: type[NodeRow]) -> tuple[Node, ...]:
    return tuple(
        Node(row.id, row.name_zh, row.name_en, getattr(row, "parent", ""))
        for row in load_standards()[model]
    )


def _items(domain_of: dict[str, str]) -> pd.DataFrame:
    items = frame(ItemRow).drop(columns=["source", "confidence"])
    items.insert(2, "domain", items["subdomain"].map(domain_of))
    return items


def _weights(process_type: str) -> Weights:
    by_kind: dict[str, dict[str, int]] = {"element": {}, "domain": {}, "subdomain": {}}
    for row in load_standards()[WeightRow]:
        if row.process_type == process_type:
            by_kind[row.kind][row.id] = row.weight
    return Weights(by_kind["element"], by_kind["domain"], by_kind["subdomain"])
