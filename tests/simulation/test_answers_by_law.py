"""What answers are drawn from: each part of a threshold alone, and the place within a level."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from smdi.assessments.scorer import Scorer
from smdi.simulation.assumptions import Responses, read_assumptions
from smdi.simulation.population.responses import (
    Thresholds,
    answer,
    process_type_names,
    respond,
)
from smdi.simulation.streams import Streams
from smdi.standards import maturity_model

SETTINGS = read_assumptions().responses
NOTHING = {
    "level_step": 0.0, "item_spread": 0.0, "domain_spread": 0.0, "answer_spread": 0.0,
    "domain_shift": {},
}  # fmt: skip
FIRMS = 300
DISCRETE, PROCESS = 15, 31  # patterns of firms with all businesses


@pytest.fixture(scope="module")
def scorer() -> Scorer:
    return Scorer(maturity_model())


def only(**parts: object) -> Responses:
    """Give settings of which nothing but these parts is drawn."""
    return SETTINGS.model_copy(update={**NOTHING, **parts})


def thresholds(scorer: Scorer, years: tuple[int, ...] = (2021,), **parts: object) -> np.ndarray:
    """Give the thresholds of some firms by year, firm and requirement."""
    firm, year = np.tile(np.arange(FIRMS), len(years)), np.repeat(years, FIRMS)
    made = Thresholds(scorer, only(**parts), Streams(1)).of(firm, firm % 2 == 0, year)
    assert made.dtype == np.float32
    return made.reshape(len(years), FIRMS, -1)


def test_requirements_rise_with_their_level_from_the_first(scorer) -> None:
    expected = 0.75 * (scorer.model.items["level"].to_numpy() - 1)
    assert expected.min() == 0
    found = thresholds(scorer, level_step=0.75)[0]
    assert (found == expected).all()


def test_a_type_has_it_easier_by_its_own_shift_in_each_domain(scorer) -> None:
    first, second = scorer.domain_ids[0], scorer.domain_ids[-1]
    shifts = {"discrete": {first: 0.5}, "process": {second: 0.25}}
    found = thresholds(scorer, domain_shift=shifts)[0]
    domain = scorer.model.items["domain"].to_numpy()
    assert (found[::2] == np.where(domain == first, -0.5, 0)).all()
    assert (found[1::2] == np.where(domain == second, -0.25, 0)).all()


def test_requirements_of_a_level_differ_as_assumed_and_for_all_alike(scorer) -> None:
    found = thresholds(scorer, item_spread=2.0)[0]
    assert (found == found[0]).all()
    error = 4 * 2 / np.sqrt(found.shape[1])
    assert found[0].mean() == pytest.approx(0, abs=error)
    assert found[0].std() == pytest.approx(2, abs=error)


@pytest.mark.parametrize("kept", [0.0, 0.36, 1.0])
def test_answers_differ_as_assumed_and_so_much_of_it_stays(scorer, kept: float) -> None:
    then, now = thresholds(scorer, (2020, 2021), answer_spread=1.5, answer_kept=kept)
    error = 4 * 1.5 / np.sqrt(now.size)
    for own in (then, now):
        assert own.mean() == pytest.approx(0, abs=error)
        assert own.std() == pytest.approx(1.5, abs=error)
    assert np.corrcoef(then.ravel(), now.ravel())[0, 1] == pytest.approx(kept, abs=error)
    # Neither the firm nor the requirement has a part in it.
    for axis in (0, 1):
        assert now.mean(axis=axis).std() == pytest.approx(1.5 / np.sqrt(now.shape[axis]), rel=0.25)


def test_a_firm_is_strong_in_a_domain_as_a_whole_and_each_year(scorer) -> None:
    then, now = thresholds(scorer, (2020, 2021), domain_spread=2.0)
    assert (then == now).all()
    domain = scorer.model.items["domain"].to_numpy()
    strengths = np.array([now[:, domain == name][:, 0] for name in scorer.domain_ids])
    for name, own in zip(scorer.domain_ids, strengths, strict=True):
        assert (now[:, domain == name] == own[:, None]).all()
    assert strengths.std() == pytest.approx(2, abs=4 * 2 / np.sqrt(strengths.size))
    among = np.corrcoef(strengths)[np.triu_indices(len(strengths), 1)]
    assert np.abs(among).max() < 5 / np.sqrt(FIRMS)


def test_a_firm_has_its_own_thresholds_wherever_it_stands(scorer) -> None:
    made = Thresholds(scorer, only(answer_spread=1.0, answer_kept=1.0), Streams(1))
    firm, year = np.array([4, 1, 4]), np.array([2021, 2021, 2020])
    found = made.of(firm, np.array([True] * 3), year)
    assert (found[0] == found[2]).all()
    assert (found[0] != found[1]).any()
    every = made.of(np.arange(5), np.array([True] * 5), np.full(5, 2021))
    assert (found[:2] == every[[4, 1]]).all()


def test_no_firms_have_no_thresholds(scorer) -> None:
    none = np.array([], dtype=int)
    found = Thresholds(scorer, SETTINGS, Streams(1)).of(none, none.astype(bool), none)
    assert found.shape == (0, len(scorer.model.items))


@pytest.mark.parametrize(
    ("capability", "tenths"),
    [
        (-1.01, 0), (-1.0, 5), (0.49, 5), (0.5, 8), (1.99, 8), (2.0, 10), (99.0, 10), (-99.0, 0),
    ],
)  # fmt: skip
def test_an_answer_is_as_good_as_the_cuts_that_its_capability_reaches(capability, tenths) -> None:
    thresholds = np.array([[0.0, 1.0]], dtype=np.float32)
    found = respond(np.array([capability]), thresholds, (-1.0, 0.5, 2.0))
    again = respond(np.array([capability + 1]), thresholds, (-1.0, 0.5, 2.0))
    assert (found[0, 0], again[0, 1]) == (tenths, tenths)


LEVELS, EACH = 6, 8
STEP = 0.02
NEAR = 0.6 * STEP


@pytest.fixture(scope="module")
def panel() -> pd.DataFrame:
    firm = np.arange(LEVELS * EACH)
    return pd.DataFrame({"firm": firm, "year": 2021, "level": firm % LEVELS})


@pytest.fixture(scope="module")
def firms() -> pd.DataFrame:
    return pd.DataFrame({"discrete": np.arange(LEVELS * EACH) % 4 < 2})


@pytest.fixture(scope="module")
def edges(scorer, panel, firms) -> np.ndarray:
    """Seek by plain steps from which capability each firm stands at levels 1 to 5."""
    discrete = firms["discrete"].to_numpy()
    made = Thresholds(scorer, SETTINGS, Streams(3)).of(
        panel["firm"].to_numpy(), discrete, panel["year"].to_numpy()
    )
    pattern = np.where(discrete, DISCRETE, PROCESS)
    steps = np.arange(-8, 10, STEP)
    levels = np.stack([
        scorer.levels(respond(np.full(len(made), x), made, SETTINGS.cuts), pattern) for x in steps
    ])  # fmt: skip
    assert (np.diff(levels, axis=0) >= 0).all()
    reached = [steps[(levels >= n).argmax(axis=0)] for n in range(1, LEVELS)]
    return np.stack(reached, axis=1) - STEP / 2


def placed(scorer, panel, firms, **settings: object) -> np.ndarray:
    """Give the capability of each firm, where places within a level are drawn so."""
    pattern = np.where(firms["discrete"], DISCRETE, PROCESS)
    ours = SETTINGS.model_copy(update=settings)
    answers = answer(panel, firms, pattern, scorer, ours, Streams(3))
    assert scorer.levels(answers.items, pattern).tolist() == panel["level"].tolist()
    return answers.capability


def test_halfway_within_a_level_is_halfway_between_its_edges(scorer, panel, firms, edges) -> None:
    """A law that is all but certain of the middle; the end levels reach as far as assumed."""
    middle = (1e9, 1e9)
    spans = {"lowest_span": 3.0, "highest_span": 2.0}
    found = placed(scorer, panel, firms, position=middle, position_lowest=middle, **spans)
    lows = np.column_stack([edges[:, 0] - 3.0, edges])
    highs = np.column_stack([edges, edges[:, -1] + 2.0])
    own = np.arange(len(panel)), panel["level"].to_numpy()
    assert found == pytest.approx(((lows + highs) / 2)[own], abs=NEAR)


def test_the_lowest_level_has_a_law_of_its_own(scorer, panel, firms, edges) -> None:
    """Near the lower end of each level, and near the upper end of the lowest."""
    ours = {"position": (1.0, 1e6), "position_lowest": (1e6, 1.0), "lowest_span": 3.0}
    found = placed(scorer, panel, firms, **ours)
    ends = np.column_stack([edges[:, 0], edges])
    assert found == pytest.approx(ends[np.arange(len(panel)), panel["level"]], abs=NEAR)


def test_places_within_a_level_follow_the_law_and_are_another_for_each_firm(
    scorer, panel, firms, edges
) -> None:
    found = placed(scorer, panel, firms, position=(9.0, 3.0))
    inside = panel["level"].between(1, 4).to_numpy()
    level = panel["level"].to_numpy()[inside]
    rows = np.flatnonzero(inside)
    low, high = edges[rows, level - 1], edges[rows, level]
    place = (found[inside] - low) / (high - low)
    # The mean of the law is 9 / 12, its variance 27 / (144 · 13).
    spread = np.sqrt(27 / (144 * 13))
    assert place.mean() == pytest.approx(0.75, abs=4 * spread / np.sqrt(len(place)))
    assert place.std() == pytest.approx(spread, abs=0.05)


def test_levels_stand_apart_by_the_capability_that_they_ask_for(edges) -> None:
    for lower, upper in pairwise(range(LEVELS - 1)):
        assert (edges[:, lower] < edges[:, upper]).all()


def test_types_are_named_as_the_standards_do() -> None:
    assert process_type_names(np.array([True, False])).tolist() == ["discrete", "process"]
