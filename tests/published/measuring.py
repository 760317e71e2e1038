"""How many slips the audit finds, by the oracle's judgement of what there is to find."""

import csv
import io
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from smdi.errors import InputErrors
from smdi.published import audit, read_facts

from .corruptions import Corruption, Row, identify
from .oracle import broken, traces

COLUMNS = ("exhibit", "measure", "group", "year", "value", "unit", "printed", "where")


def read_rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def write_rows(rows: list[Row], path: Path) -> Path:
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(text.getvalue(), encoding="utf-8")
    return path


def findings(rows: list[Row], folder: Path) -> set | None:
    """Findings as comparable triples; None where the file is refused."""
    try:
        facts = read_facts(write_rows(rows, folder / "facts.csv"))
    except InputErrors:
        return None
    return {(f.rule, f.severity, frozenset(f.fact_ids)) for f in audit(facts)}


@dataclass
class Score:
    """Slips that contradict or leave a trace, and of which of them a finding names a place."""

    slips: list[tuple[str, str, str, bool]] = field(default_factory=list)
    missed: list[tuple[str, str, str, str]] = field(default_factory=list)

    def number(self, what: str) -> int:
        return sum(slip[0] == what for slip in self.slips)

    def share(self, what: str) -> float:
        return sum(slip[3] for slip in self.slips if slip[0] == what) / max(1, self.number(what))

    def table(self) -> pd.DataFrame:
        """Slips and those found: a row a kind, then a row an exhibit, then all; by what is left."""
        frame = pd.DataFrame(self.slips, columns=["what", "kind", "exhibit", "found"])
        parts = []
        for column in ("kind", "exhibit", None):
            by = frame.assign(by="all", name="all" if column is None else frame[column])
            parts.append(by.assign(by=column or "all"))
        long = pd.concat(parts).groupby(["by", "name", "what"])["found"].agg(["size", "sum"])
        wide = long.unstack("what", fill_value=0).swaplevel(axis=1).sort_index(axis=1)
        wide.columns = [f"{what} {'all' if n == 'size' else 'found'}" for what, n in wide.columns]
        return wide.astype(int).loc[["kind", "exhibit", "all"]]


def judge(original: list[Row], slips: list[Corruption], folder: Path) -> Score:
    """Run the audit on every slip, and let the oracle say whether there was something to find."""
    score = Score()
    known, first, before = findings(original, folder), broken(original), traces(original, original)
    for slip in slips:
        contradicts = bool(broken(slip.rows) - first)
        leaves_trace = contradicts or bool(traces(slip.rows, original) - before)
        now = findings(slip.rows, folder)
        fresh = set() if now is None else now - known
        exhibit = slip.target.split("/")[0]
        wrong = {slip.target, *slip.others}
        found = now is None or any(
            wrong & ids or (slip.kind == "dropped" and any(i.split("/")[0] == exhibit for i in ids))
            for _, _, ids in fresh
        )
        said = [("contradicts", contradicts), ("trace", leaves_trace), ("none", not leaves_trace)]
        for what in (name for name, holds in said if holds):
            score.slips.append((what, slip.kind, exhibit, found))
            if not found and what != "none":
                printed = {identify(row): row["printed"] for row in slip.rows}
                score.missed.append((what, slip.kind, slip.target, printed.get(slip.target, "")))
    return score
