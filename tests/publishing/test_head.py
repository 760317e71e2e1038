"""What a page says of itself to search engines, at its bounds and whole; what it may not fetch."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest
from docutils import nodes
from docutils.utils import new_document
from lxml import html

from smdi.publishing.sphinx_ext import outside
from smdi.publishing.sphinx_ext.page import head
from smdi.publishing.sphinx_ext.page.head import dataset, description

GIVEN = {
    "source": {
        "title": "报告", "publisher": "组", "edition": "2021", "dated": "2021-12-31",
        "address": "https://example.org/report",
    },
    "whole": ["smdi-2021.zip", "datapackage.json"],
    "fingerprint": "0123456789abcdef",
}  # fmt: skip


def page(*paragraphs: nodes.Node | str) -> nodes.document:
    document = new_document("页")
    section = nodes.section()
    section += [nodes.paragraph("", one) if isinstance(one, str) else one for one in paragraphs]
    document += section
    return document


@pytest.mark.parametrize(("letters", "is_enough"), [(29, False), (30, True)])
def test_a_paragraph_of_thirty_letters_says_enough(letters: int, is_enough: bool) -> None:
    first, second = "甲" * letters, "乙" * 40
    assert description(page(first, second)) == (first if is_enough else second)
    assert description(page(first)) == first


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("甲" * 119 + "。", "甲" * 119 + "。"),
        ("甲" * 120, "甲" * 120),
        ("甲" * 121, "甲" * 119 + "…"),
        ("甲" * 60 + "。" + "乙" * 90, "甲" * 60 + "。"),
        ("甲" * 119 + "。" + "乙", "甲" * 119 + "。"),
        ("甲" * 120 + "。" + "乙", "甲" * 119 + "…"),
        ("a" * 50 + ". " + "b" * 90, "a" * 50 + "."),
        ("a" * 40 + "。" + "b" * 40 + ". " + "c" * 90, "a" * 40 + "。" + "b" * 40 + "."),
        ("。" + "乙" * 150, "。" + "乙" * 118 + "…"),
    ],
)
def test_a_description_of_more_than_120_letters_ends_with_a_sentence(text: str, told: str) -> None:
    assert description(page(text)) == told


def test_what_stands_in_a_box_or_a_list_is_no_description() -> None:
    boxed = nodes.note("", nodes.paragraph("", "盒" * 40))
    assert description(page(boxed, "文" * 40)) == "文" * 40


def test_marks_are_read_in_brackets_and_blanks_as_one() -> None:
    marked = nodes.paragraph("", "", nodes.Text("甲 \n 3 家"))
    marked += nodes.superscript("", "模", classes=["simulated"])
    marked += nodes.superscript("", "推", classes=["derived"])
    marked += nodes.superscript("", "2", classes=["other"])
    assert description(page(marked)) == "甲 3 家（模拟）（由已公布数值推算）2"
    assert marked.astext() == "甲 \n 3 家模推2", "the page itself is as it was"


def test_a_release_is_described_whole_as_a_dataset() -> None:
    organisation = {"@type": "Organization", "name": "组"}
    found = dataset(GIVEN, "说明")
    keywords = found.pop("keywords")
    assert keywords and all(isinstance(word, str) for word in keywords)
    files = [("smdi-2021.zip", "zip"), ("datapackage.json", "json")]
    assert found == {
        "@context": "https://schema.org", "@type": "Dataset", "name": "报告",
        "description": "说明", "inLanguage": "zh-CN", "version": "2021, 0123456789ab",
        "dateModified": "2021-12-31", "license": "引用数据须注明出处",
        "creator": organisation, "publisher": organisation, "isAccessibleForFree": True,
        "distribution": [
            {"@type": "DataDownload", "contentUrl": f"https://example.org/report/data/{name}",
             "encodingFormat": kind}
            for name, kind in files
        ],
        "url": "https://example.org/report/",
    }  # fmt: skip


def test_a_site_without_an_address_has_files_beside_it() -> None:
    found = dataset(GIVEN | {"source": GIVEN["source"] | {"address": ""}}, "")
    assert "url" not in found
    assert [one["contentUrl"] for one in found["distribution"]] == [
        "data/smdi-2021.zip", "data/datapackage.json",
    ]  # fmt: skip


@pytest.fixture
def add(tmp_path):
    """Give what a page has in its head; the first page is that of the release, if there is one."""
    called = []
    head.register(SimpleNamespace(connect=lambda event, function: called.append((event, function))))
    ((event, function),) = called
    assert event == "html-page-context"
    app = SimpleNamespace(srcdir=str(tmp_path), config=SimpleNamespace(root_doc="index"))

    def run(name: str, document: nodes.document | None, *, given: dict | None = None) -> str:
        if given is not None:
            (tmp_path / "data.json").write_text(json.dumps(given), "utf-8")
        context = {"metatags": "<meta>"}
        function(app, name, "page.html", context, document)
        return context["metatags"]

    return run


def test_a_description_is_no_markup_in_the_head(add) -> None:
    made = add("a", page('甲<b>"&'))
    assert made == '<meta><meta name="description" content="甲&lt;b&gt;&quot;&amp;">\n'
    assert add("a", page()) == add("a", None) == "<meta>"


def test_the_first_page_alone_describes_the_data_and_no_setting_ends_the_script(add) -> None:
    hostile = GIVEN | {"source": GIVEN["source"] | {"title": "</script><b>甲"}}
    assert "Dataset" not in add("index", page("文"))
    made = add("index", page("文"), given=hostile)
    (script,) = html.fragment_fromstring(made, create_parent=True).iter("script")
    assert script.get("type") == "application/ld+json"
    assert json.loads(script.text) == dataset(hostile, "文")
    assert "甲" in made, "letters are written as they are"
    assert "Dataset" not in add("other", page("文"))


OUT = "https://example.org/a.js"


@pytest.mark.parametrize(
    ("text", "fetched"),
    [
        (f'<script src="{OUT}">', [OUT]), (f"<IMG alt='x' src={OUT}>", [OUT]),
        (f'<link rel="x" href="{OUT}">', [OUT]), ("<video src='//a.org/b'>", ["//a.org/b"]),
        (f'import x from "{OUT}"', [OUT]), (f"import('{OUT}')", [OUT]),
        (f"<style>a {{background: url({OUT})}}", [OUT]),
        ("x = 'https://cdn.a.org/b'", ["https://cdn.a.org/b"]),
        ('x = "http://unpkg.com/b"', ["http://unpkg.com/b"]),
        (f'<img src="{OUT}"><img src="{OUT}?2">', [OUT, f"{OUT}?2"]),
        (f'<a href="{OUT}">x</a>', []), ('<img src="a.png">', []), (f"x = '{OUT}'", []),
    ],
)  # fmt: skip
def test_each_address_that_raw_html_would_fetch_is_told(monkeypatch, text, fetched) -> None:
    told: list[str] = []
    said = SimpleNamespace(warning=lambda text, address, **where: told.append(text % address))
    monkeypatch.setattr(outside, "_log", said)
    document = page(nodes.raw("", text, format="html"), nodes.image(uri="a.png"))
    outside.RefuseAddresses.run(SimpleNamespace(document=document))
    then = "would be fetched from outside; keep a copy in the book, or link to it"
    assert told == [f"{address} {then}" for address in fetched]
