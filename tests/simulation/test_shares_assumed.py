"""What a movement of levels speaks of, and the bounds of a share that is assumed."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter, ValidationError

from smdi.simulation import assumptions
from smdi.simulation.counts import level_counts


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
