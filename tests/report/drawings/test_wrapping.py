"""Long labels break where a reader would break them."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from smdi.report.charts.frames import wrap

HAN = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (HAN[:11], [HAN[:11]]),
        (HAN[:12], [HAN[:6], HAN[6:12]]),
        ("甲乙丙丁戊（己）庚辛壬癸子丑", ["甲乙丙丁戊（己）", "庚辛壬癸子丑"]),
        ("甲乙丙丁戊、己庚辛壬癸子丑", ["甲乙丙丁戊、", "己庚辛壬癸子丑"]),
        ("甲乙丙丁戊己庚和辛壬癸子丑", ["甲乙丙丁戊己庚和", "辛壬癸子丑"]),
        ("甲乙丙、丁戊己庚辛壬癸子丑", ["甲乙丙丁戊己庚"[:3] + "、丁戊己", "庚辛壬癸子丑"]),
    ],
)
def test_a_label_breaks_near_its_middle_after_a_mark(text: str, lines: list[str]) -> None:
    assert wrap(text).split("\n") == lines


def test_another_limit_makes_other_lines() -> None:
    assert wrap(HAN[:8], 4).split("\n") == [HAN[:4], HAN[4:8]]
    assert wrap(HAN[:4], 4) == HAN[:4]


@given(st.text("甲乙丙丁戊己庚辛、，）和", max_size=40))
def test_nothing_is_lost_and_no_line_begins_with_a_mark_or_is_short(text: str) -> None:
    assume(
        not any(pair in text for pair in ("、、", "，，", "））", "、，", "，、", "）、", "），"))
    )
    assume("、）" not in text and "，）" not in text and not text.startswith(("、", "，", "）")))
    lines = wrap(text).split("\n")
    assert "".join(lines) == text
    assert all(line[0] not in "、，）" for line in lines[1:])
    assert all(len(line) <= 14 for line in lines)
    assert len(lines) == 1 or min(map(len, lines)) >= 2
