"""The smart-manufacturing maturity report of China, computed from firm-level assessments."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from smdi.publishing.comparing.in_notebook import rerun

__all__ = ["rerun"]


def __getattr__(name: str) -> Any:
    # Loaded when it is asked for: everything imports this package, and the pages need Sphinx.
    if name == "rerun":
        from importlib import import_module

        return import_module("smdi.publishing.comparing.in_notebook").rerun
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
