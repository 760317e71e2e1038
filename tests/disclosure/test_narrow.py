"""How narrow an interval may be, and of how few firms, each at its limit."""

from __future__ import annotations

import pytest

from smdi.disclosure.columns import Columns
from smdi.disclosure.intervals import Intervals
from smdi.disclosure.membership import Membership
from smdi.edition import Disclosure
from smdi.indicators.cells import Cell

WHOLE = Cell("assessed", 2021)
DISCRETE, PROCESS = (WHOLE.narrowed({"process_type": (kind,)}) for kind in ("discrete", "process"))
SMALL = DISCRETE.narrowed({"size": ("medium", "micro", "small")})


def gone(pop, cells: list[Cell], hidden: list[Cell], policy: Disclosure, fixed=()) -> set[Cell]:
    """Give the cells that must go beside those that are hidden."""
    columns = Columns(Membership(pop), cells)
    at = columns.of_cell
    found = Intervals(columns, policy).widened({at[c] for c in hidden}, {at[c] for c in fixed})
    return {cell for cell in cells if at[cell] in found}


@pytest.mark.parametrize(("width", "goes"), [(4, False), (5, True), (6, True)])
def test_an_interval_as_wide_as_the_policy_asks_is_wide_enough(firm, assessed, width, goes) -> None:
    # Of 16 firms 12 are small ones of one type: of the other there are 0 to 4.
    pop = assessed(firm(12), firm(1, size="large"), firm(3, process_type="process"))
    cells = [WHOLE, DISCRETE, PROCESS, SMALL]
    found = gone(pop, cells, [DISCRETE, PROCESS], Disclosure(interval_firms=width))
    assert found == ({SMALL} if goes else set())


@pytest.mark.parametrize(("firms", "goes"), [(1, True), (4, True), (5, False), (9, False)])
def test_a_number_that_is_known_exactly_tells_only_of_fewer_than_the_minimum(
    firm, assessed, firms: int, goes: bool
) -> None:
    pop = assessed(firm(12), firm(firms, process_type="process"))
    found = gone(pop, [WHOLE, DISCRETE, PROCESS], [PROCESS], Disclosure(minimum=5))
    assert found == ({DISCRETE} if goes else set())


def test_what_is_seen_anyhow_stays_and_another_number_goes_in_its_place(firm, assessed) -> None:
    pop = assessed(firm(12), firm(3, process_type="process"))
    cells = [WHOLE, DISCRETE, PROCESS]
    assert gone(pop, cells, [PROCESS], Disclosure(), fixed=[DISCRETE]) == {WHOLE}
    assert gone(pop, cells, [PROCESS], Disclosure(), fixed=[DISCRETE, WHOLE]) == set()


def test_where_nothing_is_withheld_nothing_goes(firm, assessed) -> None:
    pop = assessed(firm(12), firm(3, process_type="process"))
    assert gone(pop, [WHOLE, DISCRETE, PROCESS], [], Disclosure()) == set()
    assert gone(pop, [WHOLE], [WHOLE], Disclosure()) == set()


def test_a_group_without_any_firm_tells_of_nobody(firm, assessed) -> None:
    pop = assessed(firm(12))
    assert gone(pop, [WHOLE, DISCRETE, PROCESS], [PROCESS], Disclosure()) == set()


def test_what_is_no_number_of_firms_bounds_none_and_may_be_fixed_or_hidden(firm, assessed) -> None:
    pop = assessed(firm(12, domain_data=1.0), firm(3, process_type="process", domain_data=2.0))
    sums = [cell.sum_of("domain_data") for cell in (WHOLE, DISCRETE)]
    cells = [WHOLE, DISCRETE, PROCESS, *sums]
    assert gone(pop, cells, [PROCESS, sums[0]], Disclosure(), fixed=sums[:1]) == {DISCRETE}
    assert gone(pop, cells, [PROCESS, *sums], Disclosure(), fixed=[WHOLE]) == {DISCRETE}
    assert gone(pop, sums, sums, Disclosure()) == set()
