"""What a careful reader with pencil, paper and the standards would see in rows of a facts file.

Written apart from the audit, from the meaning of the 2021 report's exhibits, in plain exact
arithmetic over rows; it uses none of the audit's code. `broken` gives the relations that cannot
hold, `traces` everything that looks wrong, each as (what, the facts it concerns).
"""

import csv
import re
from collections import Counter, defaultdict
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

STANDARDS = Path(__file__).parents[2] / "data" / "standards"
LEVELS = ("le1", "2", "3", "ge4")
HUNDRED = Fraction(100)


def table(name):
    with (STANDARDS / f"{name}.csv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


REGIONS = table("regions")
PROVINCES = {
    r["code"]: r["name_zh"] for r in REGIONS if r["kind"] == "province" and r["in_scope"] == "true"
}
MEMBERS = defaultdict(set)
for _r in REGIONS:
    if _r["kind"] != "province" and _r["parent"] in PROVINCES:
        MEMBERS[PROVINCES[_r["parent"]]].add(_r["short_zh"])
MUNICIPALITIES = {
    r["short_zh"]: r["name_zh"]
    for r in REGIONS
    if r["kind"] == "province" and r["municipality"] == "true"
}
SERIES = {
    (int(r["year"]), r["level_class"]): Fraction(r["share"]) for r in table("national_level_shares")
}


class Reader:
    """Rows by (exhibit, measure, group, year), with the exact interval behind each number."""

    def __init__(self, rows):
        self.rows = rows
        self.at = {(r["exhibit"], r["measure"], r["group"], int(r["year"])): r for r in rows}
        years = Counter(int(r["year"]) for r in rows)
        self.year = max(years, key=lambda y: (years[y], y))

    def id(self, row):
        return "/".join((row["exhibit"], row["measure"], row["group"], row["year"]))

    def get(self, exhibit, measure, group, year):
        return self.at.get((exhibit, measure, group, year))

    def like(self, **cells):
        return [r for r in self.rows if all(r[k] == v for k, v in cells.items())]


def n(row):
    return Fraction(row["printed"])


def ends(row):
    """(low, high, low belongs, high belongs) under half-up rounding away from zero."""
    if row["unit"] in ("家", "个", "位", "人"):
        return n(row), n(row), True, True
    half = Fraction(1, 2 * 10 ** len(row["printed"].partition(".")[2]))
    value = n(row)
    if value > 0:
        return value - half, value + half, True, False
    if value < 0:
        return value - half, value + half, False, True
    return -half, half, False, False


def plus(*many):
    return (
        sum(e[0] for e in many),
        sum(e[1] for e in many),
        all(e[2] for e in many),
        all(e[3] for e in many),
    )


def minus(e):
    return -e[1], -e[0], e[3], e[2]


def meet(a, b):
    low, high = max(a[0], b[0]), min(a[1], b[1])
    closed = all(e[2] for e in (a, b) if e[0] == low) and all(e[3] for e in (a, b) if e[1] == high)
    return low < high or (low == high and closed)


def exactly(value):
    return Fraction(value), Fraction(value), True, True


def broken(rows):
    """The relations between printed numbers that cannot hold: set of (name, ids)."""
    r = Reader(rows)
    found = set()
    for check in (
        wholes,
        changes,
        claims,
        repeats,
        ranks,
        titles,
        places,
        leads,
        mixture,
        bounds,
        participants,
        small_firms,
        thresholds,
        national_total,
        class_counts,
        ranges,
    ):
        for name, members in check(r):
            found.add((name, tuple(sorted(r.id(m) for m in members))))
    return found


def wholes(r):
    cells = {(x["exhibit"], x["group"], x["year"]) for x in r.rows}
    for exhibit, group, year in cells:
        parts = [r.get(exhibit, f"share_level_{c}", group, int(year)) for c in LEVELS]
        if (
            all(parts)
            and all(p["unit"] == "%" for p in parts)
            and not meet(plus(*map(ends, parts)), exactly(100))
        ):
            yield "whole", parts


def terms(r, row, stem):
    now = r.get(row["exhibit"], stem, row["group"], int(row["year"]))
    before = r.get(row["exhibit"], stem, row["group"], int(row["year"]) - 1)
    return (now, before) if now and before else None


def changes(r):
    for row in r.rows:
        stem = row["measure"].removesuffix("_change")
        pair = terms(r, row, stem) if stem != row["measure"] else None
        if pair and not meet(plus(ends(pair[0]), minus(ends(pair[1]))), ends(row)):
            yield "change", (row, *pair)


def claims(r):
    for row in r.rows:
        found = re.fullmatch(r"(.+)_(increase|decrease)(|_from|_to)", row["measure"])
        if not found:
            continue
        stem, way, end = found.groups()
        for other in r.rows:
            if (
                other["group"] != row["group"]
                or other["year"] != row["year"]
                or other["exhibit"] == row["exhibit"]
            ):
                continue
            if other["measure"] == f"{stem}_change":
                moved = ends(other)
            elif other["measure"] == stem and not r.get(
                other["exhibit"], f"{stem}_change", row["group"], int(row["year"])
            ):
                pair = terms(r, other, stem)
                if not pair:
                    continue
                moved = plus(ends(pair[0]), minus(ends(pair[1])))
            else:
                continue
            moved = moved if way == "increase" else minus(moved)
            low, high, has_low, has_high = ends(row)
            said = {
                "": (low, high, has_low, has_high),
                "_from": (low, Fraction(10**9), has_low, True),
                "_to": (Fraction(0), high, True, has_high),
            }[end]
            if not meet(moved, said):
                yield "claim", (row, other)


def ranges(r):
    for row in r.rows:
        if row["measure"].endswith("_from"):
            other = r.get(
                row["exhibit"], row["measure"][:-5] + "_to", row["group"], int(row["year"])
            )
            if other and n(row) > n(other):
                yield "range", (row, other)


def repeats(r):
    groups = defaultdict(list)
    for row in r.rows:
        if row["measure"] in ("rank", "title_rows", "sample_threshold") or row["measure"].endswith(
            ("_over", "_under", "_from", "_to")
        ):
            continue
        place = MUNICIPALITIES.get(row["group"], row["group"])
        groups[row["measure"], place, row["year"], row["unit"]].append(row)
    for same in groups.values():
        for i, a in enumerate(same):
            for b in same[i + 1 :]:
                if not meet(ends(a), ends(b)):
                    yield "repeat", (a, b)


def ranks(r):
    for exhibit in ("tab-provinces", "tab-cities"):
        counts = {
            x["group"]: x
            for x in r.like(exhibit=exhibit, measure="firms_level_ge2", year=str(r.year))
        }
        ranks_here = r.like(exhibit=exhibit, measure="rank", year=str(r.year))
        ranked = {x["group"] for x in ranks_here}
        for rank in ranks_here:
            count = counts.get(rank["group"])
            if count is None:
                continue
            right = 1 + sum(n(o) > n(count) for g, o in counts.items() if g in ranked)
            if n(rank) != right:
                yield "rank", (rank, count)


def titles(r):
    title = r.get("tab-cities", "title_rows", "全国", r.year)
    counts = [
        n(x) for x in r.like(exhibit="tab-cities", measure="firms_level_ge2", year=str(r.year))
    ]
    if title and counts and n(title) != len(counts):
        inside = [c for c in counts if 1 + sum(o > c for o in counts) <= n(title)]
        if not (len(inside) == len(counts) > n(title)):
            yield "title", (title,)


def places(r):
    table_rows = r.like(exhibit="tab-cities", measure="firms_level_ge2", year=str(r.year))
    if not table_rows:
        return
    last = min(n(x) for x in table_rows)
    for row in r.like(exhibit="tab-provinces", measure="firms_level_ge2", year=str(r.year)):
        members = MEMBERS.get(row["group"], set())
        listed = [x for x in table_rows if x["group"] in members]
        if len(members) < 2:
            continue
        rest = n(row) - sum(n(x) for x in listed)
        if rest < 0 or rest > (len(members) - len(listed)) * last:
            yield "place", (row, *listed)


def leads(r):
    a, b = (r.get("fig-05", "share_level_le1", g, r.year) for g in ("离散型", "流程型"))
    own = [r.get("fig-05", f"share_level_{c}_lead", "离散型", r.year) for c in ("2_3", "ge4")]
    if a and b and all(own) and not meet(plus(ends(b), minus(ends(a))), plus(*map(ends, own))):
        yield "leads", (a, b, *own)


def mixture(r):
    a, b = (r.get("fig-05", "share_level_le1", g, r.year) for g in ("离散型", "流程型"))
    whole = r.get("fig-04", "share_level_le1", "全国", r.year)
    if a and b and whole:
        low, high = sorted((a, b), key=n)
        if ends(whole)[1] <= ends(low)[0] or ends(whole)[0] >= ends(high)[1]:
            yield "mixture", (whole, a, b)


def bounds(r):
    for row in r.rows:
        stem = row["measure"].removesuffix("_over")
        for other in r.rows if stem != row["measure"] else ():
            same = other["group"] == row["group"] and other["year"] == row["year"]
            if stem != row["measure"] and other["measure"] == stem and same and n(other) <= n(row):
                yield "bound", (row, other)


def participants(r):
    for row in r.like(measure="participants", year=str(r.year)):
        own = r.get("tab-provinces", "firms_level_ge2", row["group"], r.year)
        if own and n(own) > n(row):
            yield "participants", (row, own)


def small_firms(r):
    share = r.get("fig-04", "share_level_le1", "全国", r.year)
    of_all = r.get("text", "sme_share", "全国", r.year)
    of_low = r.get("text", "sme_share_of_level_le1", "全国", r.year)
    if share and of_all and of_low:
        inside = ends(of_low)[0] * ends(share)[0] / 100
        outside = (100 - ends(of_low)[1]) * ends(share)[0] / 100
        if inside > ends(of_all)[1] or outside > 100 - ends(of_all)[0]:
            yield "small", (share, of_all, of_low)


def thresholds(r):
    bar = r.get("tab-sme-classes", "sample_threshold", "全国", r.year)
    for row in r.like(exhibit="tab-sme-classes", measure="firms", year=str(r.year)):
        if bar and n(row) <= n(bar):
            yield "threshold", (row, bar)


def firms_assessed(r):
    """Every number of firms for which the provinces' sum and the four shares can be true."""
    counts = [r.get("tab-provinces", "firms_level_ge2", p, r.year) for p in PROVINCES.values()]
    parts = [r.get("fig-04", f"share_level_{c}", "全国", r.year) for c in LEVELS]
    if not all(counts) or not all(parts):
        return None
    above = sum(n(c) for c in counts)
    low = sum(ends(p)[0] for p in parts[1:])
    high = sum(ends(p)[1] for p in parts[1:])
    low, high = max(low, 100 - ends(parts[0])[1]), min(high, 100 - ends(parts[0])[0])
    if low >= high or low <= 0:
        return None
    return above * 100 / high, above * 100 / low


def national_total(r):
    found = firms_assessed(r)
    total = r.get("text", "participants_over", "全国", r.year)
    if found and total and found[0] >= 10 * n(total) > 0:
        yield "total", (total,)


def class_counts(r):
    found = firms_assessed(r)
    share = r.get("text", "sme_share", "全国", r.year)
    rows = r.like(exhibit="tab-sme-classes", measure="firms", year=str(r.year))
    if found and share and rows and sum(map(n, rows)) > ends(share)[1] * found[1] / 100:
        yield "classes", (share, *rows)


def traces(rows, original):
    """Whatever looks wrong beside the relations, against the structure of the original rows."""
    r, before = Reader(rows), Reader(original)
    found = set(broken(rows))
    shape = Counter((x["exhibit"], x["measure"], x["year"]) for x in before.rows)
    shape_now = Counter((x["exhibit"], x["measure"], x["year"]) for x in r.rows)
    if shape != shape_now or {k[:3] for k in before.at} != {k[:3] for k in r.at}:
        found.add(("shape", ()))
    for row in r.rows:
        value, unit, measure = n(row), row["unit"], row["measure"]
        negative = value < 0 and not measure.endswith(("_change", "_lead"))
        if (
            negative
            or (unit == "%" and value > 100)
            or (abs(value) > 100 and unit in ("%", "百分点"))
        ):
            found.add(("range", (r.id(row),)))
    units = {(x["exhibit"], x["measure"]): x["unit"] for x in before.rows}
    for row in r.rows:
        if units.get((row["exhibit"], row["measure"]), row["unit"]) != row["unit"]:
            found.add(("unit", (r.id(row),)))
    for exhibit, measure in (
        ("tab-provinces", "firms_level_ge2"),
        ("tab-cities", "firms_level_ge2"),
        ("tab-sme-classes", "firms"),
    ):
        numbers = [n(x) for x in r.like(exhibit=exhibit, measure=measure)]
        if any(b > a for a, b in pairwise(numbers)):
            found.add(("order", (exhibit,)))
    decimals = defaultdict(set)
    for row in before.rows:
        decimals[row["exhibit"], row["unit"]].add(len(row["printed"].partition(".")[2]))
    for row in r.rows:
        usual = decimals[row["exhibit"], row["unit"]]
        if len(usual) == 1 and len(row["printed"].partition(".")[2]) not in usual:
            found.add(("decimals", (r.id(row),)))
        told = row["where"].rpartition("，")[2] if "，" in row["where"] else ""
        if told and told not in (row["group"], row["group"].split(" ")[0]):
            found.add(("place", (r.id(row),)))
    one_number = defaultdict(set)
    for row in before.rows:
        if row["measure"].endswith(("_over", "_from", "_to")):
            one_number[row["exhibit"], row["measure"], row["printed"]].add(
                (row["exhibit"], row["measure"], row["group"], int(row["year"]))
            )
    for keys in one_number.values():
        if len({r.at[k]["printed"] for k in keys if k in r.at}) > 1:
            found.add(("one number", tuple(sorted(map(str, keys)))))
    known = {
        "industry_divisions": 31,
        "provinces": 31,
        "sme_employees_under": 1000,
        "sme_revenue_under": 40000,
    }
    for row in r.rows:
        if row["measure"] in known and n(row) != known[row["measure"]]:
            found.add(("standard", (r.id(row),)))
    for c in LEVELS:
        row = r.get("fig-04", f"share_level_{c}", "全国", 2021)
        if row and not meet(
            ends(row),
            (SERIES[2021, c] - Fraction(1, 2), SERIES[2021, c] + Fraction(1, 2), True, False),
        ):
            found.add(("series", (r.id(row),)))
    return found
