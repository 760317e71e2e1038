"""One renderer, two forms: the same bytes each time, every character drawn, no web."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from smdi.report import charts, rendering, theme
from tests.report.drawings import glyphs
from tests.report.drawings.charts_frames import levels

SHARES = {("全国", 2020): (75, 14, 6, 5), ("全国", 2021): (69.04, 15, 7, 8.96)}


@pytest.fixture(scope="module")
def chart():
    return charts.level_shares(levels(SHARES))


@pytest.fixture(scope="module")
def drawing(chart):
    return rendering.svg(chart, prefix="fig-04")


def test_the_same_chart_gives_the_same_bytes(chart, drawing):
    again = charts.level_shares(levels(SHARES))
    assert rendering.svg(again, prefix="fig-04") == drawing
    assert rendering.spec_json(again) == rendering.spec_json(chart)


def test_chinese_stays_text_in_the_font_of_the_page(drawing):
    texts = glyphs.texts(drawing)
    assert {"一级及以下", "四级及以上", "2021年", "69.0%"} <= set(texts)
    families = set(re.findall(r'font-family="([^"]+)"', drawing))
    assert families == {theme.FONT_FAMILY}
    assert theme.FONT_FAMILY.startswith("Noto Sans SC")


def test_the_font_has_every_character_of_a_drawing(drawing):
    assert glyphs.missing_glyphs(drawing) == set()


def test_a_character_the_font_lacks_is_found():
    assert glyphs.missing_glyphs("<svg><text>智能 𐀀</text></svg>") == {"𐀀"}


def test_the_font_s_characters_are_those_of_chinese_reports():
    known = glyphs.characters(rendering.font_folder() / rendering.FONT_FILE)
    assert set("智能制造成熟度，。、（）—−%0123456789ABCabc·…") <= known
    assert len(known) > 20_000


def test_a_drawing_is_as_wide_as_the_text_block(drawing):
    assert ElementTree.fromstring(drawing).get("width") == str(theme.WIDTH)


def test_ids_in_a_drawing_bear_the_exhibit_s_name(drawing):
    ids = re.findall(r'\bid="([^"]+)"', drawing)
    assert all(name.startswith("fig-04-") for name in ids)
    assert all(name.startswith("fig-04-") for name in re.findall(r"url\(#([^)]+)\)", drawing))


def test_a_drawing_speaks_no_english(drawing):
    assert "aria-" not in drawing
    assert not re.search(r"[A-Za-z]{3,}", " ".join(glyphs.texts(drawing)))


def test_a_spec_names_no_place_on_the_web(chart):
    text = rendering.spec_json(chart)
    assert "http" not in text
    assert json.loads(text)["description"] == rendering.description(chart)


def test_a_lost_font_package_is_named(monkeypatch):
    monkeypatch.setattr(rendering, "FONT_PACKAGE", "no_such_fonts")
    with pytest.raises(FileNotFoundError, match="no_such_fonts"):
        rendering.font_folder()


def test_a_segment_bears_the_longest_form_of_its_share_that_fits():
    drawn = rendering.svg(charts.level_shares(levels({("全国", 2021): (88, 7.25, 4, 0.75)})))
    ticks = {"0", "20", "40", "60", "80", "100"}
    shares = [text for text in glyphs.texts(drawn) if text[0].isdigit() and text not in ticks]
    assert sorted(shares) == ["4.0", "7.3%", "88.0%"]
    assert not re.search(r"<text[^>]*/>", drawn)
