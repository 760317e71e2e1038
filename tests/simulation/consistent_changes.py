"""Changes of up to five printed numbers after which all can still hold together.

Drawn from a seed on plain rows of a facts file. Knows nothing of the simulation, the model or the
audit: what can hold is judged by tests/published/oracle.py and by the way each change is made.
"""

import random

from tests.published.oracle import broken

Row = dict[str, str]
LEVELS = ("le1", "2", "3", "ge4")


def changed_edition(original: list[Row], seed: int) -> list[Row]:
    """Rows with one to five numbers changed, and no relation broken that was not broken before."""
    draw = random.Random(seed)
    before = broken(original)
    while True:
        rows = [dict(row) for row in original]
        while changes(rows, original) < draw.choice((1, 2, 3, 5)):
            draw.choice(MOVES)(rows, draw)
        if 1 <= changes(rows, original) <= 5 and not broken(rows) - before:
            return rows


def changes(rows: list[Row], original: list[Row]) -> int:
    return sum(a["printed"] != b["printed"] for a, b in zip(rows, original, strict=True))


def find(rows, exhibit, measure, group, year="2021"):
    return next(
        r
        for r in rows
        if (r["exhibit"], r["measure"], r["group"], r["year"]) == (exhibit, measure, group, year)
    )


def put(row, value, decimals):
    row["printed"] = f"{value:.{decimals}f}"
    row["value"] = repr(float(row["printed"])) if decimals else row["printed"]


def places(row):
    return len(row["printed"].partition(".")[2])


def national_shares(rows, draw):
    """One point from a class to another."""
    a, b = draw.sample(LEVELS, 2)
    for level, step in ((a, 1), (b, -1)):
        row = find(rows, "fig-04", f"share_level_{level}", "全国")
        put(row, int(row["printed"]) + step, 0)


def an_industry(rows, draw):
    """Some hundredths from one class of an industry to another, with the two differences."""
    groups = sorted({r["group"] for r in rows if r["exhibit"] == "tab-industry-change"})
    group, step = draw.choice(groups), draw.choice((0.01, 0.02, 0.05, 0.3))
    a, b = draw.sample(LEVELS, 2)
    for level, sign in ((a, 1), (b, -1)):
        for measure in (f"share_level_{level}", f"share_level_{level}_change"):
            row = find(rows, "tab-industry-change", measure, group)
            put(row, float(row["printed"]) + sign * step, 2)


def a_count(rows, draw):
    """A count of a table one to three up or down."""
    kinds = ("tab-provinces", "tab-cities", "tab-sme-classes", "fig-01")
    pool = [
        r
        for r in rows
        if r["exhibit"] in kinds and r["measure"] in ("firms_level_ge2", "firms", "participants")
    ]
    row = draw.choice(pool)
    put(row, int(row["printed"]) + draw.choice((-3, -2, -1, 1, 2, 3)), 0)


def a_rate(rows, draw):
    """A rate of a practice, wherever it is printed, a little up or down."""
    row = draw.choice([r for r in rows if "fig-10" <= r["exhibit"] <= "fig-23"])
    step = draw.choice((-1, 1)) * (
        draw.choice((1, 2)) if places(row) == 0 else draw.choice((0.02, 0.3))
    )
    for same in rows:
        if (same["measure"], same["group"], same["year"]) == (
            row["measure"],
            row["group"],
            row["year"],
        ):
            digits = places(same)
            put(same, float(same["printed"]) + (step if digits or places(row) == 0 else 0), digits)


def small_firms(rows, draw):
    """The share of small and medium firms, of all or at the lowest level, or one business's."""
    measure = draw.choice(("sme_share", "sme_share_of_level_le1"))
    row = find(rows, "text", measure, "全国")
    if draw.random() < 0.5:
        row = draw.choice([r for r in rows if r["exhibit"] == "fig-09"])
    put(row, float(row["printed"]) + draw.choice((-1.5, -0.4, 0.3, 0.9)), 2)


MOVES = (national_shares, an_industry, a_count, a_rate, small_firms)
