"""The parts of an .xlsx: which holds which sheet, and a sheet in small workbooks of some rows each.

The reader of workbooks takes a sheet into memory whole, and a sheet of 200,000 firms is too much
for that. So the XML of a sheet is cut at ends of rows, unread, and each piece is packed with the
strings and styles of the book as a workbook of its own.
"""

from __future__ import annotations

import io
import os
import posixpath
import re
import zipfile
from collections.abc import Iterator
from xml.etree import ElementTree

# How much XML of a sheet is read at a time.
PIECE = int(os.environ.get("SMDI_WORKBOOK_PIECE", 32 << 20))
BLOCK = min(PIECE, 4 << 20)
_ROW_END = re.compile(rb"</(?:\w+:)?row\s*>")
_DATA = re.compile(rb"<((?:\w+:)?)sheetData\s*(/?)>")
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb"""\sr\s*=\s*["']\d""")
_OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_STRICT = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


class DamagedWorkbookError(ValueError):
    """A workbook whose parts do not fit together."""


def sheet_parts(archive: zipfile.ZipFile) -> list[tuple[str, str]]:
    """Return the sheets in order: name and the archive's part that holds the cells."""
    book = next(name for name in archive.namelist() if name.endswith("workbook.xml"))
    folder = posixpath.dirname(book)
    relations = f"{folder}/_rels/workbook.xml.rels".lstrip("/")
    targets = {
        node.get("Id"): node.get("Target", "")
        for node in ElementTree.fromstring(archive.read(relations))
    }
    found = []
    for node in ElementTree.fromstring(archive.read(book)).iter():
        if node.tag.rpartition("}")[2] != "sheet":
            continue
        target = targets.get(node.get(_OFFICE) or node.get(_STRICT), "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        path = posixpath.normpath(path)
        if path in archive.namelist() and "chartsheet" not in path:
            found.append((node.get("name", ""), path))
    return found


def row_chunks(archive: zipfile.ZipFile, part: str) -> Iterator[tuple[bytes, bool]]:
    """Yield workbooks that hold the rows of a sheet in turn, and whether the rows are numbered."""
    base = _packed_base(archive, part)
    with archive.open(part) as stream:
        held = b""
        while (match := _DATA.search(held)) is None:
            block = stream.read(BLOCK)
            if not block or len(held) > PIECE:
                raise DamagedWorkbookError(f"{part} holds no rows")
            held += block
        head, held, prefix = held[: match.end()], held[match.end() :], match[1]
        if match[2]:
            return
        tail = b"</" + prefix + b"sheetData></" + prefix + b"worksheet>"
        while block := stream.read(BLOCK):
            held += block
            if len(held) < PIECE:
                continue
            end = _last_row_end(held)
            if end is None:
                raise DamagedWorkbookError(f"a row of {part} does not end")
            yield _with_sheet(base, part, head + held[:end] + tail), _numbered(held)
            held = held[end:]
        end = _last_row_end(held)
        if end is not None:
            yield _with_sheet(base, part, head + held[:end] + tail), _numbered(held)


def _last_row_end(text: bytes) -> int | None:
    at = text.rfind(b"row", 0)
    while at >= 0:
        start = text.rfind(b"</", 0, at)
        match = _ROW_END.match(text, start) if start >= 0 else None
        if match:
            return match.end()
        at = text.rfind(b"row", 0, at)
    return None


def _numbered(text: bytes) -> bool:
    match = _ROW.search(text)
    return match is None or _NUMBER.search(match[1]) is not None


def _packed_base(archive: zipfile.ZipFile, part: str) -> bytes:
    """Return an archive of the book's parts without any sheet."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as base:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")) and _of_the_book(name) and name != part:
                base.writestr(name, archive.read(name))
    return out.getvalue()


def _of_the_book(name: str) -> bool:
    wanted = ("[Content_Types].xml", "workbook.xml", "sharedStrings.xml", "styles.xml")
    return name.endswith(wanted) or name.endswith(("_rels/.rels", "workbook.xml.rels"))


def _with_sheet(base: bytes, part: str, sheet: bytes) -> bytes:
    out = io.BytesIO()
    out.write(base)
    with zipfile.ZipFile(out, "a") as book:
        book.writestr(part, sheet)
    return out.getvalue()
