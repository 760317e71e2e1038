"""Hostile and foreign files end in one line and bounded memory."""

from __future__ import annotations

import resource
import zipfile
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smdi.assessments.reading import kinds, workbook_worker, workbooks
from smdi.assessments.reading.delimited import open_delimited
from smdi.assessments.reading.kinds import HEAD, LARGEST_SHARED, kind_of
from smdi.errors import InputErrors, Problem

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def book_of(path: Path, sheet: str, **parts: str) -> Path:
    """A workbook of one sheet with this XML, stored packed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
            f'Target="{parts.pop("target", "worksheets/sheet1.xml")}"/></Relationships>',
        )
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def one(faults) -> object:
    """The one problem that an import of a file ends with."""

    def go(name: str) -> Problem:
        (problem,) = faults(name)
        assert "\n" not in str(problem)
        return problem

    return go


@pytest.mark.parametrize(
    ("name", "content", "found"),
    [
        ("a.csv", b"%PDF-1.4\n%\xe2\xe3", "a PDF document"),
        ("a.xlsx", b"%PDF-1.4\n%\xe2\xe3", "a PDF document"),
        ("a.xls", b"<html><table><tr><td>x</td></tr></table>", "a web page (HTML)"),
        ("a.xls", b"\xef\xbb\xbf\r\n<!DOCTYPE html><html>", "a web page (HTML)"),
        ("a.xls", b'<?xml version="1.0"?><Workbook/>', "an XML document"),
        ("a.mht", b"MIME-Version: 1.0\r\n", "a web archive or mail"),
        ("a.csv", b'{"a": 1}', "a JSON document"),
        ("a.csv", b"\x1f\x8b\x08\x00", "a gzip archive"),
        ("a.csv", b"Rar!\x1a\x07", "a RAR archive"),
        ("a.csv", b"\x89PNG\r\n", "an image"),
        ("a.csv", b"", "an empty file"),
        ("a.csv", b"\n\n\n", "only blank rows"),
        ("a.csv", b"\xff\xff\xff,\x80\n", "bytes of no known encoding"),
        ("a.parquet", b"not a table", None),
    ],
)
def test_a_file_that_is_no_table_is_named_for_what_it_is(one, tmp_path, name, content, found):
    (tmp_path / name).write_bytes(content)
    assert one(name).value == found


def test_a_file_that_is_not_there_and_a_folder_are_told(one, tmp_path):
    assert one("none.csv").value == "no file"
    (tmp_path / "folder.csv").mkdir()
    assert one("folder.csv").value == "a folder"


def test_a_zip_bomb_is_refused_before_it_is_unpacked(one, tmp_path):
    book_of(tmp_path / "bomb.xlsx", "0" * (60 << 20))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "ZIP bomb" in one("bomb.xlsx").expected
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.mark.parametrize(
    ("ratio", "small", "read"),
    [(0, -1, True), (-1e-9, -1, False), (-1e-9, 0, True), (1e-9, -1, True)],
)
def test_a_part_is_swollen_beyond_a_size_and_beyond_a_ratio_to_what_it_is_packed(
    tmp_path, monkeypatch, ratio: float, small: int, read: bool
):
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "a" * 5000)
        (part,) = archive.infolist()
    monkeypatch.setattr(kinds, "LARGEST_RATIO", part.file_size / part.compress_size + ratio)
    monkeypatch.setattr(kinds, "SMALL", part.file_size + small)
    if read:
        assert kind_of(tmp_path / "a.xlsx") == "xlsx"
    else:
        with pytest.raises(InputErrors, match=f"{part.compress_size} bytes unpack to 5,000"):
            kind_of(tmp_path / "a.xlsx")


def test_shared_strings_beyond_any_workbook_are_refused(one, tmp_path, monkeypatch):
    monkeypatch.setattr("smdi.assessments.reading.kinds.LARGEST_SHARED", 1000)
    assert LARGEST_SHARED > 1000
    book_of(tmp_path / "big.xlsx", "<worksheet/>", **{"xl/sharedStrings.xml": "x" * 2000})
    assert "sharedStrings.xml" in one("big.xlsx").value


def test_an_archive_of_something_else_is_refused(one, tmp_path):
    with zipfile.ZipFile(tmp_path / "photos.zip", "w") as archive:
        archive.writestr("../../etc/passwd", "root")
    assert one("photos.zip").value == "an archive that holds no workbook"


def test_a_damaged_archive_is_refused(one, tmp_path, workbook):
    whole = workbook({"表": [["a"]]}).read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    assert "damaged" in one("cut.xlsx").expected


def test_a_workbook_with_a_password_is_told_to_have_one(one, tmp_path):
    content = bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 2000
    content += "EncryptedPackage".encode("utf-16-le") + b"\0" * 2000
    (tmp_path / "locked.xlsx").write_bytes(content)
    assert one("locked.xlsx").value == "a file with a password"


def test_an_old_workbook_that_is_broken_is_refused(one, tmp_path):
    (tmp_path / "old.xls").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\x7f" * 5000)
    assert "a whole workbook" in one("old.xls").expected


@pytest.mark.parametrize(
    "sheet",
    [
        "<worksheet/>",
        "<worksheet><sheetData><row><c",
        "<worksheet><sheetData>" + "<row>" * 2000 + "</sheetData></worksheet>",
        "<worksheet><sheetData/></worksheet>",
        "no XML at all",
    ],
)
def test_a_sheet_that_is_no_sheet_is_refused(one, tmp_path, sheet: str):
    book_of(tmp_path / "odd.xlsx", sheet)
    assert one("odd.xlsx").file.endswith("odd.xlsx")


def test_a_sheet_with_a_cell_at_the_end_of_the_world_needs_no_memory_for_it(one, tmp_path):
    cell = '<row r="{1}"><c r="{0}{1}" t="inlineStr"><is><t>x</t></is></c></row>'
    rows = cell.format("A", 1) + cell.format("XFD", 1_048_576)
    book_of(
        tmp_path / "far.xlsx",
        f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>',
    )
    problem = one("far.xlsx")
    assert "workbook" in problem.expected
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 3 << 20


def test_a_path_that_climbs_out_of_the_workbook_reads_nothing(one, tmp_path):
    book_of(tmp_path / "climb.xlsx", "<worksheet/>", target="../../../../etc/passwd")
    assert one("climb.xlsx").value == "a workbook of empty sheets"


def test_entities_that_multiply_are_refused(one, tmp_path):
    bomb = '<!DOCTYPE b [<!ENTITY a "' + "x" * 1000 + '">' + "".join(
        f'<!ENTITY a{n} "{("&a" + (str(n - 1) if n else "") + ";") * 100}">' for n in range(8)
    ) + "]>"  # fmt: skip
    with zipfile.ZipFile(tmp_path / "laughs.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", f"{bomb}<workbook>&a7;</workbook>")
        archive.writestr("xl/_rels/workbook.xml.rels", "<Relationships/>")
    assert "a whole workbook" in one("laughs.xlsx").expected


def test_a_reader_that_dies_is_told_in_one_line(one, workbook, monkeypatch):
    workbook({"表": [["a"]]})
    for module in ("smdi.no_such_module", "this"):
        monkeypatch.setattr(workbooks, "WORKER", module)
        assert "its reader gave up" in one("export.xlsx").value


def test_a_line_without_an_end_is_no_table(one, tmp_path):
    (tmp_path / "long.csv").write_text("甲" * (5 << 20), encoding="utf-8")
    assert "first line" in one("long.csv").value


def test_a_row_longer_than_a_block_with_too_many_cells_is_told_as_one_row(tmp_path):
    path = tmp_path / "long.csv"
    long = "x\n" * (9 << 19)
    path.write_text(f'a,b\n1,2\n3,"{long}",4\n5,6\n')
    sheet = open_delimited(path, "auto", "auto", frozenset())
    read = [row for _, rows in sheet.batches([0, 1], 0) for row in rows]
    assert [(bad.row, len(bad.cells)) for bad in sheet.malformed] == [(3, 3)]
    assert read == [1, 2, 4]


def test_more_columns_than_a_spreadsheet_has_are_refused(one, tmp_path):
    (tmp_path / "wide.csv").write_text(",".join(["a"] * 20_000), encoding="utf-8")
    assert "at most 16,384 columns" in one("wide.csv").expected


def test_columns_of_lists_are_refused(one, tmp_path):
    pq.write_table(pa.table({"统一社会信用代码": [["a"], ["b"]]}), tmp_path / "lists.parquet")
    assert "holds lists or records" in one("lists.parquet").expected


def test_a_binary_workbook_is_told_how_to_become_one_that_reads(one, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.xlsb", "w") as archive:
        archive.writestr("xl/workbook.bin", b"x")
    assert "save it as .xlsx" in one("a.xlsb").expected


def test_folders_of_imports_that_were_killed_are_cleared(workbook, tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks.tempfile, "gettempdir", lambda: str(tmp_path))
    (tmp_path / "smdi-import-999999999-x").mkdir()
    (tmp_path / "smdi-import-1-x").mkdir()
    (sheet,) = workbooks.open_workbook(workbook({"表": [["a"]]}), "xlsx")
    left = {path.name for path in tmp_path.iterdir() if path.is_dir()}
    assert left == {"smdi-import-1-x", Path(sheet.folder.name).name}


@pytest.mark.parametrize(("more", "known"), [(-1, True), (0, False)])
def test_a_kind_of_file_that_is_told_at_length_is_not_read(tmp_path, more: int, known: bool):
    told = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(tmp_path / "a.ods", "w") as archive:
        archive.writestr("mimetype", told.ljust(HEAD + more))
    if known:
        assert kind_of(tmp_path / "a.ods") == "ods"
    else:
        with pytest.raises(InputErrors, match="holds no workbook"):
            kind_of(tmp_path / "a.ods")


def test_a_sheet_beyond_the_memory_is_told_with_how_much_that_is(tmp_path, monkeypatch):
    def beyond(path: Path) -> None:
        raise MemoryError

    monkeypatch.setattr(workbook_worker, "_xlsx", beyond)
    monkeypatch.setattr(workbook_worker, "_limit_memory", lambda: None)
    assert workbook_worker.main(["a.xlsx", "xlsx", str(tmp_path)]) == 1
    told = (tmp_path / "error.txt").read_text(encoding="utf-8")
    assert told == "a sheet that needs more than 3 GiB of memory"


@pytest.mark.parametrize("text", ["NULL", "NA", "nan", "N/A", "#N/A"])
def test_a_text_that_databases_write_for_nothing_is_told_as_it_stands(
    firms, export_of, faults, tmp_path, text: str
):
    export = export_of(firms(6, real=True))
    export.loc[2, "统一社会信用代码"] = text
    export.to_csv(tmp_path / "export.csv", index=False)
    (fault,) = faults("export.csv")
    assert fault.value == text
