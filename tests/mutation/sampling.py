"""Which edits are tried: a seeded sample, those of changed lines, or the faults of `known.yaml`."""

from __future__ import annotations

import hashlib
import re
import subprocess
from collections import defaultdict
from pathlib import Path

import yaml

from tests.mutation.operators import Mutant, mutants

EQUIVALENT = Path(__file__).with_name("equivalent.yaml")
KNOWN = Path(__file__).with_name("known.yaml")


def sampled(root: Path, count: int, seed: int, package: str | None = None) -> list[Mutant]:
    """Draw edits of every package: half by its size, half alike, so that small ones are judged.

    The order is that of the draw, with the packages in turns: any first part of it is a sample too.
    A lot is drawn for each edit by its name, so that a change of the code leaves the others' lots.
    """
    groups = defaultdict(list)
    for one in _all(root):
        if package in (None, one.package):
            groups[one.package].append(one)
    total = sum(map(len, groups.values()))
    chosen = []
    for name in sorted(groups):
        share = 0.5 / len(groups) + 0.5 * len(groups[name]) / total
        drawn = sorted(groups[name], key=lambda one: _lot(one.identity(root), seed))
        drawn = drawn[: round(count * share)]
        chosen += [((place + 0.5) / len(drawn), name, one) for place, one in enumerate(drawn)]
    return [one for _, _, one in sorted(chosen, key=lambda entry: entry[:2])]


def _lot(name: str, seed: int) -> str:
    return hashlib.sha256(f"{seed} {name}".encode()).hexdigest()


def changed(root: Path, base: str, project: Path) -> list[Mutant]:
    """Give the edits of the lines of the working tree that differ from a commit."""
    command = ["git", "diff", "--unified=0", base, "--", "src", "scripts"]
    diff = subprocess.run(command, cwd=project, check=True, capture_output=True, text=True).stdout
    lines: dict[str, set[int]] = defaultdict(set)
    file = ""
    for row in diff.splitlines():
        if row.startswith("+++ "):
            file = row.removeprefix("+++ b/")
        elif place := re.match(r"@@ .* \+(\d+)(?:,(\d+))? @@", row):
            first, count = int(place[1]), int(place[2] or 1)
            lines[file].update(range(first, first + count))
    return [one for one in _all(root) if one.line in lines[one.file]]


def known_faults(root: Path) -> list[Mutant]:
    """Give the faults of `known.yaml`; ValueError for one whose place is not the only one."""
    found = []
    for entry in yaml.safe_load(KNOWN.read_text(encoding="utf-8")):
        source = (root / entry["file"]).read_text(encoding="utf-8")
        if source.count(entry["before"]) != 1:
            raise ValueError(f"{entry['file']}: {entry['before']!r} does not stand there once")
        start = len(source[: source.index(entry["before"])].encode())
        end = start + len(entry["before"].encode())
        line = source[: source.index(entry["before"])].count("\n") + 1
        edit = entry["before"], entry["after"]
        found.append(Mutant(entry["file"], line, entry["what"], start, end, *edit))
    return found


def _all(root: Path) -> list[Mutant]:
    files = sorted([*root.glob("src/**/*.py"), *root.glob("scripts/*.py")])
    entries = yaml.safe_load(EQUIVALENT.read_text(encoding="utf-8")) or []
    # Of several edits of a line with one outcome `before` tells which is meant.
    argued = {
        (entry["file"], entry["line"], entry["after"]): entry.get("before", "") for entry in entries
    }
    found = [one for file in files for one in mutants(root, str(file.relative_to(root)))]

    def changes_something(one: Mutant) -> bool:
        before = argued.get((one.file, one.text(root), one.after.strip()))
        return before is None or before not in one.before

    return [one for one in found if changes_something(one)]
