"""axe finds no violation, whether the reader prefers light or dark, on a desk or a phone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.site.conftest import SITE, pages

# A page of each kind; the others are looked at where books are built.
SAMPLE = [
    "index",
    "participation",
    "regions",
    "trend-equipment",
    "data",
    "scoring",
    "search",
    "province-320000",
]
# Opens what is folded.
WHOLE = """() => {
    const folded = document.querySelectorAll(".exhibit-tools details");
    folded.forEach((one) => { one.removeAttribute("name"); one.open = true; });
}"""


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    """What the reader's machine prefers."""
    return request.param


@pytest.fixture(params=[1280, 390], ids=["desktop", "phone"])
def page(browser: Browser, site, request: pytest.FixtureRequest, scheme: str) -> Iterator[Page]:
    """A page of a reader whose machine prefers light or dark."""
    size = {"width": request.param, "height": 844}
    context = browser.new_context(viewport=size, color_scheme=scheme)
    yield context.new_page()
    context.close()


def violations(page: Page, name: str) -> list[str]:
    page.goto((SITE / name).absolute().as_uri())
    page.evaluate(WHOLE)
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("name", SAMPLE)
def test_axe_finds_nothing_on_a_page_of_each_kind(page: Page, name: str) -> None:
    assert violations(page, f"{name}.html") == []


@pytest.mark.builds
def test_axe_finds_nothing_on_any_page(page: Page) -> None:
    names = pages()
    found = {name: violations(page, name) for name in names}
    assert len(names) > 20
    assert {name: told for name, told in found.items() if told} == {}


def test_a_dark_page_is_dark_and_its_charts_too(browser: Browser, site) -> None:
    context = browser.new_context(viewport={"width": 900, "height": 844}, color_scheme="dark")
    page = context.new_page()
    page.goto((SITE / "participation.html").absolute().as_uri())
    page.evaluate(WHOLE)
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    texts = page.evaluate(
        "[...document.querySelectorAll('#fig-02 .exhibit-drawing text')]"
        ".map((text) => getComputedStyle(text).fill)"
    )
    context.close()
    assert max(map(int, ground.removeprefix("rgb(").rstrip(")").split(","))) < 60
    assert texts and not {"rgb(31, 41, 51)", "rgb(82, 96, 109)"} & set(texts)


def test_what_stands_under_an_exhibit_opens_by_the_keyboard_alone(desk) -> None:
    page = desk.open("participation.html")
    page.locator("#fig-02 .exhibit-tools summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#fig-02 .exhibit-view table").is_visible()
    assert page.locator("#fig-02 .exhibit-view th[scope=row]").first.inner_text() == "江苏省"


def test_a_button_that_the_keyboard_reaches_is_outlined(desk) -> None:
    page = desk.open("sme.html")
    page.keyboard.press("Tab")
    outlines = page.evaluate(
        """() => [...document.querySelectorAll(".btn")].filter((one) => one.checkVisibility())
            .map((one) => { one.focus(); return getComputedStyle(one).outlineStyle; })"""
    )
    assert len(outlines) > 2 and {*outlines} == {"solid"}
