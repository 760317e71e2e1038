"""Typst itself: the fonts it may use, the bytes it makes, its complaints led back to the pages.

Fonts come by path from Python packages, so that the same bytes come out on any machine.
"""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, cast

import typst

from typst_book.errors import Problem, TypstBookError, raise_all

# What the translator writes before each block: the page and the line that it comes from.
_PLACE = re.compile(r"/\*@([^*]+):(\d+)\*/")
_POSITION = re.compile(r"pages/(\w+\.typ):(\d+):(\d+)")
# What the template says of a place that it was given.
_GIVEN = re.compile(r"assertion failed: @([^:\s]+):(\d+): (.*)")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


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


def compile_pdf(main: Path, fonts: typst.Fonts, standards: Sequence[str]) -> bytes:
    """Compile; raise `TypstBookError` for errors and warnings, each with its page and line.

    Source, fonts and standards alone decide the bytes: no system font, no clock.
    """
    try:
        compiler = typst.Compiler(str(main), root=str(main.parent), font_paths=fonts)
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=cast(Any, list(standards)), timestamp=0
        )
    except typst.TypstError as error:
        warnings = []
        complain([error], main.parent)
        raise
    if warnings:
        complain(warnings, main.parent)
    return cast(bytes, pdf)


def complain(found: Iterable[typst.TypstError | typst.TypstWarning], source: Path) -> None:
    """Raise what Typst found; what comes from no page is shown in Typst's own words."""
    problems, others = [], []
    for one in found:
        text = _COLOUR.sub("", str(one.diagnostic or one.message)).strip()
        for part in re.split(r"\n(?=(?:error|warning): )", text):
            if given := _GIVEN.search(part.splitlines()[0]):
                problems.append(Problem(given[1], int(given[2]), given[3]))
                continue
            position = _POSITION.search(part)
            place = position and place_of(
                source / "pages" / position[1], int(position[2]), int(position[3])
            )
            if place:
                said = re.sub(r"^(error|warning): ", "", part.splitlines()[0])
                problems.append(Problem(*place, f"Typst says: {said}"))
            else:
                others.append(part.strip())
    if others:
        raise TypstBookError("Typst says: " + "\n".join(others))
    raise_all(problems)


def place_of(path: Path, line: int, column: int) -> tuple[str, int] | None:
    """Return page and line of the last block that begins before a position in a Typst file."""
    lines = path.read_text("utf-8").splitlines()[:line]
    before = "\n".join([*lines[:-1], lines[-1][:column]]) if lines else ""
    places = _PLACE.findall(before)
    return (places[-1][0], int(places[-1][1])) if places else None
