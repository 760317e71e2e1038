"""Exhibits: what a chapter shows, as the files from which site, PDF and readers take it.

For an exhibit `<id>` a chapter's folder gets
    exhibits/<id>.json     {id, kind, number, title, alt, note, simulated, files, table}
    exhibits/<id>.csv      the tidy frame, from which `smdi.publishing.package` makes the reader's
    exhibits/<id>.svg .png chart and map: the drawing, also as a picture of double size
    exhibits/<id>.html     chart and map: the drawings as they stand in a page
    exhibits/<id>.vl.json  chart and map: the Vega-Lite spec they are drawn from
Only tidy frames get here, and nothing of a single firm: both are checked, and a breach raises.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import pandas as pd
from altair import TopLevelMixin

from smdi.indicators.tidy import COLUMNS, ERROR, RANK, STATUS
from smdi.report import chart_html, rendering
from smdi.report.text import phrases
from smdi.report.text.language import words
from smdi.report.text.parts import claimed
from smdi.report.values import digits_text

Kind = Literal["chart", "map", "table"]
Simulated = Literal["none", "partly", "all"]

TABLES = {"tab-provinces": 1, "tab-cities": 2, "tab-industry-change": 3, "tab-sme-classes": 4}
# The province or the industry of a profile, and the number there.
OF_PROFILE = re.compile(r"(fig|tab)-(\d{6}|c\d\d)-(\d+)")
OF_A_FIRM = {"credit_code", "submitted_on", "employees", "revenue", "total"}


class FirmLevelData(ValueError):  # noqa: N818 - names the breach, not the mechanism
    """What would be shown holds rows of single firms, or could."""


def make_exhibit(
    name: str,
    drawing: Any,
    frame: pd.DataFrame,
    *,
    simulated: Simulated,
    alt: str | None = None,
    form: Kind | None = None,
) -> tuple[dict[str, object], dict[str, bytes]]:
    """Return what describes an exhibit but its caption and note, and its files by name.

    `drawing` is a Table or a chart or map (`form="map"`) of Altair, whose
    description is its alt text unless `alt` is given; ValueError when there is none.
    """
    kind: Kind = form or ("chart" if isinstance(drawing, TopLevelMixin) else "table")
    said = alt or (drawing.alt if kind == "table" else rendering.description(drawing))
    content: dict[str, object] = {
        "id": name,
        "kind": kind,
        "number": exhibit_number(name),
        "alt": said and said + words().exhibits.alt.get(simulated, ""),
        "simulated": simulated,
        "digits": 0,
        "files": {"csv": f"{name}.csv"},
    }
    files = {f"{name}.csv": csv_bytes(frame)}
    if kind == "table":
        content["table"] = drawing.record()
        content["digits"] = max((column.decimals for column in drawing.columns), default=0)
    else:
        spec = rendering.spec(drawing)
        check_spec(name, spec, len(frame))
        content["digits"] = spec.get("usermeta", {}).get("digits", 0)
        files[f"{name}.svg"] = rendering.svg(spec, prefix=name).encode()
        block = chart_html.chart_html(chart_html.drawings(spec, name), str(content["alt"]), name)
        files[f"{name}.html"] = block.encode()
        files[f"{name}.vl.json"] = rendering.spec_json(spec).encode()
        named = {"svg": f"{name}.svg", "drawn": f"{name}.html"}
        named |= {"spec": f"{name}.vl.json", "csv": f"{name}.csv"}
        # There are too many profiles for a picture of each that is the drawing once more.
        if not OF_PROFILE.fullmatch(name):
            files[f"{name}.png"] = rendering.svg_png(files[f"{name}.svg"])
            named["png"] = f"{name}.png"
        content["files"] = named
    if not content["alt"]:
        raise ValueError(f"{name} has no alt text: its builder gives none, so pass alt=")
    return content, files


def drawn_as(kind: str, drawing: Any) -> str:
    """Return how an exhibit shows its values: its kind, or `circles` for a map of such."""
    told = getattr(drawing, "usermeta", None)
    return "circles" if isinstance(told, dict) and told.get("circles") else kind


def exhibit_number(name: str) -> str:
    """Return how an exhibit is called: fig-04 图 4, fig-a1 图 A1, tab-cities 表 2, tab-a1 表 A1.

    Those of profiles have numbers of their own: fig-320000-1 图 320000-1, tab-c36-2 表 C36-2.
    """
    figure = re.fullmatch(r"(fig|tab)-(a?)(\d+)", name)
    say = words().exhibits
    if name in TABLES:
        return say.table(number=TABLES[name])
    if own := OF_PROFILE.fullmatch(name):
        kind = say.figure if own[1] == "fig" else say.table
        return kind(number=f"{own[2].upper()}-{own[3]}")
    if figure is None or (figure[1] == "tab" and not figure[2]):
        known = ", ".join(TABLES)
        raise ValueError(f"{name}: an exhibit is fig-NN, fig-aN, tab-aN or one of {known}")
    kind, number = say.figure if figure[1] == "fig" else say.table, int(figure[3])
    return kind(number=say.of_our_own(number=number) if figure[2] else number)


def check_tidy(name: str, frame: pd.DataFrame) -> None:
    """Raise FirmLevelData unless the frame is tidy: its columns, and one row per key."""
    extra = sorted(set(frame.columns) - {*COLUMNS, *STATUS, ERROR})
    lacking = sorted(set(COLUMNS) - set(frame.columns))
    if extra or lacking:
        raise FirmLevelData(f"{name}: a tidy frame has {COLUMNS}; extra {extra}, lacking {lacking}")
    keys = frame[["measure", "group", "year"]]
    if keys.duplicated().any():
        first = "/".join(str(part) for part in keys[keys.duplicated()].iloc[0])
        raise FirmLevelData(f"{name}: one row per measure, group and year; {first} has several")


def check_spec(name: str, spec: Mapping[str, Any], groups: int) -> None:
    """Raise FirmLevelData when a chart's data has a firm's columns, or more rows than `groups`."""
    for columns, rows in _data(spec):
        if columns & OF_A_FIRM:
            raise FirmLevelData(f"{name}: the chart's data has {sorted(columns & OF_A_FIRM)}")
        if rows > groups:
            raise FirmLevelData(f"{name}: {rows} rows in the chart, {groups} in its frame")


def _data(node: object) -> Iterator[tuple[set[str], int]]:
    """Yield the columns and the number of rows of all data in a spec."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key == "datasets" and isinstance(value, Mapping):
                for rows in value.values():
                    yield from _records(rows)
            elif key == "values":
                yield from _records(value)
            else:
                yield from _data(value)
    elif isinstance(node, list):
        for value in node:
            yield from _data(value)


def _records(rows: object) -> Iterator[tuple[set[str], int]]:
    if not isinstance(rows, list):
        return
    records = [row for row in rows if isinstance(row, dict)]
    shapes = [row for row in records if row.get("type") == "Feature"]
    if shapes:
        # Shapes have columns like any data; their number is not that of any group.
        yield {column for row in shapes for column in row.get("properties", {})}, 0
    elif any(records):
        yield {column for row in records for column in row}, len(records)


@dataclass(frozen=True)
class NoteParts:
    """What the note under an exhibit says beside the author's words."""

    frame: pd.DataFrame
    simulated_data: bool
    simulated: Simulated
    minimum: int
    source: str = ""
    kind: str = "chart"

    def text(self, note: str) -> str:
        """Compose the note, with its marks: the author's words, source, bases, what is withheld."""
        say, stop = words().exhibits, words().lists.stop
        shown = bool((self.frame["value"].notna() & (self.frame["measure"] != RANK)).any())
        kind = self.simulated if shown else "nothing"
        given = say.simulated[kind] if self.simulated_data else say.platform
        source = say.source(source=self.source or given)
        parts = [note.strip().rstrip(stop), source, self._drawn(), _bases(self.frame)]
        values, places = _withheld(self.frame)
        if values:
            parts.append(say.withheld(values, count=values, minimum=self.minimum))
        if places and self.kind == "table":
            parts.append(say.ranks_withheld(places, count=places))
        return phrases.joined(parts) + stop

    def _drawn(self) -> str:
        """Say how the exhibit shows what is simulated, where some of it is and some is not."""
        say, found = words().exhibits.drawn, set(self.frame.get("status", ()))
        told = [say[self.kind]] if self.simulated == "partly" else []
        if self.kind == "table" and "derived" in found:
            told.append(say["derived"])
        return words().lists.clause.join(told)


def _withheld(frame: pd.DataFrame) -> tuple[int, int]:
    """Return how many values are withheld, and how many ranks of values that are not."""
    ranks, withheld = frame["measure"] == RANK, frame["withheld"]
    told = set(frame.loc[~ranks & ~withheld, "group"])
    places = ranks & withheld & frame["group"].isin(told)
    return int((withheld & ~ranks).sum()), int(places.sum())


def _bases(frame: pd.DataFrame) -> str:
    """Say how many firms the shares and means are over, by year."""
    based = frame[~frame["unit"].isin(["家", "位", "个", "人", "万元"]) & (frame["base"] > 0)]
    if based.empty:
        return ""
    say = words().exhibits
    spans = []
    for year, bases in based.groupby("year", sort=True)["base"]:
        low, high = digits_text(bases.min(), 0), digits_text(bases.max(), 0)
        number = low if low == high else say.range(low=low, high=high)
        said = say.base(int(bases.max()), year=year, number=number)
        spans.append(claimed(said, based.get("base_status", ())))
    return say.bases(bases=words().lists.clause.join(spans))


def simulated_state(frame: pd.DataFrame, published: pd.Series, disputed: pd.Series) -> Simulated:
    """Tell which part of a simulated frame the published report does not print.

    `published` and `disputed` are booleans by row. Ranks follow from other rows, disputed facts
    follow the fact that contradicts them: neither decides, nor does a row without value.
    """
    decides = frame["value"].notna() & ~disputed & (frame["measure"] != RANK)
    known = published[decides]
    if known.all():
        return "none"
    return "partly" if known.any() else "all"


def csv_bytes(frame: pd.DataFrame) -> bytes:
    """Write a tidy frame for readers; shortest exact decimals, empty where there is no value."""
    columns = [*COLUMNS, *(name for name in (ERROR, *STATUS) if name in frame)]
    written = frame[columns].replace(math.inf, math.nan)
    return written.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")
