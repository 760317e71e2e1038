"""The mapping file: its example is valid, and every fault of another is named with its place."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from smdi.assessments.mapping import read_mapping
from smdi.errors import InputErrors, Problem
from smdi.files import project_root

EXAMPLE = project_root() / "data" / "import-mapping.example.yaml"


def faults_of(path: Path, content: object) -> list[Problem]:
    path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        read_mapping(path)
    return list(caught.value.problems)


def test_the_example_is_a_valid_mapping():
    mapping = read_mapping(EXAMPLE)
    assert mapping.columns["process_type"].values == {"离散型": "discrete", "流程型": "process"}
    assert mapping.columns["design"].values == {"是": "true", "否": "false"}
    assert mapping.items.values["0.8"] == 8


def test_unknown_keys_and_wrong_values_are_named_together(tmp_path):
    content = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    content["colums"] = {}
    content["items"]["values"]["差不多"] = 7
    content["columns"]["province"]["by"] = "colour"
    found = {problem.column for problem in faults_of(tmp_path / "mapping.yaml", content)}
    assert found == {"colums", "items.values.差不多", "columns.province.by"}


def test_a_firm_column_without_an_origin_is_named(tmp_path):
    content = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    del content["columns"]["revenue"]
    content["columns"]["turnover"] = {"column": "营业收入"}
    (fault,) = faults_of(tmp_path / "mapping.yaml", content)
    assert fault.expected == "columns: lacks revenue; turnover is no column of the schema"


def test_a_column_and_a_constant_exclude_one_another(tmp_path):
    content = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    content["columns"]["year"] = {"column": "评估年度", "constant": 2021}
    (fault,) = faults_of(tmp_path / "mapping.yaml", content)
    assert (fault.column, fault.expected) == ("columns.year", "give either column or constant")


def test_items_and_practices_must_be_in_the_catalogue(tmp_path):
    content = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    content["items"]["columns"] = {"data-9-9": "第一题"}
    content["practices"]["columns"] = {"telepathy": "心灵感应"}
    text = " ".join(fault.expected for fault in faults_of(tmp_path / "mapping.yaml", content))
    assert "data-9-9" in text
    assert "telepathy" in text


def test_yaml_that_cannot_be_read_is_reported_with_its_line(tmp_path):
    path = tmp_path / "mapping.yaml"
    path.write_text("columns:\n  year: [2021\nitems: {}\n", encoding="utf-8")
    with pytest.raises(InputErrors) as caught:
        read_mapping(path)
    assert caught.value.problems[0].row == 3
    assert "YAML" in caught.value.problems[0].expected


def test_a_mapping_that_is_not_there_is_said_to_be_missing(tmp_path):
    with pytest.raises(InputErrors, match="a mapping file here"):
        read_mapping(tmp_path / "absent.yaml")
