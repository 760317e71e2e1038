"""The mapping file: its example is valid, and every fault of another is named with its place."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from pydantic import ValidationError

from smdi.assessments.mapping import read_mapping
from smdi.assessments.mapping.headings import FIRM_HEADINGS
from smdi.assessments.mapping.model import ItemMapping
from smdi.assessments.mapping.schemas import (
    assessments_schema,
    edition_schema,
    mapping_schema,
)
from smdi.errors import InputErrors, Problem
from smdi.files import in_project

EXAMPLE = in_project("data/import-mapping.example.yaml")


def faults_of(path: Path, content: object) -> list[Problem]:
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        read_mapping(path)
    return list(caught.value.problems)


@pytest.fixture
def example() -> dict:
    return yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))


def test_the_example_is_a_valid_mapping():
    mapping = read_mapping(EXAMPLE)
    assert mapping.columns["process_type"].values == {"离散型": "discrete", "流程型": "process"}
    assert mapping.columns["design"].values == {"是": "true", "否": "false"}
    assert mapping.items.values["0.8"] == 8


def test_unknown_keys_and_wrong_values_are_named_together(tmp_path, example):
    example["colums"] = {}
    example["items"]["values"]["差不多"] = 7
    example["columns"]["province"]["by"] = "colour"
    found = {problem.column for problem in faults_of(tmp_path / "mapping.yaml", example)}
    assert found == {"colums", "items.values.差不多", "columns.province.by"}


def test_a_firm_column_without_an_origin_is_named(tmp_path, example):
    del example["columns"]["revenue"]
    example["columns"]["turnover"] = {"column": "营业收入"}
    (fault,) = faults_of(tmp_path / "mapping.yaml", example)
    assert fault.expected == "columns: lacks revenue; turnover is no column of the schema"


def test_items_and_practices_must_be_in_the_catalogue(tmp_path, example):
    example["items"]["columns"] = {"data-9-9": "第一题"}
    example["practices"]["columns"] = {"telepathy": "心灵感应"}
    text = " ".join(fault.expected for fault in faults_of(tmp_path / "mapping.yaml", example))
    assert "data-9-9" in text
    assert "telepathy" in text


@pytest.mark.parametrize(
    ("part", "key", "value", "expected"),
    [
        ("columns", "year", {"column": "评估年度", "constant": 2021}, "either column or constant"),
        ("columns", "year", {}, "either column or constant"),
        ("columns", "credit_code", {"constant": "91"}, "each firm has its own"),
        ("columns", "revenue", {"column": "收入", "multiply": 0}, "greater than 0"),
        ("columns", "revenue", {"column": "收入", "multiply": float("nan")}, "finite"),
        ("columns", "revenue", {"column": "收入", "multiply": float("inf")}, "finite"),
        ("columns", "revenue", {"column": "收入", "unit": "美元"}, "'元'"),
        ("columns", "revenue", {"column": "收入", "unit": "元", "multiply": 2}, "unit or multiply"),
        ("columns", "employees", {"column": "人数", "unit": "元"}, "revenue alone"),
        ("columns", "submitted_on", {"column": "日期", "formats": ["%Q"]}, "does not give year"),
        ("columns", "submitted_on", {"column": "日期", "formats": ["%d/%m"]}, "does not give year"),
        ("items", "template", "{item", "no other brace"),
        ("items", "template", "{item_id}{}", "no other brace"),
        ("items", "template", "题", "must stand in it"),
        ("items", "columns", {"data-1-1": "甲", "data-1-2": "甲"}, "a column of its own"),
        ("items", "not_applicable", ["不满足"], "not in both"),
        ("items", "layout", "broad", "'wide' or 'long'"),
        ("items", "long_columns", {"year": "年"}, "long_columns lacks"),
        ("practices", "not_asked", ["否"], "not in both"),
        ("practices", "ratio_unit", "permille", "'percent' or 'fraction'"),
    ],
)
def test_what_would_import_falsely_is_refused(tmp_path, example, part, key, value, expected):
    example[part][key] = value
    text = " ".join(problem.expected for problem in faults_of(tmp_path / "mapping.yaml", example))
    assert expected in text


def test_two_columns_of_the_schema_may_come_from_one_of_the_export(tmp_path, example):
    example["columns"]["city"]["column"] = example["columns"]["province"]["column"]
    (tmp_path / "mapping.yaml").write_text(yaml.safe_dump(example), encoding="utf-8")
    assert len(read_mapping(tmp_path / "mapping.yaml").firm_headings) == 12 + 3


@pytest.mark.parametrize(
    ("text", "row", "found"),
    [
        ("columns:\n  year: [2021\nitems: {}\n", 3, None),
        ("encoding: auto\nencoding: utf-8\n", 2, "the key 'encoding' a second time"),
        ("a: &x [1]\nb: *x\n", 2, "an alias (*name)"),
        ("a: !!python/object:os.system {}\n", 1, None),
        ("date: 2022-13-31\n", None, None),
        ("[" * 2000, None, None),
        ("\ttab: 1\n", 1, None),
    ],
)
def test_yaml_that_cannot_be_read_is_told_with_its_line(tmp_path, text, row, found):
    path = tmp_path / "mapping.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        read_mapping(path)
    (problem,) = caught.value.problems[:1]
    assert row is None or problem.row == row
    assert "valid YAML" in problem.expected
    assert found is None or found in problem.expected


def test_a_mapping_that_swells_by_aliases_is_refused_at_once(tmp_path):
    lines = ["a0: &a0 [x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 60)]
    (tmp_path / "mapping.yaml").write_text("\n".join(lines), encoding="utf-8")
    with pytest.raises(InputErrors, match="an alias"):
        read_mapping(tmp_path / "mapping.yaml")


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (lambda path: None, "No such file"),
        (lambda path: path.mkdir(), "Is a directory"),
        (lambda path: path.write_bytes(b"\xff\xfe\x00"), "text in UTF-8"),
        (lambda path: path.write_bytes(b"# " * (1 << 20)), "at most 1,048,576 bytes"),
        (lambda path: path.write_bytes(b""), "valid dictionary"),
    ],
)
def test_what_is_no_mapping_file_is_told(tmp_path, make, expected: str):
    make(tmp_path / "mapping.yaml")
    with pytest.raises(InputErrors, match=expected):
        read_mapping(tmp_path / "mapping.yaml")


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("import-mapping", mapping_schema),
        ("assessments", assessments_schema),
        ("edition", edition_schema),
    ],
)
def test_the_json_schemas_are_those_of_the_models(name: str, schema):
    path = in_project(f"data/schemas/{name}.schema.json")
    assert json.loads(path.read_text("utf-8")) == json.loads(json.dumps(schema())), (
        "run scripts/export_schemas.py"
    )


def test_the_page_for_operators_names_every_column_of_a_firm():
    page = in_project("book/import.md").read_text("utf-8")
    for name, heading in FIRM_HEADINGS.items():
        assert f"| {heading} | `{name}` |" in page


def test_the_schema_of_a_mapping_knows_the_keys_of_the_example(example):
    schema = mapping_schema()
    assert set(example) <= set(schema["properties"])
    assert schema["additionalProperties"] is False
    assert set(example["columns"]["revenue"]) <= set(schema["$defs"]["ColumnMapping"]["properties"])


def test_items_that_the_catalogue_lacks_are_told_in_their_order():
    items = {"columns": dict.fromkeys(("zz-9", "aa-1", "mm-5", "bb-2", "yy-8"), "题"), "values": {}}
    with pytest.raises(ValidationError, match="aa-1, bb-2, mm-5, yy-8, zz-9"):
        ItemMapping.model_validate(items)
