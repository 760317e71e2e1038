"""A site built again after a heading changed is the site that a first build makes."""

from __future__ import annotations

from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from tests.publishing.tiny_book import CONF

MENU = 'html_sidebars = {"**": ["globaltoc.html"]}\nmyst_enable_extensions = ["attrs_block"]\n'
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
    "a title with a wide space": (("# 中小微企业\n", "# 中小\u00a0微\n"), ALL),
    # The page that lists others is written with each of them.
    "the text alone": (("文。\n\n## 行业", "他。\n\n## 行业"), {"index"}),
}


def built(folder: Path, page: str, made: Path) -> tuple[dict[str, bytes], set[str]]:
    """Build the book with a page; give the site's pages, and which of them were written."""
    source, written = folder / "source", set()
    for name, text in {**PAGES, "changed": page}.items():
        path = source / f"{name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file() or path.read_text("utf-8") != text:
            path.write_text(text, "utf-8")
    (source / "extra").mkdir(exist_ok=True)
    (source / "conf.py").write_text(CONF + MENU)
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
