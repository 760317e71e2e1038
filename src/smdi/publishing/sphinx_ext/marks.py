"""The marks of what a value is known from: 「模」 for simulated, 「推」 for derived."""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes

from smdi.report.text.language import words

SIMULATED, DERIVED = "simulated", "derived"


def mark(status: str) -> nodes.superscript:
    """Return the mark of a status, SIMULATED or DERIVED; its class is the status."""
    return nodes.superscript("", words().book.marks[status], classes=[status])


def marked(text: str, status: str | None) -> Iterator[nodes.Node]:
    """Yield a text, with the mark of its status where that has one."""
    if text:
        yield nodes.Text(text)
    if status in (SIMULATED, DERIVED):
        yield mark(status)
