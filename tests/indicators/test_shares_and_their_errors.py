"""Shares of levels with the errors of their differences, and who takes part where."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from smdi.indicators import industries, levels, participation
from smdi.indicators.profiles import summary
from smdi.indicators.tidy import ERROR
from tests.indicators.protections import Nothing


def told(frame, *measures: str) -> list[tuple]:
    rows = frame[frame["measure"].isin(measures)] if measures else frame
    return [*rows[["measure", "group", "value", "base"]].itertuples(index=False, name=None)]


def error(*samples: tuple[int, int]) -> float:
    """The error of a difference of shares: of so many firms, so many are of the class."""
    squares = (part / n * (1 - part / n) / (n - 1) for part, n in samples)
    return pytest.approx(100 * math.sqrt(sum(squares)))


def of_levels(firm, numbers, **given) -> list:
    return [firm(n, level=level, **given) for level, n in zip((1, 2, 3, 4), numbers, strict=True)]


NOW, BEFORE = (20, 10, 8, 2), (30, 12, 5, 3)


def test_each_change_has_the_error_of_its_own_class(firm, assessed) -> None:
    pop = assessed(*of_levels(firm, NOW), *of_levels(firm, BEFORE, year=2020))
    frame = levels.level_changes(pop)
    assert dict(zip(frame["measure"], frame["value"], strict=True)) == {
        "share_level_le1_decrease": pytest.approx(60 - 50),
        "share_level_ge3_increase": pytest.approx(25 - 16),
        "share_level_le1_change": pytest.approx(50 - 60),
        "share_level_2_change": pytest.approx(25 - 24),
        "share_level_3_change": pytest.approx(20 - 10),
        "share_level_ge4_change": pytest.approx(5 - 6),
    }
    assert dict(zip(frame["measure"], frame[ERROR], strict=True)) == {
        "share_level_le1_decrease": error((20, 40), (30, 50)),
        "share_level_ge3_increase": error((10, 40), (8, 50)),
        "share_level_le1_change": error((20, 40), (30, 50)),
        "share_level_2_change": error((10, 40), (12, 50)),
        "share_level_3_change": error((8, 40), (5, 50)),
        "share_level_ge4_change": error((2, 40), (3, 50)),
    }
    assert set(frame["base"]) == {40} and set(frame["year"]) == {2021}


def test_the_leads_of_discrete_firms_have_the_error_of_their_class(firm, assessed) -> None:
    pop = assessed(*of_levels(firm, NOW), *of_levels(firm, BEFORE, process_type="process"))
    frame = levels.level_shares_by_type(pop)
    leads = frame[frame["measure"].str.endswith("_lead")]
    assert dict(zip(leads["measure"], leads[ERROR], strict=True)) == {
        "share_level_le1_lead": error((20, 40), (30, 50)),
        "share_level_2_3_lead": error((18, 40), (17, 50)),
        "share_level_ge4_lead": error((2, 40), (3, 50)),
    }
    four = levels.only(frame)
    assert four["measure"].tolist() == [*levels.SHARES, *levels.SHARES]
    assert four["group"].tolist() == ["离散型"] * 4 + ["流程型"] * 4
    assert four.index.tolist() == list(range(8))
    other = levels.only(frame.iloc[::-1], ["share_level_2"])
    assert (other["group"].tolist(), other.index.tolist()) == (["流程型", "离散型"], [0, 1])


@pytest.mark.parametrize(
    ("kinds", "present"),
    [(["process"], ["流程型"]), (["process", "discrete"], ["离散型", "流程型"]), ([], [])],
)
def test_the_types_that_are_present_are_named_in_their_order(kinds, present, firm, assessed):
    groups = [firm(1, process_type=kind) for kind in kinds]
    pop = assessed(*groups, firm(1, year=2020), firm(1, year=2020, process_type="process"))
    assert levels.types_present(pop) == present


def test_the_followed_industries_of_a_scope_are_those_of_its_sector(firm, assessed) -> None:
    def followed(**scope: str) -> list[str]:
        frame = industries.industry_decreases(assessed(firm(3), **scope))
        return frame["group"].tolist()

    assert len(followed()) == 8
    assert followed(sector="electronics") == ["计算机、通信和其他电子设备制造业"]
    assert followed(industry="13") == ["农副食品加工业"]


def test_who_takes_part_is_counted_in_each_province_or_in_each_city_of_one(firm, assessed) -> None:
    groups = [firm(3), firm(2, city="320100"), firm(4, region="山东省")]
    nation = participation.participants_by_region(assessed(*groups))
    assert told(nation)[:2] == [("participants", "江苏省", 5, 5), ("participants", "山东省", 4, 4)]
    assert len(nation) == 31
    cities = participation.participants_by_region(assessed(*groups, province="江苏省"))
    assert told(cities)[:3] == [
        ("participants", "无锡", 3, 3),
        ("participants", "南京", 2, 2),
        ("participants", "徐州", 0, 0),
    ]
    assert len(cities) == 13
    assert told(participation.overview(assessed(*groups, firm(1, industry="1711")))) == [
        ("participants", "全国", 10, 10),
        ("industry_divisions", "全国", 2, 0),
        ("provinces", "全国", 2, 0),
    ]


def test_a_scope_has_a_share_of_the_nation_s_participants_of_its_kind(firm, assessed) -> None:
    groups = [firm(3), firm(9, region="山东省"), firm(8, industry="1711"), firm(7, size="large")]
    assert participation.share_of_nation(assessed(*groups)).empty
    for scope, share, base in (
        ({"province": "江苏省", "industry": "36"}, 100 * 10 / 19, 19),
        ({"province": "江苏省"}, 100 * 18 / 27, 27),
        ({"industry": "36"}, 100 * 19 / 27, 27),
    ):
        ((_, _, value, of),) = told(participation.share_of_nation(assessed(*groups, **scope)))
        assert (value, of) == (pytest.approx(share), base)


def test_the_first_regions_have_no_share_of_participants_that_may_not_be_seen(firm, assessed):
    names = ("江苏省", "山东省", "广东省", "北京市", "西藏自治区")
    pop = assessed(*(firm(9 - at, region=name) for at, name in enumerate(names)))
    leading = participation.top_regions(pop)
    assert participation.share_of_first(pop, leading) == pytest.approx(100 * 24 / 35)
    assert participation.share_of_first(pop, leading, 4) == pytest.approx(100 * 30 / 35)
    hidden = replace(pop, protection=Nothing())
    assert math.isnan(participation.share_of_first(hidden, leading))


def test_a_scope_is_summed_up_beside_the_nation(firm, assessed) -> None:
    pop = assessed(
        *of_levels(firm, NOW),
        *of_levels(firm, BEFORE, region="山东省", process_type="process", size="large"),
        firm(5, year=2020),
        province="江苏省",
    )
    frame = summary.beside_nation(pop)
    assert told(frame, "participants", "firms", "firms_level_ge2") == [
        ("participants", "江苏省", 45, 45),
        ("participants", "全国", 95, 95),
        ("firms", "江苏省", 40, 40),
        ("firms", "全国", 90, 90),
        ("firms_level_ge2", "江苏省", 20, 20),
        ("firms_level_ge2", "全国", 40, 40),
    ]
    for name, own, whole in (("le1", 20, 50), ("ge2", 20, 40), ("ge4", 2, 5)):
        share, lead = f"share_level_{name}", f"share_level_{name}_lead"
        assert told(frame, share, lead) == [
            (share, "江苏省", 100 * own / 40, 40),
            (share, "全国", 100 * whole / 90, 90),
            (lead, "江苏省", 100 * own / 40 - 100 * whole / 90, 40),
        ]
        (found,) = frame.loc[frame["measure"] == lead, ERROR]
        assert 0 < found < error((own, 40), (whole, 90)).expected
    kinds = summary.kinds_of_firms(assessed(*of_levels(firm, NOW), firm(3, size="large")))
    assert told(kinds, "firms") == [
        ("firms", "离散型", 43, 43),
        ("firms", "流程型", 0, 0),
        ("firms", "中小企业", 40, 40),
    ]
    assert told(kinds, "share_level_le1")[2] == ("share_level_le1", "中小企业", 50, 40)
