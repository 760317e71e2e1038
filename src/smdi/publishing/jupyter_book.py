"""Run Jupyter Book over an assembled book, with execution off and every warning an error.

In the job's own process, so that a warm server's fork has Sphinx loaded.
"""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from jupyter_book.sphinx import build_sphinx

from smdi.files import remove, write_json
from smdi.workflow.manifest import digest, digests, fingerprint

_NUMBER = re.compile(r'"number": *"[^"]*"')
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_COMPLAINTS = ("WARNING:", "ERROR:", "CRITICAL:", "error:", "Error:", "Handler <")
SHOWN = 20
# What a build was made from.
STATE = "state"


class BuildFailure(Exception):  # noqa: N818 - an outcome that is shown
    """Jupyter Book found something wrong; the message names the pages and lines."""


def build(
    source: Path,
    work: Path,
    builder: str,
    log: Path,
    *,
    code: Sequence[str],
    settings: Mapping[str, Any] | None = None,
    own_report: str = "",
    contents: str = "_toc.yml",
) -> Path:
    """Build the book with a Sphinx builder; return the folder that holds the result.

    `work` keeps what is read between builds: pages that did not change are not read again, unless
    `code` (files that decide how any page looks) or something that all pages show is another than
    at the last build, or `work` is not as that left it. `settings` go over those of the book,
    `contents` is the list of its pages in `source`; `own_report` begins the line from which on the
    builder lists what it refuses.
    """
    state = work / STATE
    before = _read_state(state)
    files = {file: digest(Path(file)) for file in code} | _decided_for_all(source)
    decided = fingerprint(files)
    if before.get("decided") != decided or before.get("left") != _left(work):
        remove(work)
    work.mkdir(parents=True, exist_ok=True)
    state.unlink(missing_ok=True)
    result = work / builder
    log.parent.mkdir(parents=True, exist_ok=True)
    with (
        log.open("w", encoding="utf-8") as stream,
        contextlib.redirect_stdout(stream),
        contextlib.redirect_stderr(stream),
    ):
        failed = build_sphinx(
            source.absolute(),
            result.absolute(),
            noconfig=True,
            path_config=source.absolute() / "_config.yml",
            confoverrides={
                **(settings or {}),
                "external_toc_path": str(source.absolute() / contents),
                "latex_individualpages": False,
                # A reference to nothing is a warning; a warning fails, after all have been shown.
                "nitpicky": True,
            },
            doctreedir=(work / "doctrees").absolute(),
            builder=builder,
            warningiserror=True,
            keep_going=True,
        )
    if failed:
        # A page read with a warning must be read again, and warn again.
        remove(work)
        raise BuildFailure(_complaints(source, log, own_report))
    write_json(state, {"decided": decided, "left": _left(work)})
    return result


def _read_state(state: Path) -> dict[str, str]:
    """Return what the last build was made from; nothing where that cannot be read."""
    try:
        return dict(json.loads(state.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return {}


def _left(work: Path) -> str:
    """Return one digest of what a build left in its folder."""
    files = digests(work)
    files.pop(STATE, None)
    return fingerprint(files)


def _decided_for_all(source: Path) -> dict[str, str]:
    """Return what shows on pages that did not change themselves, and is read with them.

    Which pages there are, exhibits' numbers (in references), values of the edition (in its title),
    and what Sphinx copies only when some page is written.
    """
    marks = {str(page): "" for kind in ("md", "ipynb") for page in source.rglob(f"*.{kind}")}
    for path in source.glob("exhibits/*.json"):
        if number := _NUMBER.search(path.read_text("utf-8")):
            marks[str(path)] = number[0]
    shared = ("_*.yml", "_static/**/*", "_templates/**/*", "_typst/**/*", "*.bib")
    for pattern in (*shared, "numbers/edition.json", "profiles.json", "extra/*"):
        marks |= {str(path): digest(path) for path in source.glob(pattern) if path.is_file()}
    return marks


def _complaints(source: Path, log: Path, own_report: str) -> str:
    """Return the warnings of the log, and the builder's own list of what it refuses."""
    text = _COLOUR.sub("", log.read_text("utf-8")).replace(f"{source.absolute()}/", "")
    lines = text.splitlines()
    found = [
        # What an error is stands below, where its line says no more.
        " ".join(lines[at : at + 3]) if line.endswith("error:") else line
        for at, line in enumerate(lines)
        if any(word in line for word in _COMPLAINTS)
    ]
    own = [at for at, line in enumerate(lines) if own_report and line.startswith(own_report)]
    shown = found[:SHOWN] + (lines[own[0] :][: SHOWN + 10] if own else [])
    more = [f"… {len(found) - SHOWN} more"] if len(found) > SHOWN else []
    return "\n".join([*(shown or lines[-12:]), *more, f"log: {log}"])
