"""The page around the text: words of the theme, settings as text, arrows of the menu."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from bs4 import BeautifulSoup

from smdi.publishing.sphinx_ext.page import ui

BOOK = Path(__file__).parents[2] / "book"
UNFOLD, PERMALINK = "展开或收起下级页面", "此处的链接"


class App:
    """Stands for Sphinx: calls what was connected by its priority, a theme's own among it."""

    def __init__(self, folder: Path, kind: str = "html") -> None:
        self.srcdir, self.outdir = folder, folder / "made"
        self.builder = SimpleNamespace(format=kind, outdir=str(self.outdir))
        self.settings: dict[str, tuple] = {}
        self._called: list[tuple[int, str, Callable]] = []
        ui.register(self)

    def add_config_value(self, name: str, *given: object) -> None:
        self.settings[name] = given

    def connect(self, event: str, called: Callable, priority: int = 500) -> None:
        self._called.append((priority, event, called))

    def emit(self, event: str, *given: object) -> None:
        for _, name, called in sorted(self._called, key=lambda one: one[0]):
            if name == event:
                called(self, *given)


@pytest.fixture
def app(tmp_path: Path) -> App:
    return App(tmp_path)


def context(app: App, **given: Any) -> dict[str, Any]:
    """What templates of a page are given, after the extension has seen it."""
    app.emit("html-page-context", "index", "page.html", given, None)
    return given


def test_each_arrow_of_the_menu_says_what_it_does(app: App) -> None:
    asked: list[Any] = []

    def menu(*given: Any, **options: Any) -> BeautifulSoup:
        asked.append((given, options))
        folds = "<details><summary></summary></details>" * 2
        return BeautifulSoup(f"<ul>{folds}<a>x</a></ul>", "html.parser")

    made = context(app, generate_toctree_html=menu)["generate_toctree_html"]("sidebar", depth=3)
    assert asked == [(("sidebar",), {"depth": 3})]
    labels = [one.get("aria-label") for one in made.find_all(["summary", "a", "details"])]
    assert [label for label in labels if label] == [UNFOLD] * 2


def test_a_theme_without_a_menu_is_given_none(app: App) -> None:
    assert "generate_toctree_html" not in context(app)


def test_a_link_to_a_heading_is_named_in_the_language_of_the_book(app: App) -> None:
    links = '<a title="Link to this heading">¶</a><a title="Link to this Table">'
    body = context(app, body=f"{links}<p>Link to this code</p>")["body"]
    assert body == links.replace("Link to this heading", PERMALINK) + "<p>Link to this code</p>"
    assert "body" not in context(app)


@pytest.mark.parametrize(
    "name",
    ["author", "copyright", "docstitle", "pagetitle", "project", "root_title", "shorttitle"],
)
def test_a_setting_is_text_in_every_template(app: App, name: str) -> None:
    assert str(context(app, **{name: "甲<b>&\"'"})[name]) == "甲&lt;b&gt;&amp;&#34;&#39;"
    assert context(app, **{name: None})[name] is None


def test_what_the_theme_made_markup_of_stays_as_it_is(app: App) -> None:
    assert context(app, title="甲<b>")["title"] == "甲<b>"


@pytest.mark.parametrize("is_release", [True, False])
def test_a_book_with_a_list_of_its_data_is_a_release(app: App, is_release: bool) -> None:
    listed = Path(app.srcdir, "data.json")
    if is_release:
        listed.write_text("{}", "utf-8")
    else:
        listed.unlink(missing_ok=True)
    assert context(app)["is_release"] is is_release


def test_what_the_theme_takes_from_a_heading_is_text_too(app: App) -> None:
    def theme(app: App, page: str, template: str, context: dict, doctree: None) -> None:
        context["root_title"] = "题<b>"

    app.connect("html-page-context", theme)
    assert str(context(app)["root_title"]) == "题&lt;b&gt;"


@pytest.mark.parametrize(("kind", "copied"), [("html", 1), ("typst", 0)])
def test_the_style_of_cells_is_there_before_pages_are_written(tmp_path, kind, copied) -> None:
    deep = tmp_path / "not/there"
    app = App(deep, kind)
    for _ in range(2):
        app.emit("builder-inited")
        assert len([*deep.glob("made/_static/mystnb.*.css")]) == copied


def test_comments_that_jupyter_book_asks_for_have_their_setting(app: App) -> None:
    assert app.settings == {"comments_config": ({}, "html")}


def test_the_footer_leads_to_a_place_that_the_page_of_the_data_names() -> None:
    footer = (BOOK / "_templates/copyright.html").read_text("utf-8")
    (place,) = re.findall(r'#([^"]+)">', footer)
    assert f"\n({place})=\n## " in (BOOK / "data.md").read_text("utf-8")
