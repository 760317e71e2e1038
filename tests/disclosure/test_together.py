"""Scopes that leave together, attacked by the gate as one system, tell of nobody.

The gate reads the tables as readers take them away and knows nothing of what was withheld or why.
"""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from smdi.disclosure import register as registering
from smdi.disclosure.catalogue import tables
from smdi.disclosure.release import protect_scopes, released
from smdi.edition import Disclosure, Edition, Scope, read_edition
from smdi.indicators import Population
from smdi.indicators.participation import covered_provinces
from smdi.publishing.gate.attack.attack import attack
from smdi.publishing.gate.attack.release import Data
from smdi.publishing.gate.attack.tidy_rows import rows_of
from smdi.publishing.gate.findings import Finding, policy_of
from smdi.report.locations import needed

from .test_attacks import edition, nation  # noqa: F401 - fixtures


@pytest.fixture(autouse=True)
def nothing_registered(tmp_path, monkeypatch):
    monkeypatch.setattr(registering, "RELEASES", tmp_path)


def found_in(scopes: list[Population], edition: Edition) -> list[Finding]:  # noqa: F811
    """Protect scopes together, make their tables, and attack these."""
    pattern = protect_scopes(scopes, edition)
    assert any(loss["primary"] for loss in pattern.loss.values())
    data = [data_of(replace(pop, protection=pattern), edition) for pop in scopes]
    assert sum(len(rows) for release in data for rows in release.exhibits.values()) > 1000
    return attack(data, policy_of(edition))[0]


def data_of(pop: Population, edition: Edition) -> Data:  # noqa: F811
    named = {
        exhibit(table, number): rows_of(exhibit(table, number), table.to_csv(index=False))
        for number, table in enumerate(tables(pop, edition))
    }
    return Data(pop.scope.given, named, pop.scope_name)


def exhibit(table: pd.DataFrame, number: int) -> str:
    """Name a table; that of the classes of small firms by its name, which tells whose they are."""
    of_classes = len(table) and table["group"].str.match(r"\d{4} ").any()
    return "tab-sme-classes" if of_classes else f"fig-{number:02}"


def test_a_few_scopes_of_few_firms_tell_of_nobody(nation, edition):  # noqa: F811
    given = ({}, {"province": "江苏省"}, {"province": "西藏自治区"}, {"industry": "36"})
    given += ({"province": "江苏省", "industry": "36"}, {"province": "北京市", "industry": "39"})
    scopes = [replace(nation, scope=Scope.of(**scope)) for scope in given]
    assert [str(finding) for finding in found_in(scopes, edition)] == []


def test_the_attack_finds_what_is_shown_without_protection(nation, edition):  # noqa: F811
    """So that nothing found means that nothing is there."""
    pop = replace(nation, scope=Scope.of(province="西藏自治区"))
    assert attack([data_of(pop, edition)], policy_of(edition))[0]


def provinces_industries(pop: Population, number: int) -> list[Population]:
    """Return so many industries of provinces, evenly from that of most participants down."""
    sized = [
        (firms, name, division)
        for code, name in covered_provinces(pop).items()
        for division, firms in pop.participants.where(province=code).counts("division").items()
    ]
    sized.sort(reverse=True)
    drawn = (sized[n * len(sized) // number] for n in range(number))
    return [replace(pop, scope=Scope(province=name, industry=code)) for _, name, code in drawn]


@pytest.mark.proofs
def test_nation_provinces_industries_and_industries_of_provinces_tell_of_nobody():
    """Takes the built edition 2021, and half an hour to solve all as one."""
    made = read_edition("2021").model_copy(update={"disclosure": Disclosure()})
    pop = Population.open(needed(made, "population"), made.year, made.baseline_year)
    scopes = [*list(released(pop, made))[:-1], *provinces_industries(pop, 100)]
    assert len(scopes) == 163
    assert [str(finding) for finding in found_in(scopes, made)] == []
