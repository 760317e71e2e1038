"""Scopes: their names, and what is refused as one."""

import pytest

from smdi.errors import InputErrors
from smdi.standards.scope import (
    check_scope,
    division_name,
    industry_name,
    province_code,
    scope_name,
)


@pytest.mark.parametrize(
    ("province", "industry", "name"),
    [
        ("", "", "全国"),
        ("江苏省", "", "江苏省"),
        ("", "36", "汽车制造业"),
        ("江苏省", "36", "江苏省汽车制造业"),
    ],
)
def test_a_scope_is_named_after_its_parts(province, industry, name):
    assert scope_name(province, industry) == name


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


@pytest.mark.parametrize("industry", ["39", 39])
def test_a_right_scope_is_given_back_with_its_code_as_text(industry):
    assert check_scope("江苏省", industry) == ("江苏省", "39")


def test_an_empty_scope_is_the_whole_nation():
    assert check_scope("", "") == ("", "")


@pytest.mark.parametrize(
    ("province", "industry", "columns"),
    [
        ("江苏", "", ["province"]),
        ("无锡市", "36", ["province"]),
        ("", "99", ["industry"]),
        ("江苏省", 6, ["industry"]),
        ("江苏", "99", ["province", "industry"]),
    ],
)
def test_what_is_no_scope_is_refused_part_by_part(province, industry, columns):
    with pytest.raises(InputErrors) as raised:
        check_scope(province, industry)
    assert [problem.column for problem in raised.value.problems] == columns
    assert {problem.file for problem in raised.value.problems} == {"scope"}


def test_a_refusal_lists_what_is_known():
    with pytest.raises(InputErrors) as raised:
        check_scope("江苏", "99")
    province, industry = (problem.expected for problem in raised.value.problems)
    assert province.startswith("'' or one of 北京市、天津市、")
    assert industry == "'' or one of " + "、".join(str(code) for code in range(13, 44))
