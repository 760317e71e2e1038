"""What an edition's settings say is text wherever it stands, never markup."""

from __future__ import annotations

import shutil
from pathlib import Path

import lxml.html
import pytest

from smdi.edition import read_edition
from smdi.files import json_bytes, write_bytes
from smdi.publishing.assembly import _config, edition_numbers
from smdi.publishing.jupyter_book import build
from smdi.publishing.styles import FAVICON, favicon
from smdi.report.palette import read_palette

TITLE = "甲<b>乙</b> {丙} {{ 丁 }} & \"戊\" '己'"
PUBLISHER = "<img src=x onerror=alert(1)> {% 庚 %}"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages of an edition with markup in its title and its publisher's name."""
    folder = tmp_path_factory.mktemp("book")
    given = {"title": TITLE, "publisher": PUBLISHER}
    edition = read_edition("2021").model_copy(update=given)
    source = folder / "source"
    shutil.copytree("book/_templates", source / "_templates")
    write_bytes(source / "_config.yml", _config(edition))
    write_bytes(source / "_toc.yml", b"format: jb-book\nroot: index\nchapters:\n- file: other\n")
    write_bytes(source / "numbers/edition.json", json_bytes(edition_numbers(edition, True)))
    write_bytes(source / "references.bib", b"")
    write_bytes(source / "extra/empty.txt", b"")
    write_bytes(source / FAVICON, favicon(read_palette().colours).encode())
    write_bytes(source / "index.md", b"# {num}`edition.title`\n\n{num}`edition.publisher`\n")
    write_bytes(source / "other.md", "# 另一页 &lt;b>\n\n正文\n".encode())
    return build(source, folder / "work", "html", folder / "log", code=[])


@pytest.mark.parametrize("page", ["index.html", "other.html", "genindex.html", "search.html"])
def test_no_setting_becomes_markup(site: Path, page: str) -> None:
    parsed = lxml.html.fromstring((site / page).read_bytes())
    assert parsed.xpath("//b | //img | //*[@onerror]") == []


def test_the_settings_read_as_they_were_written(site: Path) -> None:
    parsed = lxml.html.fromstring((site / "other.html").read_bytes())
    assert parsed.xpath("//title")[0].text == f"另一页 <b> — {TITLE}"
    assert parsed.xpath("string(//p[contains(@class, 'logo__title')])") == TITLE
    assert PUBLISHER in parsed.xpath("string(//p[@class='component-author'])")
