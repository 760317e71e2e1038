"""Two groups of firms compared measure by measure, as their values print."""

from __future__ import annotations

import pandas as pd

from smdi.indicators.rounding import half_up
from smdi.report.charts import measure_label
from smdi.report.text.quoting import Unsayable


def higher_measures(frame: pd.DataFrame, group: str, than: str, digits: int) -> dict[str, bool]:
    """Return the label of each measure -> whether `group` prints higher than `than`.

    Measures that are not known for both are left out. Unsayable where none is known for both:
    `withheld`; or `inapplicable`, when a group has no firms; or `missing`. Unsayable `single` where
    the two are the same firms.
    """
    rows = frame[frame["group"].isin([group, than])]
    values = rows.pivot(index="measure", columns="group", values="value")
    known = values.reindex(rows["measure"].unique()).dropna()
    if known.shape[1] < 2 or known.empty:
        raise Unsayable(_state(rows))
    if _same_firms(rows):
        raise Unsayable("single")
    return {
        measure_label(str(measure)): half_up(float(mine), digits) > half_up(float(other), digits)
        for measure, mine, other in zip(known.index, known[group], known[than], strict=True)
    }


def _state(rows: pd.DataFrame) -> str:
    if rows["withheld"].any():
        return "withheld"
    sizes = rows.groupby("group")["base"].sum()
    return "inapplicable" if len(sizes) < 2 or sizes.eq(0).any() else "missing"


def _same_firms(rows: pd.DataFrame) -> bool:
    """Tell whether both groups have the same bases and the same means throughout."""
    sides = rows.groupby("measure")[["base", "value"]].nunique()
    return bool((sides <= 1).all(axis=None))
