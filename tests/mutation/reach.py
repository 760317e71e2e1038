"""Which tests run a line: measured under coverage, a context a test, and kept for the next run.

A test file is measured again when it has changed; what it ran in a module that has changed since
counts for the whole of the module.
"""

from __future__ import annotations

import ast
import functools
import hashlib
import json
import re
import sqlite3
from collections import defaultdict
from dataclasses import dataclass
from itertools import accumulate
from math import inf
from pathlib import Path

from tests.mutation.operators import package_of

# How pytest-cov names what a test was at (`…|setup`), and how a command it runs (`… (setup)`).
PHASE = re.compile(r"(?:\|(setup|run|teardown)| \((setup|call|teardown)\))$")
# What a fixture runs in the first test that asks for it serves others that name no line of it.
FIXTURES = "setup"


@dataclass(frozen=True)
class Selection:
    """The tests for an edit: those that run its line, and files that may notice it too."""

    tests: list[str]
    files: list[str]
    seconds: float
    failing: tuple[str, ...] = ()


class Reach:
    """What each test file ran when it was last measured, held to the files as they are now."""

    def __init__(self, path: Path, root: Path) -> None:
        self.path = path
        self.root = root
        self.digests = {
            str(one.relative_to(root)): hashlib.sha256(one.read_bytes()).hexdigest()
            for folder in ("src", "scripts", "tests")
            for one in (root / folder).rglob("*.py")
        }
        self.kept = json.loads(path.read_text("utf-8")) if path.is_file() else {}

    def stale(self, files: list[str]) -> list[str]:
        """Give the test files that have changed since, or were never measured."""
        for gone in self.kept.keys() - set(files):
            del self.kept[gone]
        return [one for one in files if self.kept.get(one, {}).get("digest") != self.digests[one]]

    def add(self, files: list[str], database: Path, seconds: dict[str, float | None]) -> None:
        """Take the measurement of these test files, with the seconds of each test."""
        reached = _reached(database, self.root)
        for file in files:
            found = reached.get(file, {})
            names = sorted({one for lines in found.values() for at in lines.values() for one in at})
            number = {name: i for i, name in enumerate(names)}
            self.kept[file] = {
                "digest": self.digests[file],
                "seconds": {n: s for n, s in seconds.items() if _file(n) == file and s is not None},
                "failing": [n for n, s in seconds.items() if _file(n) == file and s is None],
                "modules": {module: self.digests[module] for module in found},
                "names": names,
                "lines": {
                    module: {str(line): [number[one] for one in at] for line, at in lines.items()}
                    for module, lines in found.items()
                },
            }
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(json.dumps(self.kept), "utf-8")

    def of(self, file: str, line: int, within: float = inf) -> Selection:
        """Give the tests that run a line, or its module where none does; so many seconds of them.

        The tests of its own package come first, then the files whose tests take the least time.
        """
        inside, first = _place(self.root, file, line)
        lines = {str(number) for number in range(first, line + 1)} if inside else None
        for modules in [file], _importers(self.root, file):
            chosen = self._running(modules, lines) or self._running(modules, None)
            if chosen:
                return self._selected(chosen, file, within)
        # Run by a process that is not measured, or by nobody: the tests of its package may tell.
        folder = f"tests/{package_of(file)}/"
        tests = [name for kept in self.kept.values() for name in kept["seconds"]]
        near = {name: {"run"} for name in tests if name.startswith(folder)}
        return self._selected(near, file, within)

    def _running(self, modules: list[str], wanted: set[str] | None) -> dict[str, set[str]]:
        """Give the tests that run any of the lines, or any line at all, and in which phases."""
        found: dict[str, set[str]] = defaultdict(set)
        for kept in self.kept.values():
            for module in kept["lines"].keys() & set(modules):
                lines = kept["lines"][module]
                same = kept["modules"][module] == self.digests.get(module)
                numbers = lines.keys() & wanted if wanted and same else lines.keys()
                for number in {one for line in numbers for one in lines[line]}:
                    name, _, phase = kept["names"][number].rpartition("|")
                    if name in kept["seconds"]:
                        found[name].add(phase)
        return found

    def _selected(self, chosen: dict[str, set[str]], module: str, within: float) -> Selection:
        seconds = {name: self.kept[_file(name)]["seconds"][name] for name in chosen}
        whole = {one: sum(self.kept[one]["seconds"].values()) for one in self.kept}
        of_file: dict[str, float] = defaultdict(float)
        for name, spent in seconds.items():
            of_file[_file(name)] += spent

        def place(file: str) -> tuple[bool, float, str]:
            own = set(Path(module).parts[-3:-1]) & set(Path(file).parts)
            # Modules at the top of the library have their tests at the top of `tests`.
            top = package_of(module) == "smdi" and _folder(file) == "tests"
            return not (own or top), of_file.get(file, whole[file]), file

        tests = sorted(chosen, key=lambda name: (*place(_file(name)), seconds[name]))
        shared = {_folder(_file(name)) for name, phases in chosen.items() if FIXTURES in phases}
        files = sorted((f for f in whole if f in of_file or _folder(f) in shared), key=place)
        tests, spent = _affordable(tests, seconds, within)
        files, more = _affordable(files, whole, within - spent)
        failing = tuple(name for file in files for name in self.kept[file].get("failing", ()))
        return Selection(tests, files, spent + more, failing)


def _affordable(
    names: list[str], seconds: dict[str, float], within: float
) -> tuple[list[str], float]:
    """Give the first of the names that together take no longer, and what they take."""
    spent = list(accumulate(seconds[name] for name in names))
    kept = sum(total <= within for total in spent)
    return names[:kept], spent[kept - 1] if kept else 0.0


def _folder(file: str) -> str:
    return str(Path(file).parent)


def _file(test: str) -> str:
    return test.partition("::")[0]


def _reached(database: Path, root: Path) -> dict[str, dict[str, dict[int, list[str]]]]:
    """Give, by test file and module, the tests (`name|phase`) that ran each line."""
    query = """select distinct file.path, context.context, arc.fromno from arc
        join file on file.id = file_id join context on context.id = context_id where fromno > 0"""
    found: dict[str, dict[str, dict[int, list[str]]]] = {}
    with sqlite3.connect(database) as connection:
        for path, context, line in connection.execute(query):
            place = PHASE.search(context)
            if place and Path(path).is_relative_to(root):
                phase = (place[1] or place[2]).replace("call", "run")
                test = f"{context[: place.start()]}|{phase}"
                module = str(Path(path).relative_to(root))
                lines = found.setdefault(_file(test), {}).setdefault(module, {})
                lines.setdefault(line, []).append(test)
    return found


@functools.cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_bytes())


def _place(root: Path, file: str, line: int) -> tuple[bool, int]:
    """Tell whether a line is part of a function's body, and where its statement begins."""
    inside, first = False, line
    for node in ast.walk(_tree(root / file)):
        if isinstance(node, ast.FunctionDef) and node.body[0].lineno <= line <= _end(node):
            inside = True
        if isinstance(node, ast.stmt) and not hasattr(node, "body") and node.lineno <= line:
            first = node.lineno if line <= _end(node) else first
    return inside, first


def _end(node: ast.stmt) -> int:
    return node.end_lineno or node.lineno


@functools.cache
def _importers(root: Path, file: str) -> list[str]:
    """Give the modules that import this one, which may hold nothing but constants."""
    name = ".".join(Path(file).with_suffix("").parts[1:]).removesuffix(".__init__")
    package, _, last = name.rpartition(".")
    pattern = rf"^\s*(?:from {re.escape(name)} import|import {re.escape(name)}\b"
    pattern += rf"|from {re.escape(package)} import .*\b{last}\b)" if package else ")"
    sources = [*root.glob("src/**/*.py"), *root.glob("scripts/*.py")]
    found = [one for one in sources if re.search(pattern, one.read_text("utf-8"), re.MULTILINE)]
    return sorted(str(one.relative_to(root)) for one in found)
