"""How many columns a legend has, so that none of its names is cut off at the edge of a box."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from smdi.report import theme
from smdi.report.charts.frames import room

# Pixels beside each name: its symbol, and air.
SYMBOL = 20
# Most columns in a narrow box.
NARROW_COLUMNS = 2


def legend_columns(names: Sequence[str], labels: Sequence[str]) -> dict[str, Any]:
    """Return what `theme.finish` is told of the legend beside whose left end `labels` stand."""
    wide = _most(names, labels, theme.WIDTH, len(names))
    narrow = _most(names, labels, theme.NARROW, NARROW_COLUMNS)
    fewer = {"config": {"legend": {"columns": narrow}}} if narrow < NARROW_COLUMNS else {}
    return {"columns": wide if wide < len(names) else None, "narrow": fewer}


def _most(names: Sequence[str], labels: Sequence[str], width: int, most: int) -> int:
    """Return the most columns that fit a width; a column is as wide as its longest name."""
    beside = max(room(line) for label in labels for line in label.split("\n"))
    for count in range(most, 1, -1):
        columns = (names[at::count] for at in range(min(count, len(names))))
        if beside + sum(max(map(room, own)) + SYMBOL for own in columns) <= width:
            return count
    return 1
