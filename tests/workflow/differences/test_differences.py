"""What is said to differ between two runs, on runs of a few values made here."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pandas as pd
import pytest

from smdi.workflow.differences.consequences import About, Consequences
from smdi.workflow.differences.exhibits import exhibit_changes, rank_changes
from smdi.workflow.differences.run import Run, Shown
from smdi.workflow.differences.sentences import pieces, sentence_changes
from smdi.workflow.differences.values import value_changes

COLUMNS = ["measure", "group", "year", "value", "unit", "base", "withheld"]


def number(value: float | None, text: str, unit: str = "%", digits: int = 0) -> dict[str, Any]:
    state = "missing" if value is None else "value"
    made = {"kind": "number", "value": value, "unit": unit, "digits": digits, "text": text}
    return made | {"state": state, "simulated": False}


def phrase(text: str) -> dict[str, Any]:
    return {"kind": "phrase", "text": text, "simulated": False, "parts": [{"text": text}]}


def exhibit(name: str, *rows: tuple[object, ...]) -> Shown:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    content = {"id": name, "kind": "chart", "title": "图", "alt": "图", "simulated": "none"}
    return Shown(name, "levels", content, frame, None, None)


def run(scope: str = "全国", *shown: Shown, **records: dict[str, Any]) -> Run:
    named = {f"levels.{name}": record for name, record in records.items()}
    return Run(scope, {"levels": "总体水平"}, named, {one.name: one for one in shown})


def share(group: str, value: float, base: int = 100) -> tuple[object, ...]:
    return ("share", group, 2021, value, "%", base, False)


def rank(group: str, place: int) -> tuple[object, ...]:
    return ("rank", group, 2021, float(place), "位", 0, False)


# -- values ------------------------------------------------------------------------------------


def test_a_share_differs_by_percentage_points_as_they_are_printed() -> None:
    (change,) = value_changes(run(low=number(69.4, "69%")), run(low=number(66.6, "67%")))
    assert (change.difference, change.difference_text) == (-2.0, "−2 个百分点")


def test_a_count_differs_in_its_own_unit() -> None:
    old, new = number(4654.0, "4654 家", "家"), number(5000.0, "5000 家", "家")
    (change,) = value_changes(run(firms=old), run(firms=new))
    assert change.difference_text == "+346 家"


def test_values_that_read_the_same_are_no_change() -> None:
    assert not list(value_changes(run(low=number(69.4, "69%")), run(low=number(68.6, "69%"))))


def test_a_value_that_cannot_be_said_has_no_difference_and_reads_as_its_state() -> None:
    (change,) = value_changes(run(low=number(69.0, "69%")), run(low=number(None, "")))
    assert change.difference is None
    assert change.new_text == "（数据缺失）"


def test_a_value_that_one_run_alone_has_is_told() -> None:
    (change,) = value_changes(run(), run(low=number(69.0, "69%")))
    assert (change.old_text, change.new_text) == (None, "69%")


def test_the_largest_change_comes_first() -> None:
    old = run(a=number(50.0, "50%"), b=number(1000.0, "1000 家", "家"), c=number(5.0, "5%"))
    new = run(a=number(53.0, "53%"), b=number(1500.0, "1500 家", "家"), c=number(6.0, "6%"))
    found = Consequences(ABOUT, old, new).first_values
    assert [change.key for change in found] == ["levels.b", "levels.a", "levels.c"]


# -- sentences -----------------------------------------------------------------------------------


def test_what_changed_in_a_sentence_is_marked_and_a_number_stays_whole() -> None:
    found = [
        (piece.kind, piece.text) for piece in pieces("占 69.5%，居首位。", "占 8.1%，居首位。")
    ]
    assert found == [("same", "占 "), ("gone", "69.5%"), ("new", "8.1%"), ("same", "，居首位。")]


def test_both_versions_can_be_read_off_the_parts() -> None:
    old, new = "与 2020 年相比提高 5.9 个百分点。", "与上年相比降低 10 个百分点，居末位。"
    parts = list(pieces(old, new))
    assert "".join(p.text for p in parts if p.kind != "new") == old
    assert "".join(p.text for p in parts if p.kind != "gone") == new


def test_sentences_without_much_in_common_are_given_whole() -> None:
    found = [(piece.kind, piece.text) for piece in pieces("甲乙丙丁。", "戊己庚辛壬癸")]
    assert found == [("gone", "甲乙丙丁。"), ("new", "戊己庚辛壬癸")]


@pytest.mark.parametrize(
    ("new", "claims"),
    [("江苏省的占比提高 7.1 个百分点", False), ("江苏省的占比降低 7.1 个百分点", True)],
)
def test_a_claim_changes_with_its_words_and_not_with_number_and_scope(new, claims) -> None:
    old = run("全国", change=phrase("全国的占比提高 5.9 个百分点"))
    (found,) = sentence_changes(old, run("江苏省", change=phrase(new)))
    assert found.claims_changed is claims


def test_a_sentence_that_only_joins_others_is_not_told_twice() -> None:
    joined = {"kind": "phrase", "simulated": False, "parts": [{"key": "a"}, {"key": "b"}]}
    old = run(whole={**joined, "text": "甲。乙。"}, part=phrase("甲。"))
    new = run(whole={**joined, "text": "丙。乙。"}, part=phrase("丙。"))
    assert [change.key for change in sentence_changes(old, new)] == ["levels.part"]


def test_a_sentence_that_is_another_is_told_under_its_own_name_too() -> None:
    alone = {"kind": "phrase", "simulated": False, "parts": [{"key": "a"}]}
    old, new = run(again={**alone, "text": "甲。"}), run(again={**alone, "text": "乙。"})
    assert [change.key for change in sentence_changes(old, new)] == ["levels.again"]


# -- exhibits and ranks --------------------------------------------------------------------------


def test_the_row_of_the_whole_scope_is_compared_with_that_of_the_other_scope() -> None:
    old = run("全国", exhibit("fig-04", share("全国", 69.0), share("中小微企业", 80.0)))
    new = run("江苏省", exhibit("fig-04", share("江苏省", 66.0, 30), share("中小微企业", 80.0)))
    (change,) = exhibit_changes(old, new)
    (row,) = change.rows.to_dict("records")
    assert (row["group"], row["old"], row["new"]) == ("江苏省", 69.0, 66.0)
    assert (row["difference"], row["difference_unit"], row["new_base"]) == (-3.0, "百分点", 30)


def test_an_exhibit_that_one_run_alone_shows_is_told() -> None:
    (change,) = exhibit_changes(run("全国", exhibit("fig-02", share("江苏省", 1.0))), run())
    assert (change.name, change.new) == ("fig-02", None)


def test_an_exhibit_with_the_same_values_is_no_change() -> None:
    both = [run("全国", exhibit("fig-04", share("全国", 69.0))) for _ in range(2)]
    assert not list(exhibit_changes(*both))


def test_ranks_that_moved_are_listed_once_the_farthest_first() -> None:
    before = (rank("广州", 41), rank("苏州", 1), rank("深圳", 2))
    after = (rank("广州", 12), rank("苏州", 2), rank("深圳", 2))
    old = run("全国", exhibit("tab-cities", *before), exhibit("fig-a2", *before))
    new = run("全国", exhibit("tab-cities", *after), exhibit("fig-a2", *after))
    found = rank_changes(list(exhibit_changes(old, new)))
    assert [(r.exhibit, r.group, r.moved) for r in found] == [
        ("tab-cities", "广州", -29),
        ("tab-cities", "苏州", 1),
    ]


# -- all together --------------------------------------------------------------------------------

ABOUT = About(
    edition="2021",
    scope="江苏省",
    old_scope="全国",
    parameters={"province": "江苏省"},
    release="r",
    data="d",
    code="c",
    simulated=True,
)


def found() -> Consequences:
    old = run("全国", exhibit("fig-04", share("全国", 69.0)), low=number(69.0, "69%"))
    new = run("江苏省", exhibit("fig-04", share("江苏省", 66.0)), low=number(66.0, "66%"))
    return Consequences(ABOUT, old, new)


def test_json_and_csv_say_the_same() -> None:
    files = found().files()
    content = json.loads(files["consequences.json"])
    (row,) = csv.DictReader(io.StringIO(files["values.csv"].decode("utf-8-sig")))
    assert content["about"]["parameters"] == {"province": "江苏省"}
    assert content["values"][0]["difference"] == float(row["difference"]) == -3.0
    assert content["exhibits"][0]["new"] == 66.0


def test_a_list_without_entries_has_its_columns() -> None:
    head = found().files()["ranks.csv"].decode("utf-8-sig").splitlines()
    assert head == ["exhibit,group,year,old,new,moved"]


def test_chapters_of_which_nothing_is_another_are_not_named() -> None:
    same = run("全国", low=number(69.0, "69%"))
    assert Consequences(ABOUT, same, same).chapters == {}
    assert found().chapters == {"levels": "总体水平"}
