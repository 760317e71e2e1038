"""Which title a page bears in print, which box has one, and where a table begins to run on."""

from __future__ import annotations

import re

import pytest

from typst_book.measures import Measures
from typst_book.tables import Cell, Grid, layout

PAGES = {
    "index": "# 书名\n\n文。\n\n```{toctree}\none\n```\n",
    "one": "# 第一题\n\n文。\n",
}


def sources(output) -> dict[str, str]:
    folder = output / "source/pages"
    return {path.name: path.read_text("utf-8") for path in sorted(folder.glob("*.typ"))}


@pytest.mark.parametrize(
    ("settings", "title"),
    [({"typst_root_title": "摘要"}, "摘要"), ({}, "书名")],
    ids=["own", "none"],
)
def test_the_root_page_alone_bears_a_title_of_its_own_in_print(build, settings, title) -> None:
    book = (build(PAGES, **settings) / "source/book.typ").read_text("utf-8")
    titles = re.findall(r"#chapter\(title: \[(.*?)\], label: \"(\w+)#\"", book)
    assert titles == [(f'#"{title}"', "index"), ('#"第一章　"#"第一题"', "one")]


BOXES = (
    "# 题\n\n文。\n\n"
    ":::{sidebar}\n无题的*边*栏。\n\n第二段。\n:::\n\n"
    ":::{sidebar} 边题\n有题的边栏。\n:::\n\n"
    ":::{admonition} 一题\n:class: tip\n有题的一框。\n:::\n"
)


def test_a_box_has_the_title_that_it_is_given_and_its_first_paragraph_is_none(build) -> None:
    (text,) = sources(build({"index": BOXES})).values()
    boxes = {
        kind: [(part.partition("]")[0], part.partition("]")[2]) for part in found[1:]]
        for kind in ("sidebar", "tip")
        if (found := text.split(f'#admonition("{kind}", ['))
    }
    (bare, told), (titled, after) = boxes["sidebar"]
    assert bare == ""
    assert "无题的" in told and "第二段" in told
    assert titled == '#"边题"'
    assert "有题的边栏" in after
    ((title, inside),) = boxes["tip"]
    assert title == '#"一题"'
    assert "有题的一框" in inside


# A row is ten points high and eleven twentieths of a page are 550 points, to the last bit.
PLAIN = Measures(441.0, 1000.0, 10.0, 8.0, 9.5, 1.0, 0.0, 1.0)


@pytest.mark.parametrize(("rows", "long"), [(54, False), (55, False), (56, True)])
def test_a_table_of_just_eleven_twentieths_of_a_page_is_kept_whole(rows: int, long: bool) -> None:
    body = [[Cell("1", "1"), Cell("无锡", "无锡")] for _ in range(rows - 1)]
    assert layout(Grid(2, [[Cell("位", "位"), Cell("市", "市")]], body), PLAIN).long is long
