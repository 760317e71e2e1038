"""What a cell that ends in a chart of its own shows: pictures that bear the chart's words."""

from __future__ import annotations

import pytest
from lxml import etree

from smdi.report.chart_output import chart_output, chart_words

HOSTILE = "甲<b>&乙"


def test_words_that_would_be_markup_stay_words_in_the_picture() -> None:
    shown = chart_output({"mark": "point", "data": {"values": [{}]}, "description": HOSTILE})
    picture = etree.fromstring(shown["image/svg+xml"].encode())
    assert picture[0].text == HOSTILE
    assert len(picture[0]) == 0
    assert shown["text/plain"] == HOSTILE


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ({}, ""),
        ({"title": "甲"}, "甲"),
        ({"title": ["甲", "乙"]}, "甲，乙"),
        ({"title": {"text": "甲"}}, "甲"),
        ({"title": {"text": ["甲", "乙"]}}, "甲，乙"),
        ({"title": {"anchor": "start"}}, ""),
        ({"title": "甲", "description": "丙"}, "丙"),
        ({"title": "甲", "description": ""}, "甲"),
    ],
)
def test_a_chart_says_its_description_or_else_its_title(spec: dict, words: str) -> None:
    assert chart_words(spec) == words
