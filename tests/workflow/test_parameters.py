from __future__ import annotations

from pathlib import Path

import pytest

from smdi.errors import InputErrors, Problem
from smdi.workflow.notebooks import declared, parts_of
from smdi.workflow.parameters import (
    assignments,
    check,
    parameters_of,
    parse_assignments,
    words_of,
)

CELL = "```{{code-cell}} python\n:tags: [parameters, remove-cell]\n\n{body}\n```\n"
HEAD = "---\nkernelspec: {name: python3, display_name: Python 3, language: python}\n---\n\n# 章\n\n"
BODY = 'edition = "2021"\nprovince: str = ""\nindustry = ""\ntop = 10\nshare = 0.5\nwhole = True'


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    return write(tmp_path, CELL.format(body=BODY))


def write(folder: Path, cells: str) -> Path:
    path = folder / "chapter.md"
    path.write_text(HEAD + cells, "utf-8")
    return path


def problems(path: Path, **given: object) -> dict[str, Problem]:
    with pytest.raises(InputErrors) as caught:
        check(path, given)
    return {problem.column: problem for problem in caught.value.problems}


def faults(path: Path, **given: object) -> dict[str, str]:
    return {name: problem.expected for name, problem in problems(path, **given).items()}


def test_the_declared_parameters_are_read_with_their_defaults(notebook: Path) -> None:
    assert declared(notebook) == {
        "edition": "2021",
        "province": "",
        "industry": "",
        "top": 10,
        "share": 0.5,
        "whole": True,
    }


def test_text_of_a_command_line_becomes_the_declared_type(notebook: Path) -> None:
    given = {"top": "5", "share": "0.25", "whole": "false", "province": "江苏省"}
    expected = {"top": 5, "share": 0.25, "whole": False, "province": "江苏省"}
    assert check(notebook, given) == expected


def test_an_unknown_name_is_answered_with_those_that_are_known(notebook: Path) -> None:
    assert "edition, province, industry, top" in faults(notebook, region="江苏省")["region"]


def test_a_wrong_type_is_answered_with_the_right_one(notebook: Path) -> None:
    found = faults(notebook, top="many", share="half", whole="perhaps")
    assert "whole number" in found["top"]
    assert "number" in found["share"]
    assert "true or false" in found["whole"]


def test_a_fraction_is_no_whole_number(notebook: Path) -> None:
    assert "top" in faults(notebook, top=2.5)


def test_a_province_out_of_the_list_is_answered_with_the_list(notebook: Path) -> None:
    expected = faults(notebook, province="江南")["province"]
    assert "江苏省" in expected
    assert "宁夏回族自治区" in expected


@pytest.mark.parametrize("name", ["江苏", "江苏省", " 江苏 ", "320000"])
def test_a_province_is_understood_by_its_short_name_and_code(notebook: Path, name: str) -> None:
    assert check(notebook, {"province": name}) == {"province": "江苏省"}


@pytest.mark.parametrize("name", ["36", 36, "汽车", "汽车制造业", "36 汽车制造业"])
def test_an_industry_is_understood_by_code_number_and_name(notebook: Path, name: object) -> None:
    assert check(notebook, {"industry": name}) == {"industry": "36"}


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ({"provnce": "江苏省"}, "province"),
        ({"province": "江蘇省"}, "江苏省"),
        ({"industry": "汽车制造"}, "36 汽车制造业"),
    ],
)
def test_what_comes_nearest_is_said(notebook: Path, given: dict[str, str], near: str) -> None:
    (name,) = given
    assert problems(notebook, **given)[name].nearest == near


def test_a_path_to_another_file_is_no_parameter(notebook: Path) -> None:
    assert "one of the chapter's parameters" in faults(notebook, scores="/nope")["scores"]


def test_a_number_with_a_fraction_is_no_text(notebook: Path) -> None:
    assert "text" in faults(notebook, industry=3.5)["industry"]


def test_an_industry_out_of_the_list_is_answered_with_codes_and_names(notebook: Path) -> None:
    assert "39 计算机、通信和其他电子设备制造业" in faults(notebook, industry="99")["industry"]


def test_an_edition_without_a_file_is_answered_with_those_that_have_one(notebook: Path) -> None:
    assert "2021" in faults(notebook, edition="1999")["edition"]


def test_every_fault_names_the_notebook_the_parameter_and_what_was_given(notebook: Path) -> None:
    given = {"region": "x", "top": "y", "edition": "1999"}
    found = problems(notebook, **given)
    assert {name: (one.file, one.row, one.value) for name, one in found.items()} == {
        "region": (str(notebook), None, "x"),
        "top": (str(notebook), None, "y"),
        "edition": (str(notebook), None, None),
    }
    assert found["top"].expected == "a whole number, like 10"
    (region,) = problems(notebook, province="江南").values()
    assert (region.file, region.column, region.value) == (str(notebook), "province", "江南")


def test_all_faults_are_reported_at_once(notebook: Path) -> None:
    assert len(faults(notebook, region="x", top="y", province="z")) == 3


def test_two_parameter_cells_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, CELL.format(body="a = 1") + "\n" + CELL.format(body="b = 1"))
    with pytest.raises(InputErrors, match="exactly one cell tagged `parameters`, found 2"):
        declared(path)


def test_a_notebook_without_a_parameter_cell_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputErrors, match="found 0"):
        declared(write(tmp_path, "text"))


@pytest.mark.parametrize("body", ["a = len('x')", "import os", "a = b = 1", "a = [1]", "a: int"])
def test_a_default_that_is_no_literal_is_refused(tmp_path: Path, body: str) -> None:
    with pytest.raises(InputErrors, match="literal"):
        declared(write(tmp_path, CELL.format(body=body)))


def test_a_word_without_an_equals_sign_is_refused() -> None:
    with pytest.raises(InputErrors, match="name=value"):
        parse_assignments(["province=江苏省", "江苏省"])


@pytest.mark.parametrize(
    ("words", "given", "faults"),
    [
        (["a=1", "b="], {"a": "1", "b": ""}, []),
        (["a", "b=1"], {"b": "1"}, [(None, "a")]),
        (["=1", "b=1"], {"b": "1"}, [(None, "=1")]),
        # What is no assignment at all is not given twice as well.
        (["a", "a"], {}, [(None, "a"), (None, "a")]),
        (["=1", "=2"], {}, [(None, "=1"), (None, "=2")]),
        (["a=1", "a=2", "b=1"], {"a": "2", "b": "1"}, [("a", None)]),
    ],
)
def test_words_give_a_mapping_and_their_faults(words, given, faults) -> None:
    found, problems = assignments(words)
    assert found == given
    assert [(one.column, one.value) for one in problems] == faults


def test_a_value_may_hold_an_equals_sign() -> None:
    assert parse_assignments(["a=b=c"]) == {"a": "b=c"}


def test_a_name_may_be_given_once() -> None:
    with pytest.raises(InputErrors, match="province; expected the name once; it is given 2 times"):
        parse_assignments(["province=江苏省", "province=山东省"])


def test_quotation_marks_keep_blanks_in_a_value() -> None:
    assert words_of("city='某 市' industry=39") == ["city=某 市", "industry=39"]


@pytest.mark.parametrize("text", ["a=b; touch X", "a=$(touch X)", "a=`touch X`", "a=b | cat"])
def test_what_a_shell_would_run_is_a_text_or_a_fault(text: str) -> None:
    words = words_of(text)
    assert words == text.split()
    with pytest.raises(InputErrors):
        parse_assignments(words)


def test_a_quotation_mark_that_stays_open_is_refused() -> None:
    with pytest.raises(InputErrors, match="No closing quotation"):
        words_of("province='江苏省")


def test_a_parameter_is_described_with_type_values_default_and_meaning(tmp_path: Path) -> None:
    body = 'province = ""\ntop = 10  # how many cities are listed\nnote = "a # b"'
    found = {p.name: p for p in parameters_of(write(tmp_path, CELL.format(body=body)))}
    assert (found["top"].type, found["top"].default) == ("whole number", 10)
    assert found["top"].meaning == "how many cities are listed"
    assert found["note"].meaning == ""
    assert {"江苏省", "宁夏回族自治区"} <= set(found["province"].allowed)
    assert "region" in found["province"].meaning


@pytest.mark.parametrize("name", ["top", "share", "province"])
@pytest.mark.parametrize("value", [True, False])
def test_true_and_false_are_no_numbers_and_no_text(notebook: Path, name: str, value: bool) -> None:
    assert name in faults(notebook, **{name: value})


def test_a_whole_number_is_a_number_and_one_with_a_fraction_is_no_whole_one(notebook: Path) -> None:
    assert check(notebook, {"share": 1, "top": 1}) == {"share": 1.0, "top": 1}
    assert "whole number" in faults(notebook, top=1.0)["top"]


@pytest.mark.parametrize(("word", "value"), [("TRUE", True), ("false", False), (True, True)])
def test_true_and_false_are_read_in_any_case(notebook: Path, word: object, value: bool) -> None:
    assert check(notebook, {"whole": word}) == {"whole": value}


@pytest.mark.parametrize("word", ["yes", "1", "", 1])
def test_other_words_are_neither_true_nor_false(notebook: Path, word: object) -> None:
    assert "true or false" in faults(notebook, whole=word)["whole"]


@pytest.mark.parametrize("name", ["output", "edition_", "Province", ""])
def test_a_name_that_the_chapter_has_not_is_refused_with_those_it_has(
    notebook: Path, name: str
) -> None:
    known = "edition, province, industry, top, share, whole"
    assert faults(notebook, **{name: "/x"})[name] == f"one of the chapter's parameters: {known}"


def including(folder: Path, **parts: tuple[str, ...]) -> Path:
    """Write a chapter and its parts, each by the names of what it includes."""
    for name, included in parts.items():
        lines = [f'{{% include "parts/{one}.md" %}}\n' for one in included]
        path = folder / (f"{name}.md" if name == "chapter" else f"parts/{name}.md")
        path.parent.mkdir(exist_ok=True)
        path.write_text("".join(lines), "utf-8")
    return folder / "chapter.md"


def test_the_parts_of_a_chapter_are_all_that_it_includes_by_others_too_once_and_by_name(
    tmp_path: Path,
) -> None:
    chapter = including(tmp_path, chapter=("z", "a"), z=("m",), a=("m", "z"), m=(), other=())
    assert parts_of(chapter) == [tmp_path / f"parts/{name}.md" for name in "amz"]


def test_a_part_that_is_not_there_is_told_with_the_chapter(tmp_path: Path) -> None:
    chapter = including(tmp_path, chapter=("a",), a=("gone",))
    with pytest.raises(InputErrors) as caught:
        parts_of(chapter)
    (problem,) = caught.value.problems
    assert (problem.file, problem.value) == (str(chapter), "parts/gone.md")
    assert problem.expected == f"the file {tmp_path / 'parts/gone.md'}"
