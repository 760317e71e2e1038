"""Parts without firms, of few and of none, on releases of a few cells."""

from smdi.disclosure.columns import Columns
from smdi.disclosure.membership import Membership
from smdi.disclosure.primary import primary
from smdi.edition import Disclosure
from smdi.indicators.cells import Cell

REGION = Cell("assessed", 2021, (("province", ("320000",)),))
PROCESS = Cell("assessed", 2021, (("process_type", ("process",)),))
BOTH = REGION.narrowed(dict(PROCESS.where))


def suppressed(pop, *cells: Cell) -> set[Cell]:
    columns = Columns(Membership(pop), cells)
    found = primary(columns, Disclosure(minimum=5)).suppressed
    return {cell for cell in cells if columns.of_cell[cell] in found}


def test_that_few_have_none_of_a_type_is_withheld_with_them(firm, assessed):
    pop = assessed(firm(4), firm(9, region="山东省"))
    assert suppressed(pop, REGION, BOTH) == {REGION, BOTH}


def test_a_part_of_none_is_no_news_where_the_whole_of_none_is_shown(firm, assessed):
    pop = assessed(firm(4), firm(9, region="山东省"))
    assert suppressed(pop, REGION, PROCESS, BOTH) == {REGION}


def test_a_part_of_none_among_many_is_shown(firm, assessed):
    assert suppressed(assessed(firm(9)), REGION, BOTH) == set()


def test_a_mean_of_none_is_missing_where_the_base_of_none_is_shown(firm, assessed):
    pop = assessed(firm(4), firm(9, region="山东省"))
    whole, part = (cell.sum_of("domain_data") for cell in (REGION, BOTH))
    assert suppressed(pop, REGION, PROCESS, BOTH, whole, part) == {REGION, whole}


def test_wholes_are_looked_at_before_their_parts_in_whatever_order_they_are_asked_for(
    firm, assessed
):
    """None of the four is of a type, which goes with them, and so do the large ones of it."""
    pop = assessed(firm(4, size="large"), firm(9, region="山东省"))
    large = {"size": ("large",)}
    cells = [BOTH.narrowed(large), BOTH, REGION.narrowed(large), REGION]
    assert suppressed(pop, *cells) == set(cells)
    assert suppressed(pop, *reversed(cells)) == set(cells)


def test_more_levels_are_a_whole_of_fewer_and_a_base_of_its_sum(firm, assessed):
    pop = assessed(firm(4, level=2), firm(9, region="山东省"))
    levels = [REGION.narrowed({"level_class": names}) for names in (("3",), ("2", "3"))]
    sums = [cell.sum_of("domain_data") for cell in levels]
    assert suppressed(pop, *sums, *levels) == {*levels, *sums}
    assert suppressed(pop, levels[0]) == set()
