import pytest

from typst_book.measures import Measures
from typst_book.tables import (
    Cell,
    Grid,
    alignment,
    is_numeric_column,
    layout,
    split_number,
)

# Of the package's own theme: A4, 42 characters to the line, 39 lines to the page.
MEASURES = Measures(441.0, 682.5, 9.0, 8.0, 9.5, 5.0, 4.6, 1.45)


def cells(*texts: str) -> list[Cell]:
    return [Cell(text, text) for text in texts]


def grid(head: list[str], *rows: list[str]) -> Grid:
    return Grid(len(head), [cells(*head)], [cells(*row) for row in rows])


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("-7.19", ("-7", ".19")),
        ("1233", ("1233", "")),
        ("69%", ("69", "%")),
        ("−0.35", ("−0", ".35")),
    ],
)
def test_a_number_is_split_before_its_decimal_point(text, parts):
    assert split_number(text) == parts


def test_numbers_of_a_column_get_the_room_of_the_longest_parts():
    room = alignment(cells("1233", "-7.19", "12.5", "—"))
    assert (room.whole, room.fraction) == ("1233", ".19")
    assert room.missing("12.5") == "9"
    assert room.missing("1233") == ".19"


def test_a_column_of_numbers_may_have_gaps_but_no_words():
    assert is_numeric_column(cells("1", "—", "2.5"))
    assert not is_numeric_column(cells("1", "江苏省"))
    assert not is_numeric_column(cells("—", ""))


def test_a_narrow_table_stays_narrower_than_the_text():
    plan = layout(grid(["位次", "省份"], ["1", "江苏省"]), MEASURES)
    assert (plan.size, plan.turned, plan.long) == ("normal", False, False)
    assert plan.width == pytest.approx(MEASURES.text_width / 2)


def test_a_wide_column_of_text_wraps_before_the_table_shrinks():
    plan = layout(grid(["项", "说明"], ["一", "说" * 100]), MEASURES)
    assert plan.size == "normal" and not plan.turned
    assert sum(plan.widths) == pytest.approx(MEASURES.text_width)


def test_a_table_too_wide_for_the_page_is_turned():
    plan = layout(grid([f"列{n}" for n in range(12)], ["56789.01"] * 12), MEASURES)
    assert plan.turned
    assert sum(plan.widths) <= MEASURES.text_height + 0.01


def test_a_table_that_fits_in_small_type_is_not_turned():
    plan = layout(grid([f"列{n}" for n in range(10)], ["1", *["56789.01"] * 9]), MEASURES)
    assert (plan.size, plan.turned) == ("small", False)


def test_a_table_that_fits_nowhere_is_refused():
    with pytest.raises(ValueError, match="40 columns"):
        layout(grid([f"列{n}" for n in range(40)], ["56789.01"] * 40), MEASURES)


def test_fifty_one_rows_run_on_to_the_next_page():
    assert layout(grid(["位次", "城市"], *[[str(n), "无锡"] for n in range(51)]), MEASURES).long


def test_a_column_is_found_under_a_cell_that_reaches_down():
    table = Grid(2, [], [[Cell("a", "a", rows=2), Cell("1", "1")], [Cell("2", "2")]])
    assert [cell.text for cell in table.column(table.body, 1)] == ["1", "2"]


def test_a_head_is_never_narrower_than_what_no_line_of_it_parts():
    head = [Cell("差值（百分点）", "差值（百分点）", unbroken="（百分点）") for _ in range(9)]
    plan = layout(Grid(9, [head], [cells(*["1"] * 9)]), MEASURES)
    assert min(plan.widths) >= 5 * MEASURES.small_table
