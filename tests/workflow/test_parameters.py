from __future__ import annotations

from pathlib import Path

import pytest

from smdi.errors import InputErrors
from smdi.workflow.parameters import check, declared, parse_assignments

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


def faults(path: Path, **given: object) -> dict[str, str]:
    with pytest.raises(InputErrors) as caught:
        check(path, given)
    return {problem.column: problem.expected for problem in caught.value.problems}


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
    assert "int" in found["top"]
    assert "float" in found["share"]
    assert "bool" in found["whole"]


def test_a_fraction_is_no_whole_number(notebook: Path) -> None:
    assert "top" in faults(notebook, top=2.5)


def test_a_province_out_of_the_list_is_answered_with_the_list(notebook: Path) -> None:
    expected = faults(notebook, province="江南")["province"]
    assert "江苏省" in expected
    assert "宁夏回族自治区" in expected


def test_a_usual_short_name_of_a_province_is_none_of_the_faults(notebook: Path) -> None:
    assert check(notebook, {"province": "江苏"})["province"] == "江苏"


def test_an_industry_out_of_the_list_is_answered_with_codes_and_names(notebook: Path) -> None:
    assert "39 计算机、通信和其他电子设备制造业" in faults(notebook, industry="99")["industry"]


def test_an_edition_without_a_file_is_answered_with_those_that_have_one(notebook: Path) -> None:
    assert "2021" in faults(notebook, edition="1999")["edition"]


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


def test_a_value_may_hold_an_equals_sign() -> None:
    assert parse_assignments(["a=b=c"]) == {"a": "b=c"}
