"""Fonts by path, from Python packages, so that the same bytes come out on any machine."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import typst

from typst_book.errors import TypstBookError


def font_folders(packages: list[str]) -> list[str]:
    """Return the folders of font packages; raise `TypstBookError` for one that is not installed."""
    folders = []
    for package in packages:
        spec = importlib.util.find_spec(package)
        if spec is None or spec.origin is None:
            raise TypstBookError(f"the font package {package} is not installed")
        folders.append(str(Path(spec.origin).parent))
    return folders


def known_fonts(packages: list[str]) -> typst.Fonts:
    """Return the fonts that the book may use: those of the packages and those inside Typst."""
    return typst.Fonts(include_system_fonts=False, font_paths=font_folders(packages))
