"""The index of the search is that of its pages, however they came to be as they are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from smdi.publishing.sphinx_ext.search import take_over

CONF = """
extensions = ["own"]
language = "zh_CN"
html_theme = "basic"
"""
# The search alone, without the rest of the project's extension.
OWN = "from smdi.publishing.sphinx_ext.search import register as setup\n"
PAGES = {
    "index": "首页\n====\n\n.. toctree::\n\n   terms\n   other\n",
    "terms": "术语\n====\n\n.. glossary::\n\n   成熟度 (maturity)\n      等级。\n",
    "other": "其他\n====\n\n正文一段。\n",
}
Build = Callable[..., str]


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Build pages in a folder, and return the index of their search as text."""
    (tmp_path / "own.py").write_text(OWN, "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))

    def build(folder: str, **changed: str) -> str:
        source, made = tmp_path / folder, tmp_path / f"{folder}-made"
        source.mkdir(exist_ok=True)
        (source / "conf.py").write_text(CONF, "utf-8")
        for name, text in {**PAGES, **changed}.items():
            path = source / f"{name}.rst"
            if not path.is_file() or path.read_text("utf-8") != text:
                path.write_text(text, "utf-8")
        with docutils_namespace():
            app = Sphinx(source, source, made, made / "doctrees", "html", status=None)
            app.build()
        return (made / "search-index.js").read_text("utf-8")

    return build


def test_a_page_changed_and_changed_back_leaves_the_index_of_a_first_build(index: Build) -> None:
    index("edited", other=PAGES["other"].replace("一段", "两行"))
    assert index("edited") == index("fresh")


def test_pages_that_did_not_change_stay_in_the_index(index: Build) -> None:
    index("edited")
    text = index("edited", other="其他\n====\n\n正文两行。\n")
    found = json.loads(text.removeprefix("window.searchIndex=").removesuffix(";\n"))
    titles = {title for _, _, title, _ in found["places"]}
    assert {"术语", "成熟度 (maturity)", "其他"} <= titles
    assert any("正文两行" in text for *_, text in found["places"])


def test_of_a_profile_and_of_a_list_of_them_the_beginning_alone_is_found(index: Build) -> None:
    long = "江苏省\n======\n\n开头。\n\n后来\n----\n\n别处也有。\n"
    listed = {"index": "首页\n====\n\n.. toctree::\n   :glob:\n\n   *\n"}
    names = {"province-320000": long, "provinces": long.replace("江苏省", "各省市"), "plain": long}
    text = index("profiles", **PAGES | listed | names)
    found = json.loads(text.removeprefix("window.searchIndex=").removesuffix(";\n"))
    files = [file for file, _ in found["pages"]]
    heads = {
        name: [head for at, _, head, _ in found["places"] if files[at] == f"{name}.html"]
        for name in names
    }
    assert heads == {
        "province-320000": ["江苏省"],
        "provinces": ["各省市"],
        "plain": ["江苏省", "后来"],
    }


def test_a_number_in_a_heading_keeps_its_mark_in_the_title_of_a_hit(index: Build) -> None:
    title = "提高 8 个百分点\\ :sup:`推`"
    text = index("marked", other=f"其他\n====\n\n{title}\n{'-' * 40}\n\n正文。\n")
    found = json.loads(text.removeprefix("window.searchIndex=").removesuffix(";\n"))
    assert "提高 8 个百分点（推）" in {title for _, _, title, _ in found["places"]}


def test_markup_marks_and_remarks_are_no_words_of_a_page_and_what_a_picture_says_is(
    index: Build,
) -> None:
    text = (
        "其他\n====\n\n共 8 家\\ :sup:`推` 企业。\n\n"
        ".. raw:: html\n\n   <hr>\n\n.. 编者按\n\n"
        ".. |略| replace:: 略语\n\n* 一\n\n.. container:: own\n\n"
        "   .. 待补\n\n   .. |缩| replace:: 缩写\n\n"
        "   .. raw:: html\n\n      <script>x</script>\n\n   三\n\n"
        ".. image:: https://example.org/a.svg\n   :alt: 图中之意\n"
    )
    made = index("words", other=text)
    found = json.loads(made.removeprefix("window.searchIndex=").removesuffix(";\n"))
    (said,) = [text for *_, title, text in found["places"] if title == "其他"]
    assert said.split() == ["共", "8", "家", "企业。", "一", "三", "图中之意"]


def test_what_another_process_has_read_is_taken_over_for_the_pages_it_read() -> None:
    read = {"a": [("x", "甲", "一")], "b": [("y", "乙", "二")]}
    own, other = SimpleNamespace(places_by_page={"c": []}), SimpleNamespace(places_by_page=read)
    take_over(None, own, {"b"}, other)
    assert own.places_by_page == {"c": [], "b": [("y", "乙", "二")]}
