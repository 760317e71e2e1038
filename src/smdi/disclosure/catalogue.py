"""The catalogue: every cell that the chapters of a release ask for.

It is found by asking: the functions that chapters call are called for every scope of the release
with a protection that grants all and writes down what it was asked. A test holds the calls of the
notebooks to it. A chapter that asks for more gets it withheld, since nobody has judged it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, replace

import pandas as pd

from smdi.edition import Edition
from smdi.indicators import (
    Population,
    comparison,
    domains,
    industries,
    levels,
    participation,
    practices,
    rankings,
    sme,
    standing,
)
from smdi.indicators.cells import Cell, Value, Way, shown_best
from smdi.standards import SECTORS
from smdi.standards import practices as practice_table

# What the chapters on sectors ask about theirs; the trends ask about every practice.
OF_SECTORS = {
    "equipment": ("model_based_design", "remote_operation", "custom_platform"),
    "electronics": (
        "private_network",
        "industrial_security",
        "online_quality_inspection",
        "automated_logistics",
        "intelligent_decision",
    ),
    "materials": (
        "energy_platform",
        "carbon_accounting",
        "predictive_maintenance",
        "supplier_collaboration",
    ),
    "consumer": ("ecommerce_platform", "quality_traceability", "supplier_collaboration"),
}
# A list of the first places passes over those withheld: so many more may be asked for.
SPARE_PLACES = 10


Choice = tuple[tuple[Value, ...], ...]


@dataclass(frozen=True)
class Asked:
    """The values that an edition asks for; `choices` are ways to tell the same, one of which is.

    The last way may be what a whole has beside what is listed of it: the value of that whole.
    """

    values: Sequence[Value]
    choices: Sequence[Choice] = ()

    def __iter__(self) -> Iterator[Value]:
        yield from self.values
        yield from (value for choice in self.choices for way in choice for value in way)

    @property
    def finest(self) -> Set[Value]:
        """Return the values of the first, the finest way of each choice."""
        return {value for choice in self.choices for value in choice[0]}

    def told(self, seen: Callable[[Value], bool]) -> list[Value]:
        """Return the values that the edition tells, shown or not, of each choice those of one."""
        chosen = [choice[shown_best(choice, seen)] for choice in self.choices]
        finest = self.finest
        others = (value for value in self.values if value not in finest)
        return list(dict.fromkeys([*others, *(value for way in chosen for value in way)]))


class Recorder:
    """A protection that grants all and remembers what was asked, in order."""

    decimals = None

    def __init__(self) -> None:
        self.asked: dict[Value, None] = {}
        self.choices: dict[Choice, None] = {}

    def ask(self, cells: Iterable[Cell]) -> bool:
        """Remember the cells of a value."""
        self.asked[tuple(cells)] = None
        return True

    def knows(self, cells: Iterable[Cell]) -> bool:
        """Return true: what only a rank is made of is not printed."""
        return True

    def finest(self, ways: Sequence[Way]) -> int:
        """Remember the ways, of which one will be told; here the first."""
        self.choices[tuple(map(tuple, ways))] = None
        return 0


class Catalogue:
    """What editions of any scope ask for, of one population."""

    def __init__(self, pop: Population, edition: Edition) -> None:
        self._edition = edition
        # The same in every scope but for its own conditions: asked once, of the nation.
        self._alike = _asked(pop.nation, lambda nation: list(_same_in_every_scope(nation)))

    def of(self, pop: Population) -> Asked:
        """Return the values that an edition of the scope of `pop` asks for, each as its cells."""
        own = _asked(pop, lambda scoped: list(_its_own(scoped, self._edition)))
        conditions = dict(pop.current.cell.where) if pop.current.cell else {}
        alike = (tuple(cell.narrowed(conditions) for cell in value) for value in self._alike)
        return Asked(list(dict.fromkeys([*own, *alike])), own.choices)


def tables(pop: Population, edition: Edition) -> Iterator[pd.DataFrame]:
    """Make all tables that an edition of a scope asks for, as its protection lets them be seen."""
    yield from _same_in_every_scope(pop)
    yield from _its_own(pop, edition)


def cells_of(values: Iterable[Value]) -> list[Cell]:
    """Return the cells of values, each once, in order."""
    return list(dict.fromkeys(cell for value in values for cell in value))


def _asked(pop: Population, tables: Callable[[Population], object]) -> Asked:
    recorder = Recorder()
    tables(replace(pop, protection=recorder))
    return Asked(list(recorder.asked), list(recorder.choices))


def _its_own(pop: Population, edition: Edition) -> Iterator[pd.DataFrame]:
    """Make the tables whose rows depend on the scope: rankings, lists, sectors."""
    ranks, thresholds = edition.ranks, edition.thresholds
    yield participation.overview(pop)
    yield participation.participants_by_province(pop)
    yield participation.participants_by_region(pop)
    yield participation.share_of_nation(pop)
    yield standing.place_by_count(pop, standing.taking_part(pop), "participants")
    yield standing.place_by_count(pop, standing.mature_firms(pop), rankings.MEASURE)
    yield standing.against_nation(pop)
    yield standing.place_among_peers(pop)
    yield participation.top_regions(pop, ranks.participants + SPARE_PLACES)
    yield participation.fastest_growing_regions(pop, ranks.growth + SPARE_PLACES)
    yield rankings.firms_by_province(pop)
    yield rankings.firms_by_city(pop, ranks.cities + SPARE_PLACES)
    places = ranks.industries + SPARE_PLACES
    yield industries.leading_industries(pop, places, thresholds.industry_firms)
    yield industries.industry_change(pop)
    yield sme.classes_sme(pop, thresholds.class_firms)
    for sector in SECTORS:
        yield practices.sector_practices(pop, sector, OF_SECTORS[sector], "")


def _same_in_every_scope(pop: Population) -> Iterator[pd.DataFrame]:
    """Make the tables that every scope has alike."""
    yield levels.national_level_shares(pop)
    yield levels.level_changes(pop)
    yield levels.level_shares_by_type(pop)
    yield comparison.level_comparison(pop, "")
    yield domains.domain_scores_by_type(pop)
    yield domains.domain_scores_sme(pop)
    yield sme.sme_shares(pop)
    yield sme.sme_low_share(pop)
    yield sme.coverage_sme(pop)
    every = list(practice_table().index)
    yield practices.practice_trend(pop, every, "")
    yield comparison.practice_comparison(pop, every, "")
