"""Editions without a fault: firms drawn at random, counted, and printed as the 2021 report prints.

Knows nothing of the audit. Years 2030 and 2031, so that no other report prints the same shares.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor

import numpy as np
import pandas as pd

from .oracle import MEMBERS, PROVINCES, table

YEAR = 2031
LEVELS = np.array(["le1", "2", "3", "ge4"])
DIVISIONS = {r["code"]: r["name_zh"] for r in table("divisions")}
CLASSES = {r["code"]: r["name_zh"] for r in table("classes")}
SECTORS = {r["id"]: r["name_zh"] for r in table("sectors")}
SECTOR_OF = {r["code"]: r["sector"] for r in table("divisions")}
FOLLOWED = ("38", "34", "17", "36", "35", "37", "39", "33")


def shortened(value: Fraction, decimals: int) -> str:
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    text = f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"
    return text.replace("-0.00", "0.00") if not Decimal(text) else text


class Edition:
    def __init__(self, original: list[dict[str, str]], seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        self.places = {(r["exhibit"], r["measure"], r["group"]): r for r in original}
        self.rows: list[dict[str, str]] = []
        self.now = self._firms(int(self.rng.integers(15000, 18000)), 0.69)
        self.before = self._firms(int(self.rng.integers(11000, 13000)), 0.75)
        self.participants = self._participants()
        self.original = original

    def _firms(self, number: int, low: float) -> pd.DataFrame:
        rng = self.rng
        cities = [(p, c) for p in PROVINCES.values() for c in sorted(MEMBERS[p]) if c != "重庆县"]
        provinces = dict(
            zip(PROVINCES.values(), rng.dirichlet(np.full(31, 0.5)) + 0.004, strict=True)
        )
        weight = np.array([provinces[p] for p, _ in cities]) * rng.lognormal(0, 1.2, len(cities))
        place = rng.choice(len(cities), number, p=weight / weight.sum())
        classes = sorted(CLASSES)
        own = rng.lognormal(0, 1.3, len(classes))
        kind = np.array(classes)[rng.choice(len(classes), number, p=own / own.sum())]
        lift = {code: rng.normal(0, 0.06) for code in DIVISIONS}
        discrete = rng.random(number) < 0.65
        shares = low + np.array([lift[k[:2]] for k in kind]) - 0.03 * discrete
        u = rng.random(number)
        steps = np.stack([shares, shares + 0.5 * (1 - shares), shares + 0.75 * (1 - shares)])
        level = (u[None, :] > steps).sum(axis=0)
        frame = pd.DataFrame(
            {
                "province": [cities[i][0] for i in place],
                "city": [cities[i][1] for i in place],
                "class": kind,
                "division": [k[:2] for k in kind],
                "discrete": discrete,
                "level": LEVELS[level],
                "small": rng.random(number) < 0.95 - 0.06 * level,
            }
        )
        for name in ("design", "logistics", "sales", "service"):
            frame[name] = rng.random(number) < rng.uniform(0.4, 0.9)
        return frame

    def _participants(self) -> pd.Series:
        own = self.now["province"].value_counts().reindex(list(PROVINCES.values()), fill_value=0)
        return own + self.rng.integers(300, 900, len(own))

    def add(self, exhibit, measure, group, printed, unit, year=YEAR):
        like = self.places.get((exhibit, measure, group))
        where = like["where"] if like else f"{self._where(exhibit)}，{str(group).split(' ')[0]}"
        value = printed.rstrip("0").rstrip(".") if "." in printed else printed
        self.rows.append(
            {
                "exhibit": exhibit,
                "measure": measure,
                "group": group,
                "year": str(year),
                "value": value,
                "unit": unit,
                "printed": printed,
                "where": where,
            }
        )

    def _where(self, exhibit):
        return next(
            r["where"]
            for k, r in self.places.items()
            if k[0] == exhibit and k[1] in ("rank", "firms")
        ).split("，")[0]

    def share(self, firms, levels):
        return Fraction(100 * int(firms["level"].isin(levels).sum()), len(firms))

    def build(self) -> list[dict[str, str]]:
        self.overall()
        self.ranked()
        self.types()
        self.industries()
        self.small()
        self.practices()
        order = {(r["exhibit"]): i for i, r in enumerate(self.original)}
        return sorted(self.rows, key=lambda r: order[r["exhibit"]])

    def overall(self):
        self.add("text", "industry_divisions", "全国", "31", "个")
        self.add("text", "provinces", "全国", "31", "个")
        self.add("text", "participants_over", "全国", str(int(self.participants.sum()) - 7), "家")
        for province in ("江苏省", "山东省", "宁夏回族自治区"):
            self.add("fig-01", "participants", province, str(self.participants[province]), "家")
        for group in (("北京市", "广东省", "湖南省"), ("安徽省", "福建省", "江西省")):
            bound = int(min(self.participants[list(group)])) - 1
            for province in group:
                self.add("fig-01", "participants_over", province, str(bound), "家")
        for figure, rows in (("fig-02", 10), ("fig-03", 5), ("fig-07", 10)):
            self.add(figure, "title_rows", "全国", str(rows), "个")
        for level in LEVELS:
            self.add(
                "fig-04",
                f"share_level_{level}",
                "全国",
                shortened(self.share(self.now, [level]), 0),
                "%",
            )
        for measure, sign, levels in (
            ("le1_decrease", -1, ["le1"]),
            ("ge3_increase", 1, ["3", "ge4"]),
        ):
            moved = sign * (self.share(self.now, levels) - self.share(self.before, levels))
            self.add("text", f"share_level_{measure}", "全国", shortened(moved, 0), "百分点")
        self.add("text", "sample_threshold", "全国", "300", "家")

    def ranked(self):
        high = self.now[self.now["level"] != "le1"]
        provinces = high["province"].value_counts().reindex(list(PROVINCES.values()), fill_value=0)
        provinces = provinces.sort_values(ascending=False, kind="stable")
        for name, count in provinces.items():
            self.add("tab-provinces", "rank", name, str(1 + int((provinces > count).sum())), "位")
            self.add("tab-provinces", "firms_level_ge2", name, str(count), "家")
        cities = high["city"].value_counts()
        top = cities[cities >= cities.iloc[50]]
        self.add("tab-cities", "title_rows", "全国", str(len(top)), "个")
        for name, count in top.items():
            self.add("tab-cities", "rank", name, str(1 + int((cities > count).sum())), "位")
            self.add("tab-cities", "firms_level_ge2", name, str(count), "家")

    def types(self):
        discrete, process = (self.now[self.now["discrete"] == d] for d in (True, False))
        for name, own in (("离散型", discrete), ("流程型", process)):
            self.add("fig-05", "share_level_le1", name, shortened(self.share(own, ["le1"]), 1), "%")
        for name, levels in (("2_3", ["2", "3"]), ("ge4", ["ge4"])):
            lead = self.share(discrete, levels) - self.share(process, levels)
            self.add("fig-05", f"share_level_{name}_lead", "离散型", shortened(lead, 1), "百分点")

    def industries(self):
        falls = {}
        for code in FOLLOWED:
            now, before = (f[f["division"] == code] for f in (self.now, self.before))
            for level in LEVELS:
                a, b = self.share(now, [level]), self.share(before, [level])
                measure, group = f"share_level_{level}", DIVISIONS[code]
                self.add("tab-industry-change", measure, group, shortened(a, 2), "%")
                self.add("tab-industry-change", measure, group, shortened(b, 2), "%", YEAR - 1)
                self.add(
                    "tab-industry-change", f"{measure}_change", group, shortened(a - b, 2), "百分点"
                )
                if level == "le1":
                    falls[code] = b - a
        for group in (("34", "38", "39", "35"), ("17", "37")):
            sizes = [falls[c] for c in group]
            if min(sizes) < 0:
                continue
            for code in group:
                for end, value in (("from", floor(min(sizes))), ("to", ceil(max(sizes)))):
                    self.add(
                        "text",
                        f"share_level_le1_decrease_{end}",
                        DIVISIONS[code],
                        str(value),
                        "百分点",
                    )
        for code in ("36", "33"):
            if falls[code] > 0:
                self.add(
                    "text",
                    "share_level_le1_decrease",
                    DIVISIONS[code],
                    shortened(falls[code], 2),
                    "百分点",
                )

    def small(self):
        now = self.now
        low = now[now["level"] == "le1"]
        for measure, own in (("sme_share", now), ("sme_share_of_level_le1", low)):
            self.add(
                "text",
                measure,
                "全国",
                shortened(Fraction(100 * int(own["small"].sum()), len(own)), 2),
                "%",
            )
        self.add("text", "sme_employees_under", "全国", "1000", "人")
        self.add("text", "sme_revenue_under", "全国", "40000", "万元")
        small = now[now["small"]]
        for name in ("design", "logistics", "sales", "service"):
            rate = Fraction(100 * int(small[name].sum()), len(small))
            self.add("fig-09", f"coverage_{name}", "中小企业", shortened(rate, 2), "%")
        counts = small["class"].value_counts()
        bar = int(counts.iloc[16])
        self.add("tab-sme-classes", "sample_threshold", "全国", str(bar), "家")
        for code, count in counts[counts > bar].items():
            self.add("tab-sme-classes", "firms", f"{code} {CLASSES[code]}", str(count), "家")

    def practices(self):
        rates: dict[tuple[str, int, str], Fraction] = {}
        for row in self.original:
            if not "fig-10" <= row["exhibit"] <= "fig-23":
                continue
            year = YEAR - (2021 - int(row["year"]))
            firms = self.now if year == YEAR else self.before
            key = (row["measure"], year, row["group"])
            if key not in rates:
                size = len(firms)
                rates[key] = Fraction(100 * int(self.rng.integers(size // 20, size)), size)
            decimals = len(row["printed"].partition(".")[2])
            self.add(
                row["exhibit"],
                row["measure"],
                row["group"],
                shortened(rates[key], decimals),
                "%",
                year,
            )
        measure = "equipment_digitalisation_rate"
        moved = rates[measure, YEAR, "全行业"] - rates[measure, YEAR - 1, "全行业"]
        if moved > 0:
            self.add("text", f"{measure}_increase", "全行业", shortened(moved, 0), "百分点")


def consistent_edition(original: list[dict[str, str]], seed: int) -> list[dict[str, str]]:
    return Edition(original, seed).build()
