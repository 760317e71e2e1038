"""What a template can quote: named values, finished sentences, rankings and exhibits' frames.

A quoted object writes itself as a mark of `smdi.report.values` (⟦name⟧). Where it has no value it
raises Unsayable, by which a sentence knows to say its other variant.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import pandas as pd

from smdi.indicators.precision.noise import is_clear
from smdi.indicators.precision.rounding import half_up
from smdi.indicators.tidy import ERROR, competition_rank
from smdi.report.text.language import name_of
from smdi.report.text.parts import Holds, statuses_of
from smdi.report.values import Number, inline, state_of


class Unsayable(Exception):  # noqa: N818 - a state of the data, not an error
    """A value of the sentence cannot be said; `state` is one of UNSAID."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True)
class Value:
    """A named value: its number, and the name it is registered under."""

    name: str
    record: Number

    @property
    def is_known(self) -> bool:
        """Whether the value can be said, for a clause that a sentence can do without."""
        return self.record.value is not None

    @property
    def known(self) -> float:
        """Return the unrounded number; Unsayable when it is missing or withheld."""
        if self.record.value is None:
            raise Unsayable(self.record.state)
        return self.record.value

    def __str__(self) -> str:
        return f"⟦{self.name}⟧"

    def __float__(self) -> float:
        return self.known

    def __lt__(self, other: Value | float) -> bool:
        return self.known < float(other)

    def __le__(self, other: Value | float) -> bool:
        return self.known <= float(other)

    def __gt__(self, other: Value | float) -> bool:
        return self.known > float(other)

    def __ge__(self, other: Value | float) -> bool:
        return self.known >= float(other)


@dataclass(frozen=True)
class Sentence:
    """A finished sentence under its name; it can always be said."""

    name: str

    def __str__(self) -> str:
        return f"⟦{self.name}⟧"


@dataclass(frozen=True)
class Exhibit:
    """The tidy frame behind an exhibit, with the years and the scope that filters speak of.

    `alike` is the size and type that the scope is narrowed to.
    """

    id: str
    frame: pd.DataFrame
    year: int
    baseline: int
    scope: str
    region: str = ""
    alike: str = ""
    differences: pd.DataFrame | None = None

    @property
    def statuses(self) -> frozenset[str]:
        """Return what the values of the frame are known from, ranks aside."""
        return statuses_of(self.frame)

    def is_clear(self, measure: str) -> bool:
        """Tell whether the difference of a measure is larger than its noise, as far as is known."""
        return self._clear.get(measure, True)

    @cached_property
    def _clear(self) -> dict[str, bool]:
        if self.differences is None or ERROR not in self.differences:
            return {}
        rows = self.differences.drop_duplicates("measure")
        return dict(zip(rows["measure"], map(is_clear, rows["value"], rows[ERROR]), strict=True))


@dataclass(frozen=True)
class Ranking:
    """Groups in their order with competition ranks and values.

    `names` are printed, `groups` stand in the facts' ids: `<facts>/<group>/<year>`, where `facts`
    is `<exhibit>/<measure>`. A rank that may not be seen is infinite. `lacking` is the state of
    what has no value or is not there at all.
    """

    names: tuple[str, ...]
    groups: tuple[str, ...]
    ranks: tuple[float, ...]
    values: tuple[float, ...]
    unit: str
    digits: int
    facts: str
    year: int
    lacking: str = "inapplicable"
    # Of changes: whether each is larger than its noise; of all other values true.
    clear: tuple[bool, ...] = ()
    statuses: tuple[str, ...] = ()

    @classmethod
    def of(
        cls,
        frame: pd.DataFrame,
        measure: str,
        exhibit: str,
        year: int,
        digits: int = 0,
        *,
        label: Callable[[str], str] = name_of,
    ) -> Ranking:
        """Return the ranking of a tidy frame that has rows of `measure` and of `rank`.

        `exhibit` is the one whose published facts the values answer to; `label` makes the printed
        name of a group.
        """
        rows = frame[frame["measure"] == measure].set_index("group")
        places = frame[frame["measure"] == "rank"].set_index("group")["value"].reindex(rows.index)
        return cls._made(rows, places, f"{exhibit}/{measure}", year, digits, label)

    @classmethod
    def from_lowest(
        cls,
        frame: pd.DataFrame,
        measure: str,
        exhibit: str,
        year: int,
        digits: int = 0,
        *,
        label: Callable[[str], str] = name_of,
    ) -> Ranking:
        """Rank the known values of a measure from the lowest up: the largest decrease leads."""
        rows = frame[frame["measure"] == measure].set_index("group")
        known = rows.dropna(subset=["value"]).sort_values("value", kind="stable")
        places = competition_rank(-known["value"])
        made = cls._made(known, places, f"{exhibit}/{measure}", year, digits, label)
        return replace(made, lacking=_lacking(rows))

    @classmethod
    def _made(
        cls,
        rows: pd.DataFrame,
        places: pd.Series,
        facts: str,
        year: int,
        digits: int,
        label: Callable[[str], str],
    ) -> Ranking:
        groups = tuple(str(group) for group in rows.index)
        return cls(
            tuple(label(group) for group in groups),
            groups,
            tuple(math.inf if math.isnan(place) else int(place) for place in places),
            tuple(float(value) for value in rows["value"]),
            str(rows["unit"].iloc[0]) if len(rows) else "",
            digits,
            facts,
            year,
            _lacking(rows),
            tuple(_clear(rows)),
            tuple(rows.get("status", ["computed"] * len(groups))),
        )

    def __len__(self) -> int:
        return len(self.groups)

    @property
    def is_placed(self) -> bool:
        """Whether all ranks may be seen."""
        return math.inf not in self.ranks

    def several(self) -> Ranking:
        """Return the ranking; Unsayable `single` for one group alone, `lacking` for none."""
        if len(self) < 2:
            raise Unsayable("single" if len(self) else self.lacking)
        return self

    def first(self, places: int) -> Ranking:
        """Return those of rank `places` or better: more than `places` where the last are tied."""
        return self._where([rank <= places for rank in self.ranks])

    def after(self, places: int) -> Ranking:
        """Return those of a rank behind `places`; none where ranks may not be seen."""
        return self._where([places < rank < math.inf for rank in self.ranks])

    def rows(self, number: int) -> Ranking:
        """Return the first rows, at most `number`, ties or not."""
        return self._where([position < number for position in range(len(self))])

    def positive(self) -> Ranking:
        """Return those with a value above zero, the unknown ones left out."""
        return self._where([value > 0 for value in self.values])

    def negative(self) -> Ranking:
        """Return those with a value clearly below zero, the unknown ones left out."""
        return self._where(list(self.falls().values()))

    def beyond_noise(self) -> Ranking:
        """Return those whose change is clear."""
        return self._where(self.clear)

    def within_noise(self) -> Ranking:
        """Return those whose change is not."""
        return self._where([not clear for clear in self.clear])

    def at_least(self, size: float) -> Ranking:
        """Return those whose value, up or down, is of this size or larger."""
        return self._where([abs(value) >= size for value in self.values])

    def below(self, size: float) -> Ranking:
        """Return those whose value, up or down, is smaller than this."""
        return self._where([abs(value) < size for value in self.values])

    def falls(self) -> Holds:
        """Tell of each name whether its value is clearly below zero, for the filter `how_many`."""
        held = {
            name: self._printed(value) < 0 and clear
            for name, value, clear in zip(self.names, self.values, self.clear, strict=True)
        }
        return Holds(held, self.statuses)

    def fact_ids(self) -> list[str]:
        """Return the id of the published fact that each value answers to."""
        return [f"{self.facts}/{group}/{self.year}" for group in self.groups]

    def amounts(self) -> list[str]:
        """Return each value as a mark with its unit; Unsayable where one is not known."""
        if any(state_of(value) != "value" for value in self.values):
            raise Unsayable(self.lacking)
        return [
            inline(value, self.unit, self.digits, fact)
            for value, fact in zip(self.values, self.fact_ids(), strict=True)
        ]

    def sizes(self) -> list[str]:
        """Return each value without its sign, as a mark with its unit; Unsayable as `amounts`."""
        return replace(self, values=tuple(abs(value) for value in self.values)).amounts()

    def _printed(self, value: float) -> float:
        return float(half_up(value, self.digits)) if state_of(value) == "value" else math.nan

    def _where(self, keep: Sequence[bool]) -> Ranking:
        kept = [position for position, yes in enumerate(keep) if yes]
        all_known = all(state_of(value) == "value" for value in self.values)
        return replace(
            self,
            names=tuple(self.names[at] for at in kept),
            groups=tuple(self.groups[at] for at in kept),
            ranks=tuple(self.ranks[at] for at in kept),
            values=tuple(self.values[at] for at in kept),
            clear=tuple(self.clear[at] for at in kept),
            statuses=tuple(self.statuses[at] for at in kept),
            # What a choice among known values leaves out is not there, however little is known.
            lacking="inapplicable" if len(self) and all_known else self.lacking,
        )


def _clear(rows: pd.DataFrame) -> Iterator[bool]:
    for value, error in zip(rows["value"], rows.get(ERROR, rows["value"] * math.nan), strict=True):
        yield is_clear(float(value), float(error))


def _lacking(rows: pd.DataFrame) -> str:
    if rows["withheld"].any():
        return "withheld"
    return "missing" if rows["value"].isna().any() else "inapplicable"
