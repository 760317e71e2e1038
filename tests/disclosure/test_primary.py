"""What is suppressed by itself, at its limits, on releases of a few cells."""

from __future__ import annotations

import numpy as np
import pytest

from smdi.disclosure.columns import Columns
from smdi.disclosure.membership import Membership
from smdi.disclosure.primary import dominated, primary
from smdi.edition import Disclosure
from smdi.indicators.cells import CHANGE, Cell

NOW = Cell("assessed", 2021)
ASKED = NOW.narrowed({"answered": ("practice_data_sharing",)})
YES = ASKED.narrowed({"practice_data_sharing": ("yes",)})
LARGE, SMALL = (NOW.narrowed({"size": (size,)}) for size in ("large", "small"))
LOW = NOW.narrowed({"level_class": ("le1",)})
POLICY = Disclosure(minimum=5)
MERCIFUL = Disclosure(minimum=5, unanimous=True)


@pytest.fixture
def found(firm, assessed):
    """Apply the rules to cells of some firms: what is hidden, and what must not be found out."""

    def run(*groups, cells, policy=POLICY):
        columns = Columns(Membership(assessed(*groups)), cells)
        told = primary(columns, policy)
        hidden = {cell for cell, at in columns.of_cell.items() if at in told.suppressed}
        at = {place: column.cells for place, column in enumerate(columns.all)}
        secrets = {
            (at[one.whole][0], tuple(at[part][0] for part in one.parts), one.phantom is not None)
            for one in told.secrets
        }
        return hidden, secrets

    return run


@pytest.mark.parametrize(("firms", "hidden"), [(0, False), (1, True), (4, True), (5, False)])
def test_fewer_than_the_minimum_are_hidden_and_none_are_not(found, firm, firms, hidden):
    told, _ = found(firm(firms, size="large"), firm(20), cells=[NOW, LARGE])
    assert (LARGE in told) is hidden
    assert NOW not in told


@pytest.mark.parametrize(("rest", "secret"), [(0, False), (1, True), (4, True), (5, False)])
def test_what_a_part_leaves_of_a_whole_must_not_be_few(found, firm, rest, secret):
    _, secrets = found(firm(rest, size="large"), firm(20), cells=[NOW, SMALL])
    assert ((NOW, (SMALL,), False) in secrets) is secret


def test_where_few_are_the_whole_no_part_may_say_that_it_has_none(found, firm):
    told, _ = found(firm(3), cells=[NOW, LARGE])
    assert {NOW, LARGE} <= told
    told, _ = found(firm(5), cells=[NOW, LARGE])
    assert told == set()


@pytest.mark.parametrize(
    ("yes", "no", "hidden"), [(9, 0, True), (0, 9, True), (9, 6, False), (6, 9, False)]
)
def test_what_all_firms_of_a_group_do_or_none_does_is_hidden(found, firm, yes, no, hidden):
    groups = firm(yes, practice_data_sharing=True), firm(no, practice_data_sharing=False)
    told, secrets = found(*groups, cells=[ASKED, YES])
    assert (YES in told) is hidden
    assert any(phantom for *_, phantom in secrets) is hidden
    told, _ = found(*groups, cells=[ASKED, YES], policy=MERCIFUL)
    assert told == set()


def test_all_at_a_level_is_hidden_and_none_at_it_is_not(found, firm):
    assert LOW in found(firm(9, level=1), cells=[NOW, LOW])[0]
    assert LOW not in found(firm(9, level=3), cells=[NOW, LOW])[0]


OF_TWO, OF_FOUR = ("2", "3", "ge4"), ("ge4",)


@pytest.mark.parametrize(
    ("levels", "classes", "hidden"),
    [
        ([1], OF_TWO, True),
        ([1, 2], OF_TWO, False),
        ([1, 3], OF_FOUR, False),
        ([1], ("2", "3"), False),
    ],
)
@pytest.mark.parametrize("base", [[NOW], []], ids=["base shown", "base in no table"])
def test_none_above_the_lowest_level_is_hidden_for_all_are_at_it(
    found, firm, levels, classes, hidden, base
):
    above = NOW.narrowed({"level_class": classes})
    groups = [firm(9, level=level) for level in levels]
    told, secrets = found(*groups, cells=[*base, above])
    assert (above in told) is hidden
    assert any(phantom for *_, phantom in secrets) is hidden
    assert found(*groups, cells=[*base, above], policy=MERCIFUL)[0] == set()


def test_none_above_the_lowest_level_among_none_is_no_secret(found, firm):
    above = LARGE.narrowed({"level_class": OF_TWO})
    assert found(firm(9, level=1, size="small"), cells=[above]) == (set(), set())


def test_a_type_that_all_firms_have_is_no_secret(found, firm):
    told, secrets = found(firm(9), cells=[NOW, NOW.narrowed({"process_type": ("discrete",)})])
    assert (told, secrets) == (set(), set())


MATCHED = Cell("matched", 2021)


def both(firm, count: int, **given):
    names = [f"SIM{n:015d}" for n in range(count)]
    return firm(count, ids=names, **given), firm(count, ids=names, year=2020, **given)


@pytest.mark.parametrize(("new", "secret"), [(0, False), (1, True), (4, True), (5, False)])
def test_few_that_came_once_are_what_those_that_came_twice_leave(found, firm, new, secret):
    _, secrets = found(*both(firm, 9), firm(new), cells=[NOW, MATCHED])
    assert bool(secrets) is secret


def test_those_that_came_twice_need_no_number_of_all(found, firm):
    assert found(*both(firm, 9), firm(2), cells=[MATCHED]) == (set(), set())


CHANGED = Cell("matched", 2021, (), f"{CHANGE}level_class=le1")
BEFORE = Cell("assessed", 2020)


@pytest.mark.parametrize(("new", "secret"), [(0, False), (2, True), (3, False)])
def test_the_change_of_all_less_that_of_the_matched_must_not_be_of_few(found, firm, new, secret):
    low = [cell.narrowed({"level_class": ("le1",)}) for cell in (NOW, BEFORE)]
    # Of those that came twice some rise, so that their change is of few and their number is not.
    names = [f"SIM{n:015d}" for n in range(20)]
    groups = (
        firm(10, ids=names[:10], level=1),
        firm(10, ids=names[10:], level=3),
        firm(20, ids=names, level=1, year=2020),
        firm(new, level=1),
        firm(new, level=3),
    )
    _, secrets = found(*groups, cells=[*low, CHANGED])
    assert bool([one for one in secrets if one[0] == low[0]]) is secret


@pytest.mark.parametrize(
    ("amounts", "hidden"),
    [
        ((50, 35, 15), False),  # 85 % exactly
        ((51, 35, 14), True),  # more than that
        ((50, 20, 5), True),  # the second knows the first to within 10 %
        ((50, 20, 4.9), True),
        ((40, 30, 4), True),
        ((40, 20, 15), False),
        ((9,), True),
        ((0, 0), False),
    ],
)
def test_a_sum_that_few_make_up_is_hidden(amounts, hidden) -> None:
    assert dominated(np.array(amounts, dtype=float), POLICY) is hidden


def test_closeness_begins_under_its_percentage() -> None:
    policy = Disclosure(dominance_percent=100)
    assert dominated(np.array([50.0, 20, 4.9]), policy)
    assert not dominated(np.array([50.0, 20, 5]), policy)


def test_cells_of_the_same_firms_are_one_column_whatever_they_are_called(firm, assessed):
    pop = assessed(firm(6, region="北京市"), firm(9))
    names = {"province": ("110000",)}, {"city": ("110100",)}
    columns = Columns(Membership(pop), [NOW.narrowed(name) for name in names])
    assert len(columns.all) == 1
    assert len(columns.all[0].cells) == 2


def test_firms_and_those_of_them_with_an_outcome_are_two_columns(firm, assessed):
    columns = Columns(Membership(assessed(firm(9, level=1))), [NOW, LOW])
    assert len(columns.all) == 2


def test_wide_scopes_stay_before_narrow_ones_bases_before_outcomes_and_many_before_few(
    firm, assessed
):
    here = NOW.narrowed({"province": ("320000",)})
    city = here.narrowed({"city": ("320200",)})
    kind = {"process_type": ("discrete",)}
    low, levels = {"level_class": ("le1",)}, {"level_class": ("2",)}
    rising = [
        *(NOW, NOW.narrowed(low), NOW.narrowed(levels), NOW.narrowed(kind)),
        *(NOW.narrowed({**kind, **low}), NOW.narrowed({**kind, "size": ("small",)})),
        *(here, here.narrowed(low), here.narrowed(levels), here.narrowed(kind)),
        *(city, city.narrowed(low), city.narrowed(levels)),
    ]
    pop = assessed(
        firm(30), firm(9, level=2), firm(7, process_type="process"), firm(6, size="large"),
        firm(8, level=2, region="山东省"), firm(20, region="山东省"),
        [{**one, "city": "320500"} for one in firm(5)],
        [{**one, "city": "320500"} for one in firm(3, level=2)],
    )  # fmt: skip
    columns = Columns(Membership(pop), rising)
    assert len(columns.all) == len(rising)
    order = sorted(columns.all, key=lambda column: column.depth)
    assert [column.cell.id for column in order] == [cell.id for cell in rising]
