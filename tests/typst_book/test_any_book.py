"""The builder knows nothing of this report: what a project wants to see, it configures."""

import re
from pathlib import Path

import grimp
import pypdf
import pytest

from typst_book.errors import TypstBookError

HAN = re.compile("[一-鿿]")
THEME = Path(__file__).parents[2] / "src" / "typst_book" / "template" / "theme.typ"


def words(output: Path) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(output / "report.pdf").pages)


def test_a_book_in_english_gets_no_chinese_word(build):
    pages = {
        "index": "# Book\n\n```{toctree}\n:caption: First part\n\none\ntwo\n```\n",
        "one": "# One\n\n## A\n\nSee {doc}`two`.\n\n## B\n\n> Said.\n>\n> -- Someone\n",
        "two": "# Two\n\nEnd.\n",
    }
    text = words(build(pages, language="en", project="Book", author="Somebody"))
    assert not HAN.search(text)
    assert "Contents" in text and re.search(r"Part 1\s+First part", text)
    assert re.search(r"^1\. A$", text, re.M)


def test_sphinx_counts_figures_and_tables_where_the_project_lets_it(build):
    page = (
        "# Book\n\n```{figure} p.svg\n:name: one\n:alt: Nothing\n\nA picture\n```\n\n"
        "```{list-table} Numbers\n:name: two\n\n* - 1\n  - 2\n```\n\n"
        "See {numref}`one` and {numref}`two`.\n"
    )
    picture = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'
    text = words(build({"index": page}, {"p.svg": picture}, language="en", numfig=True))
    assert re.search(r"Fig\. 1\s+A picture", text) and re.search(r"Table 1\s+Numbers", text)
    assert "See Fig. 1 and Table 1." in text


def test_a_book_without_an_imprint_has_no_page_for_it(build):
    with_page = build({"index": "# 题\n\n文。\n"}, typst_imprint=[["版次", "第二版"]])
    assert "第二版" in words(with_page)
    without = words(build({"index": "# 题\n\n文。\n"}))
    assert "版本说明" not in without


def test_cover_and_its_mark_say_what_the_configuration_says(build):
    text = words(
        build({"index": "# 题\n\n文。\n"}, typst_cover=[["版次", "试印"]], typst_cover_mark="草稿")
    )
    assert "试印" in text and "草 稿" in text


def test_a_footnote_that_two_sentences_refer_to_stands_once_and_is_marked_twice(build):
    page = "# 题\n\n甲[^one]。乙[^two]。丙[^one]。\n\n[^one]: 注一。\n[^two]: 注二。\n"
    output = build({"index": page})
    text = words(output)
    assert re.sub(r"\s", "", text.partition("甲")[2]).startswith("①。乙②。丙①。")
    assert (text.count("注一"), text.count("注二")) == (1, 1)
    (leaf,) = (p for p in pypdf.PdfReader(output / "report.pdf").pages if "丙" in p.extract_text())
    marks = [one.get_object() for one in leaf["/Annots"]]
    assert len(marks) >= 3, "each mark leads to its note"


def test_words_of_the_book_can_be_replaced(build):
    assert "目　次" in words(build({"index": "# 题\n\n文。\n"}, typst_words={"contents": "目　次"}))


def test_a_word_that_the_book_does_not_use_is_refused(build):
    with pytest.raises(TypstBookError, match="content"):
        build({"index": "# 题\n\n文。\n"}, typst_words={"content": "目次"})


def test_a_row_of_the_cover_that_is_no_pair_is_refused(build):
    with pytest.raises(TypstBookError, match="typst_cover: each row is a pair"):
        build({"index": "# 题\n\n文。\n"}, typst_cover=["版次"])


def test_tables_follow_the_text_width_of_a_theme_of_the_projects_own(build):
    table = "# 题\n\n| 项 | 说明 |\n| --- | --- |\n| 一 | " + "说" * 100 + " |\n"
    theme = THEME.read_text("utf-8").replace("42 * body-size", "30 * body-size")
    output = build({"index": table}, {"own/theme.typ": theme}, typst_template="own")
    assert "width: 315.00pt" in (output / "source" / "pages" / "001.typ").read_text("utf-8")


def test_modules_of_the_builder_do_not_import_in_circles():
    graph = grimp.build_graph("typst_book")
    circles = [
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if importer in graph.find_upstream_modules(imported)
    ]
    assert len(graph.modules) > 15 and circles == []


def test_the_index_is_in_the_order_of_pinyin_after_latin(build):
    marks = "".join(f"```{{index}} single: {word}\n```\n\n" for word in ("中台", "智能", "北斗"))
    marks += "".join(f"```{{index}} single: {word}\n```\n\n" for word in ("安全", "ERP"))
    text = words(build({"index": f"# 题\n\n{marks}文。\n"}))
    listed = text[text.rindex("索引") :]
    found = re.findall("ERP|安全|北斗|智能|中台", listed)
    assert found == ["ERP", "安全", "北斗", "智能", "中台"]


def test_bookmarks_are_as_deep_as_the_pages_lie(build):
    pages = {
        "index": "# 书\n\n```{toctree}\n:caption: 上篇\n\none\n```\n",
        "one": "# 一\n\n## 一之节\n\n```{toctree}\n\nnested\n```\n",
        "nested": "# 内\n\n文。\n\n## 内之节\n\n文。\n\n```{toctree}\n\ninner\n```\n",
        "inner": "# 更内\n\n文。\n",
    }
    outline = pypdf.PdfReader(build(pages) / "report.pdf").outline

    def depths(entries: list, depth: int = 0) -> dict[str, int]:
        found: dict[str, int] = {}
        for entry in entries:
            if isinstance(entry, list):
                found |= depths(entry, depth + 1)
            else:
                found[entry.title.split()[-1].strip("　")] = depth
        return found

    made = {name.split("　")[-1]: depth for name, depth in depths(outline).items()}
    part, chapter = made["上篇"], made["一"]
    assert chapter == part + 1
    assert made["内"] == made["更内"] == chapter + 1
    assert made["内之节"] == made["内"] + 1
