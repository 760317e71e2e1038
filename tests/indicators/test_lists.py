"""The first of a list, those of it that are shown, and what is told together of the others."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pytest

from smdi.indicators.cells import shown_best
from smdi.indicators.tidy import frame, rank
from smdi.indicators.tidy.lists import first, listed_apart, place_among, rest, shown
from tests.indicators.protections import All, Hides, hides, row

UNITS = [row("丙", 5), row("甲", 9), row("乙", 7), row("丁", 7), row("戊", 1)]


@dataclass(frozen=True)
class Chooses(Hides):
    """A protection that tells the way of which it lets most be seen."""

    def finest(self, ways):
        return shown_best(ways, self.ask)


def choosing(*names: str) -> Chooses:
    return Chooses(hides(*names).hidden)


def names(rows) -> list[str]:
    return [one.group for one in rows]


@pytest.mark.parametrize(
    ("top", "listed"),
    [(0, ""), (1, "甲"), (2, "甲乙丁"), (3, "甲乙丁"), (4, "甲乙丁丙"), (9, "甲乙丁丙戊")],
)
def test_the_first_are_those_of_a_rank_and_all_who_share_it(top: int, listed: str) -> None:
    assert names(first(UNITS, top)) == list(listed)


def test_those_that_may_be_seen_stand_as_they_were_given() -> None:
    assert names(shown(UNITS, All)) == names(UNITS)
    assert names(shown(UNITS, hides("甲", "丁"))) == ["丙", "乙", "戊"]


WHOLE = row("其他", 40)


@pytest.mark.parametrize(
    ("hidden", "listed", "left"),
    [
        ((), ["甲", "乙"], None),  # all can be told apart
        (("丙",), [], None),
        (("丙",), ["甲"], 31),
        (("丙", "丁"), ["甲", "乙", "戊"], 23),
        (("丙", "其他"), ["甲"], None),  # nor may the whole be told
    ],
)
def test_what_a_whole_has_beside_those_listed_is_told_together(hidden, listed, left) -> None:
    rows = [one for one in UNITS if one.group in listed]
    found = rest(UNITS, rows, WHOLE, choosing(*hidden))
    if left is None:
        assert found == []
        return
    (one,) = found
    assert (one.measure, one.group, one.value, one.base) == ("firms_rest", "其他", left, left)
    assert set(one.cells) == {cell for part in (*rows, WHOLE) for cell in part.cells}


def test_a_place_among_others_is_made_of_all_that_stand_before_it() -> None:
    ((place, own),) = place_among(UNITS, "丁")
    assert (place.value, own.group) == (2, "丁")
    assert set(place.cells) == {cell for one in UNITS if one.value >= 7 for cell in one.cells}
    assert place_among(UNITS, "己") == []


def test_a_frame_lists_apart_the_groups_with_a_value_where_it_tells_of_others_together() -> None:
    hidden = row("丙", 5).__class__("firms", "丙", 2021, math.nan, "家", 0, withheld=True)
    rows = [row("甲", 9), rank("丙", 2021, 2), hidden, row("乙", 7)]
    assert listed_apart(frame(rows)) == ["甲", "丙", "乙"]
    together = row("其他", 5, measure="firms_rest")
    assert listed_apart(frame([*rows, together])) == ["甲", "乙", "其他"]
