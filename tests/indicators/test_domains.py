"""Scores of domains, and what one group leads another by, with its error, worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from smdi.indicators import comparison, domains, industries, practices, sme
from smdi.indicators.cells import Cell
from smdi.indicators.precision.noise import difference_error
from smdi.indicators.tidy import ERROR


def told(frame: pd.DataFrame, measure: str) -> list[tuple]:
    """Group, value, unit and base of each row of a measure."""
    rows = frame[frame["measure"] == measure]
    return [*rows[["group", "value", "unit", "base"]].itertuples(index=False, name=None)]


def of_means(*groups: tuple[int, float]) -> tuple[float, float]:
    """The mean of so many firms of each score, and the square of its error."""
    scores = np.concatenate([np.full(number, score) for number, score in groups])
    return scores.mean(), scores.var(ddof=1) / len(scores)


@pytest.fixture
def groups(firm):
    return [
        firm(20, domain_data=1.0, size="large"),
        firm(20, domain_data=3.0),
        firm(30, domain_data=2.0, process_type="process", region="山东省"),
        firm(30, domain_data=4.0, process_type="process", region="山东省", size="micro"),
        firm(5, process_type="process", region="山东省"),
    ]


def test_scores_are_of_each_type_of_small_firms_and_of_all(groups, assessed) -> None:
    pop = assessed(*groups)
    assert told(domains.domain_scores_by_type(pop), "domain_data") == [
        ("离散型", 2.0, "分", 40),
        ("流程型", 3.0, "分", 60),
    ]
    assert told(domains.domain_scores_sme(pop), "domain_data") == [
        ("中小企业", 3.0, "分", 80),
        ("全国", 2.6, "分", 100),
    ]
    measures = domains.domain_scores_by_type(pop)["measure"]
    assert measures.nunique() == 12 and len(measures) == 24


def test_scores_of_a_scope_stand_before_those_of_the_nation(groups, assessed) -> None:
    frame = domains.domain_scores_beside_nation(assessed(*groups, province="江苏省"))
    assert told(frame, "domain_data") == [("江苏省", 2.0, "分", 40), ("全国", 2.6, "分", 100)]


def test_leads_are_of_the_first_group_over_the_second(groups, assessed) -> None:
    first, own = of_means((20, 1.0), (20, 3.0))
    second, other = of_means((30, 2.0), (30, 4.0))
    pop = assessed(*groups)
    frame = domains.type_leads(pop)
    assert told(frame, "domain_data_lead") == [("离散型", first - second, "分", 40)]
    assert len(frame) == 12
    (error,) = frame.loc[frame["measure"] == "domain_data_lead", ERROR]
    assert error == pytest.approx(math.sqrt(own + other))
    assert told(domains.sme_leads(pop), "domain_data_lead")[0][:2] == (
        "中小企业",
        pytest.approx(0.4),
    )
    nation = domains.nation_leads(assessed(*groups, province="江苏省"))
    assert told(nation, "domain_data_lead")[0][:2] == ("江苏省", pytest.approx(-0.6))


def test_who_is_in_both_groups_counts_once_in_the_error(groups, assessed) -> None:
    """A part against the whole: part - whole is 0.2 of the part less 0.8 of the large, here."""
    frame = domains.sme_leads(assessed(*groups))
    (error,) = frame.loc[frame["measure"] == "domain_data_lead", ERROR]
    _, part = of_means((20, 3.0), (30, 2.0), (30, 4.0))
    _, whole = of_means((20, 1.0), (20, 3.0), (30, 2.0), (30, 4.0))
    assert error < math.sqrt(part + whole)


YES, NO = {"practice_data_sharing": True}, {"practice_data_sharing": False}
RATE = "practice_equipment_digitalisation_rate"


@pytest.mark.parametrize(
    ("practice", "own", "other", "scale"),
    [
        ("data_sharing", [YES] * 30 + [NO] * 10, [YES] * 10 + [NO] * 30, 100),
        (
            "equipment_digitalisation_rate",
            [{RATE: 60.0}] * 30 + [{RATE: 20.0}] * 10,
            [{RATE: 60.0}] * 10 + [{RATE: 20.0}] * 30,
            40,
        ),
    ],
)
def test_the_lead_of_a_rate_has_the_error_of_its_own_unit(
    firm, assessed, practice: str, own, other, scale: int
) -> None:
    pop = assessed(
        *(firm(1, **answer) for answer in own),
        *(firm(1, industry="1711", **answer) for answer in other),
        *(firm(1, year=2020, **answer) for answer in other),
        industry="36",
    )
    lead = practices.sector_leads(pop, "equipment", [practice], "fig-12")
    assert lead["value"].tolist() == [pytest.approx(scale / 4)]
    change = practices.practice_changes(pop, [practice], "fig-12")
    increase = practices.practice_increase(pop, practice)
    for frame, ending in ((change, "change"), (increase, "increase")):
        assert told(frame, f"{practice}_{ending}") == [
            ("汽车制造业", pytest.approx(scale / 2), "百分点", 40)
        ]
        # Both shares of 40 firms have the variance 3/16.
        assert frame[ERROR].tolist() == [pytest.approx(scale * math.sqrt(2 * 3 / 16 / 39))]
    beside = practices.against_nation(pop, [practice], "fig-12")
    assert beside["group"].tolist() == ["汽车制造业", "全国", "汽车制造业"]
    assert beside["base"].tolist() == [40, 80, 40]


@pytest.mark.parametrize(("before_too", "now_too"), [(False, True), (True, False)])
def test_a_cell_that_stands_on_one_side_alone_adds_no_more_than_its_firms(
    before_too: bool, now_too: bool
) -> None:
    """Cell 1 is this year's alone, which then weighs nothing, or the baseline's, which borrows."""
    draw = np.random.default_rng(5)
    now, before = pd.Series(draw.normal(50, 9, 80)), pd.Series(draw.normal(45, 9, 60))
    cells_now = np.repeat([0, 1], [40, 40]) if now_too else np.zeros(80, dtype=int)
    cells_before = np.repeat([0, 1], [40, 20]) if before_too else np.zeros(60, dtype=int)
    ids, ids_before = pd.Series(np.arange(80)), pd.Series(np.arange(100, 160))
    found = comparison.standardised(
        now, before, [cells_now] * 4, [cells_before] * 4, ids, ids_before
    )
    like = 40 if now_too else 80
    assert found.value == pytest.approx(now[:like].mean() - before.mean())
    assert found.borrowed == (pytest.approx(1 / 3) if before_too else 0)
    expected = difference_error(now[:like], ids[:like], before, ids_before)
    assert found.error == pytest.approx(expected)


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (comparison.practice_outcome("data_sharing"), "practice_data_sharing=yes"),
        (comparison.practice_outcome("equipment_digitalisation_rate"), RATE),
        (comparison.level_outcome("ge3"), "level_class=3,ge4"),
    ],
)
def test_an_outcome_names_what_is_summed_of_whom(outcome, told: str, firm, assessed) -> None:
    firms = assessed(firm(3), province="江苏省").current
    assert outcome.told == told
    column, _, values = told.partition("=")
    base = firms.cell.narrowed({"answered": [column]} if column.startswith("practice") else {})
    summed = base.narrowed({column: values.split(",")}) if values else base.sum_of(column)
    assert outcome.cells(firms) == (summed, base)
    assert isinstance(summed, Cell)
    assert outcome.cells(firms[firms["level"] > 0]) is None


@pytest.mark.parametrize(("firms", "listed"), [(299, []), (300, ["汽车制造业"])])
def test_by_itself_an_industry_is_ranked_from_three_hundred_firms_on(
    firm, assessed, firms: int, listed: list[str]
) -> None:
    frame = industries.leading_industries(assessed(firm(firms)))
    assert list(dict.fromkeys(frame["group"])) == listed
    threshold = industries.sample_threshold(assessed(firm(1)))
    assert told(threshold, "sample_threshold") == [("全国", 300.0, "家", 0)]


def test_by_itself_a_list_of_industries_has_ten_and_one_of_classes_those_above_a_hundred(
    firm, assessed
) -> None:
    divisions = ["1711", "1311", "1411", "1511", "2211", "2311", "2411", "2611", "3311", "3411"]
    groups = [firm(11 - at, industry=code, level=2) for at, code in enumerate(divisions)]
    others = [firm(11, industry=code) for code in divisions]
    pop = assessed(*groups, *others, firm(101), firm(100, industry="3612"))
    frame = industries.leading_industries(pop, minimum=2)
    assert frame.loc[frame["measure"] == "rank", "group"].nunique() == 10
    classes = sme.classes_sme(pop)
    assert classes["group"].unique().tolist() == ["3670 汽车零部件及配件制造"]
    assert told(sme.class_threshold(pop), "sample_threshold") == [("全国", 100.0, "家", 0)]
