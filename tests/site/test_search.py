from __future__ import annotations

import pytest

from smdi.publishing.sphinx_ext.search import BigramSearch


def found(visit, query: str) -> list[str]:
    page = visit.open("search.html", query)
    summary = "document.querySelector('.search-summary')?.innerText"
    # Hits appear one by one after the summary has counted them.
    page.wait_for_function(
        f"""() => {{
            const count = /\\d+/.exec({summary} || "");
            return /没有/.test({summary} || "")
                || count && document.querySelectorAll("ul.search li").length >= +count[0];
        }}"""
    )
    return page.evaluate(
        "() => [...document.querySelectorAll('ul.search li a')].map((link) => link.innerText)"
    )


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("江苏", "区域发展"),
        ("成熟度", "总体水平"),
        ("中小企业", "中小微企业"),
        ("智能制造", "前言"),
        ("自诊断", "参与情况"),
        ("规范级", "术语表"),
        ("GB/T 39117", "前言"),
    ],
)
def test_a_query_finds_its_page_from_the_file_system(desk, query: str, title: str) -> None:
    titles = found(desk, query)
    assert any(title in text for text in titles), titles
    assert desk.refused == []
    assert desk.complaints == []


def test_a_query_of_nothing_in_the_book_finds_nothing(desk) -> None:
    assert found(desk, "鲸鱼迁徙") == []


def test_chinese_is_split_into_pairs_and_latin_words_are_kept() -> None:
    assert BigramSearch({}).split("智能制造 GB/T") == ["智能", "能制", "制造", "gb", "t"]


def test_a_single_character_is_a_word() -> None:
    assert BigramSearch({}).split("省，市") == ["省", "市"]
