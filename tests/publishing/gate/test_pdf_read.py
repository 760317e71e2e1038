"""A PDF: its pages, its strings, what it says of itself, and what it would do."""

from __future__ import annotations

import io
from collections.abc import Callable

import pypdf
import pytest
from pypdf.generic import (
    ArrayObject,
    ByteStringObject,
    DictionaryObject,
    NameObject,
    StreamObject,
    TextStringObject,
)

from smdi.publishing.gate.formats import read
from smdi.publishing.gate.release import File

from .conftest import pdf

PAGES = '甲乙 #pagebreak() #heading(bookmarked: true)[丙丁] #link("https://a.example/x")[戊]'


@pytest.fixture(scope="module")
def written() -> bytes:
    return pdf("一份报告", "某机构", PAGES)


def content_of(written: bytes):
    return read(File("report.pdf", written))


def changed(written: bytes, change: Callable[[pypdf.PdfWriter], object]) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(written))
    change(writer)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_the_words_of_each_page_the_strings_and_the_metadata_are_read(written: bytes) -> None:
    content = content_of(written)
    assert content.findings == []
    by_place = {
        (one.place, one.kind): [t.content for t in content.texts if t.place == one.place]
        for one in content.texts
    }
    ((first,), (second,)) = (by_place[f"page {number}", "spoken"] for number in (1, 2))
    assert first.split() == ["甲乙"]
    assert second.split() == ["丙丁", "戊"]
    (whole,) = by_place["pages", "bytes"]
    assert whole == first + second
    (file,) = by_place["file", "bytes"]
    assert file.encode("latin-1") == written
    (objects,) = by_place["objects", "spoken"]
    assert {"丙丁", "https://a.example/x"} <= set(objects.splitlines())
    assert {"一份报告", "某机构"} <= set(by_place["metadata", "code"])
    assert "streams" not in {place for place, kind in by_place if kind == "spoken"}


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("某企业".encode(), "某企业"),
        ("某企业".encode("utf-16"), "某企业"),
        (b"91320000A\xe9", "91320000Aé"),
    ],
    ids=["UTF-8", "UTF-16", "neither"],
)
def test_a_string_is_read_in_whatever_coding_it_has(written: bytes, raw, said: str) -> None:
    value = {NameObject("/Own"): ByteStringObject(raw)}
    content = content_of(changed(written, lambda w: w.pages[0].update(value)))
    (objects,) = (text.content for text in content.texts if text.place == "objects")
    assert said in objects.splitlines()


@pytest.mark.parametrize(
    ("behind", "ends"), [(b"\n", 0), (b"  \r\n", 0), (b"x", 1), (b"\n%%EOF", 2)]
)
def test_a_file_that_goes_on_behind_its_end_is_found(written: bytes, behind, ends: int) -> None:
    found = [(one.what, one.how) for one in content_of(written + behind).findings]
    assert found == [("more than one state of the file", f"{ends} ends of file")] * bool(ends)


@pytest.mark.parametrize(
    ("key", "what"),
    [
        ("/JS", "a script"), ("/JavaScript", "a script"),
        ("/Launch", "a program that is started"), ("/SubmitForm", "a form that is sent"),
        ("/ImportData", "data that are fetched"), ("/GoToR", "another file that is opened"),
        ("/EmbeddedFile", "a file that is carried along"), ("/RichMedia", "media that run"),
        ("/XFA", "a form that runs"), ("/AcroForm", "a form"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("where", ["key", "/S", "/Type", "/Subtype", "/Other"])
def test_what_runs_or_fetches_is_found_by_its_key_or_kind(written, key, what, where) -> None:
    name = NameObject(key)
    node = {name: NameObject("/x")} if where == "key" else {NameObject(where): name}
    inner = ArrayObject([DictionaryObject(node)])
    made = changed(written, lambda w: w.pages[0].update({NameObject("/Own"): inner}))
    found = [(one.what, one.how) for one in content_of(made).findings]
    assert found == ([] if where == "/Other" else [(what, key)])


@pytest.mark.parametrize(
    ("drawn", "seen"), [(None, True), ("/Length1", False), ("/Width", False), ("/BBox", False)]
)
def test_a_stream_that_is_neither_font_nor_picture_is_read(written: bytes, drawn, seen) -> None:
    stream = StreamObject()
    stream.set_data(b"hidden words")
    if drawn:
        stream[NameObject(drawn)] = TextStringObject("1")

    def add(writer: pypdf.PdfWriter) -> None:
        writer.pages[0][NameObject("/Own")] = writer._add_object(stream)

    streams = [one for one in content_of(changed(written, add)).texts if one.place == "streams"]
    assert any("hidden words" in one.content for one in streams) is seen
    assert {one.kind for one in streams} == {"bytes"}
