"""What the first page shows where a book says less, and what it makes of hostile words."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from docutils import nodes
from lxml import etree

from smdi.publishing.leading_map import Region, leading_map
from smdi.publishing.sphinx_ext.numbers import is_said
from smdi.publishing.sphinx_ext.page.head import LONGEST, dataset, description

HOSTILE = '"><script>alert(1)</script>&'


@pytest.fixture
def env(tmp_path: Path):
    (tmp_path / "numbers").mkdir()
    records = {
        "sme.share": {"kind": "number", "text": "88%", "state": "value"},
        "sme.few": {"kind": "number", "text": "（未公布）", "state": "withheld"},
        "sme.since": {"kind": "phrase", "text": "", "parts": []},
    }
    (tmp_path / "numbers/sme.json").write_text(json.dumps(records))
    return SimpleNamespace(srcdir=tmp_path, note_dependency=lambda path: None)


@pytest.mark.parametrize(
    ("key", "said"),
    [("sme.share", True), ("sme.few", False), ("sme.since", False), ("regions.summary", False)],
)
def test_what_is_withheld_empty_or_in_no_chapter_of_the_book_has_no_tile(
    env, key: str, said: bool
) -> None:
    assert is_said(env, key) is said


def test_a_misspelt_value_of_a_chapter_that_is_there_is_no_silence(env) -> None:
    with pytest.raises(KeyError, match=r"sme\.shore"):
        is_said(env, "sme.shore")


def test_what_is_said_of_a_region_is_text_whatever_it_is() -> None:
    drawn = etree.fromstring(leading_map({"320000": Region(HOSTILE, HOSTILE)}, HOSTILE))
    (link,) = drawn.iter("a")
    assert (link.get("href"), link.findtext("title")) == (HOSTILE, HOSTILE)
    assert drawn.get("aria-label") == HOSTILE
    assert not list(drawn.iter("script"))


def test_a_region_without_a_page_is_drawn_and_leads_nowhere() -> None:
    drawn = etree.fromstring(leading_map({"320000": Region("a.html", "江苏省")}, "图"))
    paths = [path for path in drawn.iter("path") if path.get("d")]
    assert len(paths) > 34, "every province, the sea and its frame"
    assert len(list(drawn.iter("a"))) == 1


def paragraphs(*texts: str) -> nodes.document:
    document = nodes.document(None, None)
    section = nodes.section()
    document += section
    for text in texts:
        section += nodes.paragraph("", text)
    return document


def test_a_description_is_the_first_paragraph_that_says_something() -> None:
    long = "本章以当年完成自诊断的企业为基数，按一级及以下、二级、三级、四级及以上四类给出构成。"
    assert description(paragraphs("副标题", long, "再者。")) == long
    assert description(paragraphs("只有一行")) == "只有一行"
    assert description(paragraphs()) == ""


def test_a_long_description_ends_with_its_last_whole_sentence() -> None:
    sentence = "甲" * 49 + "。"
    assert description(paragraphs(sentence * 5)) == sentence * 2
    assert len(description(paragraphs("甲" * 500))) == LONGEST


def test_files_have_whole_addresses_where_the_site_has_one() -> None:
    given = {
        "source": {
            "title": "报告",
            "publisher": "组",
            "edition": "2021",
            "dated": "2021-12-31",
            "address": "https://example.org/report",
        },
        "whole": ["smdi-2021.zip"],
        "fingerprint": "0123456789abcdef",
    }
    described = dataset(given, "说明")
    assert described["url"] == "https://example.org/report/"
    (file,) = described["distribution"]
    assert file["contentUrl"] == "https://example.org/report/data/smdi-2021.zip"
    assert file["encodingFormat"] == "zip"
