"""The rule of the standard at its bounds, under tailoring and with empty cells, by hand."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pandas as pd
import pytest

from smdi.assessments import BUSINESSES, NOT_APPLICABLE, Scorer, ScoringRule, pattern_codes
from smdi.assessments.weights import level_weights, present_subdomains
from smdi.errors import InputErrors
from smdi.standards import Weights, maturity_model

from .models import model_of

LITERAL, STRICT = ScoringRule(), ScoringRule(summation="strict")
EXCEEDS = ScoringRule(satisfied="exceeds")
ALL_BUSINESSES = 0b1111


@pytest.fixture(scope="module")
def ten_a_level() -> Scorer:
    """One mandatory sub-domain with ten items a level: level scores are tenths."""
    return Scorer(model_of({("data", level): 10 for level in range(1, 6)}))


def answers(*scores: float) -> np.ndarray:
    """Ten answers a level whose means are these scores: as many full ones as needed."""
    row = [10 if number < round(score * 10) else 0 for score in scores for number in range(10)]
    return np.array([row], dtype=np.uint8)


def level_under(scorer: Scorer, rule: ScoringRule, items: np.ndarray) -> int:
    return int(scorer.with_rule(rule).levels(items, np.array([ALL_BUSINESSES]))[0])


def test_two_level_points_and_eight_tenths_read_as_level_three_when_summed_literally(ten_a_level):
    items = answers(1, 0.7, 0.5, 0.3, 0.3)
    result = ten_a_level.score(items, np.array([ALL_BUSINESSES]))
    assert result.total[0] == 2.8
    assert result.level[0] == 3


def test_a_missed_level_hides_the_levels_above_it_when_summed_strictly(ten_a_level):
    items = answers(1, 0.7, 0.5, 0.3, 0.3)
    result = ten_a_level.with_rule(STRICT).score(items, np.array([ALL_BUSINESSES]))
    assert result.total[0] == pytest.approx(1.7)
    assert result.level[0] == 1


def test_the_first_missed_level_still_contributes_its_score_when_summed_strictly(ten_a_level):
    assert level_under(ten_a_level, STRICT, answers(0.9, 0.8, 0.7, 1, 1)) == 2


@pytest.mark.parametrize("level", range(4))
def test_a_total_at_a_lower_bound_belongs_to_the_upper_level(ten_a_level, level: int):
    items = answers(*([1] * level + [0.7, 0.1, 0, 0, 0])[:5])
    assert level_under(ten_a_level, LITERAL, items) == level + 1
    one_less = items.copy()
    one_less[0, 10 * level] = 8
    assert level_under(ten_a_level, LITERAL, one_less) == level


def test_four_levels_and_four_fifths_of_the_fifth_are_level_five_under_either_reading(ten_a_level):
    items = answers(1, 1, 1, 1, 0.8)
    assert level_under(ten_a_level, LITERAL, items) == 5
    assert level_under(ten_a_level, EXCEEDS, items) == 5


def test_a_level_score_of_exactly_four_fifths_reaches_but_does_not_exceed(ten_a_level):
    items = answers(0.8, 0, 0, 0, 0)
    patterns = np.array([ALL_BUSINESSES])
    assert ten_a_level.score(items, patterns).total[0] == 1
    exceeding = ten_a_level.with_rule(EXCEEDS).score(items, patterns)
    assert exceeding.total[0] == 0.8
    assert exceeding.level[0] == 1


def test_answers_mostly_met_throughout_satisfy_every_level_of_every_pattern():
    scorer = Scorer()
    items = np.full((32, len(scorer.item_ids)), 8, dtype=np.uint8)
    assert (scorer.levels(items, np.arange(32)) == 5).all()
    exceeding = scorer.with_rule(EXCEEDS).score(items, np.arange(32))
    assert (exceeding.total == 4).all()
    assert (exceeding.level == 4).all()


def test_float_weights_would_miss_the_bound_where_whole_numbers_meet_it():
    scorer = Scorer()
    naive = []
    for pattern in range(32):
        for level in range(1, 6):
            weights = level_weights(scorer.model, pattern, level).items
            naive.append(sum(float(weight) * 0.8 for weight in weights.values()))
    assert min(naive) < 0.8 < max(naive)


def test_one_half_answer_below_the_bound_leaves_the_level_unsatisfied(ten_a_level):
    items = answers(0.8, 0, 0, 0, 0)
    items[0, 0] = 8
    result = ten_a_level.score(items, np.array([ALL_BUSINESSES]))
    assert result.level_scores[0, 0] == 0.78
    assert result.level[0] == 0


def test_weights_of_a_firm_without_logistics_and_sales_are_renormalised_within_manufacturing():
    model = model_of(
        {(node.id, level): 1 for node in maturity_model().subdomains for level in range(1, 6)}
    )
    pattern = pattern_of("discrete", design=True, service=True)
    weights = level_weights(model, pattern, 1).items
    # Of 设计 13, 生产 48, 物流 13, 销售 13, 服务 13 the rest sum to 74; 制造 weighs 77.
    assert weights["operation-1-1"] == Fraction(77, 100) * Fraction(48, 74) * Fraction(16, 100)
    assert weights["product_design-1-1"] == Fraction(77, 100) * Fraction(13, 74) / 2
    assert "logistics-1-1" not in weights
    assert weights["data-1-1"] == Fraction(11, 100) * Fraction(46, 100)
    assert sum(weights.values()) == 1


def test_firms_of_the_process_type_have_no_product_design_and_no_product_service():
    scorer = Scorer()
    applies = scorer.applicable(np.array([pattern_of("process", design=True, service=True)]))[0]
    asked = set(scorer.model.items.loc[applies, "subdomain"])
    assert {"process_design", "customer_service"} <= asked
    assert not {"product_design", "product_service", "logistics", "sales"} & asked


def test_an_empty_cell_leaves_its_weight_to_its_siblings():
    cells = {("procurement", 1): 1, ("planning", 1): 2, ("data", 1): 1}
    cells |= {("data", level): 1 for level in range(2, 6)}
    weights = level_weights(model_of(cells), ALL_BUSINESSES, 1).items
    # Within 生产 only 采购 14 and 计划与调度 16 are asked; 技术 11 and 制造 77 alone have items.
    assert weights["procurement-1-1"] == Fraction(77, 88) * Fraction(14, 30)
    assert weights["planning-1-2"] == Fraction(77, 88) * Fraction(16, 30) / 2
    assert weights["data-1-1"] == Fraction(11, 88)


def test_a_domain_score_is_stretched_over_the_levels_that_ask_something_of_it():
    cells = {("data", level): 1 for level in range(1, 6)} | {("sales", 2): 1, ("sales", 3): 1}
    scorer = Scorer(model_of(cells))
    items = np.array([[0, 0, 0, 0, 0, 8, 5]], dtype=np.uint8)
    result = scorer.score(items, np.array([ALL_BUSINESSES]))
    sales = scorer.domain_ids.index("sales")
    assert result.domain_scores[0, sales] == pytest.approx((1 + 0.5) * 5 / 2)


def test_the_domain_score_of_a_business_that_does_not_exist_is_absent(scorer: Scorer):
    items = np.full((1, len(scorer.item_ids)), 10, dtype=np.uint8)
    pattern = pattern_of("discrete", design=True, logistics=True, sales=True)
    scores = scorer.score(items, np.array([pattern])).domain_scores[0]
    absent = np.isnan(scores)
    assert [scorer.domain_ids[place] for place in np.flatnonzero(absent)] == ["service"]
    assert (scores[~absent] == 5).all()


def test_what_stands_in_items_that_do_not_apply_is_ignored(scorer: Scorer):
    pattern = np.array([pattern_of("process")])
    items = np.full((1, len(scorer.item_ids)), 8, dtype=np.uint8)
    blanked = np.where(scorer.applicable(pattern), items, NOT_APPLICABLE).astype(np.uint8)
    assert scorer.levels(items, pattern) == scorer.levels(blanked, pattern)


def test_a_missing_answer_is_named_and_never_scored(scorer: Scorer):
    items = np.full((2, len(scorer.item_ids)), 8, dtype=np.uint8)
    items[1, 3] = NOT_APPLICABLE
    with pytest.raises(ValueError, match=rf"{scorer.item_ids[3]} of row 1"):
        scorer.levels(items, np.array([ALL_BUSINESSES, ALL_BUSINESSES]))


def test_a_catalogue_that_asks_nothing_at_a_level_is_refused():
    with pytest.raises(InputErrors, match="at least one item of level 4"):
        Scorer(model_of({("data", level): 1 for level in (1, 2, 3, 5)}))


def test_a_catalogue_whose_denominators_leave_exact_numbers_is_refused():
    primes = [10007, 10009, 10037, 10039]
    subdomains = ["data", "integration", "security", "equipment"]
    model = model_of({("data", level): 1 for level in range(2, 6)})
    items = [
        (f"{name}-1-{number}", name, name, 1, number)
        for name, count in zip(subdomains, primes, strict=True)
        for number in range(count)
    ]
    rows = pd.DataFrame(items, columns=model.items.columns)
    with pytest.raises(InputErrors, match="keeps scoring exact"):
        Scorer(replace(model, items=pd.concat([model.items, rows], ignore_index=True)))


def test_weights_that_are_replaced_change_the_result():
    model = model_of({("data", level): 1 for level in range(1, 6)} | {("skills", 1): 1})
    items = np.array([[10, 0, 0, 0, 0, 0]], dtype=np.uint8)
    before = Scorer(model).score(items, np.array([ALL_BUSINESSES])).level_scores[0, 0]
    weights = {
        name: Weights({**old.elements, "personnel": 11}, old.domains, old.subdomains)
        for name, old in model.weights_by_type.items()
    }
    after = Scorer(replace(model, weights_by_type=weights))
    assert before == pytest.approx(11 / 17)
    assert after.score(items, np.array([ALL_BUSINESSES])).level_scores[0, 0] == 0.5


def test_an_unknown_reading_of_the_standard_is_refused():
    with pytest.raises(ValueError, match="summation='loose'"):
        ScoringRule(summation="loose")


def pattern_of(process_type: str, **businesses: bool) -> int:
    frame = {"process_type": [process_type]}
    frame |= {name: [businesses.get(name, False)] for name in BUSINESSES}
    return int(pattern_codes(frame)[0])


@pytest.mark.parametrize(("code", "process_type"), [(0b01111, "discrete"), (0b11111, "process")])
def test_a_firm_is_scored_on_the_sub_domains_that_have_a_weight(code: int, process_type: str):
    weights = pd.read_csv("data/standards/weights.csv")
    own = weights[weights["process_type"].eq(process_type) & weights["kind"].eq("subdomain")]
    assert set(present_subdomains(maturity_model(), code)) == set(own["id"])
