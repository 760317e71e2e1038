"""What goes with what is hidden, on releases of a few cells, worked out by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from smdi.disclosure.protection import protect
from smdi.edition import Disclosure
from smdi.indicators.cells import Cell

NOW = Cell("assessed", 2021)
POLICY = Disclosure(minimum=5)
JIANGSU, SHANDONG, GUANGDONG = (
    NOW.narrowed({"province": [code]}) for code in ("320000", "370000", "440000")
)
OTHERS = {"size": ["medium", "micro", "small"]}
Hidden = Callable[..., set[Cell]]


def level(cell: Cell, *classes: str) -> Cell:
    return cell.narrowed({"level_class": classes})


def data(cell: Cell) -> Cell:
    return cell.sum_of("domain_data")


@pytest.fixture
def hidden(firm, assessed) -> Hidden:
    """Give the cells of a release that may not be seen, beside what is out already."""

    def run(*groups, cells, out=(), policy=POLICY) -> set[Cell]:
        decided = protect(assessed(*groups), cells, policy, out)
        at = decided.columns.of_cell
        return {cell for cell in cells if at[cell] in decided.suppressed}

    return run


def test_for_a_province_of_few_another_province_goes_and_not_the_nation(hidden, firm) -> None:
    groups = firm(40), firm(20, region="山东省"), firm(2, region="广东省")
    cells = [SHANDONG, JIANGSU, NOW, GUANGDONG]
    assert hidden(*groups, cells=cells) == {SHANDONG, GUANGDONG}


def test_for_few_of_a_kind_an_outcome_goes_and_not_the_number_of_all(hidden, firm) -> None:
    groups = firm(20, level=1), firm(9, level=2), firm(2, level=3)
    classes = [level(NOW, name) for name in ("3", "2", "le1")]
    assert hidden(*groups, cells=[*classes, NOW]) == {level(NOW, "3"), level(NOW, "2")}


def test_of_what_is_out_already_nothing_goes_and_the_rest_goes_in_its_place(hidden, firm) -> None:
    groups = firm(40), firm(20, region="山东省"), firm(2, region="广东省")
    cells = [NOW, JIANGSU, SHANDONG, GUANGDONG]
    assert hidden(*groups, cells=cells, out=[SHANDONG]) == {JIANGSU, GUANGDONG}
    assert hidden(*groups, cells=cells, out=[SHANDONG, JIANGSU]) == {NOW, GUANGDONG}


def test_what_is_out_gives_away_is_not_said_again(hidden, firm) -> None:
    """The two of Guangdong are known by all less the others, which stay, being out."""
    groups = firm(40), firm(20, region="山东省"), firm(2, region="广东省")
    out = [NOW, JIANGSU, SHANDONG]
    assert hidden(*groups, cells=[*out, GUANGDONG], out=out) >= {GUANGDONG}


@pytest.mark.parametrize(("large", "gone"), [(1, True), (4, True), (5, False), (9, False)])
def test_a_sum_goes_that_leaves_that_of_few_of_another(hidden, firm, large, gone) -> None:
    """What the large ones add up to is the sum of all less that of the others."""
    groups = (
        firm(12, domain_data=2.0),
        *(firm(1, size="large", domain_data=1.0 + n / 10) for n in range(large)),
    )
    others = NOW.narrowed(OTHERS)
    told = hidden(*groups, cells=[data(NOW), data(others)])
    assert told == ({data(others)} if gone else set())


def test_sums_of_one_column_say_nothing_of_those_of_another(hidden, firm) -> None:
    groups = (
        firm(12, domain_data=2.0, domain_design=2.0),
        firm(2, size="large", domain_data=1.0, domain_design=1.0),
    )
    others = NOW.narrowed(OTHERS).sum_of("domain_design")
    assert hidden(*groups, cells=[data(NOW), others]) == set()


def test_where_all_are_of_a_level_the_levels_without_a_firm_do_not_say_so(hidden, firm) -> None:
    higher = level(NOW, "2", "3", "ge4")
    cells = [NOW, level(NOW, "le1"), higher]
    assert hidden(firm(9, level=1), cells=cells) == {level(NOW, "le1"), higher}
    told = hidden(firm(9, level=1), cells=cells, policy=Disclosure(minimum=5, unanimous=True))
    assert told == set()


def test_a_firm_that_could_be_there_is_of_one_level_and_others_may_say_none(hidden, firm) -> None:
    """Where the first and the second are not told, nobody knows of any firm which it is of."""
    classes = [level(NOW, name) for name in ("le1", "2", "3", "ge4")]
    found = hidden(firm(9, level=1), cells=[NOW, *classes])
    assert found == set(classes[:2])


def test_a_firm_that_could_be_there_is_where_the_others_of_its_group_are(hidden, firm) -> None:
    """All of Jiangsu are at one level; that nobody of Shandong is above it tells nothing new."""
    higher = ("2", "3", "ge4")
    groups = firm(9, level=1), firm(9, level=1, region="山东省"), firm(9, level=2, region="山东省")
    here, there = ([of, level(of, "le1"), level(of, *higher)] for of in (JIANGSU, SHANDONG))
    assert hidden(*groups, cells=[*here, *there]) == set(here[1:])


def test_a_release_of_no_firm_hides_nothing(hidden, firm) -> None:
    assert hidden(firm(9), cells=[SHANDONG]) == set()


def test_a_release_of_nothing_hides_nothing(hidden, firm) -> None:
    assert hidden(firm(9), cells=[]) == set()


@pytest.mark.parametrize(("sharing", "gone"), [(4, True), (5, False)])
def test_what_is_hidden_of_a_practice_is_not_told_by_who_was_asked(
    hidden, firm, sharing, gone
) -> None:
    """Of those asked some say yes; yes and no together are all of them."""
    groups = (
        firm(sharing, practice_data_sharing=True),
        firm(20, practice_data_sharing=False),
        firm(9),
    )
    asked = NOW.narrowed({"answered": ["practice_data_sharing"]})
    yes, no = (asked.narrowed({"practice_data_sharing": [told]}) for told in ("yes", "no"))
    assert hidden(*groups, cells=[NOW, asked, yes, no]) == ({yes, no} if gone else set())


def test_names_of_the_same_firms_go_together(hidden, firm) -> None:
    city = NOW.narrowed({"city": ["440300"]})
    groups = firm(40), firm(20, region="山东省"), firm(2, region="广东省")
    found = hidden(*groups, cells=[NOW, JIANGSU, SHANDONG, GUANGDONG, city])
    assert found == {SHANDONG, GUANGDONG, city}
