"""A firm's code is found in whatever form it is hidden: parted, coded, packed, dressed up."""

from __future__ import annotations

import base64
import gzip
import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest
from pypdf.generic import DecodedStreamObject, NameObject

from .conftest import CODES, PAGE, SPEC, Release, in_base64, notebook

CODE = CODES[3]
HALVES = CODE[:9], CODE[9:]
INDEX, STYLE = "site/index.html", "site/a.css"


def is_found(release: Release, file: str) -> bool:
    """Tell whether the code of the firm is found in a file."""
    return any(f.file == file and CODE in f.what for f in release.findings())


def in_words(hidden: str) -> str:
    return PAGE.replace("{spec}", json.dumps(SPEC)).replace("<p>江苏省", f"<p>{hidden}")


def zipped(name: str, content: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return buffer.getvalue()


def in_bytes(data: bytes) -> str:
    return base64.b64encode(data).decode()


def data_address(kind: str, data: bytes) -> str:
    return in_words(f'<a href="data:{kind};base64,{in_bytes(data)}">江苏省</a>')


def chunk(kind: bytes, data: bytes) -> bytes:
    check = zlib.crc32(kind + data)
    return struct.pack(">I4s", len(data), kind) + data + struct.pack(">I", check)


def png(*notes: tuple[bytes, bytes], behind: bytes = b"") -> bytes:
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    drawn = chunk(b"IDAT", zlib.compress(b"\0\0"))
    noted = b"".join(chunk(kind, data) for kind, data in notes)
    return b"\x89PNG\r\n\x1a\n" + head + noted + drawn + chunk(b"IEND", b"") + behind


FORMS = {
    "as percentages": in_words("".join(f"%{ord(c):02x}" for c in CODE)),
    "as percentages twice": in_words("".join(f"%25{ord(c):02x}" for c in CODE)),
    "as entities": in_words("".join(f"&#{ord(c)};" for c in CODE)),
    "as entities of entities": in_words("".join(f"&amp;#x{ord(c):x};" for c in CODE)),
    "as escapes of a script": in_words("".join(f"\\u{ord(c):04x}" for c in CODE)),
    "as numbers of letters": in_words(", ".join(str(ord(c)) for c in CODE)),
    "in hexadecimal": in_words(CODE.encode().hex()),
    "in base32": in_words(base64.b32encode(CODE.encode()).decode()),
    "in base64 twice": in_words(in_base64(in_base64(CODE))),
    "in base64 without its end": in_words(in_base64(f"{CODE} 江").rstrip("=")),
    "packed by gzip": in_words(in_bytes(gzip.compress(CODE.encode()))),
    "in an archive": in_words(in_bytes(zipped("a.txt", CODE))),
    "as the name of a file in an archive": in_words(in_bytes(zipped(f"{CODE}.txt", "a"))),
    "in an address of data": data_address("text/plain", CODE.encode()),
    "packed in an address of data": data_address("application/gzip", gzip.compress(CODE.encode())),
    "between letters without width": in_words("\u200b".join(CODE)),
    "between marks of variants": in_words("\ufe0f".join(CODE)),
    "under accents": in_words("\u0335".join(CODE)),
    "in letters of full width": in_words("".join(chr(ord(c) + 0xFEE0) for c in CODE)),
    "in letters that look alike": in_words(CODE.replace("SIM", "\u0405\u0406\u041c")),
    "in raised digits": in_words(CODE.translate(str.maketrans("0123", "⁰¹²³"))),
    "turned round": in_words(CODE[::-1]),
    "over two elements": in_words(f"<i>{HALVES[0]}</i><b>{HALVES[1]}</b>"),
    "over two cells of a table": in_words(
        f"</p><table><tr><th>a<th>b<th>c</tr><tr><td>{HALVES[1]}<td>46<td>{HALVES[0]}</tr></table>"
    ),
}  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_code_on_a_page_is_found(release: Release, form: str) -> None:
    release.write(INDEX, FORMS[form])
    assert is_found(release, INDEX)


@pytest.mark.parametrize(
    "record",
    [
        {"a": HALVES[0], "b": HALVES[1]},
        {"b": HALVES[1], "x": "江苏省", "a": HALVES[0]},
        [{"a": HALVES[0], "n": 46, "b": HALVES[1]}],
        {"rows": [[HALVES[1], HALVES[0]]]},
        {"a": CODE[:5], "b": {"c": CODE[5:]}},
    ],
)
def test_a_code_over_the_fields_of_a_record_is_found(release: Release, record: object) -> None:
    release.write("source/a.json", json.dumps(record))
    assert is_found(release, "source/a.json")


def test_a_code_over_the_cells_of_a_csv_is_found(release: Release) -> None:
    release.write("source/a.csv", f"a,b,c\n{HALVES[1]},46,{HALVES[0]}\n")
    assert is_found(release, "source/a.csv")


def test_a_code_in_the_name_of_a_file_is_found_beside_its_double(release: Release) -> None:
    for name in ("source/a.csv", f"source/{CODE}.csv"):
        release.write(name, "a,b\n1,2\n")
    assert is_found(release, f"source/{CODE}.csv")


@pytest.mark.parametrize(
    "rule",
    [
        f'p::after {{ content: "{CODE}" }}',
        'p::after {{ content: "{}" }}'.format("".join(f"\\{ord(c):x} " for c in CODE)),
        f"p {{ background: url(data:text/plain;base64,{in_base64(CODE)}) }}",
        f"/* {in_base64(CODE)} */",
    ],
)
def test_a_code_in_a_style_sheet_is_found(release: Release, rule: str) -> None:
    release.write(STYLE, rule)
    assert is_found(release, STYLE)


PICTURE = "site/_static/a.png"


@pytest.mark.parametrize(
    "picture",
    [
        png((b"tEXt", b"Comment\0" + CODE.encode())),
        png((b"zTXt", b"Comment\0\0" + zlib.compress(CODE.encode()))),
        png((b"iTXt", b"Comment\0\1\0\0\0" + zlib.compress(CODE.encode()))),
        png(behind=CODE.encode()),
        png(behind=gzip.compress(CODE.encode(), mtime=0)),
    ],
)
def test_a_code_beside_a_picture_is_found(release: Release, picture: bytes) -> None:
    release.write(PICTURE, picture)
    assert is_found(release, PICTURE)


def test_a_picture_of_a_package_may_leave(release: Release) -> None:
    release.write(PICTURE, png((b"tEXt", b"Software\0a")))
    assert release.findings() == []


@pytest.mark.parametrize("file", ["site/a.gz", "site/a.7z", "site/a.js.map", "site/a.jpg"])
def test_a_file_that_cannot_be_looked_into_does_not_leave(release: Release, file: str) -> None:
    release.write(file, gzip.compress(CODE.encode()))
    assert "a file that cannot be looked into" in {found.what for found in release.findings()}


def test_a_code_in_the_map_of_a_package_s_script_is_found(release: Release) -> None:
    sources = {"version": 3, "sourcesContent": [f"const firm = '{CODE}'"]}
    release.write("site/_static/a.js.map", json.dumps(sources))
    assert is_found(release, "site/_static/a.js.map")


@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "error", "ename": "E", "evalue": CODE, "traceback": []},
        {"output_type": "error", "ename": "E", "evalue": "", "traceback": [f"x\x1b[0m{CODE}"]},
        {"output_type": "display_data", "data": {"text/plain": in_base64(CODE)}},
        {"output_type": "display_data", "data": {"application/json": dict(enumerate(HALVES))}},
        {"output_type": "display_data", "data": {}, "metadata": {"firm": CODE}},
    ],
)
def test_a_code_in_the_outputs_of_a_notebook_is_found(release: Release, output: dict) -> None:
    release.write("site/notebooks/sme.ipynb", notebook(output))
    assert is_found(release, "site/notebooks/sme.ipynb")


PACK: dict[str, Callable[[bytes], bytes]] = {
    "as it is": bytes,
    "packed": gzip.compress,
    "in an archive": lambda data: zipped("a", data.decode()),
}


@pytest.mark.parametrize("pack", PACK)
@pytest.mark.parametrize("key", ["/Metadata", "/PieceInfo"])
def test_a_code_in_a_stream_of_the_pdf_is_found(release: Release, pack: str, key: str) -> None:
    def add(writer) -> None:
        stream = DecodedStreamObject()
        stream.set_data(PACK[pack](CODE.encode()))
        made = writer._add_object(stream.flate_encode())
        writer.pages[0][NameObject(key)] = made

    release.edit_pdf(add)
    assert is_found(release, "report.pdf")


def test_a_code_in_an_archive_within_a_workbook_is_found(release: Release) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as book:
        book.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
        book.writestr("xl/media/a.bin", zipped("a", CODE))
    release.write("site/exhibits/a.xlsx", buffer.getvalue())
    assert is_found(release, "site/exhibits/a.xlsx")
