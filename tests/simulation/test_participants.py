"""Participants by region, worked out by hand for three provinces."""

from types import SimpleNamespace

import pytest

from smdi.simulation.counts.participants import least_participants, participants, planned_city


def targets(printed=(), over=()):
    known = {"participants": dict(printed), "participants_over": dict(over)}
    return SimpleNamespace(numbers=lambda measure, year: known[measure])


def assumptions(**wanted):
    regions = {
        name: SimpleNamespace(participants=number, growth=20) for name, number in wanted.items()
    }
    return SimpleNamespace(provinces=regions, years=SimpleNamespace(current=2021))


WANTED = assumptions(江苏省=None, 北京市=700, 甘肃省=300)


def test_printed_numbers_stand_and_the_others_are_as_preferred():
    found = participants(targets({"江苏省": 900}, {"北京市": 500}), WANTED, {})
    assert found == {"江苏省": 900, "北京市": 700, "甘肃省": 300}


@pytest.mark.parametrize(("bound", "expected"), [(699, 700), (700, 701), (800, 801)])
def test_over_a_bound_means_at_least_one_more(bound, expected):
    found = participants(targets({"江苏省": 900}, {"北京市": bound}), WANTED, {})
    assert found["北京市"] == expected


def test_the_named_stand_in_their_order_and_the_others_below():
    found = participants(targets({"江苏省": 600}, {"北京市": 200}), WANTED, {})
    assert found["北京市"] == 599
    low = participants(
        targets({"江苏省": 900}, {"北京市": 200}),
        assumptions(江苏省=None, 北京市=250, 甘肃省=300),
        {},
    )
    assert low["甘肃省"] == 249


def test_the_firms_at_level_two_ask_for_their_participants():
    found = participants(targets({"江苏省": 900}), WANTED, {"甘肃省": 450})
    assert found["甘肃省"] == 450


def test_the_total_is_passed_first_below_the_named_ones():
    found = participants(targets({"江苏省": 900}, {"北京市": 500, "全国": 2000}), WANTED, {})
    assert sum(found.values()) == 2040
    assert found["江苏省"] == 900
    small = participants(targets({"江苏省": 900}, {"北京市": 500, "全国": 1950}), WANTED, {})
    assert (small["北京市"], small["甘肃省"]) == (700, 390)


def test_a_planned_city_leaves_its_province_what_it_needs():
    assert planned_city(500, 100, 1000, 300) == 500
    assert planned_city(500, 100, 700, 300) == 400
    assert planned_city(50, 100, 700, 300) == 100


def test_assessed_firms_ask_for_participants():
    assert least_participants(100, 1.45) == 146
    assert least_participants(0, 1.45) == 1
