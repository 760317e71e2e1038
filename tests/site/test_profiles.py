"""From tables, the map and the menu a reader comes to the profile of a province or an industry."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("page", "name", "profile"),
    [
        ("regions.html", "江苏省", "province-320000.html"),
        ("provinces.html", "西藏自治区", "province-540000.html"),
        ("divisions.html", "汽车制造业", "industry-36.html"),
    ],
)
def test_a_name_in_a_table_leads_to_its_profile(desk, page, name, profile) -> None:
    opened = desk.open(page)
    opened.locator("article table").get_by_role("link", name=name, exact=True).first.click()
    assert opened.url.endswith(f"/{profile}")
    assert opened.locator("article h1").inner_text().startswith(name)


def test_a_province_on_the_first_pages_map_leads_to_its_profile(desk) -> None:
    links = desk.open("index.html").locator(".leading-map a")
    found = links.evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    assert len(found) == 31
    assert all(link.startswith("province-") for link in found)


def test_profiles_are_folded_in_the_menu_but_where_one_is_read(desk) -> None:
    entry = "nav.bd-links a[href='province-320000.html']"
    assert not desk.open("national-levels.html").locator(entry).is_visible()
    page = desk.open("province-330000.html")
    assert page.locator(entry).is_visible()
    assert not page.locator("nav.bd-links a[href='industry-36.html']").is_visible()


def test_a_profile_has_one_file_of_data_and_is_cited_as_a_whole(desk) -> None:
    page = desk.open("province-320000.html")
    files = page.locator("article a[download]").evaluate_all(
        "(all) => [...new Set(all.map((one) => one.getAttribute('href')))]"
    )
    drawings = {"exhibits/fig-320000-1.svg", "exhibits/fig-320000-2.svg"}
    assert set(files) - drawings == {"data/province-320000.csv"}
    page.get_by_text("引用", exact=True).last.click()
    assert page.get_by_text("province-320000.html").first.is_visible()
