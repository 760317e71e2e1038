"""Sentences cannot lie: all falling, all equal, ties everywhere, nothing known."""

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smdi.indicators.precision.rounding import half_up
from smdi.report.text import phrases
from smdi.report.text.language import numeral
from smdi.report.values import plain

NAN = math.nan
shares = st.floats(0, 100)
TENTHS = {word: place for place, word in enumerate("一二三四五六七八九", start=1)}


@given(shares, shares, st.integers(0, 2))
def test_no_difference_is_claimed_that_the_digits_do_not_show(value, reference, digits):
    alike = half_up(value, digits) == half_up(reference, digits)
    assert (phrases.compare(value, reference, digits) == "持平") == alike


@given(shares, shares, st.integers(0, 2))
def test_a_change_is_level_only_where_its_digits_are_nothing_but_noughts(now, before, digits):
    said = plain(phrases.change(now - before, digits))
    amount = re.search(r"[\d.]+", said)
    assert (said == "持平") == (half_up(now - before, digits) == 0)
    assert amount is None or float(amount.group()) > 0


@given(shares)
def test_a_share_in_words_holds(value):
    said, share = phrases.about(value), float(half_up(value, 2))
    if said.startswith("超过") and said.endswith("成"):
        assert share > 10 * TENTHS[said[2]]
    elif said.startswith("近") and said.endswith("成"):
        assert 10 * TENTHS[said[1]] - 3 <= share < 10 * TENTHS[said[1]]
    elif said == "不足一成":
        assert 0 < share < 7
    elif said == "近半数":
        assert 47 <= share < 50
    elif said == "超过半数":
        assert 50 < share < 55


@given(st.dictionaries(st.sampled_from("甲乙丙丁戊"), st.sampled_from([1.0, 2.0, 2.04, 3.0, NAN])))
def test_a_superlative_names_all_that_print_the_extreme(values):
    known = {n: half_up(v, 1) for n, v in values.items() if not math.isnan(v)}
    said = phrases.superlative(values, 1)
    if len(known) < 2:
        assert said == "⟦?missing⟧"
    elif len(set(known.values())) == 1:
        assert said == "各组持平"
    else:
        best = [name for name in known if known[name] == max(known.values())]
        assert all((name in said.split("最高")[0]) == (name in best) for name in known)


def test_a_lead_may_be_a_lag_or_nothing():
    assert plain(phrases.lead(12.5, 10, than="流程型")) == "较流程型高出 2.5 个百分点"
    assert plain(phrases.lead(10, 12.5, than="流程型")) == "较流程型低 2.5 个百分点"
    assert plain(phrases.lead(10, 10.04, than="流程型")) == "与流程型持平"


@pytest.mark.parametrize(
    ("ranks", "said"),
    [
        ({"甲": 1}, "甲居首位"),
        ({"甲": 1, "乙": 1, "丙": 1}, "甲、乙和丙并列第一位"),
        ({"甲": 1, "乙": 2}, "甲、乙依次居前两位"),
        ({"甲": 1, "乙": 1, "丙": 3}, "甲和乙并列首位，丙居第三位"),
        ({"丙": 3, "甲": 1, "乙": 2}, "甲、乙、丙依次居前三位"),
        ({"甲": 1, "乙": 2, "丙": 3, "丁": 3}, "甲居首位，乙居第二位，丙和丁并列第三位"),
    ],
)
def test_a_ranking_says_its_ties(ranks, said):
    assert phrases.top(ranks, 3) == said


@pytest.mark.parametrize(
    ("place", "total", "tied", "said"),
    [
        (1, 31, False, "居首位"),
        (1, 31, True, "并列首位"),
        (3, 31, False, "居第三位"),
        (31, 31, False, "居末位"),
        (23, 31, True, "并列第二十三位"),
        (NAN, 31, False, "⟦?missing⟧"),
    ],
)
def test_a_place_is_said_in_words(place, total, tied, said):
    assert phrases.rank_words(place, total, tied) == said


def test_a_claim_that_holds_for_one_alone_or_for_none_is_not_said_of_all():
    assert phrases.how_many({"甲": True, "乙": False, "丙": False}, "提高") == "三个行业中，甲提高"
    assert phrases.how_many({"甲": False}, "提高", denial="下降") == "甲下降"
    assert phrases.how_many({"甲": True}, "提高") == "甲提高"


@pytest.mark.parametrize(
    ("number", "said"),
    [(0, "零"), (10, "十"), (15, "十五"), (20, "二十"), (51, "五十一"), (103, "一百零三"),
     (110, "一百一十"), (1004, "一千零四"), (1040, "一千零四十"), (9999, "九千九百九十九")],
)  # fmt: skip
def test_whole_numbers_are_written_in_words(number, said):
    assert numeral(number) == said


def test_two_things_are_liang():
    assert phrases.counted(2, "个") == "两个"
    assert phrases.counted(12, "个") == "十二个"


def test_names_are_joined_as_chinese_does():
    assert [phrases.listing("甲乙丙"[:n]) for n in range(4)] == ["", "甲", "甲和乙", "甲、乙和丙"]
