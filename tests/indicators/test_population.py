"""Who is counted: assessed this year, before, and to date, in a scope."""

import datetime

import numpy as np
import pytest

from smdi.edition import Scope
from smdi.files import wait_until_settled
from smdi.indicators import Population
from smdi.indicators.cells import Cell


def attributes(firms, column):
    return sorted(zip(firms["firm"], firms[column], strict=True))


def test_participants_are_distinct_firms_with_their_newest_attributes(firm, assessed):
    pop = assessed(
        firm(ids=["A", "B"], year=2020, region="山东省"), firm(ids=["A"], region="江苏省")
    )
    assert (len(pop.current), len(pop.baseline)) == (1, 2)
    assert attributes(pop.participants, "province") == [(0, "320000"), (1, "370000")]


def test_a_firm_that_moved_takes_part_where_it_went_and_nowhere_else(firm, assessed):
    groups = [firm(ids=["A"], year=2020, region="山东省"), firm(ids=["A"], region="江苏省")]
    assert len(assessed(*groups, province="江苏省").participants) == 1
    assert len(assessed(*groups, province="山东省").participants) == 0
    assert len(assessed(*groups, province="山东省").baseline) == 1


def test_participants_of_a_year_before_have_the_attributes_they_had_then(firm, assessed):
    pop = assessed(
        firm(ids=["A"], year=2020, region="山东省"),
        firm(ids=["A"], region="江苏省"),
        firm(ids=["B"], region="江苏省"),
    )
    assert attributes(pop.participants_until(2020), "province") == [(0, "370000")]


def test_an_answer_given_again_counts_once_and_the_later_holds(firm, assessed):
    pop = assessed(
        firm(ids=["A"], level=3, submitted_on=datetime.date(2021, 9, 1)),
        firm(ids=["A"], level=1, submitted_on=datetime.date(2021, 3, 1)),
    )
    assert pop.current["level"].tolist() == [3]


def test_of_two_answers_on_one_day_the_one_further_down_holds(firm, assessed):
    pop = assessed(firm(ids=["B"], level=4), firm(ids=["A"], level=3), firm(ids=["A"], level=1))
    assert pop.current["level"].tolist() == [1, 4]


def test_years_after_the_report_are_left_out(firm, assessed):
    pop = assessed(firm(2), firm(3, year=2022))
    assert pop.years == [2021]
    assert len(pop.participants) == 2
    assert len(pop.assessed_in(2022)) == 0
    assert len(pop.participants_until(2022)) == 2


def test_a_firm_that_answers_again_after_the_report_takes_part_all_the_same(firm, assessed):
    pop = assessed(firm(ids=["A"], year=2021), firm(ids=["A"], year=2022, region="山东省"))
    assert attributes(pop.participants, "province") == [(0, "320000")]


def test_a_scope_narrows_every_view_and_says_its_name(firm, assessed):
    groups = [firm(3, region="江苏省"), firm(2, region="山东省"), firm(1, industry="1711")]
    pop = assessed(*groups, province="江苏省", industry="36")
    assert (len(pop.current), len(pop.participants)) == (3, 3)
    assert pop.scope_name == "江苏省汽车制造业"
    assert pop.industry_name == "汽车制造业"
    assert len(pop.nation.current) == 6
    assert len(pop.across_industries.current) == 4
    assert len(pop.across_regions.current) == 5


def test_the_whole_nation_is_named_so_and_is_its_own_reference(firm, assessed):
    pop = assessed(firm(3))
    assert (pop.scope_name, pop.industry_name, pop.is_whole) == ("全国", "全行业", True)
    assert pop.nation is pop.across_regions is pop.across_industries is pop
    assert not assessed(firm(3), province="江苏省").is_whole
    assert not assessed(firm(3), industry="36").is_whole


def test_what_was_opened_is_shared_by_scopes_and_not_by_years(firm, scores_file):
    path = scores_file(firm(2), firm(3, region="山东省"), firm(4, year=2022))
    wait_until_settled(path)
    nation, shandong = (
        Population.open(path, 2021, 2020, Scope.of(province=name)) for name in ("", "山东省")
    )
    later = Population.open(path, 2022, 2021)
    assert nation.current is shandong.nation.current
    found = (nation.current, shandong.current, later.current, later.participants)
    assert [len(firms) for firms in found] == [5, 3, 4, 9]
    assert len(nation.assessed_in(2022)) == 0
    assert len(later.assessed_in(2022)) == 4


def test_columns_that_were_read_ahead_are_not_read_again(firm, scores_file, monkeypatch):
    path = scores_file(firm(2, level=3), firm(3))
    firms = Population.open(path, 2021, 2020).current
    before = {column: list(firms[column]) for column in ("level", "province", "firm")}
    answered = firms.where(answered="practice_data_sharing")
    fresh = Population.open(path, 2021, 2020).current
    fresh.read_ahead()
    monkeypatch.setattr(type(fresh), "_series", None)
    assert {column: list(fresh[column]) for column in before} == before
    columns = fresh._all.table.column_names
    assert [len(fresh[column]) for column in columns] == [5] * len(columns)
    assert len(fresh.where(answered="practice_data_sharing")) == len(answered)


@pytest.mark.parametrize(
    ("before", "more", "then"),
    [
        ({}, {"size": ["small", "micro"]}, {"size": ("micro", "small")}),
        ({"size": ["small", "large"]}, {"size": ["large"]}, {"size": ("large",)}),
        ({"size": ["small"]}, {"size": ["large"]}, {"size": ()}),
        # Who answered two questions, and not who answered both of none.
        ({"answered": ["b"]}, {"answered": ["a"]}, {"answered": ("a", "b")}),
        ({"size": ["small"]}, {"answered": ["a"]}, {"answered": ("a",), "size": ("small",)}),
    ],
)
def test_a_cell_with_further_conditions_is_of_the_firms_that_meet_them_all(before, more, then):
    cell = Cell("assessed", 2021, of="revenue").narrowed(before).narrowed(more)
    assert cell == Cell("assessed", 2021, tuple(then.items()), "revenue")


def test_a_narrowed_selection_keeps_its_columns_together(firm, assessed):
    pop = assessed(firm(2, level=1), firm(1, level=3, size="large"), firm(1, level=4, size="large"))
    large = pop.current[pop.current["size"] == "large"]
    assert large["level"].tolist() == [3, 4]
    assert large[large["level"] > 3]["size"].tolist() == ["large"]
    assert len(large[large["level"] > 4]) == 0


def test_counts_stand_in_the_order_of_codes_without_empty_ones(firm, assessed):
    pop = assessed(firm(1, region="山东省"), firm(1, region="北京市"), firm(2), firm(1, year=2020))
    counts = pop.current.counts("province")
    assert counts.to_dict() == {"110000": 1, "320000": 2, "370000": 1}
    assert list(counts.index) == ["110000", "320000", "370000"]


def test_a_practice_not_asked_is_neither_yes_nor_no(firm, assessed):
    pop = assessed(
        firm(ids=["A"], practice_data_sharing=True),
        firm(ids=["B"], practice_data_sharing=False),
        firm(ids=["C"], practice_data_sharing=None),
    )
    answers = pop.current["practice_data_sharing"]
    assert answers[:2].tolist() == [1.0, 0.0]
    assert np.isnan(answers[2])


@pytest.mark.parametrize(("yes", "no"), [(True, False), (1.0, 0.0), (1, 0)])
def test_who_does_a_practice_is_found_however_its_answers_are_stored(yes, no, firm, assessed):
    answers = {"A": yes, "B": no, "C": no}
    pop = assessed(
        *(firm(ids=[name], practice_data_sharing=told) for name, told in answers.items())
    )
    for word, expected in (("yes", [0]), ("no", [1, 2]), (("yes", "no"), [0, 1, 2])):
        assert pop.current.where(practice_data_sharing=word)["firm"].tolist() == expected


def test_a_population_without_firms_has_empty_views(firm, assessed):
    pop = assessed(firm(1, year=2019), province="西藏自治区")
    assert (len(pop.current), len(pop.baseline), len(pop.participants)) == (0, 0, 0)
    assert pop.current["level_class"].tolist() == []


def test_an_industry_given_as_a_number_is_its_code(firm, scores_file):
    path = scores_file(firm(2), firm(3, industry="3990"))
    pop = Population.open(path, 2021, 2020, Scope.of(industry=39))
    assert (pop.industry, len(pop.current)) == ("39", 3)


@pytest.mark.parametrize(
    ("scope", "regions", "covered"),
    [
        ({}, 31, True),
        ({"industry": "36"}, 31, True),
        ({"province": "江苏省"}, 13, True),
        ({"province": "宁夏回族自治区", "industry": "36"}, 5, True),
        ({"province": "北京市"}, 0, True),  # a municipality is its own one city
        ({"city": "无锡市"}, 0, True),
        ({"province": "台湾省"}, 0, False),
    ],
)
def test_a_scope_falls_into_the_regions_of_its_own_region(scope, regions, covered, firm, assessed):
    pop = assessed(firm(1), **scope)
    assert (pop.regions, pop.is_covered) == (regions, covered)


@pytest.mark.parametrize(
    ("scope", "numbers"),
    [
        ({"city": "无锡市"}, (3, 4)),
        ({"city": "南京市"}, (2, 2)),
        ({"sector": "equipment"}, (5, 6)),
        ({"sector": "consumer"}, (7, 7)),
        ({"size": "large"}, (2, 2)),
        ({"type": "process"}, (7, 7)),
        ({"sector": "equipment", "city": "无锡市"}, (3, 4)),
    ],
)
def test_each_dimension_of_a_scope_narrows_who_is_assessed_and_who_takes_part(
    scope, numbers, firm, assessed
):
    pop = assessed(
        firm(3),
        firm(1, year=2019),
        firm(2, city="320100", size="large"),
        firm(7, region="山东省", industry="1711", process_type="process"),
        **scope,
    )
    assert (len(pop.current), len(pop.participants)) == numbers
    assert (len(pop.assessed_in(2019)), len(pop.assessed_in(2020))) == (numbers[1] - numbers[0], 0)


def test_a_year_is_seen_as_it_was_then(firm, assessed):
    """Who answered again later was a participant before, and no later year is looked at."""
    pop = assessed(
        firm(ids=["A"], year=2019, size="large"),
        firm(ids=["A", "B"], year=2020),
        firm(ids=["C"], year=2021),
        firm(ids=["D"], year=2022),
    )
    assert [len(pop.participants_until(year)) for year in (2018, 2019, 2020, 2021)] == [0, 1, 2, 3]
    assert pop.participants_until(2019)["size"].tolist() == ["large"]
    assert pop.participants_until(2020)["size"].tolist() == ["small", "small"]
    assert pop.years == [2019, 2020, 2021]


@pytest.mark.parametrize(
    ("scope", "name"),
    [
        ({}, "全行业"),
        ({"province": "江苏省"}, "全行业"),
        ({"industry": "36"}, "汽车制造业"),
        ({"industry": "36", "size": "large"}, "汽车制造业"),
        ({"size": "large"}, "大型"),
    ],
)
def test_the_industry_of_a_scope_is_that_or_the_kind_of_its_firms(scope, name, firm, assessed):
    assert assessed(firm(1), **scope).industry_name.removesuffix("企业") == name.removesuffix(
        "企业"
    )
