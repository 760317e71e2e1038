"""What an exhibit gives away by itself: ranks, order, and values that its data do not show.

The data that readers take away are the measure: a picture, a table or a sentence of the same
exhibit may show a number of theirs, rounded, and no other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from smdi.publishing.gate.attack.others import COUNT, SHARE
from smdi.publishing.gate.attack.statements import RANK
from smdi.publishing.gate.attack.tidy_rows import MOST_DECIMALS, Row
from smdi.publishing.gate.content import DRAWN, tables_in
from smdi.publishing.gate.findings import Finding, GatePolicy, clipped
from smdi.standards.terms import LEVEL_CLASSES

_NAME_KEYS = ("name", "label", "group", "series")
_VALUE_KEYS = ("value", "text")
_NUMBER = re.compile(r"[+\-−]?\d[\d,]*(?:\.\d+)?")
NUMERALS = "一两三四五六七八九"
# 家 also begins words that are no firms: 家具, 家用电器; but 2 家具有设计业务 are two.
_NO_FIRM = r"(?!具(?![有备])|用(?:电器|器具|纺织)|庭|居)"
# Each begins with one of some letters, and looks back from behind it: so it is found at once.
_FIRMS = re.compile(rf"(\d(?<![\d.,/].)\d*(?:,\d{{3}})*)\s*家{_NO_FIRM}")
_FIRMS_IN_NUMERALS = re.compile(rf"([{NUMERALS}])(?<![第每同].)家(?:企业|制造)")
# Three values fall by chance in one of six lists, six in one of 720.
FEWEST_IN_LIST, FEWEST_BY_CHANCE = 3, 6
LEVEL_SHARES = frozenset(f"share_level_{name}" for name in LEVEL_CLASSES)
_ONE = re.compile(r"(?:^|_)(?:largest|smallest|maximum|minimum|highest|lowest)(?:_|$)")


def withheld(rows: Sequence[Row]) -> Iterator[Finding]:
    """Yield what stands beside a withheld number and tells of it: a rank, a place in the order."""
    ranked = {
        (row.group, row.year): row.value for row in rows if row.measure == "rank" and row.value
    }
    if _is_of_what_is_shown(ranked, rows):
        ranked = {}
    kept = [row for row in rows if row.withheld and row.value is None]
    for row in kept:
        if row.unit in (COUNT, SHARE) and (row.group, row.year) in ranked:
            yield Finding(row.exhibit, row.place, "a rank", "beside a number that is withheld")
        if row.unit == COUNT and row.base:
            yield Finding(row.exhibit, row.place, f"a base of {row.base}", "of a withheld number")
        if row.noise:
            yield Finding(row.exhibit, row.place, f"an error of {row.noise}", "of a withheld value")
    for _, members in groupby(
        sorted(rows, key=lambda row: (row.measure, row.year, row.position)),
        key=lambda row: (row.measure, row.year),
    ):
        yield from _in_order(list(members), FEWEST_IN_LIST if ranked else FEWEST_BY_CHANCE)


def _is_of_what_is_shown(ranked: Mapping[tuple[str, int], float], rows: Sequence[Row]) -> bool:
    """Tell whether a number that is shown of all ranked groups explains their ranks."""
    shown: dict[str, dict[tuple[str, int], float]] = {}
    for row in rows:
        if row.measure != "rank" and row.value is not None:
            shown.setdefault(row.measure, {})[row.group, row.year] = row.value
    places = sorted(ranked, key=lambda key: ranked[key])
    return any(
        values.keys() >= ranked.keys()
        and all(values[one] >= values[next_] for one, next_ in pairwise(places))
        for values in shown.values()
    )


def _in_order(rows: list[Row], fewest: int) -> Iterator[Finding]:
    """Yield withheld rows that stand between shown ones, where these fall from row to row.

    `fewest` different values that fall are taken for an order, and fewer for chance.
    """
    shown = [row.value for row in rows if row.value is not None]
    falls = len(set(shown)) >= fewest and shown == sorted(shown, reverse=True)
    places = [at for at, row in enumerate(rows) if row.value is not None]
    for at, row in enumerate(rows):
        kept = row.withheld and row.value is None and row.unit != RANK
        if falls and kept and places[0] < at < places[-1]:
            how = "the rows around it are in order, which puts bounds on it"
            yield Finding(row.exhibit, row.place, "a withheld number in its place", how)


def unrounded(rows: Sequence[Row], policy: GatePolicy) -> Iterator[Finding]:
    """Yield shares and means of more digits than anybody needs: beside a base they are counts."""
    if policy.as_printed:
        return
    for row in rows:
        counts = row.unit in (COUNT, RANK) or not row.base
        if row.value is not None and row.decimals > MOST_DECIMALS and not counts:
            yield Finding(row.exhibit, row.place, f"{row.value!r}", "a value is not rounded")
        # With more than two digits it tells how many firms were assessed in both years.
        if row.noise and float(row.noise) != float(f"{float(row.noise):.1e}"):
            yield Finding(row.exhibit, row.place, f"an error of {row.noise}", "it is not rounded")


def beyond(
    rows: Sequence[Row], exhibit: Mapping[str, Any], spec: object, limits: Sequence[float]
) -> Iterator[Finding]:
    """Yield values that a table, a chart or the words of an exhibit have and its data have not.

    `limits` are numbers that a note may name: those from which groups are listed or shown.
    """
    if not any(row.base or row.withheld for row in rows):
        return  # its values are of the standard, or of facts, and no firm stands behind them
    name = rows[0].exhibit
    known = [row.value for row in rows if row.value is not None]
    known += [float(number) for row in rows for number in (row.base, row.year)]
    known += _left(rows)
    words = " ".join(str(exhibit.get(key, "")) for key in ("alt", "title", "note"))
    places = {
        "table": _cells(exhibit.get("table", {})),
        "spec": _values(spec),
        "words": (number for number in _FIRMS.findall(words) if _plain(number) not in limits),
    }
    for place, texts in places.items():
        for text in texts:
            if not _is_known(text, known):
                yield Finding(name, place, clipped(text), "its data have no such value")


def _left(rows: Sequence[Row]) -> list[float]:
    """Return what the shown classes of levels leave of 100 % of each group: anybody can take it."""
    left: dict[tuple[str, int], float] = {}
    for row in rows:
        if row.unit == SHARE and row.measure in LEVEL_SHARES:
            at = row.group, row.year
            left[at] = left.get(at, 100.0) - (row.value or 0.0)
    return list(left.values())


def _cells(table: Mapping[str, Any]) -> Iterator[str]:
    """Yield the numbers in columns of numbers."""
    columns = table.get("columns", ())
    numeric = [at for at, column in enumerate(columns) if column.get("align") == "right"]
    for row in table.get("rows", ()):
        for at in numeric:
            if at < len(row) and _NUMBER.fullmatch(str(row[at]).strip()):
                yield str(row[at]).strip()


def _values(spec: object) -> Iterator[str]:
    """Yield the values of a chart's own data."""
    datasets = spec.get("datasets", {}) if isinstance(spec, Mapping) else {}
    for table in tables_in({k: v for k, v in datasets.items() if k not in DRAWN}):
        named = any(key in _NAME_KEYS for key in table.columns)
        wanted = [at for at, key in enumerate(table.columns) if named and key in _VALUE_KEYS]
        for row in table.rows:
            for at in wanted:
                if _NUMBER.fullmatch(row[at].strip()):
                    yield row[at].strip()


def _is_known(text: str, known: Sequence[float]) -> bool:
    """Tell whether a number, as precise as it is written, is one of the data's."""
    value, half = _plain(text), 0.5 * 10.0 ** -len(text.partition(".")[2]) + 1e-9
    return any(abs(abs(value) - abs(other)) <= half for other in known)


def _plain(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def few_in_words(text: str, policy: GatePolicy, public: frozenset[int]) -> Iterator[str]:
    """Yield numbers of few firms in a text; `public` ones are printed in the report."""
    found = [(number, _plain(number)) for number in _FIRMS.findall(text)]
    found += [(word, NUMERALS.index(word) + 1) for word in _FIRMS_IN_NUMERALS.findall(text)]
    for told, firms in found:
        if 0 < firms < policy.minimum and firms not in public:
            yield f"{told} 家"


def named_value(
    key: str, record: Mapping[str, Any], policy: GatePolicy, public: frozenset[int]
) -> Iterator[Finding]:
    """Yield what a named value tells, in its words and behind them."""
    for text in few_in_words(str(record.get("text", "")), policy, public):
        yield Finding("numbers.json", key, text, "few firms, in words")
    value, withheld = record.get("value"), record.get("state") == "withheld"
    if value is not None and withheld:
        yield Finding("numbers.json", key, f"{value}", "the value of what is withheld")
    few = value is not None and 0 < abs(value) < policy.minimum and value not in public
    if few and record.get("unit") == COUNT:
        yield Finding("numbers.json", key, f"{value}", "few firms, behind the words")


def of_one_firm(rows: Sequence[Row]) -> Iterator[Finding]:
    """Yield the greatest and the least of something: it is what one firm has."""
    for row in rows:
        if _ONE.search(row.measure) and row.value is not None:
            yield Finding(row.exhibit, row.place, f"{row.value!r}", "the value of one firm")
