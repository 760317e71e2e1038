"""Rules of style that no page uses go, and those that one may use stay."""

from __future__ import annotations

import pytest

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
