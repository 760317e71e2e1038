"""What a file is by its first bytes, whatever its name says; hostile and foreign files end here."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Literal

from smdi.errors import InputErrors, Problem

Kind = Literal["xlsx", "xls", "ods", "parquet", "text"]
EXPECTED = "a workbook (.xlsx, .xls, .ods), a text table (.csv, .tsv, .txt) or a Parquet file"
SAVE_AGAIN = "a workbook or CSV: open the file in a spreadsheet and save it as .xlsx"
# What a workbook may hold unpacked; and packed a thousand times smaller it is no workbook.
LARGEST_PART = 16 << 30
LARGEST_SHARED = 1 << 30
LARGEST_RATIO = 400
SMALL = 20 << 20
HEAD = 4096
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_FOREIGN = (
    (b"%PDF", "a PDF document", EXPECTED),
    (b"{\\rtf", "a text document (RTF)", EXPECTED),
    (b"\x89PNG", "an image", EXPECTED),
    (b"\xff\xd8\xff", "an image", EXPECTED),
    (b"GIF8", "an image", EXPECTED),
    (b"Rar!", "a RAR archive", f"{EXPECTED}; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive", f"{EXPECTED}; unpack it first"),
    (b"\x1f\x8b", "a gzip archive", f"{EXPECTED}; unpack it first"),
    (b"BZh", "a bzip2 archive", f"{EXPECTED}; unpack it first"),
    (b"\xfd7zXZ", "an xz archive", f"{EXPECTED}; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", f"{EXPECTED}; unpack it first"),
    (b"SQLite format 3", "a database", EXPECTED),
    (b"\x7fELF", "a program", EXPECTED),
)


def kind_of(path: Path) -> Kind:
    """Return the kind of a file; InputErrors when it cannot be read as a table."""
    head = _first_bytes(path)
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _kind_of_archive(path)
    if head.startswith(_OLE):
        _refuse_if_encrypted(path)
        return "xls"
    for magic, found, expected in _FOREIGN:
        if head.startswith(magic):
            raise refusal(path, found, expected)
    _refuse_markup(path, head)
    if path.suffix.lower() in (".parquet", ".pq"):
        raise refusal(path, None, "a Parquet file")
    return "text"


def refusal(path: Path, found: object, expected: str) -> InputErrors:
    """Return the error that says of a whole file what was found and expected."""
    return InputErrors([Problem(str(path), None, None, found, expected)])


def _first_bytes(path: Path) -> bytes:
    if path.is_dir():
        raise refusal(path, "a folder", EXPECTED)
    try:
        with path.open("rb") as stream:
            head = stream.read(HEAD)
    except FileNotFoundError:
        raise refusal(path, "no file", EXPECTED) from None
    except OSError as error:
        raise refusal(path, error.strerror or str(error), "a file that can be read") from None
    if not head:
        raise refusal(path, "an empty file", EXPECTED)
    return head


def _kind_of_archive(path: Path) -> Kind:
    """Tell the kind of a ZIP archive by its parts, after a look at what they would unpack to."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = {part.filename: part for part in archive.infolist()}
            mimetype = archive.read("mimetype")[:80] if "mimetype" in parts and (
                parts["mimetype"].file_size < HEAD) else b""  # fmt: skip
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        raise refusal(path, str(error), "a whole workbook; this one is damaged") from None
    for part in parts.values():
        if part.flag_bits & 1:
            raise refusal(path, "a file with a password", "a workbook without a password")
        packed = max(part.compress_size, 1)
        shared = part.filename.endswith(("sharedStrings.xml", "content.xml"))
        largest = LARGEST_SHARED if shared else LARGEST_PART
        swollen = part.file_size > SMALL and part.file_size / packed > LARGEST_RATIO
        if swollen or part.file_size > largest:
            found = f"{part.filename}: {part.compress_size:,} bytes unpack to {part.file_size:,}"
            raise refusal(path, found, "a workbook; this looks like a ZIP bomb")
    if b"opendocument.spreadsheet" in mimetype:
        return "ods"
    if "xl/workbook.xml" in parts or any(name.endswith("/workbook.xml") for name in parts):
        return "xlsx"
    if any(name.endswith("workbook.bin") for name in parts):
        raise refusal(path, "a binary workbook (.xlsb)", SAVE_AGAIN)
    raise refusal(path, "an archive that holds no workbook", EXPECTED)


def _refuse_if_encrypted(path: Path) -> None:
    """Refuse an OLE file with an encrypted package, which is how Excel stores a password."""
    marker = "EncryptedPackage".encode("utf-16-le")
    with path.open("rb") as stream:
        while chunk := stream.read(1 << 20):
            if marker in chunk:
                raise refusal(path, "a file with a password", "a workbook without a password")


def _refuse_markup(path: Path, head: bytes) -> None:
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(
        (b"<html", b"<!doctype", b"<table", b"<meta", b"<head", b"<body", b"<style")
    ):
        raise refusal(path, "a web page (HTML)", SAVE_AGAIN)
    if text.startswith(b"<?xml") or text.startswith(b"<workbook"):
        raise refusal(path, "an XML document", SAVE_AGAIN)
    if text.startswith((b"mime-version:", b"from:")):
        raise refusal(path, "a web archive or mail", SAVE_AGAIN)
    if text.startswith((b"{", b"[{")):
        raise refusal(path, "a JSON document", EXPECTED)
