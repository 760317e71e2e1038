"""What a mark of a chart stands for is said where a reader points, and mark by mark by keys."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.site.conftest import SITE, Visit


def said(page: Page, exhibit: str) -> list[str]:
    return page.locator(f"#{exhibit} .exhibit-said p").all_inner_texts()


def drawing(page: Page, exhibit: str):
    return page.locator(f"#{exhibit} .exhibit-drawing:visible")


def test_pointing_at_a_bar_says_name_value_base_and_status_and_leaving_says_no_more(visit) -> None:
    page = visit.open("trend-equipment.html")
    bar = drawing(page, "fig-14").locator("path[data-told]").nth(1)
    bar.hover()
    lines = dict(line.split("：") for line in said(page, "fig-14"))
    assert lines["指标"] == "设备数字化率" and lines["年份"] == "2021年"
    assert lines["占比或平均值"] == "57.98%", "as printed"
    assert lines["基数"] == "15800 家" and lines["数据性质"] == "已公布"
    area = page.locator("#fig-14 .exhibit-said").bounding_box()
    assert area["x"] >= 0 and area["x"] + area["width"] <= page.viewport_size["width"]
    page.locator("#fig-14 figcaption").hover()
    assert said(page, "fig-14") == []
    assert visit.complaints == []


COVERED = """() => [...document.querySelectorAll(".exhibit-chart")].flatMap((box) => {
    const said = box.querySelector(".exhibit-said");
    return [...box.querySelectorAll("path[data-told]")].filter((mark) => {
        if (!mark.checkVisibility()) return false;
        mark.dispatchEvent(new PointerEvent("pointerover", {bubbles: true}));
        const [one, other] = [said.getBoundingClientRect(), mark.getBoundingClientRect()];
        const beside = one.bottom <= other.top || one.top >= other.bottom
            || one.right <= other.left || one.left >= other.right;
        return !beside || one.left < 0 || one.right > innerWidth;
    }).map((mark) => mark.dataset.told);
})"""


@pytest.mark.parametrize("name", ["industries", "national-levels", "regions"])
def test_what_is_said_of_a_mark_covers_neither_it_nor_leaves_the_screen(visit, name: str) -> None:
    page = visit.open(f"{name}.html")
    assert page.locator("path[data-told]:visible").count() > 10
    assert page.evaluate(COVERED) == []


def test_arrow_keys_lead_through_every_mark_and_round(desk: Visit) -> None:
    page = desk.open("trend-equipment.html")
    drawing(page, "fig-14").focus()
    assert "方向键" in page.locator("#fig-14 .exhibit-said").inner_text()
    seen = []
    for _ in range(7):
        page.keyboard.press("ArrowRight")
        seen.append(tuple(said(page, "fig-14")))
    assert len(set(seen)) == 6 and seen[6] == seen[0], "three indicators of two years"
    page.keyboard.press("ArrowLeft")
    assert tuple(said(page, "fig-14")) == seen[5]
    page.keyboard.press("Escape")
    assert said(page, "fig-14") == []


def test_a_finger_s_tap_says_the_value_until_another_elsewhere(browser: Browser, site) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}
    context = browser.new_context(**phone)
    page = context.new_page()
    page.goto((SITE / "trend-equipment.html").absolute().as_uri())
    drawing(page, "fig-14").locator("path[data-told]").nth(1).tap()
    assert "占比或平均值：57.98%" in said(page, "fig-14")
    page.locator("#fig-14 figcaption p").first.tap()
    assert said(page, "fig-14") == []
    context.close()


def test_a_click_keeps_what_pointing_says_and_escape_ends_it(desk: Visit) -> None:
    page = desk.open("trend-equipment.html")
    drawing(page, "fig-14").locator("path[data-told]").nth(1).click()
    assert "占比或平均值：57.98%" in said(page, "fig-14")
    page.keyboard.press("Escape")
    assert said(page, "fig-14") == []


def test_nothing_is_said_of_a_drawing_that_another_width_has_replaced(desk: Visit) -> None:
    page = desk.open("trend-equipment.html")
    drawing(page, "fig-14").locator("path[data-told]").nth(1).hover()
    page.set_viewport_size({"width": 500, "height": 844})
    page.wait_for_function("!document.querySelector('#fig-14 .exhibit-said p')", timeout=3000)


def test_what_is_said_is_announced_and_the_drawing_says_that_it_is_one(desk: Visit) -> None:
    page = desk.open("national-levels.html")
    assert page.locator("#fig-04 .exhibit-said").get_attribute("role") == "status"
    assert drawing(page, "fig-04").get_attribute("role") == "img"
    assert "一级及以下" in drawing(page, "fig-04").get_attribute("aria-label")


@pytest.mark.parametrize(("name", "exhibit"), [("participation", "fig-01"), ("regions", "fig-a1")])
def test_a_map_within_a_chapter_leads_to_provinces_by_the_pointer_and_the_keyboard(
    visit: Visit, name: str, exhibit: str
) -> None:
    page = visit.open(f"{name}.html")
    links = drawing(page, exhibit).locator("a")
    assert links.count() == 31
    shandong = drawing(page, exhibit).locator("a[aria-label*='山东省'] path")
    shandong.hover()
    assert said(page, exhibit)[0] == "地区：山东省"
    links.first.focus()
    assert said(page, exhibit)[0] == "地区：北京市"
    page.keyboard.press("Escape")
    assert said(page, exhibit) == []
    page.keyboard.press("Enter")
    page.wait_for_url("**/province-110000.html")
    page.go_back()
    drawing(page, exhibit).locator("a[aria-label*='山东省'] path").click()
    page.wait_for_url("**/province-370000.html")


@pytest.mark.parametrize("width", [390, 1280])
def test_charts_and_their_links_are_there_without_script(
    browser: Browser, site, width: int
) -> None:
    size = {"width": width, "height": 844}
    context = browser.new_context(viewport=size, java_script_enabled=False)
    page = context.new_page()
    page.goto((SITE / "participation.html").absolute().as_uri())
    for exhibit in ("fig-01", "fig-02"):
        area = drawing(page, exhibit).locator("svg").bounding_box()
        assert 250 < area["width"] <= width and area["height"] > 100
    links = drawing(page, "fig-01").locator("a")
    assert links.count() == 31
    page.keyboard.press("Tab")
    links.first.focus()
    outline = links.first.locator("path").evaluate("(one) => getComputedStyle(one).strokeWidth")
    assert outline == "2px", "where the keyboard is can be seen"
    context.close()


@pytest.mark.parametrize(
    ("width", "smallest"), [(320, 7.5), (390, 8), (768, 8), (1024, 8), (1280, 8), (1920, 8)]
)
def test_letters_of_charts_can_be_read_at_any_width(
    browser: Browser, site, width: int, smallest: float
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 844})
    page = context.new_page()
    for name in ("sme", "regions", "industries"):
        page.goto((SITE / f"{name}.html").absolute().as_uri())
        heights = page.evaluate(
            """() => [...document.querySelectorAll(".exhibit-drawing svg")]
                .filter((one) => one.checkVisibility()).flatMap((svg) => {
                    const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width;
                    return [...svg.querySelectorAll("text")]
                        .filter((one) => +getComputedStyle(one).opacity && one.textContent)
                        .map((one) => parseFloat(getComputedStyle(one).fontSize))
                        .filter((size) => size > 8).map((size) => scale * size); })"""
        )
        # Smaller are the words at the inset of a map alone.
        assert heights and min(heights) >= smallest and max(heights) <= 18
    context.close()
