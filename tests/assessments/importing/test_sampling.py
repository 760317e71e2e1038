"""An export of which nobody has told the layout: its header, titles, headings and sample."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.assessments.mapping.sampling import sampled_sheets
from smdi.assessments.reading.headers import guess, joined, locate
from smdi.errors import InputErrors


def write(folder: Path, *lines: str) -> Path:
    path = folder / "export.csv"
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path


def headings(path: Path) -> list[str]:
    ((sheet,), _) = sampled_sheets([path])
    return [column.heading for column in sheet.columns]


def test_titles_above_the_header_are_told_apart(tmp_path: Path) -> None:
    path = write(tmp_path, "某省企业自诊断,,", "企业,城市,得分", "甲,无锡,1", "乙,苏州,2")
    ((sheet,), others) = sampled_sheets([path])
    assert others == []
    assert sheet.titles.strip() == "某省企业自诊断"
    assert [column.heading for column in sheet.columns] == ["企业", "城市", "得分"]
    assert sheet.columns[1].cells == ("无锡", "苏州")


def test_a_column_goes_by_its_lowest_heading_where_that_is_its_own(tmp_path: Path) -> None:
    head = (
        ",".join(["编号", "设计", "", "生产", ""]),
        ",".join(["", "平台", "人数", "产线", "人数"]),
    )
    found = headings(write(tmp_path, *head, "1,有,3,是,5", "2,无,4,否,6"))
    assert "平台" in found
    assert "产线" in found
    assert "人数" not in found
    assert sum(name.endswith("人数") and len(name) > 2 for name in found) == 2


def test_the_texts_of_a_sample_are_each_told_once_in_their_order(tmp_path: Path) -> None:
    path = write(tmp_path, "企业,城市,规模", "甲,无锡,大", "乙,,大", "丙,苏州,小", "丁,无锡,")
    ((sheet,), _) = sampled_sheets([path])
    city, size = sheet.columns[1:]
    assert city.texts == ["无锡", "", "苏州"]
    assert city.filled == ["无锡", "苏州"]
    assert size.filled == ["大", "小"]


@pytest.mark.parametrize("word", ["合计", "总计", "小计", "注：", "说明", " 合 计 "])
@pytest.mark.parametrize("place", [0, 2])
def test_totals_and_notes_are_no_answers(tmp_path: Path, word: str, place: int) -> None:
    row = ["", "无锡", "", "3"]
    row[place] = word
    path = write(tmp_path, "编号,城市,企业,得分", "1,无锡,甲,1", ",".join(row), "2,苏州,乙,2")
    ((sheet,), _) = sampled_sheets([path])
    assert sheet.columns[1].cells == ("无锡", "苏州")


def test_a_word_of_a_total_in_a_later_column_ends_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, "编号,城市,企业,备", "1,无锡,甲,无", "2,苏州,乙,合计无误")
    ((sheet,), _) = sampled_sheets([path])
    assert len(sheet.columns[0].cells) == 2


@pytest.mark.parametrize(("filled", "kept"), [(1, 1), (2, 2)])
def test_a_row_of_a_fifth_of_its_cells_is_an_answer(tmp_path: Path, filled: int, kept: int):
    head = ",".join(f"列{n}" for n in range(10))
    full = ",".join("甲乙丙丁戊己庚辛壬癸")
    few = ",".join(["值"] * filled + [""] * (10 - filled))
    ((sheet,), _) = sampled_sheets([write(tmp_path, head, full, few)])
    assert len(sheet.columns[0].cells) == kept


def test_a_file_without_a_header_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputErrors, match="a table with a row of headings and rows below it"):
        sampled_sheets([write(tmp_path, "1,2,3", "4,5,6", "7,8,9")])


# -- headers ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rows", "place"),
    [
        ([["企业", "城市"], ["甲", "1"]], (1, 1)),
        ([["标题", ""], ["企业", "城市"], ["甲", "1"]], (2, 2)),
        ([["", ""], ["企业", "城市"], ["甲", "1"]], (2, 2)),
        ([["企业"], ["甲"]], None),
        ([["12", "13"], ["14", "15"]], None),
        ([], None),
        ([["编号", "设", "", "产"], ["号", "甲", "乙", "丙"], ["1", "2", "3", "4"]], (1, 2)),
    ],
)  # fmt: skip
def test_the_header_is_the_first_full_row_of_words(rows, place) -> None:
    found = guess(rows)
    assert (found and (found.first, found.last)) == place


def test_a_merged_heading_reaches_over_the_blanks_at_its_right() -> None:
    head = joined([["编号", "设计", "", "产"], ["", "平台", "人", "人"]], 0, 2)
    assert head.lowest == ["编号", "平台", "人", "人"]
    assert head.names[0] == "编号"
    assert head.names[1].startswith("设计") and head.names[1].endswith("平台")
    assert head.names[2].startswith("设计") and head.names[3].startswith("产")
    assert (head.first, head.last) == (1, 2)
    assert head.places_of("平台") == [1]
    assert head.places_of("人") == [2, 3]


NAMES = [f"项{n}" for n in range(8)]
GROUPS = [f"组{n}" for n in range(4)] + [""] * 4
TITLE = ["填报表", *[""] * 7]
VALUES = [str(100 + n) for n in range(8)]


@pytest.mark.parametrize(
    ("above", "rows"),
    [
        ([], (1, 1)),
        ([TITLE], (2, 2)),  # one cell is a title
        ([GROUPS], (1, 2)),
        ([TITLE, GROUPS], (2, 3)),
        ([GROUPS, GROUPS], (1, 3)),
        ([GROUPS, GROUPS, GROUPS], (2, 4)),  # no header is deeper than three rows
        ([GROUPS, TITLE], (3, 3)),
    ],
)
def test_rows_of_groups_above_a_header_belong_to_it(above, rows) -> None:
    found = guess([*above, NAMES, VALUES, VALUES])
    assert (found.first, found.last) == rows


@pytest.mark.parametrize(("above", "found"), [(39, True), (40, False)])
def test_a_header_is_looked_for_in_the_first_forty_rows(above: int, found: bool) -> None:
    rows = [*[[""] * 8] * above, NAMES, VALUES]
    for header in (locate(rows, {NAMES[0]}), guess(rows)):
        assert (header is not None) is found
        assert header is None or header.first == above + 1


@pytest.mark.parametrize(
    ("header", "found"),
    [
        (["甲", "乙", *[""] * 6], False),  # far from as full as the fullest
        ([*NAMES[:5], *[""] * 3], True),
        (["甲", "乙", "丙", "丁", *["同"] * 4], False),  # names of which many are one
        (VALUES, False),
    ],
)
def test_a_header_is_nearly_as_full_as_the_fullest_row_and_of_names(header, found) -> None:
    assert (guess([header, VALUES, VALUES]) is not None) is found


@pytest.mark.parametrize(
    ("numbers", "repeated", "found"), [(1, 0, True), (2, 0, False), (0, 3, True), (0, 4, False)]
)
def test_of_ten_names_one_may_be_a_number_and_three_may_repeat_another(
    numbers: int, repeated: int, found: bool
) -> None:
    names = [f"项目{n}" for n in range(10 - numbers - repeated)]
    header = [*names, *["2021"] * min(numbers, 1), *["2022"] * (numbers - 1), *names[:1] * repeated]
    assert len(header) == 10
    values = [str(100 + n) for n in range(10)]
    assert (guess([header, values, values]) is not None) is found


@pytest.mark.parametrize(
    ("cell", "value"),
    [("12345", True), ("项1234", True), ("项目123", False), ("2021-05-01", True), ("项目", False)],
)
def test_a_cell_of_which_more_than_three_fifths_are_digits_is_a_value(cell: str, value: bool):
    """A header of such cells alone is none."""
    assert (guess([[cell, cell[::-1]], ["1", "2"], ["3", "4"]]) is None) is value
