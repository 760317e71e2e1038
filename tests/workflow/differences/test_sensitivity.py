from __future__ import annotations

import pandas as pd
import pytest

from smdi.workflow.differences.sensitivity import level_shares, moved_firms, rank_moves, ranks


def firms(*levels: str, province: str = "甲甲乙乙") -> pd.DataFrame:
    return pd.DataFrame({"level_class": levels, "province": list(province)})


READINGS = {
    "literal": firms("le1", "2", "3", "ge4"),
    "strict": firms("le1", "le1", "2", "ge4"),
}


def test_shares_of_levels_stand_beside_their_change_from_the_first_reading() -> None:
    table = level_shares(READINGS).set_index(["reading", "level_class"])
    assert table.loc[("strict", "le1")].to_dict() == {"share": 50.0, "change": 25.0}
    assert table.loc[("strict", "3")].to_dict() == {"share": 0.0, "change": -25.0}
    assert set(table.loc["literal"]["change"]) == {0.0}


def test_firms_in_another_class_are_counted_by_direction() -> None:
    table = moved_firms(READINGS).set_index("reading")
    assert table.loc["strict"].to_dict() == {"higher": 0.0, "lower": 50.0}
    assert table.loc["literal"].to_dict() == {"higher": 0.0, "lower": 0.0}


def test_groups_are_ranked_by_their_share_above_the_lowest_class() -> None:
    table = ranks(READINGS, "province", least=1).set_index(["reading", "group"])
    assert table.loc[("literal", "乙")].to_dict() == {"firms": 2, "share": 100.0, "rank": 1}
    assert table.loc[("literal", "甲")].to_dict() == {"firms": 2, "share": 50.0, "rank": 2}
    assert table.loc[("strict", "甲"), "share"] == 0.0


def test_ties_share_a_place_and_the_next_stands_behind_them_all() -> None:
    both = {"literal": firms("2", "2", "2", "le1", province="甲乙丙丁")}
    table = ranks(both, "province", least=1).set_index("group")
    assert table["rank"].to_dict() == {"甲": 1, "乙": 1, "丙": 1, "丁": 4}


def test_groups_with_too_few_firms_are_not_ranked() -> None:
    one = {"literal": firms("2", "2", "2", "le1", province="甲乙乙乙")}
    assert set(ranks(one, "province", least=2)["group"]) == {"乙"}


def test_moves_of_ranks_are_counted_and_the_farthest_is_told() -> None:
    before = firms("2", "2", "2", "le1", "2", "le1", "le1", province="甲甲乙乙丙丙丙")
    after = firms("le1", "le1", "2", "le1", "2", "2", "2", province="甲甲乙乙丙丙丙")
    table = rank_moves(ranks({"a": before, "b": after}, "province", 1)).set_index("reading")
    # 甲乙丙 are 1, 2, 3 at first and 3, 2, 1 then.
    assert table.loc["b", ["groups", "moved", "farthest"]].tolist() == [3, 2, 2]
    assert table.loc["b", "correlation"] == pytest.approx(-1)
    assert table.loc["a", ["moved", "farthest"]].tolist() == [0, 0]
