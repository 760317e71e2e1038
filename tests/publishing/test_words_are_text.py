"""No word of a language's file is markup on a page, wherever a page has it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from sphinx.util.docutils import SphinxDirective

from smdi.publishing.sphinx_ext import data_list, home, profiles, tables
from smdi.publishing.sphinx_ext.page import ui

WORD, SAFE = "<b>&\"'", "&lt;b&gt;&amp;&quot;&#x27;"


class Hostile(str):
    """A word that is markup, as is each word and each pattern of words in it."""

    def __new__(cls) -> Hostile:
        return super().__new__(cls, WORD)

    def __getattribute__(self, name: str) -> object:
        # What `html.escape` asks of a text.
        own = name.startswith("__") or name == "replace"
        return super().__getattribute__(name) if own else Hostile()

    def __call__(self, **_: object) -> Hostile:
        return self

    def __getitem__(self, _: object) -> Hostile:
        return self


@pytest.fixture
def env(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """A book of two provinces on a map and a list of its data, in a hostile language."""
    for module in (data_list, home, profiles, tables, ui):
        monkeypatch.setattr(module, "words", Hostile)
    exhibit = {"place": "a.html", "number": "图 1", "title": "题", "files": ["a.csv"]}
    listed = {"whole": ["a.zip"], "exhibits": [exhibit], "reference": "x", "bibtex": "y"}
    rows = [["江苏省", "900", "家", "x"], ["山东省", "", "家", "x"]]
    view = {"columns": ["group", "value", "unit", "status"], "rows": rows}
    shown = {"view": view | {"same": {"measure": "企业数", "year": "2021"}}}
    cited = {"data": "a.csv", "reference": "x", "bibtex": "y"}
    files = {"data.json": listed, "exhibits/fig-01.json": shown, "profiles/index.json": cited}
    for name, content in files.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content), "utf-8")
    return SimpleNamespace(
        srcdir=str(tmp_path),
        docname="index",
        found_docs={"index", "data", "scoring"},
        note_dependency=lambda _: None,
    )


def made(directive: type[SphinxDirective], env: SimpleNamespace, *words: str) -> str:
    """The HTML of a directive on the first page of a book."""
    asked = object.__new__(directive)
    settings = SimpleNamespace(env=env)
    asked.state = SimpleNamespace(document=SimpleNamespace(settings=settings))
    asked.arguments = list(words)
    (only, *_) = asked.run()
    return only.astext()


Page = Callable[[SimpleNamespace], str]
TABLE = {"table": {"rows": [[]] * 99}}
# How often each has a word: in its text, and in attributes.
PAGES: dict[str, tuple[Page, int]] = {
    "list of data": (lambda env: made(data_list.DataListDirective, env), 5),
    "profile": (lambda env: made(profiles.ProfileDataDirective, env), 2),
    "links to a release": (lambda env: made(home.ReleaseLinksDirective, env), 3),
    "filter of a table": (lambda env: tables.filter_html(TABLE), 2),
    # The hint twice, the map and its legend, what is withheld, and two provinces.
    "map": (lambda env: made(home.ProvinceMapDirective, env, "fig-01"), 7),
}


@pytest.mark.parametrize("name", PAGES)
def test_every_word_is_escaped_where_it_stands(env: SimpleNamespace, name: str) -> None:
    page, times = PAGES[name]
    html = page(env)
    assert "<b>" not in html
    assert html.count(SAFE) == times
