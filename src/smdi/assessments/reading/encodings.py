"""Which encoding a text file is in: by its mark, by what decodes, by its letters."""

from __future__ import annotations

import codecs
from pathlib import Path

from charset_normalizer import from_bytes

CHUNK = 1 << 20
SAMPLE = 64 << 10
KNOWN = ("utf-8", "utf-16", "gb18030", "big5")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def encoding_of(path: Path, wanted: frozenset[str] = frozenset()) -> str | None:
    """Return the encoding of a file, None when no known one reads it.

    A mark at the beginning decides; then the first that reads the whole file. Text in Big5 often
    reads as GB18030 too, as rare characters: of those two the one that shows wanted headings is
    taken, else the one that charset-normalizer finds likelier.
    """
    with path.open("rb") as stream:
        sample = stream.read(SAMPLE)
    for mark, name in _MARKS:
        if sample.startswith(mark):
            return name if decodes(path, name) else None
    if b"\x00" in sample:
        likely = "utf-16-le" if sample[1::2].count(0) >= sample[::2].count(0) else "utf-16-be"
        return likely if decodes(path, likely) else None
    if decodes(path, "utf-8"):
        return "utf-8"
    fitting = [name for name in ("gb18030", "big5", "cp950") if decodes(path, name)]
    if len(fitting) < 2:
        return next(iter(fitting), None)
    shown = {name: sample.decode(name, errors="ignore") for name in fitting}
    hits = {name: sum(word in text for word in wanted) for name, text in shown.items()}
    if max(hits.values()):
        return max(fitting, key=lambda name: hits[name])
    best = from_bytes(sample, cp_isolation=fitting).best()
    return best.encoding if best is not None and best.encoding in fitting else fitting[0]


def decodes(path: Path, encoding: str) -> bool:
    """Return whether the whole file reads in an encoding."""
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeError:  # not only of a byte: UTF-16 without its mark
        return False
    return True
