"""HTML that is a table is read as one; HTML that is anything else is not taken for one."""

from __future__ import annotations

import pytest
from docutils import nodes

from typst_book.html import table_node, what_cannot_be_printed

Cells = list[list[str]]


def read(table: nodes.table, part: type[nodes.Element]) -> Cells:
    return [
        [entry.astext() for entry in row.findall(nodes.entry)]
        for section in table.findall(part)
        for row in section.findall(nodes.row)
    ]


def parts(html: str) -> tuple[Cells, Cells]:
    table = table_node(html)
    assert table is not None
    return read(table, nodes.thead), read(table, nodes.tbody)


@pytest.mark.parametrize(
    ("html", "head", "body"),
    [
        ("<table><tr><td>甲</td><td>1</td></tr></table>", [], [["甲", "1"]]),
        (
            "<table><thead><tr><th>名</th></tr></thead><tbody><tr><td>甲</td></tr></tbody></table>",
            [["名"]],
            [["甲"]],
        ),
        # Without a thead, rows of heads alone at the top are the head.
        (
            "<table><tr><th>名</th></tr><tr><th>数</th></tr><tr><td>1</td></tr></table>",
            [["名"], ["数"]],
            [["1"]],
        ),
        # With one, a row of heads below is none of it.
        (
            "<table><thead><tr><th>名</th></tr></thead><tr><th>甲</th></tr></table>",
            [["名"]],
            [["甲"]],
        ),
        # A head that stands in a row of values is a value.
        ("<table><tr><th>甲</th><td>1</td></tr></table>", [], [["甲", "1"]]),
        (
            "<table><tr><td>1</td></tr><tr><th>合计</th></tr></table>",
            [],
            [["1"], ["合计"]],
        ),
        ("<table><tr><td>甲<br>乙</td></tr></table>", [], [["甲\n乙"]]),
        ("<div><table><tr><td><span>甲</span></td></tr></table></div>", [], [["甲"]]),
        ("<table><tr><td>甲</td></tr></table><p>1 rows × 1 columns</p>", [], [["甲"]]),
        ("<style>td {x: 1}</style><table><tr><td>甲</td></tr></table>", [], [["甲"]]),
        ("<table><tr><td>a &lt;b&gt; &amp; c</td></tr></table>", [], [["a <b> & c"]]),
    ],
)
def test_a_table_is_read_with_its_head(html: str, head: Cells, body: Cells) -> None:
    assert parts(html) == (head, body)


@pytest.mark.parametrize(
    "html",
    [
        "",
        "文",
        "<p>文</p>",
        "<table></table>",
        "<table><tr><td>1</td></tr></table><table><tr><td>2</td></tr></table>",
        "<table><tr><td>1</td></tr></table>后文",
        "前文<table><tr><td>1</td></tr></table>",
        "<table><tr><td><img src='a.png'></td></tr></table>",
        "<table><tr><td>1</td></tr></table><ul><li>一</li></ul>",
    ],
)
def test_what_is_not_one_table_alone_is_none(html: str) -> None:
    assert table_node(html) is None


def test_cells_span_columns_and_rows() -> None:
    table = table_node(
        '<table><tr><td colspan="2">甲</td><td rowspan="3">乙</td></tr>'
        '<tr><td colspan="1" rowspan="">1</td><td>2</td></tr></table>'
    )
    assert table is not None
    entries = list(table.findall(nodes.entry))
    assert [(e.get("morecols"), e.get("morerows")) for e in entries] == [
        (1, None), (None, 2), (None, None), (None, None)
    ]  # fmt: skip
    assert len(list(table.findall(nodes.colspec))) == 3
    (group,) = table.findall(nodes.tgroup)
    assert group["cols"] == 3


def test_a_caption_is_the_title() -> None:
    table = table_node("<table><caption> 题 </caption><tr><td>甲</td></tr></table>")
    assert table is not None
    assert [title.astext() for title in table.findall(nodes.title)] == ["题"]
    bare = table_node("<table><caption> </caption><tr><td>甲</td></tr></table>")
    assert bare is not None
    assert list(bare.findall(nodes.title)) == []


@pytest.mark.parametrize(
    "html",
    [
        "", "  ", "<!-- 注 -->", "<br>", "<BR />", "<sub>", "</Sup>", "<mark>", "<b >",
        '<input class="x" type="checkbox" checked>', '<img src="a.png" alt="图">',
        "<table><tr><td>1</td></tr></table>", "<!-- a --><br>",
    ],
)  # fmt: skip
def test_html_that_print_knows_is_let_pass(html: str) -> None:
    assert what_cannot_be_printed(html) == ""


@pytest.mark.parametrize(
    ("html", "told"),
    [
        ("<div class='x'>", "<div>"),
        ("<video src='a'>", "<video>"),
        ("</div>", "</div>"),
        ('<input type="text">', "<input>"),
        ("<b class='x'>", "<b>"),
        ("<!-- a --><iframe>", "<iframe>"),
        ("文" * 30, "文" * 20),
    ],
)
def test_other_html_is_told_by_its_first_tag(html: str, told: str) -> None:
    assert what_cannot_be_printed(html) == told
