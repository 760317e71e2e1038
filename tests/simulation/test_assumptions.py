"""What an assumption may be: each at its limits, and just beyond them."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import ValidationError

from smdi.errors import InputErrors
from smdi.simulation.assumptions import Assumptions, default_path, read_assumptions

SHIPPED = yaml.safe_load(default_path().read_text("utf-8"))
LITTLE = 1e-9
PERCENT = (0, 100), (-LITTLE, 100 + LITTLE)
UNIT = (0, 1), (-LITTLE, 1 + LITTLE)
POSITIVE = (LITTLE,), (0, -1)
NOT_NEGATIVE = (0,), (-LITTLE,)
COUNT = (1,), (0, 0.5)
LIMITS = {
    "seed": ((0,), (-1, 0.5)),
    "assessed.2021": COUNT,
    "level_split.level_0_of_le1.2021": PERCENT,
    "level_split.level_5_of_ge4.2021": PERCENT,
    "level_3_of_ge3.2019": PERCENT,
    "participation.ratio_spread": POSITIVE,
    "participation.city_spread": POSITIVE,
    "participation.exceeds": POSITIVE,
    "growth.贵州省": NOT_NEGATIVE,
    "assessed_per_level_ge2": ((1 + LITTLE,), (1,)),
    "divisions.13.level_ge2": ((0, 100, None), (-LITTLE, 100 + LITTLE)),
    "divisions.13.discrete": PERCENT,
    "divisions.13.large": POSITIVE,
    "specialities.江苏省.38": POSITIVE,
    "size.large_at_level.ge4": PERCENT,
    "size.below_large.micro": POSITIVE,
    "size.highest_micro": ((0,), (-1,)),
    "businesses.large.design": PERCENT,
    "panel.persistence": UNIT,
    "responses.level_step": POSITIVE,
    "responses.item_spread": NOT_NEGATIVE,
    "responses.domain_spread": NOT_NEGATIVE,
    "responses.answer_spread": POSITIVE,
    "responses.answer_kept": UNIT,
    "responses.lowest_span": POSITIVE,
    "responses.highest_span": POSITIVE,
    "staff.body": POSITIVE,
    "staff.joint": COUNT,
    "staff.tail": POSITIVE,
    "staff.fewest": COUNT,
    "staff.micro_rise": NOT_NEGATIVE,
    "staff.most.13": POSITIVE,
    "staff.head_spread": POSITIVE,
    "staff.revenue_per_head.13": POSITIVE,
    "staff.day_off": UNIT,
    "practices.noise": POSITIVE,
    "practices.kept": UNIT,
    "practices.ratio_spread": POSITIVE,
}


def place_of(given: Any, key: str) -> tuple[Any, Any]:
    """Give what holds an assumption, and by which key."""
    *outer, last = key.split(".")
    for name in outer:
        given = given[name if name in given else int(name)]
    return given, last if last in given else int(last)


def with_value(key: str, value: object) -> dict[str, Any]:
    given = copy.deepcopy(SHIPPED)
    inside, last = place_of(given, key)
    inside[last] = value
    return given


@pytest.mark.parametrize("key", LIMITS)
def test_an_assumption_may_be_at_its_limit_and_not_beyond(key: str) -> None:
    good, bad = LIMITS[key]
    for value in good:
        Assumptions.model_validate(with_value(key, value))
    for value in bad:
        with pytest.raises(ValidationError) as refused:
            Assumptions.model_validate(with_value(key, value))
        (error,) = refused.value.errors()
        assert ".".join(map(str, error["loc"])) == key


def test_every_fault_of_the_file_is_told_by_its_key_and_value(tmp_path: Path) -> None:
    given = with_value("staff.fewest", 0) | {"weather": "fine"}
    given["panel"]["persistence"] = 1.5
    path = tmp_path / "simulation.yaml"
    path.write_text(yaml.safe_dump(given, allow_unicode=True), "utf-8")
    with pytest.raises(InputErrors) as refused:
        read_assumptions(path)
    told = {(one.file, one.column, one.value) for one in refused.value.problems}
    assert told == {
        (str(path), "staff.fewest", 0),
        (str(path), "panel.persistence", 1.5),
        (str(path), "weather", "fine"),
    }
