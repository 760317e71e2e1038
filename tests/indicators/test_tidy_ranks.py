"""Places in rankings, which of several ways is told, and what a rank is known from."""

import math
from dataclasses import replace

import pandas as pd
import pytest

from smdi.indicators.cells import UNPROTECTED
from smdi.indicators.tidy import (
    Row,
    competition_rank,
    finest,
    rank,
    setting,
    tidy,
)
from smdi.indicators.tidy.lists import in_order, place_among, ranked
from tests.indicators.protections import NATION, All, Nothing, hides, row


def test_a_tie_shares_its_rank_and_the_next_is_skipped():
    ranks = competition_rank(pd.Series({"甲": 64, "乙": 65, "丙": 64, "丁": 62}))
    assert ranks.to_dict() == {"甲": 2, "乙": 1, "丙": 2, "丁": 4}


def test_ranks_come_before_rounding():
    ranks = competition_rank(pd.Series({"甲": 12.34, "乙": 12.31}))
    assert ranks.to_dict() == {"甲": 1, "乙": 2}


def test_a_rank_is_hidden_from_the_first_that_is_withheld():
    """甲 9, 乙 7, 丙 5, 丁 3 with 丙 withheld: a fourth place would tell that it lies between."""
    rows = [row("丁", 3), row("丙", 5), row("乙", 7), row("甲", 9)]
    found = ranked(rows, hides("丙"))
    assert [(own.group, place.value) for place, own in found[:2]] == [("甲", 1), ("乙", 2)]
    assert [(own.group, place.withheld) for place, own in found[2:]] == [("丁", True), ("丙", True)]


def test_those_withheld_come_last_in_the_order_in_which_they_were_given():
    rows = [row("甲", 1), row("乙", 4), row("丙", 9), row("丁", 2)]
    for protection in (hides("乙", "甲", "丁"),):
        assert [own.group for _, own in ranked(rows, protection)] == ["丙", "甲", "乙", "丁"]
        assert [own.group for own in in_order(rows, protection)] == ["丙", "甲", "乙", "丁"]


def test_equals_are_hidden_with_the_tie_they_are_in():
    rows = [row("甲", 9), row("乙", 9), row("丙", 5)]
    found = ranked(rows, hides("乙"))
    assert [place.withheld for place, _ in found] == [True, True, True]


def test_a_list_of_the_first_passes_over_those_withheld():
    rows = [row("甲", 9), row("乙", 7), row("丙", 5), row("丁", 3)]
    assert [own.group for _, own in ranked(rows, hides("乙"), top=2)] == ["甲", "丙"]
    assert [own.group for _, own in ranked(rows, All, top=2)] == ["甲", "乙"]


def test_a_place_among_others_is_hidden_where_one_before_it_is():
    rows = [row("甲", 9), row("乙", 7), row("丙", 5)]
    for hidden, expected in ((("甲",), True), (("丙",), False)):
        made = tidy([place for place, _ in place_among(rows, "乙")], "t", hides(*hidden))
        assert made["withheld"].tolist() == [expected]


def test_a_place_among_others_is_that_among_those_with_a_value():
    rows = [row("甲", 5), replace(row("戊", 1), value=math.nan), row("乙", 9), row("丙", 9)]
    for group, place, cells in (("甲", 3, "甲乙丙"), ("乙", 1, "乙丙"), ("丙", 1, "乙丙")):
        ((found, own),) = place_among(rows, group)
        assert (found.value, found.group, own.group) == (place, group, group)
        assert {cell.of for cell in found.cells} == set(cells), "equals stand before it too"
    assert place_among(rows, "戊") == place_among(rows, "己") == place_among([], "甲") == []


def test_a_rank_behind_what_nobody_knows_the_cells_of_is_hidden():
    unknown = Row("firms", "乙", 2021, 7.0, "家", 7)
    found = ranked([row("甲", 9), unknown, row("丙", 5)], All)
    assert [(own.group, own.withheld) for _, own in found] == [
        ("甲", False), ("丙", False), ("乙", True)
    ]  # fmt: skip
    assert [place.withheld for place, _ in found] == [False, True, True]
    ((place, _),) = place_among([row("甲", 3), unknown], "甲")
    assert place.cells is None


def test_a_ranking_of_nothing_known_is_empty():
    assert ranked([], All) == []
    assert ranked([replace(row("甲", 1), value=math.nan)], All) == []


class Printed:
    """Evidence of numbers that are printed, and a population that has it."""

    protection, otherwise = UNPROTECTED, "simulated"

    def __init__(self, **printed):
        self.printed = printed

    @property
    def evidence(self):
        return self

    def told(self, measure, group, year, value):
        known = self.printed.get(group) if measure != "rank" else self.printed.get("rank")
        return ("published", known) if known else ("simulated", "")


@pytest.mark.parametrize(
    ("printed", "statuses"),
    [
        ({"甲": "9", "乙": "7"}, ["derived", "published", "derived", "published"]),
        ({"甲": "9"}, ["simulated", "published", "simulated", "simulated"]),
        ({}, ["simulated"] * 4),
        ({"甲": "9", "乙": "7", "rank": "1"}, ["published"] * 4),
    ],
)
def test_a_rank_follows_from_values_that_are_all_known(printed, statuses):
    rows = [one for pair in ranked([row("甲", 9), row("乙", 7)], All) for one in pair]
    made = tidy(rows, "fig-02", Printed(**printed))
    assert made["status"].tolist() == statuses
    assert made["known"].tolist()[1::2] == [printed.get("甲", ""), printed.get("乙", "")]


def test_a_base_is_known_as_its_value_where_it_is_the_value_and_else_from_the_firms():
    rows = [
        row("甲", 9),
        row("乙", 7, unit="%", measure="share"),
        setting("t", "丙", 2021, 3, "家"),
    ]
    made = tidy(rows, "fig-02", Printed(甲="9", 乙="7"))
    assert made["base_status"].tolist() == ["published", "simulated", ""]
    assert made["status"].tolist() == ["published", "published", "computed"]


class OnlyKnown(Nothing):
    """A protection that lets no value be seen, though all of its cells are known."""

    def knows(self, cells):
        return True


def test_a_rank_is_shown_where_its_cells_are_known_and_a_value_where_they_may_be_seen():
    place = rank("甲", 2021, 2, (NATION,))
    assert place.judged(OnlyKnown()) is place
    assert place.judged(Nothing()).withheld
    told = Row("share", "甲", 2021, 5.0, "%", 7, (NATION,)).judged(OnlyKnown())
    assert (told.withheld, told.base) == (True, 7)
    counted = Row("firms", "甲", 2021, 7.0, "家", 7, (NATION,)).judged(OnlyKnown())
    assert (counted.withheld, counted.base) == (True, 0)


class Chooses(Nothing):
    """A protection that shows the last of several ways best."""

    def __init__(self):
        self.asked = []

    @property
    def protection(self):
        return self

    def finest(self, ways):
        self.asked.append(ways)
        return len(ways) - 1


def test_of_several_ways_to_tell_the_same_the_protection_chooses_by_their_cells():
    fine, wide = [row("甲", 1), row("乙", 2)], [row("丙", 3)]
    source = Chooses()
    assert finest([fine, wide], source) is wide
    assert source.asked == [[[own.cells for own in way] for way in (fine, wide)]]
    assert finest([wide], source) is wide


def test_where_a_cell_of_any_way_has_no_name_the_finest_is_told_and_judged_alone():
    fine, wide, unknown = [row("甲", 1)], [row("乙", 2)], Row("firms", "丙", 2021, 3.0, "家", 3)
    for ways in ([fine, [*wide, unknown]], [[*fine, unknown], wide], [[unknown], [unknown]]):
        source = Chooses()
        assert finest(ways, source) is ways[0]
        assert source.asked == []
