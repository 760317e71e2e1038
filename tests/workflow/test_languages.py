"""An edition in another language takes notebooks and pages from folders of that language."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.errors import InputErrors
from smdi.workflow import chapters

TOC = "format: jb-book\nroot: index\nchapters:\n- file: levels\n"


@pytest.fixture
def book(tmp_path, monkeypatch):
    """Make a project of one page and one notebook in Chinese and in English."""
    monkeypatch.chdir(tmp_path)
    for name in ("data/editions/2021.yaml", "data/language/zh.yaml", "data/language/en.yaml"):
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    Path("_toc.yml").write_text(TOC, "utf-8")
    for folder in ("book", "book/en", "book/_static", "notebooks", "notebooks/en"):
        Path(folder).mkdir()
    for name in ("book/index.md", "book/en/index.md", "book/_static/style.css"):
        Path(name).write_text(name, "utf-8")
    for name in ("notebooks/levels.md", "notebooks/en/levels.md"):
        Path(name).write_text(name, "utf-8")
    return tmp_path


@pytest.mark.parametrize(("language", "folder"), [("zh", "notebooks"), ("en", "notebooks/en")])
def test_a_chapter_is_the_notebook_of_its_language(book, language, folder) -> None:
    (chapter,) = chapters.chapters(language=language)
    assert chapter.notebook == Path(folder, "levels.md")


@pytest.mark.parametrize(
    ("language", "page"), [("zh", "book/index.md"), ("en", "book/en/index.md")]
)
def test_a_book_has_the_pages_of_its_language_and_the_shared_styles(book, language, page) -> None:
    found = {name: str(path) for name, path in chapters.page_files(language).items()}
    assert found == {"index.md": page, "_static/style.css": "book/_static/style.css"}


def test_a_page_without_its_translation_is_named_with_the_place_it_belongs_to(book) -> None:
    Path("book/en/index.md").unlink()
    with pytest.raises(InputErrors, match=r"index.*book/en.*notebooks/en"):
        chapters.chapters(language="en")
    assert chapters.chapters()
