"""Readers with colours of their own, less motion or larger letters read the same site."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.site.conftest import SITE

# A page with tiles and a map that leads, one with charts and tables, one of a province.
SAMPLE = ("index", "sme", "province-320000")
# The ground behind a chart and the letters on it, as a browser paints them.
INK = """() => [...document.querySelectorAll(".exhibit-chart")].map((box) => [
    getComputedStyle(box).backgroundColor,
    getComputedStyle(box.querySelector(".exhibit-drawing text")).fill,
])"""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
    const style = getComputedStyle(one);
    const longest = (text) => Math.max(...text.split(",").map(parseFloat));
    return longest(style.transitionDuration) > 0.001 || longest(style.animationDuration) > 0.001
        || style.scrollBehavior === "smooth";
}).map((one) => one.outerHTML.slice(0, 90))"""


@pytest.fixture
def reader(browser: Browser, site) -> Iterator[Callable[..., Page]]:
    """Open a page as a reader with these preferences."""
    contexts = []

    def open_page(name: str, **preferences: object) -> Page:
        size = {"width": 1280, "height": 844}
        contexts.append(browser.new_context(**{"viewport": size, **preferences}))
        page = contexts[-1].new_page()
        page.goto((SITE / f"{name}.html").absolute().as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", SAMPLE)
def test_axe_finds_nothing_in_colours_of_the_reader(reader, name: str, scheme: str) -> None:
    page = reader(name, forced_colors="active", color_scheme=scheme)
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_charts_keep_ground_and_ink_together_in_colours_of_the_reader(reader, scheme: str) -> None:
    own = reader("sme", color_scheme=scheme).evaluate(INK)
    forced = reader("sme", forced_colors="active", color_scheme=scheme).evaluate(INK)
    assert own
    assert forced == own


def test_nothing_moves_for_a_reader_who_asks_for_that(reader) -> None:
    assert reader("sme", reduced_motion="no-preference").evaluate(MOVING) != []
    assert reader("sme", reduced_motion="reduce").evaluate(MOVING) == []


@pytest.mark.parametrize("name", SAMPLE)
def test_at_twice_the_size_no_page_scrolls_sideways(reader, name: str) -> None:
    # A browser that doubles all sizes has half the pixels for its page.
    page = reader(name, viewport={"width": 640, "height": 422}, device_scale_factor=2)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    assert page.locator("article h1").bounding_box()["width"] <= 640
