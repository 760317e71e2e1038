"""Whether given parameters fit what a notebook declares.

Papermill merely warns about an unknown name and accepts any type, so the check is made here and
before a kernel starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from smdi.edition import Scope, read_edition
from smdi.errors import InputErrors, Problem
from smdi.workflow.notebooks import Literal, declared

WORDS = {"true": True, "false": False}


def check(path: Path, given: Mapping[str, Literal]) -> dict[str, Literal]:
    """Return the given parameters in the types that the notebook declares.

    Text is converted (a command line knows nothing else); an unknown name, a wrong type or a value
    outside its list is reported, all of them together, with what is known.
    """
    known = declared(path)
    checked, problems = {}, []
    for name, value in given.items():
        if name not in known:
            expected = "one of the chapter's parameters: " + ", ".join(known)
            problems.append(Problem(str(path), None, name, value, expected))
            continue
        try:
            checked[name] = _convert(value, type(known[name]))
        except ValueError:
            expected = f"a value of type {type(known[name]).__name__}, like {known[name]!r}"
            problems.append(Problem(str(path), None, name, value, expected))
            continue
        problems += _range_problems(path, name, checked[name])
    InputErrors.raise_if(problems)
    return checked


def parse_assignments(words: list[str]) -> dict[str, str]:
    """Turn `name=value` words of a command line into a mapping."""
    wrong = [word for word in words if "=" not in word or word.startswith("=")]
    InputErrors.raise_if(Problem("command line", None, None, word, "name=value") for word in wrong)
    return dict(word.split("=", 1) for word in words)


def _convert(value: Literal, kind: type) -> Literal:
    if kind is bool:
        word = str(value).lower()
        if word not in WORDS:
            raise ValueError(value)
        return WORDS[word]
    if isinstance(value, bool) or (kind is int and isinstance(value, float)):
        raise ValueError(value)
    if kind is str and not isinstance(value, str):
        raise ValueError(value)
    return kind(value)


def _range_problems(path: Path, name: str, value: Literal) -> list[Problem]:
    """Check the parameters that every chapter shares against the standards; '' means all."""
    try:
        if name == "edition":
            read_edition(str(value))
        elif name in Scope.model_fields:
            Scope.of(str(path), **{name: value})
    except InputErrors as errors:
        return [replace(problem, file=str(path), column=name) for problem in errors.problems]
    return []
