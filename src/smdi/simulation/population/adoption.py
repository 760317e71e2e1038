"""Which practices a firm has, and how far its equipment is digital.

A firm's inclination to a practice is its capability plus noise, most of which stays with the firm,
so that practices persist between years. The exact number of adopters is what the printed share of
those asked demands, in each sector that the report shows and in the nation; the most inclined
adopt.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from smdi.simulation.assumptions import Assumptions
from smdi.simulation.counts.integers import Floats, Infeasible
from smdi.simulation.counts.targets import Targets
from smdi.simulation.streams import Streams
from smdi.standards import ALL_INDUSTRIES, divisions, practices, sectors

TENTHS = 10


@dataclass(frozen=True)
class Asked:
    """The firms of one year: firm (position), capability (standardised), sector, businesses."""

    year: int
    rows: np.ndarray
    firm: np.ndarray
    capability: Floats
    sector: np.ndarray
    has: dict[str, np.ndarray]


def make_practices(
    panel: pd.DataFrame,
    firms: pd.DataFrame,
    capability: Floats,
    targets: Targets,
    assumptions: Assumptions,
    streams: Streams,
) -> pd.DataFrame:
    """One column a practice, in the catalogue's order, a row a firm-year: 0 or 1, or a ratio in %.

    NaN where the firm was not asked: it lacks the business, or the year is before the baseline.
    """
    catalogue = practices()
    result = pd.DataFrame(np.nan, index=panel.index, columns=catalogue.index)
    for asked in _years(panel, firms, capability, assumptions):
        for name, practice in catalogue.iterrows():
            noise = _noise(str(name), asked, len(firms), assumptions, streams)
            base = asked.has[practice["base"]]
            if practice["kind"] == "ratio":
                values = _ratio(str(name), asked, noise, targets, assumptions)
            else:
                inclination = asked.capability + assumptions.practices.noise * noise
                values = _adopters(str(name), asked, base, inclination, targets, assumptions)
            column = np.full(len(asked.rows), np.nan)
            column[base] = values[base]
            result.loc[asked.rows, name] = column
    return result


def _years(
    panel: pd.DataFrame, firms: pd.DataFrame, capability: Floats, assumptions: Assumptions
) -> Iterator[Asked]:
    codes = list(assumptions.divisions)
    sector = divisions().loc[codes, "sector"].fillna("").to_numpy(dtype=object)
    for year in (assumptions.years.current, assumptions.years.baseline):
        rows = np.flatnonzero(panel["year"].to_numpy() == year)
        firm = panel["firm"].to_numpy()[rows]
        own = capability[rows]
        has = {name: firms[name].to_numpy()[firm] for name in ("design", "logistics")}
        has |= {name: firms[name].to_numpy()[firm] for name in ("sales", "service")}
        has["all"] = np.ones(len(rows), dtype=bool)
        yield Asked(
            year=year,
            rows=rows,
            firm=firm,
            capability=(own - own.mean()) / own.std(),
            sector=sector[firms["division"].to_numpy()[firm]],
            has=has,
        )


def _noise(
    name: str, asked: Asked, firms: int, assumptions: Assumptions, streams: Streams
) -> Floats:
    """Inclination that capability does not explain; most of it stays with the firm."""
    kept = assumptions.practices.kept
    own = streams("practice", name).standard_normal(firms)[asked.firm]
    fresh = streams("practice", name, asked.year).standard_normal(len(asked.firm))
    noise: Floats = np.sqrt(kept) * own + np.sqrt(1 - kept) * fresh
    return noise


def _adopters(
    name: str,
    asked: Asked,
    base: np.ndarray,
    inclination: Floats,
    targets: Targets,
    assumptions: Assumptions,
) -> Floats:
    """1 for the most inclined firms of each sector with a printed share and of the remainder."""
    adopts = np.zeros(len(base))
    number = _national(name, asked.year, int(base.sum()), targets, assumptions)
    rest = base.copy()
    for sector, label in sectors()["name_zh"].items():
        limit = targets.find(name, label, asked.year)
        if limit is None:
            continue
        members = base & (asked.sector == sector)
        count = limit.count(int(members.sum()))
        _adopt(adopts, members, count, inclination, name)
        rest &= ~members
        number -= count
    _adopt(adopts, rest, number, inclination, name)
    return adopts


def _national(name: str, year: int, base: int, targets: Targets, assumptions: Assumptions) -> int:
    limit = targets.find(name, ALL_INDUSTRIES, year)
    if limit is not None:
        return limit.count(base)
    rate = assumptions.practices.rates.get(year, {}).get(name)
    if rate is None:
        raise Infeasible(f"practice {name} in {year}: share neither printed nor assumed")
    return round(rate * base / 100)


def _adopt(adopts: Floats, members: np.ndarray, count: int, inclination: Floats, name: str) -> None:
    rows = np.flatnonzero(members)
    if not 0 <= count <= len(rows):
        raise Infeasible(f"practice {name}: {count} adopters among {len(rows)} firms")
    adopts[rows[np.argsort(-inclination[rows], kind="stable")[:count]]] = 1


def _ratio(
    name: str, asked: Asked, noise: Floats, targets: Targets, assumptions: Assumptions
) -> Floats:
    """A ratio in %, one decimal, rising with capability, with the printed mean over all firms."""
    settings = assumptions.practices
    mean = float(targets.require(name, ALL_INDUSTRIES, asked.year).middle)
    pattern = settings.ratio_slope * asked.capability + settings.ratio_spread * noise
    total = round(mean * TENTHS * len(pattern))
    tenths = _fitted(TENTHS * pattern, total)
    return tenths / TENTHS


def _fitted(pattern: Floats, total: int) -> np.ndarray:
    """Whole numbers in 0…1000 that follow the pattern and sum to the total."""
    low, high = -5000.0, 5000.0
    for _ in range(60):
        shift = (low + high) / 2
        if np.clip(pattern + shift, 0, 1000).sum() < total:
            low = shift
        else:
            high = shift
    values = np.rint(np.clip(pattern + low, 0, 1000)).astype(np.int64)
    missing = total - int(values.sum())
    step = 1 if missing > 0 else -1
    movable = np.flatnonzero((values > 0) & (values < 1000))
    values[movable[: abs(missing)]] += step
    if values.sum() != total:
        raise Infeasible("a ratio cannot be brought to its mean")
    return values
