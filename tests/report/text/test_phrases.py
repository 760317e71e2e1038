"""Words that claim something follow the data, whatever the data are."""

from __future__ import annotations

import math

import pytest

from smdi.report.text import phrases
from smdi.report.values import plain


@pytest.mark.parametrize(
    ("delta", "said"),
    [
        (5.04, "较 2020 年提高 5.0 个百分点"),
        (-5.04, "较 2020 年降低 5.0 个百分点"),
        (0.04, "与 2020 年持平"),
        (-0.04, "与 2020 年持平"),
    ],
)
def test_a_change_claims_no_more_than_its_digits_show(delta, said) -> None:
    assert plain(phrases.change(delta, 1, since="2020 年")) == said


@pytest.mark.parametrize(
    ("since", "said"),
    [
        ("9 月", "较 9 月提高 5.0 个百分点"),
        ("12 月", "较 12 月提高 5.0 个百分点"),
        ("上年", "较上年提高 5.0 个百分点"),
    ],
)
def test_a_figure_is_set_off_from_the_word_before_it_and_a_word_is_not(since, said) -> None:
    assert plain(phrases.change(5.0, 1, since=since)) == said


def test_values_that_print_alike_are_said_to_be_level() -> None:
    assert phrases.compare(12.4, 12.3, 0, than="全行业") == "与全行业持平"
    assert phrases.compare(12.6, 12.3, 0, than="全行业") == "高于全行业"
    assert phrases.compare(11.4, 12.3, 0, than="全行业") == "低于全行业"


def test_leaders_are_named_in_order() -> None:
    ranks = {"江苏省": 1, "山东省": 2, "广东省": 3}
    assert phrases.top(ranks, 3) == "江苏省、山东省、广东省依次居前三位"


def test_leaders_that_tie_are_said_to_tie() -> None:
    assert phrases.top({"甲": 1, "乙": 1}, 3) == "甲和乙并列第一位"
    assert phrases.top({"甲": 1, "乙": 2, "丙": 2}, 3) == "甲居首位，乙和丙并列第二位"


def test_all_none_and_some_are_told_apart() -> None:
    assert phrases.how_many({"甲": True, "乙": True}, "提高") == "两个行业均提高"
    assert phrases.how_many({"甲": False, "乙": False}, "提高") == "两个行业均未提高"
    some = {"甲": True, "乙": True, "丙": False}
    assert phrases.how_many(some, "提高") == "除丙外，其余两个行业均提高"


@pytest.mark.parametrize(
    ("share", "said"), [(69.03, "近七成"), (50.0, "半数"), (52, "超过半数"), (0, "没有")]
)
def test_a_share_in_words_is_never_above_what_it_is(share, said) -> None:
    assert phrases.about(share) == said


def test_what_is_missing_claims_nothing() -> None:
    for said in (
        phrases.change(math.nan),
        phrases.compare(math.nan, 1),
        phrases.top({}, 3),
        phrases.how_many({}, "提高"),
        phrases.about(math.nan),
    ):
        assert said == "⟦?missing⟧"
