"""Rules that hold for all numbers: rounding, ranks, suppression, and who counts as participant."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from smdi.indicators import Population
from smdi.indicators.precision.rounding import half_up
from smdi.indicators.tidy import competition_rank, share


@dataclass(frozen=True)
class Some:
    """So many firms, of which nothing is known."""

    number: int
    cell: None = None

    def __len__(self):
        return self.number


@given(st.integers(1, 1_000_000), st.integers(0, 1_000_000), st.integers(0, 2))
def test_a_share_is_rounded_as_whole_numbers_would_be(base, count, digits):
    assume(count <= base)
    hundredths = 100 * count * 10**digits
    expected = (2 * hundredths + base) // (2 * base)
    rounded = half_up(share("s", "甲", 2021, Some(count), Some(base)).value, digits)
    assert rounded == Decimal(expected).scaleb(-digits)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=30))
def test_a_rank_is_one_more_than_those_who_are_greater(values):
    ranks = competition_rank(pd.Series(values)).tolist()
    assert ranks == [1 + sum(other > value for other in values) for value in values]


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from("ABCD"),
        st.integers(2019, 2022),
        st.integers(1, 3),
        st.sampled_from(["320000", "370000"]),
        st.integers(0, 5),
    ),
    min_size=1,
    max_size=25,
)


@settings(deadline=None)
@given(answers=ANSWERS, until=st.integers(2019, 2021))
def test_who_is_assessed_and_who_takes_part_is_what_a_list_kept_by_hand_says(answers, until):
    newest = {}
    for code, year, day, province, level in answers:
        known = newest.get((code, year))
        if known is None or day >= known[0]:
            newest[code, year] = day, province, level
    assessed = sorted((c, level) for (c, y), (_, _, level) in newest.items() if y == until)
    taking_part = {
        code: province for (code, year), (_, province, _) in sorted(newest.items()) if year <= until
    }

    frame = pd.DataFrame(
        {
            "credit_code": [code for code, *_ in answers],
            "year": [year for _, year, *_ in answers],
            "submitted_on": [datetime.date(year, 6, day) for _, year, day, *_ in answers],
            "province": [province for *_, province, _ in answers],
            "level": [level for *_, level in answers],
        }
    )
    pop = Population.of(frame, 2021, 2020)
    assert pop.assessed_in(until)["level"].tolist() == [level for _, level in assessed]
    counts = pop.participants_until(until).counts("province").to_dict()
    assert counts == {
        p: n for p in ("320000", "370000") if (n := list(taking_part.values()).count(p))
    }
