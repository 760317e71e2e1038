"""What an editor is given of an audit: an order, what to check first, a table and a page."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from lxml import html

from smdi.published.audit.registry import RULES, Finding
from smdi.published.workbench import as_csv, as_page, by_weight, check_first, role

RULE = next(iter(RULES))
NAMES = [f"n{at:02d}" for at in range(20)]


def found(severity: str, *places: str, **given: object) -> Finding:
    unless = "除非" if severity == "conditional" else ""
    return Finding(RULE, severity, places, "某事", "照旧", unless_zh=unless, **given)


def facts(**changed: str) -> pd.DataFrame:
    row = {"printed": "7", "unit": "%", "where": "某页"} | changed
    return pd.DataFrame([row] * len(NAMES), index=NAMES)


def test_what_is_proven_comes_first_and_of_equals_the_one_of_few_places_then_as_given() -> None:
    severities = ("contradiction", "conditional", "claim", "rounding", "notice")
    ordered = [found(severity, *NAMES[:n]) for severity in severities for n in (1, 3)]
    assert by_weight(ordered[::-1]) == ordered
    alike = [found("notice", "n01"), found("notice", "n00")]
    assert by_weight(alike) == alike
    assert by_weight(alike[::-1]) == alike[::-1]


def test_a_proof_weighs_twice_a_claim_and_less_the_more_places_it_has() -> None:
    proof, claims = found("contradiction", "n00", "n01", "n02"), found("claim", "n03")
    # A third of 8 each, against the 4 of one place alone; a notice points at nothing.
    assert check_first([proof, claims, found("notice", "n04", "n00")]) == [
        ("n03", 1), ("n00", 2), ("n01", 1), ("n02", 1),
    ]  # fmt: skip
    assert check_first([found("conditional", "n00"), found("contradiction", "n01")]) == [
        ("n01", 1), ("n00", 1),
    ]  # fmt: skip
    twice = [found("conditional", "n05"), found("contradiction", "n06"), found("claim", "n05")]
    assert check_first([*twice, found("claim", "n05")])[0] == ("n05", 3)
    assert check_first([found("rounding", "n00"), found("notice", "n00")]) == []
    assert [name for name, _ in check_first([found("claim", *NAMES)])] == NAMES[:8]


@pytest.mark.parametrize("single", ["claim", "conditional"])
def test_a_proof_of_two_places_weighs_as_much_as_what_is_no_proof_of_one(single: str) -> None:
    two, one = found("contradiction", "n00", "n01"), found(single, "n02")
    assert [name for name, _ in check_first([two, one])] == ["n00", "n01", "n02"]
    assert [name for name, _ in check_first([one, two])] == ["n02", "n00", "n01"]


def test_a_place_is_followed_contradicted_or_named() -> None:
    finding = found("contradiction", *NAMES[:3], followed="n01", contradicted=("n02",))
    assert [role(finding, name) for name in NAMES[:3]] == ["named", "followed", "contradicted"]


def test_the_table_tells_each_place_in_full_by_weight() -> None:
    notice = found("notice", "n00")
    proof = found("conditional", "n02", "n01", followed="n01", contradicted=("n02",))
    heads, *rows = csv.reader(io.StringIO(as_csv([notice, proof], facts())))
    assert heads == [
        "severity", "rule", "message", "unless", "treatment", "role", "fact_id", "printed",
        "unit", "where",
    ]  # fmt: skip
    own = ["conditional", RULE, "某事", "除非", "照旧"]
    assert rows == [
        [*own, "contradicted", "n02", "7", "%", "某页"],
        [*own, "followed", "n01", "7", "%", "某页"],
        ["notice", RULE, "某事", "", "照旧", "named", "n00", "7", "%", "某页"],
    ]  # fmt: skip
    assert "\r" not in as_csv([notice], facts())


@pytest.mark.parametrize(("places", "more"), [(1, None), (12, None), (13, 1), (20, 8)])
def test_a_finding_shows_twelve_places_on_the_page_and_counts_the_others(places, more) -> None:
    page = html.fromstring(as_page("x", [found("notice", *NAMES[:places])], facts()))
    assert len(page.xpath("//tr[@class]")) == min(places, 12)
    told = [text for text in page.xpath("//small/text()") if text.startswith("另有")]
    assert told == ([] if more is None else [f"另有 {more} 处"])


def test_the_page_counts_numbers_rules_and_doubts_of_each_kind() -> None:
    given = [found("notice", "n00"), found("claim", "n00"), found("notice", "n01")]
    text = html.fromstring(as_page("2021.csv", given, facts())).text_content()
    assert f"20 个数值，{len(RULES)} 条规则，3 处疑点：" in text
    assert "先核对这些数字" in text
    assert "先核对" not in as_page("2021.csv", given[::2], facts())


@pytest.mark.parametrize("sign", ["<b>", "&lt;", '"<i>'])
def test_whatever_is_told_on_the_page_is_told_as_it_is_written(sign: str) -> None:
    finding = Finding(RULE, "conditional", (sign,), f"甲{sign}", f"乙{sign}", unless_zh=f"丙{sign}")
    row = {"printed": f"丁{sign}", "unit": f"戊{sign}", "where": f"己{sign}"}
    page = html.fromstring(as_page(f"庚{sign}", [finding], pd.DataFrame([row], index=[sign])))
    assert page.xpath("//b | //i") == []
    text = page.text_content()
    assert page.xpath("//title/text()") == [f"审计：庚{sign}"]
    for letter, times in zip("甲乙丙丁戊己庚", (1, 1, 1, 2, 2, 2, 2), strict=True):
        assert text.count(f"{letter}{sign}") == times
    assert page.xpath("//td/small/text()") == [sign, sign]
