"""Provinces and cities of a row, in each form in which they are given, or not given at all."""

from __future__ import annotations

import pytest

from smdi.assessments.values import CellError
from smdi.assessments.values.regions import city_of, province_of


@pytest.mark.parametrize("text", ["", " ", "　"])
def test_a_region_that_is_not_given_is_none_and_no_fault(text: str):
    assert province_of(text) is None
    assert city_of("江苏省", text) is None
    assert city_of(text, "无锡市") == "320200"


def test_a_city_of_another_province_is_found_where_its_name_is_the_only_one():
    assert city_of("山东省", "无锡市") == "320200"
    assert city_of("无名省", "无锡") == "320200"
    assert city_of("江苏省", "江苏省无锡市") == "320200"
    assert city_of("山东省", "320200") == "320200"


@pytest.mark.parametrize("text", ["32", "320000", "江苏", "江苏省", "江苏省无锡市"])
def test_a_province_is_understood_in_each_of_its_forms(text: str):
    assert province_of(text) == "320000"


@pytest.mark.parametrize("text", ["99", "990000", "3", "江苏省无名市"])
def test_a_province_that_there_is_not_is_refused(text: str):
    with pytest.raises(CellError):
        province_of(text)


@pytest.mark.parametrize(
    ("name", "code"), [("赵县", "130100"), ("赵", None), ("昆山市", "320500"), ("昆山", "320500")]
)
def test_a_name_goes_without_its_suffix_where_two_characters_are_left(name: str, code: str | None):
    province = "河北省" if name.startswith("赵") else "江苏省"
    if code:
        assert city_of(province, name) == code
    else:
        with pytest.raises(CellError):
            city_of(province, name)
