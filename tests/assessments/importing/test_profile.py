"""What an editor reads of an import before believing it: each number recounted by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smdi.assessments.importing.profile import KEPT, Profile, last_year, ratio_columns
from smdi.errors import InputErrors
from smdi.standards import classes, divisions, provinces

RATIO = ratio_columns()[0]
PROVINCES = provinces()["name_zh"][provinces()["in_scope"]]


def firms(**columns: list[object]) -> pd.DataFrame:
    """Four firms of 2021 of one province and class, but for the columns given."""
    many = len(next(iter(columns.values()), [0] * 4))
    frame = pd.DataFrame(
        {
            "year": [2021] * many,
            "province": ["110000"] * many,
            "industry": ["3610"] * many,
            "employees": [100] * many,
            "revenue": [2500.0] * many,
            **{name: [None] * many for name in ratio_columns()},
        }
    )
    return frame.assign(**columns)


def lines(*batches: pd.DataFrame, last: pd.DataFrame | None = None) -> list[str]:
    profile = Profile()
    for frame in batches:
        profile.add(pa.Table.from_pandas(frame, preserve_index=False))
    return list(profile.lines(last))


def line(start: str, *batches: pd.DataFrame, last: pd.DataFrame | None = None) -> str:
    (found,) = [one for one in lines(*batches, last=last) if one.startswith(f"  {start}")]
    return found.strip()


def test_where_no_row_is_accepted_nothing_else_is_told() -> None:
    assert lines() == ["profile: no row accepted"]


def test_each_year_has_its_rows_and_their_part_beside_last_years() -> None:
    frame = firms(year=[2021, 2020, 2021, 2021])
    assert line("rows by year", frame) == "rows by year: 2020 1 (25%), 2021 3 (75%)"
    last = firms(year=[2020, 2020, 2019, 2018, 2020])
    assert line("rows by year", frame, last=last) == (
        "rows by year: 2020 1 (25%) [60%], 2021 3 (75%) [0%]"
    )
    assert lines(frame, last=last)[0].endswith(" (last year's file in brackets)")
    assert lines(frame)[0] == "profile of the accepted rows"


def test_a_file_of_last_year_without_rows_stands_beside_nothing() -> None:
    assert "[" not in "".join(lines(firms(), last=firms().iloc[:0]))


def test_sizes_are_those_of_the_standard_and_stand_beside_last_years() -> None:
    frame = firms(employees=[1000, 999, 300, 20], revenue=[40_000.0, 40_000.0, 2000.0, 300.0])
    last = firms(employees=[1000, 19], revenue=[40_000.0, 300.0])
    assert line("size classes", frame) == (
        "size classes: large 1 (25%), medium 2 (50%), small 1 (25%)"
    )
    told = line("size classes", frame, last=last)
    assert told == "size classes: large 1 (25%) [50%], medium 2 (50%) [0%], small 1 (25%) [0%]"


def test_a_ratio_is_told_where_a_firm_has_one() -> None:
    assert not [one for one in lines(firms()) if one.startswith(f"  {RATIO} ")]
    told = line(RATIO, firms(**{RATIO: [None, 10.0, 20.0, 40.0]}))
    assert told == f"{RATIO} (%), 5 · 25 · 50 · 75 · 95 %: 11 · 15 · 20 · 30 · 38"


def test_a_median_of_last_year_is_told_where_last_year_has_one() -> None:
    told = line("revenue", firms(), last=firms(revenue=[1.0, 5.0, 4000.0]))
    assert told.endswith("[median 5]")
    ours = firms(**{RATIO: [10.0] * 4})
    assert line(RATIO, ours, last=ours).endswith("[median 10]")
    assert "median" not in line(RATIO, ours, last=firms())
    assert "median" not in line(RATIO, ours, last=firms().drop(columns=RATIO))


@pytest.mark.parametrize(("seen", "told"), [(21, ""), (20, " and 1 more"), (1, " and 20 more")])
def test_of_what_is_not_seen_ten_are_named_and_the_others_counted(seen: int, told: str) -> None:
    frame = firms(province=list(PROVINCES.index[:seen]))
    absent = list(PROVINCES)[seen:]
    expected = f"provinces unseen: {len(absent)} of {len(PROVINCES)} ({'、'.join(absent[:10])}"
    assert line("provinces", frame) == f"{expected}{told})"


def test_all_that_is_seen_is_counted() -> None:
    every = firms(province=list(PROVINCES.index))
    assert line("provinces", every) == f"provinces: all {len(PROVINCES)} seen"
    some = firms(industry=["3610", "3660", "3920", "3610"])
    assert line("industries", some) == f"industries: 3 of {len(classes())} classes"
    unseen = len(divisions()) - 2
    assert line("divisions", some).startswith(f"divisions unseen: {unseen} of {len(divisions())} (")


def test_the_columns_that_are_empty_most_are_told_first_over_all_batches() -> None:
    one = firms().assign(ownership=[None, None, "a", "b"], item_1=None)
    two = firms(revenue=[None, 1.0]).assign(ownership=["a", None], item_1=None)
    told = [text.strip() for text in lines(one, two) if "empty in" in text]
    assert told[-2:] == ["empty in ownership: 3 of 6", "empty in revenue: 1 of 6"]
    assert not [text for text in told if "item_" in text]


def test_last_years_file_is_asked_for_each_column(tmp_path: Path) -> None:
    assert last_year(None) is None
    path = tmp_path / "last.parquet"
    pq.write_table(pa.Table.from_pandas(firms().drop(columns=RATIO)), path)
    assert list(last_year(path).columns) == [*KEPT, *ratio_columns()[1:]]
    pq.write_table(pa.Table.from_pandas(firms().drop(columns=["year", "revenue"])), path)
    with pytest.raises(InputErrors) as refused:
        last_year(path)
    told = [(one.file, one.column, one.expected) for one in refused.value.problems]
    wanted = "a column of a file of assessments"
    assert told == [(str(path), "year", wanted), (str(path), "revenue", wanted)]
