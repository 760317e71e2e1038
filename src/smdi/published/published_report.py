"""A published report as the audit takes it: its facts, and what its exhibits are declared to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import pandas as pd

from smdi.files import project_root
from smdi.published.declarations import SUFFIX, Declarations, read_declarations
from smdi.published.fact_table import Fact, Facts
from smdi.published.inference import infer


@dataclass(frozen=True)
class PublishedReport:
    """Facts beside declarations; what nobody declared is inferred from the facts themselves."""

    facts: Facts
    declared: Declarations

    @classmethod
    def of(cls, frame: pd.DataFrame, declared: Declarations | None = None) -> PublishedReport:
        """Take the frame of `read_facts`; without declarations those that fit the facts.

        A file of data/published is taken where its exhibits are most of the facts'; else all is
        inferred.
        """
        facts = Facts.of(frame)
        if declared is None:
            fitting = best_fitting(facts, _shipped())
            declared = infer(facts) if fitting is None else _about(facts, fitting)
        return cls(facts, declared)

    @property
    def year(self) -> int:
        """The year most facts are about."""
        return self.facts.current_year

    @cached_property
    def yields(self) -> dict[str, str]:
        """Facts that the editor lets give way, with the reason."""
        return {decision.fact: decision.why for decision in self.declared.yields}

    def value(self, measure: str, group: str, year: int, exhibit: str | None = None) -> Fact | None:
        """The fact that prints a quantity; the first where several do, None where none does."""
        wanted = {"measure": measure, "group": group, "year": year}
        if exhibit is not None:
            wanted["exhibit"] = exhibit
        return next(iter(self.facts.select(**wanted)), None)


def declarations_for(path: Path) -> Declarations | None:
    """The declarations beside a facts file (2021.csv, 2021.exhibits.yaml); None without any."""
    beside = path.with_name(path.stem + SUFFIX)
    return read_declarations(beside) if beside.exists() else None


def _about(facts: Facts, declared: Declarations) -> Declarations:
    """Declarations without the decisions about facts that this report does not have."""
    own = tuple(decision for decision in declared.yields if decision.fact in facts.by_id)
    return declared.model_copy(update={"yields": own})


def _shipped() -> list[Declarations]:
    paths = sorted((project_root() / "data" / "published").glob(f"*{SUFFIX}"))
    return [_read(path, path.stat().st_mtime_ns) for path in paths]


@lru_cache(maxsize=32)
def _read(path: Path, changed: int) -> Declarations:
    """Read a shipped file once for as long as it does not change."""
    return read_declarations(path)


def likeness(declared: Declarations, facts: Facts) -> float:
    """How well a declaration fits facts: common pairs of exhibit and measure, of all pairs."""
    own = {(name, m) for name, e in declared.exhibits.items() for g in e.grids for m in g.measures}
    found = {(fact.exhibit, fact.measure) for fact in facts}
    return len(own & found) / len(own | found) if own | found else 0.0


def best_fitting(
    facts: Facts, candidates: Iterable[Declarations], least: float = 0.6
) -> Declarations | None:
    """The declaration whose exhibits these facts are; None when none fits well enough."""
    best = max(candidates, key=lambda declared: likeness(declared, facts), default=None)
    return best if best is not None and likeness(best, facts) >= least else None
