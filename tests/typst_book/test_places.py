"""Whatever a link leads to is a place of the printed book; its page is named beside."""

from __future__ import annotations

import re

import pytest

LINK = "# 题\n\n见[那里](#there)。\n\n(there)=\n"
BLOCKS = {
    "a section": "## 节\n\n文。\n",
    "a paragraph": "一段。\n",
    "a box": "```{note}\n说明。\n```\n",
    "a box with a title": "```{admonition} 题\n说明。\n```\n",
    "code": "```python\nx = 1\n```\n",
    "numbered code": "```{code-block} python\n:linenos:\n\nx = 1\n```\n",
    "a quotation": "> 引文。\n",
    "a list": "- 甲\n- 乙\n",
    "a numbered list": "1. 甲\n2. 乙\n",
    "terms": "甲\n: 乙\n",
    "a table": "| 名 |\n| --- |\n| 甲 |\n",
    "a table with a caption": "```{list-table} 题\n:header-rows: 1\n\n* - 名\n* - 甲\n```\n",
    "a formula": "$$\nx = 1\n$$\n",
    "verse": "```{line-block}\n甲\n乙\n```\n",
    "what is bound together": "```{compound}\n甲。\n\n乙。\n```\n",
    "a container": ":::{container} own\n甲。\n:::\n",
    "a rubric": "```{rubric} 题\n```\n",
    "fields": ":甲: 乙\n",
    "a topic": "```{topic} 题\n甲。\n```\n",
}


@pytest.mark.parametrize("block", BLOCKS.values(), ids=BLOCKS)
def test_a_link_leads_to_each_kind_of_block(build, block: str) -> None:
    config = {"myst_enable_extensions": ["colon_fence", "dollarmath", "deflist", "fieldlist"]}
    source = printed(build({"index": LINK + block}, **config))
    assert 'reference("index#there"' in source
    assert source.count('"index#there"') >= 2


def test_a_link_leads_to_the_page_itself(build) -> None:
    source = printed(build({"index": "(there)=\n# 题\n\n见[那里](#there)。\n"}))
    assert source.count('"index#there"') == 2


OPTIONS = "```{eval-rst}\n.. _there:\n\n-a  甲\n-b  乙\n```\n"


def test_a_link_leads_to_a_list_of_options(build) -> None:
    source = printed(build({"index": "# 题\n\n见[那里](#there)。\n\n" + OPTIONS}))
    assert source.count('"index#there"') == 2


def printed(output) -> str:
    return (output / "source/pages/001.typ").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("见[那里](#there)。", '"brackets"'),
        ("（见[那里](#there)）。", '"comma"'),
        ("（甲）见[那里](#there)。", '"brackets"'),
        ("(see [那里](#there)).", '"comma"'),
        ("## [那里](#there)", None),
        ("- 见[那里](#there)。", '"brackets"'),
        ("（见**[那里](#there)**）。", '"comma"'),
        ("（甲\n\n见[那里](#there)。", '"brackets"'),  # a paragraph opens brackets for itself
    ],
)
def test_the_page_of_a_link_stands_in_brackets_or_after_a_comma_within_them(
    build, text: str, where: str | None
) -> None:
    source = printed(build({"index": f"# 题\n\n{text}\n\n(there)=\n\n一段。\n"}))
    call = source[source.index("#reference(") :].partition("[")[0]
    assert call == f'#reference("index#there"{f", where: {where}" if where else ""})'


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("见“[那里](#there)”一节。", "brackets"),
        ("（见“[那里](#there)”一节）。", "comma"),
        ("见“[那里](#there)。”", False),
        ("见[那里](#there)”。", False),
        ("[那里](#there)", False),
        ("见“[那里](#there)", False),
        ("**甲**[那里](#there)”一节。", False),
        ("见“[那里](#there)**乙**", False),
    ],
)
def test_the_page_of_a_quoted_link_comes_behind_the_quotation_marks(build, text, quoted) -> None:
    source = printed(build({"index": f"# 题\n\n{text}\n\n(there)=\n\n一段。\n"}))
    after = source.partition("#reference(")[2]
    assert after.partition("[")[0].count("where:") == (not quoted)
    assert ("#page-of(" in source) is bool(quoted)
    if quoted:
        assert after.index("”") < after.index(f'#page-of("index#there", where: "{quoted}")')


def test_fields_are_printed_with_their_names(build) -> None:
    page = "# 题\n\n文。\n\n:甲: 一\n:乙: 二\n"
    source = printed(build({"index": page}, myst_enable_extensions=["fieldlist"]))
    plain = re.sub(r"/\*.*?\*/|\s|#|\"", "", source)
    assert "field([甲])[一]" in plain
    assert "field([乙])[二]" in plain


def test_a_break_in_the_thought_is_printed(build) -> None:
    source = printed(build({"index": "# 题\n\n前。\n\n---\n\n后。\n"}))
    assert source.index("前") < source.index("#asterism()") < source.index("后")


def test_a_figure_is_printed_with_what_is_said_below_its_caption(build) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    figure = "```{figure} p.svg\n:alt: 图\n\n题名\n\n图下的话。\n```\n"
    source = printed(build({"index": f"# 题\n\n{figure}"}, {"p.svg": svg}))
    call = source[source.index("#exhibit-figure(") :]
    assert call.index("caption: [") < call.index("题名") < call.index("legend: [")
    assert "图下的话。" in call[call.index("legend: [") :]
