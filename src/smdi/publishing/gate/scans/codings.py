"""Other forms in which the same text may stand: coded, packed, escaped, turned round.

Forms are undone one after the other, so that what was packed and then coded is found too.
"""

from __future__ import annotations

import base64
import binascii
import io
import re
import string
import zipfile
import zlib
from collections.abc import Callable, Iterator
from urllib.parse import unquote

from smdi.assessments.credit_codes import LENGTH
from smdi.publishing.gate.runs import Letters

_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{24,}={0,2}")
_BASE32 = re.compile(r"(?<![A-Z2-7])[A-Z2-7]{28,}={0,6}(?![A-Z2-7=])")
_HEX = re.compile(r"(?<![0-9A-Fa-f])(?:[0-9A-Fa-f]{2}){18,}(?![0-9A-Fa-f])")
# Numbers of letters: 83, 73, 77 …
_NUMBERS = re.compile(r"(?<!\d)(?:\d{2,3}[\s,;]{1,2}){17,}\d{2,3}(?!\d)")
# Where alone these can stand: so long a run of such letters is rare.
_CODED = Letters("+/_-=", string.ascii_letters, string.digits)
_COUNTED = Letters(",;", string.digits, string.whitespace, "\x1c\x1d\x1e\x1f")
_QUOTED = re.compile("%[0-9A-Fa-f]{2}")
# As scripts, JSON and style sheets write a letter: \\u0053, \\x53, \\53.
_ESCAPED = re.compile(
    r"\\u\{([0-9A-Fa-f]{1,6})\}|\\u([0-9A-Fa-f]{4})|\\x([0-9A-Fa-f]{2})|\\([0-9A-Fa-f]{2,6}) ?"
)
_NUMERALS = "〇零一二三四五六七八九"
_DIGITS = str.maketrans(_NUMERALS, "00123456789")
_WITH_NUMERALS = re.compile(rf"[0-9A-Za-z{_NUMERALS}]{{{LENGTH},}}")
# As zlib knows gzip and its own form alike.
_EITHER = 32 + zlib.MAX_WBITS
_LONGEST = 1 << 20
# A form within a form within a form.
_DEPTH = 3


def decoded(text: str, depth: int = _DEPTH) -> Iterator[str]:
    """Yield what may be hidden in a text."""
    if not depth:
        return
    for found in _once(text):
        yield found
        yield from decoded(found, depth - 1)


def unpacked(data: bytes) -> Iterator[str]:
    """Yield what bytes say: as they are, and the content of what is packed in them."""
    yield data.decode("latin-1")
    if (at := data.find(b"PK\x03\x04")) >= 0:
        yield from _archive(data[at:])
    for start in {0, max(data.find(b"\x1f\x8b"), 0)}:
        try:
            yield zlib.decompressobj(_EITHER).decompress(data[start:], _LONGEST).decode("latin-1")
        except zlib.error:
            continue


def turned(text: str) -> Iterator[str]:
    """Yield a text turned round, and with digits for numerals what of it is as long as a code."""
    yield text[::-1]
    yield from (found.translate(_DIGITS) for found in _WITH_NUMERALS.findall(text))


def _once(text: str) -> Iterator[str]:
    if _QUOTED.search(text) and (plain := unquote(text)) != text:
        yield plain
    if "\\" in text and (plain := _ESCAPED.sub(_letter, text)) != text:
        yield plain
    for letters, shortest, pattern, decode in _CODINGS:
        for run in letters.runs(text, shortest):
            for found in pattern.findall(run):
                yield from unpacked(decode(found))


def _letter(found: re.Match[str]) -> str:
    number = int(next(filter(None, found.groups())), 16)
    return chr(number) if number < 0x11_0000 else found[0]


def _archive(data: bytes) -> Iterator[str]:
    """Yield names and contents of a zip archive."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield member.filename
                with archive.open(member) as content:
                    yield content.read(_LONGEST).decode("latin-1")
    except (zipfile.BadZipFile, zlib.error, RuntimeError, NotImplementedError, EOFError):
        return


def _from_base64(coded: str) -> bytes:
    """Decode as far as the letters are whole: what is cut short still tells its beginning."""
    bare = coded.rstrip("=")
    bare = bare[: len(bare) - (len(bare) % 4 == 1)]
    try:
        padded = bare + "=" * (-len(bare) % 4)
        return base64.b64decode(padded, altchars="-_" if set("-_") & set(coded) else None)
    except (binascii.Error, ValueError):
        return b""


def _from_base32(coded: str) -> bytes:
    bare = coded.rstrip("=")
    try:
        return base64.b32decode(bare + "=" * (-len(bare) % 8))
    except (binascii.Error, ValueError):
        return b""


def _from_numbers(coded: str) -> bytes:
    numbers = map(int, re.findall(r"\d+", coded))
    return bytes(number if number < 0x80 else 0x3F for number in numbers)


_CODINGS: tuple[tuple[Letters, int, re.Pattern[str], Callable[[str], bytes]], ...] = (
    (_CODED, 24, _BASE64, _from_base64),
    (_CODED, 28, _BASE32, _from_base32),
    (_CODED, 36, _HEX, bytes.fromhex),
    (_COUNTED, 17 * 3 + 2, _NUMBERS, _from_numbers),
)
