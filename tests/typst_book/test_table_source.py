"""The Typst source of a table: its rows, spans, alignment, head, caption and notes."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from typst_book.errors import TypstBookError

HEAD = "# 题\n\n文。\n\n"


@pytest.fixture
def table(build) -> Callable[[str], str]:
    """Return the call that prints the table of a page, blanks between its parts made one.

    A text stands in it as a string of Typst, which nothing in it can end: `#"甲"`.
    """

    def run(text: str, **config: object) -> str:
        output = build({"index": HEAD + text}, **config)
        source = (output / "source/pages/001.typ").read_text("utf-8")
        source = re.sub(r"/\*@[^*]*\*/", "", source)  # the place in the page, for messages
        return " ".join(source[source.index("#book-table(") :].split())

    return run


def test_numbers_get_the_room_of_their_column_and_other_cells_none(table) -> None:
    source = table("| 名 | 数 |\n| --- | --- |\n| 甲 | 1.5 |\n| 乙 | 22 |\n| 丙 | — |\n")
    assert "columns: (" in source
    body = source[source.index("body: (") :]
    assert re.findall(r"#?num\(\[([^\]]*)\], (\"[^)]*\")\)", body) == [
        ('#"1.5"', '"22", ".5", ""'), ('#"22"', '"22", ".5", ".5"')
    ]  # fmt: skip
    assert '[#"—"]' in body


def test_a_head_of_one_row_is_told_and_returns(table) -> None:
    source = table("| 名 | 数 |\n| --- | --- |\n| 甲 | 1 |\n")
    assert "head-rows: 1" in source
    assert 'head: ([#"名"], [#"数"],)' in source
    assert "long: false" in source
    assert "turned: false" in source
    assert 'size: "normal"' in source


def test_a_name_over_several_rows_spans_them_and_a_line_parts_the_groups(table) -> None:
    text = "| 区 | 数 |\n| --- | --- |\n| 东 | 1 |\n|  | 2 |\n| 西 | 3 |\n|  | 4 |\n"
    source = table(text)
    assert source.count("rowspan: 2") == 2
    assert source.count("group-line") == 1
    assert source.index("group-line") < source.index('[#"西"]')


def test_without_groups_there_is_no_line(table) -> None:
    assert "group-line" not in table("| 区 | 数 |\n| --- | --- |\n| 东 | 1 |\n| 西 | 2 |\n")


def test_long_words_start_at_the_left_and_short_ones_stand_in_the_middle(table) -> None:
    long = "说明文字很长很长很长很长很长"
    source = table(f"| 名 | 说明 |\n| --- | --- |\n| 甲 | {long} |\n| 乙 | 短 |\n")
    assert re.search(rf"align: left \+ horizon\)\[#\"{long}\"\]", source)
    assert re.search(r"align: left \+ horizon\)\[#\"短\"\]", source)
    assert not re.search(r"align: left \+ horizon\)\[#\"甲\"\]", source)


def test_a_caption_names_its_table_and_marks_where_it_starts(table) -> None:
    text = "```{list-table} 题名\n:name: own\n:header-rows: 1\n\n* - 名\n* - 甲\n```\n"
    source = table(text)
    assert "caption: [" in source and "题名" in source
    name = re.search(r'name: ("[^"]+")', source)[1]
    assert f"table-start({name})" in source
    assert source.count("table-start(") == 1
    assert re.search(r"table-start\([^)]*\)#\"甲\"", source)


def test_a_table_without_a_caption_has_no_name(table) -> None:
    source = table("| 名 |\n| --- |\n| 甲 |\n")
    assert "caption" not in source
    assert "table-start" not in source


def test_a_table_without_a_head_has_none(table) -> None:
    source = table("```{list-table}\n\n* - 甲\n  - 乙\n```\n")
    assert "head-rows" not in source


def test_hostile_words_of_a_cell_stay_words(table) -> None:
    source = table("| 名 |\n| --- |\n| #let x = 1 \\] \\$ @a |\n")
    body = source[source.index("body: (") :]
    assert '[#"#let x = 1 ] $ @a"]' in body


def test_a_box_of_a_table_and_its_notes_is_one(table) -> None:
    text = (
        "::::{container} own\n```{list-table} 题名\n:header-rows: 1\n\n* - 名\n* - 甲\n```\n\n"
        "注：一。\n::::\n"
    )
    source = table(text, typst_table_boxes=["own"])
    assert re.search(r"notes: \[[^\]]*注：一。", source)
    assert "notes:" not in table(text, typst_table_boxes=["other"])


def test_a_table_that_fits_nowhere_names_its_page(build) -> None:
    head = "| " + " | ".join(f"列{n}" for n in range(40)) + " |\n"
    line = "|" + " --- |" * 40 + "\n"
    body = "| " + " | ".join(["56789.01"] * 40) + " |\n"
    with pytest.raises(TypstBookError, match=r"index:\d+: a table of 40 columns fits on no page"):
        build({"index": HEAD + head + line + body})


@pytest.mark.parametrize(
    ("columns", "size", "turned"),
    [(3, "normal", "false"), (10, "small", "false"), (12, "", "true")],
)
def test_a_wide_table_is_printed_small_then_turned(table, columns: int, size: str, turned: str):
    head = "| " + " | ".join(f"列{n}" for n in range(columns)) + " |\n"
    line = "|" + " --- |" * columns + "\n"
    body = "| 1 | " + " | ".join(["56789.01"] * (columns - 1)) + " |\n"
    source = table(head + line + body)
    assert f'size: "{size}' in source
    assert f"turned: {turned}" in source


def test_a_table_of_many_rows_is_long(table) -> None:
    body = "".join(f"| {n} | 无锡 |\n" for n in range(51))
    assert "long: true" in table("| 位次 | 城市 |\n| --- | --- |\n" + body)


SPANNED = """```{eval-rst}
+----+----+
| 名 | 数 |
+====+====+
| 东部    |
+----+----+
| 甲 | 1  |
+----+----+
| 乙 | 22 |
+----+----+
```
"""


def test_a_cell_over_all_columns_heads_the_rows_below_it(table) -> None:
    source = table(SPANNED)
    assert source.count("group-head(2, [") == 1
    assert source.index("group-head(2, [") < source.index('[#"甲"]')
    assert "group-head" not in table(SPANNED.replace("| 东部    |", "| 东 | 部 |"))


def widths(source: str) -> list[float]:
    return [float(wide) for wide in re.findall(r"([\d.]+)pt", source.split("width:")[0])]


def part_of_first(table, cell: str) -> float:
    """The part of the first of two columns, the second of eight characters."""
    found = widths(table(f"| 名 | 数 |\n| --- | --- |\n| {cell} | 甲乙丙丁戊己庚辛 |\n"))
    return found[0] / sum(found)


def test_a_link_takes_the_room_of_its_address_once(table) -> None:
    address = "https://example.org/abc"
    bare = part_of_first(table, "甲")
    linked = part_of_first(table, f"[甲]({address})")
    same = part_of_first(table, f"[{address}]({address})")
    assert linked > same > bare + 0.2


def test_a_formula_takes_the_room_of_its_signs_and_not_of_its_names(table) -> None:
    assert part_of_first(table, r"$\alpha_{1}$") < part_of_first(table, "甲乙丙丁戊")


def test_paragraphs_of_a_cell_take_the_room_of_each_and_of_a_blank(table) -> None:
    text = "```{{list-table}}\n\n* - {}\n  - 甲乙丙丁戊己庚辛\n```\n"
    parts = [
        widths(table(text.format(cell)))
        for cell in ("甲乙丙\n\n    丁戊己", "甲乙丙 丁戊己", "甲乙丙丁戊己")
    ]
    assert parts[0] == parts[1] != parts[2]
