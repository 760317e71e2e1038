"""The spec of each form of chart: orders, scales, titles and what a reader hovers over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from smdi.report import rendering, theme
from smdi.report.charts.frames import room
from tests.report.drawings.test_charts import EVERY_FORM


def encodings(node: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the channels of all layers, each with its definition."""
    if isinstance(node, dict):
        for channel, definition in node.get("encoding", {}).items():
            if isinstance(definition, dict):
                yield channel, definition
        for value in node.values():
            yield from encodings(value)
    elif isinstance(node, list):
        for value in node:
            yield from encodings(value)


@pytest.fixture(params=EVERY_FORM)
def spec(request) -> dict[str, Any]:
    return rendering.spec(EVERY_FORM[request.param]())


def test_no_axis_is_put_in_the_order_of_letters(spec) -> None:
    """Vega sorts names unless it is given an order: that of the frame."""
    found = [
        definition
        for channel, definition in encodings(spec)
        if channel in ("x", "y", "xOffset", "yOffset") and definition.get("type") == "nominal"
    ]
    assert found
    assert all(isinstance(one.get("sort"), list) for one in found)


def test_every_series_has_a_colour_in_the_order_of_the_frame(spec) -> None:
    for channel, definition in encodings(spec):
        scale = definition.get("scale") or {}
        if channel in ("color", "fill", "stroke", "shape") and "domain" in scale:
            assert len(scale["domain"]) <= len(scale["range"])
            assert definition.get("sort", scale["domain"]) == scale["domain"]


def test_bars_begin_at_nought(spec) -> None:
    text = str(spec)
    if "'bar'" in text or "'type': 'bar'" in text:
        lengths = [
            one for channel, one in encodings(spec)
            if channel == "x" and one.get("type") == "quantitative"
        ]  # fmt: skip
        assert lengths
        assert all(one.get("scale", {}).get("zero", True) for one in lengths)


def test_every_form_tells_its_values_to_who_hovers_over_it(spec) -> None:
    assert "'tooltip'" in str(spec)


@pytest.mark.parametrize("text", ["2021", "28.8%", "全行业", "2021年"])
def test_the_room_of_a_word_is_what_the_font_takes_and_some_air(text: str) -> None:
    font = TTFont(rendering.font_folder() / rendering.FONT_FILE, lazy=True)
    glyphs, widths = font.getBestCmap(), font["hmtx"]
    units = sum(widths[glyphs[ord(letter)]][0] for letter in text)
    taken = units * theme.SMALL / font["head"].unitsPerEm
    assert 5 <= room(text) - taken <= 10


def bars_of(drawing: str, colour: str) -> list[tuple[float, float]]:
    """Where bars of a colour begin in a drawing, and how long they are."""
    found = re.findall(r'd="M([\d.]+),[\d.]+h([\d.]+)v[^"]*" fill="([^"]+)"', drawing)
    return [(float(at), float(long)) for at, long, fill in found if fill == colour]


def test_what_is_covered_is_drawn_upon_the_grey_of_all_that_could_be() -> None:
    drawing = rendering.svg(EVERY_FORM["coverage"]())
    tracks, bars = bars_of(drawing, theme.TRACK), bars_of(drawing, theme.STRONG)
    assert len(tracks) == len(bars) == 2
    whole = {long for _, long in tracks}.pop()
    for (at, track), (start, bar), share in zip(tracks, bars, (68.37, 81.08), strict=True):
        assert (at, track) == (start, whole)
        assert bar / track == pytest.approx(share / 100, abs=0.001)
    assert bars_of(rendering.svg(EVERY_FORM["ranked"]()), theme.TRACK) == []
