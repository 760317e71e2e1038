"""Numbers that decide what a reader sees, each as the printed report or our method has it."""

from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest

from smdi.indicators import industries, participation, rankings, sme
from smdi.indicators import standing as places
from smdi.indicators.comparison import Outcome
from smdi.indicators.precision import noise


@pytest.mark.parametrize(
    ("function", "defaults"),
    [
        # Lists as long as those of the report, among industries of at least three hundred firms.
        (industries.leading_industries, {"top": 10, "minimum": 300}),
        (industries.sample_threshold, {"minimum": 300}),
        (participation.top_regions, {"top": 10}),
        (participation.share_of_first, {"places": 3}),
        (participation.fastest_growing_regions, {"top": 5, "minimum": 30}),
        (rankings.firms_by_city, {"top": 50}),
        (rankings.share_of_first, {"rows": 5}),
        # Classes of more than a hundred small firms.
        (sme.classes_sme, {"minimum": 100}),
        (sme.class_threshold, {"minimum": 100}),
    ],
    ids=lambda given: given.__name__ if callable(given) else "",
)
def test_a_list_is_as_long_as_that_of_the_report_unless_it_is_told(
    function: Callable[..., object], defaults: dict[str, int]
) -> None:
    parameters = inspect.signature(function).parameters
    own = {n: p.default for n, p in parameters.items() if p.default is not inspect.Parameter.empty}
    assert own == defaults


def test_a_difference_is_told_beyond_twice_its_error_and_from_thirty_firms() -> None:
    assert (noise.TIMES, noise.FEWEST) == (2.0, 30)
    assert (participation.MINIMUM_BEFORE, places.FEWEST_PEERS) == (30, 3)


def test_an_outcome_is_of_all_firms_unless_it_is_of_those_asked() -> None:
    assert Outcome("level_class").values == ()
    assert Outcome("level_class").asked is False
