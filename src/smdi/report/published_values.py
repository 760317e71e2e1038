"""What of a chapter the published report prints, and the computed rows that answer to it.

By it a number knows whether to bear the mark of simulated data: a number whose very value the
published report prints does not. In a scope that is not the whole nation nothing is
published, and nothing is compared.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal
from functools import cached_property

import pandas as pd

from smdi.indicators import tidy
from smdi.indicators.precision.rounding import half_up, printed_decimals
from smdi.indicators.reproduction import COMPUTED_COLUMNS, SUFFIXES, agrees_with_print
from smdi.published import contradictions, fact_id
from smdi.report.exhibits import Simulated, simulated_state

Fact = tuple[str, str, str, int]


class PublishedValues:
    """The published facts of an edition beside what a chapter has computed.

    `facts` as `smdi.published.read_facts` gives them; `applies` is false in a scope the facts do
    not speak of, and then nothing is published or collected.
    """

    def __init__(self, facts: pd.DataFrame, applies: bool) -> None:
        self.facts = facts
        self.applies = applies and len(facts) > 0
        self._printed = _by_quantity(facts)
        self._computed: list[pd.DataFrame] = []

    def identify(self, fact: Fact | None) -> str | None:
        """Return the id of a fact, None where facts do not apply."""
        return fact_id(*fact) if fact is not None and self.applies else None

    def is_printed(self, identifier: str | None, value: float) -> bool:
        """Tell whether the published report prints this value, in this exhibit or another.

        The same measure, group and year is the same quantity wherever it stands. A bound (more
        than 500) does not print the value.
        """
        if identifier is None or not self.applies:
            return False
        quantity = identifier.partition("/")[2]
        return any(agrees_with_print(value, printed) for printed in self._printed.get(quantity, ()))

    def is_printed_amount(self, identifier: str, amount: str) -> bool:
        """Tell whether the published report prints an amount written out (5.9 个百分点).

        Signs do not count, as a fall of 7.19 may be printed as -7.19; digits do, as many as both
        have. As in `is_printed`, the exhibit does not matter.
        """
        written = re.match(r"-?[\d,]+(\.\d+)?", amount)
        if written is None or not self.applies:
            return False
        said = written[0].replace(",", "")
        printed = list(self._printed.get(identifier.partition("/")[2], ()))
        if identifier in self.facts.index:
            printed.append(str(self.facts.loc[identifier, "printed"]))
        return any(_same_amount(said, one) for one in printed)

    def simulated_part(self, exhibit: str, frame: pd.DataFrame) -> Simulated:
        """Tell which part of an exhibit of simulated firms is not in print: none, partly, all."""
        keys = zip(frame["measure"], frame["group"], frame["year"], strict=True)
        ids = pd.Series([fact_id(exhibit, *key) for key in keys], index=frame.index, dtype="str")
        printed = [
            self.applies and not math.isnan(value) and self.is_printed(name, value)
            for name, value in zip(ids, frame["value"], strict=True)
        ]
        published = pd.Series(printed, index=frame.index, dtype="bool")
        return simulated_state(frame, published, self._disputed(ids, ~published))

    def _disputed(self, ids: pd.Series, unlike: pd.Series) -> pd.Series:
        """Tell which rows answer to a fact that is contradicted, and are `unlike` what it prints.

        The audit takes a second, and most exhibits have no such row: it is asked only where a fact
        is there and the value is another.
        """
        answers = unlike & ids.isin(self.facts.index) & self.applies
        return answers & ids.isin(self._contradicted) if answers.any() else answers

    @cached_property
    def _contradicted(self) -> set[str]:
        return set(contradictions(self.facts)["fact_id"])

    def add(self, exhibit: str, frame: pd.DataFrame) -> None:
        """Collect the rows of a tidy frame as computed values of an exhibit."""
        if self.applies:
            self._computed.append(frame.assign(exhibit=exhibit)[COMPUTED_COLUMNS])

    def add_number(self, fact: Fact, value: float, unit: str) -> None:
        """Collect a single computed value; a bound's row bears the name of what it bounds."""
        exhibit, measure, group, year = fact
        for suffix in SUFFIXES:
            measure = measure.removesuffix(suffix)
        self.add(exhibit, tidy.frame([tidy.setting(measure, group, year, value, unit)]))

    def csv(self) -> bytes:
        """Return the computed rows as facts.csv: COMPUTED_COLUMNS, each key and value once."""
        empty = pd.DataFrame(columns=COMPUTED_COLUMNS)
        rows = pd.concat(self._computed) if self._computed else empty
        rows = rows.drop_duplicates(["exhibit", "measure", "group", "year", "value"])
        return rows.to_csv(index=False, lineterminator="\n").encode()


def _same_amount(said: str, printed: str) -> bool:
    digits = min(printed_decimals(said), printed_decimals(printed))
    return abs(half_up(float(said), digits)) == abs(half_up(float(Decimal(printed)), digits))


def _by_quantity(facts: pd.DataFrame) -> dict[str, list[str]]:
    """Return measure/group/year -> the numbers printed for it; bounds are left out."""
    printed: dict[str, list[str]] = {}
    for identifier, measure, number in zip(
        facts.index, facts["measure"], facts["printed"], strict=True
    ):
        if not measure.endswith(SUFFIXES):
            printed.setdefault(identifier.partition("/")[2], []).append(number)
    return printed


def no_facts() -> pd.DataFrame:
    """Return the facts of an edition that has no published counterpart."""
    columns = ["exhibit", "measure", "group", "year", "value", "unit", "printed", "where"]
    return pd.DataFrame(columns=columns, index=pd.Index([], dtype="str", name="fact_id"))
