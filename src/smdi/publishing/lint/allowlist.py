"""The reviewed exceptions of the prose lint: data/prose-allowlist.yaml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import yaml

from smdi.errors import InputErrors, Problem

ALLOWLIST = Path("data/prose-allowlist.yaml")


@dataclass(frozen=True)
class Allowed:
    """One exception: a text as a reader reads it, in files of a pattern; its line in the list."""

    text: str
    line: int
    files: str = "*"


class Allowlist:
    """The exceptions, and which of them have excused something."""

    def __init__(self, path: Path) -> None:
        """Read the list; InputErrors for an entry without text or reason."""
        self._path = path
        self._entries = _read(path)
        self._used: set[Allowed] = set()

    def excuses(self, file: str, text: str, start: int, wording: str) -> bool:
        """Tell whether what was found at `start` of the text lies within an allowed text."""
        end = start + len(wording)
        excused = False
        for entry in self._entries:
            if wording not in entry.text or not fnmatch(file, entry.files):
                continue
            at = text.find(entry.text, max(end - len(entry.text), 0))
            if 0 <= at <= start:
                self._used.add(entry)
                excused = True
        return excused

    def unused(self, files: Iterable[str]) -> list[Problem]:
        """Report the exceptions that excused nothing, of those that are for any of the files."""
        files = list(files)
        expected = "an exception that excuses something; remove it"
        return [
            Problem(str(self._path), entry.line, None, entry.text, expected)
            for entry in self._entries
            if entry not in self._used and any(fnmatch(file, entry.files) for file in files)
        ]


def _read(path: Path) -> list[Allowed]:
    text = path.read_text("utf-8") if path.is_file() else ""
    tree = yaml.compose(text, Loader=yaml.SafeLoader)
    nodes = tree.value if isinstance(tree, yaml.SequenceNode) else []
    entries, problems = [], []
    for node, entry in zip(nodes, yaml.safe_load(text) or [], strict=True):
        line = node.start_mark.line + 1
        known = isinstance(entry, dict) and set(entry) <= {"text", "reason", "files"}
        if not known or not entry.get("text") or not entry.get("reason"):
            expected = "keys text and reason, and files if need be"
            problems.append(Problem(str(path), line, None, str(entry), expected))
        else:
            entries.append(Allowed(str(entry["text"]), line, str(entry.get("files", "*"))))
    InputErrors.raise_if(problems)
    return entries
