"""`make rerun`: a chapter with other parameters, its page, and its consequences, in one folder."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psutil

from smdi.edition import Edition
from smdi.errors import Problem
from smdi.files import remove
from smdi.publishing.comparing.site import write_site
from smdi.report.locations import folder_name
from smdi.report.text.language import use_language
from smdi.workflow import rerun
from smdi.workflow.differences.consequences import Consequences
from smdi.workflow.notebooks import Literal

RERUNS = "reruns"
CHAPTER = "chapter"
_PARTIAL = re.compile(r"\.partial-(\d+)")


def rerun_chapter(
    edition: str, name: str, given: Mapping[str, Literal], faults: Iterable[Problem] = ()
) -> tuple[Consequences, Path]:
    """Run a chapter with other parameters; return its consequences and the folder they are in.

    InputErrors lists all that is wrong with the request, before anything runs, and the `faults`
    that were found before; ChapterFailure tells of a cell that fails. The folder is replaced whole,
    or not at all.
    """
    read, checked = rerun.checked_request(edition, name, given, faults)
    use_language(read.language)
    folder = folder_of(read, name, checked)
    with replaced_whole(folder) as partial:
        found = rerun.rerun(read, name, checked, partial / CHAPTER)
        write_site(found, read, partial / CHAPTER, partial)
    return found, folder


def folder_of(edition: Edition, name: str, checked: Mapping[str, Literal]) -> Path:
    """Return the folder of a rerun: its own for each set of parameters."""
    given = {key: value for key, value in checked.items() if value != ""}
    return edition.folder / RERUNS / folder_name(name, given)


@contextmanager
def replaced_whole(folder: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `folder` at the end, or goes.

    What killed runs left beside it goes too.
    """
    clear_leftovers(folder.parent)
    partial = folder.with_name(f".partial-{os.getpid()}")
    remove(partial)
    partial.mkdir(parents=True)
    try:
        yield partial
        remove(folder)
        partial.replace(folder)
    finally:
        remove(partial)


def clear_leftovers(folder: Path) -> None:
    """Remove what runs that are no longer alive left unfinished."""
    for path in folder.glob(".partial-*"):
        found = _PARTIAL.fullmatch(path.name)
        if found is None or not psutil.pid_exists(int(found[1])):
            remove(path)
