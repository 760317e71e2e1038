"""How many slips the audit finds, by the oracle's judgement of what there is to find."""

import csv
import io
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from smdi.errors import InputErrors
from smdi.published import audit, read_facts

from .corruptions import Corruption, Row
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
    """Counts of slips: made, contradicting, leaving a trace, and how many of each were found."""

    counts: Counter = field(default_factory=Counter)
    missed: list[tuple[str, str, str, str]] = field(default_factory=list)

    def share(self, what: str) -> float:
        return self.counts[what, "found"] / max(1, self.counts[what, "all"])

    def table(self) -> pd.DataFrame:
        rows = [(*key, number) for key, number in sorted(self.counts.items(), key=str)]
        return pd.DataFrame(rows)


def judge(original: list[Row], slips: list[Corruption], folder: Path) -> Score:
    """Run the audit on every slip, and let the oracle say whether there was something to find."""
    score = Score()
    known, first, before = findings(original, folder), broken(original), traces(original, original)
    for slip in slips:
        contradicts = bool(broken(slip.rows) - first)
        leaves_trace = contradicts or bool(traces(slip.rows, original) - before)
        now = findings(slip.rows, folder)
        fresh = set() if now is None else now - known
        near = slip.target.split("/")
        found = now is None or any(
            slip.target in ids
            or (slip.kind == "dropped" and any(i.split("/")[0] == near[0] for i in ids))
            for _, _, ids in fresh
        )
        exhibit = near[0]
        for what, counts in (("contradicts", contradicts), ("trace", leaves_trace)):
            if counts:
                for key in ((what,), (what, slip.kind), (what, exhibit)):
                    score.counts[(*key, "all")] += 1
                    score.counts[(*key, "found")] += found
                if not found:
                    printed = next(
                        (
                            r["printed"]
                            for r in slip.rows
                            if "/".join((r["exhibit"], r["measure"], r["group"], r["year"]))
                            == slip.target
                        ),
                        "",
                    )
                    score.missed.append((what, slip.kind, slip.target, printed))
        if not leaves_trace:
            score.counts["no trace", "all"] += 1
            score.counts["no trace", "found"] += found
    return score
