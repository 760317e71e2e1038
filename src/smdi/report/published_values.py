"""What of a chapter the published report prints, and the computed rows that answer to it.

By it a number knows its status, and whether to bear a mark. In a scope that is not the whole nation
nothing is compared, and in print is what the nation's report says of the scope and of its cities.
"""

from __future__ import annotations

import math
import re
from functools import cached_property

import pandas as pd

from smdi.edition import Edition, Scope
from smdi.indicators import tidy
from smdi.indicators.precision.status import KNOWN, Evidence, Status
from smdi.indicators.reproduction import COMPUTED_COLUMNS, SUFFIXES
from smdi.published import contradictions, fact_id, read_facts
from smdi.report.exhibits import Simulated, simulated_state
from smdi.standards import cities
from smdi.standards.scope import province_code, scope_name

Fact = tuple[str, str, str, int]


def facts_of(edition: Edition) -> pd.DataFrame:
    """Return the published facts of an edition; none where it has none."""
    return read_facts(edition.published) if edition.published else no_facts()


def told_of(facts: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    """Return the nation's facts that speak of a scope: a province with its cities, or a division.

    Of a narrower scope they tell nothing, and a rank is another there.
    """
    groups: set[str] = set()
    if set(scope.given) == {"province"}:
        table = cities()
        inside = table[table["parent"] == province_code(scope.province)]
        groups = {scope.province, *map(str, inside["short_zh"])}
    elif set(scope.given) == {"industry"}:
        groups = {scope_name(scope.given)}
    return facts[facts["group"].isin(groups) & (facts["measure"] != tidy.RANK)]


class PublishedValues:
    """The published facts of an edition beside what a chapter has computed.

    `facts` as `smdi.published.read_facts` gives them. In another scope than theirs nothing is
    collected, and `known` are those that tell of values all the same. `simulated` tells whether
    the firms are.
    """

    def __init__(
        self,
        facts: pd.DataFrame,
        *,
        known: pd.DataFrame | None = None,
        simulated: bool = False,
    ) -> None:
        self.facts = facts
        self.applies = known is None and len(facts) > 0
        self.evidence = Evidence(facts if known is None else known, simulated=simulated)
        self._computed: list[pd.DataFrame] = []

    def identify(self, fact: Fact | None) -> str | None:
        """Return the id of a fact, None where facts do not apply."""
        return fact_id(*fact) if fact is not None and self.applies else None

    def status(self, fact: Fact | None, value: float | None, digits: int) -> Status:
        """Return what the value of a fact is known from, as it shows with `digits` decimals.

        The same measure, group and year is the same quantity wherever it stands. A bound (more
        than 500) does not print the value.
        """
        if value is None or math.isnan(value):
            return "missing"
        if fact is None:
            return self.evidence.otherwise
        return self.evidence.status(*fact[1:], value, digits)

    def status_of_amount(self, identifier: str, amount: str) -> Status:
        """Return what an amount written out (5.9 个百分点) is known from, whatever its sign."""
        written = re.match(r"-?[\d,]+(\.\d+)?", amount)
        if written is None or not identifier:
            return self.evidence.otherwise
        number = written[0].replace(",", "")
        if self.applies and identifier in self.facts.index:
            printed = str(self.facts.loc[identifier, "printed"])
            if abs(float(printed)) == abs(float(number)):
                return "published"
        return self.evidence.of_amount(*_quantity(identifier), number)

    def simulated_part(self, exhibit: str, frame: pd.DataFrame) -> Simulated:
        """Tell which part of an exhibit of simulated firms is not in print: none, partly, all."""
        keys = list(zip(frame["measure"], frame["group"], frame["year"], strict=True))
        known = [
            self.evidence.status(*key, value) in KNOWN
            for key, value in zip(keys, frame["value"], strict=True)
        ]
        published = pd.Series(known, index=frame.index, dtype="bool")
        disputed = pd.Series(False, index=frame.index)
        if self.applies:
            ids = [fact_id(exhibit, *key) for key in keys]
            disputed = self._disputed(pd.Series(ids, index=frame.index, dtype="str"), ~published)
        return simulated_state(frame, published, disputed)

    def _disputed(self, ids: pd.Series, unlike: pd.Series) -> pd.Series:
        """Tell which rows answer to a fact that is contradicted, and are `unlike` what it prints.

        The audit takes a second, and most exhibits have no such row: it is asked only where a fact
        is there and the value is another.
        """
        answers = unlike & ids.isin(self.facts.index)
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
        if not self.applies:
            return
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


def _quantity(identifier: str) -> tuple[str, str, int]:
    """Return the measure, the group and the year of a fact's id."""
    _, measure, group, year = identifier.split("/")
    return measure, group, int(year)


def no_facts() -> pd.DataFrame:
    """Return the facts of an edition that has no published counterpart."""
    columns = ["exhibit", "measure", "group", "year", "value", "unit", "printed", "where"]
    return pd.DataFrame(columns=columns, index=pd.Index([], dtype="str", name="fact_id"))
