"""Chapters stay true and readable where data are thin: one province, a rare industry, nobody."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SCORES = Path("_build/2021/work/scores.parquet")
CHAPTERS = sorted(
    path.stem
    for path in Path("notebooks").glob("*.md")
    if "chapter.population" in path.read_text("utf-8")
)
SCOPES = [{"province": "西藏自治区"}, {"province": "江苏省"}, {"industry": "16"}]
NOT_PROSE = re.compile(r"nan|None|NaN|⟦|⟧|\{|\}|，，|；；|。。|，。|；。|、。|为。|为，|分别为。")


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_sentence_reads_well_in_every_scope(run_chapter, name: str) -> None:
    for scope in [*SCOPES, {"province": "西藏自治区", "industry": "16"}]:
        ran = run_chapter(name, SCORES, **scope)
        texts = {key: record["text"] for key, record in ran.numbers.items()}
        bad = {key: text for key, text in texts.items() if NOT_PROSE.search(text)}
        assert bad == {}, scope


def test_a_province_is_not_called_the_nation(run_chapter) -> None:
    ran = run_chapter("national-levels", SCORES, province="江苏省")
    assert "全国" not in ran.says("national-levels.composition")
    assert "江苏省" in ran.says("national-levels.composition")


def test_nothing_of_a_province_claims_a_published_number(run_chapter) -> None:
    ran = run_chapter("national-levels", SCORES, province="江苏省")
    assert not any(record.get("published") for record in ran.numbers.values())


def test_a_sector_without_firms_in_the_scope_is_told_once(run_chapter) -> None:
    ran = run_chapter("sector-consumer", SCORES, industry="36")
    standing = ran.says("sector-consumer.standing")
    assert standing == "汽车制造业参评企业中没有可供比较的消费品企业。"
    assert ran.says("sector-consumer.rates") == ran.says("sector-consumer.asked") == ""


LIST_OF_ONE = re.compile(r"分别[^、和]*[。；]")


@pytest.mark.parametrize("name", ["participation", "regions", "industries", "sme"])
def test_one_member_alone_is_not_listed(run_chapter, name: str) -> None:
    for scope in ({"province": "北京市"}, {"industry": "36"}, {"industry": "43"}):
        texts = {key: r["text"] for key, r in run_chapter(name, SCORES, **scope).numbers.items()}
        assert {key: text for key, text in texts.items() if LIST_OF_ONE.search(text)} == {}, scope


def test_a_province_says_its_own_number_and_its_rank_in_the_nation(run_chapter) -> None:
    ran = run_chapter("regions", SCORES, province="江苏省")
    own = "2021 年，江苏省达到二级及以上的企业有 1233 家，在全国居首位。"
    assert ran.says("regions.provinces") == ran.says("regions.summary") == own
    assert ran.says("regions.concentration") == ""


def test_the_one_city_of_a_municipality_has_no_rank(run_chapter) -> None:
    city = run_chapter("regions", SCORES, province="北京市").says("regions.cities")
    assert city == "城市中，北京达到二级及以上的企业有 202 家。"
    ran = run_chapter("participation", SCORES, province="北京市")
    assert "位" not in ran.says("participation.leaders")
    assert ran.says("participation.concentration") == ""


def test_within_one_industry_no_other_is_spoken_of(run_chapter) -> None:
    ran = run_chapter("industries", SCORES, industry="36")
    assert re.fullmatch(
        r"与 2020 年相比，汽车一级及以下企业的占比下降 [\d.]+ 个百分点。",
        ran.says("industries.change"),
    )
    assert ran.says("industries.fast") == ran.says("industries.slow") == ""


def test_where_all_are_small_they_are_not_compared_with_all(run_chapter) -> None:
    said = run_chapter("sme", SCORES, province="西藏自治区").says("sme.domains")
    assert said == "西藏自治区的参评企业均为中小微企业，能力域得分不作比较。"
