from __future__ import annotations

import re
from pathlib import Path

from lxml import html

SETTING = re.compile(r"\{num\}|\{ref\}|\{doc\}|\{exhibit\}|\{\{|\}\}|:::|```|⟦|⟧|\\frac|\$\$")
NO_VALUE = re.compile(r"\b(NaN|nan|None|null|undefined|Infinity)\b")
# Words of the theme, of Sphinx and of Jupyter Book that have a Chinese form.
ENGLISH = re.compile(
    r"\b(Search|Contents|Next|Previous|next|previous|By|Copyright|Link to|Toggle|Skip|Back to top|"
    r"Fig\.|Table \d|Note|Warning|Important|Download|Print|Navigation|On this page|Theme|Index)\b"
)


# Letters of an icon font, which the site does not ship: a reader would see an empty box.
ICON_LETTERS = """() => [...document.querySelectorAll("*")].flatMap((one) =>
    ["::before", "::after"].map((side) => [one, getComputedStyle(one, side)])
).filter(([, style]) => /Awesome/.test(style.fontFamily) && /[^\\s"]/.test(style.content)
    && style.content !== "none" && style.content !== "normal" && style.display !== "none"
).map(([one]) => one.className)"""

# Rows of tables that no head is for.
HEADLESS = """() => [...document.querySelectorAll("table.exhibit-rows tbody")].flatMap((body) => {
    let left = 0;
    return [...body.rows].filter((row) => {
        const own = row.querySelector("th[scope=row], th[scope=rowgroup]");
        left = Math.max(left - 1, 0);
        if (own) left = Math.max(left, own.rowSpan);
        return left === 0;
    }).map((row) => row.closest("table").id + ": " + row.innerText);
})"""
BROKEN = """() => [...document.querySelectorAll(".exhibit-rows th .nowrap")].filter((unit) =>
    new Set([...unit.getClientRects()].map((area) => Math.round(area.top))).size > 1
).map((unit) => unit.closest("th").innerText)"""
UNFOLD = """() => document.querySelectorAll(".exhibit-tools details").forEach((one) => {
    one.removeAttribute("name"); one.open = true;
})"""
CUT = """() => [...document.querySelectorAll(".exhibit-rows")].filter((table) => {
    const box = table.parentElement;
    const cut = table.scrollWidth > box.clientWidth + 1;
    return cut && !(getComputedStyle(box).overflowX === "auto" && box.tabIndex === 0);
}).map((table) => table.id)"""


def test_a_page_is_right_on_every_screen(visit, page_name: str) -> None:
    page = visit.open(page_name)
    assert visit.refused == [], "asked for something outside the site's folder"
    assert visit.complaints == [], "the browser complains"
    width = page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "scrolls sideways"
    assert page.evaluate(ICON_LETTERS) == [], "an icon without its font"
    assert page.evaluate(HEADLESS) == [], "a row of a table without a head"
    assert page.evaluate(BROKEN) == [], "a unit that a line parts"
    assert page.evaluate(CUT) == [], "a table wider than its box, which does not scroll"
    undrawn = page.evaluate(
        """() => [...document.querySelectorAll(".exhibit-chart")].filter((box) => {
            const drawing = [...box.querySelectorAll(".exhibit-drawing svg")]
                .find((one) => one.checkVisibility());
            const area = drawing && drawing.getBoundingClientRect();
            return !area || area.width < 200 || area.height < 60
                || drawing.querySelectorAll("path, text").length < 5;
        }).map((box) => box.dataset.exhibit)"""
    )
    assert undrawn == [], "a chart is empty"
    clipped = page.evaluate(
        """() => [...document.querySelectorAll(".exhibit-drawing svg")].flatMap((drawing) => {
            if (!drawing.checkVisibility()) return [];
            const frame = drawing.getBoundingClientRect();
            return [...drawing.querySelectorAll("text")].filter((text) => {
                const area = text.getBoundingClientRect();
                return area.width > 0 && getComputedStyle(text).opacity > 0
                    && (area.left < frame.left - 2 || area.right > frame.right + 2
                        || area.top < frame.top - 2 || area.bottom > frame.bottom + 2);
            }).map((text) => text.textContent);
        })"""
    )
    assert clipped == [], "a label leaves its chart"
    page.evaluate(UNFOLD)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "sideways when unfolded"


def test_a_page_shows_no_markup_no_missing_value_and_no_english_of_the_tools(
    desk, page_name: str
) -> None:
    page = desk.open(page_name)
    # What stands in code is English by right.
    text = page.evaluate(
        """() => { document.querySelectorAll("pre, code").forEach((node) => node.remove());
                   return document.body.innerText; }"""
    )
    titles = page.evaluate(
        """() => [...document.querySelectorAll("[title], [aria-label], [placeholder], [alt]")]
            .filter((node) => node.offsetParent).flatMap((node) =>
                ["title", "aria-label", "placeholder", "alt"].map((key) => node.getAttribute(key)))
            .filter(Boolean).join("\\n")"""
    )
    assert not SETTING.search(text), SETTING.search(text)
    assert not NO_VALUE.search(text), NO_VALUE.search(text)
    assert not ENGLISH.search(text), ENGLISH.search(text)
    assert not ENGLISH.search(titles), ENGLISH.search(titles)


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    dead = []
    for path in sorted(site.glob("*.html")):
        for target in re.findall(r'(?:href|src)="([^"#?]+)[#?"]', path.read_text("utf-8")):
            outside = target.startswith(("http:", "https:", "data:", "mailto:"))
            if not outside and not (path.parent / target).exists():
                dead.append(f"{path.name}: {target}")
    assert dead == []


def test_nothing_of_a_page_is_fetched_from_elsewhere(site: Path) -> None:
    outside = re.compile(
        r"""<(?:script|img|iframe|source)[^>]*\ssrc="(?:https?:)?//[^"]+|"""
        r"""<link[^>]*(?:stylesheet|icon|preload)[^>]*href="(?:https?:)?//[^"]+|"""
        r"""(?:url\(|@import )["']?(?:https?:)?//[^)"']+"""
    )
    files = [*site.glob("*.html"), *site.rglob("*.css")]
    found = [f"{path.name}: {hit}" for path in files for hit in outside.findall(_read(path))]
    assert found == []


def _read(path: Path) -> str:
    return path.read_text("utf-8", errors="replace")


# The heaviest are those of two and of one map, drawn for wide and for narrow boxes.
MAPS = {"regions.html": 780_000, "participation.html": 650_000}
LINKED = re.compile(r"""<(?:script|link|img)[^>]*?(?:src|href)="([^"#?]+)""")


def test_a_page_is_light_also_from_a_server_that_does_not_compress(site: Path, page_name) -> None:
    text = _read(site / page_name)
    linked = {site / name for name in LINKED.findall(text) if not name.endswith((".html", "/"))}
    fetched = [path.stat().st_size for path in linked if path.is_file()]
    assert len(fetched) > 10
    assert len(text.encode()) + sum(fetched) < MAPS.get(page_name, 600_000)


def test_every_head_of_a_column_says_that_it_is_one(site: Path) -> None:
    heads = {
        path.name: html.fromstring(_read(path)).xpath("//thead//th") for path in site.glob("*.html")
    }
    assert sum(map(len, heads.values())) > 300
    silent = [
        name for name, found in heads.items() if {one.get("scope") for one in found} - {"col"}
    ]
    assert silent == []
