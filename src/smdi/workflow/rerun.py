"""A chapter run again with other parameters, beside the edition and never over it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from smdi.edition import Edition
from smdi.errors import InputErrors, Problem
from smdi.report.locations import folder_name
from smdi.workflow import chapters
from smdi.workflow.execution import execute
from smdi.workflow.notebooks import Literal
from smdi.workflow.parameters import check


def rerun(edition: Edition, name: str, given: Mapping[str, Literal]) -> Path:
    """Execute a chapter with other parameters; return the folder of its results."""
    chapter = chapters.Chapter(name, edition.language)
    if not chapter.notebook.is_file():
        known = ", ".join(sorted(path.stem for path in chapter.notebook.parent.glob("*.md")))
        raise InputErrors([Problem("chapter", None, None, name, f"one of: {known}")])
    checked = check(chapter.notebook, given)
    folder = edition.folder / "reruns" / folder_name(name, checked)
    parameters = {**chapters.chapter_parameters(edition, name), **checked}
    execute(chapter.notebook, parameters, folder, edition.work)
    return folder


def differences(before: Path, after: Path) -> Iterator[tuple[str, str, str]]:
    """Yield (key, edition's text, rerun's text) for each named value that reads otherwise."""
    old, new = (json.loads((path / "numbers.json").read_text("utf-8")) for path in (before, after))
    for key in sorted(old.keys() | new.keys()):
        texts = [records.get(key, {}).get("text", "—") for records in (old, new)]
        if texts[0] != texts[1]:
            yield key, texts[0], texts[1]
