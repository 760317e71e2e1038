"""A mapping proposed from an export alone, with how sure each part of it is.

What could not be placed is said, and left for the editor to write.
"""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from smdi.assessments.mapping.headings import FIRM_HEADINGS, item_ids
from smdi.assessments.mapping.matching import (
    Match,
    match_firm,
    match_long,
    match_practices,
)
from smdi.assessments.mapping.sampling import SampledColumn, SampledSheet, sampled_sheets
from smdi.assessments.mapping.vocabulary import (
    TYPE_NAMES,
    absent_texts,
    score_set,
    yes_no_set,
)
from smdi.assessments.values import squeezed
from smdi.assessments.values.numbers import MONEY_UNITS
from smdi.assessments.values.texts import canonical
from smdi.standards import BUSINESSES, practices

# Revenue a person in yuan: about a million in manufacturing.
PER_PERSON = (3e4, 3e7)
IN_ORDER = 0.3
_BARE = re.compile(r"[0-9]+(\.[0-9]+)?")
_UNITS = sorted(MONEY_UNITS, key=len, reverse=True)


@dataclass
class Proposal:
    """A proposed mapping, in the terms of its file.

    `firm` and `practices` are the matches; `extra` holds further keys of a firm column as pairs of
    key and value; `items` the keys of the part `items`; `notes` what the editor should look at.
    """

    files: list[str]
    firm: dict[str, Match]
    practices: dict[str, Match]
    extra: dict[str, dict[str, object]] = field(default_factory=dict)
    items: dict[str, object] = field(default_factory=dict)
    items_match: Match | None = None
    practice_values: dict[str, bool] = field(default_factory=dict)
    not_asked: list[str] = field(default_factory=list)
    ratio_unit: str = "percent"
    sheets: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)


def propose(paths: Sequence[Path], items_file: Path | None = None) -> Proposal:
    """Propose a mapping for exports that are laid out alike; InputErrors when none is a table."""
    sheets, others = sampled_sheets(paths)
    sheet = max(sheets, key=lambda one: (len(match_firm(one.columns)), len(one.columns)))
    firm = match_firm(sheet.columns)
    taken = {match.heading for match in firm.values()}
    rest = [column for column in sheet.columns if column.heading not in taken]
    asked = match_practices(rest)
    made = Proposal([str(path) for path in paths], firm, asked)
    for name in others:
        made.notes.append(f"sheet or file without a header, not looked at: {name}")
    by_heading = {column.heading: column for column in sheet.columns}
    _firm_values(made, by_heading, sheet)
    _practice_values(made, by_heading)
    taken |= {match.heading for match in asked.values()}
    rest = [column for column in sheet.columns if column.heading not in taken]
    used = _items(made, rest, sheets, items_file)
    made.unused = [column.heading for column in rest if column.heading not in used]
    return made


def _firm_values(made: Proposal, columns: dict[str, SampledColumn], sheet: SampledSheet) -> None:
    """Add what the values of the columns of firms tell: units, translations, constants."""
    for business in BUSINESSES:
        if business in made.firm:
            values = yes_no_set(columns[made.firm[business].heading].texts)
            if values:
                made.extra[business] = {"values": values}
    if "process_type" in made.firm:
        known = {canonical(text): value for text, value in TYPE_NAMES.items()}
        texts = columns[made.firm["process_type"].heading].filled
        types = {text: known[canonical(text)] for text in texts if canonical(text) in known}
        made.extra["process_type"] = {"values": types}
    if "revenue" in made.firm:
        made.extra["revenue"] = {"unit": _money_unit(made, columns)}
    year = re.search(r"(20\d\d)\s*年", sheet.titles + sheet.name)
    if "year" not in made.firm and year:
        made.extra["year"] = {"constant": int(year[1])}
        made.notes.append(f"year: no column; {year[1]} stands in the title of the sheet")
    for name, heading in FIRM_HEADINGS.items():
        if name not in made.firm and name not in made.extra:
            made.notes.append(f"columns.{name} ({heading}): no column found; write it yourself")


def _money_unit(made: Proposal, columns: dict[str, SampledColumn]) -> str:
    """Return the unit that the heading of revenue names, or that its values make likely."""
    heading = made.firm["revenue"].heading
    for unit in _UNITS:
        if re.search(rf"[(\[:/]?{unit}[)\]]?$", squeezed(heading)):
            return unit
    persons = columns[made.firm["employees"].heading] if "employees" in made.firm else None
    pairs = zip(columns[heading].cells, persons.cells if persons else (), strict=False)
    ratios = [ratio for ratio in (_per_person(*pair) for pair in pairs) if ratio is not None]
    if ratios:
        median = statistics.median(ratios)
        for unit in ("元", "万元", "千元", "百万元", "亿元"):
            if PER_PERSON[0] <= median * float(MONEY_UNITS[unit]) <= PER_PERSON[1]:
                made.notes.append(f"columns.revenue: unit {unit} is a guess from the values")
                return unit
    made.notes.append("columns.revenue: nothing tells the unit; 万元 is a guess")
    return "万元"


def _per_person(revenue: str, persons: str) -> float | None:
    """Return revenue a person, None where either is no number above nought."""
    try:
        money, heads = (float(text.replace(",", "")) for text in (revenue, persons))
    except ValueError:
        return None
    return money / heads if money > 0 and heads > 0 else None


def _practice_values(made: Proposal, columns: dict[str, SampledColumn]) -> None:
    """Add how practices write yes, no and no answer, and what bare ratios are."""
    texts: dict[str, None] = {}
    kinds = practices()["kind"]
    for name, match in made.practices.items():
        column = columns[match.heading]
        if kinds[name] == "ratio":
            bare = [float(text) for text in column.filled if _BARE.fullmatch(text)]
            if bare and max(bare) <= 1 and any(bare):
                made.ratio_unit = "fraction"
                made.notes.append(f"practices.ratio_unit: {match.heading!r} lies within 0 and 1")
        elif yes_no_set(column.texts) is not None:
            texts |= dict.fromkeys(column.texts)
    values = yes_no_set(list(texts)) or {}
    if "" in values:
        made.notes.append("practices.values: an empty cell is taken for no, as only yes is written")
    made.practice_values = values
    absent = absent_texts(texts)
    made.not_asked = [text for text in dict.fromkeys(["", *absent]) if text not in values]


def _items(
    made: Proposal, rest: list[SampledColumn], sheets: list[SampledSheet], items_file: Path | None
) -> set[str]:
    """Add the part `items`; return the headings of this sheet that it uses."""
    scored = [column for column in rest if score_set(column.filled) is not None]
    scores = _common_scores(scored)
    wide = _wide(made, scored)
    if wide is not None:
        made.items = {"layout": "wide", **wide, **_score_keys(scored, scores)}
        return {column.heading for column in scored}
    long_sheets = sampled_sheets([items_file])[0] if items_file else sheets
    for sheet in long_sheets:
        long = match_long(sheet.columns, item_ids())
        keys = match_firm(sheet.columns)
        if {"item_id", "score"} <= set(long) and {"credit_code", "year"} <= set(keys):
            named = {name: keys[name] for name in ("credit_code", "year", "submitted_on")
                     if name in keys} | long  # fmt: skip
            columns = [c for c in sheet.columns if c.heading == long["score"].heading]
            made.items = {
                "layout": "long",
                "long_columns": {name: match.heading for name, match in named.items()},
                **_score_keys(columns, _common_scores(columns)),
            }
            made.items_match = long["item_id"]
            return {match.heading for match in long.values()}
    made.notes.append(
        "items: no columns of item scores found; name them by a template, or one by one, or give "
        "the long file of items (ITEMS=…)"
    )
    made.items = {"layout": "wide", "template": "{item_id}", **_score_keys([], None)}
    return set()


def _wide(made: Proposal, scored: list[SampledColumn]) -> dict[str, object] | None:
    """Return how the columns of scores name their items: by template, one by one, or in order."""
    ids = item_ids()
    by_length = sorted(ids, key=len, reverse=True)
    found: dict[str, str] = {}
    for column in scored:
        key = column.heading
        item = next((one for one in by_length if one in key), None)
        if item is not None and item not in found:
            found[item] = key
    if len(found) >= len(ids) / 2:
        patterns = {heading.replace(item, "{item_id}", 1) for item, heading in found.items()}
        missing = [item for item in ids if item not in found]
        for item in missing[:10]:
            made.notes.append(f"items: no column for {item}")
        sure = len(found) / len(ids)
        made.items_match = Match("", round(sure, 2), f"{len(found)} of {len(ids)} ids in headings")
        if len(patterns) == 1:
            return {"template": patterns.pop()}
        return {"columns": found}
    if len(scored) == len(ids):
        made.items_match = Match("", IN_ORDER, "as many columns as items, taken in order")
        made.notes.append("items.columns: taken in the order of the catalogue; CHECK each")
        return {"columns": {i: c.heading for i, c in zip(ids, scored, strict=True)}}
    return None


def _common_scores(columns: list[SampledColumn]) -> dict[str, int] | None:
    return score_set({text for column in columns for text in column.filled})


def _score_keys(columns: list[SampledColumn], scores: dict[str, int] | None) -> dict[str, object]:
    absent = absent_texts({text: None for column in columns for text in column.texts})
    default = {"全部满足": 10, "大部分满足": 8, "部分满足": 5, "不满足": 0}
    return {
        "values": scores or default,
        "not_applicable": list(dict.fromkeys(["", *absent])),
    }
