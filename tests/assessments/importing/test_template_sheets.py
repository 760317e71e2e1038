"""Where everything stands in the sheets of the template, read from the parts of the workbook."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from lxml import etree
from python_calamine import CalamineWorkbook

from smdi.assessments.mapping.headings import FIRM_HEADINGS, practice_headings
from smdi.assessments.mapping.template import write_template
from smdi.standards import maturity_model

Part = Callable[[str], etree._Element]
NUMBERS = "能力项各列", "实践各列", "其他"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "template.xlsx"
    write_template(path)
    return path


@pytest.fixture(scope="module")
def part(template: Path) -> Part:
    """Give a part of the workbook as XML."""

    def read(name: str) -> etree._Element:
        with zipfile.ZipFile(template) as parts:
            return etree.fromstring(parts.read(f"xl/{name}.xml"))

    return read


def cells(part: Part, sheet: int) -> dict[str, tuple[str, str]]:
    """Give the text and the style of each cell that is written, by its address."""
    shared = ["".join(one.itertext()) for one in part("sharedStrings").iterfind("{*}si")]
    return {
        one.get("r"): (shared[int(one.findtext("{*}v"))], one.get("s", "0"))
        for one in part(f"worksheets/sheet{sheet}").iterfind(".//{*}c")
        if one.get("t") == "s"
    }


def is_heading(part: Part, style: str) -> bool:
    """Tell whether a style is bold, and wraps its text from the top."""
    styles = part("styles")
    form = styles.find("{*}cellXfs")[int(style)]
    font = styles.find("{*}fonts")[int(form.get("fontId"))]
    place = form.find("{*}alignment")
    told = {} if place is None else dict(place.attrib)
    return font.find("{*}b") is not None and told == {"vertical": "top", "wrapText": "1"}


def test_the_headings_stand_in_the_first_row_from_its_first_column_on(part: Part) -> None:
    found = cells(part, 1)
    assert {re.sub(r"[A-Z]+", "", address) for address in found} == {"1"}
    assert next(iter(found)) == "A1"
    items = maturity_model().items["item_id"]
    expected = [*FIRM_HEADINGS.values(), *items, *practice_headings().values()]
    assert [text for text, _ in found.values()] == expected
    assert all(is_heading(part, style) for _, style in found.values())


def test_headings_and_codes_stay_in_sight(part: Part) -> None:
    pane = part("worksheets/sheet1").find(".//{*}pane")
    assert pane.attrib == {
        **{"xSplit": "1", "ySplit": "1", "topLeftCell": "B2"},
        **{"activePane": "bottomRight", "state": "frozen"},
    }


def test_the_lists_alone_are_hidden(part: Part) -> None:
    sheets = part("workbook").iterfind(".//{*}sheet")
    assert [(one.get("name"), one.get("state")) for one in sheets] == [
        ("自诊断数据", None),
        ("填表说明", None),
        ("选项", "hidden"),
    ]


def test_each_list_begins_in_the_first_row_of_its_column(part: Part) -> None:
    found = cells(part, 3)
    assert [found[f"{letter}1"][0] for letter in "ABDEF"] == [
        *("北京市", "北京市", "离散型", "是", "全部满足")
    ]
    assert "G1" not in found
    assert [found[f"E{row}"][0] for row in (1, 2)] == ["是", "否"]


def test_a_drop_down_goes_down_to_the_last_row_and_says_what_is_wrong(part: Part) -> None:
    choices = list(part("worksheets/sheet1").iterfind(".//{*}dataValidation"))
    assert choices
    for one in choices:
        assert set(re.findall(r"\d+", one.get("sqref"))) == {"2", "5001"}
        assert (one.get("type"), one.get("errorTitle"), one.get("error")) == (
            *("list", "不在列表中"),
            "请从下拉列表中选择",
        )
        assert one.get("showErrorMessage") == "1"


def test_the_notes_say_of_each_column_what_it_holds_one_line_each(part: Part) -> None:
    found = cells(part, 2)
    first = [found[f"A{row}"][0] for row in range(1, len(FIRM_HEADINGS) + 5)]
    assert first == ["列", *FIRM_HEADINGS.values(), *NUMBERS]
    assert (found["B1"][0], found["B2"][0]) == ("填写要求", "18 位统一社会信用代码，以文本填写")
    assert found[f"B{len(FIRM_HEADINGS) + 2}"][0] == (
        "全部满足、大部分满足、部分满足、不满足；企业没有相应业务或类型的，填不适用"
    )
    assert len(found) == 2 * len(first)
    bold = {address for address, (_, style) in found.items() if is_heading(part, style)}
    assert bold == {"A1", "B1"}
    widths = [
        (one.get("min"), one.get("max"), int(float(one.get("width"))))
        for one in part("worksheets/sheet2").iterfind(".//{*}col")
    ]
    assert widths == [("1", "1", 24), ("2", "2", 80)]


def test_a_template_that_cannot_be_put_in_its_place_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "template.xlsx"
    path.write_text("before", "utf-8")

    def refused(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr("pathlib.Path.replace", refused)
    monkeypatch.setattr("os.replace", refused)
    with pytest.raises(OSError, match="no room"):
        write_template(path)
    assert path.read_text("utf-8") == "before"
    assert [one.name for one in tmp_path.iterdir()] == ["template.xlsx"]


def test_the_template_is_read_back_as_it_is_told(template: Path) -> None:
    book = CalamineWorkbook.from_path(template)
    lists = [list(filter(None, column)) for column in zip(
        *book.get_sheet_by_name("选项").to_python(), strict=True)]  # fmt: skip
    scores = [score.name_zh for score in maturity_model().item_scores]
    assert lists[3:] == [["离散型", "流程型"], ["是", "否"], [*scores, "不适用"]]
