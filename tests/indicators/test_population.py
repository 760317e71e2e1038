"""Who is counted: assessed this year, before, and to date, in a scope."""

import datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smdi.errors import InputErrors
from smdi.indicators import Population


def test_participants_are_distinct_firms_with_their_newest_attributes(firm, assessed):
    pop = assessed(
        firm(ids=["A", "B"], year=2020, region="山东省"), firm(ids=["A"], region="江苏省")
    )
    assert len(pop.history) == 3
    assert pop.participants.set_index("credit_code")["province"].to_dict() == {
        "A": "320000",
        "B": "370000",
    }


def test_an_answer_given_again_counts_once_and_the_later_holds(firm, assessed):
    pop = assessed(
        firm(ids=["A"], level=3, submitted_on=datetime.date(2021, 9, 1)),
        firm(ids=["A"], level=1, submitted_on=datetime.date(2021, 3, 1)),
    )
    assert pop.current["level"].tolist() == [3]


def test_years_after_the_report_are_left_out(firm, assessed):
    assert assessed(firm(2), firm(3, year=2022)).years == [2021]


def test_a_scope_narrows_every_view_and_says_its_name(firm, assessed):
    groups = [firm(3, region="江苏省"), firm(2, region="山东省"), firm(1, industry="1711")]
    pop = assessed(*groups, province="江苏省", industry="36")
    assert (len(pop.current), len(pop.participants)) == (3, 3)
    assert pop.scope_name == "江苏省汽车制造业"
    assert len(pop.nation.current) == 6
    assert len(pop.across_industries.current) == 4
    assert len(pop.across_regions.current) == 5


def test_a_file_is_read_with_its_provenance_and_without_its_items(firm, scores, tmp_path):
    frame = scores(firm(4), firm(2, year=2020)).assign(item_x=10)
    table = pa.Table.from_pandas(frame).replace_schema_metadata({"smdi.provenance": "simulated"})
    pq.write_table(table, tmp_path / "scores.parquet")
    pop = Population.read(tmp_path / "scores.parquet", 2021, 2020)
    assert pop.provenance == "simulated"
    assert (len(pop.current), len(pop.baseline)) == (4, 2)
    assert "item_x" not in pop.current


def test_a_file_that_lacks_columns_is_refused_with_all_their_names(tmp_path):
    pq.write_table(pa.table({"credit_code": ["A"]}), tmp_path / "scores.parquet")
    with pytest.raises(InputErrors, match="level_class") as raised:
        Population.read(tmp_path / "scores.parquet", 2021, 2020)
    assert len(raised.value.problems) > 5


def test_an_unknown_scope_is_refused_with_the_known_ones(tmp_path):
    with pytest.raises(InputErrors, match="宁夏回族自治区"):
        Population.read(tmp_path / "none.parquet", 2021, 2020, province="江苏", industry="99")
