"""Capability from year to year, and the level classes that it ranks firms into."""

from __future__ import annotations

from statistics import NormalDist
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from smdi.simulation.population.firms import _capability
from smdi.simulation.population.panel import _drift, _ranked
from smdi.simulation.streams import Streams


def test_capability_drifts_with_the_assumed_correlation_and_keeps_its_spread() -> None:
    now = np.random.default_rng(1).standard_normal(50_000)
    assumed = SimpleNamespace(panel=SimpleNamespace(persistence=0.5))
    before = _drift(now, assumed, Streams(1), 2020)
    assert np.corrcoef(now, before)[0, 1] == pytest.approx(0.5, abs=0.01)
    assert before.std() == pytest.approx(1, abs=0.01)


def test_the_least_capable_stand_lowest() -> None:
    assert _ranked(np.array([0.3, -1.0, 2.0, 0.1]), np.array([1, 2, 1])).tolist() == [1, 0, 2, 1]


def test_of_firms_of_one_capability_the_first_stand_lowest() -> None:
    two_by_turns = np.tile([1.0, 0.0], 500)
    classes = _ranked(two_by_turns, np.array([250, 250, 250, 250]))
    assert classes[1::2].tolist() == [0] * 250 + [1] * 250
    assert classes[::2].tolist() == [2] * 250 + [3] * 250


def test_a_level_class_is_its_slice_of_the_capability_of_the_current_year() -> None:
    plan = SimpleNamespace(levels={2020: np.array([900, 100]), 2021: np.array([250, 750])})
    firms = pd.DataFrame({"level_class": [0] * 250 + [1] * 750, "large": False})
    capability = _capability(firms, plan, Streams(1))
    quarter = NormalDist().inv_cdf(0.25)
    assert capability[:250].max() <= quarter <= capability[250:].min()
