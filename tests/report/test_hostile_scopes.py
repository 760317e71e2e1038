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
