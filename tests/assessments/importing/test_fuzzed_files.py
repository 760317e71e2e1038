"""Whatever the bytes, a file is read as it stands or refused in a report; nothing else happens."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from smdi.assessments import import_assessments
from smdi.assessments.mapping import read_mapping
from smdi.assessments.reading.headers import guess, locate
from smdi.assessments.reading.source import open_sheets, open_source
from smdi.errors import InputErrors

quietly = settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
CELLS = st.text(st.characters(codec="gb18030", exclude_characters="\x00\r\n"), max_size=6)


@quietly
@given(st.binary(max_size=400))
@example(b"PK\x03\x04" + b"\0" * 60)
@example(b"PAR1" + b"\0" * 60)
@example(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)
@example(b"\xff\xfe\x00")
@example(b'"')
@example(b"a,b\n" * 3 + b'"c')
def test_any_bytes_are_a_table_or_are_refused(tmp_path: Path, content: bytes):
    (tmp_path / "any.csv").write_bytes(content)
    try:
        for sheet in open_sheets(tmp_path / "any.csv"):
            guess(sheet.head)
            for table, rows in sheet.batches(range(sheet.width), 0):
                assert table.num_rows == len(rows)
    except InputErrors as errors:
        assert errors.problems
        assert all("\n" not in str(problem) for problem in errors.problems)


@quietly
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=8),
    st.sampled_from([",", "\t", ";", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
)
@example([["a\tb", "", '"'], [" ", "\u3000", "'"]], ",", "utf-8")
def test_the_cells_of_a_text_table_come_back_with_their_rows(
    tmp_path: Path, rows: list[list[str]], mark: str, encoding: str
):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=mark, lineterminator="\n")
    writer.writerows([["甲列", "乙列", "丙列"], *rows])
    (tmp_path / "table.csv").write_bytes(out.getvalue().encode(encoding))
    source = open_source([tmp_path / "table.csv"], ["丙列", "甲列"], encoding.removesuffix("-sig"))
    found = {}
    for table, numbers in source.batches(["甲列", "丙列"]):
        cells = zip(*(table.column(name).to_pylist() for name in ("甲列", "丙列")), strict=True)
        found |= dict(zip(numbers.tolist(), cells, strict=True))
    told = {
        place: (row[0], row[2])
        for place, row in enumerate(rows, start=2)
        if row[0].strip() or row[2].strip()
    }
    assert found == told


@quietly
@given(st.lists(st.lists(CELLS, min_size=2, max_size=5), max_size=12))
def test_any_rows_have_a_header_or_none(rows: list[list[str]]):
    width = max((len(row) for row in rows), default=0)
    head = [[*row, *[""] * (width - len(row))] for row in rows]
    for header in (guess(head), locate(head, {"a", "一"})):
        assert header is None or 1 <= header.first <= header.last <= len(head)


@pytest.fixture
def small(firms, export_of) -> str:
    return export_of(firms(3, real=True)).to_csv(index=False)


@settings(quietly, max_examples=25)
@given(data=st.data())
def test_an_export_with_a_random_slip_is_imported_or_refused(data, small, mapping, tmp_path: Path):
    start = data.draw(st.integers(0, len(small)))
    cut = data.draw(st.integers(0, 40))
    put = data.draw(st.text(max_size=5))
    text = small[:start] + put + small[start + cut :]
    (tmp_path / "export.csv").write_bytes(text.encode("utf-8", errors="surrogatepass"))
    try:
        summary = import_assessments(tmp_path / "export.csv", read_mapping(mapping()), None)
    except InputErrors as errors:
        assert all(str(problem) for problem in errors.problems)
    else:
        assert summary.rows == summary.kept + summary.superseded
