"""Twenty-odd searches, as readers type them: the place looked for is among the first three hits."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

# What is typed, and the page (with an anchor, where one place is meant) that it should lead to.
SEARCHES = [
    ("江苏省", "province-320000.html"),
    ("西藏", "province-540000.html"),
    ("汽车制造业", "industry-36.html"),
    ("计算机、通信和其他电子设备制造业", "industry-39.html"),
    ("深圳", "participation.html"),
    ("宁夏", "participation.html"),
    ("铁路", "industries.html"),
    ("4654", "participation.html"),
    ("4893", "regions.html"),
    ("57.98", "trend-equipment.html"),
    ("20,500", "participation.html"),
    ("39116", "scoring.html"),
    ("GB/T 39117", "scoring.html"),
    ("gb/t39117-2020", "scoring.html"),
    ("图 14", "trend-equipment.html#fig-14"),
    ("图14", "trend-equipment.html#fig-14"),
    ("表 3", "industries.html#tab-industry-change"),
    ("设备数字化率", "trend-equipment.html"),
    ("评分方法", "scoring.html"),
    ("总体水平", "national-levels.html"),
    ("中小微企业", "sme.html"),
    ("规范级", "glossary.html"),
    ("供应链", "trend-supply-chain.html"),
    ("设备数字化律", "trend-equipment.html"),  # one character is wrong
    ("能力域 离散型", "industries.html"),  # two words
    ("审计规则", "audit.html"),
]
WIDEST_INDEX = 300_000


def hits(visit, query: str) -> list[str]:
    page = visit.open("search.html", query)
    return page.evaluate(
        "() => [...document.querySelectorAll('#search-hits a')].map((a) => a.getAttribute('href'))"
    )


@pytest.mark.parametrize(("query", "place"), SEARCHES)
def test_a_search_finds_its_place_among_the_first_three(desk, query: str, place: str) -> None:
    file, _, anchor = place.partition("#")
    first = hits(desk, query)[:3]
    assert any(
        hit.startswith(f"{file}?") and hit.endswith(f"#{anchor}" if anchor else "") for hit in first
    ), first
    assert desk.refused == []
    assert desk.complaints == []


@pytest.mark.parametrize("query", ["率", "省", "2020"])
def test_a_single_character_and_a_year_are_found(desk, query: str) -> None:
    assert len(hits(desk, query)) > 3


@pytest.mark.parametrize("query", ["鲸鱼迁徙", "98765", ""])
def test_a_query_of_nothing_in_the_book_finds_nothing(desk, query: str) -> None:
    assert hits(desk, query) == []


def test_a_hit_shows_the_words_around_it_and_lands_where_the_phrase_is_lit(desk) -> None:
    page = desk.open("search.html", "57.98")
    assert "57.98" in page.locator("#search-hits li").first.locator("mark").first.inner_text()
    page.locator("#search-hits a").first.click()
    page.wait_for_selector("article mark")
    lit = page.locator("article mark").first
    assert lit.inner_text() == "57.98"
    assert lit.evaluate(
        "(node) => { const at = node.getBoundingClientRect().top;"
        " return at >= 0 && at < innerHeight; }"
    )


def test_the_index_is_small_and_names_places_that_are_there(site: Path) -> None:
    text = (site / "search-index.js").read_text("utf-8")
    assert len(text.encode()) < WIDEST_INDEX
    index = json.loads(text.removeprefix("window.searchIndex=").rstrip(";\n"))
    assert len(index["places"]) > 100
    for page, anchor, title, _ in index["places"]:
        html = (site / index["pages"][page][0]).read_text("utf-8")
        assert f'id="{anchor}"' in html, (title, anchor)
