"""What a report judges without a number is quoted as its own, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.errors import InputErrors
from smdi.published import lower_bounds, read_facts
from smdi.published.judgements import read_judgements

FACTS = """exhibit,measure,group,year,value,unit,printed,where
fig-01,participants_over,安徽省,2021,300,家,300,图1
fig-01,participants_over,北京市,2021,500,家,500,图1
fig-01,participants_over,广东省,2021,500,家,500,图1
text,participants_over,全国,2021,20000,家,20000,前言
fig-01,participants,江苏省,2021,4654,家,4654,图1
"""


def judged(folder: Path, text: str) -> Path:
    (folder / "2030.judgements.yaml").write_text(text, "utf-8")
    return folder / "2030.csv"


def test_a_judgement_is_read_by_its_name_and_one_that_lacks_is_nothing(tmp_path: Path) -> None:
    found = read_judgements(judged(tmp_path, "leading: 已发布的报告指出，甲。\n"))
    assert found["leading"] == "已发布的报告指出，甲。"
    assert found["other"] == ""


def test_a_report_without_judgements_has_none(tmp_path: Path) -> None:
    assert read_judgements(tmp_path / "2030.csv") == {}
    assert read_judgements(None) == {}


def test_each_judgement_that_is_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputErrors) as told:
        read_judgements(judged(tmp_path, "one: 3\ntwo: 甲\nthree: 乙。\n"))
    assert [(p.column, p.value) for p in told.value.problems] == [("one", "3"), ("two", "甲")]


def test_a_file_that_is_no_mapping_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputErrors, match="by their names"):
        read_judgements(judged(tmp_path, "- 甲。\n"))


def test_groups_are_told_by_their_bound_the_highest_first_without_the_nation(
    tmp_path: Path,
) -> None:
    (tmp_path / "2030.csv").write_text(FACTS, "utf-8")
    found = lower_bounds(read_facts(tmp_path / "2030.csv"), "participants_over")
    assert list(found.items()) == [(500, ["北京市", "广东省"]), (300, ["安徽省"])]
