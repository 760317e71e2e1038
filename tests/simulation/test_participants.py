"""Participants by region: printed numbers, bounds, order and total, on a few provinces."""

from types import SimpleNamespace

import pytest

from smdi.simulation.counts.integers import Infeasible
from smdi.simulation.counts.participants import (
    drawn_between,
    least_participants,
    named_provinces,
    participants,
)
from smdi.simulation.streams import Streams

NATION = "全国"
LEVEL_GE2 = {"江苏省": 300, "北京市": 90, "湖南省": 80, "江西省": 60, "甘肃省": 20, "青海省": 3}


def targets(printed=(), over=()):
    known = {"participants": dict(printed), "participants_over": dict(over)}
    return SimpleNamespace(numbers=lambda measure, year: dict(known[measure]))


def drawn(printed, over, seed=1, least=None, spread=0.5, exceeds=2.0):
    law = SimpleNamespace(ratio_spread=spread, exceeds=exceeds)
    ours = SimpleNamespace(participation=law, years=SimpleNamespace(current=2021))
    return participants(targets(printed, over), ours, LEVEL_GE2, least or {}, Streams(seed))


PRINTED = {"江苏省": 1000}
OVER = {NATION: 3000, "北京市": 500, "湖南省": 500, "江西省": 300}


@pytest.fixture(params=range(20))
def found(request):
    return drawn(PRINTED, OVER, request.param)


def test_a_printed_number_stands(found):
    assert found["江苏省"] == 1000


def test_over_a_bound_means_more_than_it(found):
    assert min(found["北京市"], found["湖南省"]) > 500
    assert found["江西省"] > 300


def test_the_named_stand_in_their_order_and_the_others_below(found):
    order = ["江苏省", "北京市", "湖南省", "江西省"]
    assert sorted(order, key=lambda name: -found[name]) == order
    assert len({found[name] for name in order}) == 4
    assert max(found["甘肃省"], found["青海省"]) < found["江西省"]


def test_those_of_one_bound_stand_as_far_apart_as_they_are_drawn():
    """Nothing draws the second to just below the first."""
    gaps = []
    for seed in range(20):
        found = drawn(PRINTED, OVER, seed)
        gaps.append(found["北京市"] - found["湖南省"])
    assert min(gaps) >= 1
    assert sum(gap > 10 for gap in gaps) > 10


def test_the_total_is_passed_by_as_much_as_assumed(found):
    assert 3060 <= sum(found.values()) <= 3066


def test_numbers_do_not_pile_up_at_their_limits():
    drawings = [drawn(PRINTED, OVER, seed) for seed in range(200)]
    for name, end in (("湖南省", 501), ("江西省", 301)):
        assert sum(own[name] <= end + 1 for own in drawings) < 10
    assert sum(own["甘肃省"] == own["江西省"] - 1 for own in drawings) < 10


def test_a_named_province_may_stand_one_below_the_next():
    assert drawn({"江苏省": 503}, {NATION: 1500, "北京市": 500})["北京市"] == 502


def test_another_province_may_stand_one_below_the_named():
    over = {NATION: 1500, "北京市": 500}
    assert drawn({"江苏省": 503}, over, least={"甘肃省": 501})["甘肃省"] == 501


def test_the_firms_at_level_two_ask_for_their_participants():
    assert drawn(PRINTED, OVER, least={"甘肃省": 290})["甘肃省"] >= 290


def test_a_province_with_more_firms_at_level_two_has_mostly_more_participants():
    drawings = [drawn(PRINTED, OVER, seed) for seed in range(60)]
    assert sum(own["甘肃省"] > own["青海省"] for own in drawings) > 50


def test_a_total_beyond_all_bounds_is_told():
    with pytest.raises(Infeasible, match="9180 participants"):
        drawn(PRINTED, OVER | {NATION: 9000})


def test_the_named_are_told_with_the_exact_ones_first():
    printed = {"宁夏回族自治区": 400, "江苏省": 900}
    over = {NATION: 2000, "江西省": 300, "北京市": 500}
    expected = ["江苏省", "宁夏回族自治区", "北京市", "江西省"]
    assert named_provinces(targets(printed, over), 2021) == expected


def test_a_draw_follows_the_law_between_its_limits():
    assert drawn_between((1, 10**6), 5.0, 0.5, 0.5) == pytest.approx(148, abs=1)
    assert drawn_between((200, 300), 5.0, 0.5, 0.0) == 200
    assert drawn_between((200, 300), 5.0, 0.5, 1.0) == 300
    assert drawn_between((200, 300), 0.0, 0.1, 0.5) == 200
    assert drawn_between((200, 300), 15.0, 0.1, 0.5) == 300


def test_assessed_firms_ask_for_participants():
    assert least_participants(100, 1.45) == 146
    assert least_participants(0, 1.45) == 1
