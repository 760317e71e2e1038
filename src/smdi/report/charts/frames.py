"""From a tidy frame to the rows a chart draws: labels, texts, order; no number is changed.

A plot row has: `name` (label on one line), `label` (the same broken for an axis), `series` (what
the colour tells apart), `value` (None when missing), `text` (the value as printed, or 未公布),
`hollow` (it is simulated), and for the tooltip `year`, `base`, `nature` (what it is known from) and
`what` (a share of firms or a mean over them).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from smdi.indicators.precision.rounding import printed_decimals
from smdi.indicators.precision.status import reads_as
from smdi.report.charts.labels import measure_label
from smdi.report.text.language import name_of, words
from smdi.report.text.phrases import sentence
from smdi.report.values import digits_text
from smdi.standards import practices

# Marks that no line may begin with.
_NO_BEGINNING = "、，）"


@dataclass(frozen=True)
class PlotData:
    """Rows for a chart with the orders of its axis labels and of its series."""

    rows: list[dict[str, Any]]
    labels: list[str]
    series: list[str]
    unit: str
    # What the axis and the colour tell apart: measure, group or year.
    axis: str = "group"
    by: str | None = None

    def height(self, step: int) -> int:
        """Return pixels for a row of `step` a label; Vega fits no width beside a step."""
        return step * max(len(self.labels), 1)


def plot_data(
    frame: pd.DataFrame,
    *,
    axis: str,
    series: str | None,
    digits: int,
    labels: Mapping[str, str] | None = None,
) -> PlotData:
    """Return rows with `axis` (measure, group or year) as label and `series` as colour.

    Values keep all their decimals; `digits` is for the texts. Orders are those of the frame, years
    oldest first.
    """
    units = frame["unit"].unique().tolist()
    if len(units) != 1:
        raise ValueError(f"a chart has one unit, the frame has {units}")
    rows = []
    for row in records(frame):
        name = label_of(row, axis, labels)
        rows.append(
            {
                "name": name,
                "label": wrap(name),
                "series": "" if series is None else label_of(row, series, labels),
                "value": number(row["value"]),
                "text": value_text(row, _precision(row, digits)),
                **told(row, _precision(row, digits)),
            }
        )
    return PlotData(
        rows,
        _order(frame, axis, [str(row["label"]) for row in rows]),
        _order(frame, series, [str(row["series"]) for row in rows]),
        units[0],
        axis,
        series,
    )


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame as mappings from column to value."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def label_of(row: Mapping[str, Any], kind: str, labels: Mapping[str, str] | None) -> str:
    """Return the label of a row's measure, group or year in the current language."""
    if kind == "year":
        return _year(row["year"])
    if kind == "group":
        return (labels or {}).get(row["group"]) or sentence(name_of(str(row["group"])))
    if isinstance(row.get("label"), str):
        return str(row["label"])
    return (labels or {}).get(row["measure"]) or sentence(measure_label(row["measure"]))


def value_text(row: Mapping[str, Any], digits: int, *, with_unit: bool = True) -> str:
    """Return a value as the page prints it; 未公布 where withheld, a dash where there is none."""
    value = number(row["value"])
    if value is None:
        say = words().charts
        return say.not_published if row.get("withheld") else say.no_value
    unit = "%" if with_unit and row["unit"] == "%" else ""
    return number_text(value, digits) + unit


def told(row: Mapping[str, Any], digits: int) -> dict[str, Any]:
    """Return what a tooltip says beside the value, and whether the value is drawn hollow."""
    say, status, base = words().charts, shown_status(row, digits), int(row.get("base") or 0)
    told: dict[str, Any] = {"hollow": status == "simulated", "year": _year(row["year"])}
    if status:
        told["nature"] = words().exhibits.statuses[status]
    if base and row["unit"] != "家":
        told["base"] = say.base_firms(number=digits_text(base, 0))
    if row["unit"] == "%":
        told["what"] = say.mean_of_firms if is_mean(row["measure"]) else say.share_of_firms
    return told


def _precision(row: Mapping[str, Any], digits: int) -> int:
    """Return the decimals of a value in a chart: no more than those it is known by."""
    known = str(row.get("known") or "")
    return min(digits, printed_decimals(known)) if known else digits


def shown_status(row: Mapping[str, Any], digits: int) -> str:
    """Return what a value is known from, as it shows with these decimals; '' where unknown.

    With more decimals than the number has that it is known by, it may say more than is known.
    """
    status, known = str(row.get("status") or ""), str(row.get("known") or "")
    if known and not reads_as(float(row["value"]), known, digits):
        return "simulated" if row["base_status"] in ("simulated", "") else str(row["base_status"])
    return status


def is_mean(measure: str) -> bool:
    """Tell whether a measure in % is a mean over firms, and not a share of them."""
    table = practices()
    return measure in table.index and bool(table.loc[measure, "kind"] == "ratio")


def number_text(value: float, digits: int) -> str:
    """Return a number as the prose writes it (halves rounded up), with a true minus sign."""
    return digits_text(value, digits).replace("-", "−")


def number(value: float) -> float | None:
    """Return a value for a spec: None where it is missing."""
    return None if value is None or math.isnan(value) else float(value)


def room(text: str) -> int:
    """Return pixels a text takes with some air: Han characters are square, digits half as wide."""
    return 6 + sum(12 if ord(character) > 0x2E80 else 7 for character in text)


def wrap(text: str, limit: int = 0) -> str:
    """Break a label into lines of about `limit` letters, after a mark where one is near.

    `limit` and the marks are by default the language's. No line has fewer than three letters, and
    none begins with a mark; the space at which a line breaks goes.
    """
    say = words().charts
    limit = limit or say.wrap_at
    if len(text) <= limit:
        return text
    lines = math.ceil(len(text) / limit)
    target = math.ceil(len(text) / lines)
    reach = max(2, limit // 4)
    near = [
        cut
        for cut in range(target - reach, min(target + reach + 1, len(text) - 2))
        if text[cut - 1] in say.break_after
    ]
    cut = min(near, key=lambda place: abs(place - target)) if near else target
    if text[cut] in _NO_BEGINNING:
        cut += 1
    return text[:cut].rstrip() + "\n" + wrap(text[cut:], limit)


def _year(year: int) -> str:
    return words().charts.year(year=year)


def _order(frame: pd.DataFrame, kind: str | None, labels: Sequence[str]) -> list[str]:
    if kind == "year":
        return [_year(year) for year in sorted(frame["year"].unique())]
    return list(dict.fromkeys(labels))
