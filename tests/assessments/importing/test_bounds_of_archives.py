"""How large a part of a workbook may be: read at each bound, refused one byte above it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from smdi.assessments.reading.kinds import kind_of
from smdi.errors import InputErrors

MIB, GIB = 1 << 20, 1 << 30
SHEET, SHARED, CONTENT = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "content.xml"


def archive_that_claims(path: Path, name: str, size: int, packed: int) -> Path:
    """A workbook of which one part says in the table of contents that it has these sizes."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(name, "x")
        told = archive.getinfo(name)
        told.file_size, told.compress_size = size, packed
    return path


@pytest.mark.parametrize(
    ("name", "size", "packed", "read"),
    [
        (SHEET, 16 * GIB, GIB, True),
        (SHEET, 16 * GIB + 1, GIB, False),
        (SHARED, GIB, GIB, True),
        (SHARED, GIB + 1, GIB, False),
        (CONTENT, GIB, GIB, True),
        (CONTENT, GIB + 1, GIB, False),
        (SHEET, 20 * MIB, 1, True),
        (SHEET, 20 * MIB + 1, 1, False),
        (SHEET, 20 * MIB, 0, True),
        (SHEET, 20 * MIB + 1, 0, False),
        (SHEET, 400 * 60_000, 60_000, True),
        (SHEET, 400 * 60_000 + 1, 60_000, False),
    ],
)
def test_a_part_is_read_up_to_what_a_workbook_may_hold(
    tmp_path: Path, name: str, size: int, packed: int, read: bool
) -> None:
    path = archive_that_claims(tmp_path / "a.xlsx", name, size, packed)
    if read:
        assert kind_of(path) == "xlsx"
        return
    with pytest.raises(InputErrors) as caught:
        kind_of(path)
    (problem,) = caught.value.problems
    assert problem.file == str(path)
    assert problem.value == f"{name}: {packed:,} bytes unpack to {size:,}"
    assert problem.expected == "a workbook; this looks like a ZIP bomb"


def check_mimetype(folder: Path, text: str, *, known: bool) -> None:
    """Hold whether an archive of this MIME type alone is an open document."""
    with zipfile.ZipFile(folder / "a.ods", "w") as archive:
        archive.writestr("mimetype", text)
    if known:
        assert kind_of(folder / "a.ods") == "ods"
    else:
        with pytest.raises(InputErrors, match="holds no workbook"):
            kind_of(folder / "a.ods")


@pytest.mark.parametrize(("length", "known"), [(4095, True), (4096, False)])
def test_a_mimetype_is_read_where_it_is_shorter_than_four_kibibytes(
    tmp_path: Path, length: int, known: bool
) -> None:
    told = "application/vnd.oasis.opendocument.spreadsheet"
    check_mimetype(tmp_path, told.ljust(length), known=known)


@pytest.mark.parametrize(
    ("before", "known"), [(80 - len("opendocument.spreadsheet"), True), (57, False)]
)
def test_the_kind_stands_within_the_first_eighty_letters_of_a_mimetype(
    tmp_path: Path, before: int, known: bool
) -> None:
    check_mimetype(tmp_path, "x" * before + "opendocument.spreadsheet", known=known)


@pytest.mark.parametrize(
    ("names", "kind", "told"),
    [
        (["xl/workbook.xml"], "xlsx", None),
        (["book/workbook.xml"], "xlsx", None),
        (["xl/workbook.bin"], None, "a binary workbook (.xlsb)"),
        (["myworkbook.xml"], None, "an archive that holds no workbook"),
        ([], None, "an archive that holds no workbook"),
    ],
)
def test_an_archive_is_known_by_the_part_that_is_its_workbook(
    tmp_path: Path, names: list[str], kind: str | None, told: str | None
) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    if kind:
        assert kind_of(tmp_path / "a.zip") == kind
        return
    with pytest.raises(InputErrors) as caught:
        kind_of(tmp_path / "a.zip")
    assert [problem.value for problem in caught.value.problems] == [told]


def test_a_part_with_a_password_is_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "x")
        archive.getinfo("xl/workbook.xml").flag_bits |= 1
    with pytest.raises(InputErrors) as caught:
        kind_of(tmp_path / "a.xlsx")
    (problem,) = caught.value.problems
    assert problem.value == "a file with a password"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (b"\xef\xbb\xbf \t\r\n<TABLE>", "a web page (HTML)"),
        (b"<meta charset>", "a web page (HTML)"),
        (b"<head>", "a web page (HTML)"),
        (b"<body>", "a web page (HTML)"),
        (b"<style>", "a web page (HTML)"),
        (b"<Workbook>", "an XML document"),
        (b"From: a", "a web archive or mail"),
        (b'[{"a": 1}]', "a JSON document"),
        (b"SQLite format 3\x00", "a database"),
        (b"\x7fELF", "a program"),
        (b"{\\rtf1", "a text document (RTF)"),
        (b"GIF89a", "an image"),
        (b"\xff\xd8\xff\xe0", "an image"),
        (b"7z\xbc\xaf", "a 7z archive"),
        (b"BZh9", "a bzip2 archive"),
        (b"\xfd7zXZ", "an xz archive"),
        (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    ],
)
def test_foreign_content_is_named_for_what_it_is(tmp_path: Path, text: bytes, told: str) -> None:
    (tmp_path / "a.csv").write_bytes(text)
    with pytest.raises(InputErrors) as caught:
        kind_of(tmp_path / "a.csv")
    assert [problem.value for problem in caught.value.problems] == [told]


@pytest.mark.parametrize("name", ["a.parquet", "a.PQ"])
def test_a_text_that_is_called_a_parquet_file_is_none(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"a,b\n")
    with pytest.raises(InputErrors, match="expected a Parquet file"):
        kind_of(tmp_path / name)


def test_a_file_that_may_not_be_opened_is_told_with_the_reason_of_the_system(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.csv").write_bytes(b"a")
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputErrors) as caught:
        kind_of(tmp_path / "a.csv")
    (problem,) = caught.value.problems
    assert (problem.value, problem.expected) == ("Permission denied", "a file that can be read")


OLE, LOCKED = bytes.fromhex("d0cf11e0a1b11ae1"), "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"PAR1", "parquet"),
        (OLE, "xls"),
        (OLE + b"\0" * (2 << 20), "xls"),
        (b"a,b", "text"),
        (b"PK", "text"),
    ],
)
def test_a_file_is_known_by_its_first_bytes(tmp_path: Path, content: bytes, kind: str) -> None:
    (tmp_path / "a.csv").write_bytes(content)
    assert kind_of(tmp_path / "a.csv") == kind


@pytest.mark.parametrize("before", [128, 1 << 20, 3 << 20])
def test_a_password_is_found_wherever_in_an_old_workbook_it_is_told(
    tmp_path: Path, before: int
) -> None:
    (tmp_path / "a.xls").write_bytes(OLE.ljust(before, b"\0") + LOCKED)
    with pytest.raises(InputErrors) as caught:
        kind_of(tmp_path / "a.xls")
    (problem,) = caught.value.problems
    assert problem.value == "a file with a password"


@pytest.mark.parametrize(
    ("made", "told"), [("nothing", "no file"), ("folder", "a folder"), ("file", "an empty file")]
)
def test_what_is_no_file_with_anything_in_it_is_told(tmp_path: Path, made: str, told: str) -> None:
    path = tmp_path / "a.csv"
    {"nothing": lambda: None, "folder": path.mkdir, "file": path.touch}[made]()
    with pytest.raises(InputErrors) as caught:
        kind_of(path)
    (problem,) = caught.value.problems
    assert (problem.file, problem.value) == (str(path), told)
    assert problem.expected.startswith("a workbook (.xlsx, .xls, .ods), a text table")


@pytest.mark.parametrize("content", [b"PK\x03\x04", b"PK\x05\x06"])
def test_an_archive_that_is_cut_is_damaged(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(content)
    with pytest.raises(InputErrors) as caught:
        kind_of(tmp_path / "a.xlsx")
    (problem,) = caught.value.problems
    assert problem.expected == "a whole workbook; this one is damaged"
