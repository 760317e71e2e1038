"""Numbers of exhibits and what keeps firms out of them."""

import pandas as pd
import pytest

from smdi.indicators.tidy import Row, frame, setting
from smdi.report.exhibits import (
    FirmLevelData,
    check_spec,
    check_tidy,
    exhibit_number,
    simulated_state,
)


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("fig-04", "图 4"),
        ("fig-23", "图 23"),
        ("fig-a2", "图 A2"),
        ("tab-provinces", "表 1"),
        ("tab-sme-classes", "表 4"),
        ("tab-a1", "表 A1"),
    ],
)
def test_an_exhibit_keeps_the_number_of_the_printed_report(name, number):
    assert exhibit_number(name) == number


@pytest.mark.parametrize("name", ["fig-x", "tab-01", "map", "tab-unknown"])
def test_an_unknown_kind_of_exhibit_is_refused(name):
    with pytest.raises(ValueError, match="fig-NN"):
        exhibit_number(name)


def test_a_frame_with_two_rows_for_one_key_is_not_tidy():
    row = Row("s", "甲", 2021, 50.0, "%", 2)
    with pytest.raises(FirmLevelData, match="s/甲/2021"):
        check_tidy("fig-04", frame([row, row]))


def test_shapes_of_regions_are_no_rows():
    shapes = [{"type": "Feature", "properties": {"name": str(n)}} for n in range(34)]
    check_spec("fig-01", {"layer": [{"data": {"values": shapes}}]}, groups=2)


def test_firms_hidden_in_the_properties_of_shapes_are_found():
    shapes = [
        {"type": "Feature", "properties": {"name": "甲"}},
        {"type": "Feature", "properties": {"credit_code": "SIM"}},
    ]
    with pytest.raises(FirmLevelData):
        check_spec("fig-01", {"datasets": {"a": shapes}}, groups=99)


def test_ranks_and_disputed_rows_do_not_decide_what_is_simulated():
    rows = frame(
        [Row("s", "甲", 2021, 50.0, "%", 2), setting("rank", "甲", 2021, 1, "位"),
         Row("s", "乙", 2021, 50.0, "%", 2)]
    )  # fmt: skip
    yes, no = pd.Series([True, False, False]), pd.Series([False, False, False])
    assert simulated_state(rows, yes, disputed=pd.Series([False, False, True])) == "none"
    assert simulated_state(rows, yes, disputed=no) == "partly"
    assert simulated_state(rows, no, disputed=no) == "all"
