"""Protect what an edition releases: which scopes together, with what is out already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace

from smdi.disclosure.catalogue import Catalogue
from smdi.disclosure.loss import losses
from smdi.disclosure.pattern import Pattern
from smdi.disclosure.protection import protect
from smdi.edition import Edition, Scope
from smdi.indicators import Population
from smdi.indicators.cells import Cell
from smdi.standards import divisions, provinces


def released(pop: Population, edition: Edition) -> Iterator[Population]:
    """Yield the populations of the scopes that are released together, the edition's own last."""
    together, nation = edition.disclosure.together, pop.nation
    if "nation" in together:
        yield nation
    if "provinces" in together:
        table = provinces()
        for name in table.loc[table["in_scope"], "name_zh"]:
            yield replace(nation, scope=Scope(province=str(name)))
    if "industries" in together:
        for code in divisions().index:
            yield replace(nation, scope=Scope(industry=str(code)))
    yield pop


def protect_release(pop: Population, edition: Edition, out: Iterable[Cell] = ()) -> Pattern:
    """Decide about all cells of the scopes that an edition is released with.

    `out` are cells that are seen already. An edition that rebuilds a printed report of the nation
    shows what that report shows.
    """
    policy, records = edition.disclosure, digests(pop)
    if policy.rule == "as_printed" and pop.is_whole:
        return Pattern("as_printed", policy.minimum, records=records, scopes=(pop.scope_name,))
    catalogue = Catalogue(pop, edition)
    scopes = {scoped.scope_name: scoped for scoped in released(pop, edition)}
    asked = {name: catalogue.of(scoped) for name, scoped in scopes.items()}
    cells = list(dict.fromkeys(cell for found in asked.values() for cell in found))
    out = set(out) | set(catalogue.of(pop.nation) if policy.rule == "as_printed" else ())
    decided = protect(pop, cells, policy, out)
    hidden = decided.suppressed
    shown = frozenset(cell.id for cell in cells if decided.columns.of_cell[cell] not in hidden)
    return Pattern(
        "protected", policy.minimum, shown, records, tuple(scopes), losses(decided, asked)
    )


def digests(pop: Population) -> dict[str, str]:
    """Return a digest of the records of each year, by which the same data are known again."""
    found = {}
    for year in pop.years:
        rows = pop.nation.assessed_in(year)
        made = hashlib.sha256()
        for column in ("province", "city", "industry", "process_type", "size", "level_class"):
            made.update("\n".join(rows[column].astype("str")).encode())
        found[str(year)] = made.hexdigest()
    return found
