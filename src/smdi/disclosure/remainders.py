"""What a whole leaves when its parts that are shown are taken from it.

Where a whole is shown, the withheld among its parts (the provinces of the nation, the classes of
levels of a province), and those that no list has, are together what the shown ones leave. Each of
them lies between none and that remainder: where it is of fewer firms than the policy's width, so is
the interval of each, and the remainder is a secret as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Set

from smdi.disclosure.columns import Columns, parents
from smdi.disclosure.primary import Secret
from smdi.edition import Disclosure


class Wholes:
    """The parts that each cell has by each of its columns, as far as the release asks for them."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns
        self._parts: dict[tuple[int, str], set[int]] = {}
        for cell, place in columns.of_cell.items():
            for parent in parents(cell):
                whole = columns.of_cell.get(parent)
                (column,) = dict(cell.where).keys() - dict(parent.where).keys()
                # One value a part: then no two parts are about the same firms.
                if whole not in (None, place) and len(dict(cell.where)[column]) == 1:
                    self._parts.setdefault((whole, column), set()).add(place)

    def narrow(self, hidden: Set[int], policy: Disclosure) -> Iterator[Secret]:
        """Yield the remainders of few firms, given the columns hidden so far."""
        firms = [column.vector.firms for column in self._columns.all]
        for (whole, _), parts in self._parts.items():
            if whole in hidden:
                continue
            shown = sorted(part for part in parts - hidden if firms[part])
            left = firms[whole] - sum(firms[part] for part in shown)
            if 0 < left < policy.width:
                yield Secret(whole, tuple(shown))
