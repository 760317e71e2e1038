"""The suppression pattern of a release: the cells that may be seen, and nothing about their values.

    {"rule": "protected", "minimum": 5, "records": {"2021": "digest"}, "scopes": [[], …],
     "shown": ["assessed/2021/province=320000", …], "loss": {…}}

What it does not list is withheld, also what nobody thought of.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from smdi.edition import Edition
from smdi.errors import InputErrors, Problem
from smdi.files import json_bytes, kept_while_untouched, write_bytes
from smdi.indicators import Population
from smdi.indicators.cells import Cell, Way, shown_best

# One more than is ever printed, rounded so that it prints as the value itself would.
DECIMALS = 3


@dataclass(frozen=True)
class Pattern:
    """What may be seen of a release; a protection that a population can have."""

    rule: str
    minimum: int
    shown: frozenset[str] = frozenset()
    records: Mapping[str, str] = field(default_factory=dict)
    scopes: tuple[str, ...] = ()
    loss: Mapping[str, Any] = field(default_factory=dict)

    @property
    def decimals(self) -> int | None:
        """Return the decimals that a value keeps; all where a printed report is rebuilt."""
        return None if self.rule == "as_printed" else DECIMALS

    def ask(self, cells: Iterable[Cell]) -> bool:
        """Tell whether a value that is made of these cells may be seen."""
        return all(cell.id in self.shown for cell in cells)

    def knows(self, cells: Iterable[Cell]) -> bool:
        """Tell whether a reader may know these cells."""
        return self.ask(cells)

    def finest(self, ways: Sequence[Way]) -> int:
        """Return which of several ways to tell the same is shown best, the first where equal."""
        return shown_best(ways, self.ask)


def protected(pop: Population, edition: Edition, path: Path) -> Population:
    """Return a population with the protection of its edition's release.

    A scope that is not part of the release is judged beside what the release shows.
    """
    pattern = read_pattern(path)
    if pop.scope_name not in pattern.scopes:
        # Loaded here: a chapter of the release does not need it.
        from smdi.disclosure.release import extended

        pattern = extended(pattern, pop, edition)
    return replace(pop, protection=pattern)


def write_pattern(path: Path, pattern: Pattern) -> None:
    """Write a pattern; the same release gives the same bytes."""
    content = {
        "rule": pattern.rule,
        "minimum": pattern.minimum,
        "records": dict(pattern.records),
        "scopes": sorted(pattern.scopes),
        "loss": dict(pattern.loss),
        "shown": sorted(pattern.shown),
    }
    write_bytes(path, json_bytes(content))


def read_pattern(path: Path) -> Pattern:
    """Read a pattern; InputErrors for a file that is none."""
    try:
        return _read(path)
    except (OSError, ValueError, KeyError, TypeError) as error:
        expected = "the suppression pattern of a release"
        raise InputErrors([Problem(str(path), None, None, str(error), expected)]) from error


@kept_while_untouched
def _read(path: Path) -> Pattern:
    content = json.loads(path.read_text("utf-8"))
    return Pattern(
        rule=str(content["rule"]),
        minimum=int(content["minimum"]),
        shown=frozenset(content["shown"]),
        records=dict(content["records"]),
        scopes=tuple(content["scopes"]),
        loss=dict(content["loss"]),
    )


def shown_percent(loss: Mapping[str, int]) -> float:
    """Return the part of the values of a scope that are shown, in %."""
    return 100 * (1 - (loss["primary"] + loss["secondary"]) / loss["values"])
