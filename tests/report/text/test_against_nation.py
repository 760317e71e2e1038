"""A scope's rates beside the nation's: indicators and sentences, also where some are withheld."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from smdi.indicators import practices
from smdi.indicators.tidy import Row, frame
from smdi.report.text import parts
from smdi.report.text.practice import comparing
from smdi.report.text.practice.words import name

THREE = ("energy_platform", "carbon_accounting", "predictive_maintenance")
NAMES = [name(practice) for practice in THREE]


def rates(**pairs: tuple[float | None, float | None]) -> pd.DataFrame:
    """Rates of 江苏省 and of the nation by practice; None is withheld."""
    rows = [
        Row(practice, group, 2021, math.nan if v is None else v, "%", 90, withheld=v is None)
        for practice, pair in pairs.items()
        for group, v in zip(("江苏省", "全国"), pair, strict=True)
    ]
    leads = [Row(f"{practice}_lead", "江苏省", 2021, 1.0, "百分点", 90) for practice in pairs]
    return frame([*rows, *leads])


def said(table: pd.DataFrame, clear: bool = True) -> str:
    text = comparing.against_nation(table, "江苏省", 2021, 0, lambda _: clear)
    return str(parts.phrase_record(parts.parse(text, "c", lambda *_: "computed"), {})["text"])


def test_one_standing_of_all_is_said_of_all() -> None:
    text = said(rates(**dict.fromkeys(THREE, (50.0, 40.0))))
    assert text.startswith("三项") or "3 项" in text
    assert text.endswith("高于全国。")
    assert not any(own in text for own in NAMES)


def test_standings_that_differ_are_told_by_name() -> None:
    values = ((50.0, 40.0), (30.0, 40.0), (40.0, 40.0))
    text = said(rates(**dict(zip(THREE, values, strict=True))))
    places = [text.index(own) for own in NAMES]
    assert places == sorted(places)
    first, second, third = text[: places[1]], text[places[1] : places[2]], text[places[2] :]
    assert "高于全国" in first
    assert "低于全国" in second
    assert "高于" not in third and "低于" not in third


@pytest.mark.parametrize("hidden", [(None, 40.0), (50.0, None), (None, None)])
def test_what_is_withheld_on_either_side_is_not_compared(hidden) -> None:
    values = ((50.0, 40.0), hidden, (50.0, 40.0))
    text = said(rates(**dict(zip(THREE, values, strict=True))))
    assert NAMES[1] not in text
    assert NAMES[0] in text and NAMES[2] in text
    assert "三项" not in text


def test_where_nothing_can_be_compared_that_is_said_alone() -> None:
    text = said(rates(energy_platform=(None, 40.0)))
    assert "全国" not in text
    assert "未公布" in text or "不" in text


def test_one_rate_is_named() -> None:
    text = said(rates(energy_platform=(50.0, 40.0)))
    assert NAMES[0] in text


def test_a_difference_that_is_not_clear_is_no_claim() -> None:
    text = said(rates(energy_platform=(40.4, 40.0)), clear=False)
    assert "高于全国" not in text


@pytest.mark.parametrize(
    ("standing", "text"),
    [
        ("hhh", "三个能力域均高于全国"),
        ("lll", "三个能力域均低于全国"),
        ("---", "三个能力域均与全国未见明显差异"),
        ("hll", "三个能力域中，一个高于全国，两个低于全国"),
        ("h--", "三个能力域中，一个高于全国，两个与全国未见明显差异"),
        ("-l-", "三个能力域中，一个低于全国，两个与全国未见明显差异"),
        ("hl-", "三个能力域中，一个高于全国，一个低于全国，一个与全国未见明显差异"),
        ("h", "可比的一个能力域高于全国"),
        ("-", "可比的一个能力域与全国未见明显差异"),
    ],
)
def test_measures_are_counted_by_their_standing_and_none_is_counted_for_nothing(
    standing: str, text: str
) -> None:
    holds = {
        side: {str(place): one == side[0] for place, one in enumerate(standing)}
        for side in ("higher", "lower")
    }
    assert comparing.beside(holds, "全国", "个", "能力域") == text


YES, NO = {"practice_energy_platform": True}, {"practice_energy_platform": False}


@pytest.fixture
def pop(firm, assessed):
    return assessed(
        firm(30, **YES),
        firm(10, **NO),
        firm(10, region="山东省", **YES),
        firm(50, region="山东省", industry="1711", **NO),
        province="江苏省",
    )


def value(table: pd.DataFrame, measure: str, group: str) -> float:
    (found,) = table.loc[(table["measure"] == measure) & (table["group"] == group), "value"]
    return float(found)


def test_the_rates_are_those_of_the_scope_and_of_the_whole_nation(pop) -> None:
    table = practices.against_nation(pop, ["energy_platform"], "fig-a5")
    assert value(table, "energy_platform", "江苏省") == 75
    assert value(table, "energy_platform", "全国") == 40
    assert value(table, "energy_platform_lead", "江苏省") == 35


def test_a_sector_stands_beside_all_industries_of_its_own_regions(pop, assessed, firm) -> None:
    table = practices.sector_practices(pop, "equipment", ["energy_platform"], "fig-12")
    assert value(table, "energy_platform", "全行业") == 75
    shandong = assessed(
        firm(10, region="山东省", **YES),
        firm(30, region="山东省", industry="1711", **NO),
        firm(60, **NO),
        province="山东省",
    )
    table = practices.sector_practices(shandong, "equipment", ["energy_platform"], "fig-12")
    groups = {group: value(table, "energy_platform", group) for group in table["group"].unique()}
    assert groups.pop("全行业") == 25
    assert list(groups.values()) == [100]


def test_the_nation_is_not_compared_with_itself(firm, assessed) -> None:
    assert practices.against_nation(assessed(firm(9, **YES)), ["energy_platform"], "x").empty
