"""The records of a chapter: what may be registered, and in which state a sentence is."""

from __future__ import annotations

import pytest

from smdi.report.published_values import PublishedValues, no_facts
from smdi.report.records import Records
from smdi.report.text.states import UNSAID

OTHERWISE = {state: f"{state}。" for state in UNSAID}


def records(*, may_change: bool = False) -> Records:
    return Records("c", PublishedValues(no_facts()), may_change=may_change)


def number(kept: Records, name: str, value: float | None, *, withheld: bool = False) -> None:
    kept.number(name, value, "%", 0, fact=None, withheld=withheld)


def test_a_sentence_is_said_when_all_its_values_can_be():
    kept = records()
    number(kept, "low", 69.0)
    kept.sentence("said", "占⟦low⟧。", OTHERWISE)
    assert kept.text("said") == "占 69%。"


def test_a_sentence_that_quotes_a_withheld_sentence_is_withheld_with_it():
    kept = records()
    number(kept, "low", 3.0, withheld=True)
    kept.phrase("clause", "占⟦low⟧")
    kept.sentence("said", "企业⟦clause⟧。", OTHERWISE)
    assert kept.text("said") == "withheld。"


def test_a_replaced_sentence_can_be_quoted_as_it_then_reads():
    kept = records()
    number(kept, "low", None)
    kept.sentence("said", "占⟦low⟧。", OTHERWISE)
    kept.sentence("summary", "综上，⟦said⟧", OTHERWISE)
    assert kept.text("summary") == "综上，missing。"


@pytest.mark.parametrize("first", range(len(UNSAID)))
def test_of_several_states_the_first_of_the_list_decides(first):
    kept = records()
    marks = "".join(f"⟦?{state}⟧" for state in reversed(UNSAID[first:]))
    kept.sentence("said", marks, OTHERWISE)
    assert kept.text("said") == f"{UNSAID[first]}。"


def test_a_key_must_be_registered_before_it_is_used():
    kept = records()
    with pytest.raises(KeyError, match=r"c\.high"):
        kept.phrase("said", "⟦high⟧")
    assert kept.as_json() == {}


def test_the_same_again_is_no_second_meaning_but_another_value_is():
    kept = records()
    number(kept, "low", 69.0)
    number(kept, "low", 69.0)
    with pytest.raises(ValueError, match=r"c\.low is registered twice"):
        number(kept, "low", 70.0)
    assert kept.text("low") == "69%"


def test_in_a_draft_the_last_value_holds_and_so_does_its_state():
    kept = records(may_change=True)
    number(kept, "low", None)
    number(kept, "low", 70.0)
    kept.sentence("said", "占⟦low⟧。", OTHERWISE)
    assert kept.text("said") == "占 70%。"


@pytest.mark.parametrize("name", ["Low", "2021", "a.b", "", "low share"])
def test_a_name_is_lower_case_letters_digits_and_underscores(name):
    with pytest.raises(ValueError, match="lower-case"):
        number(records(), name, 1.0)


def test_records_are_listed_by_key_whatever_the_order_of_registering():
    kept = records()
    for name in ("b", "c", "a"):
        number(kept, name, 1.0)
    assert list(kept.as_json()) == ["c.a", "c.b", "c.c"]
