"""No withheld number of firms can be put into too narrow an interval.

The attacker of these tests knows each firm's type, size, level and business as a place in a table
of unknown numbers, and asks a linear programme what the shown sums of it leave for a withheld one.
"""

from __future__ import annotations

import itertools
from itertools import chain

import numpy as np
import pytest
from scipy.optimize import linprog

from smdi.disclosure import register as registering
from smdi.disclosure.catalogue import Catalogue, cells_of
from smdi.disclosure.columns import Columns
from smdi.disclosure.intervals import Intervals
from smdi.disclosure.membership import Membership
from smdi.disclosure.protection import protect
from smdi.disclosure.release import protect_release
from smdi.edition import Disclosure, read_edition
from smdi.indicators import Population
from smdi.indicators.cells import Cell
from smdi.standards import provinces

TYPES, SIZES, LEVELS = ("discrete", "process"), ("large", "small"), ("le1", "2", "3", "ge4")
GROUPS = list(itertools.product(TYPES, SIZES, LEVELS, ("yes", "no")))
POLICY = Disclosure(minimum=5, together=())


def province(firm, scores, seed: int) -> Population:
    """Draw a small province of one year's firms: 14 to 40 of them in 32 groups."""
    draw = np.random.default_rng(seed)
    level_of = dict(zip(LEVELS, (1, 2, 3, 4), strict=True))
    groups = []
    for kind, size, level, design in draw.permutation(GROUPS)[: int(draw.integers(5, 14))].tolist():
        given = {"process_type": kind, "size": size, "level": level_of[level]}
        groups.append(firm(int(draw.integers(1, 9)), design=design == "yes", **given))
    return Population.of(scores(*groups, firm(40, year=2020)), 2021, 2020)


def vector(cell: Cell) -> list[int] | None:
    """Say which groups a cell counts; None for one that depends on more."""
    where = dict(cell.where)
    if cell.kind != "assessed" or cell.year != 2021 or cell.of:
        return None
    if "domain_design" in where.pop("answered", ()):
        where["design"] = ("yes",)
    wanted = [where.pop(name, None) for name in ("process_type", "size", "level_class", "design")]
    if where:
        return None
    return [
        int(all(told is None or value in told for told, value in zip(wanted, group, strict=True)))
        for group in GROUPS
    ]


@pytest.fixture
def edition(tmp_path, monkeypatch):
    monkeypatch.setattr(registering, "RELEASES", tmp_path)
    return read_edition("2021").model_copy(update={"disclosure": POLICY})


@pytest.mark.parametrize("seed", range(4))
def test_what_is_shown_leaves_room_for_what_is_withheld(firm, scores, edition, seed):
    pop = province(firm, scores, seed)
    shown = protect_release(pop, edition).shown
    cells = cells_of(Catalogue(pop, edition).of(pop))
    rows = {cell: row for cell in cells if (row := vector(cell)) is not None}
    firms = {cell: len(pop.nation.current.named(cell)[_met(pop, cell)]) for cell in rows}
    seen = [cell for cell in rows if cell.id in shown]
    told = np.array([rows[cell] for cell in seen]), np.array([firms[cell] for cell in seen])
    assert len(seen) > 3
    assert len(rows) > len(seen)
    for cell in rows.keys() - set(seen):
        if firms[cell] < POLICY.minimum:
            least, most = (_end(np.array(rows[cell]), *told, sign) for sign in (1, -1))
            # That there may be none, or any few, is said by the policy and not by the sums.
            assert most - least >= POLICY.width - 1e-6, (cell.id, least, most, firms[cell])


def _met(pop: Population, cell: Cell) -> np.ndarray:
    return pop.nation.current.meet(cell)


def _end(row: np.ndarray, shown: np.ndarray, firms: np.ndarray, sign: int) -> float:
    found = linprog(sign * row, A_eq=shown, b_eq=firms, bounds=(0, None), method="highs")
    return sign * found.fun if found.status == 0 else -sign * np.inf


@pytest.fixture(params=[None, "320000"], ids=["nation", "province"])
def mostly_small(firm, assessed, request):
    """Of 16 firms 12 are small ones of one type, which leaves 4 at most for the other.

    The columns, the two types, which are hidden, and the whole and the small firms, which are not.
    """
    pop = assessed(firm(12), firm(1, size="large"), firm(3, process_type="process"))
    whole = Cell("assessed", 2021)
    if request.param:
        whole = whole.narrowed({"province": (request.param,)})
    discrete, process = (whole.narrowed({"process_type": (kind,)}) for kind in TYPES)
    small = discrete.narrowed({"size": ("medium", "micro", "small")})
    columns = Columns(Membership(pop), [whole, discrete, process, small])
    hidden = {columns.of_cell[cell] for cell in (discrete, process)}
    return columns, hidden, columns.of_cell[whole], columns.of_cell[small]


def test_the_shown_number_that_is_missed_least_goes(mostly_small):
    columns, hidden, _, small = mostly_small
    assert Intervals(columns, Disclosure()).widened(hidden, set()) == {small}


def test_what_is_out_already_does_not_go(mostly_small):
    columns, hidden, whole, small = mostly_small
    assert Intervals(columns, Disclosure()).widened(hidden, {small}) == {whole}


def test_of_all_that_bound_a_number_one_of_the_nearest_goes(firm, assessed):
    """The large ones of level 2, who are fewer than the small ones, are a step further off."""
    pop = assessed(
        firm(12),
        firm(5, size="large", level=2),
        firm(1, size="large", level=3),
        firm(3, process_type="process"),
    )
    whole = Cell("assessed", 2021)
    discrete, process = (whole.narrowed({"process_type": (kind,)}) for kind in TYPES)
    small = discrete.narrowed({"size": ("medium", "micro", "small")})
    large = discrete.narrowed({"size": ("large",)})
    second = large.narrowed({"level_class": ("2",)})
    columns = Columns(Membership(pop), [whole, discrete, process, small, large, second])
    at = columns.of_cell
    hidden = {at[cell] for cell in (discrete, process, large)}
    assert Intervals(columns, Disclosure()).widened(hidden, set()) == {at[small]}
    fixed = {at[small]}
    assert Intervals(columns, Disclosure()).widened(hidden, fixed) == {at[whole]}


@pytest.mark.parametrize(
    ("mature", "others", "goes"),
    [
        # Of 19 at most 6, 6 and 4 are of the other cities: 3 to 7 are of the first.
        ((6, 5, 5, 3), (1, 1, 1, 1), True),
        # All 160 may be of the other cities, and of the first are 4 at most whatever they are.
        ((3, 59, 49, 49), (1, 1, 1, 1), False),
    ],
)
def test_a_whole_goes_where_it_bounds_its_part_from_below_and_not_where_it_does_not(
    firm, assessed, mature, others, goes
):
    codes = ("320100", "320200", "320300", "320400")
    groups = [
        [{**one, "city": code} for one in firm(number, level=level)]
        for code, both in zip(codes, zip(others, mature, strict=True), strict=True)
        for level, number in enumerate(both, 1)
    ]
    second, here = {"level_class": ("2",)}, Cell("assessed", 2021, (("province", ("320000",)),))
    wholes = [here.narrowed({"city": (code,)}) for code in codes]
    whole, parts = here.narrowed(second), [one.narrowed(second) for one in wholes]
    columns = Columns(Membership(assessed(*groups)), [whole, *wholes, *parts])
    hidden, fixed = ({columns.of_cell[cell] for cell in cells} for cells in (parts, wholes))
    found = Intervals(columns, Disclosure()).widened(hidden, fixed)
    assert found == ({columns.of_cell[whole]} if goes else set())


def test_the_nation_keeps_its_number_where_that_of_its_part_can_go(firm, assessed):
    """Few firms of a province are bound by its own total and by the nation's less the others."""
    pop = assessed(firm(3), firm(12, process_type="process"), firm(20, region="山东省"))
    nation = Cell("assessed", 2021)
    here, there = (nation.narrowed({"province": (code,)}) for code in ("320000", "370000"))
    few, many = (here.narrowed({"process_type": (kind,)}) for kind in ("discrete", "process"))
    columns = Columns(Membership(pop), [nation, here, there, few, many])
    at = columns.of_cell
    gone = Intervals(columns, Disclosure()).widened({at[few]}, set())
    assert gone
    assert at[nation] not in gone


@pytest.mark.parametrize("shares", [True, False])
def test_what_is_bound_to_be_all_of_a_group_or_none_is_known_of_each(firm, assessed, shares):
    """Twelve firms share data or none does, as the large and the other ones tell of them."""
    sharing = {"practice_data_sharing": shares}
    pop = assessed(firm(6, **sharing), firm(6, size="large", **sharing))
    here = Cell("assessed", 2021).narrowed({"province": ("320000",)})
    asked = here.narrowed({"answered": ("practice_data_sharing",)})
    those = asked.narrowed({"practice_data_sharing": ("yes",)})
    sizes = (("large",), ("medium", "micro", "small"))
    parts = [those.narrowed({"size": size}) for size in sizes]
    columns = Columns(Membership(pop), [asked, those, *parts])
    hidden = {columns.of_cell[those]}
    assert Intervals(columns, Disclosure()).widened(hidden, set())
    assert not Intervals(columns, Disclosure(unanimous=True)).widened(hidden, set())


def test_a_protected_release_leaves_no_narrow_interval(mostly_small):
    columns, hidden, _, small = mostly_small
    pop = columns.membership._pop
    assert protect(pop, columns.of_cell, Disclosure()).suppressed == hidden | {small}


def test_what_the_only_firm_of_a_group_has_does_not_stand_beside_the_group(firm, assessed):
    pop = assessed(firm(1, practice_data_sharing=True), firm(9))
    asked = Cell("assessed", 2021).narrowed({"answered": ("practice_data_sharing",)})
    sharing = asked.narrowed({"practice_data_sharing": ("yes",)})
    columns = Columns(Membership(pop), [asked, sharing])
    assert Intervals(columns, Disclosure()).widened(set(), set())


def test_a_province_beside_two_of_few_goes_and_no_further_one(firm, assessed):
    """Tibet and Guangdong have three mature firms together, so the ten of Beijing go too.

    They would still be known, as all of Beijing less those of low levels: these go, and not the
    mature firms of one province after the other.
    """
    numbers = {"540000": (11, 1), "440000": (12, 2), "110000": (35, 10), "370000": (60, 40)}
    names = provinces()["name_zh"]
    groups = [
        firm(firms, region=names[code], level=level)
        for code, both in {**numbers, "320000": (90, 80)}.items()
        for level, firms in zip((1, 2), both, strict=True)
    ]
    nation, levels = Cell("assessed", 2021), (("le1",), ("2", "3", "ge4"))
    wholes = [nation, *(nation.narrowed({"province": (code,)}) for code in (*numbers, "320000"))]
    told = {whole: [whole.narrowed({"level_class": level}) for level in levels] for whole in wholes}
    made = protect(assessed(*groups), [*wholes, *chain(*told.values())], Disclosure())
    gone = {cell for place in made.suppressed for cell in made.columns.all[place].cells}
    assert gone == set(chain(*(told[whole] for whole in wholes[1:4])))
