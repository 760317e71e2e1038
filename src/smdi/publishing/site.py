"""Run Jupyter Book over an assembled book, with execution off and every warning an error."""

from __future__ import annotations

import contextlib
import re
import shutil
from pathlib import Path

from jupyter_book.sphinx import build_sphinx

from smdi.workflow.manifest import digest, fingerprint

# In a Markdown page and in the JSON of a notebook.
_HEADING = re.compile(r'^ *"?(#+ .*?)"?,?$', re.MULTILINE)
_NUMBER = re.compile(r'"number": *"[^"]*"')
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class BuildFailure(Exception):  # noqa: N818 - an outcome that is shown
    """Jupyter Book found something wrong; the message names the pages and lines."""


def build(source: Path, output: Path, builder: str, code: list[str], log: Path) -> Path:
    """Build the book with a Sphinx builder; return the folder that holds the result.

    Pages that did not change are not built again, unless `code` (files that decide how any page
    looks) or something that all pages show is another than at the last build: then it starts from
    nothing.
    """
    state = output / "state"
    now = fingerprint({**{file: digest(Path(file)) for file in code}, **_whole(source)})
    if not state.is_file() or state.read_text() != now:
        shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True, exist_ok=True)
    state.unlink(missing_ok=True)
    # nitpicky: a reference to nothing is a warning; and a warning fails, after all have been shown.
    settings = {"external_toc_path": str(source.absolute() / "_toc.yml"), "nitpicky": True}
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("w", encoding="utf-8") as stream,
        contextlib.redirect_stdout(stream),
        contextlib.redirect_stderr(stream),
    ):
        failed = build_sphinx(
            source.absolute(),
            result_folder(output, builder).absolute(),
            noconfig=True,
            path_config=source.absolute() / "_config.yml",
            confoverrides={**settings, "latex_individualpages": False},
            doctreedir=(output / "doctrees").absolute(),
            builder=builder,
            warningiserror=True,
            keep_going=True,
        )
    if failed:
        # A page read with a warning must be read again, and warn again.
        shutil.rmtree(output, ignore_errors=True)
        text = _COLOUR.sub("", log.read_text("utf-8"))
        raise BuildFailure(_complaints(text, source, log))
    state.write_text(now)
    return result_folder(output, builder)


def result_folder(output: Path, builder: str) -> Path:
    """Return where Jupyter Book puts what a builder made."""
    return output / "_build" / builder


def _whole(source: Path) -> dict[str, str]:
    """Return what shows on pages that did not change themselves.

    The names and headings of pages (in the menu of each), exhibits' numbers (in references), values
    of the edition (in its title), and what Sphinx copies only when some page is written.
    """
    marks = {}
    for path in [*source.rglob("*.md"), *source.rglob("*.ipynb")]:
        headings = _HEADING.findall(path.read_text("utf-8"))
        marks[str(path)] = "\n".join(headings)
    for path in source.glob("exhibits/*.json"):
        if number := _NUMBER.search(path.read_text("utf-8")):
            marks[str(path)] = number[0]
    for pattern in ("_*.yml", "_static/**/*", "_templates/**/*", "numbers/edition.json", "extra/*"):
        marks |= {str(path): digest(path) for path in source.glob(pattern) if path.is_file()}
    return marks


def _complaints(text: str, source: Path, log: Path) -> str:
    prefix = f"{source.absolute()}/"
    found = [line.replace(prefix, "") for line in text.splitlines() if _is_complaint(line)]
    shown = found[:20] or text.splitlines()[-12:]
    more = [f"… {len(found) - 20} more"] if len(found) > 20 else []
    return "\n".join(["the book does not build:", *shown, *more, f"log: {log}"])


def _is_complaint(line: str) -> bool:
    return "WARNING:" in line or "ERROR:" in line or "CRITICAL:" in line or "error:" in line.lower()
