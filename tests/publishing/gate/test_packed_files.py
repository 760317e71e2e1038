"""Pictures, archives, notebooks, workbooks and fonts: all their parts, each under its place."""

from __future__ import annotations

import io
import json
import zipfile
import zlib

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib import newTable
from fontTools.ttLib.tables._g_l_y_f import Glyph
from fontTools.ttLib.woff2 import WOFFFlavorData

from smdi.publishing.gate.content import Content
from smdi.publishing.gate.formats import png, read
from smdi.publishing.gate.release import File


def chunk(kind: str, body: bytes = b"") -> bytes:
    told = kind.encode("latin-1") + body
    return len(body).to_bytes(4, "big") + told + zlib.crc32(told).to_bytes(4, "big")


def picture(*inner: bytes, end: bytes = b"") -> bytes:
    head = b"\x89PNG\r\n\x1a\n" + chunk("IHDR", bytes(13))
    return head + b"".join(inner) + chunk("IDAT", b"12345") + chunk("IEND") + end


def told(content: Content) -> list[tuple[str, str]]:
    return [(one.what, one.how) for one in content.findings]


def test_a_picture_of_pixels_alone_may_leave() -> None:
    kinds = ("PLTE", "pHYs", "sRGB", "gAMA", "tRNS", "sBIT")
    made = picture(*(chunk(kind, b"\0" * number) for number, kind in enumerate(kinds)))
    assert told(read(File("site/a.png", made))) == []


@pytest.mark.parametrize("kind", ["tEXt", "iTXt", "eXIf", "abCd"])
def test_what_else_a_picture_carries_is_found_however_long_it_is(kind: str) -> None:
    made = picture(chunk("gAMA", b"123"), chunk(kind, b"x" * 300), chunk("pHYs", b"1"))
    assert told(read(File("site/a.png", made))) == [
        (f"a chunk {kind} of a picture", "it can carry texts")
    ]


@pytest.mark.parametrize(
    ("content", "how"),
    [
        (picture(end=b"x"), "ValueError: something stands behind the picture"),
        (b"GIF89a", "ValueError: no PNG"),
    ],
)
def test_a_picture_that_is_more_or_none_at_all_is_refused(content: bytes, how: str) -> None:
    assert told(read(File("site/a.png", content))) == [("a file that cannot be read", how)]


@pytest.mark.parametrize("kind", ["tEXt", "zTXt", "iTXt", "eXIf"])
def test_the_notes_of_a_picture_are_read_packed_or_not(kind: str) -> None:
    for rest in (b"plain words", b"\0" + zlib.compress(b"plain words")):
        made = picture(chunk("gAMA", b"1234"), chunk(kind, b"Author\0" + rest))
        said = list(png.notes(made))
        assert "Author" in said
        assert any("plain words" in one for one in said)
    assert set(png.notes(picture(chunk("pHYs", b"Author\0plain words")))) == {""}
    assert next(iter(png.notes(picture(end=b"behind")))) == "behind"


@pytest.mark.parametrize("kind", ["tEXt", "zTXt"])
def test_the_last_bytes_and_the_first_of_each_note_are_read(kind: str) -> None:
    """Notes of several lengths one behind the other, the last of them cut short."""
    notes = [chunk(kind, f"N{size}".encode() + b"\0" + b"b" * size + b"!") for size in range(4)]
    whole = picture(*notes)
    said = set(png.notes(whole))
    assert {f"N{size}" for size in range(4)} <= said
    assert {f"{'b' * size}!" for size in range(4)} <= said
    cut = whole[: whole.index(b"N3\0") + 4]
    assert {"N3", "b"} <= set(png.notes(cut))
    assert list(png.notes(whole[:8])) == list(png.notes(whole[:15])) == []


def archive(comment: bytes = b"", **files: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.comment = comment
        for name, text in files.items():
            packed.writestr(name.replace("_", "."), text)
    return made.getvalue()


def test_an_archive_is_its_comment_and_its_files_each_under_its_name() -> None:
    content = read(File("site/a.zip", archive(b"a comment", a_csv="x,y\n1,2\n", b_md="3 4")))
    assert [(one.place, one.content) for one in content.texts] == [
        ("comment", "a comment"),
        ("a.csv", "x,y\n1,2\n"),
        ("b.md", "3 4"),
    ]
    assert [(one.place, [*one.columns], *one.rows) for one in content.tables] == [
        ("a.csv", ["x", "y"], ["1", "2"]),
        ("b.md", [], ["3", "4"]),
    ]
    (found,) = read(File("site/a.zip", archive(a_exe="x"))).findings
    assert found.file == "site/a.zip/a.exe"
    assert [one.place for one in read(File("site/a.zip", archive(a_md="x"))).texts] == ["a.md"]


def test_every_part_of_a_notebook_is_read_under_its_cell() -> None:
    outputs = [
        {"output_type": "stream", "text": ["3 4\n", "x"]},
        {"output_type": "error", "traceback": ["5 6", "7"]},
        {"data": {"text/plain": ["8 ", "9"], "application/json": {"a": "j", "b": 1}}},
    ]
    node = {
        "metadata": {"kernelspec": {"name": "python3"}, "title": 1, "authors": 2},
        "cells": [
            {"source": ["一 ", "二\n", "1 2"], "metadata": {"tags": ["x"]},
             "attachments": {"p.txt": {"text/plain": "附"}}},
            {"source": "y", "outputs": outputs},
        ],
    }  # fmt: skip
    text = json.dumps(node)
    content = read(File("source/a.ipynb", text.encode()))
    assert [(one.place, one.kind, one.content) for one in content.texts] == [
        ("", "code", text),
        ("notebook", "code", "kernelspec\nname\npython3\ntitle\n1\nauthors\n2"),
        ("cell 1", "spoken", "一 二\n1 2"),
        ("cell 1", "code", "tags\nx"),
        ("cell 1 p.txt", "spoken", "附"),
        ("cell 2", "spoken", "y"),
        ("cell 2", "code", ""),
        ("cell 2", "spoken", "3 4\nx"),
        ("cell 2", "spoken", "5 6\n7"),
        ("cell 2", "spoken", ""),
        ("cell 2", "spoken", "8 9"),
        ("cell 2", "code", "a\nj\nb\n1"),
        ("cell 2", "bytes", "j1"),
    ]
    assert [(one.place, *one.rows) for one in content.tables] == [
        ("cell 1", ["1", "2"]),
        ("cell 2", ["3", "4"]),
        ("cell 2", ["5", "6"]),
        ("cell 2", ["8", "9"]),
        ("cell 2", ["j", "1"]),
    ]
    assert [(one.place, one.what) for one in content.findings] == [
        ("metadata", "authors"),
        ("metadata", "title"),
    ]


SHEET = "<worksheet xmlns='urn:x'><sheetData>{}</sheetData></worksheet>"
SHARED = "<sst xmlns='urn:x'><si><t>甲</t></si><si><r><t>乙</t></r><r><t>丙</t></r></si></sst>"


def workbook(rows: str, **others: str) -> Content:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        packed.writestr("xl/worksheets/sheet1.xml", SHEET.format(rows))
        packed.writestr("xl/sharedStrings.xml", SHARED)
        for name, text in others.items():
            packed.writestr(f"xl/{name}", text)
    return read(File("site/a.xlsx", made.getvalue()))


def test_the_cells_of_a_sheet_are_numbers_and_texts_its_own_and_shared_ones() -> None:
    rows = (
        "<row><c><v>46</v></c><c t='s'><v>1</v></c><c t='s'><v>0</v></c></row>"
        "<row><c t='inlineStr'><is><t>丁</t></is></c><c t='s'/></row>"
    )
    content = workbook(rows)
    assert [(one.place, one.rows) for one in content.tables] == [
        ("xl/worksheets/sheet1.xml", [["46", "乙丙", "甲"], ["丁", ""]])
    ]
    assert content.findings == []
    assert {(one.place, one.kind) for one in content.texts} == {
        ("xl/worksheets/sheet1.xml", "spoken"),
        ("xl/sharedStrings.xml", "spoken"),
    }
    assert [place for place, _ in content.trees] == [
        "xl/sharedStrings.xml",
        "xl/worksheets/sheet1.xml",
    ]


@pytest.mark.parametrize(
    "part",
    ["vbaProject.bin", "externalLinks/a.xml", "connections.xml", "activeX/a.xml",
     "embeddings/a.bin"],
)  # fmt: skip
def test_a_part_of_a_workbook_that_runs_or_fetches_is_found(part: str) -> None:
    content = workbook("", **{part: "<a>x</a>"})
    assert [(one.place, one.what) for one in content.findings] == [(f"xl/{part}", "a live part")]
    kind = "bytes" if part.endswith("bin") else "spoken"
    assert (f"xl/{part}", kind) in {(one.place, one.kind) for one in content.texts}


def test_a_formula_and_where_a_workbook_leads_are_found() -> None:
    relations = "<r xmlns='urn:x'><R Type='https://a/b' Target='https://c/d'/></r>"
    content = workbook("<row><c><f>A1+1</f></c></row>", **{"a.rels": relations})
    assert [(one.place, one.what, one.how) for one in content.findings] == [
        ("xl/worksheets/sheet1.xml", "=A1+1", "a formula is computed where it is opened")
    ]
    (tree,) = [root for place, root in content.trees if place == "xl/a.rels"]
    assert [dict(one.attrib) for one in tree] == [{"Target": "https://c/d"}]


def font(table: str = "", notes: bytes = b"") -> bytes:
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": Glyph()})
    builder.setupHorizontalMetrics({".notdef": (500, 0)})
    builder.setupHorizontalHeader()
    builder.setupNameTable({"familyName": "Hei Ti"})
    builder.setupPost()
    if table:
        builder.font[table] = newTable(table)
        builder.font[table].data = b"x"
    builder.font.flavor = "woff"
    if notes:
        builder.font.flavorData = WOFFFlavorData()
        builder.font.flavorData.metaData = notes
    made = io.BytesIO()
    builder.font.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, []),
        ({"table": "abCD"}, [("a table abCD of a font", "it can carry texts")]),
        ({"notes": b"<metadata/>"}, [("notes of a font", "they can carry texts")]),
    ],
)
def test_a_font_is_its_letters_and_names_alone(given: dict, found: list) -> None:
    content = read(File("site/a.woff", font(**given)))
    assert told(content) == found
    assert ("name 1", "Hei Ti") in [(one.place, one.content) for one in content.texts]


@pytest.mark.parametrize(
    ("name", "content", "kinds"),
    [
        ("site/a.js", b"x", ["code"]),
        ("site/a.md", b"x", ["spoken"]),
        ("site/_static/a.js", b"x", ["bytes"]),
        ("site/_static/a.woff2", b"wOF2", ["bytes"]),
        ("site/_static/a.woff2", b"x", []),
        ("site/_static/a.js", b"x\0", ["code"]),
        ("site/_static/a.exe", b"x", []),
    ],
)
def test_what_packages_bring_is_read_as_bytes_where_it_is_what_its_name_says(
    name: str, content: bytes, kinds: list[str]
) -> None:
    seen = read(File(name, content))
    assert [one.kind for one in seen.texts] == kinds
    assert bool(seen.findings) == (not kinds)


def test_lists_of_names_are_unpacked_behind_their_four_lines_of_text() -> None:
    content = b"# a\n# b\n# c\n# d\n" + zlib.compress(b"packed\nlines")
    (text,) = read(File("site/objects.inv", content)).texts
    assert text.content == "# a\n# b\n# c\n# d\npacked\nlines"
