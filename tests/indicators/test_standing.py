"""Where a scope stands: its lead over the nation, its place among its peers and among regions."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from smdi.indicators import standing
from smdi.indicators.precision.noise import FEWEST
from smdi.indicators.tidy import error_of

NAMES = ("江苏省", "山东省", "广东省")


def value(frame: pd.DataFrame, measure: str, group: str) -> float:
    (found,) = frame.loc[(frame["measure"] == measure) & (frame["group"] == group), "value"]
    return float(found)


def mature(firm, counts, low=FEWEST):
    """Provinces with so many firms at level 2 and `low` others."""
    return [
        group
        for name, number in zip(NAMES, counts, strict=False)
        for group in (firm(number, level=2, region=name), firm(low, level=1, region=name))
    ]


def test_the_lead_over_the_nation_is_in_points(firm, assessed):
    frame = standing.against_nation(assessed(*mature(firm, (90, 30), 30), province="江苏省"))
    assert value(frame, "share_level_ge2", "江苏省") == pytest.approx(75)
    assert value(frame, "share_level_ge2", "全国") == pytest.approx(100 * 120 / 180)
    assert value(frame, "share_level_ge2_lead", "江苏省") == pytest.approx(75 - 100 * 120 / 180)
    assert frame.set_index("measure")["unit"]["share_level_ge2_lead"] == "百分点"


def test_the_error_of_the_lead_knows_that_the_scopes_firms_are_the_nations_too(firm, assessed):
    frame = standing.against_nation(assessed(*mature(firm, (90, 30), 30), province="江苏省"))
    own, nation = np.repeat([1.0, 0.0], [90, 30]), np.repeat([1.0, 0.0, 1.0, 0.0], [90, 30, 30, 30])
    parts = -(nation - nation.mean()) / (180 * 179) ** 0.5
    parts[:120] += (own - own.mean()) / (120 * 119) ** 0.5
    expected = 100 * np.square(parts).sum() ** 0.5
    assert error_of(frame, standing.LEAD, "江苏省", 2021) == pytest.approx(expected)


def test_the_nation_leads_itself_by_nothing_and_has_no_peers(firm, assessed):
    nation = assessed(*mature(firm, (90, 30), 30))
    assert standing.against_nation(nation)["value"].tolist()[-1] == 0
    assert standing.peers_dimension(nation) == ""
    assert standing.place_among_peers(nation).empty
    assert standing.place_by_count(nation, standing.taking_part(nation), "participants").empty


def test_a_province_has_its_place_among_those_with_enough_firms(firm, assessed):
    pop = assessed(*mature(firm, (60, 90, 30)), province="江苏省")
    frame = standing.place_among_peers(pop)
    assert value(frame, "rank", "江苏省") == 2
    assert value(frame, "peers", "江苏省") == 3


@pytest.mark.parametrize(("firms", "ranked"), [(FEWEST - 1, False), (FEWEST, True)])
def test_peers_and_scope_count_from_the_fewest_firms_on(firm, assessed, firms, ranked):
    others = mature(firm, (0, 0, 0))[2:]
    for name, own in (("江苏省", firms), ("山东省", FEWEST)):
        small = [firm(firms, region="江苏省"), *others]
        pop = assessed(*small, province=name)
        assert bool(len(standing.place_among_peers(pop))) is ranked, (name, own)


def test_two_peers_are_no_ranking(firm, assessed):
    pop = assessed(*mature(firm, (60, 90)), province="江苏省")
    assert standing.place_among_peers(pop).empty


def test_a_region_has_its_firms_and_its_place_by_them(firm, assessed):
    pop = assessed(*mature(firm, (60, 90, 30)), province="江苏省")
    frame = standing.place_by_count(pop, standing.mature_firms(pop), "firms_level_ge2")
    assert value(frame, "firms_level_ge2", "江苏省") == 60
    assert value(frame, "rank", "江苏省") == 2
    taking = standing.place_by_count(pop, standing.taking_part(pop), "participants")
    assert value(taking, "participants", "江苏省") == 60 + FEWEST


def test_a_region_without_such_a_firm_has_none_and_no_place(firm, assessed):
    pop = assessed(*mature(firm, (0, 90, 30)), province="江苏省")
    frame = standing.place_by_count(pop, standing.mature_firms(pop), "firms_level_ge2")
    assert frame[["measure", "group", "value"]].to_numpy().tolist() == [
        ["firms_level_ge2", "江苏省", 0.0]
    ]
    nobody = assessed(*mature(firm, (60, 90)), province="西藏自治区")
    frame = standing.place_by_count(nobody, standing.taking_part(nobody), "participants")
    assert frame[["measure", "value"]].to_numpy().tolist() == [["participants", 0.0]]


def test_the_only_region_has_no_place(firm, assessed):
    pop = assessed(firm(9, level=2), province="江苏省")
    frame = standing.place_by_count(pop, standing.mature_firms(pop), "firms_level_ge2")
    assert frame["measure"].tolist() == ["firms_level_ge2"]


def test_a_scope_has_peers_by_the_first_dimension_that_it_narrows(firm, assessed):
    given = {"province": "江苏省", "industry": "36"}
    assert standing.peers_dimension(assessed(firm(1), **given)) == "province"
    assert standing.peers_dimension(assessed(firm(1), size="large")) == "size"
    assert standing.peers_dimension(assessed(firm(1), industry="36")) == "industry"


def test_sizes_sectors_and_industries_are_ranked_among_their_own(firm, assessed):
    sizes = [
        group
        for size, number in (("large", 90), ("medium", 60), ("small", 30))
        for group in (firm(number, level=2, size=size), firm(60, level=1, size=size))
    ]
    frame = standing.place_among_peers(assessed(*sizes, size="medium"))
    assert (frame.loc[frame["measure"] == "rank", "value"].tolist()) == [2]
    kinds = [
        group
        for code, number in (("3670", 90), ("3990", 60), ("1713", 30))
        for group in (firm(number, level=2, industry=code), firm(60, level=1, industry=code))
    ]
    frame = standing.place_among_peers(assessed(*kinds, industry="17"))
    assert (frame.loc[frame["measure"] == "rank", "value"].tolist()) == [3]
    frame = standing.place_among_peers(assessed(*kinds, sector="electronics"))
    assert (frame.loc[frame["measure"] == "rank", "value"].tolist()) == [2]
    assert (frame.loc[frame["measure"] == "peers", "value"].tolist()) == [3]
