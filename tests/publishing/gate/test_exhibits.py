"""An exhibit gives nothing away by itself: no rank, no order, no value beyond its data."""

from __future__ import annotations

from dataclasses import replace

import pytest

from smdi.edition import read_edition
from smdi.publishing.gate.attack.release import Data, shown_by_itself
from smdi.publishing.gate.attack.tidy_rows import rows_of
from smdi.publishing.gate.findings import Finding, GatePolicy

from .test_attack import AS_PRINTED, POLICY, csv

SHOWN = [("firms_level_ge2", name, n, "家", n) for name, n in (("江苏省", 90), ("山东省", 60))]
LAST = ("firms_level_ge2", "青海省", 10, "家", 10)
HIDDEN = ("firms_level_ge2", "西藏自治区", None, "家", 0)
TABLE = {
    "columns": [{"key": "name", "align": "left"}, {"key": "firms_level_ge2", "align": "right"}],
    "rows": [["江苏省", "90"], ["山东省", "60"], ["西藏自治区", "—"]],
}
SPEC = {"datasets": {"a": [{"name": "江苏省", "value": 90.0, "text": "90"}]}}
DESCRIBED = {
    "alt": "首位为江苏省，90 家。",
    "title": "",
    "note": "少于 5 家的不予公布。",
    "table": TABLE,
}


def release(rows: list, **given: object) -> Data:
    data = Data({}, {"fig-a1": rows_of("fig-a1", csv(rows))}, "2021")
    return replace(data, **given)


def findings(data: Data, policy: GatePolicy = POLICY) -> list[Finding]:
    return list(shown_by_itself(data, read_edition("2021"), policy))


def test_an_exhibit_that_hides_well_gives_nothing_away() -> None:
    described = {"fig-a1": DESCRIBED}
    data = release([*SHOWN, LAST, HIDDEN], described=described, specs={"fig-a1": SPEC})
    assert findings(data) == []


def test_a_rank_beside_a_withheld_number_is_found() -> None:
    rank = ("rank", "西藏自治区", 31, "位", 0)
    (found,) = findings(release([*SHOWN, LAST, HIDDEN, rank]))
    assert found.place == "fig-a1 firms_level_ge2 西藏自治区 2021"
    assert (found.what, found.how) == ("a rank", "beside a number that is withheld")


def ranks(*rows: tuple) -> list[tuple]:
    return [("rank", row[1], place, "位", 0) for place, row in enumerate(rows, 1)]


def test_a_withheld_row_in_its_place_in_a_ranking_is_found() -> None:
    hidden = [HIDDEN, ("rank", HIDDEN[1], 3, "位", 0)]
    found = findings(release([*SHOWN, *hidden, LAST, *ranks(*SHOWN)]))
    assert "a withheld number in its place" in {one.what for one in found}


def falling(number: int) -> list[tuple]:
    return [("firms_level_ge2", f"第{n}市", 100 - n, "家", 0) for n in range(number)]


@pytest.mark.parametrize(("shown", "told"), [(5, []), (6, ["a withheld number in its place"])])
def test_a_few_numbers_fall_by_chance_and_many_do_not(shown: int, told: list[str]) -> None:
    *before, last = falling(shown)
    assert [one.what for one in findings(release([*before, HIDDEN, last]))] == told


def test_numbers_in_no_order_tell_no_place_of_one_among_them() -> None:
    first, *others = falling(8)
    assert findings(release([*others, HIDDEN, first])) == []


def test_a_rank_is_that_of_a_number_which_explains_it() -> None:
    """The industries of a list are ranked by one share, and another of theirs is withheld."""
    group = HIDDEN[1]
    order = [*SHOWN, (*HIDDEN[:2], 3, *HIDDEN[3:])]
    other = ("share_level_3", group, None, "%", 0)
    assert findings(release([*order, other, *ranks(*order)])) == []
    assert findings(release([*order, other, *reversed(ranks(*order))])) == []
    some = ("share_level_2", SHOWN[0][1], 12, "%", 0)  # of one group, which ranks nobody
    assert findings(release([*order, some, other, *ranks(*order)])) == []
    wrong = ranks(*reversed(order))
    assert {one.what for one in findings(release([*order, other, *wrong]))} == {"a rank"}


def test_equal_numbers_may_change_places_in_a_ranking() -> None:
    """Ranks that a shown number explains are explained too where two of its values are equal."""
    share = [("share_level_2", name, 20, "%", 0) for name in ("江苏省", "山东省")]
    places = [("rank", name, place, "位", 0) for place, (_, name, *_) in enumerate(share, 1)]
    hidden = ("firms_level_ge2", "江苏省", None, "家", 0)
    assert findings(release([*share, *places, hidden])) == []


@pytest.mark.parametrize("place", [0, -1])
def test_a_withheld_number_before_or_after_all_that_are_shown_has_no_bounds(place: int) -> None:
    rows = falling(8)
    rows.insert(0 if place == 0 else len(rows), HIDDEN)
    assert findings(release(rows)) == []


@pytest.mark.parametrize("place", [1, 4, 7])
def test_a_withheld_number_between_any_two_that_are_shown_has_bounds(place: int) -> None:
    rows = falling(8)
    rows.insert(place, HIDDEN)
    assert [one.what for one in findings(release(rows))] == ["a withheld number in its place"]


def test_a_withheld_rank_tells_no_place_of_a_number() -> None:
    rows = falling(8)
    rows.insert(4, ("firms_level_ge2", HIDDEN[1], None, "位", 0))
    assert findings(release(rows)) == []


@pytest.mark.parametrize("align", ["left", "right"])
def test_only_columns_of_numbers_are_held_to_the_data(align: str) -> None:
    columns = [{"key": "name", "align": "left"}, {"key": "code", "align": align}]
    table = {"columns": columns, "rows": [["江苏省", "320000"], ["山东省"]]}
    found = findings(release([*SHOWN], described={"fig-a1": {**DESCRIBED, "table": table}}))
    assert [one.what for one in found] == (["'320000'"] if align == "right" else [])


@pytest.mark.parametrize("limit", [5, 300])
def test_a_note_may_name_the_number_from_which_groups_are_shown(limit: int) -> None:
    words = f"参评企业不少于 {limit} 家的城市，少于 {limit + 1} 家"
    found = findings(release([*SHOWN], described={"fig-a1": {**DESCRIBED, "note": words}}))
    assert [one.what for one in found] == [f"'{limit + 1}'"]


def test_the_base_of_a_withheld_count_is_found() -> None:
    hidden = ("firms_level_ge2", "西藏自治区", None, "家", 3)
    assert [found.what for found in findings(release([*SHOWN, LAST, hidden]))] == ["a base of 3"]


@pytest.mark.parametrize("unit", ["%", "分"])
def test_a_value_that_is_not_rounded_is_found(unit: str) -> None:
    rows = [("share_level_2", "江苏省", 100 / 3, unit, 300)]
    assert [found.how for found in findings(release(rows))] == ["a value is not rounded"]
    assert findings(release(rows), AS_PRINTED) == []
    assert findings(release([("share_level_2", "江苏省", 33.3, unit, 300)])) == []


ERRORS = "measure,group,year,value,unit,base,withheld,error\n"


@pytest.mark.parametrize(
    ("row", "how"),
    [
        ("a_change,江苏省,2021,1.5,百分点,300,False,0.81", None),
        ("a_change,江苏省,2021,1.5,百分点,300,False,0.8134", "it is not rounded"),
        ("a_change,江苏省,2021,,百分点,300,True,0.81", "of a withheld value"),
    ],
)
def test_an_error_that_tells_of_what_is_behind_it_is_found(row: str, how: str | None) -> None:
    data = Data({}, {"fig-a1": rows_of("fig-a1", ERRORS + row)}, "2021")
    assert [found.how for found in findings(data)] == ([how] if how else [])


def test_a_row_of_a_spec_that_the_data_do_not_have_is_found() -> None:
    rows = [*SPEC["datasets"]["a"], {"name": "西藏自治区", "value": 3.0, "text": "3"}]
    data = release([*SHOWN, HIDDEN], specs={"fig-a1": {"datasets": {"a": rows}}})
    assert {(found.place, found.what) for found in findings(data)} == {
        ("spec", "'3.0'"),
        ("spec", "'3'"),
    }


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"name": "江苏省", "value": 77.0}, ["'77.0'"]),
        ({"label": "江苏省", "text": "77"}, ["'77'"]),
        ({"name": "江苏省", "text": "七十七"}, []),
        ({"name": "江苏省", "x": 77.0}, []),  # a place in the drawing
        ({"value": 77.0}, []),  # of nobody
    ],
)
def test_values_of_a_spec_are_those_beside_a_name(row: dict, told: list[str]) -> None:
    data = release([*SHOWN], specs={"fig-a1": {"datasets": {"a": [row]}, "layer": [row]}})
    assert [one.what for one in findings(data)] == told


def test_what_the_shown_levels_leave_of_a_bar_may_be_drawn() -> None:
    """A bar of 100 % ends with what is withheld: a reader takes the rest from it anyway."""
    shown, hidden = ("share_level_le1", 56.818), ("share_level_2", None)
    rows = [(measure, "江苏省", value, "%", 44) for measure, value in (shown, hidden)]
    for rest, found in ((43.182, 0), (20.0, 1)):
        drawn = [{"name": "江苏省", "value": rest}]
        data = release(rows, specs={"fig-a1": {"datasets": {"a": drawn}}})
        assert len(findings(data)) == found


def test_a_cell_of_a_table_that_the_data_do_not_have_is_found() -> None:
    table = {**TABLE, "rows": [*TABLE["rows"][:2], ["西藏自治区", "3"]]}
    data = release([*SHOWN, HIDDEN], described={"fig-a1": {**DESCRIBED, "table": table}})
    assert [(found.place, found.what) for found in findings(data)] == [("table", "'3'")]


def test_numbers_behind_which_no_firm_stands_may_be_told_beside_others() -> None:
    table = {"columns": TABLE["columns"], "rows": [["二级", "1.8"], ["三级", "2.8"]]}
    described = {"fig-a1": DESCRIBED | {"table": table}}
    standard = ("threshold", "二级", 1.8, "分", 0)
    assert findings(release([standard], described=described)) == []
    firms = [("domain_data", "江苏省", 1.8, "分", 46)]
    assert "'2.8'" in {one.what for one in findings(release(firms, described=described))}


@pytest.mark.parametrize("firms", [("江苏省", 1.8, "分", 46), ("西藏自治区", None, "分", 0)])
def test_values_of_the_standard_beside_those_of_firms_are_looked_at_like_them(firms) -> None:
    table = {"columns": TABLE["columns"], "rows": [["二级", "1.8"], ["三级", "2.8"]]}
    rows = [("threshold", "二级", 1.8, "分", 0), ("domain_data", *firms)]
    found = findings(release(rows, described={"fig-a1": DESCRIBED | {"table": table}}))
    assert [one.what for one in found if one.place == "table"] == ["'2.8'"]


@pytest.mark.parametrize("where", ["alt", "title", "note"])
def test_a_withheld_number_in_the_words_of_an_exhibit_is_found(where: str) -> None:
    described = {"fig-a1": {**DESCRIBED, where: "最低为西藏自治区 3 家"}}
    found = findings(release([*SHOWN, HIDDEN], described=described))
    assert [(one.place, one.what) for one in found] == [("words", "'3'")]


@pytest.mark.parametrize(("text", "number"), [("仅 3 家企业", 1), ("5 家", 0), ("130 家", 0)])
def test_few_firms_in_a_sentence_are_found(text: str, number: int) -> None:
    data = release(SHOWN, numbers={"regions.last": {"text": text}})
    assert len(findings(data)) == number


def told_beyond(text: str, value: object, unit: str = "百分点") -> list[str]:
    """What is found where a table shows a text, and the data have a value."""
    row = ("share_level_le1_change", "江苏省", value, unit, 90)
    columns = [{"key": "name", "align": "left"}, {"key": "v", "align": "right"}]
    table = {"columns": columns, "rows": [["江苏省", text]]}
    data = release([row], described={"fig-a1": {"table": table}})
    return [one.what for one in findings(data) if one.how == "its data have no such value"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3.9", 3.9), ("−3.9", -3.9), ("3.9", -3.9), ("-3.9", 3.9), ("4", 3.5), ("3", 3.49),
        ("3.9", 3.946), ("3.94", 3.9446),
        ("1,234", 1234), ("3.94", 3.936), ("90", 3.9), ("2021", 3.9), ("—", 3.9),
    ],
)  # fmt: skip
def test_a_number_as_it_is_rounded_is_one_of_the_data(text: str, value: float) -> None:
    assert told_beyond(text, value) == []


@pytest.mark.parametrize(
    ("text", "value"), [("3.8", 3.9), ("4", 3.4), ("3.94", 3.9), ("89", 3.9), ("−3.8", -3.9)]
)
def test_a_number_that_the_data_have_not_is_found(text: str, value: float) -> None:
    assert told_beyond(text, value) == [repr(text)]
