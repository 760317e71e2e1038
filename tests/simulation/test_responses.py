"""Answers follow capability, and levels follow from answers by the scoring rule alone."""

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from smdi.assessments.scorer import NOT_APPLICABLE, Scorer
from smdi.simulation.assumptions import read_assumptions
from smdi.simulation.population.responses import Thresholds, answer, respond
from smdi.simulation.streams import Streams
from smdi.standards import maturity_model

SETTINGS = read_assumptions().responses
FIRMS = 60


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer(maturity_model())


@pytest.fixture(scope="module")
def thresholds(scorer: Scorer) -> np.ndarray:
    firm = np.arange(FIRMS)
    year = np.full(FIRMS, 2021)
    return Thresholds(scorer, SETTINGS, Streams(1)).of(firm, firm % 2 == 0, year)


def patterns() -> np.ndarray:
    return np.where(np.arange(FIRMS) % 2 == 0, 15, 31)  # discrete and process, all businesses


def test_answers_are_the_four_scores_of_the_standard(thresholds):
    items = respond(np.linspace(-3, 6, FIRMS), thresholds, SETTINGS.cuts)
    assert set(np.unique(items)) == {0, 5, 8, 10}
    assert items.dtype == np.uint8


def test_no_answer_falls_when_capability_rises(thresholds):
    steps = [respond(np.full(FIRMS, x), thresholds, SETTINGS.cuts) for x in np.linspace(-4, 7, 40)]
    for lower, upper in pairwise(steps):
        assert (upper >= lower).all()


def test_the_total_rises_with_capability_through_all_levels(scorer, thresholds):
    totals = np.stack(
        [
            scorer.score(respond(np.full(FIRMS, x), thresholds, SETTINGS.cuts), patterns()).total
            for x in np.linspace(-8, 10, 60)
        ]
    )
    assert (np.diff(totals, axis=0) >= 0).all()
    assert (totals[0] < 0.1).all()
    assert (totals[-1] == 5).all()


def test_the_rule_finds_the_planned_level_of_every_firm(scorer):
    levels = np.arange(FIRMS) % 6
    panel = pd.DataFrame({"firm": np.arange(FIRMS), "year": 2021, "level": levels})
    firms = pd.DataFrame({"discrete": np.arange(FIRMS) % 2 == 0})
    answers = answer(panel, firms, patterns(), scorer, SETTINGS, Streams(3))
    assert scorer.levels(answers.items, patterns()).tolist() == levels.tolist()


def test_what_is_not_asked_is_not_answered(scorer):
    panel = pd.DataFrame({"firm": [0], "year": 2021, "level": [2]})
    firms = pd.DataFrame({"discrete": [False]})
    pattern = np.array([16])  # a process firm without any of the four businesses
    items = answer(panel, firms, pattern, scorer, SETTINGS, Streams(3)).items
    assert items.dtype == np.uint8, "tenths, a byte each"
    asked = scorer.applicable(pattern)
    assert ((items == NOT_APPLICABLE) == ~asked).all()
    skipped = scorer.model.items["domain"][~asked[0]]
    assert set(skipped) == {"design", "logistics", "sales", "service"}


def test_one_changed_answer_can_change_a_level(scorer):
    """The level is nowhere but in the answers: take them away and it is not_returning."""
    panel = pd.DataFrame({"firm": np.arange(FIRMS), "year": 2021, "level": 3})
    firms = pd.DataFrame({"discrete": np.arange(FIRMS) % 2 == 0})
    items = answer(panel, firms, patterns(), scorer, SETTINGS, Streams(3)).items
    first_level = (scorer.model.items["level"] == 1).to_numpy()
    items[:, first_level & (items != NOT_APPLICABLE).all(axis=0)] = 0
    assert (scorer.levels(items, patterns()) < 3).all()


def test_a_domain_is_easier_for_the_type_that_is_said_to_be_stronger_in_it(scorer):
    firm, year = np.arange(5), np.full(5, 2021)
    discrete, process = (
        Thresholds(scorer, SETTINGS, Streams(1)).of(firm, np.full(5, kind), year)
        for kind in (True, False)
    )
    domains = scorer.model.items["domain"].to_numpy()
    for domain in scorer.domain_ids:
        stronger = SETTINGS.domain_shift["discrete"].get(domain, 0) - SETTINGS.domain_shift[
            "process"
        ].get(domain, 0)
        found = (process - discrete)[:, domains == domain]
        assert np.allclose(found, stronger, atol=1e-5), domain
