"""Exhibits whose values or ranks are others in one run than in another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from smdi.workflow.differences.run import Run, Shown
from smdi.workflow.differences.values import SAME_UNIT, TOLERANCE

KEY = ["measure", "group", "year"]
RANK = "rank"
# What stands for the run's own scope in the key of a row.
OWN = "*"
COLUMNS = [*KEY, "unit", "old", "new", "difference", "difference_unit", "old_base", "new_base"]


@dataclass(frozen=True)
class ExhibitChange:
    """An exhibit in two runs; None where a run does not show it.

    `rows` has a row for each value that is another, see COLUMNS: in their unit, the difference in
    percentage points where that is percent; values are missing where a run has none or withholds
    it. `compared` is the number of values that both runs show.
    """

    name: str
    old: Shown | None
    new: Shown | None
    rows: pd.DataFrame
    compared: int

    @property
    def shown(self) -> Shown:
        """Return the exhibit of the new run, else of the old one."""
        found = self.new or self.old
        assert found is not None
        return found


@dataclass(frozen=True)
class RankChange:
    """A place in a ranking that moved; None where a run does not rank the group."""

    exhibit: str
    group: str
    year: int
    old: int | None
    new: int | None

    @property
    def moved(self) -> int:
        """Return by how many places, 0 where one is lacking."""
        return 0 if self.old is None or self.new is None else self.new - self.old


def exhibit_changes(old: Run, new: Run) -> Iterator[ExhibitChange]:
    """Yield every exhibit of the two runs that shows other values, in the order of the new run."""
    for name in dict.fromkeys((*new.exhibits, *old.exhibits)):
        before, after = old.exhibits.get(name), new.exhibits.get(name)
        if before is None or after is None:
            yield ExhibitChange(name, before, after, pd.DataFrame(columns=COLUMNS), 0)
            continue
        merged = _merged(before.frame, old.scope, after.frame, new.scope)
        rows = merged[_differs(merged)]
        if len(rows):
            compared = int((merged["old"].notna() & merged["new"].notna()).sum())
            yield ExhibitChange(name, before, after, rows.reset_index(drop=True), compared)


def rank_changes(changes: list[ExhibitChange]) -> list[RankChange]:
    """List the places that moved, the farthest first."""
    found = [
        RankChange(change.name, str(group), int(year), _place(before), _place(after))
        for change in changes
        for measure, group, year, before, after in change.rows[[*KEY, "old", "new"]].itertuples(
            index=False
        )
        if measure == RANK
    ]
    # A ranking may stand in a table and on a map: each place once.
    once: dict[tuple[object, ...], RankChange] = {}
    for one in found:
        once.setdefault((one.group, one.year, one.old, one.new), one)
    return sorted(once.values(), key=lambda change: (-abs(change.moved), change.exhibit))


def _merged(old: pd.DataFrame, scope: str, new: pd.DataFrame, new_scope: str) -> pd.DataFrame:
    before = old.assign(group=old["group"].replace(scope, OWN))
    after = new.assign(group=new["group"].replace(new_scope, OWN), place=range(len(new)))
    merged = after.merge(before, on=KEY, how="outer", suffixes=("_new", "_old"))
    merged = merged.sort_values("place", kind="stable")
    unit = merged["unit_new"].fillna(merged["unit_old"])
    rows = pd.DataFrame(
        {
            "measure": merged["measure"],
            "group": merged["group"].replace(OWN, new_scope),
            "year": merged["year"],
            "unit": unit,
            "old": merged["value_old"],
            "new": merged["value_new"],
            "difference": merged["value_new"] - merged["value_old"],
            "difference_unit": unit.replace(SAME_UNIT),
            "old_base": merged["base_old"].astype("Int64"),
            "new_base": merged["base_new"].astype("Int64"),
        }
    )
    return rows[COLUMNS]


def _differs(rows: pd.DataFrame) -> pd.Series:
    lacking = rows["old"].isna() != rows["new"].isna()
    return lacking | (rows["difference"].abs() >= TOLERANCE)


def _place(value: float) -> int | None:
    return None if pd.isna(value) else int(value)
