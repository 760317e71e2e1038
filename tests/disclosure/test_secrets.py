"""Which vectors must not be found out, and the firm that could be there for all a reader knows."""

from __future__ import annotations

import numpy as np
import pytest

from smdi.disclosure.columns import Columns
from smdi.disclosure.membership import Membership
from smdi.disclosure.primary import Phantom, dominated, few, primary
from smdi.edition import Disclosure
from smdi.indicators.cells import CHANGE, Cell

NOW = Cell("assessed", 2021)
DATA = "practice_data_sharing"
ASKED = NOW.narrowed({"answered": [DATA]})
YES = ASKED.narrowed({DATA: ["yes"]})
MATCHED = Cell("matched", 2021)
POLICY = Disclosure(minimum=5)


@pytest.mark.parametrize(
    ("firms", "is_few"), [(0, False), (1, True), (4, True), (5, False), (-1, False)]
)
def test_few_are_more_than_none_and_fewer_than_the_minimum(firms: int, is_few: bool) -> None:
    assert few(firms, POLICY) is is_few


def judged(pop, *cells: Cell):
    columns = Columns(Membership(pop), cells)
    told = primary(columns, POLICY)
    return columns, told


def of_level(*classes: str) -> Cell:
    return NOW.narrowed({"level_class": list(classes)})


@pytest.mark.parametrize(
    ("group", "cells", "phantom"),
    [
        ({DATA: True}, [ASKED, YES], (DATA, "no")),
        ({DATA: False}, [ASKED, YES], (DATA, "yes")),
        ({"level": 1}, [NOW, of_level("le1")], ("level_class", "2")),
        ({"level": 2}, [NOW, of_level("2")], ("level_class", "le1")),
        ({"level": 4}, [NOW, of_level("2", "3", "ge4")], ("level_class", "le1")),
        ({"level": 4}, [NOW, of_level("le1")], None),  # that none is at a level tells of nobody
        ({}, [NOW, NOW.narrowed({"process_type": ["discrete"]})], None),
        ({"design": True}, [NOW, NOW.narrowed({"design": ["yes"]})], ("design", "no")),
    ],
)
def test_where_all_are_alike_a_firm_that_is_not_could_be_there(
    group, cells, phantom, firm, assessed
) -> None:
    columns, told = judged(assessed(firm(9, **group)), *cells)
    found = [one.phantom for one in told.secrets if one.phantom]
    first = int(columns.all[columns.of_cell[cells[0]]].vector.units[0])
    assert found == ([Phantom("assessed", 2021, first, *phantom)] if phantom else [])
    assert (columns.of_cell[cells[1]] in told.suppressed) is bool(phantom)


@pytest.mark.parametrize(
    ("twice", "rose", "hidden"),
    [
        (4, 2, True),  # of so few firms nothing is told
        (20, 10, False),
        (20, 3, True),  # three have it now
        (20, 17, True),  # three have it not
        (20, 20, False),
        (20, 0, False),
    ],
)
def test_a_change_among_firms_of_which_few_have_or_lack_it_is_hidden(
    twice: int, rose: int, hidden: bool, firm, assessed
) -> None:
    names = [f"SIM{n:015d}" for n in range(twice)]
    pop = assessed(
        firm(twice, ids=names, year=2020, level=1),
        firm(rose, ids=names[:rose], level=2),
        firm(twice - rose, ids=names[rose:], level=1),
    )
    cell = MATCHED.sum_of(f"{CHANGE}level_class=2")
    columns, told = judged(pop, MATCHED, cell)
    assert (columns.of_cell[cell] in told.suppressed) is hidden


@pytest.mark.parametrize(
    ("amounts", "policy", "hidden"),
    [
        ((40, 30, 20, 10), {"dominance_firms": 3, "dominance_percent": 90}, False),
        ((40, 30, 20.1, 9.9), {"dominance_firms": 3, "dominance_percent": 90}, True),
        ((60, 20, 20), {"dominance_firms": 1, "dominance_percent": 60}, False),
        ((60.1, 20, 19.9), {"dominance_firms": 1, "dominance_percent": 60}, True),
        # The second knows the first to within what all others are.
        ((50, 40, 5), {"dominance_percent": 100, "closeness_percent": 10}, False),
        ((50, 40, 4.9), {"dominance_percent": 100, "closeness_percent": 10}, True),
        ((4.9, 40, 50), {"dominance_percent": 100, "closeness_percent": 10}, True),
        ((9,), {"dominance_percent": 100}, False),
    ],
)
def test_most_of_a_sum_is_of_the_largest_in_whatever_order(amounts, policy, hidden) -> None:
    assert dominated(np.array(amounts, dtype=float), Disclosure(**policy)) is hidden


@pytest.mark.parametrize("amounts", [(), (0.0,), (0.0, 0.0)])
def test_what_amounts_to_nothing_is_nobodys(amounts) -> None:
    assert dominated(np.array(amounts, dtype=float), POLICY) is False


def test_the_sum_of_a_group_without_a_firm_is_judged_like_any_other(firm, assessed) -> None:
    none = NOW.narrowed({"province": ["370000"]})
    _, told = judged(assessed(firm(9, domain_data=1.0)), none, none.sum_of("domain_data"))
    assert told.suppressed == frozenset()


def test_a_sum_is_judged_by_its_amounts_without_their_signs(firm, assessed) -> None:
    groups = [firm(1, domain_data=value) for value in (1.0, 1.0, 1.0, 1.0, 1.0, 1.0, -40.0)]
    cell = NOW.sum_of("domain_data")
    columns, told = judged(assessed(*groups), NOW, cell)
    assert columns.of_cell[cell] in told.suppressed
    columns, told = judged(assessed(*groups[:6]), NOW, cell)
    assert columns.of_cell[cell] not in told.suppressed
