"""Named values that read otherwise in one run than in another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from smdi.disclosure.pattern import DECIMALS
from smdi.indicators.precision.rounding import half_up
from smdi.report.text.language import words
from smdi.report.values import amount
from smdi.workflow.differences.run import Run

POINTS = "百分点"
# Two values of exhibits are the same when they differ by less than the last decimal that disclosure
# control leaves: one of them may have been cut to it.
TOLERANCE = 10.0**-DECIMALS
SAME_UNIT = {"%": POINTS, "‰": "千分点"}


@dataclass(frozen=True)
class ValueChange:
    """A named value in two runs: its number (None where it has none) and how it reads.

    `old` and `new` are in `unit`; `difference` is that of the values as they are printed, in
    percentage points where the unit is percent. `old_text` is None where a run has no such value.
    `old_simulated` tells whether it is simulated and not in print.
    """

    key: str
    unit: str
    digits: int
    old: float | None
    new: float | None
    old_text: str | None
    new_text: str | None
    old_simulated: bool = False
    new_simulated: bool = False

    @property
    def chapter(self) -> str:
        """Return the chapter that names the value."""
        return self.key.partition(".")[0]

    @property
    def difference(self) -> float | None:
        """Return new less old, both rounded as they are printed; None where one is lacking."""
        if self.old is None or self.new is None:
            return None
        return float(half_up(self.new, self.digits) - half_up(self.old, self.digits))

    @property
    def difference_unit(self) -> str:
        """Return the unit of the difference."""
        return SAME_UNIT.get(self.unit, self.unit)

    @property
    def difference_text(self) -> str:
        """Return the difference with sign and unit, '' where there is none."""
        if self.difference is None:
            return ""
        sign = "+" if self.difference > 0 else "−" if self.difference < 0 else ""
        return sign + amount(abs(self.difference), self.difference_unit, self.digits)

    @property
    def weight(self) -> float:
        """Return how large the change is beside others: points of a share, or percent of a number.

        A value that can be said in one run alone weighs as much as a whole.
        """
        if self.difference is None or self.old is None:
            return 100.0
        if self.unit in SAME_UNIT or self.unit == POINTS:
            return abs(self.difference)
        return min(100 * abs(self.difference) / max(abs(self.old), 1e-9), 100.0)


def value_changes(old: Run, new: Run) -> Iterator[ValueChange]:
    """Yield the named values that do not read the same, in the order of the new run's keys."""
    for key in dict.fromkeys((*new.records, *old.records)):
        before, after = old.records.get(key), new.records.get(key)
        kinds = {record["kind"] for record in (before, after) if record}
        if kinds != {"number"} or _text(before) == _text(after):
            continue
        known = after or before or {}
        digits = max(record["digits"] for record in (before, after) if record)
        yield ValueChange(
            key,
            known["unit"],
            digits,
            old=before["value"] if before else None,
            new=after["value"] if after else None,
            old_text=_text(before),
            new_text=_text(after),
            old_simulated=bool(before and before["simulated"]),
            new_simulated=bool(after and after["simulated"]),
        )


def _text(record: dict[str, Any] | None) -> str | None:
    """Return how a record reads; one without value reads as its state."""
    if record is None:
        return None
    states = {"missing": words().states.missing, "withheld": words().states.withheld}
    return str(record["text"] or states.get(record["state"], ""))
