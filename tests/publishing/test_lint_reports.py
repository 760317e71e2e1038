"""What a run of the prose lint reports: of which file and line, in which order, excused by what."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.errors import InputErrors
from smdi.publishing.lint.allowlist import ALLOWLIST
from smdi.publishing.lint.check import CLAIM, ELSEWHERE, NUMBER, lint
from smdi.publishing.lint.passages import passage


@pytest.fixture
def report(tmp_path: Path, monkeypatch):
    """Lint files by name, each with its text, under a list of exceptions."""
    monkeypatch.chdir(tmp_path)

    def run(files: dict[str, str], allowed: str = ""):
        for name, text in {**files, str(ALLOWLIST): allowed}.items():
            Path(name).parent.mkdir(parents=True, exist_ok=True)
            Path(name).write_text(text, "utf-8")
        return lint([Path(name) for name in files])

    return run


def test_problems_come_by_file_line_and_place_with_what_should_stand_there(report) -> None:
    page = (
        "甲 77 家，乙 9 家。\n\n甲。丙 3 家高于丁。\n\n```{include} a.md\n```\n\n"
        "- 戊 5 家\n- 己多数。\n"
    )
    found = report({"b.md": page, "a.md": "甲 7 家\n\n乙 8 家\n"}).problems
    assert [(one.file, one.row, one.value, one.expected) for one in found] == [
        ("a.md", 1, "7", NUMBER),
        ("a.md", 3, "8", NUMBER),
        ("b.md", 1, "77", NUMBER),
        ("b.md", 1, "9", NUMBER),
        ("b.md", 3, "3", NUMBER),
        ("b.md", 3, "高于", CLAIM),
        ("b.md", 5, "a.md", ELSEWHERE),
        ("b.md", 8, "5", NUMBER),
        ("b.md", 9, "多数", CLAIM),
    ]


# Of each kind of file: a text with one number, and the line it stands on.
LINES = {
    "page.html": ("<p>甲</p>\n<p\n title='乙 77'>{{ n }}</p>\n", 2),
    "words.html": ("<p>\n甲\n乙 77</p>\n<script>\nn = 8\n</script>\n", 3),
    "_toc.yml": ("root: a\nparts:\n- caption: >\n    甲\n    乙 77\n", 5),
    "language/zh.yaml": ("a: 甲\nb:\n  c: '{n} 乙'\n  d: 丙 77\n", 4),
    "title.md": ("---\nkernelspec: {title: 3, name: 甲 4}\ntitle: 甲 77\n---\n\n乙\n", 3),
    "cell.md": (
        "甲\n\n```{code-cell} python3\n:tags: [x]\n\nn = 1\nshow(f'乙{n}',\n  '丙 77')\n```\n", 8),
    "formula.md": ("甲\n\n:::{math}\n:label: eq-9\n\nx_1 = 1 +\n77\n:::\n", 7),
    "option.md": (
        "::::{grid} 1 2\n:gutter: 2\n\n:::{grid-item-card} 甲\n:link: a-9\n:footer: 乙 77\n\n"
        "丙\n:::\n::::\n", 6),
    "ruler.md": ("```{figure} a-1.png\n---\nname: fig-9\nalt: 甲 77\n---\n丙\n```\n", 4),
    "body.md": ("```{figure} a-1.png\n---\nname: fig-9\n---\n甲\n乙 77\n```\n", 6),
    "tree.md": ("```{toctree}\n:maxdepth: 2\n\na-1\n乙 77 <b-2>\n```\n", 5),
    "raw.md": ("```{raw} html\n<p>甲</p>\n<p>乙 77</p>\n```\n", 3),
    "table.md": (":::{csv-table} 甲\n:header-rows: 1\n\n甲,乙\n丙,77\n:::\n", 5),
    "colon.md": (":::\n甲\n\n乙 77\n:::\n", 4),
    "image.md": ("甲\n![丙\n乙 77](a-9.png 'x')丁\n", 3),
    "link.md": ("甲 [乙](a-9.md '丙\n丁 77') 戊\n", 2),
    "loop.md": ("甲\n{% for a in b %}\n乙\n{% endfor %}\n\n丙 77\n", 6),
    "eaten.md": ("甲\n{% if a -%}\n\n\n乙\n{%- endif %}\n\n丙 77\n", 8),
    "set.md": ("甲\n\n{% set a = '乙 77' %}\n", 3),
    "html.md": ("甲\n\n<div>\n<p>乙</p>\n<p>丙 77</p>\n</div>\n", 5),
    "indented.md": ("甲\n\n    乙\n    丙 77\n", 4),
    "break.md": ("甲\\\n乙  \n丙 77\n", 3),
    "role.md": ("甲 {ref}`乙 77 <a-9>` {num}`b-8`\n", 1),
    "percent.md": ("```{raw} html\n% 77\n```\n", 2),
    "end.html": ("<p>甲</p>\n乙 & 77", 2),
    "amsmath.md": ("甲\n\n$$\nx =\n77\n$$\n", 5),
}  # fmt: skip


@pytest.mark.parametrize("name", LINES)
def test_a_number_is_told_with_its_line_whatever_it_stands_in(report, name: str) -> None:
    text, line = LINES[name]
    assert [(one.row, one.value) for one in report({name: text}).problems] == [(line, "77")]


@pytest.mark.parametrize("between", ["`x`", "{code}`x`", "{ref}`x`", "$x$", "![](x.png)"])
def test_numbers_on_both_sides_of_what_is_no_words_are_two(report, between: str) -> None:
    assert [one.value for one in report({"a.md": f"甲 7{between}8 家"}).problems] == ["7", "8"]


@pytest.mark.parametrize(
    ("pieces", "text"),
    [
        ([("at", 1), ("level", 2)], "at level"),
        ([("at\nlevel", 1)], "at level"),
        ([("at", 1), ("level", 1)], "atlevel"),
        ([("甲", 1), ("乙", 2)], "甲乙"),
        ([("甲", 1), ("b", 2), ("丙", 3)], "甲b丙"),
        ([("甲a", 1), ("level", 2)], "甲a level"),
        ([("at~", 1), ("~level", 2)], "at~ ~level"),
        ([("", 1), ("level", 2)], "level"),
    ],
)
def test_lines_are_joined_as_a_page_sets_them(pieces, text: str) -> None:
    assert passage(pieces).text == text


def test_a_place_of_a_passage_has_the_line_of_its_piece() -> None:
    found = passage([("甲乙", 3), ("丙\n丁", 7)])
    assert [found.line(place) for place in range(5)] == [3, 3, 7, 8, 8]
    assert passage([]).line(0) == 1


@pytest.mark.parametrize(
    ("name", "text", "row", "expected"),
    [
        ("_toc.yml", "a: 1\nb: [1\nc: 2", 3, "valid YAML"),
        ("a.md", "甲\n\n{{ a\n", 3, "a template that Jinja reads"),
        ("a.html", "<p>\n{{ 甲 ! }}\n</p>", 2, "a template that Jinja reads"),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_the_line(
    report, name, text, row, expected
) -> None:
    (problem,) = report({name: text}).problems
    assert (problem.file, problem.row, problem.expected) == (name, row, expected)


def test_an_exception_is_for_its_own_files_and_for_its_whole_text(report) -> None:
    page = {"a.md": "甲 7 家。\n", "b.md": "甲 7 家。\n"}
    everywhere = "- {text: 甲 7 家, reason: it is so}\n"
    assert report(page, everywhere).problems == ()
    here = "- {text: 甲 7 家, reason: it is so, files: 'a*'}\n"
    assert [(one.file, one.value) for one in report(page, here).problems] == [("b.md", "7")]
    twice = {"a.md": "乙 7 家，甲 7 家，甲 7 家。\n"}
    assert [(one.row, one.value) for one in report(twice, everywhere).problems] == [(1, "7")]


def test_an_exception_that_excuses_nothing_in_any_of_its_files_is_to_be_removed(report) -> None:
    allowed = (
        "# a remark\n- {text: 甲 7 家, reason: it is so}\n- text: 乙 8 家\n  reason: gone\n"
        "  files: a.md\n- {text: 丙 9 家, reason: elsewhere, files: c.md}\n"
    )
    found = report({"a.md": "甲 7 家。\n", "b.md": "丁。\n"}, allowed)
    assert found.problems == ()
    assert [(one.file, one.row, one.value, one.expected) for one in found.warnings] == [
        (str(ALLOWLIST), 3, "乙 8 家", "an exception that excuses something; remove it")
    ]


@pytest.mark.parametrize(
    ("entry", "value"),
    [
        ("{text: 甲, reason: so, by: me}", "{'text': '甲', 'reason': 'so', 'by': 'me'}"),
        ("{text: '', reason: so}", "{'text': '', 'reason': 'so'}"),
        ("{text: 甲, reason: ''}", "{'text': '甲', 'reason': ''}"),
        ("甲", "甲"),
    ],
)
def test_an_entry_that_is_no_exception_is_refused_with_its_line(report, entry, value) -> None:
    with pytest.raises(InputErrors) as caught:
        report({"a.md": "甲"}, f"- {{text: 乙, reason: so}}\n\n- {entry}\n")
    (problem,) = caught.value.problems
    assert (problem.file, problem.row, problem.value) == (str(ALLOWLIST), 3, value)
    assert problem.expected == "keys text and reason, and files if need be"
