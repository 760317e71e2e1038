"""Protect what an edition releases: which scopes together, with what is out already."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from smdi.disclosure.catalogue import Asked, Catalogue, cells_of
from smdi.disclosure.loss import losses
from smdi.disclosure.pattern import Pattern
from smdi.disclosure.protection import MOST_RECORDS, protect
from smdi.disclosure.register import seen_already
from smdi.edition import Disclosure, Edition, Scope
from smdi.indicators import Population
from smdi.indicators.cells import Cell
from smdi.processes import side_by_side
from smdi.standards import divisions, provinces

# Scopes that are asked of before other processes have started.
FEWEST = 10


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


def protect_release(pop: Population, edition: Edition) -> Pattern:
    """Decide about all cells of the scopes that an edition is released with.

    An edition that rebuilds a printed report shows of the whole nation what that report shows.
    """
    catalogue = Catalogue(pop, edition)
    printed = cells_of(catalogue.of(pop.nation)) if edition.shows_as_printed else []
    scopes = {scoped.scope_name: scoped for scoped in released(pop, edition)}
    as_printed = bool(printed) and pop.is_whole
    if as_printed:
        scopes = {pop.scope_name: pop}
    asked = _asked(catalogue, scopes)
    rule = "as_printed" if as_printed else "protected"
    return _decided(pop, edition.disclosure, rule, asked, printed)


def protect_together(pop: Population, edition: Edition) -> Pattern:
    """Decide about the scopes whose editions leave together, once for each of these editions.

    What an edition that rebuilds a printed report shows of the nation is out before them.
    """
    *scopes, _own = released(pop, edition)
    return protect_scopes(scopes, edition)


def protect_scopes(scopes: Iterable[Population], edition: Edition) -> Pattern:
    """Decide about all cells of any scopes of one population that leave together."""
    found = {scoped.scope_name: scoped for scoped in scopes}
    pop = next(iter(found.values())).nation
    catalogue = Catalogue(pop, edition)
    printed = cells_of(catalogue.of(pop)) if edition.shows_as_printed else []
    asked = _asked(catalogue, found)
    return _decided(pop, edition.disclosure, "protected", asked, printed)


def extended(pattern: Pattern, pop: Population, edition: Edition) -> Pattern:
    """Decide about a further scope, beside what a pattern shows already."""
    if pop.scope_name in pattern.scopes:
        return pattern
    asked = {pop.scope_name: Catalogue(pop, edition).of(pop)}
    out = [Cell.read(name) for name in sorted(pattern.shown)]
    return _decided(pop, edition.disclosure, "protected", asked, out)


def _asked(catalogue: Catalogue, scopes: Mapping[str, Population]) -> dict[str, Asked]:
    """Return what editions of scopes ask for, by scope."""
    pops = [*scopes.values()]
    if pops[0].table.num_rows > MOST_RECORDS:
        asked = [catalogue.of(pop) for pop in pops]
    else:
        asked = side_by_side(catalogue.of, pops, FEWEST)
    return dict(zip(scopes, asked, strict=True))


def _decided(
    pop: Population,
    policy: Disclosure,
    rule: str,
    asked: Mapping[str, Asked],
    out: list[Cell],
) -> Pattern:
    records = digests(pop)
    seen = list(dict.fromkeys([*out, *seen_already(records)]))
    cells = cells_of(value for values in asked.values() for value in values)
    decided = protect(pop, cells, policy, seen)
    place = decided.columns.of_cell
    hidden = decided.suppressed if rule == "protected" else frozenset()
    shown = frozenset(cell.id for cell in (*cells, *out) if place[cell] not in hidden)
    return Pattern(
        rule, policy.minimum, shown, records, tuple(sorted(asked)), losses(decided, hidden, asked)
    )


def digests(pop: Population) -> dict[str, str]:
    """Return a digest of the records of each year, by which the same data are known again."""
    found = {}
    for year in pop.years:
        rows = pop.nation.assessed_in(year)
        made = hashlib.sha256()
        for column in ("province", "city", "industry", "process_type", "size", "level_class"):
            names = [*map(str, rows[column].cat.categories), "nan"]
            made.update("\n".join(map(names.__getitem__, rows[column].cat.codes)).encode())
        found[str(year)] = made.hexdigest()
    return found
