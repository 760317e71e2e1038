"""Shares and ranks of tiny populations, against numbers worked out by hand."""

from __future__ import annotations

import math

import pytest

from smdi.edition import Scope
from smdi.indicators import levels, rankings
from smdi.indicators.tidy import pick
from smdi.report.tables.rankings import province_ranking


def at(level: int, times: int, **more: object) -> list[dict]:
    return [{"level": level, **more}] * times


def test_shares_are_of_the_firms_assessed_in_the_year(population) -> None:
    firms = [*at(1, 5), *at(2, 2), *at(3, 2), *at(4, 1), *at(5, 9, year=2020)]
    shares = levels.national_level_shares(population(firms))
    said = [pick(shares, name, "全国", 2021)[0] for name in levels.SHARES]
    assert said == [50, 20, 20, 10]


def test_a_fall_of_the_lowest_class_is_counted_positive(population) -> None:
    firms = [*at(1, 6), *at(2, 4), *at(1, 3, year=2020), *at(3, 1, year=2020)]
    changes = levels.level_changes(population(firms))
    assert pick(changes, "share_level_le1_decrease", "全国", 2021)[0] == pytest.approx(15)
    assert pick(changes, "share_level_ge3_increase", "全国", 2021)[0] == pytest.approx(-25)


def test_a_scope_without_firms_has_missing_shares(population) -> None:
    empty = population(at(2, 3), scope=Scope(province="西藏自治区"))
    shares = levels.national_level_shares(empty)
    assert all(math.isnan(value) for value in shares["value"])
    assert not shares["withheld"].any()


def test_a_tie_shares_its_rank_and_the_next_is_skipped(population) -> None:
    firms = [
        *at(2, 3, city="320200"),
        *at(3, 2, city="320500"),
        *at(2, 2, city="320400"),
        *at(4, 1, city="320300"),
        *at(1, 9, city="320100"),
    ]
    table = rankings.firms_by_city(population(firms))
    ranks = table[table["measure"] == "rank"].set_index("group")["value"].to_dict()
    assert ranks == {"无锡": 1, "苏州": 2, "常州": 2, "徐州": 4}


def test_a_province_without_such_a_firm_has_no_rank(firm, assessed) -> None:
    table = rankings.firms_by_province(
        assessed(firm(3, level=2), firm(2, level=1, region="山东省"))
    )
    assert pick(table, "firms_level_ge2", "山东省", 2021) == (0, False)
    assert table.loc[table["measure"] == "rank", "group"].tolist() == ["江苏省"]
    shown = {name: place for place, name, _ in province_ranking(table).rows}
    assert (shown["江苏省"], shown["山东省"]) == ("1", "—")


def test_a_count_below_the_minimum_is_withheld_unless_it_is_printed(firm, assessed) -> None:
    firms = [firm(9, level=2), firm(1, level=2, region="西藏自治区")]
    for rule, expected in (("protected", True), ("as_printed", False)):
        shown = rankings.firms_by_province(assessed(*firms, minimum=5, rule=rule))
        value, withheld = pick(shown, "firms_level_ge2", "西藏自治区", 2021)
        assert (math.isnan(value), withheld) == (expected, expected)
