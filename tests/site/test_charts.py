"""Charts are read from themselves: no legend of one entry, a number in each segment with room."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from smdi.report.theme import contrast
from tests.site.conftest import Visit

# Names within bars, with the colour of their letters and of the bar below.
NAMED = """(id) => {
    const drawn = (of) => [...document.querySelectorAll(`#${id} .exhibit-drawing.wide ${of}`)];
    const fill = (of) => getComputedStyle(of).fill;
    const bars = drawn(".mark-rect path");
    return drawn("text").flatMap((text) => {
        const own = text.getBoundingClientRect();
        const bar = bars.find((one) => { const area = one.getBoundingClientRect();
            return area.left <= own.left && own.right <= area.right
                && area.top <= own.top + 3 && own.bottom - 3 <= area.bottom; });
        return bar ? [[text.textContent, fill(text), fill(bar)]] : [];
    });
}"""
# Segments of bars that a short number fits, and no number is seen within.
UNLABELLED = """(id) => {
    const seen = [...document.querySelectorAll(`#${id} .exhibit-drawing`)]
        .find((one) => one.checkVisibility());
    const boxes = (of) => [...seen.querySelectorAll(of)];
    const texts = boxes("text").filter((one) => +getComputedStyle(one).opacity)
        .map((one) => one.getBoundingClientRect());
    return boxes(".mark-rect path").map((one) => one.getBoundingClientRect())
        .filter((bar) => bar.width >= 24 && bar.height > 8 && bar.height < 60)
        .filter((bar) => !texts.some((text) => text.left >= bar.left - 2
            && text.right <= bar.right + 2 && text.top < bar.bottom && text.bottom > bar.top))
        .map((bar) => Math.round(bar.width));
}"""


def test_no_chart_has_a_legend_of_one_entry(site: Path) -> None:
    drawings = sorted(site.glob("exhibits/fig-*.svg"))
    assert len(drawings) > 20
    entries = {path.stem: path.read_text("utf-8").count("role-legend-symbol") for path in drawings}
    assert [name for name, count in entries.items() if count == 1] == []
    assert any(entries.values())


@pytest.mark.parametrize(
    ("page_of", "name"),
    [("national-levels", "fig-04"), ("industries", "fig-05"), ("industries", "fig-07")],
)
def test_every_segment_with_room_bears_its_number(visit: Visit, page_of: str, name: str) -> None:
    page = visit.open(f"{page_of}.html")
    assert page.evaluate(UNLABELLED, name) == []


def test_a_turned_tablet_gets_charts_of_its_new_width(desk: Visit) -> None:
    desk.page.set_viewport_size({"width": 1024, "height": 768})
    page = desk.open("trend-equipment.html")
    for width, height in ((768, 1024), (1024, 768)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_function(
            """() => [...document.querySelectorAll(".exhibit-chart")].every((box) => {
                const seen = [...box.querySelectorAll("svg")]
                    .filter((one) => one.checkVisibility());
                const drawn = seen[0].getBoundingClientRect().width;
                return seen.length === 1 && drawn <= box.clientWidth
                    && drawn > box.clientWidth * 0.8; })"""
        )


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("page_of", "name"), [("sector-equipment", "fig-10"), ("trend-equipment", "fig-14")]
)
def test_names_within_bars_can_be_read_on_a_dark_page_too(
    desk: Visit, page_of: str, name: str, scheme: str
) -> None:
    desk.page.emulate_media(color_scheme=scheme)
    named = desk.open(f"{page_of}.html").evaluate(NAMED, name)
    assert len(named) == 2
    assert [one for one in named if contrast(_hex(one[1]), _hex(one[2])) < 4.5] == []


def _hex(colour: str) -> str:
    """Return a colour that a browser computed, rgb(1, 2, 3), as a page writes it."""
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])
