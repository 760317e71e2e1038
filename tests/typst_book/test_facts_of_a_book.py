"""What a book says of itself by its settings, and where Typst's complaints lead back to."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from typst_book.compiling import complain, font_folders, place_of
from typst_book.errors import Problem, TypstBookError, raise_all
from typst_book.frontmatter import book_facts, parse_date

SETTINGS: dict[str, Any] = {
    "typst_title": "题", "typst_short_title": "短", "typst_subtitle": "副", "typst_author": "编",
    "typst_description": "述", "typst_keywords": ("甲", "乙"), "typst_date": "2021-12-31",
    "typst_cover": [["年", "2021"]], "typst_cover_mark": "记", "typst_imprint": [("址", "a")],
    "typst_standards": ["ua-1"], "project": "项目", "html_title": "网页", "author": "作者",
}  # fmt: skip


def facts(**changed: Any) -> dict[str, Any]:
    return book_facts(SimpleNamespace(**SETTINGS | changed))


def test_a_book_says_of_itself_what_its_settings_say() -> None:
    assert facts() == {
        "title": "题", "short-title": "短", "subtitle": "副", "author": "编", "description": "述",
        "keywords": ["甲", "乙"], "date": date(2021, 12, 31), "cover": [["年", "2021"]],
        "cover-mark": "记", "imprint": [["址", "a"]],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "name", "said"),
    [
        ({"typst_title": ""}, "title", "项目"),
        ({"typst_title": "", "project": "Project name not set"}, "title", "网页"),
        ({"typst_short_title": ""}, "short-title", "题"),
        ({"typst_short_title": "", "typst_title": ""}, "short-title", "项目"),
        ({"typst_author": ""}, "author", "作者"),
        ({"typst_author": "", "author": "Author name not set"}, "author", ""),
        ({"typst_description": ""}, "description", "副"),
        ({"typst_date": ""}, "date", None),
        ({"typst_cover": [["年", ""], ["月", 12]]}, "cover", [["月", "12"]]),
        ({"typst_imprint": []}, "imprint", []),
    ],
)
def test_what_a_setting_does_not_say_another_does(changed: dict, name: str, said: object) -> None:
    assert facts(**changed)[name] == said


@pytest.mark.parametrize("standards", [["a-2a"], ["ua-1", "a-3b"]], ids=", ".join)
def test_a_file_for_the_archive_has_a_date(standards: list[str]) -> None:
    assert facts(typst_standards=standards)["date"] == date(2021, 12, 31)
    with pytest.raises(TypstBookError) as caught:
        facts(typst_standards=standards, typst_date="")
    said = "typst_date is missing: a PDF/A must bear a date, that of its data"
    assert str(caught.value) == said
    assert facts(typst_standards=["ua-1"], typst_date="")["date"] is None


@pytest.mark.parametrize("text", ["2021", "31.12.2021", "2021-13-01"])
def test_a_date_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(TypstBookError) as caught:
        parse_date(text)
    assert str(caught.value) == f"typst_date: {text!r} is no date of the form 2021-12-31"


@pytest.mark.parametrize("name", ["cover", "imprint"])
@pytest.mark.parametrize("row", [["年"], ["年", "2021", "x"], "年份", {"年": "2021", "月": "1"}])
def test_a_row_of_the_cover_is_a_label_and_a_text(name: str, row: object) -> None:
    with pytest.raises(TypstBookError) as caught:
        facts(**{f"typst_{name}": [["a", "b"], row]})
    assert str(caught.value) == f"typst_{name}: each row is a pair [label, text]"


def test_the_fonts_of_a_package_lie_in_its_folder() -> None:
    import typst_book

    assert font_folders(["typst_book"]) == [str(Path(typst_book.__file__).parent)]
    assert font_folders([]) == []
    with pytest.raises(TypstBookError, match=r"^the font package no_such is not installed$"):
        font_folders(["typst_book", "no_such"])


# A page of Typst with three blocks: the first on line 1, two on line 3.
PAGE = "/*@甲:1*/ #a\n#b\n/*@甲:5*/ #c /*@乙/丙:7*/ #d\n#e\n"


@pytest.mark.parametrize(
    ("line", "column", "place"),
    [
        (1, 0, None), (1, 7, None), (1, 8, ("甲", 1)), (2, 0, ("甲", 1)), (3, 0, ("甲", 1)),
        (3, 10, ("甲", 5)), (3, 13, ("甲", 5)), (3, 24, ("乙/丙", 7)), (4, 1, ("乙/丙", 7)),
        (9, 0, ("乙/丙", 7)),
    ],
)  # fmt: skip
def test_a_place_in_typst_is_that_of_the_block_before_it(tmp_path, line, column, place) -> None:
    path = tmp_path / "001.typ"
    path.write_text(PAGE, "utf-8")
    assert place_of(path, line, column) == place
    path.write_text("", "utf-8")
    assert place_of(path, line, column) is None


def complaint(folder: Path, *texts: str, diagnostic: bool = True) -> str:
    (folder / "pages").mkdir(exist_ok=True)
    (folder / "pages/001.typ").write_text(PAGE, "utf-8")
    found = [
        SimpleNamespace(diagnostic=text if diagnostic else None, message=text) for text in texts
    ]
    with pytest.raises(TypstBookError) as caught:
        complain(found, folder)
    return str(caught.value)


SEEN = "error: no font\n  ┌─ pages/001.typ:3:24\n"


@pytest.mark.parametrize("diagnostic", [True, False], ids=["diagnostic", "message"])
def test_a_complaint_leads_back_to_its_page_and_line(tmp_path: Path, diagnostic: bool) -> None:
    said = complaint(tmp_path, f"\x1b[31m{SEEN}\x1b[0m", diagnostic=diagnostic)
    assert "乙/丙:7: Typst says: no font" in said
    assert "\x1b" not in said and "error" not in said


def test_several_complaints_are_told_each_at_its_place(tmp_path: Path) -> None:
    both = f"{SEEN}warning: wide\n  ┌─ pages/001.typ:2:1\n"
    said = complaint(tmp_path, both, "error: assertion failed: @丁/戊:12: a formula is wide")
    for told in ("乙/丙:7: Typst says: no font", "甲:1: Typst says: wide", "丁/戊:12: a formula"):
        assert told in said
    assert "3 things cannot be printed" in said


def test_a_complaint_of_no_page_is_told_in_typst_s_own_words(tmp_path: Path) -> None:
    other = "error: file not found\n  ┌─ template/book.typ:3:1"
    assert complaint(tmp_path, other) == f"Typst says: {other}"
    before = "warning: odd\n  ┌─ pages/001.typ:1:2"
    assert complaint(tmp_path, SEEN, before) == f"Typst says: {before}"


def test_nothing_found_is_no_complaint(tmp_path: Path) -> None:
    complain([], tmp_path)


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        (None, "甲:?: x"), (0, "甲:?: x"), (1, "甲:1: x"), (9999, "甲:9999: x"),
        (10000, "甲: cell 1, line 0: x"), (10001, "甲: cell 1, line 1: x"),
        (20005, "甲: cell 2, line 5: x"),
    ],
)  # fmt: skip
def test_a_problem_is_told_by_its_page_and_line_or_by_its_cell(line, shown: str) -> None:
    assert str(Problem("甲", line, "x")) == shown


def test_problems_are_told_once_in_the_order_of_pages_and_lines() -> None:
    found = [("乙", 2, "x"), ("丙", None, "x"), ("乙", 1, "z"), ("乙", 1, "y"), ("乙", 2, "x")]
    with pytest.raises(TypstBookError) as caught:
        raise_all(Problem(*one) for one in found)
    told = ["丙:?: x", "乙:1: y", "乙:1: z", "乙:2: x"]
    assert str(caught.value).splitlines() == ["4 things cannot be printed:", *told]
    raise_all([])
