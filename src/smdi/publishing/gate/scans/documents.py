"""Metadata of documents: nothing but what the edition says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from smdi.publishing.gate.content import Content
from smdi.publishing.gate.findings import Finding, clipped
from smdi.publishing.gate.formats.pdf import METADATA
from smdi.publishing.gate.release import File

_MADE_BY = re.compile(
    r"Typst [\d.]+|xmp-writer|application/pdf|saved|converted|proof|x-default|Resource|[\d.]{1,4}|A"
)
_DIGEST = re.compile(r"[A-Za-z0-9+/]{22}==(?:_source)?")


def findings(
    file: File, content: Content, told: frozenset[str], days: frozenset[date]
) -> Iterator[Finding]:
    """Yield values of a PDF's metadata that are neither told by the book nor of its maker."""
    dates = {f"D:{day:%Y%m%d}000000Z" for day in days}
    dates |= {f"{day.isoformat()}T00:00:00Z" for day in days}
    for text in content.texts:
        value = text.content.strip()
        known = value in told or value in dates or _MADE_BY.fullmatch(value)
        if text.place == METADATA and value and not known and not _DIGEST.fullmatch(value):
            how = "the edition does not say so of itself"
            yield Finding(file.name, METADATA, clipped(value), how)
