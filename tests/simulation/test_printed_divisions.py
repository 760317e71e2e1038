"""Whole numbers behind a division's shares of two years, against all that print so."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from types import SimpleNamespace

import pandas as pd
import pytest

from smdi.errors import InputErrors
from smdi.simulation.counts import printed_divisions
from smdi.simulation.counts.printed_divisions import inferred_counts
from smdi.standards import LEVEL_CLASSES

NOW, THEN = ["40.0", "30.0", "20.0", "10.0"], ["46.7", "26.7", "16.7", "10.0"]
CHANGES = ["-6.7", "3.3", "3.3", "0.0"]
NAMES = pd.DataFrame({"name_zh": ["甲业", "乙业"]}, index=["13", "14"])


def printing(
    shares: Mapping[tuple[str, int], list[str]], changes: Mapping[str, list[str]]
) -> SimpleNamespace:
    """Give facts with these shares by division and year, and changes by division."""
    rows = {}
    for (name, year), own in shares.items():
        for level, text in zip(LEVEL_CLASSES, own, strict=True):
            rows[f"share_level_{level}", name, year] = text
    for name, own in changes.items():
        for level, text in zip(LEVEL_CLASSES, own, strict=True):
            rows[f"share_level_{level}_change", name, 2021] = text

    def facts_of(measure: str, year: int) -> pd.DataFrame:
        own = [(g, text) for (m, g, y), text in rows.items() if (m, y) == (measure, year)]
        frame = pd.DataFrame(own, columns=["group", "printed"])
        return frame.assign(exhibit="tab-x", where="某表")

    return SimpleNamespace(
        shares=lambda name, year: shares.get((name, year)),
        printed=lambda measure, name, year: [rows[measure, name, year]],
        rows=facts_of,
        file="facts.csv",
    )


def both(name: str = "甲业") -> SimpleNamespace:
    return printing({(name, 2021): NOW, (name, 2020): THEN}, {name: CHANGES})


def assumed(now: int, then: int, assessed: int = 1000) -> SimpleNamespace:
    division = SimpleNamespace(firms=(now, then))
    return SimpleNamespace(
        years=SimpleNamespace(current=2021, baseline=2020),
        assessed={2020: assessed},
        divisions={"13": division, "14": division},
    )


def prints(value: float, text: str) -> bool:
    places = len(text.partition(".")[2])
    return abs(value - float(text)) < 0.5 / 10**places - 1e-9


def compositions(firms: int, shares: list[str]) -> list[tuple[int, ...]]:
    """All ways in which so many firms print these shares."""
    each = [[k for k in range(firms + 1) if prints(100 * k / firms, text)] for text in shares]
    return [own for own in product(*each) if sum(own) == firms]


def every(most: int) -> dict[tuple[int, int], list[tuple[tuple[int, ...], tuple[int, ...]]]]:
    """All pairs of numbers of firms for which shares and changes print right."""
    now = {n: compositions(n, NOW) for n in range(1, most + 1)}
    then = {n: compositions(n, THEN) for n in range(1, most + 1)}
    return {
        (a, b): found
        for a, b in product(now, then)
        if (
            found := [
                (x, y)
                for x, y in product(now[a], then[b])
                if all(
                    prints(100 * (p / a - q / b), text)
                    for p, q, text in zip(x, y, CHANGES, strict=True)
                )
            ]
        )
    }


PAIRS = every(140)


@pytest.mark.parametrize("preferred", [(70, 60), (60, 70), (100, 31), (23, 118), (9, 33)])
def test_of_the_numbers_that_print_right_the_nearest_to_the_preferred_are_taken(preferred) -> None:
    found = inferred_counts(both(), assumed(*preferred), NAMES, {})
    assert list(found) == ["13"]
    now, then = (tuple(own.tolist()) for own in found["13"])
    assert (now, then) in PAIRS[sum(now), sum(then)]

    def distance(pair: tuple[int, int]) -> int:
        return abs(pair[0] - preferred[0]) + abs(pair[1] - preferred[1])

    reached = int(1.02 * max(preferred)) + 1
    nearest = min(distance(pair) for pair in PAIRS if max(pair) <= reached)
    assert distance((sum(now), sum(then))) == nearest


def test_numbers_stay_within_the_limits_of_the_current_year() -> None:
    ours = assumed(70, 60)
    fitting = {now for now, _ in PAIRS}
    assert {20, 30, 40} <= fitting
    for limits in ((20, 20), (21, 30), (30, 39)):
        (found,) = inferred_counts(both(), ours, NAMES, {"13": limits}).values()
        assert limits[0] <= found[0].sum() <= limits[1]


def test_a_quarter_of_the_firms_of_the_baseline_year_are_the_most_of_a_division() -> None:
    (free,) = inferred_counts(both(), assumed(60, 60, 240), NAMES, {}).values()
    assert free[1].sum() == 60
    (found,) = inferred_counts(both(), assumed(60, 60, 239), NAMES, {}).values()
    assert found[1].sum() < 60


def test_where_the_preferred_are_too_few_more_are_sought() -> None:
    (found,) = inferred_counts(both(), assumed(1, 1), NAMES, {"13": (100, 140)}).values()
    assert 100 <= found[0].sum() <= 140


@pytest.mark.parametrize("year", [2021, 2020])
def test_a_division_of_which_one_year_alone_is_printed_is_not_known(year: int) -> None:
    shares = {2021: NOW, 2020: THEN}
    facts = printing({("甲业", year): shares[year]}, {"甲业": CHANGES})
    assert inferred_counts(facts, assumed(70, 60), NAMES, {}) == {}


def test_each_division_is_known_by_its_own_code() -> None:
    found = inferred_counts(both("乙业"), assumed(70, 60), NAMES, {"13": (1, 1)})
    assert list(found) == ["14"]


@pytest.mark.parametrize(
    ("now", "then", "measures"),
    [
        # Of 19 firms none prints 40 %; of a year before any may be.
        ((19, 19), 1000, [f"share_level_{c}/甲业/2021" for c in LEVEL_CLASSES]),
        # Of up to 14 firms none prints 46.7, 26.7, 16.7 and 10 %.
        ((1, 60), 59, [f"share_level_{c}/甲业/2020" for c in LEVEL_CLASSES]),
    ],
)
def test_one_year_that_no_firms_print_is_told_alone(monkeypatch, now, then, measures) -> None:
    monkeypatch.setattr(printed_divisions, "SEARCHED", 60)
    with pytest.raises(InputErrors) as refused:
        inferred_counts(both(), assumed(70, 60, then), NAMES, {"13": now})
    (problem,) = refused.value.problems
    rooms = f"{now[0]} to {now[1]} firms in 2021 and 1 to {then // 4} firms in 2020"
    texts = NOW if measures[0].endswith("2021") else THEN
    told = "; ".join(
        f"tab-x/{measure} = {text} (某表)" for measure, text in zip(measures, texts, strict=True)
    )
    assert (problem.file, problem.row, problem.column, problem.value) == (
        "facts.csv", None, None, None,
    )  # fmt: skip
    assert problem.expected == (
        f"numbers that whole numbers of firms print together, which no {rooms} do for these "
        f"(the four-digit classes and the nation leave 甲业 no others): {told}; correct one"
    )


def test_of_the_changes_those_alone_are_told_that_are_at_fault(monkeypatch) -> None:
    """Nothing but the first is off, by more than any two shares that print so differ."""
    monkeypatch.setattr(printed_divisions, "SEARCHED", 60)
    changes = ["-7.0", *CHANGES[1:]]
    facts = printing({("甲业", 2021): NOW, ("甲业", 2020): THEN}, {"甲业": changes})
    with pytest.raises(InputErrors) as refused:
        inferred_counts(facts, assumed(70, 60, 240), NAMES, {"13": (60, 60)})
    (problem,) = refused.value.problems
    assert problem.expected.count("_change/") == 1
    assert problem.expected.endswith(
        "tab-x/share_level_le1_change/甲业/2021 = -7.0 (某表); correct one"
    )
    assert problem.expected.count("/甲业/2021 = ") == 5
    assert problem.expected.count("/甲业/2020 = ") == 4
