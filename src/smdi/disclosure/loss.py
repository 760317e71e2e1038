"""What protection costs: the part of the values, by scope, that are withheld and why."""

from __future__ import annotations

from collections.abc import Mapping

from smdi.disclosure.catalogue import Asked
from smdi.disclosure.protection import Protected


def losses(decided: Protected, asked: Mapping[str, Asked]) -> dict[str, dict[str, int]]:
    """Return by scope how many values there are, withheld primarily, and secondarily.

    A value is withheld primarily where one of its cells is; else secondarily.
    """
    place = decided.columns.of_cell
    found = {}
    for scope, own in asked.items():
        values = own.told(lambda value: decided.suppressed.isdisjoint(place[c] for c in value))
        places = [{place[cell] for cell in value} for value in values]
        primary = sum(not decided.primary.isdisjoint(of) for of in places)
        withheld = sum(not decided.suppressed.isdisjoint(of) for of in places)
        found[scope] = {
            "values": len(places),
            "primary": primary,
            "secondary": withheld - primary,
        }
    return found


def shown_percent(loss: Mapping[str, int]) -> float:
    """Return the part of the values of a scope that are shown, in %."""
    return 100 * (1 - (loss["primary"] + loss["secondary"]) / loss["values"])
