"""Streaming of scores from file to file."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smdi.assessments import (
    BUSINESSES,
    ScoringRule,
    arrow_schema,
    read_provenance,
    score_columns,
    score_file,
    score_frame,
    scoring,
    store,
)
from smdi.assessments.schema import item_columns
from smdi.errors import InputErrors


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So small that a test file has many batches and row groups."""
    monkeypatch.setattr(scoring, "ROW_GROUP", 37)
    monkeypatch.setattr(store, "ROW_GROUP", 50)


@pytest.mark.usefixtures("small_batches")
def test_streaming_gives_what_scoring_in_memory_gives(firms, stored, tmp_path):
    frame = firms(301)
    rule = ScoringRule(satisfied="exceeds", summation="strict")
    assert score_file(stored(frame), tmp_path / "scores.parquet", rule) == 301
    streamed = pq.read_table(tmp_path / "scores.parquet")
    in_memory = score_frame(frame, rule)
    types = scoring.NULLABLE_TYPES.get
    pd.testing.assert_frame_equal(streamed.to_pandas(types_mapper=types), in_memory)
    assert pq.ParquetFile(tmp_path / "scores.parquet").metadata.num_row_groups == 7


def test_scores_have_the_columns_of_the_schema_and_keep_the_provenance(firms, stored, tmp_path):
    score_file(stored(firms(5)), tmp_path / "scores.parquet")
    schema = pq.read_schema(tmp_path / "scores.parquet")
    assert schema.names == [column.name for column in score_columns()]
    assert read_provenance(tmp_path / "scores.parquet") == "simulated"


def test_the_same_assessments_give_the_same_bytes(firms, stored, tmp_path):
    frame = firms(60)
    for name in ("one", "two"):
        score_file(stored(frame, name=f"{name}-in.parquet"), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_size_division_and_level_class_follow_from_the_row(firms):
    frame = firms(4)
    frame["employees"], frame["revenue"] = [1000, 1000, 20, 19], [40000.0, 39999, 300, 40000]
    frame["industry"] = ["3812", "3812", "1311", "4190"]
    scores = score_frame(frame)
    assert scores["size"].tolist() == ["large", "medium", "small", "micro"]
    assert scores["division"].tolist() == ["38", "38", "13", "41"]
    classes = {0: "le1", 1: "le1", 2: "2", 3: "3", 4: "ge4", 5: "ge4"}
    assert scores["level_class"].tolist() == [classes[level] for level in scores["level"]]


def test_a_business_that_a_firm_does_not_have_has_no_score_in_the_file(firms, stored, tmp_path):
    """No score is no number either, which a reader of the file would average in."""
    frame = firms(20)
    score_file(stored(frame), tmp_path / "scores.parquet")
    table = pq.read_table(tmp_path / "scores.parquet")
    for business in BUSINESSES:
        scores = table.column(f"domain_{business}").to_pylist()
        assert [score is None for score in scores] == (~frame[business].astype(bool)).tolist()
        assert 0 < scores.count(None) < len(scores)


def test_rows_keep_their_order_and_index(firms):
    frame = firms(20).sample(frac=1, random_state=0)
    scores = score_frame(frame)
    assert scores.index.equals(frame.index)
    assert scores["credit_code"].tolist() == frame["credit_code"].tolist()


def test_raising_one_answer_changes_only_that_firm(firms):
    frame = firms(10)
    column = "item_data-1-1"
    frame.loc[:, column] = 0
    changed = frame.copy()
    changed.loc[3, column] = 10
    before, after = score_frame(frame), score_frame(changed)
    moved = before["level_score_1"] != after["level_score_1"]
    assert moved[moved].index.tolist() == [3]


def test_a_missing_column_is_reported_before_anything_is_written(firms, stored, tmp_path):
    table = pq.read_table(stored(firms(5)))
    pq.write_table(table.drop_columns(["item_data-1-1"]), tmp_path / "cut.parquet")
    with pytest.raises(InputErrors, match="item_data-1-1"):
        score_file(tmp_path / "cut.parquet", tmp_path / "scores.parquet")
    assert not (tmp_path / "scores.parquet").exists()


def test_a_fault_in_the_middle_leaves_the_old_scores_in_place(firms, stored, tmp_path):
    scores = tmp_path / "scores.parquet"
    score_file(stored(firms(5)), scores)
    good = scores.read_bytes()
    broken = firms(5)
    broken.loc[4, "item_data-1-1"] = pd.NA
    with pytest.raises(InputErrors, match="item data-1-1"):
        score_file(stored(broken), scores)
    assert scores.read_bytes() == good
    assert not list(tmp_path.glob(".*"))


@pytest.mark.usefixtures("small_batches")
def test_a_fault_is_told_with_the_row_from_which_it_may_lie(firms, stored, tmp_path):
    broken = firms(80)
    broken.loc[40, "item_data-1-1"] = pd.NA
    with pytest.raises(InputErrors) as caught:
        score_file(stored(broken), tmp_path / "scores.parquet")
    # Batches of 37 rows: row 41 lies in the second, which begins with row 38.
    assert [problem.row for problem in caught.value.problems] == ["38 or later"]


def test_a_file_that_does_not_say_where_it_comes_from_is_refused(firms, stored, tmp_path):
    table = pq.read_table(stored(firms(2))).replace_schema_metadata({})
    pq.write_table(table, tmp_path / "anonymous.parquet")
    with pytest.raises(InputErrors, match=r"smdi\.provenance"):
        score_file(tmp_path / "anonymous.parquet", tmp_path / "scores.parquet")


def test_progress_is_told_after_each_batch_up_to_all(firms, stored, tmp_path, monkeypatch):
    monkeypatch.setattr(scoring, "ROW_GROUP", 4)
    told = []
    count = score_file(
        stored(firms(10)), tmp_path / "s.parquet", progress=lambda *n: told.append(n)
    )
    assert count == 10
    assert told == [(4, 10), (8, 10), (10, 10)]


def test_items_are_tenths_in_a_byte_each_and_none_is_two_hundred_and_fifty_five():
    table = pa.table({"a": pa.array([10, None], pa.uint8()), "b": pa.array([None, 0], pa.uint8())})
    for given in (table, table.to_batches()[0]):
        found = scoring.item_matrix(given, ["b", "a"])
        assert found.dtype == "uint8"
        assert found.tolist() == [[255, 10], [0, 255]]


def test_scores_have_the_types_of_their_file(firms, scorer):
    frame = firms(3)
    table = pa.Table.from_pandas(frame, schema=arrow_schema(), preserve_index=False)
    items = scoring.item_matrix(table, [column.name for column in item_columns()])
    scores = scorer.score(items, scoring.patterns_of(table))
    assert (scores.level.dtype, scores.total.dtype) == ("int8", "float64")
    assert (scores.level_scores.shape, scores.domain_scores.shape) == ((3, 5), (3, 12))
    alone = scorer.score(items, scoring.patterns_of(table), domains=False)
    assert alone.domain_scores is None
    assert alone.level.tolist() == scores.level.tolist()
