"""How named values read in a sentence."""

from __future__ import annotations

import pytest

from smdi.report import values as numbers
from smdi.report.text.texts import States
from smdi.report.values import Part, amount, make_number, phrase_record, spaced


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
    assert set(numbers.UNSAID) == states == set(States.model_fields)


def test_a_simulated_value_bears_a_mark_unless_the_report_prints_it() -> None:
    assert make_number(5.0, "%", simulated_data=True).simulated
    assert not make_number(5.0, "%", simulated_data=True, published=True).simulated
    assert not make_number(5.0, "%").simulated


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
        numbers.parse("占⟦A b⟧", "c", False, lambda fact, said: False)
