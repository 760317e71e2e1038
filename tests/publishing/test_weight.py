"""Rules of style that no page uses go, and those that one may use stay."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from smdi.publishing.sphinx_ext.page import weight
from smdi.publishing.sphinx_ext.page.weight import without_unused

WORDS = {"card", "navbar", "bs-tooltip-", "main", "open"}


@pytest.mark.parametrize(
    "rule",
    [
        ".card{color:red}",
        "#main .navbar>a:hover{color:red}",
        "html:not(.dark) .card{color:red}",
        ".bs-tooltip-top .card{color:red}",
        "a[href]{color:red}",
        ":root{--a:1}",
        '.card.open::before{content:".carousel"}',
        "@media print{.card{display:none}}",
        "@keyframes turn{to{rotate:1turn}}",
        "@supports (display:grid){.card{display:grid}}",
    ],
)
def test_a_rule_for_what_a_page_may_have_stays(rule: str) -> None:
    assert without_unused(rule, WORDS) == rule


@pytest.mark.parametrize(
    "rule",
    [
        ".carousel{color:red}",
        ".card .carousel{color:red}",
        "#carousel:hover{color:red}",
        "@media print{.carousel{display:none}}",
    ],
)
def test_a_rule_for_what_no_page_has_goes(rule: str) -> None:
    assert without_unused(rule, WORDS) == ""


def test_of_several_selectors_those_in_use_stay() -> None:
    assert without_unused(".carousel,.card, .modal{color:red}", WORDS) == ".card{color:red}"


def test_sheets_that_are_parsed_ahead_need_not_be_parsed_for_a_site(monkeypatch) -> None:
    weight.parse_ahead()
    monkeypatch.setattr(weight.tinycss2, "parse_stylesheet", None)
    for package, name in weight.STYLES_OF_PACKAGES.items():
        style = weight.read_style(Path(str(resources.files(package))) / name)
        kept = without_unused(style, {"btn"})
        assert 0 < len(kept) < len(style)
