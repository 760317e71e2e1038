"""How wide a text table may be, how long its first line, and which rows say how wide it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.assessments.reading import delimited
from smdi.assessments.reading.delimited import WIDEST, open_delimited
from smdi.errors import InputErrors, Problem


def opened(tmp_path: Path, text: str, delimiter: str = ",") -> delimited.DelimitedSheet:
    path = tmp_path / "export.csv"
    path.write_text(text, "utf-8", newline="")
    return open_delimited(path, "utf-8", delimiter, frozenset({"甲"}))


def refused(tmp_path: Path, text: str) -> list[Problem]:
    with pytest.raises(InputErrors) as error:
        opened(tmp_path, text)
    return list(error.value.problems)


@pytest.mark.parametrize("title", ["", "标题\n"])
def test_a_table_has_as_many_columns_as_a_spreadsheet_may_have(tmp_path: Path, title: str) -> None:
    assert WIDEST == 2**14
    assert opened(tmp_path, f"{title}甲{',' * (WIDEST - 1)}\n").width in (1, WIDEST)
    found, expected = "too many columns", "at most 16,384 columns"
    problem = Problem(str(tmp_path / "export.csv"), None, None, found, expected)
    assert refused(tmp_path, f"{title}甲{',' * WIDEST}\n") == [problem]


def test_a_first_line_as_long_as_may_be_is_no_table(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delimited, "LONGEST_LINE", 10)
    for end in ("\n", "\r\n", "\r"):
        text = f"甲,乙,456789{end}1,2,3{end}"
        assert opened(tmp_path, text).head[0] == ["甲", "乙", "456789"]
    problem = Problem(
        *(str(tmp_path / "export.csv"), None, None),
        "a first line of over 10 characters",
        "a text table",
    )
    assert refused(tmp_path, "甲,乙,4567890\n1,2,3\n") == [problem]
    # Only the first: a later one may hold a long remark.
    assert opened(tmp_path, "甲,乙\n1,23456789012\n").width == 2


def test_blank_rows_alone_are_no_table(tmp_path: Path) -> None:
    expected = "a header with the column names"
    problem = Problem(str(tmp_path / "export.csv"), None, None, "only blank rows", expected)
    assert refused(tmp_path, "\n\n\n") == [problem]


@pytest.mark.parametrize(
    ("rows", "width"),
    [
        (["甲,乙,丙", "1,2,3", "1,2"], 3),
        (["甲", "1,2", "1,2"], 2),
        # Of lengths that are as usual the longer; blank rows say nothing.
        (["甲,乙", "1,2,3"], 3),
        (["甲,乙,丙", "1,2", ",", ",", ","], 3),
    ],
)
def test_a_table_is_as_wide_as_most_of_its_rows(tmp_path: Path, rows: list[str], width: int):
    sheet = opened(tmp_path, "\n".join(rows) + "\n")
    assert {len(row) for row in sheet.head} == {width}


@pytest.mark.parametrize(
    ("text", "hint", "taken"),
    [
        ("甲;乙,丙\n", ",", ";"),  # the heading that is looked for shows by this alone
        ("甲,乙;丙\n", ";", ","),
        ("乙,丙;丁;戊\n", ",", ";"),  # none shows it: the most columns
        ("乙,丙;丁\n", ",", ","),  # as many either way: the hint
        ("乙,丙;丁\n", ";", ";"),
        ("甲#乙\n", "#", "#"),
    ],
)
def test_the_mark_between_cells_is_that_which_shows_most(
    tmp_path: Path, text: str, hint: str, taken: str
) -> None:
    sheet = opened(tmp_path, text, hint)
    assert sheet.delimiter == taken
    names = {",": "comma", ";": "semicolon", "#": "'#'"}
    assert sheet.how == f"utf-8, {names[taken]}"
