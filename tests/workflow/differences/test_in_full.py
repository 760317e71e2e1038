"""All that is told of two runs, column by column, and of which lists only the first stand."""

from __future__ import annotations

import json
from dataclasses import replace

import pandas as pd
import pytest

from smdi.workflow.differences.consequences import Consequences
from smdi.workflow.differences.editions import compare
from smdi.workflow.differences.exhibits import COLUMNS, RankChange, exhibit_changes, rank_changes
from smdi.workflow.differences.sensitivity import level_shares, rank_moves, ranks
from smdi.workflow.differences.sentences import SentenceChange, pieces, sentence_changes
from smdi.workflow.differences.values import ValueChange, value_changes

from .test_differences import ABOUT, exhibit, number, phrase, rank, run, share
from .test_editions import run as edition_of

NAN = float("nan")


def simulated(record: dict) -> dict:
    return record | {"simulated": True}


def test_a_change_of_a_value_tells_both_sides_in_the_finer_of_their_digits() -> None:
    old = run(a=number(1.25, "1.3%", "%", 1), b=number(2.0, "2%"), c=number(1.0, "1%"))
    new = run(c=simulated(number(3.0, "3%")), a=simulated(number(1.0, "1%", "%", 0)))
    assert list(value_changes(old, new)) == [
        ValueChange("levels.c", "%", 0, 1.0, 3.0, "1%", "3%", new_simulated=True),
        ValueChange("levels.a", "%", 1, 1.25, 1.0, "1.3%", "1%", new_simulated=True),
        ValueChange("levels.b", "%", 0, 2.0, None, "2%", None),
    ]
    back = list(value_changes(new, old))
    assert [(one.key, one.old_simulated) for one in back] == [
        ("levels.a", True), ("levels.b", False), ("levels.c", True),
    ]  # fmt: skip


def test_a_name_that_is_a_number_here_and_a_sentence_there_is_neither() -> None:
    old, new = run(a=number(1.0, "1%")), run(a=phrase("一。"))
    assert list(value_changes(old, new)) == list(sentence_changes(old, new)) == []


@pytest.mark.parametrize(
    ("unit", "told"), [("%", "+2 个百分点"), ("‰", "+2 千分点"), ("分", "+2 分")]
)
def test_a_difference_of_parts_is_told_in_points(unit: str, told: str) -> None:
    (one,) = value_changes(run(a=number(1.0, "1", unit)), run(a=number(3.0, "3", unit)))
    assert one.difference_text == told
    alike = replace(one, new=1.2, new_text="1.2")
    assert (alike.difference, alike.difference_text[0]) == (0.0, "0")


def test_a_sentence_is_simulated_where_either_version_is() -> None:
    old = run(a=phrase("甲占 5%。"), b=simulated(phrase("乙。")), c=phrase("丙。"))
    new = run(c=phrase("丙。"), a=simulated(phrase("甲占 6%。")), d=phrase("丁。"))
    assert list(sentence_changes(old, new)) == [
        SentenceChange("levels.a", "甲占 5%。", "甲占 6%。", claims_changed=False, simulated=True),
        SentenceChange("levels.d", "", "丁。", claims_changed=True),
        SentenceChange("levels.b", "乙。", "", claims_changed=True, simulated=True),
    ]


@pytest.mark.parametrize(
    ("old", "new", "parts"),
    [
        ("甲", "", [("gone", "甲")]),
        ("", "乙", [("new", "乙")]),
        ("占 −1,234.5%。", "占 12%。",
         [("same", "占 "), ("gone", "−1,234.5%"), ("new", "12%"), ("same", "。")]),
        ("the mean rose", "the mean fell",
         [("same", "the mean "), ("gone", "rose"), ("new", "fell")]),
        ("甲乙", "甲乙丙", [("same", "甲乙"), ("new", "丙")]),
        # 2 x 1 letter of 6 is 0.33 alike, of 5 it is 0.4.
        ("甲乙丙", "甲丁戊", [("gone", "甲乙丙"), ("new", "甲丁戊")]),
        ("甲乙", "甲丁戊", [("same", "甲"), ("gone", "乙"), ("new", "丁戊")]),
    ],
)  # fmt: skip
def test_the_parts_of_two_sentences(old: str, new: str, parts) -> None:
    assert [(one.kind, one.text) for one in pieces(old, new)] == parts


def test_an_exhibit_tells_the_rows_that_differ_in_the_order_of_the_new_run() -> None:
    old = exhibit("fig-04", share("甲", 1.0), share("乙", 2.0), share("丙", 3.0), share("丁", NAN))
    new = exhibit(
        "fig-04", share("丁", 4.0), share("丙", 3.0005), share("乙", NAN), share("甲", 9.0)
    )
    others = exhibit("fig-01", share("甲", 1.0)), exhibit("fig-09", share("甲", 1.0))
    found = list(exhibit_changes(run("全国", others[0], old), run("全国", new, others[1])))
    assert [(one.name, one.old is None, one.new is None) for one in found] == [
        ("fig-04", False, False), ("fig-09", True, False), ("fig-01", False, True),
    ]  # fmt: skip
    change = found[0]
    assert change.compared == 2
    told = change.rows.astype(object).where(change.rows.notna(), None)
    columns = ["group", "old", "new", "difference", "difference_unit", "old_base", "new_base"]
    assert told[columns].to_numpy().tolist() == [
        ["丁", None, 4.0, None, "百分点", 100, 100],
        ["乙", 2.0, None, None, "百分点", 100, 100],
        ["甲", 1.0, 9.0, 8.0, "百分点", 100, 100],
    ]
    assert change.rows.index.tolist() == [0, 1, 2]
    assert list(change.rows) == COLUMNS
    assert [one.shown.name for one in found] == ["fig-04", "fig-09", "fig-01"]


def test_places_are_told_farthest_first_and_one_that_is_lacking_as_not_moved() -> None:
    old = run("全国", exhibit("fig-02", rank("甲", 1), rank("乙", 2), rank("丙", 3), rank("丁", 4)))
    new = run("全国", exhibit("fig-02", rank("甲", 2), rank("乙", 5), rank("戊", 1), rank("丁", 1)))
    found = rank_changes(list(exhibit_changes(old, new)))
    assert [(one.group, one.old, one.new, one.moved) for one in found] == [
        ("乙", 2, 5, 3), ("丁", 4, 1, -3), ("甲", 1, 2, 1), ("戊", None, 1, 0), ("丙", 3, None, 0),
    ]  # fmt: skip
    assert {one.year for one in found} == {2021}
    assert RankChange("a", "b", 2021, 5, 2).moved == -3


def many() -> Consequences:
    """Seven values and sentences that changed, two that did not, and one that is new."""
    names = [f"v{at}" for at in range(7)]
    old = run(
        "全国",
        exhibit("fig-04", share("全国", 69.0), rank("甲", 1)),
        exhibit("fig-05", share("全国", 5.0)),
        **{name: number(10.0, "10%") for name in names},
        **{f"s{name}": phrase(f"{name}提高。") for name in names},
        same=number(1.0, "1%"), alike=phrase("同。"), told=phrase("占 5%。"),
    )  # fmt: skip
    new = run(
        "江苏省",
        exhibit("fig-04", share("江苏省", 66.0), rank("甲", 3)),
        exhibit("fig-05", share("江苏省", 5.0)),
        **{name: number(11.0 + at, f"{11 + at}%") for at, name in enumerate(names)},
        **{f"s{name}": phrase(f"{name}降低。") for name in names},
        same=number(1.0, "1%"), alike=phrase("同。"), told=phrase("占 6%。"), fresh=phrase("新。"),
    )  # fmt: skip
    new.titles["other"] = "另"
    return Consequences(ABOUT, old, new)


def test_all_is_counted_and_the_first_five_of_each_are_those_that_matter_most() -> None:
    found = many()
    assert found.counts == {
        "chapters": 1, "values": 7, "values_compared": 8, "sentences": 9, "claims": 8,
        "ranks": 1, "exhibits": 1, "exhibits_compared": 2,
    }  # fmt: skip
    assert [one.key for one in found.first_values] == [f"levels.v{at}" for at in (6, 5, 4, 3, 2)]
    assert [one.key for one in found.first_sentences] == [f"levels.sv{at}" for at in range(5)]


def test_the_files_hold_every_list_under_its_columns() -> None:
    files = many().files()
    assert list(files) == [
        "consequences.json", "values.csv", "sentences.csv", "ranks.csv", "exhibits.csv",
    ]  # fmt: skip
    heads = {name: text.decode("utf-8-sig").splitlines() for name, text in files.items()}
    assert heads["values.csv"][:2] == [
        "key,unit,digits,old,new,old_text,new_text,old_simulated,new_simulated,"
        "difference,difference_unit",
        "levels.v0,%,0,10.0,11.0,10%,11%,False,False,1.0,百分点",
    ]
    assert heads["sentences.csv"][:2] == [
        "key,old,new,claims_changed,simulated",
        "levels.sv0,v0提高。,v0降低。,True,False",
    ]
    assert heads["ranks.csv"] == ["exhibit,group,year,old,new,moved", "fig-04,甲,2021,1,3,2"]
    assert heads["exhibits.csv"] == [
        "exhibit,measure,group,year,unit,old,new,difference,difference_unit,old_base,new_base",
        "fig-04,share,江苏省,2021,%,69.0,66.0,-3.0,百分点,100,100",
        "fig-04,rank,甲,2021,位,1.0,3.0,2.0,位,0,0",
    ]
    content = json.loads(files["consequences.json"])
    assert content["chapters"] == {"levels": "总体水平"}
    assert content["counts"]["claims"] == 8
    assert content["ranks"] == [
        {"exhibit": "fig-04", "group": "甲", "year": 2021, "old": 1, "new": 3, "moved": 2}
    ]
    assert len(content["values"]) == 7 and len(content["sentences"]) == 9


def test_a_missing_number_is_nothing_in_the_json() -> None:
    found = Consequences(ABOUT, run(a=number(1.0, "1%")), run(a=number(None, "")))
    (value,) = json.loads(found.files()["consequences.json"])["values"]
    assert (value["old"], value["new"], value["difference"]) == (1.0, None, None)


def test_each_column_of_two_editions_is_of_its_own_side() -> None:
    old = edition_of(("firms", "甲", 2021, 100.0, "家", 90, False))
    new = edition_of(
        ("firms", "甲", 2022, 200.0, "家", 80, False), ("x", "乙", 2022, 5.0, "分", 7, False)
    )
    rows = compare(old, 2021, new, 2022)
    told = rows.astype(object).where(rows.notna(), None).to_dict("records")
    assert told[0] == {
        "kind": "moved", "exhibit": "fig-04", "measure": "firms", "group": "甲",
        "old_year": 2021, "new_year": 2022, "unit": "家", "old": 100.0, "new": 200.0,
        "difference": 100.0, "difference_unit": "家", "error": pytest.approx(300**0.5),
        "old_base": 90, "new_base": 80,
    }  # fmt: skip
    assert told[1] | {"kind": ""} == {
        "kind": "", "exhibit": "fig-04", "measure": "x", "group": "乙", "old_year": None,
        "new_year": 2022, "unit": "分", "old": None, "new": 5.0, "difference": None,
        "difference_unit": "分", "error": None, "old_base": None, "new_base": 7,
    }  # fmt: skip
    assert list(rows.index) == [0, 1]


@pytest.mark.parametrize(("value", "kind"), [(51.38, "within_noise"), (51.40, "moved")])
def test_what_chance_does_in_19_of_20_cases_has_not_moved(value: float, kind: str) -> None:
    """Of two shares near one half of 10 000 firms the error is 0.707 points, 1.96 times 1.386."""
    old = edition_of(("share", "甲", 2021, 50.0, "%", 10000, False))
    new = edition_of(("share", "甲", 2022, value, "%", 10000, False))
    assert compare(old, 2021, new, 2022)["kind"].tolist() == [kind]


def test_editions_without_exhibits_have_nothing_to_tell() -> None:
    empty = run()
    assert compare(empty, 2021, empty, 2022).empty
    old = edition_of(("share", "甲", 2021, 50.0, "%", 100, False))
    assert compare(old, 2021, empty, 2022)["kind"].tolist() == ["gone"]


def test_readings_keep_their_order_and_those_without_groups_have_no_moves() -> None:
    firms = pd.DataFrame({"level_class": ["2", "le1", "2"], "province": ["甲", "乙", "乙"]})
    readings = {"z": firms, "a": firms}
    assert level_shares(readings)["reading"].unique().tolist() == ["z", "a"]
    table = ranks(readings, "province", 1)
    assert table["reading"].tolist() == ["z", "z", "a", "a"]
    assert table.index.tolist() == [0, 1, 2, 3]
    assert rank_moves(table)["reading"].tolist() == ["z", "a"]
    none = rank_moves(ranks(readings, "province", 9))
    assert none.empty and "correlation" in none
