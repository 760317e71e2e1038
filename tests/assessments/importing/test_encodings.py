"""Which encoding a text is in: by its mark, by what decodes to the last byte, by its headings."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from smdi.assessments.reading import encodings
from smdi.assessments.reading.delimited import open_delimited
from smdi.assessments.reading.encodings import decodes, encoding_of
from smdi.errors import InputErrors

TEXT = "省份,城市\n江苏省,无锡市\n"
BIG5 = "統一編號,城市\n一,臺北\n"


def written(folder: Path, content: bytes) -> Path:
    path = folder / "a.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (b"a,b\n", "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (codecs.BOM_UTF8, "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-32"), "utf-32"),
        (codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"), "utf-32"),
        ("a,b\n1,2\n".encode("utf-16-le"), "utf-16-le"),
        ("a,b\n1,2\n".encode("utf-16-be"), "utf-16-be"),
        (b"\0\0", "utf-16-le"),  # as many noughts in either place
        (TEXT.encode("gb18030"), "gb18030"),
        (codecs.BOM_UTF8 + b"\xff", None),
        (codecs.BOM_UTF8 + "省".encode()[:-1], None),
        (codecs.BOM_UTF16_LE + b"a", None),
        (b"a\0b", None),
        (b"\xff\xff,\x80", None),
        (TEXT.encode()[:-1] + b"\xe7\x9c", None),
    ],
)
def test_a_text_is_in_the_first_encoding_that_reads_all_of_it(
    tmp_path: Path, content: bytes, encoding: str | None
) -> None:
    assert encoding_of(written(tmp_path, content)) == encoding


@pytest.mark.parametrize("chunk", [1, 2, 3, 100])
@pytest.mark.parametrize(
    ("content", "encoding", "reads"),
    [
        ("省份".encode(), "utf-8", True),
        ("省份".encode()[:-1], "utf-8", False),
        ("省份".encode()[:1], "utf-8", False),
        ("省份".encode("gb18030"), "gb18030", True),
        ("省份".encode("gb18030")[:-1], "gb18030", False),
        ("省".encode("utf-16-le"), "utf-16", False),
        (b"", "utf-8", True),
    ],
)
def test_a_file_decodes_where_its_last_letter_is_whole_however_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content, encoding, reads, chunk: int
) -> None:
    monkeypatch.setattr(encodings, "CHUNK", chunk)
    assert decodes(written(tmp_path, content), encoding) is reads


@pytest.mark.parametrize("more", [0, 1])
def test_headings_tell_big5_from_gb18030_though_the_sample_ends_within_a_letter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: int
) -> None:
    monkeypatch.setattr(encodings, "SAMPLE", 12 + more)
    path = written(tmp_path, BIG5.encode("big5"))
    assert encoding_of(path, frozenset({"統一編號"})) == "big5"


def test_without_headings_one_of_the_encodings_that_read_the_file_is_taken(tmp_path: Path) -> None:
    path = written(tmp_path, BIG5.encode("big5"))
    assert encoding_of(path) in ("gb18030", "big5", "cp950")
    assert encoding_of(path, frozenset({"省份"})) == encoding_of(path)


@pytest.mark.parametrize(
    ("content", "asked", "found"),
    [
        (TEXT.encode(), "utf-8", "utf-8-sig"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8", "utf-8-sig"),
        (TEXT.encode("gb18030"), "gb18030", "gb18030"),
        (BIG5.encode("big5"), "big5", "big5"),
        (TEXT.encode("utf-16"), "utf-16", "utf-16"),
        ("a,b\n".encode("utf-16-le"), "utf-16", "utf-16-le"),
        (TEXT.encode(), "utf-16", None),
        (TEXT.encode("gb18030"), "utf-8", None),
    ],
)
def test_the_encoding_that_a_mapping_names_is_taken_where_it_reads_the_file(
    tmp_path: Path, content: bytes, asked: str, found: str | None
) -> None:
    path = written(tmp_path, content)
    if found:
        sheet = open_delimited(path, asked, "auto", frozenset())
        assert sheet.encoding == found
        assert sheet.how == f"{found.removesuffix('-sig')}, comma"
        return
    with pytest.raises(InputErrors) as caught:
        open_delimited(path, asked, "auto", frozenset())
    (problem,) = caught.value.problems
    assert problem.value == "bytes of no known encoding"


@pytest.mark.parametrize("content", [codecs.BOM_UTF8, b"\n", b"\r\n\r\n"])
def test_a_text_of_no_cell_is_blank(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputErrors) as caught:
        open_delimited(written(tmp_path, content), "auto", "auto", frozenset({"a"}))
    (problem,) = caught.value.problems
    assert (problem.value, problem.expected) == (
        "only blank rows", "a header with the column names"
    )  # fmt: skip


def test_rows_of_the_wrong_length_are_parted_as_the_others_are(tmp_path: Path) -> None:
    path = written(tmp_path, b"a;b\n1;2\n3;4;5\n;;\n6\n7;8\n")
    sheet = open_delimited(path, "auto", "auto", frozenset())
    read = [
        (int(row), cells)
        for table, rows in sheet.batches([0, 1], 1)
        for row, cells in zip(rows, zip(*table.to_pydict().values(), strict=True), strict=True)
    ]
    assert read == [(2, ("1", "2")), (6, ("7", "8"))]
    assert [(bad.row, bad.cells) for bad in sheet.malformed] == [
        (3, ["3", "4", "5"]), (4, []), (5, ["6"])
    ]  # fmt: skip


def test_a_first_line_of_four_mebibytes_is_a_line_and_one_longer_is_none(tmp_path: Path) -> None:
    longest = 4 << 20
    assert open_delimited(written(tmp_path, b"a" * longest + b"\r\nb"), "utf-8", ",", frozenset())
    with pytest.raises(InputErrors, match="a first line of over 4,194,304 characters"):
        open_delimited(written(tmp_path, b"a" * (longest + 1)), "utf-8", ",", frozenset())


@pytest.mark.parametrize(("columns", "read"), [(16_384, True), (16_385, False)])
def test_a_text_has_as_many_columns_as_a_spreadsheet(tmp_path: Path, columns: int, read: bool):
    path = written(tmp_path, b",".join([b"a"] * columns))
    if read:
        assert open_delimited(path, "utf-8", ",", frozenset()).width == columns
    else:
        with pytest.raises(InputErrors, match="at most 16,384 columns"):
            open_delimited(path, "utf-8", ",", frozenset())
