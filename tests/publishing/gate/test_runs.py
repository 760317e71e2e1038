"""Runs of letters: those that a pattern would find between others, whatever stands around."""

from __future__ import annotations

import re
import string

from hypothesis import given
from hypothesis import strategies as st

from smdi.publishing.gate.runs import Letters


@given(st.text(st.sampled_from("ab9|\0 家é\udc80-")), st.integers(1, 4))
def test_runs_are_those_of_the_pattern(text: str, shortest: int) -> None:
    made = Letters(string.ascii_lowercase, string.digits).runs(text, shortest)
    assert made == re.findall(f"[a-z0-9]{{{shortest},}}", text)


def test_a_kind_may_have_the_letter_that_parts_others() -> None:
    assert Letters("a|").runs("b a|a\0aa", 2) == ["a|a", "aa"]
