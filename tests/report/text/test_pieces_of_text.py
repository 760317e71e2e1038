"""Numbers in words, phrases in parts, sections of a notebook and broken lines, case by case."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from smdi.errors import InputErrors
from smdi.report.text.language import numeral, ordinal
from smdi.report.text.notebook_text import Sections, Template, exhibits_in, join_lines, read_text
from smdi.report.text.parts import (
    Part,
    claimed,
    parse,
    phrase_record,
    set_off,
    statuses_of,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"), (1, "一"), (9, "九"), (10, "十"), (11, "十一"), (19, "十九"), (20, "二十"),
        (21, "二十一"), (99, "九十九"), (100, "一百"), (101, "一百零一"), (110, "一百一十"),
        (111, "一百一十一"), (120, "一百二十"), (1000, "一千"), (1001, "一千零一"),
        (1010, "一千零一十"), (1100, "一千一百"), (1101, "一千一百零一"), (2020, "二千零二十"),
        (9999, "九千九百九十九"), (5060, "五千零六十"),
    ],
)  # fmt: skip
def test_a_number_in_words(number: int, words: str) -> None:
    assert numeral(number) == words
    assert ordinal(number) == f"第{words}"


@pytest.mark.parametrize("number", [-1, 10_000])
def test_a_number_that_is_too_large_or_below_nought_has_no_words(number: int) -> None:
    with pytest.raises(ValueError, match=f"{number} is not written in words"):
        numeral(number)


def said(text: str, status: str = "published") -> list[tuple]:
    parts = parse(text, "c", lambda fact, amount: f"{status} {fact} {amount}".strip())
    return [(part.text, part.key, part.status) for part in parts]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("甲", [("甲", None, None)]),
        ("", []),
        ("⟦low⟧", [("", "c.low", None)]),
        ("甲⟦b.low⟧乙", [("甲", None, None), ("", "b.low", None), ("乙", None, None)]),
        ("⟦=5 家|a/b⟧", [("5 家", None, "published a/b 5 家")]),
        ("⟦=5 家⟧", [("5 家", None, "published  5 家")]),
        ("⟦!simulated⟧⟦!derived⟧", [("", None, "simulated"), ("", None, "derived")]),
        ("⟦?missing⟧", [("（数据缺失）", None, None)]),
    ],
)
def test_the_parts_of_a_marked_text(text: str, parts: list) -> None:
    assert said(text) == parts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("甲⟦low", "without its other half in '甲⟦low'"),
        ("low⟧", "without its other half in 'low⟧'"),
        ("⟦Low⟧", "⟦Low⟧ is neither a key"),
        ("⟦!published⟧", "is neither a key"),
        ("⟦?unheard⟧", "is neither a key"),
        ("⟦a.b.c⟧", "is neither a key"),
    ],
)
def test_a_mark_that_is_none_is_told(text: str, told: str) -> None:
    with pytest.raises(ValueError, match=re.escape(told)):
        said(text)


RECORDS = {
    "c.low": {"text": "69%", "simulated": True, "status": "simulated"},
    "c.known": {"text": "5 家", "simulated": False, "status": "published"},
    "c.made": {"text": "31%", "simulated": False, "status": "derived"},
}


def record(*parts: Part) -> dict:
    return phrase_record(list(parts), RECORDS)


LOW, KNOWN, MADE = (Part(key=f"c.{name}") for name in ("low", "known", "made"))
SIMULATED, DERIVED = Part(status="simulated"), Part(status="derived")


@pytest.mark.parametrize(
    ("parts", "text", "simulated"),
    [
        ([Part("占"), LOW, Part("的企业")], "占 69% 的企业", True),
        ([Part("占"), KNOWN, Part("，共9家和5%的")], "占 5 家，共 9 家和 5% 的", False),
        ([Part("占"), Part("−5%", status="derived")], "占 −5%", False),
        ([Part("高"), SIMULATED], "高", True),
        ([KNOWN, Part(""), MADE], "5 家 31%", False),
        ([Part("a1"), Part("b")], "a1b", False),
    ],
)
def test_figures_of_a_phrase_are_set_off_from_chinese(parts, text: str, simulated: bool) -> None:
    made = record(*parts)
    assert (made["kind"], made["text"], made["simulated"]) == ("phrase", text, simulated)


@pytest.mark.parametrize(
    ("parts", "marks"),
    [
        # A claim in whose clause a value bears the mark already has none of its own.
        ([LOW, Part("高"), SIMULATED], 0),
        ([LOW, Part("高。低"), SIMULATED], 1),
        ([LOW, Part("高；低"), SIMULATED], 1),
        ([LOW, Part("高，低"), SIMULATED], 0),
        ([MADE, Part("高"), SIMULATED], 1),
        ([MADE, Part("高"), DERIVED], 0),
        ([LOW, Part("高"), DERIVED], 0),
        ([KNOWN, Part("高"), DERIVED], 1),
        ([Part("5", status="simulated"), Part("高"), SIMULATED], 0),
    ],
)
def test_a_clause_bears_a_mark_once(parts: list[Part], marks: int) -> None:
    made = record(*parts)["parts"]
    assert len([part for part in made if part.get("text") == "" and "status" in part]) == marks


def test_the_form_of_a_part_names_its_status_where_that_is_marked() -> None:
    assert [Part("a", status=one).record() for one in ("published", "derived", "simulated")] == [
        {"text": "a"},
        {"text": "a", "status": "derived"},
        {"text": "a", "status": "simulated", "simulated": True},
    ]
    with pytest.raises(KeyError, match=r"c\.none is not registered"):
        record(Part(key="c.none"))


@pytest.mark.parametrize(
    ("text", "said", "printed"),
    [
        ("占⟦x⟧的", "69%", "占 X 的"), ("占 ⟦x⟧，", "69%", "占 X，"), ("a⟦x⟧b", "69", "aXb"),
        ("占⟦x⟧的", "多", "占X的"), ("⟦x⟧", "69", "X"), ("占⟦x⟧的", "", "占X的"),
    ],
)  # fmt: skip
def test_what_is_printed_for_a_mark_is_set_off_as_what_it_says(text, said, printed) -> None:
    assert re.sub("⟦x⟧", lambda found: set_off("X", said, found), text) == printed


@pytest.mark.parametrize(
    ("text", "statuses", "marked"),
    [
        ("高。", ["published"], "高。"),
        ("高。", [], "高。"),
        ("高。", ["published", "derived"], "高⟦!derived⟧。"),
        ("高。", ["derived", "simulated"], "高⟦!simulated⟧。"),
        ("甲高；乙低。", ["simulated"], "甲高⟦!simulated⟧；乙低⟦!simulated⟧。"),
        ("甲高；乙 ⟦=5⟧。", ["simulated"], "甲高⟦!simulated⟧；乙 ⟦=5⟧。"),
        ("⟦?missing⟧", ["simulated"], "⟦?missing⟧"),
    ],
)
def test_each_clause_of_a_claim_is_as_known_as_the_weakest_of_its_values(
    text, statuses, marked
) -> None:
    assert claimed(text, statuses) == marked


def test_what_values_are_known_from_is_told_without_their_ranks() -> None:
    frame = pd.DataFrame({"measure": ["a", "rank", "b"], "status": ["x", "y", "x"]})
    assert statuses_of(frame) == {"x"}
    assert statuses_of(frame.drop(columns="status")) == frozenset()


OMIT = "{% omit none %}无。{% endomit %}"


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        (["# 一\n文\n"], ["# 一\n文\n"]),
        ([f"## 一\n{OMIT}\n文 {{{{ a }}}}\n## 二\n文\n"], ["## 一\n无。\n\n## 二\n文\n"]),
        # A section ends at a heading of its level or a higher one, in whichever cell.
        ([f"## 一\n{OMIT}\n### 下\n文\n", "### 又\n", "## 二\n"],
         ["## 一\n无。\n\n\n", "\n", "## 二\n"]),
        ([f"## 一\n{OMIT}", "# 上\n"], ["## 一\n无。", "# 上\n"]),
        ([f"### 一\n{OMIT}\n## 二\n"], ["### 一\n无。\n## 二\n"]),
        ([f"文\n#号\n{OMIT}"], ["文\n#号\n无。"]),
        (["## 一\n{% omit some %}无。\n{% endomit %}文\n"], ["## 一\n\n文\n"]),
        (["## 一\n{%- omit none -%}无。{%- endomit -%}文\n"], ["## 一\n无。\n"]),
    ],
)  # fmt: skip
def test_a_section_without_ground_gives_way_and_each_line_stays_where_it_was(cells, kept) -> None:
    sections = Sections(lambda words: words == "none")
    made = [sections.parted(Template(cell, 7))[0] for cell in cells]
    assert [one.source for one in made] == kept
    assert {one.line for one in made} == {7}
    assert [one.source.count("\n") for one in made] == [cell.count("\n") for cell in cells]


def test_what_is_left_out_is_told() -> None:
    sections = Sections(lambda words: True)
    text = f"## 一\n{OMIT}\n:::{{exhibit}} fig-04\n甲\n:::\n"
    _, left = sections.parted(Template(text, 1))
    assert exhibits_in(left) == {"fig-04"}


HEAD = "---\nkernelspec: {name: python3, display_name: X}\n---\n\n"


def notebook(folder: Path, text: str) -> Path:
    path = folder / "a.md"
    path.write_text(HEAD + text, "utf-8")
    return path


def test_a_directive_is_its_title_and_its_note_each_at_its_line(tmp_path: Path) -> None:
    text = (
        "# 章\n\n文。\n\n:::{exhibit} fig-04\n题\n名\n\n说\n明\n:::\n\n"
        "```{code-cell}\nx = 1\n```\n\n````{exhibit}  tab-1\t\n题\n````\n"
    )
    path = notebook(tmp_path, text)
    found = read_text(path)
    lines = path.read_text("utf-8").split("\n")
    told = {
        name: [(part.source, lines[part.line - 1]) for part in (one.title, one.note)]
        for name, one in found.captions.items()
    }
    assert told["fig-04"] == [("题\n名", "题"), ("说\n明", "说")]
    assert told["tab-1"][0] == ("题", "题")
    first, second = found.cells
    assert first.source == "# 章\n\n文。\n\n:::{exhibit} fig-04\n\n\n\n\n\n:::"
    assert (lines[first.line - 1], lines[second.line - 1]) == ("# 章", "````{exhibit}  tab-1\t")
    assert [one.source for one in found.templates[2:]] == ["题\n名", "说\n明", "题", ""]


def test_cells_that_read_alike_have_each_its_own_line(tmp_path: Path) -> None:
    code = "```{code-cell}\nx = 1\n```\n\n"
    again = "文。\n\n:::{exhibit} fig-0%d\n题\n:::\n\n"
    path = notebook(tmp_path, "".join(("文。\n\n" + code, "文。\n\n" + code, again % 1)))
    lines = path.read_text("utf-8").split("\n")
    found = read_text(path)
    places = [number for number, line in enumerate(lines, 1) if line == "文。"]
    assert [cell.line for cell in found.cells] == places
    assert lines[found.captions["fig-01"].title.line - 1] == "题"


def test_an_exhibit_that_stands_twice_is_told_with_its_second_line(tmp_path: Path) -> None:
    text = "文。\n\n:::{exhibit} fig-04\n:::\n\n:::{exhibit} fig-04\n:::\n"
    path = notebook(tmp_path, text)
    with pytest.raises(InputErrors) as caught:
        read_text(path)
    (problem,) = caught.value.problems
    lines = path.read_text("utf-8").split("\n")
    assert (problem.value, problem.expected) == ("fig-04", "one directive an exhibit")
    assert problem.row == len(lines) - 2 and lines[problem.row - 1] == ":::{exhibit} fig-04"


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("甲\n乙", "甲+乙"), ("甲\nb", "甲\nb"), ("a\n乙", "a\n乙"), ("甲\n\n乙", "甲\n\n乙"),
        ("{num}`a`\n乙", "{num}`a`+乙"), ("甲\n{num}`a`", "甲+{num}`a`"),
        ("甲\n乙\n丙", "甲+乙+丙"), ("", ""),
        ("甲a\n乙", "甲a\n乙"), ("甲\n\x7f乙", "甲\n\x7f乙"), ("\x7f\n乙", "\x7f\n乙"),
    ],
)  # fmt: skip
def test_lines_are_joined_where_both_sides_are_chinese_or_values(text: str, joined: str) -> None:
    assert join_lines(text, "+") == joined
