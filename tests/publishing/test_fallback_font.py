"""The font for readers without a Chinese one: the letters of the book, the same bytes each time."""

from __future__ import annotations

import io
from pathlib import Path

from fontTools.ttLib import TTFont

from smdi.publishing.gate.formats import read
from smdi.publishing.gate.release import File
from smdi.publishing.sphinx_ext.page.fallback_font import font_of, letters_of

TEXT = "智能制造（2021）"


def test_the_font_has_the_letters_of_pages_and_scripts_and_few_others(tmp_path: Path) -> None:
    (tmp_path / "_static").mkdir()
    (tmp_path / "index.html").write_text("智能", "utf-8")
    (tmp_path / "_static/map.js").write_text("制造", "utf-8")
    (tmp_path / "search-index.js").write_text("指数", "utf-8")
    font = TTFont(io.BytesIO(font_of(letters_of(tmp_path))))
    assert {*map(ord, "智能制造指数")} == set(font.getBestCmap())


def test_the_same_letters_in_any_order_give_the_same_bytes() -> None:
    assert font_of(TEXT) == font_of(reversed(TEXT))


def test_the_font_says_under_which_licence_it_may_be_passed_on() -> None:
    names = TTFont(io.BytesIO(font_of(TEXT)))["name"]
    assert "SIL Open Font License" in names.getDebugName(13)


def test_the_gate_reads_the_names_of_a_font_and_finds_what_else_it_carries() -> None:
    made = font_of(TEXT)
    content = read(File("site/_static/fallback.woff", made))
    assert content.findings == []
    assert any("Open Font License" in text.content for text in content.texts)
    font = TTFont(io.BytesIO(made))
    font["meta"] = font["name"].__class__("meta")
    font["meta"].__dict__ = {"tableTag": "meta", "compile": lambda font: b"91350100M000100Y43"}
    changed = io.BytesIO()
    font.save(changed)
    (finding,) = read(File("site/_static/fallback.woff", changed.getvalue())).findings
    assert "meta" in finding.what
