"""What the extension tells Sphinx and MyST-NB when it is loaded, without a build."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

import typst_book
from typst_book.builder import TypstBuilder

# The order of a cell's forms, ten apart, so that a project may put a form of its own between two.
RANKS = [
    ("typst", "image/svg+xml", 0),
    ("typst", "image/png", 10),
    ("typst", "image/jpeg", 20),
    ("typst", "text/html", 30),
    ("typst", "text/markdown", 40),
    ("typst", "text/latex", 50),
    ("typst", "text/plain", 60),
]


class App:
    """A Sphinx that notes what an extension asks for."""

    def __init__(self) -> None:
        self.connected: dict[str, Any] = {}
        self.values: dict[str, tuple[Any, Any, Any]] = {}
        self.builders: list[type] = []

    def connect(self, event: str, function: Any) -> None:
        self.connected[event] = function

    def add_config_value(self, name: str, default: Any, rebuild: str, types: Any) -> None:
        self.values[name] = (default, rebuild, types)

    def add_builder(self, builder: type) -> None:
        self.builders.append(builder)


@pytest.fixture
def app() -> App:
    return App()


@pytest.fixture
def told(app: App) -> dict[str, Any]:
    return typst_book.setup(app)  # type: ignore[arg-type]


def ranks(app: App, **values: Any) -> Any:
    """The order of forms that a project has when its configuration is read."""

    class Values(SimpleNamespace):
        def __contains__(self, name: str) -> bool:
            return hasattr(self, name)

    config = Values(**values)
    app.connected["config-inited"](app, config)
    return getattr(config, "nb_mime_priority_overrides", None)


def test_the_builder_is_known_and_pages_may_be_read_and_written_side_by_side(app, told) -> None:
    assert app.builders == [TypstBuilder]
    assert (TypstBuilder.name, TypstBuilder.format) == ("typst", "typst")
    assert told == {"version": "1", "parallel_read_safe": True, "parallel_write_safe": True}


def test_pictures_are_taken_as_drawings_before_they_are_taken_as_points() -> None:
    assert TypstBuilder.supported_image_types == ["image/svg+xml", "image/png", "image/jpeg"]


def test_these_are_what_a_book_is_without_settings_and_no_page_is_read_anew_for_one(
    app: App, told
) -> None:
    assert {name: default for name, (default, _, _) in app.values.items()} == {
        "typst_output": "book.pdf",
        "typst_title": "",
        "typst_short_title": "",
        "typst_subtitle": "",
        "typst_author": "",
        "typst_description": "",
        "typst_keywords": [],
        "typst_date": "",
        "typst_cover": [],
        "typst_cover_mark": "",
        "typst_imprint": [],
        "typst_parts": {},
        "typst_root": "front",
        "typst_root_title": "",
        "typst_contents_depth": 3,
        "typst_page_names": False,
        "typst_marks": [],
        "typst_table_boxes": [],
        "typst_words": {},
        "typst_template": "",
        "typst_font_packages": ["pylopdf_fonts_zh_cn", "manimgx_fonts_cjk"],
        "typst_standards": ["ua-1"],
    }
    assert {rebuild for _, rebuild, _ in app.values.values()} == {""}
    assert all(types == [type(default)] for default, _, types in app.values.values())


def test_the_forms_of_a_cell_are_ten_apart_from_drawings_to_bare_text(app: App, told) -> None:
    assert ranks(app, nb_mime_priority_overrides=[]) == RANKS


def test_a_project_without_notebooks_is_given_no_order_of_forms(app: App, told) -> None:
    assert ranks(app) is None


def test_a_form_that_the_project_ranks_itself_keeps_its_rank_and_goes_last(app: App, told) -> None:
    own = [["typst", "text/html", 5], ["html", "image/png", 1], ["typst", "own/form", 15]]
    made = ranks(app, nb_mime_priority_overrides=own)
    assert made == [*(row for row in RANKS if row[1] != "text/html"), *map(tuple, own)]
