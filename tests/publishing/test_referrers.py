"""A site built again after others changed what a page shows of them is that of a first build."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from tests.publishing.tiny_book import CONF

MORE = """
extensions.append("sphinxcontrib.bibtex")
bibtex_bibfiles = ["works.bib"]
bibtex_default_style = "plain"
myst_enable_extensions = ["dollarmath"]
html_sidebars = {"**": ["globaltoc.html"]}
html_theme_options = {"globaltoc_collapse": False}
"""
WORKS = "".join(f"@misc{{{name}, title = {{{name}}}, year = 2021}}\n" for name in ("one", "two"))
# The changed page has one before and one behind it, which name it, and `refers` in its text.
LISTED = ("first", "before", "changed", "behind", "refers", "deep/far")
PAGES = {
    "index": "\n".join(["# 报告\n\n```{toctree}\n:titlesonly:", *LISTED, "```\n"]),
    "first": "# 一\n\n中小微企业。\n",
    "before": "# 前\n\n文。\n",
    "changed": "# 中小微企业\n\n(low)=\n## 水平\n\n文。\n\n## 行业\n\n文。\n",
    "behind": "# 后\n\n文。\n",
    "refers": "# 引\n\n见 {ref}`low`。\n",
    "deep/far": "# 远\n\n文。\n",
}
NEIGHBOURS = {"index", "before", "behind", "refers"}
ALL = {*PAGES}
CHANGES = {
    "the title": (("# 中小微企业\n", "# 中小企业 2\n"), NEIGHBOURS),
    "the heading of a section": (("## 水平", "## 总体水平"), NEIGHBOURS),
    "a new section": (("## 行业", "## 地区\n\n文。\n\n## 行业"), NEIGHBOURS),
    "a title with a sign": (("# 中小微企业\n", "# 中小 & 微\n"), ALL),
    "a title with an address": (("# 中小微企业\n", "# a@b\n"), ALL),
    "a title with emphasis": (("# 中小微企业\n", "# 中小*微*企业\n"), ALL),
    "two titles": (("## 行业", "# 行业"), ALL),
    "a title with a wide space": (("# 中小微企业\n", "# 中小\u00a0微\n"), ALL),
    # The page that lists others is written with each of them.
    "the text alone": (("文。\n\n## 行业", "他。\n\n## 行业"), {"index"}),
}


def built(
    folder: Path, page: str, made: Path, others: Mapping[str, str] = {}
) -> tuple[dict[str, bytes], set[str]]:
    """Build the book with a page; give the site's pages, and which of them were written."""
    source, written = folder / "source", set()
    for name, text in {**PAGES, **others, "changed": page}.items():
        path = source / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    (source / "extra").mkdir(exist_ok=True)
    (source / "conf.py").write_text(CONF + MORE)
    (source / "works.bib").write_text(WORKS)
    with docutils_namespace():
        app = Sphinx(source, source, made / "html", made / "trees", "html", warningiserror=True)
        app.connect("html-page-context", lambda *given: written.add(given[1]))
        app.build()
    assert app.statuscode == 0
    pages = (made / "html").rglob("*.html")
    return {path.name: path.read_bytes() for path in pages}, written & ALL


@pytest.mark.parametrize("change", CHANGES)
def test_pages_that_name_the_heading_are_written_again_and_of_others_the_menu(
    tmp_path: Path, change: str
) -> None:
    (old, new), expected = CHANGES[change]
    before = PAGES["changed"]
    after = before.replace(old, new)
    assert after != before
    first, _ = built(tmp_path, before, tmp_path / "again")
    again, written = built(tmp_path, after, tmp_path / "again")
    clean, _ = built(tmp_path, after, tmp_path / "clean")
    assert again == clean
    assert again != first
    assert written == {"changed", *expected}


# What a page has, and has then, that `refers` names; another page may have it then.
TARGETS = {
    "a section of another name": ("(x)=\n## 甲\n", "(x)=\n## 乙\n", "{ref}`x`"),
    "a label at another section": ("(x)=\n## 甲\n\n## 乙\n", "## 甲\n\n(x)=\n## 乙\n", "{ref}`x`"),
    "the title of a table": (
        "```{table} 甲\n:name: x\n\n|a|\n|-|\n|1|\n```\n",
        "```{table} 乙\n:name: x\n\n|a|\n|-|\n|1|\n```\n",
        "{ref}`x`",
    ),
    "the number of an equation": ("$$\nx\n$$ (x)\n", "$$\ny\n$$ (y)\n\n$$\nx\n$$ (x)\n", "{eq}`x`"),
    "the place of a term": (
        "```{glossary}\n甲\n  文\n```\n",
        "```{glossary}\n乙\n  文\n\n甲\n  文\n```\n",
        "{term}`甲`",
    ),
}


@pytest.mark.parametrize("target", TARGETS)
def test_a_reference_follows_what_it_leads_to(tmp_path: Path, target: str) -> None:
    before, after, reference = TARGETS[target]
    referring = {"refers": f"# 引\n\n见 {reference}。\n"}
    page = f"# 页\n\n{before}"
    built(tmp_path, page, tmp_path / "again", referring)
    again, written = built(tmp_path, page.replace(before, after), tmp_path / "again", referring)
    clean, _ = built(tmp_path, page.replace(before, after), tmp_path / "clean", referring)
    assert again == clean
    assert "refers" in written and "first" not in written


def test_a_reference_follows_a_paragraph_to_another_page(tmp_path: Path) -> None:
    target = "(x)=\n文。\n"
    referring = {"refers": "# 引\n\n见 {ref}`这段 <x>`。\n"}
    moved = {**referring, "first": f"# 一\n\n{target}"}
    built(tmp_path, f"# 页\n\n{target}", tmp_path / "again", referring)
    again, _ = built(tmp_path, "# 页\n\n文。\n", tmp_path / "again", moved)
    assert again == built(tmp_path, "# 页\n\n文。\n", tmp_path / "clean", moved)[0]
    assert b'href="first.html#x"' in again["refers.html"]


def test_all_menus_follow_the_list_of_pages(tmp_path: Path) -> None:
    below = {"first": "# 一\n\n```{toctree}\nbelow\n```\n", "below": "# 下\n\n文。\n"}
    named = {**below, "first": below["first"].replace("\nbelow\n", "\n别名 <below>\n")}
    built(tmp_path, PAGES["changed"], tmp_path / "again", below)
    again, _ = built(tmp_path, PAGES["changed"], tmp_path / "again", named)
    assert again == built(tmp_path, PAGES["changed"], tmp_path / "clean", named)[0]
    assert "别名".encode() in again["far.html"]


def test_a_list_of_works_and_their_numbers_follow_what_is_cited(tmp_path: Path) -> None:
    works = {"first": "# 一\n\n```{bibliography}\n```\n", "deep/far": "# 远\n\n见 {cite}`two`。\n"}
    citing = PAGES["changed"].replace("文。\n\n## 行业", "见 {cite}`one`。\n\n## 行业")
    before, _ = built(tmp_path, PAGES["changed"], tmp_path / "again", works)
    again, _ = built(tmp_path, citing, tmp_path / "again", works)
    assert again == built(tmp_path, citing, tmp_path / "clean", works)[0]
    assert again["far.html"] != before["far.html"]


def test_a_name_in_the_list_of_pages_stays(tmp_path: Path) -> None:
    named = {"index": PAGES["index"].replace("\nchanged\n", "\n中小微企业 <changed>\n")}
    after = PAGES["changed"].replace("# 中小微企业", "# 中小企业")
    built(tmp_path, PAGES["changed"], tmp_path / "again", named)
    again, _ = built(tmp_path, after, tmp_path / "again", named)
    assert again == built(tmp_path, after, tmp_path / "clean", named)[0]
    assert "中小微企业".encode() in again["far.html"]


def test_a_link_of_the_author_s_own_with_the_same_words_stays(tmp_path: Path) -> None:
    link = '<p><a class="reference internal" href="changed.html">中小微企业</a></p>'
    # No menu holds the page.
    listed = {"index": PAGES["index"].replace("\nchanged\n", "\n")}
    others = {**listed, "first": f"# 一\n\n{link}\n"}
    page = f"---\norphan: true\n---\n{PAGES['changed']}"
    after = page.replace("# 中小微企业", "# 中小企业")
    built(tmp_path, page, tmp_path / "again", others)
    again, _ = built(tmp_path, after, tmp_path / "again", others)
    assert again == built(tmp_path, after, tmp_path / "clean", others)[0]
    assert link.encode() in again["first.html"]


def test_no_letter_of_a_page_whose_menu_is_mended_is_another(tmp_path: Path) -> None:
    others = {"deep/far": "# 远\n\n字&#13;字\n"}
    after = PAGES["changed"].replace("# 中小微企业\n", "# 中小企业\n")
    built(tmp_path, PAGES["changed"], tmp_path / "again", others)
    again, written = built(tmp_path, after, tmp_path / "again", others)
    assert again == built(tmp_path, after, tmp_path / "clean", others)[0]
    assert "deep/far" not in written and b"\r" in again["far.html"]


def test_a_title_that_is_no_plain_text_any_more_is_replaced_by_writing_all(tmp_path: Path) -> None:
    marked = PAGES["changed"].replace("# 中小微企业\n", "# 中小*微*企业\n")
    built(tmp_path, marked, tmp_path / "again")
    again, written = built(tmp_path, PAGES["changed"], tmp_path / "again")
    assert again == built(tmp_path, PAGES["changed"], tmp_path / "clean")[0]
    assert written == ALL


def test_a_page_that_is_gone_is_written(tmp_path: Path) -> None:
    built(tmp_path, PAGES["changed"], tmp_path / "again")
    (tmp_path / "again/html/first.html").unlink()
    after = PAGES["changed"].replace("# 中小微企业\n", "# 中小企业\n")
    again, written = built(tmp_path, after, tmp_path / "again")
    assert again == built(tmp_path, after, tmp_path / "clean")[0]
    assert "first" in written
