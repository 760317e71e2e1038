"""A finding that contradicts itself, and a rule that does not say what it is, are refused."""

from __future__ import annotations

import pytest

from smdi.published.audit.registry import RULES, Finding, rule

SOUND = {
    "rule": "r",
    "severity": "contradiction",
    "fact_ids": ("a", "b"),
    "message_zh": "。",
    "treatment_zh": "。",
    "followed": "a",
    "contradicted": ("b",),
}


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"severity": "worse"}, "no such severity: worse"),
        ({"severity": "notice"}, "gives way only"),
        ({"followed": None}, "gives way only"),
        ({"severity": "conditional"}, "names the reading"),
        ({"unless_zh": "除非。"}, "names the reading"),
        ({"fact_ids": ()}, "among its places"),
        ({"fact_ids": ("a",)}, "among its places"),
        ({"fact_ids": ("b",)}, "among its places"),
    ],
)
def test_a_finding_that_contradicts_itself_is_refused(changed: dict[str, object], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        Finding(**{**SOUND, **changed})


@pytest.mark.parametrize(
    "changed",
    [
        {},
        {"severity": "conditional", "unless_zh": "除非。"},
        {"severity": "claim"},
        {"severity": "notice", "contradicted": (), "followed": None},
        {"contradicted": (), "followed": None},
    ],
)
def test_a_finding_that_does_not_is_taken(changed: dict[str, object]) -> None:
    assert Finding(**{**SOUND, **changed}).rule == "r"


def test_two_rules_of_one_name_and_one_without_words_are_refused() -> None:
    def shares_of_a_whole(report):
        """Look for something."""

    def wordless(report):
        pass

    shares_of_a_whole.__name__ = next(iter(RULES))
    with pytest.raises(ValueError, match="two rules are called"):
        rule("题", "因")(shares_of_a_whole)
    with pytest.raises(ValueError, match="wordless does not say"):
        rule("题", "因")(wordless)
    assert "wordless" not in RULES
