"""Maps can be read on any screen: no name or figure lies on another, none is too small."""

from __future__ import annotations

import pytest

from tests.site.conftest import Visit

# A name is drawn twice, over its own rim.
TEXTS = """(id) => [...document.querySelectorAll(`#${id} .exhibit-drawing text`)]
    .filter((one) => one.checkVisibility() && +getComputedStyle(one).opacity && one.textContent)
    .map((one) => { const area = one.getBoundingClientRect();
        return [one.textContent, area.left, area.top, area.right, area.bottom]; })"""
FRAME = """(id) => [...document.querySelectorAll(`#${id} path[stroke-width="0.9"]`)]
    .filter((one) => one.checkVisibility())
    .map((one) => one.getBoundingClientRect()).map((area) => [area.width, area.height])"""
MAPS = [("participation", "fig-01"), ("regions", "fig-a1"), ("regions", "fig-a2")]


@pytest.mark.parametrize(("page_of", "name"), MAPS)
def test_no_words_of_a_map_lie_on_each_other(visit: Visit, page_of: str, name: str) -> None:
    found = visit.open(f"{page_of}.html").evaluate(TEXTS, name)
    assert len(found) > 8
    upon = [
        (one[0], other[0])
        for n, one in enumerate(found)
        for other in found[:n]
        if one[0] != other[0] and _meet(one[1:], other[1:])
    ]
    assert upon == []


def _meet(one: list[float], other: list[float]) -> bool:
    """Whether two boxes share more than the air around their letters."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 1 and high > 3


@pytest.mark.parametrize(("page_of", "name"), MAPS)
def test_the_south_china_sea_is_large_enough_to_be_seen(
    visit: Visit, page_of: str, name: str
) -> None:
    page = visit.open(f"{page_of}.html")
    ((wide, high),) = page.evaluate(FRAME, name)
    assert wide >= 44 and high >= 75
    (title,) = {tuple(one) for one in page.evaluate(TEXTS, name) if one[0] == "南海诸岛"}
    assert title[4] - title[2] >= 9
