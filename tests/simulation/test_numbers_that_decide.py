"""Numbers of our own that shape the simulated firms, and the bounds of what may be assumed."""

from __future__ import annotations

import inspect

import pytest
from pydantic import TypeAdapter, ValidationError

from smdi.simulation import assumptions, calibration, comparison, simulate
from smdi.simulation.counts import (
    division_levels,
    level_counts,
    participants,
    plan,
    printed_divisions,
)
from smdi.simulation.population import attributes, employees_revenue, firms, panel, responses


@pytest.mark.parametrize(
    ("module", "numbers"),
    [
        (calibration, {"EXACT_DECIMALS": 11}),
        (comparison, {"TAIL": 0.05, "TOP": 0.01}),
        (simulate, {"CONFLICTS_TOLD": 3}),
        (division_levels, {"MARGIN": 0.002}),
        (printed_divisions, {"LARGEST_DIVISION": 0.25, "SEARCHED": 6000, "MOST_LARGE": 1.2,
                             "ROOM_FOR_LARGE": 1.08}),
        (plan, {"SPECIALITY_SPREAD": 0.35}),
        (level_counts, {"STEPS": 60, "INSIDE": 1e-6}),
        (participants, {"SHIFTS": (0.0, 6.0), "HALVINGS": 40}),
        (responses, {"BLOCK": 2048, "HALVINGS": 14, "REACH": 12.0}),
        (firms, {"NOT_ASSESSED": -1, "LARGE_LEAD": 0.8}),
        (attributes, {"CLASS_SPREAD": 0.8, "CAPS": (0.5, 0.97), "ADJUSTMENTS": 25,
                      "LARGE_BASE": 0.1}),
        (panel, {"WITHIN_CLASS_NOISE": 0.5}),
        (employees_revenue, {"ROUNDS": 400}),
    ],
    ids=lambda given: given.__name__.rpartition(".")[2] if inspect.ismodule(given) else "",
)  # fmt: skip
def test_the_numbers_of_a_module_are_these(module, numbers: dict[str, object]) -> None:
    assert {name: getattr(module, name) for name in numbers} == numbers


def test_the_classes_that_a_movement_speaks_of_are_those_of_its_name() -> None:
    assert level_counts.UNITED == {
        "ge2": (1, 2, 3), "ge3": (2, 3), "2_3": (1, 2), "le1": (0,), "2": (1,), "3": (2,),
        "ge4": (3,),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "inside", "outside"),
    [
        (assumptions.Percent, (0, 0.5, 100), (-0.1, 100.1)),
        (assumptions.Unit, (0, 0.5, 1), (-0.1, 1.1)),
    ],
    ids=["percent", "unit"],
)
def test_a_share_that_is_assumed_lies_between_nought_and_the_whole(kind, inside, outside) -> None:
    adapter = TypeAdapter(kind)
    assert [adapter.validate_python(value) for value in inside] == list(inside)
    for value in outside:
        with pytest.raises(ValidationError):
            adapter.validate_python(value)
