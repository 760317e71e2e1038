"""What protection costs: the part of the values, by scope, that are withheld and why."""

from __future__ import annotations

from collections.abc import Mapping, Set

from smdi.disclosure.catalogue import Asked
from smdi.disclosure.protection import Protected


def losses(
    decided: Protected, hidden: Set[int], asked: Mapping[str, Asked]
) -> dict[str, dict[str, int]]:
    """Return by scope how many values there are, withheld primarily, and secondarily.

    `hidden` are the columns that are withheld: none where a printed report is rebuilt. A value is
    withheld primarily where one of them is for its own sake; else secondarily. `together` are the
    values that are not told by themselves: of levels or units that are told together.
    """
    place = decided.columns.of_cell
    by_themselves = decided.primary & hidden
    found = {}
    for scope, own in asked.items():
        values = own.told(lambda value: hidden.isdisjoint(place[c] for c in value))
        places = [{place[cell] for cell in value} for value in values]
        primary = sum(not by_themselves.isdisjoint(of) for of in places)
        withheld = sum(not hidden.isdisjoint(of) for of in places)
        found[scope] = {
            "values": len(places),
            "primary": primary,
            "secondary": withheld - primary,
            "together": len(own.finest - set(values)),
        }
    return found
