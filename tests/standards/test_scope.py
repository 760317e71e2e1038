"""Scopes: how they are written, understood, named, and what is refused as one."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from smdi.edition import Scope
from smdi.errors import InputErrors
from smdi.standards import cities, divisions, provinces
from smdi.standards.scope import (
    division_name,
    industry_name,
    kind_name,
    parsed,
    province_code,
    scope_code,
    scope_name,
    scope_of_code,
    understood,
)


@pytest.mark.parametrize(
    ("scope", "name"),
    [
        ({}, "全国"),
        ({"province": "江苏省"}, "江苏省"),
        ({"city": "苏州市"}, "苏州市"),
        ({"industry": "36"}, "汽车制造业"),
        ({"province": "江苏省", "industry": "36"}, "江苏省汽车制造业"),
        ({"sector": "electronics"}, "电子信息领域"),
        ({"size": "large"}, "大型企业"),
        ({"size": "large", "type": "discrete"}, "大型离散型企业"),
        ({"city": "苏州市", "size": "small"}, "苏州市小型企业"),
        ({"type": "process", "sector": "materials"}, "流程型原材料企业"),
    ],
)
def test_a_scope_is_named_after_its_parts(scope, name):
    assert scope_name(scope) == name


def test_the_kind_of_firms_leaves_the_region_out():
    assert kind_name({"province": "江苏省"}) == ""
    assert kind_name({"province": "江苏省", "industry": "36"}) == "汽车制造业"


def test_all_industries_have_a_name_too():
    assert [industry_name(""), industry_name("39")] == [
        "全行业",
        "计算机、通信和其他电子设备制造业",
    ]


def test_provinces_and_divisions_are_found_by_their_names_and_codes_alone():
    assert (province_code("江苏省"), division_name("36")) == ("320000", "汽车制造业")
    with pytest.raises(KeyError):
        province_code("江苏")
    with pytest.raises(KeyError):
        division_name("99")


@pytest.mark.parametrize(
    ("dimension", "written", "meant"),
    [
        ("province", "江苏", "江苏省"),
        ("province", "320000", "江苏省"),
        ("province", "内蒙古", "内蒙古自治区"),
        ("city", "苏州", "苏州市"),
        ("city", "吉林", "吉林市"),
        ("industry", 39, "39"),
        ("industry", "计算机电子", "39"),
        ("industry", "汽车", "36"),
        ("industry", "汽车制造业", "36"),
        ("industry", "36 汽车制造业", "36"),
        ("sector", "装备制造", "equipment"),
        ("sector", "装备制造业", "equipment"),
        ("size", "大型", "large"),
        ("size", "大型企业", "large"),
        ("type", "离散型", "discrete"),
        ("type", "离散", "discrete"),
    ],
)
def test_usual_ways_of_writing_are_understood(dimension, written, meant):
    assert understood({dimension: written}) == {dimension: meant}


def test_every_short_name_of_the_standards_means_what_it_shortens():
    for table, dimension in ((provinces(), "province"), (cities(), "city")):
        for name, short, is_one in zip(
            table["name_zh"], table["short_zh"], table["municipality"], strict=True
        ):
            kept = "province" if is_one else dimension
            assert understood({dimension: short}) == {kept: name}
    for code, short in divisions()["short_zh"].items():
        assert understood({"industry": short}) == {"industry": code}


def test_what_another_dimension_implies_is_left_out():
    assert understood({"province": "江苏", "city": "苏州"}) == {"city": "苏州市"}
    assert understood({"sector": "电子信息", "industry": "39"}) == {"industry": "39"}
    assert understood({"city": "北京市"}) == understood({"province": "北京"})


def test_an_empty_scope_is_the_whole_nation():
    assert understood({"province": "", "industry": None}) == {}
    assert Scope.of(province="", size="").given == {}


def refusals(given):
    with pytest.raises(InputErrors) as raised:
        parsed(given) if isinstance(given, str) else understood(given)
    return raised.value.problems


@pytest.mark.parametrize(
    ("given", "columns"),
    [
        ({"province": "江南"}, ["province"]),
        ({"province": "无锡市", "industry": "36"}, ["province"]),
        ({"industry": "99"}, ["industry"]),
        ({"province": "江苏省", "industry": 6}, ["industry"]),
        ({"province": "江", "industry": "99", "siz": "大"}, ["province", "industry", "siz"]),
        ({"size": "huge", "type": "x", "sector": "y"}, ["size", "type", "sector"]),
    ],
)
def test_what_is_no_scope_is_refused_part_by_part(given, columns):
    assert [problem.column for problem in refusals(given)] == columns


def test_a_refusal_lists_what_is_known_and_the_nearest():
    province, industry, size = refusals({"province": "江苏市", "industry": "99", "siz": "大"})
    assert province.expected.startswith("one of 北京市、天津市、")
    assert province.nearest == "江苏省"
    assert "39 计算机、通信和其他电子设备制造业" in industry.expected
    assert size.nearest == "size"


def test_two_parts_that_contradict_each_other_are_refused():
    (outside,) = refusals({"province": "浙江", "city": "苏州"})
    assert (outside.column, outside.value) == ("city", "苏州市")
    assert "江苏省" in outside.expected
    (other,) = refusals({"sector": "原材料", "industry": "39"})
    assert (other.column, other.expected) == ("industry", "an industry of 原材料")


def test_a_contradiction_is_told_beside_what_is_unknown():
    found = refusals({"province": "浙江", "city": "苏州", "size": "huge"})
    assert [problem.column for problem in found] == ["size", "city"]


def test_three_dimensions_at_once_are_too_many():
    assert "at most 2" in str(refusals({"province": "江苏", "industry": "39", "size": "大型"})[0])


@pytest.mark.parametrize(
    "text",
    [
        "province=江苏省 industry=39",
        "province = 江苏, industry = 计算机、通信和其他电子设备制造业",
        " industry=39;province=江苏 ",
    ],
)
def test_a_scope_is_read_from_one_line(text):
    assert parsed(text) == {"province": "江苏省", "industry": "39"}


def test_a_name_with_commas_is_one_value():
    assert parsed("industry=木材加工和木、竹、藤、棕、草制品业") == {"industry": "20"}


@pytest.mark.parametrize("text", ["江苏省", "$(touch x)", "province=江苏 province=浙江", "=39"])
def test_a_line_that_is_no_scope_is_refused(text):
    assert refusals(text)


def test_all_faults_of_a_line_are_told_at_once():
    told = [str(problem) for problem in refusals("; x province=江南 province=浙 size=huge")]
    assert len(told) == 4


@pytest.mark.parametrize(
    ("scope", "code"),
    [
        ({}, ""),
        ({"province": "江苏省"}, "320000"),
        ({"province": "江苏省", "industry": "39"}, "320000-39"),
        ({"city": "苏州市", "size": "large"}, "320500-large"),
        ({"type": "discrete", "sector": "equipment"}, "discrete-equipment"),
    ],
)
def test_names_of_files_are_codes_that_are_read_again(scope, code):
    assert scope_code(scope) == code
    assert scope_of_code(code) == scope


def test_every_province_industry_and_city_has_a_code_of_its_own():
    scopes = [{"province": name} for name in provinces()["name_zh"]]
    scopes += [{"industry": code} for code in divisions().index]
    towns = cities()
    scopes += [{"city": name} for name in towns.loc[~towns["municipality"], "name_zh"]]
    assert all(scope_of_code(scope_code(scope)) == scope for scope in scopes)
    assert len({scope_code(scope) for scope in scopes}) == len(scopes)


@pytest.mark.parametrize("code", ["foo", "320000-99", "large-large"])
def test_a_code_that_no_scope_has_is_refused(code):
    with pytest.raises(InputErrors):
        scope_of_code(code)


def test_a_value_that_is_near_to_nothing_has_no_nearest() -> None:
    with pytest.raises(InputErrors) as caught:
        understood({"province": "qqq"}, "f")
    (problem,) = caught.value.problems
    assert problem.nearest is None


REFUSED = yaml.safe_load(Path(__file__).with_name("refused_scopes.yaml").read_text("utf-8"))
READERS = {"given": understood, "line": parsed, "code": scope_of_code}


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: str(next(iter(case.values()))))
def test_a_refusal_tells_the_file_the_dimension_the_value_and_what_is_known(case: Any) -> None:
    written = next(iter(case))
    with pytest.raises(InputErrors) as caught:
        READERS[written](case[written], "f")
    assert [str(problem) for problem in caught.value.problems] == case["told"]


@pytest.mark.parametrize(
    ("code", "scope"),
    [
        ("110100", {"province": "北京市"}),
        ("-large-", {"size": "large"}),
        ("320500-320000", {"city": "苏州市"}),
        ("320000-320500", {"city": "苏州市"}),
    ],
)
def test_a_code_is_read_into_the_one_form_of_its_scope(code, scope):
    assert scope_of_code(code) == scope
