"""Which column of an export is which of the schema, by its name and by its values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from smdi.assessments.credit_codes import check_character
from smdi.assessments.mapping.headings import (
    FIRM_HEADINGS,
    LONG_HEADINGS,
    OTHER_LONG_NAMES,
    OTHER_NAMES,
    practice_headings,
)
from smdi.assessments.mapping.sampling import SampledColumn
from smdi.assessments.mapping.vocabulary import TYPE_NAMES, score_set, yes_no_set
from smdi.assessments.values import squeezed
from smdi.assessments.values.codes import credit_code_of
from smdi.assessments.values.dates import day_of
from smdi.assessments.values.industries import industry_of
from smdi.assessments.values.numbers import (
    MONEY_UNITS,
    PERSON_UNITS,
    percentage,
    quantity,
    whole_year,
)
from smdi.assessments.values.regions import city_of, province_of
from smdi.assessments.values.texts import canonical
from smdi.standards import BUSINESSES, practices

LEAST_NAME, LEAST_VALUES, LEAST = 70, 0.5, 0.55
SAMPLE = 60
_UNIT = re.compile(r"[(（\[【][^()（）\[\]【】]*[)）\]】]")
_ORDER = re.compile(r"^[0-9一二三四五六七八九十]+[.、)）:：\s]+")


@dataclass(frozen=True)
class Match:
    """A column placed: its heading, and how sure that is, from 0 to 1, and why."""

    heading: str
    confidence: float
    why: str


def match_firm(columns: Sequence[SampledColumn]) -> dict[str, Match]:
    """Return the matches of the columns that describe a firm."""
    names = {name: [heading, *OTHER_NAMES[name].split()] for name, heading in FIRM_HEADINGS.items()}
    return _assigned(columns, names, _FIRM_VALUES)


def match_practices(columns: Sequence[SampledColumn]) -> dict[str, Match]:
    """Return the matches of the practices."""
    table = practices()
    headings = practice_headings()
    names = {
        str(name): [headings[str(name)], str(zh), str(label), str(name)]
        for name, zh, label in zip(table.index, table["name_zh"], table["label_zh"], strict=True)
    }
    values: dict[str, Callable[[str], object]] = {
        str(name): _ratio if kind == "ratio" else _yes_no for name, kind in table["kind"].items()
    }
    found = _assigned(columns, names, values)
    return {name: found[name] for name in names if name in found}


def match_long(columns: Sequence[SampledColumn], items: Iterable[str]) -> dict[str, Match]:
    """Return the matches of the columns item_id and score of a long layout."""
    known = {canonical(item) for item in items}
    names = {name: [head, *OTHER_LONG_NAMES[name].split()] for name, head in LONG_HEADINGS.items()}

    def is_item(text: str) -> object:
        return any(part in known for part in (canonical(text), *canonical(text).split("_", 1)))

    found = _assigned(columns, names, {"item_id": is_item, "score": lambda text: bool(text)})
    by_heading = {column.heading: column for column in columns}
    if "score" in found and score_set(by_heading[found["score"].heading].filled) is None:
        del found["score"]
    return found


def bare(heading: str) -> str:
    """Return a heading without its number, brackets and units, for comparison."""
    return squeezed(_UNIT.sub("", _ORDER.sub("", heading.strip())))


def _assigned(
    columns: Sequence[SampledColumn],
    names: dict[str, list[str]],
    values: dict[str, Callable[[str], object]],
) -> dict[str, Match]:
    """Give each name the column that fits it best, each column once, the surest first."""
    pairs: list[tuple[float, str, Match]] = []
    for name, known in names.items():
        for column in columns:
            named = _name_score(column.heading, known)
            if named < LEAST_NAME and name != "credit_code":
                continue
            fitting = _share(column.filled[:SAMPLE], values[name])
            if fitting < LEAST_VALUES and column.filled:
                continue
            sure = 0.6 * named / 100 + 0.4 * fitting
            if sure >= LEAST:
                why = f"name {named:.0f} %, values {fitting:.0%}"
                pairs.append((sure, name, Match(column.heading, round(sure, 2), why)))
    found: dict[str, Match] = {}
    taken: set[str] = set()
    for _, name, match in sorted(pairs, key=lambda pair: -pair[0]):
        if name not in found and match.heading not in taken:
            found[name] = match
            taken.add(match.heading)
    return found


def _name_score(heading: str, known: Sequence[str]) -> float:
    """Return how near a heading is to one of the names, 0 to 100."""
    key = bare(heading)
    best = 0.0
    for place, name in enumerate(known):
        other = bare(name)
        if squeezed(heading) == squeezed(name):
            return 100
        if key == other:
            best = max(best, 97 if place == 0 else 95)
        elif len(other) >= 2 and (key.startswith(other) or key.endswith(other)):
            best = max(best, 80 * (0.5 + 0.5 * len(other) / len(key)))
        else:
            best = max(best, fuzz.ratio(key, other) * 0.95)
    return best


def _share(texts: Sequence[str], reads: Callable[[str], object]) -> float:
    """Return the share of texts that a column of the kind could hold."""
    if not texts:
        return 0.5
    return sum(_can(reads, text) for text in texts) / len(texts)


def _can(reads: Callable[[str], object], text: str) -> bool:
    try:
        value = reads(text)
    except ValueError:
        return False
    return value is not None and value is not False


def _credit_code(text: str) -> bool:
    code = credit_code_of(text) or ""
    if code.startswith("SIM") and len(code) == 18:
        return True
    return len(code) == 18 and check_character(code[:17]) == code[17]


def _city(text: str) -> object:
    return city_of("", text)


def _number_of_persons(text: str) -> object:
    return quantity(PERSON_UNITS, "人", None, PERSON_UNITS["人"], "persons")(text)


def _money(text: str) -> object:
    return quantity(MONEY_UNITS, "万元", None, MONEY_UNITS["元"], "money")(text)


def _ratio(text: str) -> object:
    value = percentage(False, "a percentage")(text)
    return value is not None and 0 <= value <= 100


def _yes_no(text: str) -> bool:
    return yes_no_set([text]) is not None


_FIRM_VALUES: dict[str, Callable[[str], object]] = {
    "credit_code": _credit_code,
    "year": whole_year,
    "submitted_on": day_of,
    "province": province_of,
    "city": _city,
    "industry": industry_of,
    "process_type": lambda text: canonical(text) in {canonical(name) for name in TYPE_NAMES},
    "employees": _number_of_persons,
    "revenue": _money,
    **dict.fromkeys(BUSINESSES, _yes_no),
}
