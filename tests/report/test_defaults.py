"""What the author of a chapter may leave out: the decimals and choices that then hold.

The rule is that of the printed report: shares of firms and counts are whole, what changed has one
decimal, scores and what is set beside another have two.
"""

from __future__ import annotations

import dataclasses
import importlib
import inspect
from typing import Any

import pytest

from smdi.publishing.gate.findings import GatePolicy
from smdi.publishing.leading_map import Region as LeadingRegion
from smdi.report.maps.choropleth import Region
from smdi.report.maps.labels import Label
from smdi.report.tables.table import Column, Table
from smdi.report.values import Number
from smdi.workflow.differences.sentences import SentenceChange
from smdi.workflow.differences.values import ValueChange
from smdi.workflow.steps import Step

WHOLE, ONE, TWO = 0, 1, 2
DECIMALS = {
    "charts.bars ranked_bars": WHOLE,
    "charts.bars grouped_bars": WHOLE,
    "charts.bars coverage_bars": TWO,
    "charts.levels level_shares": ONE,
    "charts.ranges score_ranges": TWO,
    "maps.choropleth province_map": WHOLE,
    "maps.choropleth city_map": WHOLE,
    "tables.rankings industry_change": TWO,
    "tables.rankings comparison": ONE,
    "text.exhibit_filters higher": TWO,
    "text.exhibit_filters lower": TWO,
    "text.exhibit_filters beside": TWO,
    "text.exhibit_filters farthest": ONE,
    "text.exhibit_filters over_two_years": WHOLE,
    "text.exhibit_filters headline": WHOLE,
    "text.exhibit_filters movement": WHOLE,
    "text.exhibit_filters extremes": WHOLE,
    "text.exhibit_filters against_nation": WHOLE,
    "text.filters highest": WHOLE,
    "text.filters lowest": WHOLE,
    "text.filters highest_and_lowest": WHOLE,
    "text.filters amount": WHOLE,
    "text.phrases change": ONE,
    "text.phrases direction": ONE,
    "text.phrases lead": ONE,
    "text.phrases compare": WHOLE,
    "text.phrases superlative": WHOLE,
    "text.practice.comparing against_all_industries": WHOLE,
    "text.practice.comparing standing": WHOLE,
    "values amount": WHOLE,
    "values make_number": WHOLE,
    "values inline": WHOLE,
    "theme finish": WHOLE,
}
CHOICES = {
    "text.exhibit_filters over_two_years first": False,
    "text.phrases change clear": True,
    "text.phrases compare clear": True,
    "text.phrases lead clear": True,
    "text.phrases extreme highest": True,
    "text.phrases superlative highest": True,
    "text.phrases rank_words tied": False,
    "values make_number withheld": False,
    "values state_of withheld": False,
    "charts.frames value_text with_unit": True,
    "charts.frames wrap limit": 0,
    "charts.alt_text shaded_map inset": True,
    "maps.classes classes_of whole": True,
    "rendering png scale": 2,
    "tables.table number_column bars": False,
    "tables.table number_column decimals": 0,
    "tables.table plain totals": 0,
}
RECORDS: dict[type, dict[str, Any]] = {
    Column: {"unit": "", "align": "left", "decimals": 0}
    | {"names": False, "joined": False, "bars": False},
    Table: {"groups": (), "totals": 0},
    Number: {"published": False, "simulated": False, "clear": True},
    Region: {"hollow": False},
    LeadingRegion: {"hatched": False},
    Label: {"rank": 0, "light": False, "at_sea": False},
    GatePolicy: {"mean_width": 0.1, "unanimous": False},
    SentenceChange: {"simulated": False},
    ValueChange: {"old_simulated": False, "new_simulated": False},
    Step: {"inputs": (), "needs": (), "outputs": (), "reads": (), "label": "", "command": ()},
}


def default(name: str, parameter: str) -> object:
    """What a function of the report takes where its caller says nothing."""
    module, _, function = name.rpartition(" ")
    # Some are wrapped, by what draws a placeholder.
    found = inspect.unwrap(getattr(importlib.import_module(f"smdi.report.{module}"), function))
    return inspect.signature(found).parameters[parameter].default


@pytest.mark.parametrize("name", DECIMALS)
def test_values_have_these_decimals_where_nobody_says_how_many(name: str) -> None:
    assert default(name, "digits") == DECIMALS[name]


@pytest.mark.parametrize("name", CHOICES)
def test_a_choice_that_nobody_makes_is_made_so(name: str) -> None:
    function, _, parameter = name.rpartition(" ")
    found = default(function, parameter)
    assert found == CHOICES[name] and type(found) is type(CHOICES[name])


@pytest.mark.parametrize("record", RECORDS, ids=lambda kind: f"{kind.__module__}.{kind.__name__}")
def test_what_a_record_does_not_say_is_this(record: type) -> None:
    given = {field.name: field.default for field in dataclasses.fields(record)}
    assert {name: given[name] for name in RECORDS[record]} == RECORDS[record]
