"""What is true of a scope, by plain pandas from the scores: numbers by sentence, clear changes.

Nothing of `smdi.indicators` is used: shares, counts, ranks and standard errors are worked out
afresh, each by the shortest way.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from smdi.standards import divisions, practices, regions

NOW, BEFORE = 2021, 2020
SMALL = 5
COLUMNS = {"industry": "division", "type": "process_type"}


def read(path: Path) -> pd.DataFrame:
    """Read scores, one row a firm and year: the last that was submitted."""
    frame = pd.read_parquet(path)
    order = frame.sort_values("submitted_on", kind="stable")
    return order.drop_duplicates(["credit_code", "year"], keep="last")


def within(frame: pd.DataFrame, scope: Mapping[str, str]) -> pd.DataFrame:
    """Return the rows of a scope."""
    codes = regions().reset_index().set_index("name_zh")["code"]
    for dimension, value in scope.items():
        if dimension == "province":
            kind = regions()["kind"] == "province"
            own = regions()[kind & (regions()["name_zh"] == value)].index[0]
            frame = frame[frame["province"] == own]
        elif dimension == "city":
            frame = frame[frame["city"] == codes[value]]
        elif dimension == "sector":
            frame = frame[frame["division"].map(divisions()["sector"]) == value]
        else:
            frame = frame[frame[COLUMNS.get(dimension, dimension)] == value]
    return frame


def _listed(some: pd.Series) -> list[float]:
    """Return the numbers of rows that a list may have: what is withheld is passed over."""
    return [float(number) for number in range(1, int(some.sum()) + 1)]


class Truth:
    """One scope of one set of scores."""

    def __init__(self, scores: pd.DataFrame, scope: Mapping[str, str]) -> None:
        self.all, self.scope = scores, dict(scope)
        mine = within(scores, scope)
        self.now, self.before = mine[mine["year"] == NOW], mine[mine["year"] == BEFORE]

    def _to_date(self, year: int, scope: Mapping[str, str]) -> pd.DataFrame:
        past = self.all[self.all["year"] <= year].sort_values("year", kind="stable")
        return within(past.drop_duplicates("credit_code", keep="last"), scope)

    @cached_property
    def participants(self) -> pd.DataFrame:
        return self._to_date(NOW, self.scope)

    @cached_property
    def without_region(self) -> dict[str, str]:
        return {k: v for k, v in self.scope.items() if k not in ("province", "city")}

    def share(self, frame: pd.DataFrame, *classes: str) -> float:
        return 100 * frame["level_class"].isin(classes).mean() if len(frame) else np.nan

    # -- what each sentence may say ----------------------------------------------------------

    def numbers(self, key: str) -> dict[str, list[float]] | None:
        """Return unit -> the values that a sentence may print, None for one not looked at here."""
        chapter, _, name = key.partition(".")
        method = getattr(self, f"_{chapter}_{name}".replace("-", "_"), None)
        if method is None and chapter.startswith(("trend-", "sector-")):
            return self._practices(name)
        return method() if method else None

    def _national_levels_composition(self) -> dict[str, list[float]]:
        return {"%": [self.share(self.now, name) for name in ("le1", "2", "3", "ge4")]}

    _national_levels_reading = _national_levels_outlook = _national_levels_composition

    def _national_levels_change(self) -> dict[str, list[float]]:
        moved = [
            abs(self.share(self.now, *names) - self.share(self.before, *names))
            for names in (("le1",), ("3", "ge4"))
        ]
        return {"百分点": moved}

    def _national_levels_summary(self) -> dict[str, list[float]]:
        return self._national_levels_composition() | self._national_levels_change()

    def _national_levels_sources(self) -> dict[str, list[float]]:
        both = self.now.merge(self.before, on="credit_code", suffixes=("", "_before"))
        mine = (both["level_class"] == "le1").mean() - (both["level_class_before"] == "le1").mean()
        low_now, low_before = (
            (frame["level_class"] == "le1") * 100.0 for frame in (self.now, self.before)
        )
        cells = [["division", "size", "province"], ["division", "size"], ["division"], ["size"]]
        expected = pd.Series(np.nan, index=self.before.index)
        for cell in cells:
            means = low_now.groupby([self.now[name] for name in cell]).mean()
            means.name = "mean"
            found = self.before[cell].join(means, on=cell)["mean"]
            expected = expected.fillna(found)
        expected = expected.fillna(low_now.mean())
        return {"百分点": [abs(100 * mine), abs(expected.mean() - low_before.mean())]}

    def _national_levels_nation(self) -> dict[str, list[float]]:
        own = self.share(self.now, "2", "3", "ge4")
        nation = self.share(self.all[self.all["year"] == NOW], "2", "3", "ge4")
        return {"%": [own], "百分点": [abs(own - nation)], "家": [30], "个": self._peers()}

    def _peers(self) -> list[float]:
        dimension = next(iter(self.scope), "")
        first = ("city", "province", "size", "sector", "industry")
        dimension = next((name for name in first if name in self.scope), "")
        if not dimension:
            return []
        rest = {k: v for k, v in self.scope.items() if k != dimension}
        frame = within(self.all[self.all["year"] == NOW], rest)
        keys = (
            frame["division"].map(divisions()["sector"])
            if dimension == "sector"
            else (frame[COLUMNS.get(dimension, dimension)])
        )
        sizes = keys[keys.astype(str).str.len() > 0].value_counts()
        return [float((sizes >= 30).sum())]

    def _participation_overall(self) -> dict[str, list[float]]:
        frame = self.participants
        spread = [frame["province"].nunique(), frame["division"].nunique()]
        return {"家": [len(frame)], "个": [float(number) for number in spread]}

    _participation_coverage = _participation_overall

    def _participation_part_of_nation(self) -> dict[str, list[float]]:
        inside = self.without_region if len(self.without_region) < len(self.scope) else {}
        return {"%": [100 * len(self.participants) / len(self._to_date(NOW, inside))]}

    def _by_region(self, frame: pd.DataFrame) -> pd.Series:
        column = "city" if "province" in self.scope else "province"
        return frame[column].value_counts()

    def _participation_leaders(self) -> dict[str, list[float]]:
        return {"家": list(self._by_region(self.participants).astype(float))}

    def _participation_concentration(self) -> dict[str, list[float]]:
        counts = self._by_region(self.participants)
        ranks = counts.rank(method="min", ascending=False)
        # Where the third is withheld, the sentence before has named two.
        firms = [counts[ranks <= places].sum() for places in (2, 3)]
        return {"%": [100 * number / len(self.participants) for number in firms]}

    def _participation_growth(self) -> dict[str, list[float]]:
        rates = []
        for column in ("city", "province"):
            now = self.participants[column].value_counts()
            before = self._to_date(BEFORE, self.scope)[column].value_counts()
            before = before[before >= 30]
            rates += list(100 * (now.reindex(before.index, fill_value=0) / before - 1))
        return {"%": rates}

    def _mature(self, frame: pd.DataFrame) -> pd.DataFrame:
        return frame[frame["level"] >= 2]

    def _regions_provinces(self) -> dict[str, list[float]]:
        if "province" in self.scope or "city" in self.scope:
            return {"家": [float(len(self._mature(self.now)))]}
        return {"家": list(self._mature(self.now)["province"].value_counts().astype(float))}

    _regions_summary = _regions_provinces

    def _regions_cities(self) -> dict[str, list[float]]:
        return {"家": list(self._mature(self.now)["city"].value_counts().astype(float))}

    def _regions_concentration(self) -> dict[str, list[float]]:
        counts = self._mature(self.now)["province"].value_counts()
        return {"家": [counts.sum()], "%": [100 * counts.head(5).sum() / counts.sum()]}

    def _regions_ties(self) -> dict[str, list[float]]:
        counts = self._mature(self.now)["city"].value_counts()
        return {"个": _listed(counts > 0)}

    def _industries_types(self) -> dict[str, list[float]]:
        kinds = [self.now[self.now["process_type"] == kind] for kind in ("discrete", "process")]
        leads = [
            abs(self.share(kinds[0], *names) - self.share(kinds[1], *names))
            for names in (("2", "3"), ("ge4",))
        ]
        return {"%": [self.share(frame, "le1") for frame in kinds], "百分点": leads}

    _industries_summary = _industries_types

    def _industries_sampled(self) -> dict[str, list[float]]:
        return {"家": [300]}

    def _industries_leading(self) -> dict[str, list[float]]:
        sizes = self.now["division"].value_counts()
        rates = (100 * (self.now["level"] >= 2)).groupby(self.now["division"]).mean()
        return {"%": list(rates[sizes[sizes >= 300].index].sort_values(ascending=False)[:10])}

    def _industry_changes(self, *classes: str) -> dict[str, list[float]]:
        rates = [
            (100.0 * frame["level_class"].isin(classes)).groupby(frame["division"]).mean()
            for frame in (self.now, self.before)
        ]
        return {"百分点": list((rates[0] - rates[1]).abs().dropna())}

    def _industries_change(self) -> dict[str, list[float]]:
        return self._industry_changes("le1")

    _industries_fast = _industries_slow = _industries_change

    def _industries_divergence(self) -> dict[str, list[float]]:
        return self._industry_changes("ge4")

    @cached_property
    def small(self) -> pd.DataFrame:
        return self.now[self.now["size"] != "large"]

    def _sme_overall(self) -> dict[str, list[float]]:
        low = self.now[self.now["level_class"] == "le1"]
        return {"%": [100 * (frame["size"] != "large").mean() for frame in (self.now, low)]}

    _sme_summary = _sme_overall

    def _sme_definition(self) -> dict[str, list[float]]:
        return {"人": [1000], "万元": [40000]}

    def _sme_coverage(self) -> dict[str, list[float]]:
        names = ("design", "logistics", "sales", "service")
        return {"%": [100 * self.small[name].astype(bool).mean() for name in names]}

    def _sme_classes(self) -> dict[str, list[float]]:
        counts = self.small["industry"].value_counts()
        return {"家": [100, *counts.head(1).astype(float)], "个": _listed(counts > 100)}

    # -- practices ---------------------------------------------------------------------------

    def rate(self, frame: pd.DataFrame, practice: str) -> float:
        answers = frame[f"practice_{practice}"].dropna().astype(float)
        scale = 1 if practices().loc[practice, "kind"] == "ratio" else 100
        return scale * answers.mean() if len(answers) else np.nan

    @cached_property
    def _frames(self) -> list[pd.DataFrame]:
        same = {k: v for k, v in self.scope.items() if k not in ("industry", "sector")}
        everyone = within(self.all[self.all["year"] == NOW], same)
        sector = self.now["division"].map(divisions()["sector"])
        parts = [self.now[sector == name] for name in sorted(set(divisions()["sector"]) - {""})]
        return [self.now, self.before, everyone, *parts]

    def _practices(self, name: str) -> dict[str, list[float]]:
        rates, asked, moves, growth = self._of_practices
        return {"%": growth if name == "growth" else rates, "家": asked, "百分点": moves}

    @cached_property
    def _of_practices(self) -> tuple[list[float], ...]:
        ids = list(practices().index)
        rates = [self.rate(frame, practice) for frame in self._frames for practice in ids]
        asked = [
            float(frame[f"practice_{practice}"].notna().sum())
            for frame in self._frames
            for practice in ids
        ]
        both = self.now.merge(self.before, on="credit_code", suffixes=("", "_before"))
        moves, numbers, growth = [], [], []
        for practice in ids:
            scale = 1 if practices().loc[practice, "kind"] == "ratio" else 100
            pair = both[[f"practice_{practice}", f"practice_{practice}_before"]].astype(float)
            pair = pair.dropna()
            numbers.append(float(len(pair)))
            if len(pair):
                moves.append(abs(scale * (pair.iloc[:, 0].mean() - pair.iloc[:, 1].mean())))
            moves.append(abs(self.rate(self.now, practice) - self.rate(self.before, practice)))
            users = [
                frame[f"practice_{practice}"].dropna().astype(float).sum()
                for frame in (self.now, self.before)
            ]
            firms = [frame[f"practice_{practice}"].notna().sum() for frame in self._frames[:2]]
            for now, before in (users, firms):
                if before:
                    growth.append(abs(100 * (now / before - 1)))
        return rates, [*asked, *numbers], moves, growth

    # -- whether a change is clear -----------------------------------------------------------

    def change(self, column: pd.Series, before: pd.Series) -> tuple[float, float]:
        """Return the change of a mean over all firms and its standard error, summed by firm."""
        now, old = column.dropna(), before.dropna()
        if min(len(now), len(old)) < 30:
            return now.mean() - old.mean(), np.inf
        parts = [
            sign * (values - values.mean()) / np.sqrt(len(values) * (len(values) - 1))
            for sign, values in ((1, now), (-1, old))
        ]
        error = np.sqrt((pd.concat(parts).groupby(level=0).sum() ** 2).sum())
        # With as many digits as it is told, where a scope is protected.
        return now.mean() - old.mean(), float(f"{error:.1e}") if self.scope else float(error)

    def practice_change(self, practice: str) -> tuple[float, float]:
        """Return the change of a practice's rate and its standard error."""
        scale = 1.0 if practices().loc[practice, "kind"] == "ratio" else 100.0
        sides = [
            scale * frame.set_index("credit_code")[f"practice_{practice}"].astype(float)
            for frame in (self.now, self.before)
        ]
        return self.change(*sides)

    def level_change(self, *classes: str) -> tuple[float, float]:
        """Return the change of the share of classes of levels and its standard error."""
        sides = [
            100.0 * frame.set_index("credit_code")["level_class"].isin(classes)
            for frame in (self.now, self.before)
        ]
        return self.change(*sides)
