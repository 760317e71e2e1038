"""The tables of profiles: a scope beside the nation, its cities, its kinds of firms."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from smdi.indicators.precision.noise import is_clear
from smdi.indicators.tidy import ERROR
from smdi.indicators.tidy.lists import REST, listed_apart
from smdi.report.charts.frames import number_text, records
from smdi.report.charts.labels import measure_label
from smdi.report.tables.rankings import cell
from smdi.report.tables.table import Cell, Column, Table, number_column
from smdi.report.text.language import name_of, words
from smdi.report.text.phrases import sentence
from smdi.report.values import MARKED, unit_head
from smdi.standards import NATION

_LEAD = "_lead"
# Decimals by unit; what has no entry is a count.
_DIGITS = {"%": 1, "百分点": 1, "分": 2}

Rows = Mapping[tuple[str, str], Mapping[str, Any]]


def beside_nation(frame: pd.DataFrame, own: str) -> Table:
    """List each measure of the group `own`, of the nation, and the difference where it is clear.

    Frames of `summary.beside_nation`, `domains.against_nation`, `practices.against_nation`.
    """
    say, found = words().profile_tables, _rows(frame)
    measures = [name for name in dict.fromkeys(frame["measure"]) if not name.endswith(_LEAD)]
    rows = [
        (
            _named(found[measure, own]),
            _text(found[measure, own]),
            _text(found[measure, NATION]),
            _difference(found.get((f"{measure}{_LEAD}", own))),
        )
        for measure in measures
    ]
    columns = (
        Column("measure", words().tables.indicator),
        number_column("own", sentence(name_of(own))),
        number_column("nation", sentence(name_of(NATION))),
        number_column("difference", say.difference),
    )
    alt = say.beside_alt(len(rows), count=len(rows), name=name_of(own))
    return Table(columns, tuple(rows), alt)


def cities(frame: pd.DataFrame) -> Table:
    """List the cities of a province; frame of `summary.cities_of`."""
    return _listed(frame, words().profile_tables.city, ("participants", "firms_level_ge2"))


def kinds(frame: pd.DataFrame) -> Table:
    """List the kinds of an industry's firms; frame of `summary.kinds_of_firms`."""
    return _listed(frame, words().profile_tables.kind, ("firms", "share_level_le1"))


def _listed(frame: pd.DataFrame, head: str, measures: Sequence[str]) -> Table:
    found, no_value = _rows(frame), words().charts.no_value
    units = {measure: _unit(frame, measure) for measure in measures}
    rows = []
    for group in listed_apart(frame):
        told = (found.get((m, group)) or found.get((f"{m}{REST}", group)) for m in measures)
        texts = (no_value if row is None else _text(row) for row in told)
        rows.append((sentence(name_of(group)), *texts))
    columns = (
        Column("group", head),
        *(
            number_column(measure, sentence(measure_label(measure)), unit, bars=True)
            for measure, unit in units.items()
        ),
    )
    alt = words().profile_tables.listed_alt(len(rows), count=len(rows))
    return Table(columns, tuple(rows), alt)


def _rows(frame: pd.DataFrame) -> Rows:
    return {(row["measure"], row["group"]): row for row in records(frame)}


def _unit(frame: pd.DataFrame, measure: str) -> str:
    return next(iter(frame.loc[frame["measure"] == measure, "unit"]), "")


def _named(row: Mapping[str, Any]) -> str:
    firms = words().profile_tables.assessed
    name = firms if row["measure"] == "firms" else sentence(measure_label(row["measure"]))
    return words().charts.with_unit(name=name, unit=unit_head(row["unit"]))


def _text(row: Mapping[str, Any]) -> str:
    return cell(row, _DIGITS.get(row["unit"], 0))


def _difference(row: Mapping[str, Any] | None) -> str:
    """Return a signed difference, or that it is within its noise."""
    if row is None or math.isnan(row["value"]):
        return words().charts.no_value if row is None else _text(row)
    status = str(row.get("status") or "")
    if not is_clear(row["value"], float(row.get(ERROR, math.nan))):
        text = words().profile_tables.unclear
    else:
        text = number_text(row["value"], _DIGITS[row["unit"]])
        text = f"+{text}" if row["value"] > 0 else text
    return Cell(text, status) if status in MARKED else text
