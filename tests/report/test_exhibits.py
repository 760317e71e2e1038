"""Numbers of exhibits and what keeps firms out of them."""

import pandas as pd
import pytest

from smdi.indicators.tidy import Row, frame, setting
from smdi.report.exhibits import (
    FirmLevelData,
    check_spec,
    check_tidy,
    exhibit_number,
    make_exhibit,
    simulated_state,
)
from smdi.report.tables.table import Column, Table, number_column


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


def made_table(*decimals: int, alt: str = "表"):
    columns = (Column("name", "名"), *(number_column(str(n), "数", "%", n) for n in decimals))
    table = Table(columns, (("甲", *("1" for _ in decimals)),), alt)
    rows = frame([Row("share_level_2", "甲", 2021, 50.0, "%", 9)])
    return make_exhibit("tab-a1", table, rows, simulated="none")


def test_a_table_has_as_many_digits_as_its_most_precise_column():
    assert made_table(0, 2, 1)[0]["digits"] == 2
    assert made_table(1)[0]["digits"] == 1
    assert made_table()[0]["digits"] == 0


def test_a_table_is_its_record_and_the_csv_of_its_frame():
    content, files = made_table(1)
    assert (content["kind"], content["number"], content["id"]) == ("table", "表 A1", "tab-a1")
    assert content["files"] == {"csv": "tab-a1.csv"}
    assert list(files) == ["tab-a1.csv"]
    assert content["table"]["rows"] == [["甲", "1"]]


@pytest.mark.parametrize(("simulated", "more"), [("none", ""), ("partly", "部分"), ("all", "均")])
def test_the_words_for_those_who_do_not_see_it_tell_what_is_simulated(simulated, more):
    content, _ = make_exhibit(
        "tab-a1", Table((Column("name", "名"),), (), "表。"), frame([]), simulated=simulated
    )
    assert content["alt"].startswith("表。")
    assert more in content["alt"]
    assert (content["alt"] == "表。") == (simulated == "none")


def test_an_exhibit_without_words_is_refused_unless_they_are_given():
    with pytest.raises(ValueError, match="tab-a1 has no alt text"):
        made_table(alt="")
    bare = Table((Column("name", "名"),), (), "")
    content, _ = make_exhibit("tab-a1", bare, frame([]), simulated="none", alt="另")
    assert content["alt"] == "另"
