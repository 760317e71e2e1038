"""Which numbers of firms add up to which, on releases of a few cells."""

from __future__ import annotations

import pytest

from smdi.disclosure.columns import Columns
from smdi.disclosure.membership import Membership
from smdi.disclosure.sums import Sums, sums_of
from smdi.indicators.cells import Cell

NOW = Cell("assessed", 2021)


def cell(base: Cell = NOW, **where: object) -> Cell:
    given = {
        name: [value] if isinstance(value, str) else list(value) for name, value in where.items()
    }
    return base.narrowed(given) if given else base


@pytest.fixture
def made(firm, assessed):
    """Return the sums of cells over some firms, with the firms that each number stands for."""

    def run(*cells: Cell) -> tuple[Sums, dict[int, int | None]]:
        pop = assessed(
            firm(6, level=1, design=True, practice_data_sharing=True),
            firm(5, level=2, size="large", design=False, practice_data_sharing=False),
            firm(4, level=3, region="山东省", process_type="process"),
            firm(3, level=4, region="广东省"),
            firm(7, level=1, year=2020),
        )
        columns = Columns(Membership(pop), cells)
        sums = sums_of(columns)
        firms = {
            at: columns.all[own[0]].vector.firms if own else None
            for at, own in enumerate(sums.columns)
        }
        return sums, firms

    return run


def told(sums: Sums, firms: dict[int, int | None]) -> set[tuple[int | None, tuple]]:
    """The equations by numbers of firms; None stands for what nobody asks for."""
    return {
        (firms[whole], tuple(sorted((firms[part] for part in parts), key=str)))
        for whole, parts in sums.equations
    }


def test_the_two_types_make_the_whole_and_a_type_that_nobody_asks_for_is_there(made) -> None:
    both = cell(), cell(process_type="discrete"), cell(process_type="process")
    assert (18, (14, 4)) in told(*made(*both))
    assert (18, (14, None)) in told(*made(*both[:2]))


def test_levels_make_the_whole_by_steps(made) -> None:
    found = told(*made(cell(), *(cell(level_class=name) for name in ("le1", "2", "3", "ge4"))))
    assert (18, (6, None)) in found  # the first level and all above
    assert (None, (3, 4, 5)) in found  # the three above
    assert (None, (5, None)) in found  # the second, and the third with the fourth


def test_regions_that_no_table_has_are_one_rest(made) -> None:
    some = cell(), cell(province="320000"), cell(province="370000")
    assert (18, (11, 4, None)) in told(*made(*some))
    assert (18, (11, 3, 4)) in told(*made(*some, cell(province="440000")))


def test_sizes_are_large_ones_and_all_others(made) -> None:
    others = cell(size=["medium", "micro", "small"])
    assert (18, (13, 5)) in told(*made(cell(), cell(size="large"), others))
    assert (18, (5, None)) in told(*made(cell(), cell(size="large")))


def test_who_does_something_and_who_does_not_make_those_asked(made) -> None:
    asked = cell(answered="practice_data_sharing")
    yes = asked.narrowed({"practice_data_sharing": ["yes"]})
    sums, firms = made(asked, yes)
    assert (11, (6, None)) in told(sums, firms)
    outcomes = {(firms[one], firms[whole]) for one, whole in sums.outcomes}
    assert (6, 11) in outcomes


def test_those_of_a_level_are_an_outcome_of_all_and_types_are_none(made) -> None:
    sums, firms = made(cell(), cell(level_class="le1"), cell(process_type="discrete"))
    assert {(firms[one], firms[whole]) for one, whole in sums.outcomes} == {(6, 18)}


def test_the_assessed_are_among_the_participants_and_these_among_those_of_next_year(made) -> None:
    cells = cell(), Cell("participants", 2021), Cell("participants", 2020)
    sums, firms = made(*cells)
    orders = {(firms[greater], firms[smaller]) for greater, smaller in sums.orders}
    assert orders == {(25, 18), (25, 7)}


def test_a_city_is_a_part_of_its_province(made) -> None:
    cities = cell(city="320200"), cell(city="320500")
    found = told(*made(cell(), cell(province="320000"), *cities))
    assert {(11, (0, 11)), (18, (0, 11, None))} <= found


def test_a_city_that_is_told_with_its_province_is_a_part_of_that_alone(made) -> None:
    here = cell(province="320000", city="320200")
    found = told(*made(cell(), cell(province="320000"), here))
    # Of the nation nobody asks for the city without its province.
    assert (11, (11,)) in found
    assert (18, (11, None)) in found
    assert all(whole != 18 or None in parts for whole, parts in found)


def test_the_same_sum_stands_once(made) -> None:
    sums, _ = made(cell(), cell(process_type="discrete"), cell(process_type="process"))
    assert len(sums.equations) == len(set(sums.equations))
    (types,) = [parts for whole, parts in sums.equations if len(parts) == 2]
    assert len(types) == 2


def test_who_answered_and_who_did_not_make_the_whole(made) -> None:
    assert (18, (11, None)) in told(*made(cell(), cell(answered="practice_data_sharing")))


def test_groups_that_happen_to_be_of_the_same_firms_stay_apart(made) -> None:
    """Nobody knows that all firms of a province are of one type, unless they are told."""
    region = cell(province="370000")
    sums, firms = made(cell(), region, region.narrowed({"process_type": ["process"]}))
    assert (4, (4, None)) in told(sums, firms)
    assert all(whole not in parts for whole, parts in sums.equations)


def test_the_participants_bound_the_assessed_of_whom_only_some_are_told(made) -> None:
    """Whose whole nobody asks for may yet be as few as the participants are."""
    until = Cell("participants", 2021).narrowed({"province": ["320000"]})
    sums, firms = made(until, cell(province="320000", level_class=["2", "3", "ge4"]))
    (order,) = sums.orders
    assert firms[order[0]] == 18  # 7 of them a year before
    assert {(firms[one], whole) for one, whole in sums.outcomes} == {(5, order[1])}


def test_what_lies_between_two_cells_is_there_however_many_steps_off(made) -> None:
    """Of all and the large discrete ones: all discrete ones and all large ones lie between."""
    found = told(*made(cell(), cell(process_type="discrete", size="large")))
    assert (18, (None, None)) in found
    assert (None, (5, None)) in found
    sums, _ = made(cell(), cell(process_type="discrete", size="large"))
    assert sorted(len(parts) for _, parts in sums.equations) == [2, 2, 2, 2]


def test_of_a_whole_that_nobody_asks_for_there_may_be_more_parts(made) -> None:
    """That two provinces make the nation is known by its number alone."""
    found = told(*made(cell(process_type="discrete"), *(
        cell(province=code) for code in ("320000", "370000", "440000"))))  # fmt: skip
    assert (None, (11, 3, 4, None)) in found


def test_those_that_came_twice_are_parts_of_the_assessed_and_not_of_one_another(made) -> None:
    """A firm that changed its type came twice and is in neither type of those that did not."""
    twice = Cell("matched", 2021)
    kind = twice.narrowed({"process_type": ["discrete"]})
    sums, firms = made(cell(), cell(process_type="discrete"), twice, kind)
    found = told(sums, firms)
    assert {(18, (0, None)), (14, (0, None))} <= found
    assert all(0 not in parts or whole in (14, 18) for whole, parts in found)


def test_who_has_a_business_and_who_has_not_make_the_whole_however_it_is_called(made) -> None:
    """Who answers on design is who has it: both names are one number with two columns."""
    answered, has = cell(answered="domain_design"), cell(design="yes")
    sums, firms = made(cell(), has, answered)
    assert (18, (13, None)) in told(sums, firms)
    assert sorted(map(len, sums.columns)) == [0, 1, 2]
    both = cell(answered=["domain_data", "domain_design"])
    assert (18, (None, 0)) not in told(*made(cell(), both))


def test_businesses_are_no_outcome_of_a_level_and_a_no_is_none_of_a_practice(made) -> None:
    sums, _ = made(cell(), cell(design="yes"))
    assert sums.outcomes == []
    asked = cell(answered="practice_data_sharing")
    sums, firms = made(asked, asked.narrowed({"practice_data_sharing": ["no"]}))
    assert [(firms[one], firms[whole]) for one, whole in sums.outcomes] == []


def test_sectors_are_parts_of_the_nation_and_hold_their_industries(made) -> None:
    sector, other = cell(division=["36", "39"]), cell(division=["17"])
    found = told(*made(cell(), sector, other, cell(division="36")))
    # All are of the one industry: of the nation, of its sector, and the sector of the nation.
    assert found == {(18, (0, 18)), (18, (18,))}


@pytest.mark.parametrize("of", ["domain_data", "change:level_class=le1", "change:domain_data"])
def test_what_sums_or_changes_is_no_number_of_firms(made, of: str) -> None:
    twice = Cell("matched", 2021)
    sums, _ = made(twice, twice.sum_of(of))
    assert [own for own in sums.columns if own] == [(0,)]
