"""The profile of an import: what the editor looks at before believing it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from smdi.assessments.schema import PRACTICE_PREFIX
from smdi.assessments.store import open_parquet
from smdi.errors import InputErrors, Problem
from smdi.standards import classes, divisions, practices, provinces, size_class

KEPT = ["year", "province", "industry", "employees", "revenue"]
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


def last_year(path: Path | None) -> pd.DataFrame | None:
    """Read what a profile needs of last year's assessments; InputErrors when a column lacks."""
    if path is None:
        return None
    with open_parquet(path) as file:
        names = file.schema_arrow.names
        InputErrors.raise_if(
            Problem(str(path), None, name, None, "a column of a file of assessments")
            for name in KEPT
            if name not in names
        )
        wanted = [name for name in (*KEPT, *ratio_columns()) if name in names]
        frame: pd.DataFrame = file.read(columns=wanted).to_pandas()
    return frame


def ratio_columns() -> list[str]:
    """Return the columns of the practices that are ratios."""
    kinds = practices()["kind"]
    return [f"{PRACTICE_PREFIX}{name}" for name in kinds.index[kinds == "ratio"]]


@dataclass
class Profile:
    """What the accepted rows amount to, gathered batch by batch.

    `frame` holds a row an assessment: year, province, industry, employees (persons), revenue (万元)
    and the ratios (%); `missing` counts nulls by column of the schema.
    """

    missing: dict[str, int] = field(default_factory=dict)
    _parts: list[pd.DataFrame] = field(default_factory=list)

    def add(self, table: pa.Table) -> None:
        """Take in a batch of converted rows."""
        for name, column in zip(table.column_names, table.columns, strict=True):
            if column.null_count and not name.startswith("item_"):
                self.missing[name] = self.missing.get(name, 0) + column.null_count
        part = table.select([*KEPT, *ratio_columns()]).to_pandas()
        for name in ("province", "industry"):
            part[name] = part[name].astype("category")
        self._parts.append(part)

    @property
    def frame(self) -> pd.DataFrame:
        """Return the gathered rows."""
        columns = [*KEPT, *ratio_columns()]
        parts = [part.astype({"province": str, "industry": str}) for part in self._parts]
        return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=columns)

    def lines(self, last: pd.DataFrame | None = None) -> Iterable[str]:
        """Yield the profile as lines of text, next to that of `last` year's file if given."""
        frame = self.frame
        if not len(frame):
            yield "profile: no row accepted"
            return
        yield "profile of the accepted rows" + (
            " (last year's file in brackets)" if last is not None else ""
        )
        yield from _counts("rows by year", frame["year"], last, "year")
        for name, unit in (("employees", "persons"), ("revenue", "万元")):
            yield _quantiles(name, unit, frame, last)
        yield from _counts("size classes", _sizes(frame), last, None)
        for name in ratio_columns():
            if frame[name].notna().any():
                yield _quantiles(name, "%", frame, last)
        yield _unseen(
            "provinces", provinces()["name_zh"][provinces()["in_scope"]], frame["province"]
        )
        division = frame["industry"].str[:2]
        yield _unseen("divisions", divisions()["name_zh"], division)
        yield f"  industries: {frame['industry'].nunique()} of {len(classes())} classes"
        for name, count in sorted(self.missing.items(), key=lambda entry: -entry[1])[:12]:
            yield f"  empty in {name}: {count:,} of {len(frame):,}"


def _sizes(frame: pd.DataFrame) -> pd.Series:
    sound = frame[(frame["employees"] >= 0) & (frame["revenue"] >= 0)]
    return size_class(sound["employees"], sound["revenue"])


def _counts(
    title: str, values: pd.Series, last: pd.DataFrame | None, column: str | None
) -> Iterable[str]:
    counts = values.value_counts().sort_index()
    before = None
    if last is not None and len(last):
        before = (last[column] if column else _sizes(last)).value_counts()
    shown = []
    for value, count in counts.items():
        text = f"{value} {count:,} ({count / len(values):.0%})"
        if before is not None:
            text += f" [{before.get(value, 0) / before.sum():.0%}]"
        shown.append(text)
    yield f"  {title}: {', '.join(shown)}"


def _quantiles(name: str, unit: str, frame: pd.DataFrame, last: pd.DataFrame | None) -> str:
    values = frame[name].dropna().astype(float)
    found = np.quantile(values, QUANTILES) if len(values) else [float("nan")] * len(QUANTILES)
    text = " · ".join(f"{value:,.6g}" for value in found)
    line = f"  {name} ({unit}), 5 · 25 · 50 · 75 · 95 %: {text}"
    if last is not None and name in last and last[name].notna().any():
        line += f" [median {last[name].median():,.6g}]"
    return line


def _unseen(title: str, known: pd.Series, seen: pd.Series) -> str:
    absent = [str(name) for code, name in known.items() if code not in set(seen)]
    if not absent:
        return f"  {title}: all {len(known)} seen"
    more = f" and {len(absent) - 10} more" if len(absent) > 10 else ""
    return f"  {title} unseen: {len(absent)} of {len(known)} ({'、'.join(absent[:10])}{more})"
