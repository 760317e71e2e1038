"""A sheet whose XML names its parts with a prefix is cut and closed with it."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest

from smdi.assessments.reading.xlsx_parts import row_chunks

PART, SPACE = "xl/worksheets/sheet1.xml", "urn:sheet"


@pytest.mark.parametrize("prefix", ["", "x:"])
@pytest.mark.parametrize(("place", "numbered"), [(' r="1"', True), ("", False)])
def test_rows_are_packed_as_a_whole_sheet_under_any_prefix(prefix, place, numbered) -> None:
    name = f":{prefix[:-1]}" if prefix else ""
    rows = f"<{prefix}row{place}><{prefix}c/></{prefix}row>"
    text = f'<{prefix}worksheet xmlns{name}="{SPACE}"><{prefix}sheetData>{rows}'
    text += f"</{prefix}sheetData><{prefix}pageMargins/></{prefix}worksheet>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr(PART, text)
    with zipfile.ZipFile(packed) as archive:
        ((book, found),) = row_chunks(archive, PART)
    assert found is numbered
    with zipfile.ZipFile(io.BytesIO(book)) as made:
        assert sorted(made.namelist()) == ["xl/workbook.xml", PART]
        sheet = ElementTree.fromstring(made.read(PART))
    assert [one.tag for one in sheet.iter()] == [
        f"{{{SPACE}}}{tag}" for tag in ("worksheet", "sheetData", "row", "c")
    ]
