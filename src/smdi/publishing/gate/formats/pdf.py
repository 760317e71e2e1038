"""PDF: its text, all strings of its objects, its metadata, and what it carries along."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf
import pypdfium2
from lxml import etree

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
# Keys whose values name what a dictionary is.
_KINDS = frozenset({"/S", "/Type", "/Subtype"})
_END = b"%%EOF"


def read(file: File) -> Content:
    """Read a PDF by two libraries: PDFium for the text of pages, pikepdf for everything else."""
    content = Content()
    document = pypdfium2.PdfDocument(file.content)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage().get_text_bounded()
        content.texts.append(Text(f"page {number + 1}", text, "spoken"))
    content.texts.append(Text("pages", "".join(t.content for t in content.texts), "bytes"))
    document.close()
    content.texts.append(Text("file", file.content.decode("latin-1"), "bytes"))
    with pikepdf.open(io.BytesIO(file.content)) as opened:
        content.texts += [Text(METADATA, value) for value in metadata(opened)]
        strings = []
        for node in _nodes(opened):
            if isinstance(node, pikepdf.String):
                strings.append(_said(node))
                continue
            keys = node.keys()
            named = {str(node.get(key)) for key in _KINDS & keys} | keys
            live = [(key, what) for key, what in _LIVE.items() if key in named]
            content.findings += [Finding(file.name, "", what, key) for key, what in live]
            content.texts += [Text("streams", said, "bytes") for said in _stream(node)]
    content.texts.append(Text("objects", "\n".join(strings), "spoken"))
    end = file.content.rfind(_END)
    if file.content.count(_END) != 1 or file.content[end + len(_END) :].strip():
        how = f"{file.content.count(_END)} ends of file"
        content.findings.append(Finding(file.name, "", "more than one state of the file", how))
    return content


def metadata(opened: pikepdf.Pdf) -> Iterator[str]:
    """Yield each value of the document's information and of its XMP packet."""
    for value in opened.trailer.get("/Info", {}).values():
        yield str(value)
    packet = opened.Root.get("/Metadata")
    if packet is not None:
        root = etree.fromstring(packet.read_bytes())
        for schemas in [*root.iter("{*}schemas")]:
            schemas.clear(keep_tail=True)
        yield from (str(text) for text in root.itertext())
        # Comments and instructions too.
        yield from (str(found.text) for found in root.iter() if not isinstance(found.tag, str))
        yield from (value for found in root.iter(etree.Element) for value in found.attrib.values())


def _said(node: pikepdf.Object) -> str:
    """Return what a string says: names of places are UTF-8, which PDF has no mark for."""
    with contextlib.suppress(UnicodeDecodeError):
        return bytes(node).decode()
    return str(node)


def _stream(node: pikepdf.Object) -> Iterator[str]:
    """Yield what a stream says that is neither a font nor a picture nor the drawing of a page."""
    if isinstance(node, pikepdf.Stream) and not node.keys() & _DRAWN:
        with contextlib.suppress(pikepdf.PdfError, NotImplementedError):
            yield from unpacked(node.read_bytes())


def _nodes(opened: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield the dictionaries and strings of all objects: alt texts, links, headings, notes."""
    for found in opened.objects:
        yield from _within(found)


def _within(node: Any) -> Iterator[pikepdf.Object]:
    if isinstance(node, pikepdf.String):
        yield node
        return
    inner: Iterable[Any] = ()
    if isinstance(node, pikepdf.Dictionary | pikepdf.Stream):
        yield node
        inner = node.values()
    elif isinstance(node, pikepdf.Array):
        inner = node
    for value in inner:
        # What has a number of its own is an object of the file, and yielded as that.
        if not getattr(value, "is_indirect", False):
            yield from _within(value)
