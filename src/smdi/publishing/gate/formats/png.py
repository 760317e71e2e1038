"""PNG: what is written beside the picture."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from smdi.publishing.gate.scans.codings import unpacked

_BEGINNING = 8
_NOTES = (b"tEXt", b"zTXt", b"iTXt", b"eXIf")


def notes(content: bytes) -> Iterator[str]:
    """Yield the notes of a picture, packed or not, and what stands behind its end."""
    at = _BEGINNING
    while at + 8 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        data = content[at + 8 : at + 8 + length]
        if kind in _NOTES:
            # A name, a zero, a byte or more that tell how it is packed.
            name, _, rest = data.partition(b"\0")
            yield name.decode("latin-1")
            for start in range(min(len(rest), 4) + 1):
                yield from unpacked(rest[start:])
        at += length + 12
        if kind == b"IEND":
            yield from unpacked(content[at:])
            return
