"""The maturity model of GB/T 39116-2020 with the weights and bounds of GB/T 39117-2020."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

from smdi.standards.loading import frame, load_standards
from smdi.standards.tables import standards_directory


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
    tailorable: tuple[str, ...]
    items: pd.DataFrame
    weights_by_type: dict[str, Weights]

    def weights(self, process_type: str) -> Weights:
        """The recommended weights of `discrete` or `process` firms."""
        return self.weights_by_type[process_type]

    @property
    def satisfied_tenths(self) -> int:
        """A level is satisfied from this score on: the lowest bound, in tenths."""
        return self.levels[1].lower_bound_tenths


def maturity_model() -> MaturityModel:
    """The checked model; raises `InputErrors` when a file of data/standards is faulty."""
    return _model(standards_directory())


@cache
def _model(directory: Path) -> MaturityModel:
    rows = load_standards()
    subdomains = _nodes("subdomains")
    return MaturityModel(
        elements=_nodes("elements"),
        domains=_nodes("domains"),
        subdomains=subdomains,
        levels=tuple(
            Level(row["level"], row["name_zh"], row["name_en"], int(row["lower_bound"] * 10))
            for row in rows["levels"]
        ),
        item_scores=tuple(ItemScore(row["tenths"], row["name_zh"]) for row in rows["item_scores"]),
        tailorable=tuple(row["id"] for row in rows["domains"] if row["tailorable"]),
        items=_items({node.id: node.parent for node in subdomains}),
        weights_by_type={kind: _weights(kind) for kind in ("discrete", "process")},
    )


def _nodes(table: str) -> tuple[Node, ...]:
    return tuple(
        Node(row["id"], row["name_zh"], row["name_en"], row.values.get("parent", ""))
        for row in load_standards()[table]
    )


def _items(domain_of: dict[str, str]) -> pd.DataFrame:
    items = frame("items").drop(columns=["source", "confidence"])
    items.insert(2, "domain", items["subdomain"].map(domain_of))
    return items


def _weights(process_type: str) -> Weights:
    by_kind: dict[str, dict[str, int]] = {"element": {}, "domain": {}, "subdomain": {}}
    for row in load_standards()["weights"]:
        if row["process_type"] == process_type:
            by_kind[row["kind"]][row["id"]] = row["weight"]
    return Weights(by_kind["element"], by_kind["domain"], by_kind["subdomain"])
