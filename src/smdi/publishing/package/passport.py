"""How an exhibit was computed, in a few lines: its passport."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from smdi.publishing.package.tables import TidyRow, name_of_quantity, values_of
from smdi.report.charts.frames import is_mean
from smdi.report.text.language import words
from smdi.report.values import digits_text

# More measures than this are summed up by their number.
MOST_NAMED = 8


def passport(tidy: Sequence[TidyRow], notebook: str, cell: int, mark: str) -> list[tuple[str, str]]:
    """Return label and text of each line.

    `tidy` are the rows of the exhibit's tidy frame, `cell` the number of the cell of code in
    `notebook` that shows it, `mark` the fingerprint of its data.
    """
    say, lists = words().package, words().lists
    values = values_of(tidy)
    measures = list(dict.fromkeys(row["measure"] for row in values))
    names = [name for one in measures if (name := name_of_quantity(one))]
    kinds = dict.fromkeys(_kind(row["measure"], row["unit"]) for row in values)
    lines = {
        "measure": lists.joint.join(names[:MOST_NAMED]) + "…" * (len(names) > MOST_NAMED),
        "formula": lists.sentence.join(say.formulas[kind] for kind in kinds),
        "clause": lists.sentence.join(dict.fromkeys(_clause(measure) for measure in measures)),
        "base": _bases(values),
        "rows": say.rows_count(len(values), count=len(values)),
        "status": _statuses(values),
        "notebook": say.cell(notebook=f"{notebook}.ipynb", cell=cell),
        "fingerprint": mark[:16],
    }
    return [(say.passport[name], text) for name, text in lines.items() if text]


def showing_cell(sources: Sequence[str], exhibit: str) -> int:
    """Return the number, from one, of the cell of code that shows an exhibit; 0 where none does."""
    shows = re.compile(rf'\.show\(\s*"{re.escape(exhibit)}"')
    return next((at for at, source in enumerate(sources, start=1) if shows.search(source)), 0)


def _kind(measure: str, unit: str) -> str:
    if measure.endswith(("_change", "_increase", "_decrease")):
        return "change"
    if measure.endswith("_lead"):
        return "lead"
    if measure == "growth":
        return "growth"
    if unit == "家":
        return "count"
    if (unit == "分" and measure.startswith("domain_")) or is_mean(measure):
        return "mean"
    return "share" if unit == "%" else "other"


def _clause(measure: str) -> str:
    say = words().package
    if "level_" in measure:
        return say.clause_level
    return say.clause_domain if measure.startswith("domain_") else say.clause_other


def _bases(values: Sequence[TidyRow]) -> str:
    based = [row for row in values if row["base"] > 0 and row["unit"] != "家"]
    if not based:
        return words().package.base_none
    say, by_year = words().exhibits, itemgetter("year")
    spans = []
    for year, rows in groupby(sorted(based, key=by_year), by_year):
        bases = sorted(row["base"] for row in rows)
        low, high = digits_text(bases[0], 0), digits_text(bases[-1], 0)
        number = low if low == high else say.range(low=low, high=high)
        spans.append(say.base(bases[-1], year=year, number=number))
    return words().lists.clause.join(spans)


def _statuses(values: Sequence[TidyRow]) -> str:
    counts = Counter(row.get("status") for row in values)
    say = words().exhibits.statuses
    told = (f"{say[status]} {count}" for status, count in counts.items() if status)
    return words().lists.clause.join(told)
