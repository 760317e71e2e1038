"""Numbers that decide what the audit says, and what a relation is unless it is told."""

from __future__ import annotations

import inspect
from decimal import Decimal

import pytest

from smdi.published import denominators, facts, inference, inferred_counts, intervals, workbench
from smdi.published.audit import joint, names, repeats, whole_numbers
from smdi.published.constraints import binding, model, system
from smdi.published.published_report import best_fitting
from smdi.published.relations import Mixture, Total, Whole


@pytest.mark.parametrize(
    ("module", "numbers"),
    [
        (workbench, {"CHECK_FIRST": 8, "PLACES_SHOWN": 12,
                     "WEIGHTS": {"contradiction": 8.0, "conditional": 4.0, "claim": 4.0}}),
        (inference, {"FILLED": 0.75}),
        (inferred_counts, {"NEAR": Decimal("0.15")}),
        (whole_numbers, {"SEARCHED": 3000, "TELLING_DECIMALS": 1}),
        (names, {"MOST": 0.6}),
        (repeats, {"ENOUGH_TO_REPEAT": 4, "ENOUGH_BUT_ONE": 6, "ENOUGH_TRAILING_ZEROS": 3}),
        (joint, {"FACTS_NAMED": 8, "LARGEST": 40}),
        (binding, {"TIGHT_UNITS": 4, "HALVINGS": 20}),
        (system, {"STRICT": 1e-5, "NODES": 500, "SECONDS": 5.0, "FEW": 12, "TOLERANCE": 1e-7,
                  "SLACK": 1e-7}),
        (facts, {"WHERE_LENGTH": 60}),
        (denominators, {"HUNDRED": 100, "LONGEST": 2147483648}),
    ],
    ids=lambda given: given.__name__.rpartition(".")[2] if inspect.ismodule(given) else "",
)  # fmt: skip
def test_the_numbers_of_a_module_are_these(module, numbers: dict[str, object]) -> None:
    assert {name: getattr(module, name) for name in numbers} == numbers


def test_a_way_of_rounding_ends_where_it_says() -> None:
    half = Decimal("0.5")
    assert {
        "half_up": (-half, half, True, False),
        "half_down": (-half, half, False, True),
        "truncation": (Decimal(0), Decimal(1), True, False),
    } == intervals.ROUNDINGS


@pytest.mark.parametrize(
    ("printed", "rounding", "low", "high", "ends"),
    [
        ("69", "half_up", "68.5", "69.5", (True, False)),
        ("69", "half_down", "68.5", "69.5", (False, True)),
        ("69", "truncation", "69", "70", (True, False)),
        ("-69", "half_up", "-69.5", "-68.5", (False, True)),
        ("-6.9", "truncation", "-7.0", "-6.9", (False, True)),
        ("0", "half_up", "-0.5", "0.5", (False, False)),
        ("0.00", "truncation", "-0.01", "0.01", (False, False)),
    ],
)
def test_a_printed_number_stands_for_these_values(printed, rounding, low, high, ends) -> None:
    found = intervals.printed_interval(printed, rounding)
    assert (found.low, found.high) == (Decimal(low), Decimal(high))
    assert (found.has_low, found.has_high) == ends


def test_a_relation_is_declared_and_not_guessed_unless_it_says_so() -> None:
    assert Whole(measures=("a", "b")).inferred is False
    total = Total(measure="a", parts=("b",), total="c")
    assert (total.complete, total.total_measure, total.exhibit) == (False, None, None)
    assert Mixture(whole=("a",), parts=("b",)).complete is True
    interval = intervals.Interval(Decimal(1), Decimal(2))
    assert (interval.has_low, interval.has_high) == (True, True)


@pytest.mark.parametrize(
    ("function", "defaults"),
    [
        (model.Model.conflicts, {"without": (), "limit": 5}),
        (system.System.conflicts, {"without": (), "limit": 12}),
        (system.System.conflict, {"without": (), "whole": True}),
        (system.System.is_feasible, {"without": (), "whole": True}),
        (denominators.candidates, {"n_min": 1}),
        (best_fitting, {"least": 0.6}),
    ],
    ids=lambda given: given.__qualname__ if callable(given) else "",
)
def test_what_a_search_does_unless_it_is_told(function, defaults: dict[str, object]) -> None:
    parameters = inspect.signature(function).parameters
    own = {n: p.default for n, p in parameters.items() if p.default is not inspect.Parameter.empty}
    assert own == defaults
