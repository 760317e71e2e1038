"""What the national report says of a province or an industry is in print in its own edition too."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from smdi.edition import Scope
from smdi.published import read_facts
from smdi.report.published_values import PublishedValues, no_facts, told_of


@pytest.fixture(scope="module")
def facts() -> pd.DataFrame:
    return read_facts(Path("data/published/2021.csv"))


def status(facts: pd.DataFrame, measure: str, group: str, value: float, digits: int, **scope: str):
    known = told_of(facts, Scope(**scope))
    values = PublishedValues(no_facts(), known=known, simulated=True)
    return values.status(("text", measure, group, 2021), value, digits)


@pytest.mark.parametrize(
    ("measure", "group", "value", "digits", "scope"),
    [
        ("firms_level_ge2", "江苏省", 1233, 0, {"province": "江苏省"}),
        ("firms_level_ge2", "无锡", 630, 0, {"province": "江苏省"}),
        ("participants", "江苏省", 4654, 0, {"province": "江苏省"}),
        ("share_level_le1", "计算机、通信和其他电子设备制造业", 52.7, 2, {"industry": "39"}),
    ],
)
def test_a_printed_value_of_the_scope_or_of_its_cities_bears_no_mark(
    facts, measure, group, value, digits, scope
) -> None:
    assert status(facts, measure, group, value, digits, **scope) == "published"


@pytest.mark.parametrize(
    ("measure", "group", "value", "scope"),
    [
        ("firms_level_ge2", "江苏省", 1232, {"province": "江苏省"}),
        ("firms_level_ge2", "江苏省", 1233, {"province": "江苏省", "industry": "39"}),
        ("firms_level_ge2", "长沙", 253, {"province": "江苏省"}),
        ("rank", "苏州", 3, {"province": "江苏省"}),
        ("share_level_le1", "全国", 69, {"province": "江苏省"}),
        ("share_level_le1", "离散型", 67.1, {"industry": "39"}),
    ],
)
def test_what_is_not_printed_of_just_these_firms_stays_simulated(
    facts, measure, group, value, scope
) -> None:
    assert status(facts, measure, group, value, 0, **scope) == "simulated"


def test_nothing_of_a_scope_is_collected_for_reproduction(facts) -> None:
    values = PublishedValues(facts, known=told_of(facts, Scope(province="江苏省")))
    assert values.identify(("tab-provinces", "firms_level_ge2", "江苏省", 2021)) is None
