"""Tables to work with: each row says what it is about; readers sort, and look for rows."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from lxml import html
from playwright.sync_api import Browser, Page

from tests.site.conftest import SITE, Visit

EXHIBITS = Path("_build/2021/source/exhibits")
SENTENCE = 12
# Cells of each row as they are seen, those that reach down over it among them.
ROWS = """(id) => {
    const rows = [...document.querySelectorAll(`#${id} tbody tr`)].filter((row) => !row.hidden);
    return rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim()));
}"""


@pytest.fixture
def tables() -> dict[str, dict]:
    """What each table of the edition is made of."""
    found = [json.loads(path.read_text("utf-8")) for path in EXHIBITS.glob("tab-*.json")]
    assert len(found) > 20
    return {one["id"]: one["table"] for one in found}


def column(page: Page, table: str, at: int) -> list[str]:
    return [row[at] for row in page.evaluate(ROWS, table)]


def press(page: Page, table: str, head: int) -> str | None:
    cell = page.locator(f"#{table} thead th").nth(head)
    cell.locator("button").click()
    return cell.get_attribute("aria-sort")


def test_no_cell_is_empty(tables) -> None:
    empty = [name for name, one in tables.items() if "" in {c for row in one["rows"] for c in row}]
    assert empty == []


def test_no_sentence_stands_in_a_table_again_and_again(site: Path) -> None:
    again = []
    for path in sorted(site.glob("*.html")):
        for table in _tables(path):
            counted = Counter(text for text in table if len(text) > SENTENCE and "，" in text)
            again += [f"{path.name}: {text}" for text, times in counted.items() if times > 2]
    assert again == []


def test_more_is_marked_by_a_plus_wherever_less_is_by_a_minus(tables) -> None:
    unmarked, changes = [], 0
    for name, table in tables.items():
        for at, head in enumerate(table["columns"]):
            if head["unit"] != "百分点":
                continue
            for text in (row[at] for row in table["rows"]):
                changes += 1
                if text.strip("0.") and not text.startswith(("+", "−", "—")):
                    unmarked.append(f"{name}: {text}")
    assert unmarked == []
    assert changes > 50


def test_numbers_are_sorted_up_then_down_then_as_they_were(desk: Visit) -> None:
    page = desk.open("industries.html")
    before = page.evaluate(ROWS, "tab-industry-change")
    shares = column(page, "tab-industry-change", -3)
    assert press(page, "tab-industry-change", 2) == "ascending"
    assert column(page, "tab-industry-change", 2) == sorted(shares, key=float)
    assert press(page, "tab-industry-change", 2) == "descending"
    assert column(page, "tab-industry-change", 2) == sorted(shares, key=float, reverse=True)
    assert press(page, "tab-industry-change", 2) is None
    assert page.evaluate(ROWS, "tab-industry-change") == before


def test_a_sorted_row_says_what_it_is_about_by_itself(desk: Visit) -> None:
    page = desk.open("industries.html")
    press(page, "tab-industry-change", 4)
    rows = page.evaluate(ROWS, "tab-industry-change")
    assert {len(row) for row in rows} == {5}
    assert rows[0][0] == "通用设备制造业" and rows[0][4] == "−9.65"
    assert page.locator("#tab-industry-change tbody [rowspan]:not([rowspan='1'])").count() == 0
    assert page.locator("#tab-industry-change tbody th[scope=rowgroup]").count() == 0


def test_what_has_no_value_stands_last_whichever_way_it_is_sorted(desk: Visit) -> None:
    page = desk.open("regions.html")
    page.evaluate(
        """() => { const rows = document.querySelectorAll("#tab-provinces tbody tr");
                   rows[0].cells[2].textContent = "未公布"; rows[1].cells[2].textContent = "—"; }"""
    )
    for _ in range(2):
        press(page, "tab-provinces", 2)
        counts = column(page, "tab-provinces", 2)
        assert set(counts[-2:]) == {"未公布", "—"}
        assert all(count.isdigit() for count in counts[:-2])


def test_the_sum_of_a_table_stays_at_its_foot(desk: Visit) -> None:
    page = desk.open("reproduction.html")
    for _ in range(2):
        press(page, "tab-a11", 1)
        assert column(page, "tab-a11", 0)[-1] == "合计"


def test_names_are_sorted_by_their_sound(desk: Visit) -> None:
    page = desk.open("regions.html")
    press(page, "tab-provinces", 1)
    names = column(page, "tab-provinces", 1)
    assert names[:3] == ["安徽省", "北京市", "重庆市"]
    assert names[-1] == "浙江省"


def test_typing_leaves_the_rows_that_have_the_words(desk: Visit) -> None:
    page = desk.open("industries.html")
    field = page.locator(".exhibit:has(#tab-industry-change) input[type=search]")
    field.fill("汽车")
    rows = page.evaluate(ROWS, "tab-industry-change")
    assert [row[0] for row in rows] == ["汽车制造业"] * 4
    told = page.locator(".exhibit:has(#tab-industry-change) output")
    assert told.inner_text() == "显示 4 行，共 32 行"
    field.fill("")
    assert page.locator("#tab-industry-change tbody tr:visible").count() == 32
    assert told.inner_text() == ""


def test_a_line_over_rows_goes_with_the_last_of_them(desk: Visit) -> None:
    page = desk.open("audit.html")
    page.locator(".exhibit:has(#tab-a15) input[type=search]").fill("末位全为零")
    lines = page.locator("#tab-a15 th.group:visible")
    assert lines.all_inner_texts() == ["取舍：仍以所印的每一位为准。"]
    assert page.locator("#tab-a15 tbody tr:visible").count() == 1 + 5


def test_a_head_sorts_by_the_keyboard_and_stays_in_sight(desk: Visit) -> None:
    page = desk.open("regions.html")
    page.locator("#tab-cities thead button").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#tab-cities thead th").first.get_attribute("aria-sort") == "ascending"
    page.locator("#tab-cities tbody tr").nth(40).scroll_into_view_if_needed()
    area = page.locator("#tab-cities thead th").first.bounding_box()
    assert area and 0 <= area["y"] < 300


def test_a_table_is_whole_without_script(browser: Browser, site: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((SITE / "industries.html").absolute().as_uri())
    assert page.locator("#tab-industry-change tbody tr:visible").count() == 32
    assert page.locator("#tab-industry-change th[rowspan='4'][scope=rowgroup]").count() == 8
    assert page.locator("#tab-industry-change button, .table-filter:visible").count() == 0
    context.close()


def _tables(path: Path) -> list[list[str]]:
    """The texts of the cells of each exhibit's table on a page."""
    found = html.fromstring(path.read_text("utf-8")).xpath(
        "//table[contains(@class, 'exhibit-rows')]"
    )
    return [[cell.text_content().strip() for cell in one.iter("td", "th")] for one in found]
