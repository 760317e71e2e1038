"""The record of a simulation: every target beside what the scored firms show, and what is left.

Facts are kept when the recount rounds to the number as printed. A fact that the audit proves unable
to hold beside its partner is listed with its own value; any other residual is an error.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pandas as pd

from smdi.published import decimals
from smdi.simulation.assumptions import Assumptions
from smdi.simulation.comparison import comparison, participants
from smdi.simulation.counts.participants import named_provinces
from smdi.simulation.counts.plan import Plan
from smdi.simulation.counts.targets import Targets
from smdi.simulation.recount import Recount
from smdi.standards import LEVEL_CLASSES, NATION

EXACT_DECIMALS = 11  # decimals beyond which a difference of two shares is floating point


@dataclass(frozen=True)
class Outcome:
    """One fact: as printed, as recounted, and the residual in units of the fact.

    `status` is `kept`, `contradicted`, `missed`, or `setting` (a threshold or a title, no property
    of the firms). `residual` is zero where the value prints as published, or obeys the bound.
    """

    fact: str
    target: str
    achieved: float | None
    residual: float | None
    status: str


def outcomes(targets: Targets, recount: Recount) -> list[Outcome]:
    """Return the outcome of every fact, in the order of the facts."""
    result = []
    rows: Iterable[Any] = targets.facts.itertuples()
    for fact in rows:
        value = recount.value(fact.exhibit, fact.measure, fact.group, fact.year)
        name = str(fact.Index)
        if value is None:
            result.append(Outcome(name, fact.printed, None, None, "setting"))
            continue
        residual = float(_residual(value, fact.printed, fact.measure))
        status = "kept" if residual == 0 else "missed"
        if status == "missed" and name in targets.contradicted:
            status = "contradicted"
        result.append(Outcome(name, fact.printed, round(value, EXACT_DECIMALS), residual, status))
    return result


def _residual(value: float, printed: str, measure: str) -> Decimal:
    exact = Decimal(repr(round(value, EXACT_DECIMALS)))
    target = Decimal(printed)
    unit = Decimal(1).scaleb(-decimals(printed))
    rounded = exact.quantize(unit, ROUND_HALF_UP)
    if measure.endswith("_over"):  # more than the bound, not as much as it
        return Decimal(0) if exact > target else exact - target - unit
    if measure.endswith("_from"):
        return min(Decimal(0), rounded - target)
    if measure.endswith("_to"):
        return max(Decimal(0), rounded - target)
    return rounded - target


def orders(
    targets: Targets, assumptions: Assumptions, plan: Plan, recount: Recount
) -> list[dict[str, Any]]:
    """Return the orders that the report states in words: as stated, as recounted, whether kept.

    Where printed numbers deny a stated order, `expected` is what they leave of it.
    """
    year = assumptions.years.current
    growth = recount.growth()
    threshold = targets.numbers("sample_threshold", year, "text")[NATION]
    ranked = [c for c in recount.leading_divisions(threshold) if c not in plan.order.left_out]
    named = named_provinces(targets, year)
    totals = plan.regions.groupby("province")["participants"].sum()
    code = {name: recount.province_code(name) for name in named}
    planned = sorted(named, key=lambda name: -int(totals[code[name]]))
    counts = recount.participants["province"].value_counts()
    rows: dict[str, tuple[Sequence[str], Sequence[str], list[str]]] = {
        "growth": (assumptions.orders.growth, assumptions.orders.growth, list(growth.index)),
        "leading_divisions": (
            assumptions.orders.leading_divisions,
            plan.order.leading,
            ranked,
        ),
        "participants": (
            named,
            planned,
            sorted(named, key=lambda name: -int(counts[code[name]])),
        ),
    }
    return [
        {
            "order": name,
            "stated": list(stated),
            "expected": list(expected),
            "found": found[: len(expected)],
            "kept": found[: len(expected)] == list(expected),
        }
        for name, (stated, expected, found) in rows.items()
    ]


def claims(targets: Targets, assumptions: Assumptions, recount: Recount) -> list[dict[str, Any]]:
    """Return what the report says without a number or by leaving out, and whether it holds."""
    year = assumptions.years.current
    table = targets.facts["exhibit"] == "tab-cities"
    cities = targets.facts.loc[table & (targets.facts["measure"] == "rank"), "group"]
    listed = targets.numbers("firms", year, "tab-sme-classes")
    threshold = targets.numbers("sample_threshold", year, "tab-sme-classes")[NATION]
    gaps = recount.sme_domain_gaps(year)
    rows = {
        "city_table_is_complete": recount.leading_cities(year, cities.nunique()) == set(cities),
        "class_table_is_complete": recount.sme_classes_over(year, threshold)
        == {group.split(" ")[0] for group in listed},
        "small_firms_score_lower_in_every_domain": bool((gaps < 0).all()),
    }
    return [{"claim": name, "kept": kept} for name, kept in rows.items()]


def inferred(plan: Plan, assumptions: Assumptions) -> dict[str, Any]:
    """Return the whole numbers that were worked out behind printed shares."""
    names = dict(enumerate(LEVEL_CLASSES))
    years = assumptions.years
    return {
        "levels": {
            str(year): {names[i]: int(n) for i, n in enumerate(counts)}
            for year, counts in plan.levels.items()
        },
        "types": {
            kind: {names[i]: int(n) for i, n in enumerate(row)}
            for kind, row in zip(("discrete", "process"), plan.types, strict=True)
        },
        "large": {names[i]: int(n) for i, n in enumerate(plan.large)},
        "divisions": {
            str(year): {
                code: {name: int(n) for name, n in row.items()}
                for code, row in plan.divisions[year].iterrows()
            }
            for year in (years.current, years.baseline)
        },
        "printed_divisions": [
            code for code, own in assumptions.divisions.items() if own.level_ge2 is None
        ],
    }


def panel_sizes(panel: pd.DataFrame, assumptions: Assumptions) -> dict[str, int]:
    """Return how many firms answered in each year and again."""
    years = assumptions.years
    firms = {year: set(panel.loc[panel["year"] == year, "firm"]) for year in years.all}
    now, then, first = (firms[year] for year in years.all)
    return {
        "participants": len(now | then | first),
        "participants_before": len(then | first),
        "assessed_current": len(now),
        "assessed_baseline": len(then),
        "assessed_first": len(first),
        "current_and_baseline": len(now & then),
        "all_three_years": len(now & then & first),
        "new": len(now - then - first),
        "gone": len((then | first) - now),
    }


def calibration_record(
    targets: Targets,
    assumptions: Assumptions,
    plan: Plan,
    panel: pd.DataFrame,
    recount: Recount,
    seed: int,
) -> dict[str, Any]:
    """Return the whole record, ready for JSON."""
    found = outcomes(targets, recount)
    counts = pd.Series([outcome.status for outcome in found]).value_counts()
    return {
        "seed": seed,
        "facts": targets.file,
        "summary": {name: int(n) for name, n in sorted(counts.items())},
        "panel": panel_sizes(panel, assumptions),
        "inferred": inferred(plan, assumptions),
        "orders": orders(targets, assumptions, plan, recount),
        "claims": claims(targets, assumptions, recount),
        "comparison": comparison(recount, assumptions),
        "participants": participants(plan, targets),
        "assumptions": assumptions.model_dump(mode="json"),
        "outcomes": [asdict(outcome) for outcome in found],
    }


def failures(content: dict[str, Any]) -> list[str]:
    """Return what went wrong, a line each; empty when every target is kept."""
    lines = [
        f"{row['fact']}: printed {row['target']}, found {row['achieved']}"
        for row in content["outcomes"]
        if row["status"] == "missed"
    ]
    lines += [
        f"order of {row['order']}: stated {row['stated']}, found {row['found']}"
        for row in content["orders"]
        if not row["kept"]
    ]
    lines += [f"claim {row['claim']} does not hold" for row in content["claims"] if not row["kept"]]
    return lines
