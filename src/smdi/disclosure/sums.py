"""Which numbers of firms add up to which: cells that are asked for, and those between them.

A whole is the sum of its parts by one condition. Of conditions with few values (levels, types,
sizes, yes or no) all parts are there, asked for or not; regions and industries that no table has
are one rest. What is seen of some tells of the others; see `intervals`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from smdi.disclosure.columns import Columns
from smdi.indicators.cells import ANSWERED, Cell, Values
from smdi.indicators.domains import SMALLER
from smdi.standards import BUSINESSES, level_classes_in

UNANSWERED, PANEL, REST = "unanswered", "panel", "rest"
MANY = ("province", "city", "division", "industry")
_LEVELS = {name: tuple(sorted(level_classes_in(name))) for name in ("ge2", "ge3", "2_3")}
_FEW: dict[str, tuple[tuple[Values, tuple[Values, ...]], ...]] = {
    "level_class": (
        ((), (("le1",), _LEVELS["ge2"])),
        (_LEVELS["ge2"], (("2",), ("3",), ("ge4",))),
        (_LEVELS["ge2"], (("2",), _LEVELS["ge3"])),
        (_LEVELS["ge2"], (_LEVELS["2_3"], ("ge4",))),
        (_LEVELS["2_3"], (("2",), ("3",))),
        (_LEVELS["ge3"], (("3",), ("ge4",))),
    ),
    "process_type": (((), (("discrete",), ("process",))),),
    "size": (((), (("large",), tuple(sorted(SMALLER)))),),
    PANEL: (((), (("both",), ("one",))),),
}
_YES_OR_NO = (((), (("yes",), ("no",))),)


@dataclass
class Sums:
    """Numbers of firms by their cells; equations of a whole and its parts, by position.

    `orders` are pairs (greater, smaller), `outcomes` pairs (those of a level, with a practice, or
    without, those they are among); `columns` the columns of each number, none where nobody asks
    for it.
    """

    columns: list[tuple[int, ...]] = field(default_factory=list)
    equations: dict[tuple[int, tuple[int, ...]], None] = field(default_factory=dict)
    orders: list[tuple[int, int]] = field(default_factory=list)
    outcomes: list[tuple[int, int]] = field(default_factory=list)
    _position: dict[object, int] = field(default_factory=dict)

    def number(self, key: object, columns: tuple[int, ...] = ()) -> int:
        """Return the position of what a key names, a new one if need be."""
        if key not in self._position:
            self._position[key] = len(self.columns)
            self.columns.append(columns)
        return self._position[key]


def sums_of(columns: Columns) -> Sums:
    """Return all sums in which the numbers of firms of a release stand."""
    made = Sums()
    asked = _asked(columns)
    waiting, known = list(asked), dict.fromkeys(asked)

    def number(cell: Cell) -> int:
        return made.number(cell, asked.get(cell, ()))

    while waiting:
        cell = waiting.pop()
        for whole, parts in _divisions(cell):
            made.equations[number(whole), tuple(number(part) for part in parts)] = None
            told = _told(cell, whole, parts)
            made.outcomes += [(number(one), number(whole)) for one in told]
            for other in (whole, *parts):
                if other not in known:
                    known[other] = None
                    if other is whole:
                        waiting.append(other)
    for whole, condition, listed in _Many(known).divisions():
        numbers = tuple(dict.fromkeys(number(part) for part in listed))
        if not _are_all(whole, listed, columns, asked):
            numbers = (*numbers, made.number((REST, number(whole), condition, numbers)))
        made.equations[number(whole), numbers] = None
    for cell in known:
        made.orders += [(number(more), number(cell)) for more in _more(cell) if more in known]
    return made


def _asked(columns: Columns) -> dict[Cell, tuple[int, ...]]:
    """Return the columns of each cell that is asked for, which may bear two names.

    Who answers on a business is who has it. Cells that happen to be of the same firms stay apart:
    a reader does not know that they are.
    """
    asked: dict[Cell, tuple[int, ...]] = {}
    for cell, at in columns.of_cell.items():
        if not cell.of:
            own = asked.get(_plain(cell), ())
            asked[_plain(cell)] = own if at in own else (*own, at)
    return asked


def _are_all(
    whole: Cell, parts: Iterable[Cell], columns: Columns, asked: Mapping[Cell, tuple[int, ...]]
) -> bool:
    """Tell whether parts that are asked for are all there is of a whole that is."""
    cells = (whole, *parts)
    if any(cell not in asked for cell in cells):
        return False
    firms = [columns.all[asked[cell][0]].vector.firms for cell in cells]
    return 2 * firms[0] == sum(firms)


def _told(cell: Cell, whole: Cell, parts: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """Return those of a whole that have the outcome of its part: the level, a practice, or none."""
    ((condition, values),) = set(cell.where) - set(whole.where)
    if condition == "level_class":
        return (cell,) if condition not in dict(whole.where) else ()
    return parts if condition.startswith("practice_") and values == ("yes",) else ()


class _Many:
    """Parts by region or industry of wholes."""

    def __init__(self, cells: Iterable[Cell]) -> None:
        self._parts: dict[tuple[Cell, str], dict[Values, Cell]] = {}
        known = dict.fromkeys(cells)
        for cell in known:
            for condition, values in cell.where:
                for whole in _wholes(cell, condition, values) if condition in MANY else ():
                    if whole in known:
                        self._parts.setdefault((whole, condition), {})[values] = cell

    def divisions(self) -> Iterator[tuple[Cell, str, list[Cell]]]:
        """Yield (whole, condition, parts) for single values, for sectors, and within sectors."""
        for (whole, condition), parts in self._parts.items():
            single = {values: cell for values, cell in parts.items() if len(values) == 1}
            several = {values: cell for values, cell in parts.items() if len(values) > 1}
            if single:
                yield whole, condition, list(single.values())
            for values, cell in several.items():
                inside = [one for (value,), one in single.items() if value in values]
                if inside:
                    yield cell, condition, inside
            if several:
                yield whole, condition, list(several.values())


def _wholes(cell: Cell, condition: str, values: Values) -> Iterator[Cell]:
    """Yield the cell without a condition, and of a city that with its province instead."""
    yield (whole := _without(cell, condition))
    if condition == "city" and len(values) == 1 and "province" not in dict(cell.where):
        yield _with(whole, "province", (f"{values[0][:2]}0000",))


def _divisions(cell: Cell) -> Iterator[tuple[Cell, tuple[Cell, ...]]]:
    """Yield (whole, parts) of each division by few values of which a cell is a part."""
    # A firm that moved is in no part of those that were the same in both years.
    moving = (PANEL, ("both",)) in cell.where
    for condition, values in cell.where:
        if moving and condition not in (PANEL, ANSWERED, UNANSWERED):
            continue
        if condition in (ANSWERED, UNANSWERED):
            if not any(name.startswith("practice_") for name, _ in cell.where):
                whole = _without(cell, condition)
                yield whole, tuple(_with(whole, c, values) for c in (ANSWERED, UNANSWERED))
            continue
        yes_or_no = condition in BUSINESSES or condition.startswith("practice_")
        for wider, parts in _YES_OR_NO if yes_or_no else _FEW.get(condition, ()):
            if values in parts:
                rest = _without(cell, condition)
                whole = _with(rest, condition, wider) if wider else rest
                yield whole, tuple(_with(rest, condition, part) for part in parts)


def _more(cell: Cell) -> Iterator[Cell]:
    """Yield the participants to date among whom the firms of a cell are."""
    if cell.kind == "assessed":
        yield replace(cell, kind="participants")
    elif cell.kind == "participants":
        yield replace(cell, year=cell.year + 1)


def _plain(cell: Cell) -> Cell:
    """Return a cell in the conditions of the sums: of who has a business, of who came twice."""
    if cell.kind == "matched":
        return _with(replace(cell, kind="assessed"), PANEL, ("both",))
    for condition, values in cell.where:
        business = values[0].removeprefix("domain_") if len(values) == 1 else ""
        if condition == ANSWERED and business in BUSINESSES:
            rest = _without(cell, condition)
            return rest if business in dict(rest.where) else _with(rest, business, ("yes",))
    return cell


def _with(cell: Cell, condition: str, values: Values) -> Cell:
    return cell.meeting(sorted((*cell.where, (condition, values))))


def _without(cell: Cell, condition: str) -> Cell:
    return cell.meeting(told for told in cell.where if told[0] != condition)
