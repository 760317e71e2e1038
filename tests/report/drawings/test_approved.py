"""Each kind of chart and map is drawn as it was when a person looked at it and approved of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import altair as alt
import pytest
from altair.utils.schemapi import SchemaValidationError

from smdi.report import chart_html, rendering, theme
from tests.report.drawings.chart_samples import SAMPLES
from tests.report.drawings.map_samples import MAPS, few_points, leading_to_provinces

FOLDER = Path(__file__).parent / "approved"
BOXES = ("wide", "narrow")
# What lets the map of the first page be seen without the style sheet of a page.
LOOK = 'xmlns="http://www.w3.org/2000/svg" fill="none" stroke="grey"'


@pytest.fixture(scope="module")
def _few_points() -> Iterator[None]:
    with few_points():
        yield


def as_in_a_page(chart: alt.LayerChart, name: str, box: str) -> str:
    """Draw a chart as a page has it for a box, with the page's font and the words of its alt."""
    drawing = chart_html.drawings(rendering.spec(chart), name)[box]
    said = rendering.description(chart)
    assert not set(said) & set('<>&"')
    label = f'<svg font-family="{theme.FONT_FAMILY}" aria-label="{said}"'
    return drawing.replace("<svg", label, 1)


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("name", SAMPLES)
def test_a_chart_looks_as_approved(name: str, box: str, approved) -> None:
    approved.holds(f"{name}-{box}.svg", as_in_a_page(SAMPLES[name](), name, box))


@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("name", MAPS)
def test_a_map_looks_as_approved(name: str, box: str, approved, _few_points) -> None:
    approved.holds(f"map-{name}-{box}.svg", as_in_a_page(MAPS[name](), name, box))


def test_the_map_that_leads_to_provinces_looks_as_approved(approved, _few_points) -> None:
    approved.holds("leading-map.svg", leading_to_provinces().replace("<svg", f"<svg {LOOK}", 1))


def test_a_drawing_to_take_away_looks_as_approved(approved) -> None:
    approved.holds("to-take-away.svg", rendering.svg(SAMPLES["levels-of-years"](), prefix="fig-04"))


def test_every_drawing_that_was_approved_is_still_drawn() -> None:
    drawn = {f"{name}-{box}.svg" for name in SAMPLES for box in BOXES}
    drawn |= {f"map-{name}-{box}.svg" for name in MAPS for box in BOXES}
    drawn |= {"leading-map.svg", "to-take-away.svg"}
    assert {path.name for path in FOLDER.iterdir()} == drawn


@pytest.mark.parametrize("name", [*SAMPLES, *MAPS])
def test_a_chart_of_the_library_keeps_to_the_schema(name: str, _few_points) -> None:
    (SAMPLES | MAPS)[name]().to_dict()


def test_a_chart_of_the_editor_is_held_to_the_schema() -> None:
    chart = alt.layer(alt.Chart(alt.InlineData(values=[{"a": 1}])).mark_bar().encode(x="a:Q"))
    chart.layer[0].encoding.x.axis = {"labelAngel": 45}
    with pytest.raises(SchemaValidationError, match="labelAngel"):
        rendering.spec(chart)
