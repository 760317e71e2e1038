"""How named values read in a sentence."""

from __future__ import annotations

import pytest

from smdi.report.text.parts import Part, claimed, parse, phrase_record, spaced
from smdi.report.text.states import UNSAID
from smdi.report.text.texts import States
from smdi.report.values import amount, make_number


@pytest.mark.parametrize(
    ("value", "unit", "digits", "text"),
    [
        (69.02, "%", 0, "69%"),
        (88.645, "%", 2, "88.65%"),
        (7.05, "百分点", 1, "7.1 个百分点"),
        (4654, "家", 0, "4654 家"),
        (20156, "家", 0, "20156 家"),
        (40000, "万元", 0, "4 亿元"),
        (40001, "万元", 0, "40001 万元"),
        (0, "万元", 0, "0 万元"),
        (-0.001, "%", 1, "0.0%"),
    ],
)
def test_an_amount_is_written_with_its_unit_and_rounded_half_up(value, unit, digits, text) -> None:
    assert amount(value, unit, digits) == text


def test_a_value_that_is_not_there_says_so() -> None:
    assert make_number(float("nan"), "%").text == "（数据缺失）"
    assert make_number(3.0, "家", withheld=True).text == "（未公布）"
    assert make_number(3.0, "家", withheld=True).value is None


def test_every_state_that_cannot_be_said_has_words_alone_and_in_a_sentence() -> None:
    states = {"withheld", "missing", "inapplicable", "single"}
    assert set(UNSAID) == states == set(States.model_fields)


def test_a_simulated_value_bears_a_mark_and_a_published_one_none() -> None:
    assert make_number(5.0, "%", status="simulated").simulated
    assert make_number(5.0, "%", status="published").published
    assert not make_number(5.0, "%").simulated


def test_what_is_withheld_is_suppressed_whatever_it_is_known_from() -> None:
    assert make_number(5.0, "%", withheld=True, status="simulated").status == "suppressed"
    assert make_number(None, "%", status="published").status == "missing"


def records_of(text: str, **records: dict) -> list[dict]:
    parts = parse(text, "c", lambda fact, said: "simulated" if fact == "" else "published")
    return phrase_record(parts, {f"c.{name}": record for name, record in records.items()})["parts"]


def test_a_claim_of_simulated_values_bears_the_mark_at_the_end_of_each_clause() -> None:
    said = claimed("甲高于乙；丙最高。", ["published", "simulated"])
    assert said == "甲高于乙⟦!simulated⟧；丙最高⟦!simulated⟧。"
    assert claimed("甲高于乙", ["published", "computed"]) == "甲高于乙"
    assert claimed("甲高于乙", ["derived", "published"]) == "甲高于乙⟦!derived⟧"


def test_a_clause_with_an_amount_is_marked_by_its_amount_alone() -> None:
    assert claimed("甲提高⟦=3%⟧。", ["simulated"]) == "甲提高⟦=3%⟧。"
    low = {"text": "69%", "status": "simulated", "simulated": True}
    parts = records_of("占⟦low⟧，居首位⟦!simulated⟧。乙居末位⟦!simulated⟧。", low=low)
    marks = [part for part in parts if part.get("text") == "" and part.get("status")]
    assert len(marks) == 1
    assert parts[-2:] == [{"text": "", "status": "simulated", "simulated": True}, {"text": "。"}]


def test_figures_stand_off_from_han_characters_within_parts_and_between_them() -> None:
    records = {"c.low": {"text": "69%", "simulated": False}}
    parts = [Part(text="占"), Part(key="c.low"), Part(text="的企业有3家")]
    said = phrase_record(parts, records)["text"]
    assert said == "占 69% 的企业有 3 家"
    assert spaced([Part(text="一级")], {}) == [Part(text="一级")]


def test_a_phrase_may_use_only_keys_that_are_registered() -> None:
    with pytest.raises(KeyError, match="register it before"):
        phrase_record([Part(key="c.unknown")], {})


def test_a_wrong_mark_is_refused() -> None:
    with pytest.raises(ValueError, match="neither a key"):
        parse("占⟦A b⟧", "c", lambda fact, said: "computed")


@pytest.mark.parametrize("text", ["占 ⟦ 比", "占 ⟧ 比", "⟦=69%⟧ 和 ⟧", "⟦ ⟦=69%⟧", "⟧⟦"])
def test_a_bracket_without_its_other_half_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"without its other half|neither a key"):
        parse(text, "c", lambda fact, said: "computed")
