"""Models of the standard with few items, for what is worked out by hand."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from smdi.standards import MaturityModel, maturity_model


def model_of(cells: dict[tuple[str, int], int]) -> MaturityModel:
    """The standard's model with a catalogue of so many items in each (sub-domain, level)."""
    full = maturity_model()
    parents = {node.id: node.parent for node in full.subdomains}
    rows = [
        (f"{subdomain}-{level}-{number}", subdomain, parents[subdomain], level, number)
        for (subdomain, level), count in cells.items()
        for number in range(1, count + 1)
    ]
    names = ["item_id", "subdomain", "domain", "level", "number"]
    return replace(full, items=pd.DataFrame(rows, columns=names))
