"""The fast scorer against a slow one, written from the description of the standard alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest

from smdi.assessments import BUSINESSES, Scorer, ScoringRule, pattern_codes
from smdi.assessments.scorer import NOT_APPLICABLE
from smdi.standards import MaturityModel, maturity_model

RULES = [
    ScoringRule(satisfied, summation)
    for satisfied, summation in product(("reaches", "exceeds"), ("literal", "strict"))
]
SATISFIED = Fraction(4, 5)
ROUNDING = 1e-12
BOUNDS = [Fraction(8, 10) + number for number in range(5)]


@dataclass(frozen=True)
class Firm:
    process_type: str
    businesses: frozenset[str]
    tenths: dict[str, int]


def mean_of_children(scores: dict[str, Fraction | None], weights: dict[str, int]) -> object:
    """The weighted mean of the children that have a score, or None when none has."""
    scored = {
        child: score for child, score in scores.items() if score is not None and child in weights
    }
    if not scored:
        return None
    total = sum(weights[child] for child in scored)
    return sum(score * weights[child] for child, score in scored.items()) / total


def scores_of_level(
    model: MaturityModel, cells: dict[tuple[str, int], list[str]], firm: Firm, level: int
) -> tuple[Fraction, dict[str, Fraction | None]]:
    """The level's score and the domains' scores at that level."""
    weights = model.weights(firm.process_type)
    subdomains: dict[str, Fraction | None] = {}
    for node in model.subdomains:
        items = cells.get((node.id, level), [])
        exists = node.parent not in BUSINESSES or node.parent in firm.businesses
        asked = node.id in weights.subdomains and exists and items
        tenths = sum(firm.tenths[item] for item in items) if asked else 0
        subdomains[node.id] = Fraction(tenths, 10 * len(items)) if asked else None
    domains = children_means(model.subdomains, subdomains, weights.subdomains, model.domains)
    elements = children_means(model.domains, domains, weights.domains, model.elements)
    return mean_of_children(elements, weights.elements), domains


def children_means(children, scores, weights, parents) -> dict[str, Fraction | None]:
    return {
        parent.id: mean_of_children(
            {child.id: scores[child.id] for child in children if child.parent == parent.id}, weights
        )
        for parent in parents
    }


def total_of(level_scores: list[Fraction], rule: ScoringRule) -> Fraction:
    total = Fraction(0)
    for score in level_scores:
        met = score > SATISFIED or (score == SATISFIED and rule.satisfied == "reaches")
        total += 1 if met else score
        if rule.summation == "strict" and not met:
            break
    return total


def domain_score(level_scores: list[Fraction | None], rule: ScoringRule) -> Fraction | None:
    asked = [score for score in level_scores if score is not None]
    return Fraction(5, len(asked)) * total_of(asked, rule) if asked else None


def assert_agreement(model: MaturityModel, firms: list[Firm]) -> None:
    """All four rules give the same levels exactly and the same scores but for rounding.

    The domains of every fourth firm are compared, for the sake of time.
    """
    cells: dict[tuple[str, int], list[str]] = {}
    for item in model.items.itertuples():
        cells.setdefault((item.subdomain, item.level), []).append(item.item_id)
    slow = [[scores_of_level(model, cells, firm, level) for level in range(1, 6)] for firm in firms]
    items, patterns = arrays(model, firms)
    scorer = Scorer(model)
    for rule in RULES:
        fast = scorer.with_rule(rule).score(items, patterns)
        for row, levels in enumerate(slow):
            total = total_of([score for score, _ in levels], rule)
            assert fast.level[row] == sum(total >= bound for bound in BOUNDS)
            assert fast.total[row] == pytest.approx(float(total), abs=ROUNDING)
            assert fast.level_scores[row].tolist() == [float(score) for score, _ in levels]
            for place, node in enumerate(model.domains if row % 4 == 0 else ()):
                expected = domain_score([domains[node.id] for _, domains in levels], rule)
                found = fast.domain_scores[row, place]
                assert np.isnan(found) if expected is None else abs(found - expected) < ROUNDING


def arrays(model: MaturityModel, firms: list[Firm]) -> tuple[np.ndarray, np.ndarray]:
    ids = model.items["item_id"].tolist()
    items = [[firm.tenths.get(item, NOT_APPLICABLE) for item in ids] for firm in firms]
    frame = {"process_type": [firm.process_type for firm in firms]}
    frame |= {name: [name in firm.businesses for firm in firms] for name in BUSINESSES}
    return np.array(items, dtype=np.uint8), pattern_codes(frame)


def random_firms(model: MaturityModel, count: int, seed: int) -> list[Firm]:
    """Firms of all patterns and abilities; one in five answers each level all alike."""
    rng = np.random.default_rng(seed)
    ids, levels = model.items["item_id"].tolist(), model.items["level"].to_numpy()
    made = []
    for number in range(count):
        shares = rng.dirichlet([1.5, 0.8, 0.5, 0.5], 6).cumsum(axis=1)[levels]
        drawn = (rng.random(len(ids))[:, None] > shares).sum(axis=1).clip(max=3)
        places = rng.integers(0, 4, 6)[levels] if number % 5 == 0 else drawn
        tenths = dict(zip(ids, np.array([10, 8, 5, 0])[places].tolist(), strict=True))
        businesses = frozenset(name for name in BUSINESSES if rng.random() < 0.6)
        made.append(Firm(str(rng.choice(["discrete", "process"])), businesses, tenths))
    return made


def test_two_thousand_random_firms_score_alike_under_all_four_rules():
    model = maturity_model()
    assert_agreement(model, random_firms(model, 2000, seed=20211))


@pytest.mark.parametrize("seed", range(4))
def test_models_with_many_empty_cells_score_alike(seed: int):
    full = maturity_model()
    rng = np.random.default_rng(seed)
    cells = full.items["subdomain"] + full.items["level"].astype(str)
    dropped = rng.choice(cells.unique(), 45, replace=False)
    # One mandatory cell a level stays, so that every level asks something of everyone.
    kept = ~cells.isin(dropped) | (full.items["subdomain"] == "data")
    model = replace(full, items=full.items[kept].reset_index(drop=True))
    assert_agreement(model, random_firms(model, 150, seed))
