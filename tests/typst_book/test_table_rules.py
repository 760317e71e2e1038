import pytest

from typst_book.measures import Measures
from typst_book.tables import (
    Alignment,
    Cell,
    Grid,
    _natural,
    alignment,
    group_rows,
    is_number,
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


def test_wide_columns_share_what_is_left_in_proportion_to_what_they_lack():
    """Narrow columns keep their widths, and of 7 characters' room each, the rest is shared."""
    texts = ["甲乙", "说" * 47, "说" * 67]
    plan = layout(grid(["项", "理由", "说明"], texts), MEASURES)
    own = 2 * MEASURES.cell_x + 1
    short, *wide = (room - own for room in plan.widths)
    assert short == pytest.approx(2 * MEASURES.table)
    more, most = (room - 7 * MEASURES.table for room in wide)
    assert more / most == pytest.approx(40 / 60)
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


@pytest.mark.parametrize(("rows", "long"), [(15, False), (16, True)])
def test_a_table_of_more_than_eleven_twentieths_of_a_page_runs_on(rows: int, long: bool):
    # A row takes 9 × 1.45 and twice 4.6 points, head and rows together 0.55 × 682.5 = 375.4.
    table = grid(["位次", "城市"], *[[str(n), "无锡"] for n in range(rows)])
    assert layout(table, MEASURES).long is long


@pytest.mark.parametrize(
    ("texts", "numeric"),
    [(["1"], False), (["1", "2"], True), (["1", "—"], False), (["—", "–"], False), ([], False)],
)
def test_one_number_makes_no_column_of_numbers(texts, numeric):
    assert is_numeric_column(cells(*texts)) is numeric


def test_one_number_that_is_marked_makes_a_column_of_numbers():
    assert is_numeric_column([Cell("1", "1", numeric=True), *cells("—")])
    assert not is_numeric_column([Cell("x", "x", numeric=True)])


def test_a_word_among_numbers_that_are_marked_leaves_a_column_of_numbers():
    counts = [Cell("1", "1", numeric=True), Cell("未公布", "未公布", numeric=True)]
    assert is_numeric_column(counts)
    assert not is_numeric_column(cells("1", "2", "未公布"))


def test_the_mark_behind_a_number_is_no_part_of_it():
    marked = Cell("12.5", "12.5 模", mark="#mark[模]", marked="模")
    assert is_numeric_column([marked, *cells("1")])
    assert not is_numeric_column(cells("12.5 模", "1"))
    assert alignment([marked, *cells("1")]) == Alignment("12", ".5")


@pytest.mark.parametrize(
    "text", ["1", "-1.5", "−1 234.5", "+3", "69%", "69 %", "7‰", "1,234", " 1 "]
)
def test_these_are_numbers(text):
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "一", "1 家", "1.", ".5", "1..2", "—", "第 1"])
def test_these_are_none(text):
    assert not is_number(text)


def test_a_name_reaches_down_over_the_rows_without_one():
    rows = group_rows([cells("东", "1"), cells("", "2"), cells("西", "3"), cells(" ", "4")])
    assert [[(c.text, c.rows) for c in row] for row in rows] == [
        [("东", 2), ("1", 1)], [("2", 1)], [("西", 2), ("3", 1)], [("4", 1)]
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        [cells("东", "1"), cells("西", "2")],
        [cells("", "1"), cells("西", "2")],
        [[Cell("东", "东", rows=2), *cells("1")], cells("2")],
        [[], cells("", "1")],
    ],
)
def test_rows_that_need_no_grouping_stay_as_they_are(rows):
    assert group_rows(rows) == [list(row) for row in rows]


def test_a_head_takes_a_second_line_before_the_type_shrinks():
    head = ["甲乙丙丁戊己庚辛"] * 7
    plan = layout(grid(head, ["1"] * 7), MEASURES)
    assert (plan.size, plan.turned) == ("normal", False)
    assert sum(plan.widths) <= MEASURES.text_width + 0.01


def test_a_caption_widens_a_narrow_table_up_to_the_text():
    table = grid(["位次", "省份"], ["1", "江苏省"])
    narrow, titled = layout(table, MEASURES), layout(table, MEASURES, "题" * 30)
    assert titled.width == pytest.approx(30 * MEASURES.caption * 1.03)
    assert titled.width > narrow.width
    assert layout(table, MEASURES, "题" * 99).width == pytest.approx(MEASURES.text_width)
    assert sum(titled.widths) == pytest.approx(titled.width)


@pytest.mark.parametrize(("head", "width"), [("五个字的头", 4), ("一共有八个字的头", 4.7)])
def test_a_head_on_two_lines_has_the_width_of_four_characters_at_least(head: str, width: float):
    assert _natural(grid([head], ["1"]), 10, 2, 0) == [pytest.approx(10 * width)]
