"""Effective weights of the items, as exact fractions, for one pattern and level.

The weight of an item is element × domain × sub-domain × 1/n, n being the number of items of its
sub-domain at that level. Whatever has nothing to be scored on is dropped, and the rest of its
siblings share its weight in proportion: a sub-domain without items at the level, a domain without
such sub-domains or tailored away, an element without such domains. The renormalisation in
proportion is an assumption of this project; the standard's own text was not at hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from smdi.assessments.tailoring import pattern_parts
from smdi.standards import MaturityModel, Node

Weights = dict[str, Fraction]


@dataclass(frozen=True)
class LevelWeights:
    """Weights at one level: of the items in the level's score, and in the score of each domain.

    Each mapping sums to one, or is empty where there is nothing to be scored on.
    """

    items: Weights
    domains: dict[str, Weights]


def present_subdomains(model: MaturityModel, pattern: int) -> tuple[str, ...]:
    """Return the sub-domains that a firm of the pattern is scored on, in the order of the model."""
    process_type, absent = pattern_parts(pattern)
    weights = model.weights(process_type)
    return tuple(
        record.id
        for record in model.subdomains
        if weights.subdomains.get(record.id, 0) > 0 and record.parent not in absent
    )


def level_weights(model: MaturityModel, pattern: int, level: int) -> LevelWeights:
    """Return the exact effective weights of one pattern at one level."""
    weights = model.weights(pattern_parts(pattern)[0])
    present = set(present_subdomains(model, pattern))
    cells: dict[str, list[str]] = {}
    columns = (model.items[name] for name in ("item_id", "subdomain", "level"))
    for item, subdomain, at in zip(*columns, strict=True):
        if at == level and subdomain in present:
            cells.setdefault(subdomain, []).append(item)
    within_subdomain = {
        subdomain: {item: Fraction(1, len(ids)) for item in ids} for subdomain, ids in cells.items()
    }
    within_domain = _merge(model.subdomains, within_subdomain, weights.subdomains)
    within_element = _merge(model.domains, within_domain, weights.domains)
    whole = _merge_children(within_element, weights.elements)
    return LevelWeights(items=whole, domains=within_domain)


def _merge(
    records: Iterable[Node], children: Mapping[str, Weights], shares: Mapping[str, int]
) -> dict[str, Weights]:
    """Merge the children that exist into their parents, renormalising their shares."""
    families: dict[str, dict[str, Weights]] = {}
    for record in records:
        if record.id in children and shares.get(record.id, 0) > 0:
            families.setdefault(record.parent, {})[record.id] = children[record.id]
    return {parent: _merge_children(family, shares) for parent, family in families.items()}


def _merge_children(children: Mapping[str, Weights], shares: Mapping[str, int]) -> Weights:
    total = sum(Fraction(shares[child]) for child in children)
    return {
        item: Fraction(shares[child]) / total * weight
        for child, items in children.items()
        for item, weight in items.items()
    }
