"""What protection costs: the part of the values, by scope, that are withheld and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smdi.disclosure.catalogue import Value
from smdi.disclosure.protection import Protected


def losses(decided: Protected, asked: Mapping[str, Sequence[Value]]) -> dict[str, dict[str, int]]:
    """Return by scope how many values are asked for, withheld primarily, and secondarily.

    A value is withheld primarily where one of its cells is; else secondarily.
    """
    place = decided.columns.of_cell
    found = {}
    for scope, values in asked.items():
        places = [{place[cell] for cell in value} for value in values]
        primary = sum(bool(own & decided.primary) for own in places)
        withheld = sum(bool(own & decided.suppressed) for own in places)
        found[scope] = {
            "values": len(values),
            "primary": primary,
            "secondary": withheld - primary,
        }
    return found


def shown_percent(loss: Mapping[str, int]) -> float:
    """Return the part of the values of a scope that are shown, in %."""
    return 100 * (1 - (loss["primary"] + loss["secondary"]) / loss["values"])
