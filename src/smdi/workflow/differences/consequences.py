"""All that differs between two runs, what of it matters first, and its forms as JSON and CSV."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import cached_property
from typing import Any

import pandas as pd

from smdi.files import json_bytes
from smdi.workflow.differences.exhibits import (
    COLUMNS,
    ExhibitChange,
    RankChange,
    exhibit_changes,
    rank_changes,
)
from smdi.workflow.differences.run import Run
from smdi.workflow.differences.sentences import SentenceChange, sentence_changes
from smdi.workflow.differences.values import ValueChange, value_changes

MOST = 5


@dataclass(frozen=True)
class About:
    """What was compared with what: stands on top of each page.

    `scope` is the new run's, `old_scope` that of the published one, whose fingerprint is `release`.
    `data` and `code` are digests of what the new run was computed from and with. `cautions` name
    what else than the parameters may make the runs differ: keys of the language's `cautions`.
    """

    edition: str
    scope: str
    old_scope: str
    parameters: Mapping[str, object]
    release: str
    data: str
    code: str
    simulated: bool
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Consequences:
    """What differs between two runs; frames and lists are in the order of the new run's chapters.

    Called from a notebook it shows itself; see `smdi.rerun`.
    """

    about: About
    old: Run = field(repr=False)
    new: Run = field(repr=False)

    @cached_property
    def values(self) -> list[ValueChange]:
        """Return the named values that read otherwise."""
        return list(value_changes(self.old, self.new))

    @cached_property
    def sentences(self) -> list[SentenceChange]:
        """Return the sentences that read otherwise."""
        return list(sentence_changes(self.old, self.new))

    @cached_property
    def exhibits(self) -> list[ExhibitChange]:
        """Return the exhibits that show other values."""
        return list(exhibit_changes(self.old, self.new))

    @cached_property
    def ranks(self) -> list[RankChange]:
        """Return the places that moved, the farthest first."""
        return rank_changes(self.exhibits)

    @property
    def chapters(self) -> dict[str, str]:
        """Return the titles of the chapters of which something is another, by their names."""
        moved = {change.chapter for change in self.values}
        moved |= {change.chapter for change in self.sentences}
        moved |= {change.shown.chapter for change in self.exhibits}
        titles = {**self.old.titles, **self.new.titles}
        return {name: title for name, title in titles.items() if name in moved}

    @property
    def first_values(self) -> list[ValueChange]:
        """Return the values that changed most, the most first."""
        return sorted(self.values, key=lambda change: -change.weight)[:MOST]

    @property
    def first_sentences(self) -> list[SentenceChange]:
        """Return the sentences of both runs that claim something else now."""
        both = [s for s in self.sentences if s.claims_changed and s.old and s.new]
        return both[:MOST]

    @property
    def counts(self) -> dict[str, int]:
        """Return how many there are of each kind, and how many were compared."""
        kinds = [record["kind"] for record in self.new.records.values()]
        return {
            "chapters": len(self.chapters),
            "values": len(self.values),
            "values_compared": kinds.count("number"),
            "sentences": len(self.sentences),
            "claims": sum(sentence.claims_changed for sentence in self.sentences),
            "ranks": len(self.ranks),
            "exhibits": len(self.exhibits),
            "exhibits_compared": len(self.new.exhibits),
        }

    def tables(self) -> dict[str, pd.DataFrame]:
        """Return the lists as frames, one for each kind."""
        values = [
            {**asdict(v), "difference": v.difference, "difference_unit": v.difference_unit}
            for v in self.values
        ]
        ranks = [{**asdict(r), "moved": r.moved} for r in self.ranks]
        rows = [change.rows.assign(exhibit=change.name) for change in self.exhibits]
        exhibits = pd.concat(rows) if rows else pd.DataFrame()
        return {
            "values": _frame(values, ValueChange, "difference", "difference_unit"),
            "sentences": _frame([asdict(s) for s in self.sentences], SentenceChange),
            "ranks": _frame(ranks, RankChange, "moved"),
            "exhibits": exhibits.reindex(columns=["exhibit", *COLUMNS]),
        }

    def files(self) -> dict[str, bytes]:
        """Return consequences.json, and a CSV for each kind (UTF-8 with a mark, for Excel)."""
        tables = self.tables()
        content: dict[str, Any] = {"about": asdict(self.about), "counts": self.counts}
        content["chapters"] = self.chapters
        content |= {name: _records(frame) for name, frame in tables.items()}
        files = {"consequences.json": json_bytes(content)}
        for name, frame in tables.items():
            text = frame.to_csv(index=False, lineterminator="\n")
            files[f"{name}.csv"] = text.encode("utf-8-sig")
        return files


def _frame(rows: list[dict[str, Any]], kind: type, *more: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[*(field.name for field in fields(kind)), *more])


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    def plain(value: Any) -> Any:
        if value is pd.NA or (isinstance(value, float) and math.isnan(value)):
            return None
        return value.item() if hasattr(value, "item") else value

    return [
        {str(name): plain(value) for name, value in row.items()} for row in frame.to_dict("records")
    ]
