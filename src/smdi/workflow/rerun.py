"""A chapter run again with other parameters, beside the edition and never over it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from smdi.edition import Edition
from smdi.errors import InputErrors, Problem
from smdi.workflow import chapters
from smdi.workflow.execution import execute
from smdi.workflow.parameters import Literal, check


def rerun(edition: Edition, name: str, given: Mapping[str, Literal]) -> Path:
    """Execute a chapter with other parameters; return the folder of its results."""
    chapter = chapters.Chapter(name)
    if not chapter.notebook.is_file():
        known = ", ".join(sorted(path.stem for path in chapters.NOTEBOOKS.glob("*.md")))
        raise InputErrors([Problem("chapter", None, None, name, f"one of: {known}")])
    checked = check(chapter.notebook, given)
    InputErrors.raise_if(
        Problem("command line", None, key, checked[key], "left to the pipeline")
        for key in ("output",)
        if key in checked
    )
    folder = edition.folder / "reruns" / slug(name, checked)
    parameters = {**chapters.chapter_parameters(edition, name), **checked, "output": str(folder)}
    execute(chapter.notebook, parameters, folder)
    return folder


def slug(name: str, given: Mapping[str, Literal]) -> str:
    """Return a folder name for each set of parameters: its own, readable, of bounded length."""
    words = [f"{key}={value}" for key, value in sorted(given.items())]
    mark = hashlib.sha256("\n".join(words).encode()).hexdigest()[:8]
    kept = "".join(letter for letter in "-".join(words) if letter.isalnum() or letter in "=-_")
    return f"{name}--{kept[:60]}--{mark}"


def moved(before: Path, after: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (key, edition's text, rerun's text) for each named value that reads otherwise."""
    old, new = (json.loads((path / "numbers.json").read_text("utf-8")) for path in (before, after))
    for key in sorted(old.keys() | new.keys()):
        texts = [records.get(key, {}).get("text", "—") for records in (old, new)]
        if texts[0] != texts[1]:
            yield key, texts[0], texts[1]
