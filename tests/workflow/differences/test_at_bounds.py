"""When two sentences are alike, however long, and two values of an exhibit the same."""

from __future__ import annotations

import pytest

from smdi.workflow.differences.exhibits import exhibit_changes
from smdi.workflow.differences.sentences import SentenceChange, pieces

from .test_differences import exhibit, run, share


def told(old: str, new: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in pieces(old, new)]


def test_a_long_sentence_of_words_that_come_again_is_compared_word_by_word() -> None:
    long = "甲乙" * 150
    assert told(f"{long}丙", f"{long}丁") == [("same", long), ("gone", "丙"), ("new", "丁")]


def test_a_change_of_a_sentence_has_its_chapter_and_both_versions_in_parts() -> None:
    change = SentenceChange("levels.low", "甲乙", "甲丙", claims_changed=True)
    assert change.chapter == "levels"
    assert [(one.kind, one.text) for one in change.pieces] == told("甲乙", "甲丙")


@pytest.mark.parametrize(("value", "differs"), [(0.001, True), (0.0009, False), (-0.001, True)])
def test_a_value_differs_from_the_last_decimal_that_is_left_on(value: float, differs: bool) -> None:
    before = run("全国", exhibit("fig-04", share("甲", 0.0)))
    found = list(exhibit_changes(before, run("全国", exhibit("fig-04", share("甲", value)))))
    assert bool(found) is differs


def test_what_only_the_old_run_has_stands_behind_what_both_have() -> None:
    before = exhibit("fig-04", *(share(name, 1.0) for name in "辛庚己戊丁丙乙甲"))
    (found,) = exhibit_changes(
        run("全国", before), run("全国", exhibit("fig-04", share("丙", 9.0)))
    )
    assert found.rows["group"].tolist()[0] == "丙"
    assert sorted(found.rows["group"]) == sorted("辛庚己戊丁丙乙甲")
