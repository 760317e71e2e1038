"""Which parts of a workbook are its sheets, and a sheet in pieces: at each bound."""

from __future__ import annotations

import io
import re
import runpy
import zipfile

import pytest

from smdi.assessments.reading import xlsx_parts
from smdi.assessments.reading.xlsx_parts import DamagedWorkbookError, row_chunks, sheet_parts

PART = "xl/worksheets/sheet1.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
MIB = 1 << 20


def archive_of(**parts: str) -> zipfile.ZipFile:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return zipfile.ZipFile(packed)


def chunks(sheet: str) -> list[tuple[list[str], bool]]:
    """The rows of each piece as they stand, and whether they are numbered."""
    archive = archive_of(**{"xl/workbook.xml": "<workbook/>", PART: sheet})
    found = []
    for book, numbered in row_chunks(archive, PART):
        text = zipfile.ZipFile(io.BytesIO(book)).read(PART).decode()
        assert text.startswith("<worksheet><sheetData>")
        assert text.endswith("</sheetData></worksheet>")
        found.append((re.findall("<row.*?</row>", text), numbered))
    return found


def sheet_of(*rows: str) -> str:
    return f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>"


@pytest.mark.parametrize(
    ("told", "piece", "block"),
    [
        (None, 32 * MIB, 4 * MIB),
        ("1000", 1000, 1000),
        (f"{4 * MIB}", 4 * MIB, 4 * MIB),
        (f"{4 * MIB + 1}", 4 * MIB + 1, 4 * MIB),
    ],
)
def test_a_sheet_is_read_four_mebibytes_at_a_time_and_no_more_than_a_piece(
    monkeypatch: pytest.MonkeyPatch, told: str | None, piece: int, block: int
) -> None:
    monkeypatch.delenv("SMDI_WORKBOOK_PIECE", raising=False)
    if told:
        monkeypatch.setenv("SMDI_WORKBOOK_PIECE", told)
    made = runpy.run_path(xlsx_parts.__file__)
    assert (made["PIECE"], made["BLOCK"]) == (piece, block)


ROWS = [f'<row r="{n}"><c/></row>' for n in range(1, 8)]


@pytest.mark.parametrize("block", [1, 7, 50, 1000])
@pytest.mark.parametrize("piece", [60, 100, 10_000])
def test_each_row_is_in_one_piece_whatever_is_read_at_a_time(
    monkeypatch: pytest.MonkeyPatch, piece: int, block: int
) -> None:
    monkeypatch.setattr(xlsx_parts, "PIECE", piece)
    monkeypatch.setattr(xlsx_parts, "BLOCK", block)
    found = chunks(sheet_of(*ROWS))
    assert [row for rows, _ in found for row in rows] == ROWS
    assert all(numbered for _, numbered in found)
    assert (len(found) > 1) is (piece < 10_000 and block < 1000)


def test_a_piece_is_handed_on_once_it_is_as_long_as_a_piece(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx_parts, "BLOCK", 1)
    for more, pieces in ((0, [2, 1]), (1, [2, 1]), (-1, [1, 1, 1])):
        rows = ['<row r="1"></row>', '<row r="2"></row>', '<row r="3"></row>']
        monkeypatch.setattr(xlsx_parts, "PIECE", len(rows[0]) * 2 + more)
        assert [len(one) for one, _ in chunks(sheet_of(*rows))] == pieces


@pytest.mark.parametrize(
    ("row", "numbered"),
    [
        ('<row r="1"><c/></row>', True),
        ("<row r='1'><c/></row>", True),
        ('<row spans="1:2" r = "1"><c/></row>', True),
        ("<row><c/></row>", False),
        ('<row spans="1:2"><c r="1"/></row>', False),
        ('<row tr="1"><c/></row>', False),
    ],
)
def test_rows_are_numbered_where_the_first_says_its_number(row: str, numbered: bool) -> None:
    assert chunks(sheet_of(row)) == [([row], numbered)]


def test_a_sheet_whose_data_is_one_empty_element_has_no_piece() -> None:
    assert chunks("<worksheet><sheetData/></worksheet>") == []
    assert chunks("<worksheet><sheetData ></sheetData></worksheet>") == []
    # What follows the data is no row of it, whatever it is called.
    assert chunks("<worksheet><sheetData/><x:row></x:row></worksheet>") == []


def test_the_book_is_found_among_other_parts_and_only_its_sheets_are_sheets() -> None:
    sheet = f'<sheet xmlns:r="{OFFICE}" name="表" r:id="a"/>'
    other = sheet.replace("<sheet ", "<view ")
    archive = archive_of(
        **{
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.xml": f"<b>{other}<sheets>{sheet}</sheets>{other}</b>",
            "xl/_rels/workbook.xml.rels": '<r><s Id="a" Target="worksheets/sheet1.xml"/></r>',
            PART: "x",
        }
    )
    assert sheet_parts(archive) == [("表", PART)]


@pytest.mark.parametrize("sheet", ["<worksheet/>", "", "<worksheet>" + "x" * 100])
def test_a_sheet_without_its_data_is_damaged(monkeypatch: pytest.MonkeyPatch, sheet: str) -> None:
    monkeypatch.setattr(xlsx_parts, "PIECE", 50)
    monkeypatch.setattr(xlsx_parts, "BLOCK", 10)
    with pytest.raises(DamagedWorkbookError, match=f"^{PART} holds no rows$"):
        chunks(sheet)


@pytest.mark.parametrize(("before", "damaged"), [(20, False), (31, False), (32, True)])
def test_the_data_of_a_sheet_begins_within_a_piece(
    monkeypatch: pytest.MonkeyPatch, before: int, damaged: bool
) -> None:
    """What is held before another block is read may be as long as a piece and no longer."""
    monkeypatch.setattr(xlsx_parts, "PIECE", 30)
    monkeypatch.setattr(xlsx_parts, "BLOCK", 1)
    archive = archive_of(**{"xl/workbook.xml": "", PART: "x" * (before - 12) + "<sheetData/>"})
    if damaged:
        with pytest.raises(DamagedWorkbookError, match="holds no rows"):
            list(row_chunks(archive, PART))
    else:
        assert list(row_chunks(archive, PART)) == []


def test_a_row_longer_than_a_piece_is_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_parts, "PIECE", 40)
    monkeypatch.setattr(xlsx_parts, "BLOCK", 10)
    with pytest.raises(DamagedWorkbookError, match=f"^a row of {PART} does not end$"):
        chunks(sheet_of("<row>" + "x" * 100 + "</row>"))


def test_of_the_book_a_piece_has_the_strings_and_styles_and_no_sheet() -> None:
    names = ["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/styles.xml",
             "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"]  # fmt: skip
    others = [PART, "xl/worksheets/sheet2.xml", "xl/theme/theme1.xml", "xl/media/a.png"]
    parts = dict.fromkeys([*names, *others], "<a/>") | {PART: sheet_of(ROWS[0])}
    ((book, _),) = row_chunks(archive_of(**parts), PART)
    assert sorted(zipfile.ZipFile(io.BytesIO(book)).namelist()) == sorted([*names, PART])


def book_of(relation: str, target: str, *, root: str = "xl/", name: str = "表") -> zipfile.ZipFile:
    sheet = f'<x:sheet xmlns:x="x" xmlns:r="{relation}" name="{name}" r:id="a"/>'
    return archive_of(
        **{
            f"{root}workbook.xml": f"<b><sheets>{sheet}</sheets><other/></b>",
            f"{root}_rels/workbook.xml.rels": f'<r><s Id="a" Target="{target}"/></r>',
            "xl/worksheets/sheet1.xml": "x",
            "xl/chartsheets/sheet1.xml": "x",
            "worksheets/sheet1.xml": "x",
        }
    )


@pytest.mark.parametrize(
    ("relation", "target", "root", "part"),
    [
        (OFFICE, "worksheets/sheet1.xml", "xl/", "xl/worksheets/sheet1.xml"),
        (STRICT, "worksheets/sheet1.xml", "xl/", "xl/worksheets/sheet1.xml"),
        (OFFICE, "/xl/worksheets/sheet1.xml", "xl/", "xl/worksheets/sheet1.xml"),
        (OFFICE, "../xl/worksheets/sheet1.xml", "xl/", "xl/worksheets/sheet1.xml"),
        (OFFICE, "worksheets/sheet1.xml", "", "worksheets/sheet1.xml"),
        (OFFICE, "worksheets/none.xml", "xl/", None),
        (OFFICE, "chartsheets/sheet1.xml", "xl/", None),
        ("urn:other", "worksheets/sheet1.xml", "xl/", None),
    ],
)
def test_a_sheet_lies_in_the_part_that_its_relation_names(
    relation: str, target: str, root: str, part: str | None
) -> None:
    found = sheet_parts(book_of(relation, target, root=root))
    assert found == ([("表", part)] if part else [])
