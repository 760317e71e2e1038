"""What a template can quote: named values, finished sentences, rankings and exhibits' frames.

A quoted object writes itself as a mark of `smdi.report.values` (⟦name⟧, ⟦=5.9 个百分点⟧). Where it
has no value it raises Unsayable, by which a sentence knows to say its other variant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from smdi.report.values import Number, inline, state_of


class Unsayable(Exception):  # noqa: N818 - a state of the data, not an error
    """A value of the sentence cannot be said; `state` is one of VARIANTS."""

    def __init__(self, state: str) -> None:
        super().__init__(state)
        self.state = state


@dataclass(frozen=True)
class Value:
    """A named value: its number, and the name it is registered under."""

    name: str
    record: Number

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
    """The tidy frame behind an exhibit, with the years and the scope that filters speak of."""

    id: str
    frame: pd.DataFrame
    year: int
    baseline: int
    scope: str
    region: str = ""


@dataclass(frozen=True)
class Ranking:
    """Names in their order with competition ranks and values; `facts` begin the facts' ids.

    `facts` is `<exhibit>/<measure>`; a name's fact is `<facts>/<name>/<year>`.
    """

    names: tuple[str, ...]
    ranks: tuple[int, ...]
    values: tuple[float, ...]
    unit: str
    digits: int
    facts: str
    year: int

    @classmethod
    def of(
        cls,
        frame: pd.DataFrame,
        measure: str,
        facts: str,
        year: int,
        digits: int = 0,
    ) -> Ranking:
        """Return the ranking of a tidy frame that has rows of `measure` and of `rank`."""
        rows = frame[frame["measure"] == measure].set_index("group")
        places = frame[frame["measure"] == "rank"].set_index("group")["value"]
        names = tuple(str(name) for name in rows.index)
        return cls(
            names,
            tuple(int(places[name]) for name in names),
            tuple(float(value) for value in rows["value"]),
            str(rows["unit"].iloc[0]) if len(rows) else "",
            digits,
            facts,
            year,
        )

    def __len__(self) -> int:
        return len(self.names)

    def first(self, places: int) -> Ranking:
        """Return those of rank `places` or better: more than `places` where the last are tied."""
        return self._where([rank <= places for rank in self.ranks])

    def rows(self, number: int) -> Ranking:
        """Return the first rows, at most `number`, ties or not."""
        return self._where([position < number for position in range(len(self))])

    def positive(self) -> Ranking:
        """Return those with a value above zero, the unknown ones left out."""
        return self._where([value > 0 for value in self.values])

    def amounts(self) -> list[str]:
        """Return each value as a mark with its unit; Unsayable where one is not known."""
        if any(state_of(value) != "value" for value in self.values):
            raise Unsayable("withheld")
        return [
            inline(value, self.unit, self.digits, f"{self.facts}/{name}/{self.year}")
            for name, value in zip(self.names, self.values, strict=True)
        ]

    def _where(self, keep: Sequence[bool]) -> Ranking:
        kept = [position for position, yes in enumerate(keep) if yes]
        return Ranking(
            tuple(self.names[at] for at in kept),
            tuple(self.ranks[at] for at in kept),
            tuple(self.values[at] for at in kept),
            self.unit,
            self.digits,
            self.facts,
            self.year,
        )
