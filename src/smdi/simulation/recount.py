"""A recount of the published quantities on scored firms, apart from the indicators of the report.

It stands beside `smdi.indicators` on purpose: that the two agree is worth something only because
neither knows the other. What belongs here: one value a fact, by plain counting.
"""

from __future__ import annotations

import pandas as pd

from smdi.simulation.assumptions import Assumptions
from smdi.standards import (
    ALL_INDUSTRIES,
    LEVEL_CLASSES,
    NATION,
    classes,
    divisions,
    practices,
    provinces,
    regions,
    sectors,
)

# Numbers that say how the report counts, or how long a table is: no property of the firms.
SETTINGS = ("title_rows", "sample_threshold", "sme_employees_under", "sme_revenue_under")
TYPES = {"离散型": "discrete", "流程型": "process"}
ABOVE = {"ge2": LEVEL_CLASSES[1:], "ge3": LEVEL_CLASSES[2:], "2_3": LEVEL_CLASSES[1:3]}


class Recount:
    """Published quantities of one scored population."""

    def __init__(self, scored: pd.DataFrame, assumptions: Assumptions) -> None:
        self.years = assumptions.years
        self.scored = scored
        self.assessed = {year: scored[scored["year"] == year] for year in self.years.all}
        newest = scored.sort_values("year", kind="stable")
        self.participants = newest.drop_duplicates("credit_code", keep="last")
        earlier = newest[newest["year"] < self.years.current]
        self.participants_before = earlier.drop_duplicates("credit_code", keep="last")
        self._province = {n: c for c, n in provinces()["name_zh"].items()}
        city_level = regions()[regions()["kind"] == "prefecture"]
        self._city = {n: c for c, n in city_level["short_zh"].items()}
        self._division = {n: c for c, n in divisions()["name_zh"].items()}
        self._sector = {n: s for s, n in sectors()["name_zh"].items()}
        self._practices = practices()

    def value(self, exhibit: str, measure: str, group: str, year: int) -> float | None:
        """Return the unrounded value of a fact; None for what is no property of the firms."""
        stem = _stem(measure)
        if stem in SETTINGS:
            return None
        if stem in ("industry_divisions", "provinces", "participants"):
            return self._participation(stem, group)
        if stem in ("firms_level_ge2", "rank"):
            return self._ranking(exhibit, stem, group, year)
        if stem == "firms":
            return float(self._sme_classes(year)[group.split(" ")[0]])
        if stem in ("sme_share", "sme_share_of_level_le1"):
            return self._sme_share(stem, year)
        if stem.startswith("coverage_"):
            small = self._small(year)
            return 100 * float(small[stem.removeprefix("coverage_")].mean())
        if stem.startswith("share_level_"):
            return self._levels(stem.removeprefix("share_level_"), group, year)
        return self._practice(stem, group, year)

    def _participation(self, stem: str, group: str) -> float:
        if stem == "participants":
            firms = self.participants
            if group != NATION:
                firms = firms[firms["province"] == self._province[group]]
            return float(len(firms))
        column = {"industry_divisions": "division", "provinces": "province"}[stem]
        return float(self.participants[column].nunique())

    def _ranking(self, exhibit: str, stem: str, group: str, year: int) -> float:
        column, code = "city", self._city.get(group)
        if exhibit == "tab-provinces":
            column, code = "province", self._province[group]
        firms = self.assessed[year]
        counts = firms.loc[firms["level_class"] != "le1", column].value_counts()
        own = int(counts.get(code, 0))
        return float(own if stem == "firms_level_ge2" else 1 + (counts > own).sum())

    def _small(self, year: int) -> pd.DataFrame:
        return self.assessed[year][self.assessed[year]["size"] != "large"]

    def _sme_classes(self, year: int) -> pd.Series:
        counts = self._small(year)["industry"].value_counts()
        return counts.reindex(classes().index, fill_value=0)

    def _sme_share(self, stem: str, year: int) -> float:
        firms = self.assessed[year]
        if stem.endswith("le1"):
            firms = firms[firms["level_class"] == "le1"]
        return 100 * float((firms["size"] != "large").mean())

    def _levels(self, stem: str, group: str, year: int) -> float:
        for suffix, sign in (("_change", 1), ("_increase", 1), ("_decrease", -1)):
            if stem.endswith(suffix):
                name = stem.removesuffix(suffix)
                now = self._share(name, group, year)
                return sign * (now - self._share(name, group, self.years.baseline))
        if stem.endswith("_lead"):
            name = stem.removesuffix("_lead")
            return self._share(name, "离散型", year) - self._share(name, "流程型", year)
        return self._share(stem, group, year)

    def _share(self, name: str, group: str, year: int) -> float:
        firms = self.assessed[year]
        if group in TYPES:
            firms = firms[firms["process_type"] == TYPES[group]]
        elif group != NATION:
            firms = firms[firms["division"] == self._division[group]]
        among = firms["level_class"].isin(ABOVE.get(name, (name,)))
        return 100 * int(among.sum()) / len(firms)

    def _practice(self, stem: str, group: str, year: int) -> float:
        if stem.endswith("_increase"):
            name = stem.removesuffix("_increase")
            before = self._practice(name, group, self.years.baseline)
            return self._practice(name, group, year) - before
        firms = self.assessed[year]
        if group != ALL_INDUSTRIES:
            sector = firms["division"].map(divisions()["sector"])
            firms = firms[sector == self._sector[group]]
        answers = firms[f"practice_{stem}"].dropna().astype("float64")
        mean = float(answers.mean())
        return mean if self._practices.at[stem, "kind"] == "ratio" else 100 * mean

    def province_code(self, name: str) -> str:
        """Return the code of a province by its full name."""
        return str(self._province[name])

    def growth(self) -> pd.Series:
        """Growth in % of participants to date, by name of province or planned city, best first."""
        table = regions()
        covered = table[(table["kind"] == "province") & table["in_scope"]]
        planned = table[table["separately_planned"]]
        result = {}
        for column, units, name in (
            ("province", covered, "name_zh"),
            ("city", planned, "short_zh"),
        ):
            now = self.participants[column].value_counts()
            before = self.participants_before[column].value_counts()
            for code in units.index:
                result[units.at[code, name]] = 100 * (now[code] / before[code] - 1)
        return pd.Series(result).sort_values(ascending=False, kind="stable")

    def leading_divisions(self, minimum: int) -> list[str]:
        """Divisions with enough assessed firms, by share at level 2 or above, best first."""
        firms = self.assessed[self.years.current]
        groups = firms.groupby("division", observed=True)["level_class"]
        share = groups.agg(lambda names: (names != "le1").mean())
        share = share[groups.size() >= minimum]
        return list(share.sort_values(ascending=False, kind="stable").index)

    def leading_cities(self, year: int, number: int) -> set[str]:
        """Short names of the cities with most firms at level 2 or above, ties at the end too."""
        firms = self.assessed[year]
        counts = firms.loc[firms["level_class"] != "le1", "city"].value_counts()
        bar = counts.iloc[number - 1]
        return set(regions()["short_zh"].loc[list(counts.index[counts >= bar])])

    def sme_classes_over(self, year: int, threshold: int) -> set[str]:
        """Four-digit classes with more small and medium firms than the threshold."""
        counts = self._sme_classes(year)
        return set(counts.index[counts > threshold])

    def sme_domain_gaps(self, year: int) -> pd.Series:
        """Mean score of small and medium firms less that of all firms, by domain."""
        names = [name for name in self.scored.columns if name.startswith("domain_")]
        return self._small(year)[names].mean() - self.assessed[year][names].mean()


def _stem(measure: str) -> str:
    """Return the measure that a bound or the end of a range is about."""
    for suffix in ("_over", "_from", "_to"):
        measure = measure.removesuffix(suffix)
    return measure
