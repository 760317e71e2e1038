"""How mature the assessed firms are: shares of the four level classes, by year and by type."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from smdi.indicators.firms import Firms
from smdi.indicators.population import Population
from smdi.indicators.precision.noise import difference_error
from smdi.indicators.tidy import Row, difference, share, tidy
from smdi.standards import LEVEL_CLASSES, ProcessType, level_classes_in

TYPES: tuple[tuple[ProcessType, str], ...] = (("discrete", "离散型"), ("process", "流程型"))
# The classes that levels are told in, finest first; the whole is made of each.
DETAILS = (LEVEL_CLASSES, ("le1", "2", "ge3"), ("le1", "ge2"))
SHARES = tuple(f"share_level_{name}" for name in LEVEL_CLASSES)


def class_share(firms: Firms, name: str, group: str, year: int) -> Row:
    """Return the share of firms in a class of levels: le1 2 3 ge4, or ge2 ge3 2_3."""
    among = firms.where(level_class=level_classes_in(name))
    return share(f"share_level_{name}", group, year, among, firms)


def class_shares(firms: Firms, group: str, year: int) -> list[Row]:
    """Return the four shares that make up the whole, in the order of the levels."""
    return [class_share(firms, name, group, year) for name in LEVEL_CLASSES]


def only(frame: pd.DataFrame, measures: Sequence[str] = SHARES) -> pd.DataFrame:
    """Keep the rows of some measures, the four shares unless said otherwise (for a chart)."""
    return frame[frame["measure"].isin(measures)].reset_index(drop=True)


def national_level_shares(pop: Population) -> pd.DataFrame:
    """Exhibit fig-04: the four shares of every year of the data, oldest first."""
    rows = [
        row
        for year in pop.years
        for row in class_shares(pop.assessed_in(year), pop.scope_name, year)
    ]
    return tidy(rows, "fig-04", pop)


def level_shares_beside_nation(pop: Population) -> pd.DataFrame:
    """Return the four shares of every year, and those of the nation this year."""
    nation = pop.nation
    whole = tidy(class_shares(nation.current, nation.scope_name, pop.year), "text", pop)
    return pd.concat([national_level_shares(pop), whole], ignore_index=True)


def level_changes(pop: Population) -> pd.DataFrame:
    """Exhibit `text`: what the shares of the scope changed since the baseline year.

    Measures `share_level_le1_decrease`, `share_level_ge3_increase` (百分点, positive when it
    fell, or rose) and the signed `share_level_*_change` of the four classes.
    """
    group = pop.scope_name
    classes = (*LEVEL_CLASSES, "ge3")
    errors = {name: class_error(pop.current, pop.baseline, name) for name in classes}
    pairs = {name: class_pair(pop, name, group) for name in classes}
    rows = [
        falling("share_level_le1_decrease", *pairs["le1"], errors["le1"]),
        difference("share_level_ge3_increase", *pairs["ge3"], error=errors["ge3"]),
        *(
            difference(f"share_level_{name}_change", *pairs[name], error=errors[name])
            for name in LEVEL_CLASSES
        ),
    ]
    return tidy(rows, "text", pop)


def class_error(now: Firms, before: Firms, name: str) -> float:
    """Return the standard error of the difference that two groups have in the share of a class."""
    members = level_classes_in(name)
    own, their = (100.0 * firms.meet_all(level_class=members) for firms in (now, before))
    return difference_error(own, now["firm"], their, before["firm"])


def class_pair(pop: Population, name: str, group: str) -> tuple[Row, Row]:
    """Return the share of a class this year and in the baseline year."""
    now = class_share(pop.current, name, group, pop.year)
    return now, class_share(pop.baseline, name, group, pop.baseline_year)


def falling(measure: str, now: Row, before: Row, error: float = math.nan) -> Row:
    """Return by how much a share fell: before minus now, dated now."""
    fall = difference(measure, now, before, error=error)
    return replace(fall, value=-fall.value)


def types_present(pop: Population) -> list[str]:
    """Return which of 离散型 and 流程型 some firm assessed this year is."""
    kinds = set(pop.current.counts("process_type").index)
    return [name for kind, name in TYPES if kind in kinds]


def level_shares_by_type(pop: Population) -> pd.DataFrame:
    """Exhibit fig-05: the four shares of discrete and process firms, and the leads of discrete.

    Leads (百分点, group 离散型): `share_level_2_3_lead` and `share_level_ge4_lead`, signed,
    discrete minus process; `share_level_le1_lead` likewise (negative is the better).
    """
    firms = {name: pop.current.where(process_type=kind) for kind, name in TYPES}
    rows = [row for name, some in firms.items() for row in class_shares(some, name, pop.year)]
    for name in ("le1", "2_3", "ge4"):
        discrete, process = (class_share(some, name, g, pop.year) for g, some in firms.items())
        error = class_error(firms["离散型"], firms["流程型"], name)
        rows.append(difference(f"share_level_{name}_lead", discrete, process, error=error))
    return tidy(rows, "fig-05", pop)
