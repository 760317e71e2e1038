"""A table of an exhibit as nodes of a page: heads, cells that reach over rows, bodies, bars."""

from __future__ import annotations

from typing import Any

import pytest
from docutils import nodes

from smdi.publishing.sphinx_ext.tables import (
    EMPTY,
    FEWEST_FILTERED,
    FEWEST_SORTED,
    SENTENCE,
    filter_html,
    table_node,
)

NAME = {"key": "name", "name": "名称", "align": "left"}
COUNT = {"key": "count", "name": "数量", "align": "right", "unit": "家"}


def table(columns: list[dict[str, Any]], rows: list[list[Any]], **given: Any) -> nodes.table:
    exhibit = {"id": "tab-a", "table": {"columns": columns, "rows": rows, **given}}
    return table_node(exhibit, [nodes.Text("题")])


def bodies(made: nodes.table) -> list[list[list[str]]]:
    return [[[cell.astext() for cell in row] for row in body] for body in made.findall(nodes.tbody)]


def cells(made: nodes.table) -> list[nodes.Element]:
    return [cell for body in made.findall(nodes.tbody) for row in body for cell in row]


def test_a_head_names_its_column_and_unit_and_is_the_head_of_it() -> None:
    made = table([NAME, COUNT], [["甲", "1"]])
    (head,) = made.findall(nodes.thead)
    assert ["".join(map(str, cell.findall(nodes.Text))) for cell in head[0]] == [
        "名称",
        "数量（家）",
    ]
    assert {cell["scope"] for cell in head[0]} == {"col"}
    assert [list(cell["classes"]) for cell in head[0]] == [[], ["num"]]
    (kept,) = [one for one in head.findall(nodes.inline) if "nowrap" in one["classes"]]
    assert kept.astext() == "（家）"


def test_a_row_is_about_its_first_column_that_is_no_number_or_the_one_that_names() -> None:
    rank = {"key": "rank", "name": "位次", "align": "right"}
    rows = [["1", "甲", "乙"]]
    named = [cell.get("scope", "") for cell in cells(table([rank, NAME, NAME], rows))]
    assert named == ["", "row", ""]
    own = [
        cell.get("scope", "") for cell in cells(table([rank, NAME, NAME | {"names": True}], rows))
    ]
    assert own == ["", "", "row"]
    numbers = [cell.get("scope", "") for cell in cells(table([rank, rank], [["1", "2"]]))]
    assert numbers == ["row", ""]


def test_numbers_have_the_decimals_of_their_column_and_nothing_a_sign() -> None:
    made = table([NAME, COUNT | {"decimals": 1}, COUNT], [["甲", 1234.25, 2.5], ["乙", None, "x"]])
    assert bodies(made) == [[["甲", "1234.3", "3"], ["乙", EMPTY, "x"]]]


JOINED = {**NAME, "joined": True}


def test_what_rows_repeat_in_a_joined_column_stands_once_and_parts_the_bodies() -> None:
    rows = [["东", "一", "1"], ["东", "一", "2"], ["东", "二", "3"], ["西", "二", "4"]]
    made = table([JOINED, JOINED, COUNT], rows)
    assert bodies(made) == [
        [["东", "一", "1"], ["2"], ["二", "3"]],
        [["西", "二", "4"]],
    ]
    reach = {cell.astext(): cell.get("morerows", 0) for cell in cells(made)}
    assert reach == {"东": 2, "一": 1, "1": 0, "2": 0, "二": 0, "3": 0, "西": 0, "4": 0}
    heads = [cell.get("scope") for cell in cells(made) if cell.astext() in ("东", "一", "1")]
    assert heads == ["rowgroup", "row", None]


def test_rows_below_a_line_are_a_body_with_that_line_over_all_columns() -> None:
    rows = [["甲", "1"], ["乙", "2"], ["丙", "3"]]
    made = table([NAME, COUNT], rows, groups=[["东部", 2], ["西部", 1]])
    assert bodies(made) == [[["东部"], ["甲", "1"], ["乙", "2"]], [["西部"], ["丙", "3"]]]
    (first, *_) = cells(made)
    assert (first["morecols"], first["scope"], first["classes"]) == (1, "rowgroup", ["group"])


def test_the_last_rows_may_be_totals() -> None:
    made = table([NAME, COUNT], [["甲", "1"], ["合计", "3"], ["平均", "1"]], totals=2)
    assert bodies(made) == [[["甲", "1"]], [["合计", "3"], ["平均", "1"]]]
    assert [list(body["classes"]) for body in made.findall(nodes.tbody)] == [[], ["totals"]]


def test_bars_are_as_long_as_their_number_is_of_the_greatest_of_its_unit() -> None:
    barred, other = COUNT | {"bars": True}, COUNT | {"bars": True, "unit": "%"}
    made = table(
        [NAME, barred, other, COUNT], [["甲", "1,200", "5", "9"], ["乙", "300", "−5", "9"]]
    )
    bars = {cell.astext(): cell.get("bar") for cell in cells(made)}
    assert bars == {
        "甲": None,
        "乙": None,
        "1,200": 100,
        "300": 25,
        "5": 100,
        "−5": None,
        "9": None,
    }
    withheld = table([NAME, barred], [["甲", "未公布"], ["乙", "0"]])
    assert [cell.get("bar") for cell in cells(withheld)] == [None] * 4


def test_a_simulated_bar_is_hollow_and_its_number_bears_the_mark() -> None:
    made = table([NAME, COUNT | {"bars": True}], [["甲", "1"], ["乙", "2"]],
                 marks=[["", "simulated"], ["", "published"]])  # fmt: skip
    classes = [list(cell["classes"]) for cell in cells(made) if "bar" in cell]
    assert [("hollow" in own, own[-2 if "hollow" in own else -1]) for own in classes] == [
        (True, "bar"),
        (False, "bar"),
    ]
    assert len(list(made.findall(nodes.superscript))) == 1


@pytest.mark.parametrize(("length", "breaks"), [(SENTENCE, False), (SENTENCE + 1, True)])
def test_sentences_may_break_and_words_do_not(length: int, breaks: bool) -> None:
    made = table([NAME], [["字" * length], ["字"]])
    assert {("words" in cell["classes"]) for cell in cells(made)} == {breaks}


@pytest.mark.parametrize(("rows", "sorts"), [(FEWEST_SORTED - 1, False), (FEWEST_SORTED, True)])
def test_a_table_of_some_rows_can_be_sorted_unless_it_has_groups(rows: int, sorts: bool) -> None:
    lines = [[str(n), str(n)] for n in range(rows)]
    assert ("sortable" in table([NAME, COUNT], lines)["classes"]) is sorts
    assert "sortable" not in table([NAME, COUNT], lines, groups=[["全部", rows]])["classes"]


@pytest.mark.parametrize(("rows", "looks"), [(FEWEST_FILTERED - 1, False), (FEWEST_FILTERED, True)])
def test_a_long_table_can_be_searched(rows: int, looks: bool) -> None:
    html = filter_html({"table": {"rows": [["x"]] * rows}})
    assert ('type="search"' in html) is looks
    assert bool(html) is looks


def test_a_table_without_rows_has_no_bars() -> None:
    made = table([NAME, COUNT | {"bars": True}], [])
    assert not [cell for cell in cells(made) if cell.get("bar")]
