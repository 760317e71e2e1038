"""Many pages of one notebook share its compiled templates, and call their exhibits otherwise."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from smdi.report.text.language import read_language
from smdi.report.text.notebook_text import read_text
from smdi.report.text.prose import Prose, compile_ahead, parts_in
from smdi.report.text.templates import compiled, expression

TEXT = """# 标题

{% omit low > 50 %}从略。{% endomit %}共{{ many }}家，见 {ref}`fig-p1`。

:::{exhibit} fig-p1
{{ many }}家的构成

图 fig-p1 的附注
:::
"""


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    (tmp_path / "page.md").write_text(f"{TEXT}\n<!-- {tmp_path} -->\n", "utf-8")
    return tmp_path / "page.md"


def prose(notebook: Path, renamed=str) -> Prose:
    register = SimpleNamespace(name="page", text=str)
    parts = parts_in(notebook.parent)
    return Prose(read_text(notebook), register, read_language("zh"), parts, renamed)


def test_what_was_compiled_ahead_is_not_compiled_again_where_all_sections_stand(notebook) -> None:
    compile_ahead(read_text(notebook))
    before = [kept.cache_info().misses for kept in (compiled, expression)]
    (cell,) = prose(notebook).cells({"low": 40, "many": 3})
    assert "共3家" in cell
    assert [kept.cache_info().misses for kept in (compiled, expression)] == before


def test_cells_captions_and_notes_have_the_names_of_the_book(notebook) -> None:
    made = prose(notebook, lambda text: text.replace("fig-p1", "fig-3201"))
    (cell,) = made.cells({"low": 40, "many": 3})
    assert "{ref}`fig-3201`" in cell
    assert ":::{exhibit} fig-3201\n" in cell
    assert "p1" not in cell
    caption = made.text.captions["fig-p1"]
    assert made.plain(caption.title, {"many": 3}) == "3家的构成"
    assert made.plain(caption.note, {}) == "图 fig-3201 的附注"
