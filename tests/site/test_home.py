"""The first page: values at a glance, a map that leads on, and what the release is."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

FACTS = Path("data/published/2021.csv")


class Head(HTMLParser):
    """What the head of a page says, as a browser reads it."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.described: list[str] = []
        self.icons: list[str] = []
        self.data = ""
        self._is_data = False
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag, attrs) -> None:
        given = dict(attrs)
        if tag == "meta" and given.get("name") == "description":
            self.described.append(given["content"])
        if tag == "link" and given.get("rel") == "icon":
            self.icons.append(given["href"])
        self._is_data = tag == "script" and given.get("type") == "application/ld+json"

    def handle_data(self, data) -> None:
        if self._is_data:
            self.data += data


def printed(exhibit: str, measure: str, group: str = "全国") -> str:
    with FACTS.open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            named = (row["exhibit"], row["measure"], row["group"], row["year"])
            if named == (exhibit, measure, group, "2021"):
                return row["value"]
    raise AssertionError(measure)


def test_the_tiles_show_what_the_report_printed(desk) -> None:
    page = desk.open("index.html")
    tiles = page.locator("ul.tiles li").all_inner_texts()
    values = [tile.split() for tile in tiles]
    assert len(tiles) == 5
    assert values[1][1] == f"{printed('fig-04', 'share_level_le1')}%"
    assert values[2][1] == f"{printed('fig-04', 'share_level_ge4')}%"
    assert values[4][1] == f"{printed('fig-14', 'equipment_digitalisation_rate', '全行业')}%"


def test_a_simulated_value_on_a_tile_bears_its_mark_and_a_printed_one_none(desk) -> None:
    page = desk.open("index.html")
    marks = [
        tile.locator(".tile-value sup").all_inner_texts()
        for tile in page.locator("ul.tiles li").all()
    ]
    assert marks == [["模"], [], [], [], []]


def test_the_first_page_leads_to_the_whole_report_to_all_data_and_to_the_method(desk, site) -> None:
    page = desk.open("index.html")
    links = [one.get_attribute("href") for one in page.locator(".release-links a").all()]
    assert links == ["report.pdf", "data.html", "scoring.html"]
    assert all((site / link).is_file() for link in links)


def test_the_map_says_a_province_at_which_is_pointed_and_says_what_is_simulated(desk) -> None:
    page = desk.open("index.html")
    regions = page.locator(".leading-map a")
    assert regions.count() == 31
    said = page.locator(".map-said")
    seen = {}
    for region in regions.all():
        region.dispatch_event("pointerover")
        name, _, values = said.inner_text().partition("：")
        seen[name] = values
    participants = printed("fig-01", "participants", "江苏省")
    mature = printed("tab-provinces", "firms_level_ge2", "江苏省")
    assert re.findall(r"\d+", seen["江苏省"].replace("二级", "")) == [participants, mature]
    assert "模拟" not in seen["江苏省"]
    assert "模拟" in seen["北京市"].partition("；")[0]
    hatched = page.locator(".leading-map a:has(use.hatched)")
    assert hatched.count() == 28, "three provinces were printed"


def test_the_map_is_walked_through_by_the_keyboard_and_leads_to_the_province(desk) -> None:
    page = desk.open("index.html")
    region = page.locator(".leading-map a").first
    region.focus()
    name = page.locator(".map-said").inner_text().partition("：")[0]
    page.keyboard.press("Enter")
    page.wait_for_url("**/province-*.html")
    assert page.locator("article h1").inner_text().startswith(name)


@pytest.mark.parametrize("width", [390, 1920])
def test_the_tiles_stand_beside_one_another_without_a_hole(browser, site, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto((site / "index.html").absolute().as_uri())
    rows: dict[float, float] = {}
    for tile in page.locator("ul.tiles li").all():
        area = tile.bounding_box()
        rows[area["y"]] = area["x"] + area["width"]
    assert len(rows) == (3 if width == 390 else 1)
    assert max(rows.values()) - min(rows.values()) < 1
    context.close()


def test_every_page_has_one_description_of_some_words_and_the_sign_of_the_report(site) -> None:
    pages = [path for path in site.glob("*.html") if path.stem not in ("search", "genindex")]
    assert len(pages) > 25
    descriptions = {}
    for path in pages:
        head = Head(path)
        (descriptions[path.name],) = head.described
        assert 10 < len(descriptions[path.name]) <= 120
        assert [(site / icon.partition("?")[0]).is_file() for icon in head.icons] == [True]
    assert len(set(descriptions.values())) == len(pages), "two pages describe themselves alike"


def test_the_first_page_describes_the_data_to_search_engines(site) -> None:
    described = json.loads(Head(site / "index.html").data)
    assert (described["@context"], described["@type"]) == ("https://schema.org", "Dataset")
    assert len(described["description"]) >= 50, "fewer characters search engines refuse"
    for file in described["distribution"]:
        assert (site / file["contentUrl"]).is_file()


FALLBACK = (
    """() => [...document.fonts].find((one) => one.family.includes("Report Fallback")).status"""
)


def test_the_fallback_font_is_fetched_where_no_other_has_the_letters_and_only_there(desk) -> None:
    page = desk.open("index.html")
    page.wait_for_load_state("load")
    assert page.evaluate(FALLBACK) == "unloaded", "this machine has a Chinese font"
    page.evaluate("""() => document.body.style.setProperty("font-family", '"Report Fallback"')""")
    page.wait_for_function(f"({FALLBACK})() === 'loaded'")
    assert desk.complaints == []
