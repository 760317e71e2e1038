"""A proposed mapping as it is written, whole, and how sure each of its matches is."""

from __future__ import annotations

import pytest
import yaml

from smdi.assessments.mapping.matching import Match, bare, match_firm
from smdi.assessments.mapping.proposal import Proposal
from smdi.assessments.mapping.sampling import SampledColumn
from smdi.assessments.mapping.writing import mapping_yaml

SURE, UNSURE = Match("省 份", 0.85, "why"), Match("x: '1'", 0.84, "so")


def test_a_proposal_is_written_with_how_sure_each_line_is() -> None:
    made = Proposal(
        ["a.csv", "b.csv"], {"province": SURE, "revenue": UNSURE}, {"private_network": UNSURE},
        extra={"revenue": {"unit": "元"}, "year": {"constant": 2021}, "design": {"values": {}}},
        items={"layout": "long", "long_columns": {"year": "年"}, "values": {"a": 10}},
        items_match=SURE, practice_values={"是": True}, not_asked=["", "/"], ratio_unit="fraction",
        notes=["one", "two"], unused=["甲\n乙", "丙"],
    )  # fmt: skip
    assert mapping_yaml(made).splitlines() == [
        "# yaml-language-server: $schema=../data/schemas/import-mapping.schema.json",
        "# Proposed for a.csv, b.csv. Look at each line marked CHECK.",
        "# CHECK one",
        "# CHECK two",
        "# Columns not used: 甲 乙, 丙",
        "encoding: auto",
        "delimiter: auto",
        "columns:",
        "  # credit_code: {column: …}  # CHECK not found: 统一社会信用代码",
        "  year: {constant: 2021}  # CHECK from the title",
        "  # submitted_on: {column: …}  # CHECK not found: 提交日期",
        '  province: {column: "省 份"}  # 85% (why)',
        "  # city: {column: …}  # CHECK not found: 城市",
        "  # industry: {column: …}  # CHECK not found: 行业代码",
        "  # process_type: {column: …}  # CHECK not found: 生产类型",
        "  # employees: {column: …}  # CHECK not found: 从业人数",
        """  revenue: {column: "x: '1'", unit: "元"}  # CHECK 84% (so)""",
        "  # design: {column: …}  # CHECK not found: 有设计业务",
        "  # logistics: {column: …}  # CHECK not found: 有物流业务",
        "  # sales: {column: …}  # CHECK not found: 有销售业务",
        "  # service: {column: …}  # CHECK not found: 有服务业务",
        "items:  # 85% (why)",
        '  layout: "long"',
        "  long_columns:",
        '    year: "年"',
        '  values: {"a": 10}',
        "practices:",
        "  columns:",
        """    private_network: "x: '1'"  # CHECK 84% (so)""",
        '  values: {"是": true}',
        '  not_asked: ["", "/"]',
        "  ratio_unit: fraction",
    ]


def test_a_proposal_of_nothing_is_yaml_too() -> None:
    text = mapping_yaml(Proposal(["a.csv"], {}, {}))
    assert yaml.safe_load(text)["practices"] == {
        "columns": {}, "not_asked": [], "ratio_unit": "percent",
    }  # fmt: skip
    assert "# Columns not used" not in text
    assert "values:" not in text


@pytest.mark.parametrize(("count", "more"), [(40, ""), (41, " and 1 more"), (44, " and 4 more")])
def test_of_columns_that_are_not_used_forty_are_named(count: int, more: str) -> None:
    names = [f"列{n}" for n in range(count)]
    lines = mapping_yaml(Proposal(["a.csv"], {}, {}, unused=names)).splitlines()
    assert lines[2] == f"# Columns not used: {', '.join(names[:40])}{more}"


def test_a_mapping_that_says_no_more_than_a_template_is_one_line_a_key() -> None:
    items = {
        "layout": "wide", "template": "{item_id}", "values": {"是": 10, 'a"b': 0},
        "columns": {"data-1-1": "题: 1"}, "not_applicable": ["", "无"],
    }  # fmt: skip
    made = Proposal(["a.csv"], {}, {}, items=items)
    text = mapping_yaml(made)
    start = text.index("items:")
    assert text[start:].splitlines()[:7] == [
        "items:",
        '  layout: "wide"',
        '  template: "{item_id}"',
        '  values: {"是": 10, "a\\"b": 0}',
        "  columns:",
        '    data-1-1: "题: 1"',
        '  not_applicable: ["", "无"]',
    ]
    assert yaml.safe_load(text)["items"] == made.items


@pytest.mark.parametrize(
    ("heading", "left"),
    [
        ("1. 省份", "省份"), ("十二、省份（区）", "省份"), ("省份[万元]【x】", "省份"),
        ("3）a b", "ab"), ("2021年", "2021年"), ("2021.收入(元)", "收入"),
    ],
)  # fmt: skip
def test_a_heading_is_compared_without_its_number_brackets_and_unit(heading, left) -> None:
    assert bare(heading) == left


CODE, WRONG = "91350100M000100Y43", "91350100M000100Y44"


@pytest.mark.parametrize(
    ("heading", "cells", "name", "sure", "why"),
    [
        ("省份", ["江苏省", "山东省"], "province", 1.0, "name 100 %, values 100%"),
        ("所在省份", ["江苏省"], "province", 1.0, "name 100 %, values 100%"),
        ("1.省份（区）", ["江苏省"], "province", 0.98, "name 97 %, values 100%"),
        ("1.省级（区）", ["江苏省"], "province", 0.97, "name 95 %, values 100%"),
        ("省份", ["江苏省", "x"], "province", 0.8, "name 100 %, values 50%"),
        ("省份", ["江苏省", "x", "y"], None, 0, ""),
        ("省份", [], "province", 0.8, "name 100 %, values 50%"),
        ("企业所在的省份", ["江苏省"], None, 0, ""),
        ("统一社会信用代码证", [CODE], "credit_code", 0.86, "name 76 %, values 100%"),
        ("统一社会信用代码", [CODE, WRONG], "credit_code", 0.8, "name 100 %, values 50%"),
        ("统一社会信用代码", [CODE, WRONG, CODE[:-1]], None, 0, ""),
        ("统一社会信用代码", ["SIM" + "0" * 15], "credit_code", 1.0, "name 100 %, values 100%"),
        ("统一社会信用代码", ["SIM" + "0" * 14], None, 0, ""),
        ("有设计业务", ["是", "否"], "design", 1.0, "name 100 %, values 100%"),
        ("有设计业务", ["是", "也许"], "design", 0.8, "name 100 %, values 50%"),
        ("生产类型", ["离散", "流程型"], "process_type", 1.0, "name 100 %, values 100%"),
    ],
)  # fmt: skip
def test_a_match_is_as_sure_as_its_name_and_its_values(heading, cells, name, sure, why) -> None:
    found = match_firm([SampledColumn(heading, tuple(cells))])
    assert found == ({name: Match(heading, sure, why)} if name else {})


def test_sixty_texts_of_a_column_are_looked_at() -> None:
    regions = [f"江苏省{n}" for n in range(60)]
    assert match_firm([SampledColumn("省份", (*["江苏省"] * 60, *regions))]) == {}
    texts = tuple(f"{2000 + n}" for n in range(60))
    found = match_firm([SampledColumn("年度", (*texts, *regions))])
    assert found["year"].why == "name 100 %, values 100%"
