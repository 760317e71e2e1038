"""The attack on releases: everything that their exhibits say, put into one system and solved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from smdi.publishing.gate.attack.bounds import Contradiction, Values, propagated, tightened
from smdi.publishing.gate.attack.cells import Cell, name_of, value_in
from smdi.publishing.gate.attack.release import Data
from smdi.publishing.gate.attack.statements import (
    Mean,
    Statements,
    statements_of,
    whole_numbers,
)
from smdi.publishing.gate.attack.system import System, system_of
from smdi.publishing.gate.attack.tidy_rows import Row
from smdi.publishing.gate.findings import Finding, GatePolicy

SCALES = {"分": 5.0, "%": 100.0}
WHOLE = "computed"


@dataclass
class Solved:
    """The numbers of firms of all cells of a system, each as an interval."""

    system: System
    low: Values
    high: Values
    sources: dict[Cell, list[Row]] = field(default_factory=dict)
    withheld: dict[Cell, Row] = field(default_factory=dict)

    def interval(self, group: Cell) -> tuple[float, float]:
        """Return how many firms a cell has at least and at most."""
        at = self.system.position.get(group)
        return (0.0, np.inf) if at is None else (float(self.low[at]), float(self.high[at]))


def attack(
    releases: Sequence[Data],
    policy: GatePolicy,
    printed: frozenset[tuple[str, str, int]] = frozenset(),
) -> tuple[list[Finding], list[Finding]]:
    """Return what releases tell together of fewer firms than the policy allows.

    First what must not leave, then what is exempt: numbers that are `printed` (measure, group and
    year) in the published report, where the policy leaves these as they are.
    """
    made = Statements()
    for release in releases:
        for rows in release.exhibits.values():
            made.add(statements_of(rows, release.scope))
    try:
        solved = solve_numbers(made, policy)
        found = list(_few(solved, policy))
        found += [] if policy.unanimous else _all_alike(solved)
        for measure in sorted({mean.measure for mean in made.means}):
            means = [mean for mean in made.means if mean.measure == measure]
            found += _means(measure, means, solved, policy)
    except Contradiction as contradiction:
        how = "what is said of it and of the cells it adds up with cannot all be true"
        return [Finding(WHOLE, "", f"a contradiction: {contradiction}", how)], []
    public = {
        group
        for group, rows in solved.sources.items()
        if policy.as_printed and any((r.measure, r.group, r.year) in printed for r in rows)
    }
    exempt = [finding for group, finding in found if group in public]
    return [finding for group, finding in found if group not in public], exempt


def solve_numbers(made: Statements, policy: GatePolicy) -> Solved:
    """Return what the statements say of numbers of firms, narrowed along all equations."""
    cells = [number.cell for number in made.numbers] + [group for group, _ in made.withheld]
    system = system_of(cells)
    low, high = np.zeros(len(system.cells)), np.full(len(system.cells), np.inf)
    solved = Solved(system, low, high, withheld=dict(made.withheld))
    for number in made.numbers:
        at = system.position[number.cell]
        fewest, most_firms = whole_numbers(number)
        low[at], high[at] = max(low[at], fewest), min(high[at], most_firms)
        solved.sources.setdefault(number.cell, []).append(number.source)
    propagated(system, low, high, whole=True)
    wide = np.full(len(low), float(policy.width))
    targets = [
        at
        for at in range(len(low))
        if low[at] < policy.minimum and high[at] - low[at] >= policy.width
    ]
    for at, (least, most) in tightened(system, low, high, targets, wide).items():
        low[at], high[at] = np.ceil(least - 1e-4), np.floor(most + 1e-4)
    return solved


def _few(solved: Solved, policy: GatePolicy) -> Iterator[tuple[Cell, Finding]]:
    """Yield cells of one firm or few that are known, or nearly.

    That a group of which nothing is said may have no firm at all tells of nobody.
    """
    for at, group in enumerate(solved.system.cells):
        least, most = abs(solved.low[at]), solved.high[at]
        said = group in solved.sources or group in solved.withheld
        narrow = most - least < policy.width and (least > 0 or (said and most > 0))
        if narrow and least < policy.minimum:
            number = f"{least:.0f}" if least == most else f"{least:.0f} to {most:.0f}"
            what = f"{number} firms: {name_of(group)}"
            yield group, Finding(*_place(solved, group), what, _how(solved, group))


def _all_alike(solved: Solved) -> Iterator[tuple[Cell, Finding]]:
    """Yield groups all of whose firms have the same level, or (not) the same practice.

    That all firms of some levels have one of these tells of nobody whose level is not known.
    """
    for total, parts in solved.system.equations:
        whole = solved.system.cells[total]
        for part in parts:
            kind = solved.system.cells[part] - whole
            condition, _ = next(iter(kind), ("", ""))
            tells = condition == "level" and not value_in(whole, "level")
            tells |= condition.startswith("uses:")
            if tells and 0 < solved.high[total] <= solved.low[part]:
                group = solved.system.cells[part]
                what = f"all {solved.high[total]:.0f} firms: {name_of(group)}"
                yield group, Finding(*_place(solved, group), what, "a share of 100 %")


def _means(
    measure: str, means: Sequence[Mean], solved: Solved, policy: GatePolicy
) -> Iterator[tuple[Cell, Finding]]:
    """Yield means over few firms: shown, or a whole's less those of the other parts."""
    scale = SCALES[means[0].source.unit]
    system = system_of(mean.cell for mean in means)
    numbers = [solved.interval(group) for group in system.cells]
    low = np.zeros(len(system.cells))
    high = np.array([scale * most for _, most in numbers])
    sources: dict[Cell, list[Row]] = {}
    for mean in means:
        at = system.position[mean.cell]
        low[at] = max(low[at], max(mean.low, 0) * numbers[at][0])
        high[at] = min(high[at], mean.high * numbers[at][1])
        sources.setdefault(mean.cell, []).append(mean.source)
    propagated(system, low, high, whole=False)
    few = [at for at, (_, most) in enumerate(numbers) if 0 < most < policy.minimum]
    wide = np.full(len(low), policy.mean_width * scale)
    wide[few] *= [max(numbers[at][0], 1) for at in few]
    open_ones = [at for at in few if high[at] - low[at] >= wide[at]]
    for at, ends in tightened(system, low, high, open_ones, wide).items():
        low[at], high[at] = ends
    known = Solved(system, low, high, sources)
    for at in few:
        if high[at] - low[at] < wide[at]:
            group = system.cells[at]
            firms = max(numbers[at][0], 1)
            what = f"{measure} {high[at] / firms:.3f} of {numbers[at][1]:.0f} firms"
            what = f"{what}: {name_of(group)}"
            yield group, Finding(*_place(known, group), what, _how(known, group))


def _place(solved: Solved, group: Cell) -> tuple[str, str]:
    """Return the exhibit and the row in which a cell stands, or of what it was computed."""
    rows = solved.sources.get(group) or _around(solved, group)
    return (rows[0].exhibit, rows[0].place) if rows else (WHOLE, "")


def _how(solved: Solved, group: Cell) -> str:
    if solved.sources.get(group):
        return "it is shown"
    exhibits = sorted({row.exhibit for row in _around(solved, group)})
    return f"from {', '.join(exhibits[:6]) or 'all exhibits together'}, as wholes less their parts"


def _around(solved: Solved, group: Cell) -> list[Row]:
    """Return rows of the cells that stand in an equation with a cell."""
    at = solved.system.position[group]
    near: Iterable[int] = (
        other
        for total, parts in solved.system.equations
        if at == total or at in parts
        for other in (total, *parts)
    )
    return [row for other in near for row in solved.sources.get(solved.system.cells[other], [])]
