"""Tables about the simulation of the firms, from the summary that it leaves: simulation.json.

An edition whose assessments are given has no summary; its tables say so in their only row. Each
function returns the table and the tidy frame that a reader can take away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from smdi.indicators.participation import full_name
from smdi.indicators.tidy import Row, frame
from smdi.report.charts.frames import number_text
from smdi.report.tables.table import Column, Table, number_column, plain
from smdi.report.text.language import name_of, words
from smdi.report.text.phrases import sentence
from smdi.standards import divisions, level_classes, practices

# Unit and decimals of what `smdi.simulation.comparison` compares.
COMPARED = {
    "persons_median": ("人", 0),
    "persons_largest": ("人", 0),
    "persons_tail": ("", 2),
    "revenue_top_share": ("%", 1),
    "revenue_per_head": ("万元", 0),
    "days_off": ("%", 1),
    "size_and_level": ("", 2),
    "domains_among_themselves": ("", 2),
    "level_between_years": ("", 2),
}

Summary = Mapping[str, Any]


def read_summary(path: Path | None) -> Summary | None:
    """Read the summary of the simulation; None where the edition has none."""
    return json.loads(path.read_text("utf-8")) if path else None


def panel_table(summary: Summary | None, year: int) -> tuple[Table, pd.DataFrame]:
    """List how many simulated firms take part, are assessed in each year, and in several."""
    say = words().simulation_tables
    panel = summary["panel"] if summary else {}
    rows = [[title, panel[name]] for name, title in say.panel.items() if name in panel]
    data = [Row("firms", title, year, firms, "家", 0) for title, firms in rows]
    columns = [Column("name", say.population), number_column("firms", say.firms, "家")]
    return plain(columns, rows or _no_rows(columns), say.panel_alt), frame(data)


def inferred_table(summary: Summary | None) -> tuple[Table, pd.DataFrame]:
    """List the whole numbers of firms behind the printed level shares: a row a year."""
    say = words().simulation_tables
    names = {str(key): name for key, name in level_classes()["name_zh"].items()}
    levels = summary["inferred"]["levels"] if summary else {}
    rows, data = [], []
    for year, counts in sorted(levels.items()):
        rows.append([say.year(year=year), *(counts[name] for name in names), sum(counts.values())])
        data += [Row(f"firms_{n}", t, int(year), counts[n], "家", 0) for n, t in names.items()]
    columns = [
        Column("year", say.year_column),
        *(number_column(name, sentence(name_of(title)), "家") for name, title in names.items()),
        number_column("all", say.all, "家"),
    ]
    return plain(columns, rows or _no_rows(columns), say.inferred_alt), frame(data)


def comparison_table(summary: Summary | None, year: int) -> tuple[Table, pd.DataFrame]:
    """List marginals, correlations and tails of the firms beside what is publicly known of them."""
    say, nothing = words().simulation_tables, words().charts.no_value
    rows, data = [], []
    for own in summary.get("comparison", ()) if summary else ():
        unit, decimals = COMPARED[own["id"]]
        known = nothing if own["known"] is None else _amount(own["known"], unit, decimals)
        value = _amount(own["value"], unit, decimals)
        title = say.compared[own["id"]]
        rows.append([title, value, known, own["source"] or nothing])
        data.append(Row(own["id"], title, year, own["value"], unit, 0))
    columns = [
        Column("name", say.quantity),
        number_column("simulated", say.simulated),
        number_column("known", say.known),
        Column("source", say.source),
    ]
    return plain(columns, rows or _no_rows(columns), say.comparison_alt), frame(data)


def participants_table(summary: Summary | None, year: int) -> tuple[Table, pd.DataFrame]:
    """List participants by region, and whether the number is printed or assumed within bounds."""
    say = words().simulation_tables
    found = summary.get("participants", ()) if summary else ()
    rows = [
        [o["name"], o["participants"], say.is_printed if o["printed"] else say.is_assumed]
        for o in found
    ]
    data = [Row("participants", o["name"], year, o["participants"], "家", 0) for o in found]
    columns = [
        Column("name", say.region),
        number_column("firms", say.participants, "家"),
        Column("origin", say.origin),
    ]
    return plain(columns, rows or _no_rows(columns), say.participants_alt), frame(data)


def assumptions_table(summary: Summary | None, year: int) -> tuple[Table, pd.DataFrame]:
    """List what the simulation assumes by hand, with its value and the reason.

    In the tidy frame are the assumptions that are a single number.
    """
    say = words().simulation_tables
    given = summary.get("assumptions", {}) if summary else {}
    rows, data = [], []
    for key, title in say.assumed.items() if given else ():
        section, _, name = key.partition(".")
        value = given[section][name] if name else given[section]
        rows.append([title, _written(value), say.assumed_why[key]])
        if isinstance(value, int | float):
            data.append(Row(key, title, year, float(value), "", 0))
    columns = [
        Column("name", say.assumption),
        Column("value", say.assumed_value),
        Column("why", say.reason),
    ]
    return plain(columns, rows or _no_rows(columns), say.assumptions_alt), frame(data)


def _written(value: object) -> str:
    """Write an assumption: numbers as they are, lists and mappings in the order of the file."""
    if isinstance(value, Mapping):
        if "level_ge2" in value or "confidence" in value:  # a row of a table, or of the sources
            return words().lists.joint.join(_written(one) for one in value.values())
        parts = (f"{_called(str(key))} {_written(one)}" for key, one in value.items())
        return words().lists.sentence.join(parts)
    if isinstance(value, list | tuple):
        return words().lists.joint.join(_called(_written(one)) for one in value)
    return words().charts.no_value if value is None else str(value)


def _called(key: str) -> str:
    """Name a division or a practice by its label, another key by the language's word for it."""
    for table, column in ((divisions(), "short_zh"), (practices(), "label_zh")):
        if key in table.index:
            return name_of(str(table.loc[key, column]))
    return words().simulation_tables.assumed_keys.get(key, name_of(full_name(key)))


def _amount(value: float, unit: str, decimals: int) -> str:
    text = number_text(float(value), decimals)
    return f"{text}%" if unit == "%" else f"{text} {unit}".strip()


def outcome_counts(summary: Summary | None) -> dict[str, int | None]:
    """Count the facts that the simulation was calibrated to (targets), kept, and could not keep.

    All are None where there was no simulation. Thresholds and titles are no targets.
    """
    if summary is None:
        return dict.fromkeys(("targets", "kept", "contradicted"))
    statuses = [outcome["status"] for outcome in summary["outcomes"]]
    return {
        "targets": len(statuses) - statuses.count("setting"),
        "kept": statuses.count("kept"),
        "contradicted": statuses.count("contradicted"),
    }


def _no_rows(columns: list[Column]) -> list[list[str]]:
    nothing = words().charts.no_value
    return [[words().simulation_tables.none, *[nothing] * (len(columns) - 1)]]
