"""Files of the same rows are the same bytes, whole or not there."""

from __future__ import annotations

import stat
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smdi.assessments import iter_batches, read_provenance, store, write_batches, write_table
from smdi.errors import InputErrors

SCHEMA = pa.schema([pa.field("number", pa.int64(), nullable=False)])


def numbers(start: int, stop: int) -> pa.Table:
    return pa.table({"number": list(range(start, stop))})


def test_bytes_do_not_depend_on_how_the_rows_are_batched(tmp_path, monkeypatch):
    monkeypatch.setattr(store, "ROW_GROUP", 10)
    pieces = [numbers(0, 3), numbers(3, 27), numbers(27, 27), numbers(27, 35)]
    assert write_batches(tmp_path / "pieces", pieces, SCHEMA, "import") == 35
    assert write_table(tmp_path / "whole", numbers(0, 35), SCHEMA, "import") == 35
    assert (tmp_path / "pieces").read_bytes() == (tmp_path / "whole").read_bytes()
    assert pq.ParquetFile(tmp_path / "whole").metadata.num_row_groups == 4


def test_rows_come_back_in_batches_with_their_provenance(tmp_path):
    write_table(tmp_path / "file", numbers(0, 25), SCHEMA, "simulated")
    sizes = [batch.num_rows for batch in iter_batches(tmp_path / "file", ["number"], size=10)]
    assert sizes == [10, 10, 5]
    assert read_provenance(tmp_path / "file") == "simulated"


def test_a_writer_that_fails_leaves_the_old_file_and_no_other(tmp_path):
    path = tmp_path / "file"
    write_table(path, numbers(0, 5), SCHEMA, "import")
    old = path.read_bytes()

    def failing():
        yield numbers(0, 30_000)
        raise RuntimeError("the source went away")

    with pytest.raises(RuntimeError):
        write_batches(path, failing(), SCHEMA, "import")
    assert path.read_bytes() == old
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_file_of_no_rows_still_has_its_columns(tmp_path):
    assert write_batches(tmp_path / "empty", [], SCHEMA, "import") == 0
    assert pq.read_table(tmp_path / "empty").column_names == ["number"]


def test_a_rename_that_fails_leaves_the_old_file_and_no_other(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_table(path, numbers(0, 5), SCHEMA, "import")
    old = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError("no rename today")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no rename today"):
        write_table(path, numbers(0, 9), SCHEMA, "import")
    assert path.read_bytes() == old
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_files_of_firms_may_be_read_by_their_owner_alone(tmp_path):
    write_table(tmp_path / "file", numbers(0, 5), SCHEMA, "import")
    assert stat.S_IMODE((tmp_path / "file").stat().st_mode) == 0o600


@pytest.mark.parametrize("tag", [None, "", "Import", "invented"])
def test_a_file_without_a_known_provenance_is_an_error_and_not_an_import(tmp_path, tag):
    metadata = {} if tag is None else {"smdi.provenance": tag}
    pq.write_table(numbers(0, 2).replace_schema_metadata(metadata), tmp_path / "file")
    with pytest.raises(InputErrors) as caught:
        read_provenance(tmp_path / "file")
    (problem,) = caught.value.problems
    assert (problem.file, problem.value) == (str(tmp_path / "file"), tag)
    assert problem.expected == "metadata smdi.provenance of simulated or import"


def test_columns_are_packed_in_row_groups_of_twenty_thousand(tmp_path):
    assert store.ROW_GROUP == 20_000
    write_table(tmp_path / "file", numbers(0, 40_001), SCHEMA, "import")
    groups = pq.read_metadata(tmp_path / "file")
    assert [groups.row_group(n).num_rows for n in range(groups.num_row_groups)] == [
        20_000, 20_000, 1
    ]  # fmt: skip
    assert groups.row_group(0).column(0).compression == "ZSTD"
    assert [batch.num_rows for batch in iter_batches(tmp_path / "file")] == [20_000, 20_000, 1]


@pytest.mark.parametrize("sizes", [[10, 10], [20], [10, 5, 5], [5, 15], [21, 0], [0, 0, 20, 1]])
def test_rows_that_fill_a_group_end_it(tmp_path, monkeypatch, sizes):
    monkeypatch.setattr(store, "ROW_GROUP", 10)
    ends = [sum(sizes[: place + 1]) for place in range(len(sizes))]
    pieces = [numbers(end - size, end) for end, size in zip(ends, sizes, strict=True)]
    assert write_batches(tmp_path / "file", pieces, SCHEMA, "import") == sum(sizes)
    found = pq.read_metadata(tmp_path / "file")
    rows = [found.row_group(n).num_rows for n in range(found.num_row_groups)]
    assert rows == [10, 10] + [1] * (sum(sizes) - 20)
    assert pq.read_table(tmp_path / "file").column(0).to_pylist() == list(range(sum(sizes)))


@pytest.mark.parametrize("content", [None, b"", b"PAR1 and no more"])
def test_what_is_no_parquet_file_is_told(tmp_path, content):
    if content is not None:
        (tmp_path / "file").write_bytes(content)
    with pytest.raises(InputErrors) as caught:
        store.open_parquet(tmp_path / "file")
    (problem,) = caught.value.problems
    expected = "a Parquet file here; there is none" if content is None else "a Parquet file"
    assert (problem.file, problem.expected) == (str(tmp_path / "file"), expected)
    assert (problem.value is None) == (content is None)
