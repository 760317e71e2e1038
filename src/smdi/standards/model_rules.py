"""What the files of the maturity model must say together: counts, parents, weights, items."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise

from smdi.errors import Problem
from smdi.standards.reading import Rule, Standards
from smdi.standards.rows import (
    DomainRow,
    ElementRow,
    ItemRow,
    ItemScoreRow,
    LevelRow,
    NodeKind,
    NodeRow,
    Row,
    SubdomainRow,
    WeightRow,
)
from smdi.standards.terms import BUSINESSES, PROCESS_TYPES

# As in GB/T 39116-2020; the answers to an item as in GB/T 39117-2020.
COUNTS: dict[type[Row], int] = {
    LevelRow: 6,
    ElementRow: 4,
    DomainRow: 12,
    SubdomainRow: 20,
    ItemScoreRow: 4,
}
NODES: dict[NodeKind, type[NodeRow]] = {
    "element": ElementRow,
    "domain": DomainRow,
    "subdomain": SubdomainRow,
}


def _counts(standards: Standards) -> Iterator[Problem]:
    for model, count in COUNTS.items():
        if len(standards[model]) != count:
            yield model.file_problem(None, len(standards[model]), f"{count} rows")


def _tree(standards: Standards) -> Iterator[Problem]:
    elements, domains = _ids(standards[ElementRow]), _ids(standards[DomainRow])
    for domain in standards[DomainRow]:
        if domain.parent not in elements:
            yield domain.problem("parent", "an id of elements.csv")
    for subdomain in standards[SubdomainRow]:
        if subdomain.parent not in domains:
            yield subdomain.problem("parent", "an id of domains.csv")
    for element in standards[ElementRow]:
        if element.id not in {domain.parent for domain in standards[DomainRow]}:
            yield element.problem("id", "a row of domains.csv with it as parent")
    for domain in standards[DomainRow]:
        if domain.id not in {subdomain.parent for subdomain in standards[SubdomainRow]}:
            yield domain.problem("id", "a row of subdomains.csv with it as parent")


def _businesses(standards: Standards) -> Iterator[Problem]:
    for row in standards[DomainRow]:
        if row.tailorable != (row.id in BUSINESSES):
            yield row.problem("tailorable", f"true for {', '.join(BUSINESSES)} alone")
    domains = _ids(standards[DomainRow])
    for business in (name for name in BUSINESSES if name not in domains):
        yield DomainRow.file_problem("id", None, f"a row for {business}")


def _weights(standards: Standards) -> Iterator[Problem]:
    parents = _parents(standards)
    sums: dict[tuple[str, NodeKind, str | None], int] = defaultdict(int)
    for row in standards[WeightRow]:
        if row.id not in parents[row.kind]:
            yield row.problem("id", f"an id of {NODES[row.kind].filename()}")
        elif row.parent != parents[row.kind][row.id]:
            yield row.problem("parent", f"{parents[row.kind][row.id] or '(empty)'}")
        if row.weight == 0:
            yield row.problem("weight", "more than 0 (leave out what the type does not have)")
        sums[row.process_type, row.kind, row.parent] += row.weight
    for (process_type, kind, parent), total in sums.items():
        if total != 100:
            group = f"{process_type} {kind}s" + (f" of {parent}" if parent else "")
            yield WeightRow.file_problem(
                "weight", total, f"the weights of the {group} to sum to 100"
            )


def _weighted(standards: Standards) -> Iterator[Problem]:
    """Hold each process type to a weight for every element and every domain.

    It may lack a sub-domain, yet never all those of a domain.
    """
    parents = _parents(standards)
    for process_type in PROCESS_TYPES:
        weighted: dict[NodeKind, set[str]] = {kind: set() for kind in NODES}
        for row in standards[WeightRow]:
            if row.process_type == process_type:
                weighted[row.kind].add(row.id)
        with_subdomains = {
            parent for name, parent in parents["subdomain"].items() if name in weighted["subdomain"]
        }
        for what, wanted, found in (
            ("element", parents["element"], weighted["element"]),
            ("domain", parents["domain"], weighted["domain"]),
            ("domain with sub-domains", parents["domain"], with_subdomains),
        ):
            for missing in (name for name in wanted if name not in found):
                expected = f"a weight for the {process_type} {what} {missing}"
                yield WeightRow.file_problem("id", None, expected)


def _levels(standards: Standards) -> Iterator[Problem]:
    for lowest in standards[LevelRow][:1]:
        if lowest.lower_bound != 0:
            yield lowest.problem("lower_bound", "0 for the lowest level")
    for before, row in pairwise(standards[LevelRow]):
        if row.level != before.level + 1:
            yield row.problem("level", "levels in rising order without a gap")
        if row.lower_bound <= before.lower_bound:
            yield row.problem("lower_bound", "a bound above that of the level before")
    for answer in standards[ItemScoreRow]:
        if answer.score * 10 != answer.tenths:
            yield answer.problem("tenths", "ten times the score")


def _items(standards: Standards) -> Iterator[Problem]:
    subdomains = _ids(standards[SubdomainRow])
    counted: dict[tuple[str, int], int] = defaultdict(int)
    for row in standards[ItemRow]:
        if row.subdomain not in subdomains:
            yield row.problem("subdomain", "an id of subdomains.csv")
        counted[row.subdomain, row.level] += 1
        wanted = f"{row.subdomain}-{row.level}-{row.number}"
        if row.item_id != wanted:
            yield row.problem("item_id", wanted)
        expected = counted[row.subdomain, row.level]
        if row.number != expected:
            yield row.problem("number", f"{expected} (items of a cell count from 1)")


def _items_of_elements(standards: Standards) -> Iterator[Problem]:
    """Hold each element to an item at every level, for either process type.

    Without one the level could not be scored.
    """
    parents = _parents(standards)
    cells = {(row.subdomain, row.level) for row in standards[ItemRow]}
    for process_type in PROCESS_TYPES:
        weighted = {
            row.id
            for row in standards[WeightRow]
            if row.process_type == process_type and row.kind == "subdomain"
        }
        filled = {
            (parents["domain"].get(row.parent), level)
            for row in standards[SubdomainRow]
            for level in range(1, 6)
            if row.id in weighted and (row.id, level) in cells
        }
        for element in parents["element"]:
            for level in (level for level in range(1, 6) if (element, level) not in filled):
                expected = f"an item for {process_type} firms in element {element} at level {level}"
                yield ItemRow.file_problem("item_id", None, expected)


def _parents(standards: Standards) -> dict[NodeKind, dict[str, str | None]]:
    return {
        "element": {row.id: None for row in standards[ElementRow]},
        "domain": {row.id: row.parent for row in standards[DomainRow]},
        "subdomain": {row.id: row.parent for row in standards[SubdomainRow]},
    }


def _ids(rows: Iterable[NodeRow]) -> set[str]:
    return {row.id for row in rows}


_MODEL = (ElementRow, DomainRow, SubdomainRow)
RULES: tuple[Rule, ...] = (
    (_counts, tuple(COUNTS)),
    (_tree, _MODEL),
    (_businesses, (DomainRow,)),
    (_weights, (*_MODEL, WeightRow)),
    (_weighted, (*_MODEL, WeightRow)),
    (_levels, (LevelRow, ItemScoreRow)),
    (_items, (SubdomainRow, ItemRow)),
    (_items_of_elements, (*_MODEL, WeightRow, ItemRow)),
)
