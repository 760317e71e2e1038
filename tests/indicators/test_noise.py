"""Standard errors of changes, against textbooks, pairs worked out by hand, and resampling."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from smdi.indicators import comparison, levels
from smdi.indicators.comparison import MATCHED, RAW, STANDARDISED
from smdi.indicators.precision import noise
from smdi.indicators.tidy import error_of

YES, NO = {"practice_data_sharing": True}, {"practice_data_sharing": False}


def shares(first: int, of: int) -> pd.Series:
    return pd.Series([100.0] * first + [0.0] * (of - first))


def ids(start: int, number: int) -> pd.Series:
    return pd.Series(range(start, start + number))


def test_two_groups_without_a_common_firm_have_the_error_of_two_independent_shares() -> None:
    found = noise.difference_error(shares(30, 100), ids(0, 100), shares(50, 200), ids(500, 200))
    assert found == pytest.approx(100 * math.sqrt(0.3 * 0.7 / 99 + 0.25 * 0.75 / 199))


def test_firms_that_stand_on_both_sides_count_once() -> None:
    # The same hundred firms with the same answers: nothing can differ by chance.
    same = noise.difference_error(shares(30, 100), ids(0, 100), shares(30, 100), ids(0, 100))
    assert same == pytest.approx(0)


def test_the_same_firms_have_the_error_of_their_pairs_mcnemar_s() -> None:
    now = pd.Series([100.0] * 12 + [0.0] * 5 + [100.0] * 40 + [0.0] * 43)
    before = pd.Series([0.0] * 12 + [100.0] * 5 + [100.0] * 40 + [0.0] * 43)
    n, up, down = 100, 12, 5
    by_hand = 100 * math.sqrt((up + down - (up - down) ** 2 / n) / n) / math.sqrt(n - 1)
    assert noise.paired_error(now, before) == pytest.approx(by_hand)
    whole = noise.difference_error(now, ids(0, 100), before, ids(0, 100))
    assert whole == pytest.approx(by_hand)


def test_a_part_and_the_whole_have_the_error_of_the_part_and_the_rest() -> None:
    part, rest = shares(60, 100), shares(90, 300)
    whole = pd.concat([part, rest], ignore_index=True)
    found = noise.difference_error(part, ids(0, 100), whole, ids(0, 400))
    apart = noise.difference_error(part, ids(0, 100), rest, ids(100, 300))
    # Not to the last digit: that a firm is of the part is chance, too.
    assert found == pytest.approx(apart * 300 / 400, rel=0.02)


@pytest.mark.parametrize(("own", "others"), [(29, 500), (500, 29), (0, 0)])
def test_too_few_firms_on_a_side_tell_nothing(own: int, others: int) -> None:
    error = noise.difference_error(
        shares(own, own), ids(0, own), shares(0, others), ids(900, others)
    )
    assert error == noise.UNKNOWN
    assert not noise.is_clear(100, error)


def test_who_did_not_answer_is_on_no_side() -> None:
    answers = pd.Series([100.0] * 20 + [math.nan] * 80)
    assert noise.difference_error(answers, ids(0, 100), shares(9, 90), ids(900, 90)) == math.inf


@pytest.mark.parametrize(
    ("value", "error", "clear"),
    [(2.01, 1, True), (2, 1, False), (-2.01, 1, True), (0, 0, False), (0.1, 0, True)],
)
def test_a_difference_is_clear_beyond_twice_its_error(value, error, clear) -> None:
    assert noise.is_clear(value, error) is clear


def test_a_value_without_an_error_is_exact() -> None:
    assert noise.is_clear(0.001, math.nan)


def test_every_way_of_a_comparison_has_its_error(firm, assessed) -> None:
    names = [f"A{n:03d}" for n in range(60)]
    pop = assessed(
        firm(ids=names[:40], year=2020, **NO),
        firm(ids=names[40:], year=2020, **YES),
        firm(ids=names[:30], **NO),
        firm(ids=names[30:], **YES),
        firm(40, industry="1711", **YES),
    )
    frame = comparison.practice_comparison(pop, ["data_sharing"], "tab-a2")
    errors = {
        way: error_of(frame, "data_sharing_change", way, 2021)
        for way in (RAW, MATCHED, STANDARDISED)
    }
    # Ten of sixty pairs rose: the variance of the mean of ten ones and fifty zeros.
    assert errors[MATCHED] == pytest.approx(100 * math.sqrt(10 / 60 * 50 / 60 / 59))
    assert errors[RAW] > errors[MATCHED] > 0
    assert errors[STANDARDISED] > 0


def test_the_error_of_a_standardised_change_is_that_of_resampled_firms(firm, assessed) -> None:
    drawn = np.random.default_rng(7)
    rows = []
    for number in range(400):
        industry = ("3670", "3990", "1711")[number % 3]
        answers = drawn.random(2) < (0.3 + 0.15 * (number % 3))
        for year, answer in zip((2020, 2021), answers, strict=True):
            if drawn.random() < 0.7:
                given = {"practice_data_sharing": bool(answer), "industry": industry}
                rows.append(firm(ids=[f"A{number:03d}"], year=year, **given)[0])

    def change(picked: list[dict]) -> tuple[float, float]:
        frame = comparison.practice_comparison(assessed(picked), ["data_sharing"], "tab-a2")
        row = frame[frame["group"] == STANDARDISED].iloc[0]
        return float(row["value"]), float(row["error"])

    by_firm: dict[str, list[dict]] = {}
    for row in rows:
        by_firm.setdefault(row["credit_code"], []).append(row)
    names = sorted(by_firm)
    resampled = []
    for _ in range(120):
        picked = [
            {**row, "credit_code": f"{row['credit_code']}-{copy}"}
            for copy, name in enumerate(drawn.choice(names, len(names)))
            for row in by_firm[name]
        ]
        resampled.append(change(picked)[0])
    assert change(rows)[1] == pytest.approx(np.std(resampled), rel=0.25)


def test_a_withheld_change_tells_no_error(firm, assessed) -> None:
    pop = assessed(firm(96, level=2), firm(4), firm(96, level=2, year=2020), firm(4, year=2020),
                   minimum=5)  # fmt: skip
    frame = levels.level_changes(pop).query("measure == 'share_level_le1_change'")
    assert frame["withheld"].all()
    assert "error" not in frame or frame["error"].isna().all()


@pytest.mark.parametrize("shared", [0, 10, 30])
def test_the_widest_error_of_two_shares_is_that_of_firms_of_which_none_is_in_both(shared) -> None:
    first = pd.Series([1.0] * 50 + [0.0] * 50)
    other = pd.Series([0.0] * (50 - shared) + [1.0] * 30 + [0.0] * (20 + shared))
    exact = 100 * noise.paired_error(first, other) * math.sqrt(99 / 100)
    widest = noise.widest_error(50, 30, 100)
    assert exact <= widest + 1e-9
    assert (exact == pytest.approx(widest)) == (shared == 0)


@pytest.mark.parametrize(("like", "error"), [(2, 0), (1, 100 * math.sqrt(0.25 / 30))])
def test_a_firm_is_held_against_its_like_and_one_alone_against_all(like: int, error) -> None:
    answers = pd.Series([100.0, 100.0, 0.0, 0.0] * 7 + [100.0, 0.0][: 3 - like] * like)
    cells = np.arange(30) // like
    weights, gains = np.full(30, 1 / 30), np.zeros(30)
    found = noise.standardised_error(answers, ids(0, 30), cells, weights, gains, ids(99, 30))
    assert found == pytest.approx(error)
