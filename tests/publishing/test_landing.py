"""The page before many editions: a list, a map and sentences to search, whatever they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import html

from smdi.edition import Edition, read_edition
from smdi.publishing.many.landing import write_landing
from smdi.report.text.language import use_language, words

HOSTILE = "</script><img src=x onerror=alert(1)>\"'&"


SHARE = [
    {"text": "其中占 "},
    {"key": "levels.low"},
    {"text": "，差 "},
    {"text": "31%", "status": "derived"},
    {"text": "。"},
]


def _phrase(text: str) -> dict[str, object]:
    return {"kind": "phrase", "text": text, "parts": [{"text": text}]}


@pytest.fixture
def made(monkeypatch, tmp_path: Path):
    """Have two editions with a chapter each, and the landing page of both."""
    monkeypatch.setattr(Edition, "folder", property(lambda self: tmp_path / "built" / self.id))
    base = read_edition("2021").model_copy(update={"title": f"报告{HOSTILE}"})
    editions = [read_edition(name) for name in ("2021-320000", "2021-370000")]
    for one in editions:
        source = one.folder / "current/source"
        (source / "numbers").mkdir(parents=True)
        page = {"cells": [{"cell_type": "markdown", "source": "# 总体\n"}]}
        (source / "levels.ipynb").write_text(json.dumps(page), "utf-8")
        records = {
            "levels.said": _phrase(f"{one.id}{HOSTILE}。"),
            "levels.empty": _phrase(""),
            "levels.low": {"kind": "number", "text": "69%", "status": "simulated"},
            "levels.part": _phrase("较 2020 年提高 7 个百分点"),
            "levels.withheld": _phrase(words().otherwise.withheld),
            "levels.share": {"kind": "phrase", "text": "其中占 69%，差 31%。", "parts": SHARE},
            "levels.also": _phrase(f"{words().otherwise.withheld}其他如前。"),
            "levels.summary": _phrase("占 69%，差 31%。"),
        }
        (source / "numbers/levels.json").write_text(json.dumps(records), "utf-8")
    folder = tmp_path / "out"
    write_landing(base, "province", editions, folder)
    return folder


@pytest.fixture
def page(made: Path):
    return html.fromstring((made / "index.html").read_text("utf-8"))


def test_no_text_becomes_markup(page) -> None:
    assert page.xpath("//img") == []
    assert f"报告{HOSTILE}" in page.text_content()


def test_each_edition_is_linked_by_list_and_map(page) -> None:
    links = page.xpath("//a/@href")
    for name in ("2021-320000", "2021-370000"):
        assert links.count(f"{name}/index.html") >= 2
    assert not [link for link in links if "110000" in link]
    titles = set(page.xpath("//title/text()"))
    assert {"江苏省", "山东省"} <= titles


def test_sentences_are_found_with_edition_and_page_and_nothing_else_is(made: Path) -> None:
    text = (made / "search.js").read_text("utf-8")
    found = json.loads(text.removeprefix("window.SENTENCES=").removesuffix(";\n"))
    share = "其中占 69%（模），差 31%（推）。"
    assert found == [
        ["2021-320000", "江苏省", "levels", "总体", f"2021-320000{HOSTILE}。"],
        ["2021-320000", "江苏省", "levels", "总体", share],
        ["2021-320000", "江苏省", "levels", "总体", "其他如前。"],
        ["2021-370000", "山东省", "levels", "总体", f"2021-370000{HOSTILE}。"],
        ["2021-370000", "山东省", "levels", "总体", share],
        ["2021-370000", "山东省", "levels", "总体", "其他如前。"],
    ]


def test_the_page_says_that_the_data_are_simulated(page) -> None:
    (said,) = page.xpath("//p[@class='provenance']")
    assert "模拟企业数据" in said.text_content()


def test_title_and_lead_are_of_the_dimension(page, tmp_path: Path, made: Path) -> None:
    write_landing(read_edition("2021"), "industry", [], tmp_path / "industry")
    other = html.fromstring((tmp_path / "industry/index.html").read_text("utf-8"))
    for shown, named, has_map in ((page, "分省版", True), (other, "分行业版", False)):
        assert named in shown.findtext(".//h1") and named in shown.findtext(".//title")
        assert ("地图" in shown.xpath("string(//p)")) == has_map


def test_the_map_has_a_name_for_those_who_do_not_see_it(page) -> None:
    (drawn,) = page.xpath("//*[local-name()='svg'][@role='group']")
    assert drawn.get("aria-label") == words().landing.map


def test_editions_by_industry_have_no_map(monkeypatch, tmp_path: Path, made: Path) -> None:
    base = read_edition("2021")
    write_landing(base, "industry", [], tmp_path / "industry")
    drawn = html.fromstring((tmp_path / "industry/index.html").read_text("utf-8"))
    assert drawn.xpath("//*[local-name()='svg'][@role='group']") == []


def test_the_page_speaks_the_language_of_the_editions(monkeypatch, tmp_path: Path, made) -> None:
    english = read_edition("2021").model_copy(update={"language": "en"})
    try:
        write_landing(english, "industry", [], tmp_path / "en")
        told = words().landing
    finally:
        use_language("zh")
    drawn = html.fromstring((tmp_path / "en/index.html").read_text("utf-8"))
    assert drawn.get("lang") == "en"
    assert told != words().landing
    assert not [text for text in drawn.xpath("//label//text() | //h1//text()") if "搜索" in text]
