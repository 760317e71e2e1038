"""Attacks on a release of several scopes: what was found in earlier releases, and what is alike.

The attacker knows every firm's place in every cell that is shown, which is more than a reader does,
and looks with fractions for a cell of few firms that follows from them.
"""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from smdi.disclosure.catalogue import Catalogue
from smdi.disclosure.catalogue import cells_of as catalogued
from smdi.disclosure.release import protect_release, released
from smdi.edition import Disclosure, Scope, read_edition
from smdi.indicators import Population, domains, levels, participation, rankings, sme
from smdi.indicators.cells import Cell

from ..conftest import REGIONS
from .rank import Span

POLICY = Disclosure(minimum=5)
# Without the rule on unanimous groups, whose protection rests on firms that could be there.
EXACT = Disclosure(minimum=5, unanimous=True)


@pytest.fixture(scope="module")
def nation(firm, scores) -> Population:
    """Make 400 firms of five provinces and four industries, some of them few, over two years."""
    draw = np.random.default_rng(11)
    groups = []
    places = itertools.product(
        ("江苏省", "山东省", "广东省", "北京市", "西藏自治区"), ("3670", "1711", "3911", "2614")
    )
    for (region, industry), most in zip(places, itertools.cycle((40, 3, 25, 9, 1)), strict=False):
        for number in range(int(draw.integers(1, most + 1))):
            level = int(draw.choice([0, 1, 2, 3, 4], p=[0.4, 0.3, 0.15, 0.1, 0.05]))
            given = {
                "region": region,
                "industry": industry,
                "process_type": str(draw.choice(["discrete", "process"], p=[0.8, 0.2])),
                "size": str(draw.choice(["large", "medium", "small"], p=[0.1, 0.3, 0.6])),
                "design": bool(draw.random() < 0.8),
                "ids": [f"F{region}{industry}{number}"],
            }
            scored = {"domain_data": float(draw.random() * 5)}
            answers = {"practice_data_sharing": bool(draw.random() < 0.4)}
            if draw.random() < 0.6:
                groups.append(firm(year=2020, level=max(level - 1, 0), **given, **answers))
            if draw.random() < 0.9:
                groups.append(firm(level=level, **given, **scored, **answers))
    return Population.of(scores(*groups), 2021, 2020)


@pytest.fixture(scope="module")
def edition():
    thresholds = read_edition("2021").thresholds.model_copy(update={"industry_firms": 10})
    update = {"disclosure": POLICY, "thresholds": thresholds}
    return read_edition("2021").model_copy(update=update)


@pytest.fixture(scope="module")
def pattern(nation, edition):
    return protect_release(nation, edition)


@pytest.fixture(scope="module")
def seen(nation, pattern):
    """Return a population of a scope as its edition sees it."""

    def of(**scope: str) -> Population:
        return replace(nation, scope=Scope.of(**scope), protection=pattern)

    return of


def values(frame: pd.DataFrame, measure: str) -> dict[tuple[str, int], float]:
    rows = frame[frame["measure"] == measure]
    return dict(zip(zip(rows["group"], rows["year"], strict=True), rows["value"], strict=True))


def members(table: pd.DataFrame, cell: Cell) -> list[int]:
    """Say of each firm how often a cell counts it; read from the cell's name with pandas alone."""
    names = sorted(table["credit_code"].unique())

    def having(year: int) -> set[str]:
        rows = table[table["year"] == year]
        for column, wanted in cell.where:
            if column == "answered":
                rows = rows[rows[list(wanted)].notna().all(axis=1)]
            elif column in ("design", "logistics", "sales", "service") or "practice" in column:
                rows = rows[rows[column].isin([value == "yes" for value in wanted])]
            else:
                rows = rows[rows[column].isin(wanted)]
        return set(rows["credit_code"])

    if cell.kind == "participants":
        newest = (
            table[table["year"] <= cell.year].sort_values("year").groupby("credit_code").tail(1)
        )
        return [int(name in having_any(newest, cell)) for name in names]
    found = having(cell.year)
    if cell.kind == "matched":
        found &= having(2020)
    return [int(name in found) for name in names]


def having_any(rows: pd.DataFrame, cell: Cell) -> set[str]:
    for column, wanted in cell.where:
        rows = rows[rows[column].isin(wanted)]
    return set(rows["credit_code"])


@pytest.fixture(scope="module")
def table(nation) -> pd.DataFrame:
    frame = nation.table.to_pandas()
    return frame.assign(credit_code=frame["firm"].map("{:05d}".format))


def cells_of(nation, edition) -> list[Cell]:
    catalogue = Catalogue(nation, edition)
    return catalogued(value for pop in released(nation, edition) for value in catalogue.of(pop))


@pytest.fixture(scope="module")
def system(nation, edition, table):
    """Return the counts of the release: every cell's members, and whether it is shown."""
    exact = edition.model_copy(update={"disclosure": EXACT})
    pattern = protect_release(nation, exact)
    counts = [
        cell
        for cell in cells_of(nation, exact)
        if not cell.of and cell.kind != "matched" and "practice_" not in cell.id
        if has_firms(cell)
    ]
    return {cell: (tuple(members(table, cell)), cell.id in pattern.shown) for cell in counts}


def has_firms(cell: Cell) -> bool:
    """Leave out the regions and industries of which there is no firm, and so no secret."""
    where = dict(cell.where)
    provinces, industries = {code for code, _ in REGIONS.values()}, {"36", "17", "39", "26"}
    return bool(
        provinces & set(where.get("province", provinces))
        and industries & set(where.get("division", industries))
    )


def in_groups(rows: list[tuple[int, ...]]) -> list[tuple[int, ...]]:
    """Keep one firm of those that no row tells apart."""
    matrix = np.array(rows)
    return [tuple(row) for row in matrix[:, np.unique(matrix, axis=1, return_index=True)[1]]]


def test_no_count_of_few_firms_is_shown_or_follows_from_those_shown(system):
    rows = dict(zip(system, in_groups([vector for vector, _ in system.values()]), strict=True))
    firms = {cell: sum(vector) for cell, (vector, _) in system.items()}
    told = Span(dict.fromkeys(rows[cell] for cell, (_, shown) in system.items() if shown))
    few = [cell for cell in system if 0 < firms[cell] < POLICY.minimum]
    assert len(few) > 50
    assert [cell.id for cell in few if rows[cell] in told] == []


def test_no_whole_less_its_part_is_of_few_firms(system):
    """All less small firms, one type less the other, all classes less one: every pair there is."""
    found = []
    for part, (inside, shown) in system.items():
        for condition in part.where:
            whole = replace(part, where=tuple(c for c in part.where if c != condition))
            if shown and whole in system and system[whole][1]:
                left = sum(system[whole][0]) - sum(inside)
                found += [(whole.id, part.id)] * (0 < left < POLICY.minimum)
    assert found == []


def test_a_mean_of_all_less_that_of_the_small_tells_of_few_large(nation, seen):
    for scope in ({}, {"province": "江苏省"}, {"industry": "36"}, {"province": "广东省"}):
        pop = seen(**scope)
        scores = domains.domain_scores_sme(pop)
        means = values(scores, "domain_data")
        everyone, small = means[pop.scope_name, 2021], means[domains.SME, 2021]
        large = nation_of(nation, scope).current.where(size="large", answered="domain_data")
        if 0 < len(large) < POLICY.minimum:
            assert np.isnan(everyone) or np.isnan(small), scope


def nation_of(nation: Population, scope: dict[str, str]) -> Population:
    return replace(nation, scope=Scope.of(**scope))


def test_a_share_is_not_told_by_the_base_beside_another_figure(nation, seen):
    """A withheld share has no base beside it, in no figure, by which it could be counted."""
    for scope in ({"province": "北京市"}, {"province": "西藏自治区"}, {"industry": "26"}):
        coverage = sme.coverage_sme(seen(**scope))
        for business in ("design",):
            row = coverage[coverage["measure"] == f"coverage_{business}"].iloc[0]
            small = nation_of(nation, scope).current.where(size=domains.SMALLER)
            few = [len(small.where(design=answer)) for answer in ("yes", "no")]
            if any(0 < number < POLICY.minimum for number in few):
                assert row["withheld"], scope


def test_no_share_says_the_same_of_every_firm(nation, seen):
    """100 % of a class is the level of every firm."""
    for scope in ({}, {"province": "西藏自治区"}, {"industry": "26"}, {"province": "北京市"}):
        shares = levels.national_level_shares(seen(**scope))
        assert not (shares["value"] == 100).any()


@pytest.mark.parametrize("scope", [{}, {"industry": "36"}, {"industry": "26"}])
def test_ranks_and_order_tell_nothing_of_withheld_provinces(seen, scope):
    pop = seen(**scope)
    for frame, measure in (
        (rankings.firms_by_province(pop), rankings.MEASURE),
        (participation.participants_by_province(pop), "participants"),
    ):
        rows = frame[frame["measure"] == measure].reset_index(drop=True)
        hidden = rows[rows["withheld"]]
        names = list(participation.covered_provinces(pop))
        assert hidden["group"].tolist() == sorted(hidden["group"], key=names.index)
        assert hidden.index.tolist() == list(range(len(rows) - len(hidden), len(rows)))
        ranks = frame[(frame["measure"] == "rank") & ~frame["withheld"]]["group"]
        assert not set(ranks) & set(hidden["group"])


def test_a_total_less_what_is_shown_is_of_no_few_firms(seen, nation):
    for scope in ({}, {"industry": "36"}, {"industry": "17"}):
        pop = seen(**scope)
        total = values(participation.overview(pop), "participants")[pop.scope_name, 2021]
        shown = participation.participants_by_province(pop)
        if not np.isnan(total):
            left = total - shown["value"].sum()
            assert not 0 < left < POLICY.minimum
            assert shown["withheld"].sum() != 1


def test_what_was_not_judged_is_withheld(seen, nation):
    """A chapter that selects firms in its own way gets nothing."""
    pop = seen()
    own = pop.current.where(process_type="discrete", size="large")
    frame = domains.tidy(domains.domain_means(own, "大型离散", 2021), "fig-06", pop)
    assert frame["withheld"].all()
