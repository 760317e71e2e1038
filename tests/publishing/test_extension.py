"""A tiny book with the extension of Sphinx: what stands on its pages, however hostile the texts."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote

import pytest
from lxml import html
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from smdi.publishing.sphinx_ext import tools
from smdi.report.chart_html import chart_html
from tests.publishing import tiny_book
from tests.publishing.tiny_book import CHART, HOSTILE, INDEX, NUMBERS, OTHER, TABLE, write_book


@dataclass(frozen=True)
class Book:
    """A book that was built: its folder, and what the build complained of."""

    made: Path
    warnings: str

    def page(self, name: str) -> Any:
        return html.fromstring((self.made / f"{name}.html").read_text("utf-8"))


FORMULA = "+".join("abcdefghijklmnopqrstuvwxyzabcd") + "-"  # sixty letters
Build = Callable[..., Book]


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Build:
    """Give the builder of a book of some pages, in a folder of its own or one that is given."""

    def run(folder: Path | None = None, **pages: str) -> Book:
        source = folder or tmp_path_factory.mktemp("book")
        write_book(source, pages)
        told = io.StringIO()
        made = source / "_made"
        with docutils_namespace():
            app = Sphinx(source, source, made, made / "doctrees", "html", None, warning=told)
            app.build()
        return Book(made, told.getvalue())

    return run


@pytest.fixture(scope="module")
def book(build: Build) -> Book:
    made = build(index=INDEX, **{"deep/other": OTHER})
    assert made.warnings == ""
    return made


@pytest.fixture(scope="module")
def page(book: Book) -> Any:
    return book.page("index")


def text(node: Any) -> str:
    return " ".join(node.text_content().split())


def test_no_text_becomes_markup(book: Book) -> None:
    for name in ("index", "deep/other"):
        found = book.page(name)
        assert found.xpath("//img[@onerror]") == []
        assert found.xpath("//b[text()='一']") == []
        assert len(found.xpath("//*[@role='main' or @class='body']")) >= 1


def test_a_value_bears_the_mark_of_what_it_is_known_from(page: Any) -> None:
    (line,) = page.xpath("//p[starts-with(text(), '低')]")
    marks = [(one.get("class"), one.text_content()) for one in line.xpath("./sup")]
    assert marks == [
        ("simulated", "模"), ("derived", "推"), ("simulated", "模"), ("derived", "推"),
    ]  # fmt: skip
    assert f"句 共{HOSTILE} 7 家模强推" in text(line)


def test_a_chart_is_a_drawing_within_the_page_that_says_what_it_shows(page: Any) -> None:
    (figure,) = page.xpath("//figure[@id='fig-01'] | //div[@id='fig-01']")
    (drawing,) = figure.xpath(".//*[@role='img'][svg]")
    assert drawing.get("aria-label") == f"图{HOSTILE}"
    assert figure.xpath(".//div[@data-exhibit='fig-01']")
    assert {"exhibit", "is-chart"} <= set(figure.get("class").split())


def test_a_caption_has_number_title_and_mark_where_all_is_simulated(page: Any) -> None:
    (chart,) = page.xpath("//*[@id='fig-01']//figcaption//span[@class='caption-text']")
    assert text(chart).startswith(f"图 1 构成{HOSTILE}模")
    (table,) = page.xpath("//table[@id='tab-01']/caption")
    assert text(table).rstrip("¶").strip() == f"表 1 表{HOSTILE}"


def test_a_note_marks_each_of_its_values(page: Any) -> None:
    (note,) = page.xpath("//*[@id='fig-01']//p[starts-with(text(), '其中')]")
    assert text(note) == f"其中 5 家{HOSTILE}推"


def test_the_tools_offer_data_picture_citation_and_making(page: Any) -> None:
    (tools,) = page.xpath("//*[@id='fig-01']//div[@class='exhibit-tools']")
    assert (tools.get("role"), tools.get("aria-label")) == ("group", f"图 1 构成{HOSTILE}")
    links = [(a.text_content(), a.get("href")) for a in tools.xpath(".//a[@download]")]
    assert links == [
        ("CSV", "data/fig-01.csv"), ("XLSX", "data/fig-01.xlsx"),
        ("SVG", "exhibits/fig-01.svg"), ("PNG", "exhibits/fig-01.png"),
    ]  # fmt: skip
    panels = tools.xpath("./details")
    assert [one.get("name") for one in panels] == ["tools-fig-01"] * 4
    assert len({text(one.find("summary")) for one in panels}) == 4
    assert text(tools.xpath(".//details//p[starts-with(text(), '引文')]")[0]) == f"引文{HOSTILE}"
    assert tools.xpath(".//pre")[0].text_content() == f"@misc{{{HOSTILE}}}"
    terms = [text(one) for one in tools.xpath(".//dl[@class='passport']/*")]
    assert terms == ["指标", f"家数{HOSTILE}"]


def test_the_table_view_has_sixty_rows_and_tells_numbers_from_words(page: Any) -> None:
    (view,) = page.xpath("//div[@class='exhibit-view']")
    assert view.get("aria-label") == text(view.find(".//caption")) == f"图 1 构成{HOSTILE}"
    rows = view.xpath(".//tbody/tr")
    assert len(rows) == 60
    assert text(rows[59].find("th")) == f"第 59 行{HOSTILE}"
    assert rows[59].find("th").get("scope") == "row"
    (cell,) = rows[59].findall("td")
    assert (cell.get("class"), cell.text_content()) == ("num", "59")
    heads = view.xpath(".//thead/tr/th")
    assert [(one.get("class"), text(one)) for one in heads] == [
        (None, "对象"), ("num", f"数值{HOSTILE}")
    ]  # fmt: skip


def test_a_table_sets_figures_right_and_lets_sentences_break(page: Any) -> None:
    (table,) = page.xpath("//table[@id='tab-01']")
    heads = [text(one) for one in table.xpath(".//thead//th")]
    assert heads == [f"地区{HOSTILE}", heads[1], "说明"]
    assert heads[1].startswith("占比") and "%" in heads[1]
    rows = [[text(cell) for cell in row] for row in table.xpath(".//tbody/tr")]
    assert rows == [
        [f"江苏{HOSTILE}", "2.3模", "字" * 16], ["山东推", "—", "字" * 17], ["北京", "3.0", ""]
    ]  # fmt: skip
    kinds = [[cell.get("class") for cell in row] for row in table.xpath(".//tbody/tr")]
    for own in kinds:
        assert "num" not in own[0]
        assert "num" in own[1]
        assert "words" in own[2]


def test_names_of_sixteen_characters_do_not_break(build: Build, tmp_path: Path) -> None:
    table = json.loads(json.dumps(TABLE))
    table["table"]["rows"] = [["江苏", 1.0, "字" * 16]]
    table["table"].pop("marks")
    table["id"] = "tab-02"
    (tmp_path / "exhibits").mkdir()
    (tmp_path / "exhibits/tab-02.json").write_text(json.dumps(table), "utf-8")
    made = build(tmp_path, index="首页\n====\n\n.. exhibit:: tab-02\n")
    (row,) = made.page("index").xpath("//table[@id='tab-02']//tbody/tr")
    assert "words" not in row[2].get("class", "")


def test_what_has_no_data_of_a_release_offers_its_csv_alone(page: Any) -> None:
    (link,) = page.xpath("//p[@class='exhibit-data']/a")
    assert link.get("href") == "exhibits/tab-01.csv"


def test_references_read_as_the_numbers_from_any_depth(book: Book) -> None:
    (line,) = book.page("index").xpath("//p[starts-with(text(), '见')]")
    assert text(line) == "见 图 1 与 表 1 。"
    (line,) = book.page("deep/other").xpath("//p[starts-with(text(), '见')]")
    assert text(line) == "见 图 1 与 第 表 1 。"
    assert [a.get("href") for a in line.xpath("./a")] == [
        "../index.html#fig-01",
        "../index.html#tab-01",
    ]


def test_pictures_with_spaces_in_their_names_are_found(book: Book) -> None:
    sources = book.page("deep/other").xpath("//img/@src")
    assert len(sources) == 2
    assert all((book.made / "deep" / unquote(name)).is_file() for name in sources)


def test_the_list_of_data_links_every_file(page: Any) -> None:
    (rows,) = page.xpath("//table[contains(@class, 'data-list')]")
    links = [(a.get("href"), text(a)) for a in rows.xpath(".//tbody//a")]
    assert links == [("a.html#x", "图 1"), ("data/fig-01.csv", "CSV")]
    assert text(rows.xpath(".//td")[0]) == HOSTILE
    (whole,) = page.xpath("//div[@class='site-only']/p")
    assert [(a.get("href"), text(a)) for a in whole.findall("a")] == [
        ("data/data.zip", "ZIP"), ("data/datapackage.json", "datapackage.json")
    ]  # fmt: skip
    assert page.xpath("//div[@class='site-only']/pre")[0].text_content() == HOSTILE


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (".. exhibit:: fig-99", "index.rst:4: WARNING: unknown exhibit: fig-99"),
        ("一 :num:`sme.none` 。", "index.rst:4: WARNING: unknown number: sme.none"),
        ("一 :num:`none.low` 。", "index.rst:4: WARNING: unknown number: none.low"),
        (
            ".. image:: https://example.org/a.svg",
            "index.rst:4: WARNING: https://example.org/a.svg would be fetched",
        ),
        # Of a long formula the beginning, by which it is found.
        (
            rf":math:`{FORMULA} + \nomacro`",
            rf"index.rst:4: WARNING: formula {FORMULA!r}: \nomacro is",
        ),
    ],
)
def test_what_is_not_there_is_told_with_page_and_line(build: Build, line: str, said: str) -> None:
    assert said in build(index=f"首页\n====\n\n{line}\n").warnings


def test_an_exhibit_that_stands_twice_is_told(build: Build) -> None:
    twice = "\n\n.. exhibit:: fig-01\n"
    pages = {"index": f"首页\n====\n\n.. toctree::\n\n   a\n{twice}", "a": f"甲\n==\n{twice}"}
    assert "exhibit fig-01 stands in" in build(**pages).warnings


def test_a_page_is_read_again_when_a_value_that_it_quotes_changes(build: Build, tmp_path) -> None:
    source = "首页\n====\n\n句 :num:`sme.low` 。\n"
    assert "69%" in text(build(tmp_path, index=source).page("index"))
    changed = {**NUMBERS, "sme.low": {"kind": "number", "text": "70%", "status": "published"}}
    saved, NUMBERS["sme.low"] = NUMBERS["sme.low"], changed["sme.low"]
    try:
        assert "70%" in text(build(tmp_path, index=source).page("index"))
    finally:
        NUMBERS["sme.low"] = saved


def test_a_map_is_drawn_again_when_other_regions_have_profiles(
    build, monkeypatch, tmp_path
) -> None:
    monkeypatch.setitem(CHART, "kind", "map")
    source = "首页\n====\n\n.. exhibit:: fig-01\n"
    region = '<svg><path data-told="地区：江苏省；企业数：3"/></svg>'

    def leads() -> list[str]:
        (tmp_path / "other.rst").write_text(":orphan:\n\n其他\n====\n", "utf-8")
        return build(tmp_path, index=source).page("index").xpath("//figure//@href")

    monkeypatch.setattr(
        tiny_book, "chart_html", lambda *_: chart_html({"wide": region}, "图", "fig-01")
    )
    (tmp_path / "profiles.json").write_text('{"山东省": "other"}', "utf-8")
    assert "other.html" not in leads()
    read = tmp_path / "_made/doctrees/index.doctree"
    before = read.stat().st_mtime_ns
    leads()
    assert read.stat().st_mtime_ns == before, "nor is it read again when nothing changed"
    (tmp_path / "profiles.json").write_text('{"江苏省": "other"}', "utf-8")
    assert "other.html" in leads()


def test_no_word_of_a_language_becomes_markup(monkeypatch) -> None:
    say = SimpleNamespace(
        book=SimpleNamespace(download=HOSTILE), package=SimpleNamespace(panel_picture=HOSTILE)
    )
    monkeypatch.setattr(tools, "words", lambda: say)
    named = {"id": "fig-a", "number": "图 1", "title": "题"}
    drawn = tools.tools_html({**named, "data": [], "files": {"svg": "a.svg"}}, "")
    read = html.fromstring(drawn)
    assert text(read.find(".//summary")) == HOSTILE
    alone = html.fromstring(tools.tools_html({**named, "files": {"csv": "a.csv"}}, ""))
    assert text(alone.find("a")) == HOSTILE
