"""The fonts of the book: files of two packages of the lock, and of no other place.

Without them the site's charts would lose their text, and the PDF would fail after minutes of work.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path

from smdi.errors import Problem

FONTS = {
    "pylopdf_fonts_zh_cn": ("NotoSansSC-Regular.otf", "NotoSerifSC-Regular.otf"),
    "manimgx_fonts_cjk": ("NotoSansCJK-VF.otf.ttc",),
}


def missing_fonts() -> list[Problem]:
    """Return a problem for each font that is not there."""
    return [
        Problem(package, None, None, name, "this font: delete .venv, and `make book` brings it")
        for package, names in FONTS.items()
        for name in names
        if not _is_there(package, name)
    ]


def _is_there(package: str, name: str) -> bool:
    spec = importlib.util.find_spec(package)
    return (
        spec is not None and spec.origin is not None and (Path(spec.origin).parent / name).is_file()
    )
