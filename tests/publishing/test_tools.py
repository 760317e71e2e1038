"""What stands under an exhibit: each of its parts whole, and no text of it as markup."""

from __future__ import annotations

import pytest
from lxml import html

from smdi.publishing.sphinx_ext.tools import cited_html, tools_html

MARKS = "<i> & \" ' >"
SAFE = "&lt;i&gt; &amp; &quot; &#x27; &gt;"
NAMED = {"id": "fig-a", "number": "图 1", "title": "题"}


def made(**given: object) -> str:
    return tools_html({**NAMED, "data": [], "files": {}, **given}, "../")


def test_each_text_of_an_exhibit_is_escaped_where_it_stands() -> None:
    view = {"heads": [MARKS, "值"], "numeric": [False, True], "rows": [[MARKS, MARKS]]}
    block = made(
        **{
            "title": MARKS,
            "data": [f"{MARKS}.csv"],
            "view": view,
            "files": {"svg": f"{MARKS}.svg"},
        },
        **{"passport": [[MARKS, MARKS]], "reference": MARKS, "bibtex": MARKS},
    )
    # The title three times, two links, a head and two cells, a line of two, a citation of two.
    assert block.count(SAFE) == 3 + 2 + 3 + 2 + 2
    assert MARKS not in block and "<i>" not in block and "&amp;lt;" not in block
    assert f'<dl class="passport"><dt>{SAFE}</dt><dd>{SAFE}</dd></dl>' in block
    assert f'<tr><th scope="row">{SAFE}</th><td class="num">{SAFE}</td></tr>' in block
    assert f'<th scope="col">{SAFE}</th><th scope="col" class="num">值</th>' in block
    assert f'<p>{SAFE}</p><pre tabindex="0">{SAFE}</pre>' in block


def test_a_citation_is_its_reference_and_its_entry() -> None:
    cited = {"reference": "甲 & 乙", "bibtex": "@misc{a<b}"}
    assert cited_html(cited) == '<p>甲 &amp; 乙</p><pre tabindex="0">@misc{a&lt;b}</pre>'


def test_the_kind_of_a_file_is_said_beside_its_link() -> None:
    links = '<a href="../data/a.b.csv" download>CSV</a> <a href="../data/a.xlsx" download>XLSX</a>'
    assert f'<p class="exhibit-files">{links}</p>' in made(data=["a.b.csv", "a.xlsx"])


@pytest.mark.parametrize(
    ("given", "panels"),
    [
        ({}, []),
        ({"data": ["a.csv"]}, ["数据"]),
        ({"files": {"svg": "a.svg"}}, ["图片"]),
        ({"files": {"png": "a.png"}}, []),
        ({"reference": "文", "bibtex": "b"}, ["引用"]),
        ({"passport": [["指标", "家数"]]}, ["如何算出"]),
        ({"passport": []}, []),
    ],
    ids=["none", "data", "picture", "png-alone", "cited", "made", "no-passport"],
)
def test_an_exhibit_has_a_panel_for_each_thing_that_there_is(given: dict, panels: list) -> None:
    read = html.fromstring(made(**given))
    assert [one.text_content() for one in read.iter("summary")] == panels
    assert (read.get("role"), read.get("aria-label")) == ("group", "图 1 题")


@pytest.mark.parametrize(("kinds", "links"), [(["svg"], 1), (["svg", "png"], 2)], ids=str)
def test_a_picture_is_offered_in_the_kinds_that_there_are(kinds: list[str], links: int) -> None:
    block = made(files={kind: f"a.{kind}" for kind in kinds})
    assert block.count("<a ") == links
    for kind in kinds:
        assert f'<a href="../exhibits/a.{kind}" download>{kind.upper()}</a>' in block


@pytest.mark.parametrize("view", [None, {}], ids=["none", "empty"])
def test_data_without_a_view_are_offered_as_files_alone(view: dict | None) -> None:
    assert "<table" not in made(data=["a.csv"], view=view)


@pytest.mark.parametrize(("rows", "shown"), [(59, 59), (60, 60), (61, 60)], ids=str)
def test_a_view_shows_sixty_rows_at_most(rows: int, shown: int) -> None:
    view = {"heads": ["对象"], "numeric": [False], "rows": [[str(n)] for n in range(rows)]}
    read = html.fromstring(made(data=["a.csv"], view=view))
    found = [row.text_content() for row in read.findall(".//tbody/tr")]
    assert found == [str(n) for n in range(shown)]
    assert read.find(".//caption").text_content() == "图 1 题"


def test_what_has_no_data_of_a_release_is_one_link_to_its_csv() -> None:
    alone = tools_html({**NAMED, "files": {"csv": 'a"b.csv'}}, "../")
    link = '<a href="../exhibits/a&quot;b.csv" download>下载数据（CSV）</a>'
    assert alone == f'<p class="exhibit-data">{link}</p>\n'
