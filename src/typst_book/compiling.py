"""From Typst source to the bytes of the PDF."""

from __future__ import annotations

from pathlib import Path

import typst

from typst_book.errors import TypstBookError


def compile_pdf(main: Path, fonts: typst.Fonts, standards: list[str]) -> bytes:
    """Compile; raises `TypstBookError` with Typst's own diagnosis, warnings included.

    Source, fonts and standards alone decide the bytes: no system font, no clock.
    """
    try:
        compiler = typst.Compiler(str(main), root=str(main.parent), font_paths=fonts)
        pdf, warnings = compiler.compile_with_warnings(
            format="pdf", pdf_standards=standards, timestamp=0
        )
    except typst.TypstError as error:
        raise TypstBookError(_explain(error)) from error
    if warnings:
        raise TypstBookError("Typst warns: " + "; ".join(map(_explain, warnings)))
    return pdf


def _explain(problem: typst.TypstError | typst.TypstWarning) -> str:
    return str(problem.diagnostic or problem.message).strip()
