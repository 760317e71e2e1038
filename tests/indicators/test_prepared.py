"""The prepared population: the same numbers as the scores file, read faster."""

import struct
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smdi.errors import InputErrors
from smdi.indicators import Population, levels, participation, practices
from smdi.indicators.prepared import CATEGORIES, prepare


def without(path: Path, name: str) -> Path:
    """Write a scores file again without one of its columns."""
    pq.write_table(pq.read_table(path).drop_columns([name]), path)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(InputErrors) as raised:
        Population.open(path, 2021, 2020)
    return str(raised.value)


@pytest.fixture
def groups(firm):
    return [
        firm(ids=["A", "B"], year=2020, region="山东省", practice_data_sharing=True),
        firm(ids=["A", "C"], level=3, practice_data_sharing=False, domain_data=0.1),
        firm(5, level=2, industry="3990", practice_data_sharing=True, domain_data=0.2),
    ]


@pytest.fixture
def prepared(groups, scores_file, tmp_path):
    """A prepared population of nine rows."""
    prepare(scores_file(*groups), tmp_path / "population.arrow")
    return tmp_path / "population.arrow"


def test_scores_and_what_is_prepared_of_them_give_the_same_frames(
    groups, scores_file, prepared, assessed
):
    sources = [
        Population.open(scores_file(*groups), 2021, 2020),
        Population.open(prepared, 2021, 2020),
        assessed(*groups),
    ]
    for indicator in (
        levels.national_level_shares,
        participation.top_regions,
        lambda pop: practices.practice_trend(pop, ["data_sharing"], "fig-20"),
    ):
        first, *others = (indicator(pop) for pop in sources)
        assert len(first)
        for other in others:
            pd.testing.assert_frame_equal(first, other, check_exact=True)


def test_rows_stand_by_year_and_firm_and_know_when_the_firm_answers_next(prepared):
    table = pa.ipc.open_file(prepared).read_all().to_pandas()
    assert table["year"].tolist() == [2020] * 2 + [2021] * 7
    assert table["firm"].tolist() == [0, 1, 0, 2, 3, 4, 5, 6, 7]
    assert table["next_year"].tolist() == [2021] + [9999] * 8


def test_the_number_of_rows_is_told(groups, scores_file, tmp_path):
    assert prepare(scores_file(*groups), tmp_path / "new" / "population.arrow") == 9


def test_neither_items_nor_credit_codes_go_along(firm, scores_file, tmp_path):
    path = scores_file(firm(3), more={"item_x": 10, "level_score_1": 1.0})
    prepare(path, tmp_path / "population.arrow")
    names = pa.ipc.open_file(tmp_path / "population.arrow").schema.names
    assert "level_score_1" in names
    assert {"item_x", "credit_code"} & set(names) == set()


def test_the_same_firms_give_the_same_bytes_whatever_their_order(
    groups, scores_file, tmp_path, prepared
):
    path = scores_file(*groups)
    table = pq.read_table(path)
    pq.write_table(table.take(list(reversed(range(table.num_rows)))), path)
    prepare(path, tmp_path / "again.arrow")
    assert (tmp_path / "again.arrow").read_bytes() == prepared.read_bytes()


def test_a_column_is_read_from_the_file_when_it_is_asked_for(firm, scores_file, tmp_path):
    path = tmp_path / "population.arrow"
    prepare(scores_file(firm(3, revenue=98765.25)), path)
    pop = Population.open(path, 2021, 2020)
    content = path.read_bytes()
    with path.open("r+b") as file:
        file.seek(content.index(struct.pack("<d", 98765.25)))
        file.write(struct.pack("<d", 1.5))
    assert pop.current["revenue"].tolist() == [1.5, 98765.25, 98765.25]


@pytest.mark.parametrize("provenance", ["simulated", "import"])
def test_provenance_goes_along(firm, scores_file, tmp_path, provenance):
    path = scores_file(firm(2), provenance=provenance)
    prepare(path, tmp_path / "population.arrow")
    for source in (path, tmp_path / "population.arrow"):
        assert Population.open(source, 2021, 2020).provenance == provenance


@pytest.mark.parametrize("provenance", [None, "", "invented"])
def test_scores_that_do_not_say_whether_they_are_simulated_are_refused(
    firm, scores_file, tmp_path, provenance
):
    path = scores_file(firm(2), provenance=provenance)
    with pytest.raises(InputErrors, match=r"metadata smdi\.provenance of simulated or import"):
        prepare(path, tmp_path / "population.arrow")
    assert list(tmp_path.glob("*.arrow")) == []


@pytest.mark.parametrize("provenance", [None, "invented"])
def test_a_population_that_does_not_say_whether_it_is_simulated_is_refused(prepared, provenance):
    table = pa.ipc.open_file(prepared).read_all()
    metadata = {"smdi.provenance": provenance} if provenance else None
    with pa.ipc.new_file(prepared, table.schema.with_metadata(metadata)) as writer:
        writer.write_table(table)
    found = f": found {provenance!r}" if provenance else ""
    assert refusal(prepared) == (
        f"{prepared}{found}; expected metadata smdi.provenance of simulated or import"
    )


def test_scores_that_lack_columns_are_refused_with_all_their_names(firm, scores_file):
    path = without(without(scores_file(firm(2)), "level_class"), "sales")
    assert refusal(path) == "\n".join(
        f"{path}, column {name}; expected a column of the scores file"
        for name in ("level_class", "sales")
    )


def test_a_population_that_lacks_a_column_is_refused(prepared):
    table = pa.ipc.open_file(prepared).read_all().drop_columns(["next_year"])
    with pa.ipc.new_file(prepared, table.schema) as writer:
        writer.write_table(table)
    assert refusal(prepared) == (
        f"{prepared}, column next_year; expected a column of the prepared population"
    )


def test_a_missing_file_is_told(tmp_path):
    assert "expected a population or scores file here; there is none" in refusal(tmp_path / "x")


@pytest.mark.parametrize("content", [b"", b"province,level\n", b"ARROW1", b"PAR1"])
def test_a_file_of_another_kind_or_cut_short_is_told(tmp_path, content):
    path = tmp_path / "population.arrow"
    path.write_bytes(content)
    assert str(path) in refusal(path)


def test_a_preparation_that_fails_leaves_the_old_file(prepared, scores_file, firm, monkeypatch):
    before = prepared.read_bytes()

    def fail(*_: object) -> None:
        raise OSError("no space left")

    path = scores_file(firm(1))
    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="no space left"):
        prepare(path, prepared)
    assert prepared.read_bytes() == before
    assert [path.name for path in prepared.parent.iterdir() if "partial" in path.name] == []


def test_a_population_is_one_block_which_is_mapped_as_it_lies(prepared, tmp_path):
    with pa.ipc.open_file(str(tmp_path / "population.arrow")) as file:
        assert file.num_record_batches == 1


def test_numbers_of_firms_and_years_are_small_and_codes_are_encoded(prepared):
    schema = pa.ipc.open_file(prepared).schema
    made = {name: str(schema.field(name).type) for name in ("firm", "year", "next_year")}
    assert made == {"firm": "int32", "year": "int16", "next_year": "int16"}
    for name in CATEGORIES:
        assert schema.field(name).type == pa.dictionary(pa.int16(), pa.string())


def test_categories_are_sorted_and_each_there_once(prepared):
    table = pa.ipc.open_file(prepared).read_all()
    province = table.column("province").combine_chunks()
    assert province.dictionary.to_pylist() == ["320000", "370000"]
    assert province.to_pylist() == ["370000"] * 2 + ["320000"] * 7
