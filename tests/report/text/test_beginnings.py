"""Sentences that are joined, and how each begins."""

from __future__ import annotations

import pytest

from smdi.report.text import phrases


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ""),
        ("a", "A"),
        ("ab cd", "Ab cd"),
        ("江苏", "江苏"),
        ("⟦=5⟧ a", "⟦=5⟧ a"),
        ("Ab", "Ab"),
    ],
)
def test_a_sentence_begins_with_a_capital_and_keeps_all_else(text: str, told: str) -> None:
    assert phrases.sentence(text) == told


def test_sentences_are_joined_by_stops_and_empty_ones_left_out() -> None:
    assert phrases.joined(["甲", "", " 乙 ", "丙"]) == "甲。乙。丙"
    assert phrases.joined([]) == ""
