"""Two editions side by side: what is new, gone, restated, or moved beyond noise.

Every value that an exhibit shows is looked at twice. Of the same year, both editions should say the
same: where they do not, the later one *restates* it. Of the year of each edition's own, a value may
have *moved*, or differ *within its noise*; of a value without a known error it is *open*.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from smdi.workflow.differences.run import Run
from smdi.workflow.differences.values import SAME_UNIT, TOLERANCE

KEY = ["exhibit", "measure", "group"]
KINDS = ("restated", "moved", "open", "within_noise", "new", "gone")
SHOWN = [*KEY, "year", "value", "unit", "base", "error"]
COLUMNS = ["kind", *KEY, "old_year", "new_year", "unit", "old", "new", "difference"]
COLUMNS += ["difference_unit", "error", "old_base", "new_base"]
# Differences beyond so many standard errors have moved: 95 % of what chance does stays below.
ERRORS = 1.96
RANK = "rank"
# In percent, and no share of anything.
GROWTH = "growth"


def compare(old: Run, old_year: int, new: Run, new_year: int) -> pd.DataFrame:
    """Return COLUMNS, a row a value, in the order of KINDS and then of the later edition.

    `difference` is new less old in `difference_unit` (percentage points where the unit is percent),
    `error` its standard error in the same unit, missing where none is known. Ranks are left out:
    they follow from the values. A value without any counterpart of its group is new or gone.
    """
    before, after = _rows(old), _rows(new)
    both = after.merge(before, on=[*KEY, "year"], suffixes=("_new", "_old"))
    restated = both[(both["value_new"] - both["value_old"]).abs() >= TOLERANCE]
    own_before = before[before["year"] == old_year]
    own_after = after[after["year"] == new_year]
    own = own_after.merge(
        own_before, on=KEY, how="outer", suffixes=("_new", "_old"), indicator=True
    )
    found = [
        _table(restated.assign(year_new=restated["year"], year_old=restated["year"]), "restated"),
        _judged(_table(own[own["_merge"] == "both"], "")),
        _table(own[own["_merge"] == "left_only"], "new"),
        _table(own[own["_merge"] == "right_only"], "gone"),
    ]
    rows = pd.concat([frame for frame in found if len(frame)] or [pd.DataFrame(columns=COLUMNS)])
    places = rows["kind"].map({kind: place for place, kind in enumerate(KINDS)})
    order = rows.assign(place=places).sort_values("place", kind="stable")
    return order[COLUMNS].reset_index(drop=True)


def noise(rows: pd.DataFrame) -> pd.Series:
    """Return the standard error of the difference of two values, each over firms of its own.

    `rows` has value, unit and base by side (`value_old`, …), and `error_old` where an exhibit gives
    one. Of shares without one it is that of a binomial over the firms of the base, of counts that
    of a Poisson count; missing for all else. The firms of both years are taken as others, which is
    more cautious than to follow the same firms.
    """
    return (_variance(rows, "old") + _variance(rows, "new")) ** 0.5


def _variance(rows: pd.DataFrame, side: str) -> pd.Series:
    value, unit = rows[f"value_{side}"].astype(float), rows[f"unit_{side}"]
    base = rows[f"base_{side}"].astype(float)
    shares = unit.isin(SAME_UNIT) & (rows["measure"] != GROWTH)
    binomial = value * (100 - value) / base.where(base > 0)
    made = binomial.where(shares, value.where(unit == "家"))
    return (rows[f"error_{side}"].astype(float) ** 2).fillna(made)


def _rows(run: Run) -> pd.DataFrame:
    """Return the values of all exhibits of a run that were said; the whole scope's group is one."""
    frames = [shown.frame.assign(exhibit=name) for name, shown in run.exhibits.items()]
    if not frames:
        return pd.DataFrame(columns=SHOWN)
    # Each side has every column, or a merge would not tell an error's side from the other.
    rows = pd.concat(frames).reindex(columns=SHOWN)
    rows = rows[rows["value"].notna() & (rows["measure"] != RANK)]
    return rows.drop_duplicates([*KEY, "year"])


def _table(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Bring merged rows, whose columns end in _old and _new, into COLUMNS."""
    unit = rows["unit_new"].fillna(rows["unit_old"])
    made = pd.DataFrame(
        {
            "kind": kind,
            **{name: rows[name] for name in KEY},
            "old_year": rows["year_old"].astype("Int64"),
            "new_year": rows["year_new"].astype("Int64"),
            "unit": unit,
            "old": rows["value_old"].astype(float),
            "new": rows["value_new"].astype(float),
            "difference": (rows["value_new"] - rows["value_old"]).astype(float),
            "difference_unit": unit.replace(SAME_UNIT),
            "old_base": rows["base_old"].astype("Int64"),
            "new_base": rows["base_new"].astype("Int64"),
        }
    )
    made["error"] = noise(rows)
    return made[COLUMNS]


def _judged(rows: pd.DataFrame) -> pd.DataFrame:
    """Tell what moved from what is within its noise; such as did not change at all are left out."""
    moved = rows["difference"].abs() > ERRORS * rows["error"]
    kinds = np.select([rows["error"].isna(), moved], ["open", "moved"], "within_noise")
    return rows.assign(kind=kinds)[rows["difference"].abs() >= TOLERANCE]
