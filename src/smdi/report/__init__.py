"""The report: exhibits, numbers and sentences of the chapters, and the book made of them.

A notebook needs `open_chapter`; the builders of charts, maps and tables and the words of
`phrases` are modules of their own. Nothing is imported here before it is asked for, so that steps
of the pipeline that draw nothing do not load the drawing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smdi.report.chapter import Chapter, open_chapter
    from smdi.report.profiles.opening import open_profile
    from smdi.report.text.quoting import Ranking

# Name -> module it comes from; `smdi.workflow.dependencies` follows these as imports.
EXPORTS = {
    "Chapter": "smdi.report.chapter",
    "open_chapter": "smdi.report.chapter",
    "open_profile": "smdi.report.profiles.opening",
    "Ranking": "smdi.report.text.quoting",
}

__all__ = ["Chapter", "Ranking", "open_chapter", "open_profile"]


def __getattr__(name: str) -> Any:
    if name in EXPORTS:
        return getattr(import_module(EXPORTS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
