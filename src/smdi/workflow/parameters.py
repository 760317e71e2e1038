"""Whether given parameters fit what a notebook declares.

Papermill merely warns about an unknown name and accepts any type, so the check is made here and
before a kernel starts. What people call a province or an industry in short is understood.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from smdi.assessments.values.texts import nearest_of
from smdi.edition import Scope, edition_ids, read_edition
from smdi.errors import InputErrors, Problem
from smdi.workflow.notebooks import Literal, comments, declared

WORDS = {"true": True, "false": False}
TYPES = {str: "text", int: "whole number", float: "number", bool: "true or false"}
COMMAND_LINE = "command line"
EDITION = "edition"
MEANINGS = {
    EDITION: "the edition whose firms are counted",
    "province": "only firms of this region of provincial level, by full or short name or by code",
    "city": "only firms of this city, by full or short name or by code",
    "industry": "only firms of this division of GB/T 4754, by code or name",
    "sector": "only firms of this sector of the report",
    "size": "only firms of this size class",
    "type": "only firms of this type of production",
}


@dataclass(frozen=True)
class Parameter:
    """A parameter of a chapter: `allowed` are its values as they are shown, () for any."""

    name: str
    default: Literal
    allowed: tuple[str, ...] = ()
    meaning: str = ""

    @property
    def type(self) -> str:
        """Return what kind of value it takes, in words."""
        return TYPES[type(self.default)]


def parameters_of(path: Path) -> list[Parameter]:
    """List a notebook's parameters; of its own ones the comment behind them says the meaning."""
    said = comments(path)
    return [
        Parameter(name, default, _allowed(name), MEANINGS.get(name) or said.get(name, ""))
        for name, default in declared(path).items()
    ]


def _allowed(name: str) -> tuple[str, ...]:
    if name == EDITION:
        return tuple(edition_ids())
    if name not in Scope.model_fields:
        return ()
    # Loaded when it is asked for: it takes half a second.
    from smdi.standards.scope import values_of

    return tuple(key if key == name else f"{key} {name}" for key, name in values_of(name).items())


def check(path: Path, given: Mapping[str, Literal]) -> dict[str, Literal]:
    """Return the given parameters in the types that the notebook declares.

    Text is converted (a command line knows nothing else), and a code that Papermill took for a
    number is text again. A scope is returned in its one form, see `smdi.standards.scope`. An
    unknown name, a wrong type or a value outside its list is reported, all of them together, with
    what is known and what comes nearest.
    """
    known = declared(path)
    checked, problems = {}, []
    for name, value in given.items():
        if name not in known:
            problems.append(unknown(str(path), name, value, known))
            continue
        try:
            checked[name] = _convert(value, type(known[name]))
        except ValueError:
            expected = f"a {TYPES[type(known[name])]}, like {known[name]!r}"
            problems.append(Problem(str(path), None, name, value, expected))
    try:
        if EDITION in checked:
            read_edition(str(checked[EDITION]))
    except InputErrors as errors:
        problems += [replace(p, file=str(path), column=EDITION) for p in errors.problems]
    try:
        checked |= _scope(path, checked)
    except InputErrors as errors:
        problems += errors.problems
    InputErrors.raise_if(problems)
    return checked


def _scope(path: Path, checked: Mapping[str, Literal]) -> dict[str, Literal]:
    """Return the dimensions of a scope among the parameters in their one form."""
    named = {name: value for name, value in checked.items() if name in Scope.model_fields}
    scope = Scope.of(str(path), **named)
    return {name: getattr(scope, name) for name in named}


def unknown(file: str, name: str, value: Literal, known: Iterable[str]) -> Problem:
    """Return the fault that a parameter is none of those known."""
    expected = f"one of the chapter's parameters: {', '.join(known)}"
    return Problem(file, None, name, value, expected, nearest=nearest_of(name, known))


def words_of(text: str) -> list[str]:
    """Split a line of `name=value` into its words; quotation marks keep blanks together."""
    try:
        return shlex.split(text)
    except ValueError as error:
        problem = Problem(COMMAND_LINE, None, None, text, f"name=value … ({error})")
        raise InputErrors([problem]) from error


def parse_assignments(words: list[str]) -> dict[str, str]:
    """Turn `name=value` words of a command line into a mapping; InputErrors for faults of form."""
    found, problems = assignments(words)
    InputErrors.raise_if(problems)
    return found


def assignments(words: list[str]) -> tuple[dict[str, str], list[Problem]]:
    """Return the mapping that `name=value` words give, and what is wrong with their form.

    A name may be given once.
    """
    pairs = [word.partition("=") for word in words]
    problems = [
        Problem(COMMAND_LINE, None, None, word, "name=value")
        for word, (name, sign, _) in zip(words, pairs, strict=True)
        if not name or not sign
    ]
    names = [name for name, sign, _ in pairs if sign and name]
    problems += [
        Problem(
            COMMAND_LINE, None, name, None, f"the name once; it is given {names.count(name)} times"
        )
        for name in dict.fromkeys(names)
        if names.count(name) > 1
    ]
    return {name: value for name, sign, value in pairs if name and sign}, problems


def _convert(value: Literal, kind: type) -> Literal:
    if kind is bool:
        word = str(value).lower()
        if word not in WORDS:
            raise ValueError(value)
        return WORDS[word]
    if isinstance(value, bool) or (kind is int and isinstance(value, float)):
        raise ValueError(value)
    if kind is str and not isinstance(value, str | int):
        raise ValueError(value)
    return kind(value)
