"""Other forms in which the same text may stand: coded, packed, turned round, digits as words."""

from __future__ import annotations

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from urllib.parse import unquote

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_HEX = re.compile(r"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{2}){18,}(?![0-9A-Fa-f])")
_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
# As zlib knows gzip and its own form alike.
_EITHER = 32 + zlib.MAX_WBITS
_LONGEST = 1 << 20


def decoded(text: str) -> Iterator[str]:
    """Yield what may be hidden in a text."""
    if "%" in text:
        yield unquote(text)
    for found in _BASE64.findall(text):
        yield from _unpacked(_from_base64(found))
    for found in _HEX.findall(text):
        yield from _unpacked(bytes.fromhex(found))


def turned(text: str) -> Iterator[str]:
    """Yield a text turned round, and with digits for numerals."""
    yield text[::-1]
    if not text.isascii():
        yield text.translate(_DIGITS)


def _from_base64(coded: str) -> bytes:
    try:
        return base64.b64decode(coded, altchars="-_" if set("-_") & set(coded) else None)
    except (binascii.Error, ValueError):
        return b""


def _unpacked(data: bytes) -> Iterator[str]:
    yield data.decode("latin-1")
    try:
        yield zlib.decompressobj(_EITHER).decompress(data, _LONGEST).decode("latin-1")
    except zlib.error:
        return
