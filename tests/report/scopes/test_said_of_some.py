"""What chapters say, and do not say, of scopes in which readers found them wrong."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from tests.report.scopes.running import Said, run

TIBET = ("province", "西藏自治区")
NINGXIA, YUNNAN = ("province", "宁夏回族自治区"), ("province", "云南省")
TOBACCO, CARS, REPAIR = ("industry", "16"), ("industry", "36"), ("industry", "43")


@cache
def said(chapter: str, scope: tuple[str, str]) -> Said:
    return run(chapter, dict([scope]))


def read(chapter: str, scope: tuple[str, str]) -> str:
    """Return a chapter's prose as a reader reads it."""
    told = said(chapter, scope)
    pages = "\n\n".join(told.cells).replace("\n", "")
    return re.sub(r"\{num\}`([^`]+)`", lambda key: told.numbers[key[1]]["text"], pages)


@pytest.mark.parametrize(
    ("chapter", "scope", "text"),
    [
        ("industries", NINGXIA, "；汽车的这一占比反而上升 33.09 个百分点。"),
        ("industries", REPAIR, "均未予公布。两类企业的能力域得分不作比较。"),
        ("industries", REPAIR, "未见明显变化。四级及以上企业的占比未单独公布。"),
        ("industries", CARS, "未见明显变化。四级及以上企业的占比亦未见明显变化。"),
        ("industries", CARS, "在十一个可比的能力域均未见明显"),
        ("sme", TOBACCO, "占 63.16%，具有物流、销售和服务业务的企业的占比均未予公布。"),
        ("sme", YUNNAN, "、49.12% 和 85.96%，具有服务业务的企业的占比未予公布。"),
        ("sme", ("industry", "39"), "归入“其他”类的企业"),
    ],
)
def test_it_is_said(chapter: str, scope: tuple[str, str], text: str) -> None:
    assert text in read(chapter, scope)


@pytest.mark.parametrize(
    ("chapter", "scope", "text"),
    [
        ("industries", CARS, "合并列示"),
        ("industries", CARS, "本章先比较"),
        ("industries", NINGXIA, "本章先比较"),
        ("sme", CARS, "归入“其他”类"),
    ],
)
def test_it_is_not_said(chapter: str, scope: tuple[str, str], text: str) -> None:
    notes = [exhibit["note"] for exhibit in said(chapter, scope).exhibits]
    assert text not in "".join([read(chapter, scope), *notes])


def test_a_heading_that_is_rounded_apart_from_the_shares_has_a_note() -> None:
    told = said("trend-design", ("province", "江苏省"))
    assert "提高 15 个百分点" in "".join(told.texts.values())
    assert "由 2020 年的 74% 提高至 90%" in told.texts["trend-design.rates"]
    assert "设计业务的企业。本节标题所示变化由未经修约的占比计算" in told.texts["fig-18.note"]


def test_the_outlook_speaks_of_no_gap_between_industries_in_one_industry() -> None:
    gaps = said("industries", NINGXIA).numbers["industries.outlook"]["text"]
    assert gaps == "；不同行业、不同规模企业之间的差距，也要求分类施策"
    assert said("industries", CARS).numbers["industries.outlook"]["text"] == ""


def test_the_outlook_draws_on_the_chapters_where_they_show_levels() -> None:
    outlook = Path("book/outlook.md").read_text("utf-8")
    assert "前述各章" not in outlook and "{num}`national-levels.outlook`业务系统" in outlook
    cars = said("national-levels", CARS).numbers["national-levels.outlook"]["text"]
    assert cars.startswith("前述各章表明，仍有")
    assert said("national-levels", TIBET).numbers["national-levels.outlook"]["text"] == ""
