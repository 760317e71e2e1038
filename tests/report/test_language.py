"""A language's file has every key, and no other; a fault of it is told with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from smdi.errors import InputErrors
from smdi.report.text import language
from smdi.report.text.language import (
    kind_name,
    kind_of_firms,
    name_of,
    read_language,
    scope_attribute,
    scope_name,
    use_language,
    words,
)
from smdi.report.text.texts import Text

CHINESE = Path("data/language/zh.yaml").read_text("utf-8")


@pytest.fixture
def faults(tmp_path, monkeypatch):
    """Write a language's file from the Chinese one; return what is wrong with it."""
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    (tmp_path / "zh.yaml").write_text(CHINESE, "utf-8")

    def find(code: str = "xx", **changes: object) -> list[str]:
        content = yaml.safe_load(CHINESE)
        for place, value in changes.items():
            part, _, key = place.partition("__")
            inside = content[part] if key else content
            inside.pop(key or part, None)
            if value is not None:
                inside[key or part] = value
        path = tmp_path / f"{code}.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
        read_language.cache_clear()
        try:
            read_language(code)
        except InputErrors as errors:
            return [str(problem) for problem in errors.problems]
        finally:
            read_language.cache_clear()
        return []

    return find


def test_a_language_with_the_keys_of_the_chinese_one_is_read(faults) -> None:
    assert faults() == []


@pytest.mark.parametrize("code", ["zh", "xx"])
def test_a_missing_key_is_named_with_its_file(faults, code) -> None:
    (fault,) = faults(code, maps__inset=None)
    assert f"{code}.yaml" in fault
    assert "maps.inset" in fault
    assert "missing" in fault


@pytest.mark.parametrize("code", ["zh", "xx"])
def test_an_unknown_key_is_named_with_its_file(faults, code) -> None:
    (fault,) = faults(code, maps__colour="blue")
    assert f"{code}.yaml" in fault
    assert "maps.colour" in fault
    assert "unknown" in fault


def test_a_missing_and_an_unknown_name_of_a_measure_are_told_at_once(faults) -> None:
    measures = yaml.safe_load(CHINESE)["measures"]
    del measures["growth"]
    found = faults(measures={**measures, "wormholes": "虫洞"})
    assert [("measures.growth" in fault, "measures.wormholes" in fault) for fault in found] == [
        (True, False),
        (False, True),
    ]


def test_a_field_that_nobody_fills_in_is_named_with_those_that_are(faults) -> None:
    (fault,) = faults(maps__below="below {limit}")
    assert "maps.below" in fault
    assert "limit" in fault
    assert "fields of: bound" in fault


def test_braces_that_do_not_match_are_a_fault_of_their_key(faults) -> None:
    assert all("maps.below" in fault for fault in faults(maps__below="below {bound"))
    assert faults(maps__below="below {bound")


def test_a_language_without_a_file_is_refused_and_the_known_ones_named() -> None:
    with pytest.raises(InputErrors, match="known: en, zh"):
        use_language("qq")
    assert words().line_joint == ""


def test_every_language_of_the_project_is_complete() -> None:
    for path in Path("data/language").glob("*.yaml"):
        assert read_language(path.stem)


def test_a_text_takes_the_form_of_its_number() -> None:
    text = Text.model_validate({"one": "{n} firm", "two": "both", "many": "{n} firms"})
    assert [text(n, n=n) for n in (0, 1, 2, 3)] == ["0 firms", "1 firm", "both", "3 firms"]


def test_names_of_the_data_are_those_of_the_language_or_the_standard_or_stay_chinese() -> None:
    assert name_of("江苏省") == "江苏省"
    use_language("en")
    assert name_of("江苏省") == "Jiangsu"
    assert name_of("组织战略") == "Organizational strategy"
    assert name_of("铜仁市") == "铜仁市"
    assert scope_name({"province": "江苏省", "industry": "36"}) == "motor vehicles in Jiangsu"
    assert scope_name({}) == "China"
    assert scope_name({"size": "large", "province": "江苏省"}) == "large firms in Jiangsu"


@pytest.mark.parametrize(
    ("scope", "own", "before", "kind", "firms"),
    [
        ({"size": "large"}, "大型企业", "大型", "大型", "大型企业"),
        (
            {"province": "江苏省", "size": "large"},
            "江苏省大型企业",
            "江苏省大型",
            "大型",
            "大型企业",
        ),
        ({"province": "江苏省"}, "江苏省", "江苏省", "", "制造企业"),
        ({}, "全国", "全国", "", "制造企业"),
        ({"industry": "36"}, *["汽车制造业"] * 3, "汽车制造业企业"),
        (
            {"province": "江苏省", "industry": "36"},
            *["江苏省汽车制造业"] * 2,
            *("汽车制造业", "汽车制造业企业"),
        ),
        ({"sector": "equipment"}, "装备制造领域", *["装备制造"] * 2, "装备制造企业"),
        ({"type": "process"}, "流程型企业", *["流程型"] * 2, "流程型企业"),
        (
            {"type": "discrete", "size": "large"},
            *("大型离散型企业", "大型离散型", "大型离散型", "大型离散型企业"),
        ),
        (
            {"sector": "equipment", "size": "large"},
            *("大型装备制造企业", "大型装备制造", "大型装备制造", "大型装备制造企业"),
        ),
    ],
)
def test_a_scope_has_a_name_by_itself_and_one_before_its_firms(scope, own, before, kind, firms):
    assert scope_name(scope) == own
    assert scope_attribute(scope) == before
    assert kind_name(scope) == kind
    assert kind_of_firms(scope) == firms
