"""Innocent readings: which are refused, which is tried first, what each says of its siblings."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from smdi.published import readings as module
from smdi.published.intervals import ROUNDINGS
from smdi.published.readings import Reading, readings, saved_by_rounding, unless


def read(monkeypatch: pytest.MonkeyPatch, content: object) -> dict[str, Reading]:
    """The readings of a file that says this."""
    monkeypatch.setattr(module, "read_yaml", lambda _: content)
    return readings.__wrapped__()


def rounding(name: str | None) -> dict[str, object]:
    return {"kind": "rounding", "rounding": name, "text_zh": "若截尾"}


def test_a_way_of_rounding_that_nobody_knows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match=r"readings\.yaml: no such rounding: \{'ceiling'\}$"):
        read(monkeypatch, {"a": rounding("half_down"), "b": rounding("ceiling")})


def test_a_reading_of_rounding_that_names_no_way_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(ValueError, match=r"no such rounding: \{None\}$"):
        read(monkeypatch, {"a": rounding(None)})


@pytest.mark.parametrize("name", sorted(ROUNDINGS))
def test_each_known_way_of_rounding_may_be_read(monkeypatch: pytest.MonkeyPatch, name: str):
    assert read(monkeypatch, {"a": rounding(name)})["a"].rounding == name


def test_only_readings_of_rounding_name_a_way(monkeypatch: pytest.MonkeyPatch) -> None:
    found = read(monkeypatch, {"a": {"kind": "rank", "text_zh": "若为序号"}})
    assert found == {"a": Reading(kind="rank", text_zh="若为序号")}
    assert found["a"].rounding is None


@pytest.mark.parametrize(
    "entry", [{"kind": "guess", "text_zh": "x"}, {"kind": "rank"}, rounding("half_up") | {"x": 1}]
)
def test_a_reading_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch, entry) -> None:
    with pytest.raises(ValidationError):
        read(monkeypatch, {"a": entry})


@pytest.mark.parametrize(
    ("fits", "tried", "told"),
    [
        ({"truncation", "half_down"}, ["truncation"], "若该处数字系截去尾数而非四舍五入"),
        ({"half_down"}, ["truncation", "half_down"], "若恰为五时舍去而非进位"),
        (set(), ["truncation", "half_down"], ""),
    ],
)
def test_the_first_rounding_under_which_places_hold_is_told(
    fits: set[str], tried: list[str], told: str
) -> None:
    asked: list[str] = []

    def holds(way: str) -> bool:
        asked.append(way)
        return way in fits

    assert saved_by_rounding(holds) == (f"{told}，则可以同时成立。" if told else "")
    assert asked == tried


def test_siblings_are_asked_under_the_rounding_that_saves() -> None:
    siblings = [lambda way: way == "half_down", lambda way: way == "truncation", lambda _: True]
    told = saved_by_rounding(lambda way: way == "half_down", siblings)
    assert told == "若恰为五时舍去而非进位，则可以同时成立；同类 3 处中，2 处与这一读法相符。"


@pytest.mark.parametrize(
    ("siblings", "told"),
    [
        ([], "。"),
        ([True], "；同类 1 处中，1 处与这一读法相符。"),
        ([False], "；同类 1 处中，0 处与这一读法相符。"),
        ([True, False, True], "；同类 3 处中，2 处与这一读法相符。"),
    ],
)
def test_a_reading_says_how_many_siblings_agree_with_it(siblings: list[bool], told: str) -> None:
    own = Reading(kind="outside", text_zh="若其后经过修订")
    assert unless(own, iter(siblings)) == f"若其后经过修订，则可以同时成立{told}"
    named = unless("serial_number", siblings)
    assert named == f"若该列是逐行编号的序号，而非名次，则可以同时成立{told}"
