"""Pages, drawings and style sheets: texts, tables, charts and what stands in their addresses."""

from __future__ import annotations

import base64
from urllib.parse import quote

import pytest

from smdi.publishing.gate.content import Content
from smdi.publishing.gate.formats import read
from smdi.publishing.gate.release import File

SVG = "<svg xmlns='http://www.w3.org/2000/svg'>{}</svg>"


def page(body: str) -> Content:
    return read(File("site/a.html", f"<html lang='zh'><body>{body}</body></html>".encode()))


def drawing(body: str, before: str = "") -> Content:
    return read(File("site/a.svg", f"{before}{SVG.format(body)}".encode()))


def texts(content: Content) -> list[tuple[str, str, str]]:
    """All but the file as it is."""
    return [(one.place, one.kind, one.content) for one in content.texts[1:]]


def test_a_page_is_its_words_in_pieces_and_in_one_and_its_attributes() -> None:
    content = page("<p title='甲' style='x: y'>乙<b>丙</b>丁</p><!-- 戊 -->")
    assert content.texts[0].kind == "code" and "戊" in content.texts[0].content
    assert texts(content) == [
        ("", "spoken", "乙\n丙\n丁"),
        ("", "bytes", "乙丙丁"),
        ("", "spoken", "zh\n甲"),
    ]


@pytest.mark.parametrize("text", ["", " \n"])
def test_an_empty_page_says_nothing(text: str) -> None:
    content = read(File("site/a.html", text.encode()))
    assert (content.trees, content.findings, texts(content)) == ([], [], [])


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("<tr><th>甲<th>乙<tr><td>1<td>2", [["甲", "乙"], ["1", "2"]]),
        ("<tr><td> a <b>b</b>\n c", [["a b c"]]),
        ("<tr><td colspan=2>a<td>b", [["a", "a", "b"]]),
        ("<tr><td rowspan=2>a<td>b<tr><td>c", [["a", "b"], ["a", "c"]]),
        ("<tr><td>b<td rowspan=3>a<tr><td>c<tr><td>d<tr><td>e<td>f",
         [["b", "a"], ["c", "a"], ["d", "a"], ["e", "f"]]),
        ("<tr><td rowspan=2 colspan=2>a<td>b<tr><td>c", [["a", "a", "b"], ["a", "a", "c"]]),
        ("<tr><td rowspan=0>a<tr><td>b", [["a"], ["b"]]),
        ("<tr><td colspan=x>a", [["a"]]),
        ("<tr><td colspan=5000>a", [["a"] * 1000]),
        ("", [[]]),
    ],
)  # fmt: skip
def test_a_cell_stands_in_each_row_and_column_that_it_reaches_over(table: str, rows) -> None:
    (found,) = page(f"<table>{table}</table>").tables
    assert [[*found.columns], *found.rows] == rows


@pytest.mark.parametrize(("kind", "is_data"), [("application/json", True), ("text/x", False)])
@pytest.mark.parametrize(("name", "is_chart"), [("exhibit-spec", True), ("x", False)])
def test_the_data_in_a_page_are_read_and_those_of_an_exhibit_are_a_chart(
    kind: str, is_data: bool, name: str, is_chart: bool
) -> None:
    data = '{"v": [{"a": "\\u7532"}]}'
    content = page(f"<p>x</p><script type='{kind}' class='{name}'>{data}</script>")
    assert [(one.place, one.columns) for one in content.tables] == [("v", ("a",))] * is_data
    assert (("", "code", '{"v": [{"a": "甲"}]}') in texts(content)) is is_data
    assert bool(content.specs) is (is_data and is_chart)
    assert page("<script type='application/json'></script>").tables == []


def test_the_styles_of_pages_drawings_and_sheets_are_kept_as_such() -> None:
    style = "p {color: red}"
    sheet = read(File("site/a.css", style.encode()))
    for content in (page(f"<style>{style}</style>"), drawing(f"<style>{style}</style>"), sheet):
        assert [one.content for one in content.styles] == [style]
    assert [one.content for one in sheet.texts] == [style]


@pytest.mark.parametrize(
    ("kind", "coded", "given"),
    [
        ("text/plain", ";base64", base64.b64encode("甲乙".encode()).decode()),
        ("text/plain", ";charset=utf-8;base64", base64.b64encode("甲乙".encode()).decode()),
        ("text/plain", "", quote("甲乙")),
        ("image/svg+xml", "", quote(SVG.format("<text>甲乙</text>"))),
        ("image/svg+xml", ";base64",
         base64.b64encode(SVG.format("<text>甲乙</text>").encode()).decode()),
    ],
)  # fmt: skip
def test_what_an_address_holds_is_read_in_pages_and_in_drawings(kind, coded, given: str) -> None:
    address = f"data:{kind}{coded},{given}"
    for content in (page(f'<img src="{address}">'), drawing(f'<image href="{address}"/>')):
        inner = [text for place, _, text in texts(content) if place == f"data:{kind}"]
        assert any("甲乙" in text for text in inner)
    assert len(page(f'<img src="{address}">').trees) == 1 + ("svg" in kind)


def test_what_an_address_holds_in_no_base64_is_read_as_it_stands() -> None:
    assert ("data:text/plain", "code", "abcde") in texts(
        page('<a href="data:text/plain;base64,abcde">')
    )


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("", []),
        ("<?xml-stylesheet href='a.css'?>", ["<?xml-stylesheet"]),
        ("<!DOCTYPE svg [<!ENTITY a 'b'>]>", ["<!DOCTYPE", "<!ENTITY"]),
    ],
)
def test_what_brings_another_file_into_a_drawing_is_found(before: str, found: list[str]) -> None:
    content = drawing("<text>x</text>", before)
    assert [(one.what, one.how) for one in content.findings] == [
        (what, "a drawing needs none") for what in found
    ]


def test_a_drawing_is_its_words_and_attributes_but_for_numbers_of_lines() -> None:
    content = drawing(
        "<path id='甲' d='M1,2' fill='red' transform='x'/><text>乙<tspan>丙</tspan>丁</text>"
    )
    assert texts(content) == [
        ("", "spoken", "乙\n丙\n丁"),
        ("", "bytes", "乙丙丁"),
        ("", "spoken", "甲"),
    ]
