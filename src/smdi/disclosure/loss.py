"""What protection costs: the part of the cells, by scope, that are suppressed and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smdi.disclosure.protection import Protected
from smdi.indicators.cells import Cell


def losses(decided: Protected, asked: Mapping[str, Sequence[Cell]]) -> dict[str, dict[str, int]]:
    """Return by scope how many cells are asked for, and suppressed primarily and secondarily."""
    place = decided.columns.of_cell
    return {
        scope: {
            "cells": len(cells),
            "primary": sum(place[cell] in decided.primary for cell in cells),
            "secondary": sum(place[cell] in decided.secondary for cell in cells),
        }
        for scope, cells in asked.items()
    }
