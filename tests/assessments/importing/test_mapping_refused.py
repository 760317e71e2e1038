"""What a mapping must not say, each with the place and the words of its refusal."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml

from smdi.assessments.mapping import read_mapping
from smdi.assessments.mapping.model import (
    ColumnMapping,
    ImportMapping,
    ItemMapping,
    PracticeMapping,
)
from smdi.errors import InputErrors
from smdi.files import project_root

EXAMPLE = yaml.safe_load((project_root() / "data/import-mapping.example.yaml").read_text("utf-8"))


def changed(**parts: Any) -> dict[str, Any]:
    content = copy.deepcopy(EXAMPLE)
    for path, value in parts.items():
        *above, last = path.split("__")
        part = content
        for key in above:
            part = part.setdefault(key, {})
        if value is None:
            part.pop(last, None)
        else:
            part[last] = value
    return content


def told(tmp_path, content: object) -> list[tuple[str | None, object, str]]:
    path = tmp_path / "m.yaml"
    path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
    try:
        read_mapping(path)
    except InputErrors as errors:
        assert {one.file for one in errors.problems} == {str(path)}
        return [(one.column, one.value, one.expected) for one in errors.problems]
    return []


ITEMS = {"values": {"甲": 10, "乙": 0}}
CASES = {
    "no origin": ({"columns__year": {"unit": None}}, "columns.year",
                  "give either column or constant"),
    "two origins": ({"columns__year": {"column": "a", "constant": "b"}}, "columns.year",
                    "give either column or constant"),
    "a form without a day": ({"columns__submitted_on": {"column": "日", "formats": ["%Y-%m"]}},
                             "columns.submitted_on",
                             "formats: '%Y-%m' does not give year, month and day"),
    "a form of nothing": ({"columns__submitted_on": {"column": "a", "formats": ["%Y-%m-%d", "日"]}},
                          "columns.submitted_on",
                          "formats: '日' does not give year, month and day"),
    "unit and factor": ({"columns__revenue": {"column": "a", "unit": "元", "multiply": 2}},
                        "columns.revenue", "give either unit or multiply"),
    "a factor of nothing": ({"columns__revenue": {"column": "a", "multiply": 0}},
                            "columns.revenue.multiply", "Input should be greater than 0"),
    "a factor without end": ({"columns__revenue": {"column": "a", "multiply": float("inf")}},
                             "columns.revenue.multiply", "Input should be a finite number"),
    "a unit of persons": ({"columns__employees": {"column": "a", "unit": "元"}}, None,
                          "columns: unit is for revenue alone"),
    "one code for all": ({"columns__credit_code": {"constant": "x"}}, None,
                         "columns: credit_code needs a column, for each firm has its own"),
    "a column too few and one too many": (
        {"columns__year": None, "columns__city": None, "columns__town": {"column": "a"}}, None,
        "columns: lacks city; lacks year; town is no column of the schema"),
    "long columns that lack": ({"items": {**ITEMS, "long_columns": {"year": "年"}}}, "items",
                               "long_columns lacks credit_code, item_id, score"),
    "items of no catalogue": ({"items": {**ITEMS, "columns": {"x-1-1": "a", "a-1-1": "b"}}},
                              "items",
                              "items that the catalogue lacks: a-1-1, x-1-1"),
    "a template with another brace": ({"items": {**ITEMS, "template": "{item_id}{x}"}}, "items",
                                      "template: {item_id} once, and no other brace"),
    "a template with two items": ({"items": {**ITEMS, "template": "{item_id}{item_id}"}}, "items",
                                  "template: {item_id} once, and no other brace"),
    "a template without an item": ({"items": {**ITEMS, "template": "题"}}, "items",
                                   "template: {item_id} must stand in it"),
    "one column for two items": (
        {"items": {**ITEMS, "columns": {"data-1-1": "Ａ 题", "data-2-1": "a题", "data-3-1": "b"}}},
        "items", "a column of its own for each of data-1-1, data-2-1"),
    "a score that says nothing": ({"items": {**ITEMS, "not_applicable": ["", "乙", "甲"]}}, "items",
                                  "'乙', '甲' in `values` or in `not_applicable`, and not in both"),
    "practices of no catalogue": ({"practices": {"columns": {"x": "a", "b": "c"}}}, "practices",
                                  "practices that the catalogue lacks: b, x"),
    "a no that is no answer": ({"practices": {"not_asked": ["否"]}}, "practices",
                               "'否' in `values` or in `not_asked`, and not in both"),
    "a key too many": ({"practices": {"colums": {}}}, "practices.colums", "only known keys"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_what_a_mapping_must_not_say_is_told_with_its_place(tmp_path, case: str) -> None:
    parts, column, expected = CASES[case]
    assert [(at, words) for at, _, words in told(tmp_path, changed(**parts))] == [
        (column, expected)
    ]


SOUND = {
    "a constant": {"columns__year": {"constant": 2021}},
    "forms of a day": {
        "columns__submitted_on": {"column": "日", "formats": ["%d.%m.%Y", "%Y%m%d"]}
    },
    "a long layout without a template": {"items": {**ITEMS, "layout": "long", "template": "题"}},
    "one column for a firm and a practice": {"practices": {"columns": {"private_network": "省份"}}},
    "a factor of one beside a unit": {
        "columns__revenue": {"column": "a", "unit": "元", "multiply": 1}
    },
    "a delimiter of one character": {"delimiter": "|"},
}


@pytest.mark.parametrize("case", SOUND)
def test_what_a_mapping_may_say_is_read(tmp_path, case: str) -> None:
    assert told(tmp_path, changed(**SOUND[case])) == []


def test_values_are_told_where_they_are_single_and_left_out_where_they_are_not(tmp_path) -> None:
    found = told(tmp_path, changed(delimiter="ab", columns__revenue={"column": "a", "unit": "円"}))
    assert [(column, value) for column, value, _ in found] == [
        ("delimiter", "ab"),
        ("columns.revenue.unit", "円"),
    ]
    ((column, value, _),) = told(tmp_path, changed(columns__year={"column": ["a"]}))
    assert (column, value) == ("columns.year.column", None)


def test_headings_are_each_told_once_in_their_order(tmp_path) -> None:
    path = tmp_path / "m.yaml"
    content = changed(
        columns__city={"column": EXAMPLE["columns"]["province"]["column"]},
        items={**ITEMS, "layout": "long"},
        practices={"columns": {"private_network": "网"}},
    )
    path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")
    mapping = read_mapping(path)
    named = [how["column"] for how in content["columns"].values() if "column" in how]
    assert mapping.headings == mapping.firm_headings == [*dict.fromkeys(named), "网"]


WORDS = ["f", "b", "e", "a", "d", "c", "h", "g"]
IN_ORDER = ", ".join(sorted(WORDS))


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            {"items": {**ITEMS, "columns": {word: word for word in WORDS}}},
            f"items that the catalogue lacks: {IN_ORDER}",
        ),
        (
            {"practices": {"columns": {word: word for word in WORDS}}},
            f"practices that the catalogue lacks: {IN_ORDER}",
        ),
        (
            {f"columns__{word}": {"column": word} for word in WORDS},
            "columns: " + "; ".join(f"{word} is no column of the schema" for word in sorted(WORDS)),
        ),
        (
            {f"columns__{name}": None for name in ("year", "city", "sales", "design", "industry")},
            "columns: lacks city; lacks design; lacks industry; lacks sales; lacks year",
        ),
        (
            {"items": {**ITEMS, "long_columns": {"submitted_on": "日"}}},
            "long_columns lacks credit_code, item_id, score, year",
        ),
        (
            {"items": {**ITEMS, "columns": {f"data-{n}-1": "题" for n in (3, 1, 2)}}},
            "a column of its own for each of data-1-1, data-2-1, data-3-1",
        ),
    ],
    ids=["items", "practices", "unknown", "lacking", "long", "twice"],
)
def test_names_of_a_refusal_stand_in_order(tmp_path, parts: dict[str, Any], expected: str) -> None:
    assert [words for _, _, words in told(tmp_path, changed(**parts))] == [expected]


def test_what_a_mapping_leaves_out_is_the_usual() -> None:
    column = ColumnMapping(column="甲")
    assert column.model_dump() == {
        "column": "甲", "constant": None, "values": {}, "by": "name", "formats": (), "unit": None,
        "multiply": 1.0,
    }  # fmt: skip
    assert column.factor == 1
    assert ItemMapping(values={"甲": 10}).model_dump() == {
        "layout": "wide", "template": "{item_id}", "columns": {}, "values": {"甲": 10},
        "long_columns": {name: name for name in ("credit_code", "year", "item_id", "score")},
        "not_applicable": ("",),
    }  # fmt: skip
    assert PracticeMapping().model_dump() == {
        "columns": {}, "values": {"是": True, "否": False}, "not_asked": ("",),
        "ratio_unit": "percent",
    }  # fmt: skip
    parts = ImportMapping.model_validate({"columns": EXAMPLE["columns"], "items": ITEMS})
    assert (parts.encoding, parts.delimiter, parts.sheets) == ("auto", "auto", ())
    assert parts.practices == PracticeMapping()


@pytest.mark.parametrize(
    ("written", "text"), [(True, "true"), (False, "false"), (2021, "2021"), (0.8, "0.8"), (1, "1")]
)
def test_what_yaml_takes_for_a_number_or_a_truth_is_text_in_an_export(written, text: str) -> None:
    assert ColumnMapping(constant=written).constant == text
    assert ColumnMapping(column="甲", values={"x": written}).values == {"x": text}
