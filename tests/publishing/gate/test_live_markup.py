"""What of a page, a chart or a document is live, fetched or told of itself, piece by piece."""

from __future__ import annotations

from datetime import date

import pytest

from smdi.publishing.gate.content import Content, Text
from smdi.publishing.gate.formats import read
from smdi.publishing.gate.formats.pdf import METADATA
from smdi.publishing.gate.release import File
from smdi.publishing.gate.scans import documents, markup, specs

LIVE, SCRIPT, LEADS = (
    "a live element",
    "a script that is not the book's",
    "a page that leads elsewhere",
)
HANDLER, RUNS = "a handler of events", "an address that runs, or of this machine"
FETCHED, WITHIN = "fetched from outside", "a page within the page"


def found(body: str, *settings: str) -> list[tuple[str, str]]:
    text = f"<html lang='zh'><body>{body}</body></html>"
    file = File("site/a.html", text.encode())
    told = list(markup.findings(file, read(file), settings))
    return [(one.what.strip("'\""), one.how) for one in told]


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("<p>文</p><a href='https://a.example'>x</a>", []),
        ("<blockquote cite='https://a.example'>x</blockquote>", []),
        ("<a href='//a.example'>x</a><area href='http://a.example'>", []),
        ("<iframe></iframe>", [("<iframe>", LIVE)]),
        ("<object></object>", [("<object>", LIVE)]),
        ("<embed>", [("<embed>", LIVE)]),
        ("<script src='a.js'></script>", []),
        ("<script type='application/json'>{}</script>", []),
        ("<script type='application/ld+json'>{}</script>", []),
        ("<script>DOCUMENTATION_OPTIONS.pagename = 'a/b-c';</script>", []),
        ("<script>alert(1)</script>", [("alert(1)", SCRIPT)]),
        ("<script type='text/x'>x</script>", [("x", SCRIPT)]),
        ("<script>DOCUMENTATION_OPTIONS.pagename = 'a'; x()</script>",
         [("DOCUMENTATION_OPTIONS.pagename = 'a'; x()", SCRIPT)]),
        ("<meta http-equiv='Refresh' content='0; url=b'>", [("0; url=b", LEADS)]),
        ("<meta http-equiv='x' content='b'><meta name='refresh' content='b'>", []),
        ("<p onclick='x()'>", [("onclick=x()", HANDLER)]),
        ("<a href='javascript:x()'>", [("href=javascript:x()", RUNS)]),
        ("<a href=' VBScript:x'>", [("href= VBScript:x", RUNS)]),
        ("<a href='file:///a'>", [("href=file:///a", RUNS)]),
        ("<img src='https://a.example/x.png'>", [("<img src=https://a.example/x.png>", FETCHED)]),
        ("<img src='//a.example/x'>", [("<img src=//a.example/x>", FETCHED)]),
        ("<img src='a.png'><img src='data:image/png;base64,x'>", []),
        ("<a ping='b https://a.example'>", [("<a ping=b https://a.example>", FETCHED)]),
        ("<img srcset='a.png 1x, //a.example 2x'>",
         [("<img srcset=a.png 1x, //a.example 2x>", FETCHED)]),
        ("<img srcset='a.png 1x, b.png 2x'>", []),
        ("<img alt='a, //b'>", []),
        ("<p style='background: url( \"//a.example/x\" )'>", [("url( \"//a.example/x", FETCHED)]),
        ("<p style='color: red; background: url(a.png)'>", []),
        ("<style>@import 'https://a.example';</style>", [("https://a.example", FETCHED)]),
        ("<style>p {background: url(https://a.example/x)}</style>",
         [("https://a.example/x", FETCHED)]),
        ("<style>p {background: url(x.png)}</style>", []),
    ],
)  # fmt: skip
def test_what_runs_or_is_fetched_is_found_and_what_a_reader_follows_is_not(body, told) -> None:
    assert found(body) == told


def test_a_page_within_a_page_is_found() -> None:
    assert ("x", WITHIN) in found("<iframe srcdoc='x'></iframe>")


@pytest.mark.parametrize(
    ("setting", "is_found"), [("<b>某</b>", True), ("某", False), ("<i>某</i>", False)]
)
def test_a_setting_that_became_markup_is_found(setting: str, is_found: bool) -> None:
    told = found("<p><b>某</b></p>", setting)
    assert told == ([(setting, "a setting that became markup")] if is_found else [])


def test_a_finding_names_the_line_of_its_element() -> None:
    file = File("site/a.html", b"<html>\n<body>\n<p>\n<iframe></iframe></body></html>")
    (one,) = markup.findings(file, read(file), ())
    assert (one.file, one.place) == ("site/a.html", "line 4")


def test_a_drawing_is_looked_through_as_a_page_is() -> None:
    head = "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>"
    text = f"{head}<foreignObject/><image xlink:href='https://a.example'/><path onload='x'/></svg>"
    file = File("site/a.svg", text.encode())
    assert [one.how for one in markup.findings(file, read(file), ())] == [LIVE, FETCHED, HANDLER]


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        ({"mark": "bar", "data": {"values": [1]}}, []),
        ({"data": {"url": "a.csv"}}, ["url: a.csv"]),
        ({"layer": [{"encoding": {"href": "x"}}]}, ["href: x"]),
        (
            {"usermeta": {"embedOptions": {"loader": "x", "baseURL": "y"}}},
            ["loader: x", "baseURL: y"],
        ),
        ({"url": ""}, []),
        ({"geometry": {"coordinates": {"url": "x"}}}, []),
        ([{"url": "a"}, [{"url": "b"}]], ["url: a", "url: b"]),
    ],
)
def test_each_address_that_a_chart_names_is_found(spec: object, told: list[str]) -> None:
    content = Content(specs=[("place", spec)])
    made = list(specs.findings(File("a.json", b""), content))
    assert [one.what.strip("'") for one in made] == told
    assert {(one.file, one.place, one.how) for one in made} <= {
        ("a.json", "place", "a chart fetches nothing")
    }


@pytest.mark.parametrize(
    ("value", "is_told"),
    [
        ("报告", False), ("  报告 ", False), ("", False), ("  ", False),
        ("D:20211231000000Z", False), ("2021-12-31T00:00:00Z", False),
        ("D:20211230000000Z", True), ("2021-12-31T00:00:01Z", True),
        ("Typst 0.13.1", False), ("application/pdf", False), ("1.7", False), ("A", False),
        ("Typst 0.13.1 by li", True), ("别的", True),
        ("QWxhZGRpbjpvcGVuIHNlcw==", False), ("QWxhZGRpbjpvcGVuIHNlcw==_source", False),
        ("QWxhZGRpbjpvcGVuIHNl", True),
    ],
)  # fmt: skip
def test_a_pdf_tells_of_itself_what_its_edition_does_and_who_made_it(value, is_told: bool) -> None:
    texts = [Text(METADATA, value), Text("page 1", "别的")]
    told = frozenset({"报告"}), frozenset({date(2021, 12, 31)})
    made = list(documents.findings(File("report.pdf", b""), Content(texts=texts), *told))
    assert [(one.place, one.how) for one in made] == [
        (METADATA, "the edition does not say so of itself")
    ] * is_told
