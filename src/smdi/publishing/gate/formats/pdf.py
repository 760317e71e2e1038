"""PDF: its text, all strings of its objects, its metadata, and what it carries along."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pypdfium2
from lxml import etree
from pypdf.errors import PdfReadError
from pypdf.generic import ByteStringObject, DictionaryObject, StreamObject, TextStringObject

from smdi.publishing.gate.content import Content, Text
from smdi.publishing.gate.findings import Finding
from smdi.publishing.gate.release import File
from smdi.publishing.gate.scans.codings import unpacked

METADATA = "metadata"
# Keys of objects that run, fetch or carry a file along.
_LIVE = {
    "/JavaScript": "a script",
    "/JS": "a script",
    "/Launch": "a program that is started",
    "/SubmitForm": "a form that is sent",
    "/ImportData": "data that are fetched",
    "/GoToR": "another file that is opened",
    "/EmbeddedFile": "a file that is carried along",
    "/Filespec": "a file that is carried along",
    "/RichMedia": "media that run",
    "/XFA": "a form that runs",
    "/AcroForm": "a form",
}
# Keys of streams of fonts and pictures; the drawings of pages are read as text.
_DRAWN = frozenset({"/Length1", "/Width", "/BBox", "/PatternType", "/FunctionType"})
_END = b"%%EOF"


def read(file: File) -> Content:
    """Read a PDF by two libraries: PDFium for the text of pages, pypdf for everything else."""
    content = Content()
    document = pypdfium2.PdfDocument(file.content)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage().get_text_bounded()
        content.texts.append(Text(f"page {number + 1}", text, "spoken"))
    content.texts.append(Text("pages", "".join(t.content for t in content.texts), "bytes"))
    document.close()
    reader = pypdf.PdfReader(io.BytesIO(file.content))
    content.texts.append(Text("file", file.content.decode("latin-1"), "bytes"))
    content.texts += [Text(METADATA, value) for value in metadata(reader)]
    strings = []
    for node in _nodes(reader):
        if isinstance(node, DictionaryObject):
            named = {str(node.get(key)) for key in ("/S", "/Type", "/Subtype")} | node.keys()
            live = [(key, what) for key, what in _LIVE.items() if key in named]
            content.findings += [Finding(file.name, "", what, key) for key, what in live]
            content.texts += [Text("streams", said, "bytes") for said in _stream(node)]
        else:
            strings.append(str(node))
    content.texts.append(Text("objects", "\n".join(strings), "spoken"))
    end = file.content.rfind(_END)
    if file.content.count(_END) != 1 or file.content[end + len(_END) :].strip():
        how = f"{file.content.count(_END)} ends of file"
        content.findings.append(Finding(file.name, "", "more than one state of the file", how))
    return content


def metadata(reader: pypdf.PdfReader) -> Iterator[str]:
    """Yield each value of the document's information and of its XMP packet."""
    for value in (reader.metadata or {}).values():
        yield str(value)
    packet = reader.root_object.get("/Metadata")
    if packet is not None:
        root = etree.fromstring(packet.get_object().get_data())
        for schemas in [*root.iter("{*}schemas")]:
            schemas.clear(keep_tail=True)
        yield from (str(text) for text in root.itertext())
        # Comments and instructions too.
        yield from (str(found.text) for found in root.iter() if not isinstance(found.tag, str))
        yield from (value for found in root.iter(etree.Element) for value in found.attrib.values())


def _stream(node: DictionaryObject) -> Iterator[str]:
    """Yield what a stream says that is neither a font nor a picture nor the drawing of a page."""
    if isinstance(node, StreamObject) and not node.keys() & _DRAWN:
        try:
            yield from unpacked(node.get_data())
        except (PdfReadError, ValueError, NotImplementedError):
            return


def _nodes(reader: pypdf.PdfReader) -> Iterator[DictionaryObject | str]:
    """Yield the dictionaries and strings of all objects: alt texts, links, headings, notes."""
    numbers = {number for table in reader.xref.values() for number in table}
    for number in sorted(numbers | set(reader.xref_objStm)):
        yield from _within(reader.get_object(number))


def _within(node: Any) -> Iterator[DictionaryObject | str]:
    if isinstance(node, TextStringObject):
        yield node
    elif isinstance(node, ByteStringObject):
        yield bytes(node).decode("latin-1")
    elif isinstance(node, DictionaryObject):
        yield node
        for value in node.values():
            yield from _within(value)
    elif isinstance(node, list):
        for value in node:
            yield from _within(value)
