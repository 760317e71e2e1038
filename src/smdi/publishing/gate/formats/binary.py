"""Pictures and archives: what a picture carries beside its pixels, and the files of an archive."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace

from smdi.publishing.gate.content import Content, Text
from smdi.publishing.gate.findings import Finding
from smdi.publishing.gate.release import File

# Chunks of a PNG that are pixels and their size; others can carry texts.
_OF_PIXELS = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"pHYs", b"sRGB", b"gAMA", b"tRNS", b"sBIT"}
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def read_png(file: File) -> Content:
    """Read a picture; a chunk that is no pixels is a finding, and so is what stands behind it."""
    content = Content(texts=[])
    if not file.content.startswith(_SIGNATURE):
        raise ValueError("no PNG")
    for kind in _kinds_of_chunks(file.content):
        if kind not in _OF_PIXELS:
            what = f"a chunk {kind.decode('latin-1')} of a picture"
            content.findings.append(Finding(file.name, "", what, "it can carry texts"))
    return content


def _kinds_of_chunks(data: bytes) -> Iterator[bytes]:
    at = len(_SIGNATURE)
    while at < len(data):
        size = int.from_bytes(data[at : at + 4], "big")
        kind = data[at + 4 : at + 8]
        at += 12 + size
        yield kind
        if kind == b"IEND" and at != len(data):
            raise ValueError("something stands behind the picture")


def read_archive(file: File, read: Callable[[File], Content]) -> Content:
    """Read all files of an archive, each as its kind is read."""
    whole = Content()
    with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
        if archive.comment:
            whole.texts.append(Text("comment", archive.comment.decode("latin-1")))
        for name in archive.namelist():
            own = read(File(f"{file.name}/{name}", archive.read(name)))
            own.texts = [replace(one, place=f"{name} {one.place}".strip()) for one in own.texts]
            own.tables = [replace(one, place=f"{name} {one.place}".strip()) for one in own.tables]
            whole.add(own)
    return whole
