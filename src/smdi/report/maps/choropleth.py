"""Shaded maps of China from tidy frames: provinces or cities in classes, with all a map must show.

All 34 provincial units are drawn whatever the data; those without data have a colour of their own.
The boundary lines in the South China Sea and the inset with its islands are part of every national
map. Only aggregates are drawn: one value a region. The boundaries carry no approval number
(审图号), which the text beside a map has to say.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt
import pandas as pd
from shapely.geometry import Point

from smdi.report import theme
from smdi.report.charts import alt_text
from smdi.report.charts.frames import number, records, told, value_text
from smdi.report.charts.labels import measure_label
from smdi.report.maps import boundaries, sheet
from smdi.report.maps.circles import radius as radius_of
from smdi.report.maps.classes import Classes, classes_of, steps_of
from smdi.report.maps.labels import UNRANKED, Label, around, shifted, without_overlap
from smdi.report.text.language import name_of, words
from smdi.report.text.phrases import sentence
from smdi.report.values import unit_head
from smdi.standards import cities, provinces, regions
from smdi.standards.scope import province_code

CITY_NAMES = 16
# The one province whose own map must show the South China Sea.
HAINAN, SANSHA = "460000", "460300"


@dataclass(frozen=True)
class Region:
    """A region's value as the map shows it; `rank` counts from 0, UNRANKED without firms."""

    code: str
    name: str
    value: float | None
    text: str
    label: str
    position: int | None
    rank: int
    # Whether it is simulated, and what the tooltip says of that.
    hollow: bool = False
    nature: str = ""


def participation_map(frame: pd.DataFrame, province: str = "", **options: Any) -> alt.LayerChart:
    """Draw participating firms by province, or by city of the one that is named in full.

    Frame of `participation.participants_by_region`.
    """
    if province:
        return city_map(frame, measure="participants", province=province, **options)
    return province_map(frame, measure="participants", **options)


def province_map(
    frame: pd.DataFrame,
    *,
    measure: str = "firms_level_ge2",
    bounds: Sequence[float] | None = None,
    digits: int = 0,
) -> alt.LayerChart:
    """Draw the nation by province; groups are full names, `bounds` part the classes."""
    table = provinces()
    codes = dict(zip(table["name_zh"], table.index, strict=True))
    shown, classes, unit = _regions(frame, measure, codes, bounds, digits)
    legend = _legend(classes, shown, [words().maps.no_data])
    drawn = sheet.Sheet(
        areas=_shaded(boundaries.main_sheet("provinces"), shown, lambda code: words().maps.no_data),
        inset=_shaded(boundaries.inset("provinces"), shown, lambda code: words().maps.no_data),
        labels=_province_names(shown, table["short_zh"], legend),
        legend=legend,
        title=_title(measure, unit),
    )
    said = _alt(shown, measure, unit, words().maps.provinces)
    return sheet.nation(drawn, said)


def city_map(
    frame: pd.DataFrame,
    *,
    measure: str = "firms_level_ge2",
    bounds: Sequence[float] | None = None,
    digits: int = 0,
    province: str = "",
) -> alt.LayerChart:
    """Draw cities: those of one province, named in full or that of all groups, else circles.

    On a map of the nation the shape of a city is too small to be seen. Groups are short names.
    """
    table = cities()
    codes = dict(zip(table["short_zh"], table["boundary_code"], strict=True))
    shown, classes, unit = _regions(frame, measure, codes, bounds, digits)
    parents = {f"{region.code[:2]}0000" for region in shown.values()}
    if province:
        parents = {province_code(province)}
    if len(parents) == 1:
        return _one_province(parents.pop(), shown, classes, measure, unit)
    return sheet.nation(
        _of_circles(shown, _title(measure, unit)), _alt(shown, measure, unit, words().maps.cities)
    )


def _of_circles(shown: Mapping[str, Region], title: str) -> sheet.Sheet:
    """Return the nation's provinces, without a value of their own, below circles for cities."""
    say, scope = words().maps, set(regions().query("kind == 'province' and in_scope").index)

    def ground(code: str) -> str:
        return "" if code in scope else say.no_data

    sizes = steps_of([region.value or 0.0 for region in shown.values()])
    places = {item["properties"]["code"]: item for item in boundaries.layer("cities")}
    circles = []
    for region in shown.values():
        told: dict[str, object] = {"name": region.name, "text": region.text}
        told |= {"nature": region.nature} if region.nature else {}
        if region.value is not None:
            told |= {"value": region.value, "hollow": region.hollow}
        point = Point(*boundaries.label_point(places[region.code]))
        circles.append(boundaries.feature(point, **told))
    return sheet.Sheet(
        areas=_shaded(boundaries.main_sheet("provinces"), {}, ground),
        inset=_shaded(boundaries.inset("provinces"), {}, ground),
        labels=_city_names(shown, boundaries.layer("cities"), sheet.LETTER, steps=sizes),
        legend=[("", theme.MAP_UNLISTED), (say.no_data, theme.MAP_NO_DATA)],
        title=title,
        circles=circles,
        steps=sizes,
    )


def _one_province(
    code: str, shown: Mapping[str, Region], classes: Classes, measure: str, unit: str
) -> alt.LayerChart:
    inside = [item["properties"]["code"] for item in boundaries.layer("cities")]
    features = boundaries.within("cities", [c for c in inside if c[:2] == code[:2]])
    sea, islands = None, list[boundaries.Feature]()
    if code == HAINAN:
        # Its third city is the sea, as large as all else of China's south.
        features = [one for one in features if one["properties"]["code"] != SANSHA]
        sea = boundaries.Inset.beside(features)
        islands = [
            one
            for one in boundaries.inset("cities", sea)
            if one["properties"]["code"][:2] == code[:2]
        ]
    name = name_of(str(provinces().loc[code, "name_zh"]))
    letter = sheet.letter_of(features)
    absent = any(one["properties"]["code"] not in shown for one in (*features, *islands))
    legend = _legend(classes, shown, [words().maps.unlisted] if absent else [])
    drawn = sheet.Sheet(
        areas=_shaded(features, shown, lambda code: words().maps.unlisted),
        inset=_shaded(islands, shown, lambda code: words().maps.unlisted),
        # A city of the island stands in both; its name belongs on the larger.
        labels=_city_names(shown, [*islands, *features], letter, legend),
        legend=legend,
        title=_title(measure, unit),
    )
    said = _alt(shown, measure, unit, words().maps.cities_of(province=name), inset=sea is not None)
    return sheet.province(drawn, said, sea)


def _regions(
    frame: pd.DataFrame,
    measure: str,
    codes: Mapping[str, str],
    bounds: Sequence[float] | None,
    digits: int,
) -> tuple[dict[str, Region], Classes, str]:
    """Return code -> region for every value of the measure, seen or withheld, highest first.

    KeyError for unknown names.
    """
    seen = frame[(frame["measure"] == measure) & (frame["value"].notna() | frame["withheld"])]
    rows = seen.sort_values("value", ascending=False, kind="stable")
    unit = "家" if rows.empty else str(rows["unit"].iloc[0])
    whole = bool((rows["value"].dropna() % 1 == 0).all())
    classes = classes_of(rows["value"].tolist(), bounds=bounds, whole=whole)
    shown = {}
    for rank, row in enumerate(records(rows)):
        value = number(row["value"])
        position = None if value is None else classes.of(value)
        label = words().charts.not_published if position is None else classes.labels[position]
        code = codes[row["group"]]
        text = value_text(row, digits, with_unit=False)
        rank_shown = rank if value else UNRANKED
        status = told(row, digits)
        shown[code] = Region(
            code,
            name_of(row["group"]),
            value,
            text,
            label,
            position,
            rank_shown,
            status["hollow"],
            status.get("nature", ""),
        )
    return shown, classes, unit


def _shaded(
    features: Sequence[dict[str, Any]], shown: Mapping[str, Region], absent: Callable[[str], str]
) -> list[dict[str, Any]]:
    """Return the features with what the map and its tooltip need: name, class and text."""
    shaded = []
    for item in features:
        code, name = item["properties"]["code"], name_of(item["properties"]["name"])
        region = shown.get(code)
        label = region.label if region else absent(code)
        text = region.text if region else label
        properties: dict[str, object] = {"name": name, "class": label, "text": text}
        if region and region.nature:
            properties |= {"hollow": region.hollow, "nature": region.nature}
        shaded.append({**item, "properties": properties})
    return shaded


def _legend(
    classes: Classes, shown: Mapping[str, Region], absent: Sequence[str]
) -> list[tuple[str, str]]:
    """Return class labels with their colours, the highest first, then those without a value."""
    ramp = theme.MAP_CLASSES
    count = len(classes.labels)
    # Few classes take the far ends of the ramp, so that they stay apart.
    picked = [ramp[round(n * (len(ramp) - 1) / max(count - 1, 1))] for n in range(count)]
    entries = list(zip(classes.labels, picked, strict=True))[::-1]
    if any(region.value is None for region in shown.values()):
        entries.append((words().charts.not_published, theme.MAP_WITHHELD))
    greys = {
        words().maps.no_data: theme.MAP_NO_DATA,
        words().maps.unlisted: theme.MAP_UNLISTED,
    }
    return entries + [(label, greys[label]) for label in absent]


def _province_names(
    shown: Mapping[str, Region], short: pd.Series, legend: Sequence[tuple[str, str]]
) -> list[Label]:
    names = []
    for item in boundaries.main_sheet("provinces"):
        code = item["properties"]["code"]
        region = shown.get(code)
        rank = region.rank if region else UNRANKED
        light = _light(region.label if region else words().maps.no_data, legend)
        label = Label(name_of(str(short[code])), *boundaries.label_point(item), rank, light)
        names.append(shifted(label, code, sheet.LETTER))
    return names


def _city_names(
    shown: Mapping[str, Region],
    features: Sequence[dict[str, Any]],
    letter: float,
    legend: Sequence[tuple[str, str]] = (),
    steps: Sequence[float] = (),
) -> list[Label]:
    """Return names of the first cities: beside their middle or circle, on it with a `legend`."""
    places = {item["properties"]["code"]: item for item in features}
    first = [region for region in shown.values() if region.value is not None][:CITY_NAMES]
    choices = []
    for region in first:
        x, y = boundaries.label_point(places[region.code])
        light = bool(legend) and _light(region.label, legend)
        label = Label(region.name, x, y, region.rank, light)
        radius = (
            radius_of(region.value or 0.0, steps) * sheet.LETTER / sheet.LETTER_PX if steps else 0.0
        )
        choices.append([*([label] if legend else []), *around(label, letter, radius)])
    return without_overlap(choices, letter)


def _light(label: str, legend: Sequence[tuple[str, str]]) -> bool:
    """Tell whether light letters read better on the colour of a class."""
    return theme.ink_on(dict(legend)[label]) == theme.PAPER


def _spoken(shown: Mapping[str, Region]) -> list[dict[str, Any]]:
    return [
        {"name": region.name, "value": region.value, "text": region.text}
        for region in shown.values()
    ]


def _title(measure: str, unit: str) -> str:
    return words().charts.with_unit(name=sentence(measure_label(measure)), unit=unit_head(unit))


def _alt(
    shown: Mapping[str, Region], measure: str, unit: str, regions: str, *, inset: bool = True
) -> str:
    return alt_text.shaded_map(_spoken(shown), measure_label(measure), unit, regions, inset=inset)
