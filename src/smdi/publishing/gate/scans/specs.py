"""Vega-Lite specs: data or pictures that would be fetched, and addresses behind marks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from smdi.publishing.gate.content import DRAWN, Content
from smdi.publishing.gate.findings import Finding, clipped
from smdi.publishing.gate.release import File

_FETCHED = ("url", "href", "loader", "baseURL")


def findings(file: File, content: Content) -> Iterator[Finding]:
    """Yield each address that a spec names."""
    for place, spec in content.specs:
        for what in _addresses(spec):
            yield Finding(file.name, place, clipped(what), "a chart fetches nothing")


def _addresses(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in _FETCHED and value:
                yield f"{key}: {value}"
            if key not in DRAWN:
                yield from _addresses(value)
    elif isinstance(node, list):
        for value in node:
            yield from _addresses(value)
