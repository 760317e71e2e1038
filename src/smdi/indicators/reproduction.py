"""Each published number beside the computed one, and whether they agree.

A fact answers to the computed row of the same exhibit, measure, group and year. Some measures say
how: a name that ends in one of these is a statement about the measure without the ending.
    …_over          printed as "more than": the computed value is greater
    …_from, …_to    ends of a printed range: the computed value, at the printed decimals, is within
    title_rows      the TOP n of a title: no row of the exhibit has a rank beyond n, and there are
                    at least n rows (a tie at the end makes them more)
All others must round, half up, to the number as printed, to its last digit.

Statuses: `reproduced`; `contradicted`, when a named audit rule proves that the fact and its partner
cannot both hold and the computed value is one that the partner implies; `pending`, when nothing is
computed and the exhibit is one of those not built yet; `differs` in every other case.

A number that nothing else in the report binds is reproduced by construction. `binding` tells them
apart: `bound` (the others leave it a few last digits), `loose` (they leave it a range), `free`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

import pandas as pd

from smdi.errors import InputErrors, Problem
from smdi.indicators.precision.rounding import half_up, printed_decimals
from smdi.published.facts import fact_id

STATUSES = ("reproduced", "contradicted", "differs", "pending")
COLUMNS = [
    "exhibit",
    "measure",
    "group",
    "year",
    "printed",
    "computed",
    "status",
    "partner",
    "grade",
    "binding",
]
COMPUTED_COLUMNS = ["exhibit", "measure", "group", "year", "value", "unit", "base"]
KEY = ["exhibit", "measure", "group", "year"]
SUFFIXES = ("_over", "_from", "_to")
TOLERANCE = 1e-9  # noise of a subtraction at the end of an implied interval

Key = tuple[str, str, str, int]
Values = Mapping[Key, float]


class PrintedFact(Protocol):
    """A row of a facts file."""

    exhibit: str
    measure: str
    group: str
    year: int
    printed: str


def reproduce(
    facts: pd.DataFrame,
    computed: pd.DataFrame,
    contradictions: pd.DataFrame,
    pending: Iterable[str] = (),
    bindings: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Compare every fact with its computed value.

    `facts` as `smdi.published.read_facts` gives them (index fact id); `computed` with
    COMPUTED_COLUMNS, as chapters write them; `contradictions` with fact_id and partner_id and, as
    `smdi.published.contradictions` gives them, severity, implied_low and implied_high, the ends of
    the values that the partner implies; `pending` names exhibits, or single facts, that are not
    built yet; `bindings` says by fact id how the other facts bind it.
    Returns a frame of COLUMNS in the order of `facts`, index fact id; `computed` is text at the
    printed decimals, empty when there is none; `partner` lists partner ids joined by " | ";
    `grade` is the severity of the contradiction; `binding` is empty where it is not known.
    """
    values = computed_values(computed)
    partners = _partners(contradictions)
    waiting = set(pending)
    bound = bindings or {}
    rows = []
    for fact in _rows(facts):
        shown, agrees = compare(fact, values)
        name = str(fact.Index)
        own = partners.get(name)
        follows = own is not None and own.implies(_value(fact, values))
        is_pending = bool({fact.exhibit, name} & waiting)
        status = _status(agrees, bool(shown), follows, is_pending)
        told = ("", "") if own is None or status != "contradicted" else (own.ids, own.grade)
        key = [fact.exhibit, fact.measure, fact.group, fact.year]
        rows.append([*key, fact.printed, shown, status, *told, bound.get(name, "")])
    return pd.DataFrame(rows, columns=COLUMNS, index=facts.index)


def computed_values(computed: pd.DataFrame) -> Values:
    """Return key -> unrounded value; InputErrors when two chapters disagree about one key."""
    values: dict[Key, float] = {}
    problems = []
    for row in _rows(computed):
        key = (row.exhibit, row.measure, row.group, int(row.year))
        if math.isnan(row.value):
            continue
        if values.setdefault(key, row.value) != row.value:
            name = fact_id(*key)
            expected = f"one value for {name}; another chapter has {values[key]!r}"
            problems.append(Problem("computed rows", None, "value", row.value, expected))
    InputErrors.raise_if(problems)
    return values


def compare(fact: PrintedFact, values: Values) -> tuple[str, bool]:
    """Return (computed value as text at the printed decimals, whether it agrees) for one fact.

    `fact` has exhibit, measure, group, year and printed; ('', False) when nothing is computed.
    """
    key: Key = (fact.exhibit, fact.measure, fact.group, int(fact.year))
    printed, digits = Decimal(fact.printed), printed_decimals(fact.printed)
    if fact.measure == "title_rows":
        return _title(fact.exhibit, int(printed), values)
    if key in values:
        rounded = half_up(values[key], digits)
        return f"{rounded:f}", rounded == printed
    suffix = next((end for end in SUFFIXES if fact.measure.endswith(end)), "")
    stated: Key = (fact.exhibit, fact.measure.removesuffix(suffix), fact.group, int(fact.year))
    if not suffix or stated not in values:
        return "", False
    rounded = half_up(values[stated], digits)
    holds = {
        "_over": Decimal(repr(values[stated])) > printed,
        "_from": rounded >= printed,
        "_to": rounded <= printed,
    }
    return f"{rounded:f}", holds[suffix]


def agrees_with_print(value: float, printed: str) -> bool:
    """Tell whether a value rounds to the number as printed."""
    return half_up(value, printed_decimals(printed)) == Decimal(printed)


def summary(reproduction: pd.DataFrame) -> pd.DataFrame:
    """Count facts by exhibit (in order of the facts) and status; all statuses are columns."""
    counts = pd.crosstab(reproduction["exhibit"], reproduction["status"])
    order = reproduction["exhibit"].drop_duplicates()
    return counts.reindex(index=order, columns=list(STATUSES), fill_value=0)


def _status(agrees: bool, is_computed: bool, follows: bool, is_pending: bool) -> str:
    if agrees:
        return "reproduced"
    if is_computed:
        return "contradicted" if follows else "differs"
    return "pending" if is_pending else "differs"


def _rows(frame: pd.DataFrame) -> Iterator[Any]:
    """Rows by attribute; pandas cannot know their types."""
    return iter(frame.itertuples())


@dataclass(frozen=True)
class _Partners:
    """What a contradicted fact gives way to, and the values that this implies."""

    ids: str
    grade: str
    low: float
    high: float

    def implies(self, value: float | None) -> bool:
        """Whether a computed value is one of those implied; a title's is not checked."""
        if value is None:
            return True
        return self.low - TOLERANCE <= value <= self.high + TOLERANCE


def _partners(contradictions: pd.DataFrame) -> dict[str, _Partners]:
    found: dict[str, _Partners] = {}
    columns = ["fact_id", "partner_id", "severity", "implied_low", "implied_high"]
    table = contradictions.reindex(columns=columns).astype("object")
    table = table.where(table.notna(), "").drop_duplicates()
    for row in _rows(table.sort_values(["fact_id", "partner_id"])):
        before = found.get(row.fact_id)
        ids = row.partner_id if before is None else f"{before.ids} | {row.partner_id}"
        low = float(row.implied_low or -math.inf)
        high = float(row.implied_high or math.inf)
        found[row.fact_id] = _Partners(ids, row.severity, low, high)
    return found


def _value(fact: PrintedFact, values: Values) -> float | None:
    """The unrounded value that a fact is compared with."""
    suffix = next((end for end in SUFFIXES if fact.measure.endswith(end)), "")
    for measure in (fact.measure, fact.measure.removesuffix(suffix)):
        value = values.get((fact.exhibit, measure, fact.group, int(fact.year)))
        if value is not None:
            return value
    return None


def _title(exhibit: str, title: int, values: Values) -> tuple[str, bool]:
    ranks = [value for key, value in values.items() if key[:2] == (exhibit, "rank")]
    if not ranks:
        return "", False
    holds = max(ranks) <= title <= len(ranks)
    return str(title if holds else len(ranks)), holds
