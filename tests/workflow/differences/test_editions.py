"""What two editions say otherwise, on exhibits of a few values made here."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from smdi.workflow.differences.editions import KINDS, compare
from smdi.workflow.differences.run import Run, Shown, read_frame

COLUMNS = ["measure", "group", "year", "value", "unit", "base", "withheld"]
Row = tuple[object, ...]


def run(*rows: Row, scope: str = "全国", error: float | None = None) -> Run:
    frame = pd.DataFrame(rows, columns=COLUMNS)
    if error is not None:
        frame["error"] = error
    return Run(scope, {}, {}, {"fig-04": Shown("fig-04", "levels", {}, frame, None, None)})


def share(year: int, value: float | None, base: int = 10000, group: str = "全国") -> Row:
    return ("share_level_le1", group, year, value, "%", base, value is None)


def kinds(old: Run, new: Run) -> list[tuple[str, int]]:
    rows = compare(old, 2021, new, 2022)
    return [(str(row.kind), int(row.new_year)) for row in rows.itertuples()]


def test_a_value_of_the_same_year_that_is_another_is_restated() -> None:
    assert kinds(run(share(2020, 75.0)), run(share(2020, 74.5))) == [("restated", 2020)]


def test_a_value_of_the_same_year_that_is_the_same_is_not_told() -> None:
    later = run(share(2021, 69.0), share(2022, 69.0))
    assert kinds(run(share(2021, 69.0)), later) == []


def test_a_value_that_one_edition_cuts_to_three_decimals_is_the_same() -> None:
    # 10907 of 15800 firms, whole in an edition as printed and cut in a protected one.
    later = run(share(2021, 69.031), share(2022, 69.031))
    assert kinds(run(share(2021, 100 * 10907 / 15800)), later) == []


@pytest.mark.parametrize(("value", "kind"), [(66.0, "moved"), (68.5, "within_noise")])
def test_the_value_of_the_own_year_moved_beyond_its_noise_or_not(value: float, kind: str) -> None:
    # Two binomial shares near 69 % of 10 000 firms: standard error of the difference 0.65 points.
    assert kinds(run(share(2021, 69.0)), run(share(2022, value))) == [(kind, 2022)]


def test_the_error_of_a_share_is_that_of_two_binomials() -> None:
    rows = compare(run(share(2021, 50.0, 400)), 2021, run(share(2022, 50.5, 100)), 2022)
    expected = math.sqrt(50 * 50 / 400 + 50.5 * 49.5 / 100)
    assert rows["error"].iloc[0] == pytest.approx(expected)


def test_the_error_of_a_count_is_that_of_two_poisson_counts() -> None:
    old, new = (
        ("firms", "全国", year, n, "家", n, False) for year, n in ((2021, 900), (2022, 925))
    )
    rows = compare(run(old), 2021, run(new), 2022)
    assert rows["error"].iloc[0] == pytest.approx(math.sqrt(900 + 925))
    assert rows["kind"].iloc[0] == "within_noise"


def test_an_error_that_the_exhibit_gives_goes_before() -> None:
    old, new = run(share(2021, 69.0), error=3.0), run(share(2022, 66.0), error=4.0)
    rows = compare(old, 2021, new, 2022)
    assert (rows["error"].iloc[0], rows["kind"].iloc[0]) == (5.0, "within_noise")


def test_an_error_that_one_edition_alone_gives_goes_before_on_its_side() -> None:
    old, new = run(share(2021, 69.0), error=3.0), run(share(2022, 66.0))
    rows = compare(old, 2021, new, 2022)
    assert rows["error"].iloc[0] == pytest.approx(math.sqrt(9 + 66 * 34 / 10000))


def test_exhibits_as_they_lie_on_the_disk_compare(tmp_path: Path) -> None:
    head = "measure,group,year,value,unit,base,withheld,error\n"
    sides = []
    for year, low, growth in ((2021, 69.0, 1.5), (2022, 66.0, "")):
        path = tmp_path / f"{year}.csv"
        lines = f"share_level_le1,NA,{year},{low},%,10000,False,\n"
        lines += f"growth,NA,{year},{growth},%,50,False,{growth}\n"
        path.write_text(head + lines, "utf-8-sig")
        shown = Shown("fig-04", "levels", {}, read_frame(path), None, None)
        sides.append(Run("全国", {}, {}, {"fig-04": shown}))
    rows = compare(sides[0], 2021, sides[1], 2022)
    assert list(rows["kind"]) == ["moved", "gone"]
    assert set(rows["group"]) == {"NA"}


def test_a_change_without_a_known_error_is_open() -> None:
    old, new = (
        ("total", "全国", year, v, "分", 50, False) for year, v in ((2021, 1.1), (2022, 1.2))
    )
    assert kinds(run(old), run(new)) == [("open", 2022)]


def test_a_growth_is_no_share_and_has_no_binomial_error() -> None:
    old, new = (
        ("growth", "深圳", year, v, "%", 9, False) for year, v in ((2021, 111.0), (2022, 20.0))
    )
    assert kinds(run(old), run(new)) == [("open", 2022)]


def test_a_group_that_one_edition_alone_has_is_new_or_gone() -> None:
    old, new = run(share(2021, 60.0, group="甲")), run(share(2022, 60.0, group="乙"))
    rows = compare(old, 2021, new, 2022)
    assert dict(zip(rows["kind"], rows["group"], strict=True)) == {"new": "乙", "gone": "甲"}


def test_a_withheld_value_is_gone_and_has_no_number() -> None:
    rows = compare(run(share(2021, 60.0)), 2021, run(share(2022, None)), 2022)
    assert list(rows["kind"]) == ["gone"]
    assert rows["new"].isna().all()


def test_ranks_are_left_to_the_values_they_follow_from() -> None:
    old, new = (("rank", "江苏省", year, r, "位", 0, False) for year, r in ((2021, 1), (2022, 2)))
    assert kinds(run(old), run(new)) == []


def test_the_kinds_come_in_their_order() -> None:
    old = run(share(2021, 60.0, group="甲"), share(2020, 75.0), share(2021, 69.0))
    new = run(share(2022, 60.0, group="乙"), share(2020, 74.0), share(2022, 60.0))
    found = list(compare(old, 2021, new, 2022)["kind"])
    assert found == sorted(found, key=KINDS.index)
    assert found == ["restated", "moved", "new", "gone"]
