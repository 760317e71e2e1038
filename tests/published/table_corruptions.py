"""Slips that touch several rows of an edition at once, or where a row stands and is found.

Drawn from a seed like those of `corruptions`, on plain rows of a facts file; nothing of the audit.
Each maker changes a copy of the rows and gives the positions that are wrong afterwards (of what it
dropped: the rows beside the gap), or None where the slip cannot happen there.
"""

import random
from collections.abc import Callable

from .corruptions import Corruption, Row, identify

RANKED = ("tab-provinces", "tab-cities", "tab-sme-classes")
Made = tuple[list[Row], list[Row]] | None


def table_corruptions(rows: list[Row], number: int, seed: int) -> list[Corruption]:
    """`number` slips that each change something, drawn evenly over kinds and facts."""
    draw = random.Random(seed)
    made: list[Corruption] = []
    while len(made) < number:
        kind = draw.choice(sorted(KINDS))
        position = draw.randrange(len(rows))
        own = [dict(row) for row in rows]
        found = KINDS[kind](own, position, draw)
        if found is not None and found[0] != rows:
            names = tuple(identify(row) for row in found[1])
            made.append(Corruption(kind, position, found[0], names[0], names))
    return made


def put(row: Row, printed: str) -> None:
    row["printed"] = printed
    row["value"] = printed.rstrip("0").rstrip(".") if "." in printed else printed


def exchange(a: Row, b: Row) -> bool:
    if a["printed"] == b["printed"]:
        return False
    first, second = a["printed"], b["printed"]
    put(a, second)
    put(b, first)
    return True


def like(rows: list[Row], row: Row, *fields: str) -> list[Row]:
    return [r for r in rows if all(r[f] == row[f] for f in fields)]


def rows_exchanged(rows: list[Row], position: int, draw: random.Random) -> Made:
    """Two rows of a column have each other's number."""
    row = rows[position]
    others = [r for r in like(rows, row, "exhibit", "measure", "year") if r is not row]
    other = draw.choice(others) if others else None
    return (rows, [row, other]) if other and exchange(row, other) else None


def years_exchanged(rows: list[Row], position: int, draw: random.Random) -> Made:
    """A number stands in the other year's column, and the other's in its."""
    row = rows[position]
    others = [r for r in like(rows, row, "exhibit", "measure", "group") if r is not row]
    return (rows, [row, others[0]]) if others and exchange(row, others[0]) else None


def measures_exchanged(rows: list[Row], position: int, draw: random.Random) -> Made:
    """Two columns of a row have each other's number."""
    row = rows[position]
    others = [r for r in like(rows, row, "exhibit", "group", "year", "unit") if r is not row]
    other = draw.choice(others) if others else None
    return (rows, [row, other]) if other and exchange(row, other) else None


def column_shifted(rows: list[Row], position: int, draw: random.Random) -> Made:
    """From a row on, each number of a column stands one row too low; the last is lost."""
    row = rows[position]
    column = like(rows, row, "exhibit", "measure", "year")
    rest = column[column.index(row) :]
    if len(rest) < 3:
        return None
    numbers = [r["printed"] for r in rest]
    for r, printed in zip(rest[1:], numbers, strict=False):
        put(r, printed)
    return rows, [r for r, old in zip(rest, numbers, strict=True) if r["printed"] != old]


def decimal_point_moved(rows: list[Row], position: int, draw: random.Random) -> Made:
    row = rows[position]
    sign, text = ("-", row["printed"][1:]) if row["printed"][0] == "-" else ("", row["printed"])
    whole, dot, part = text.partition(".")
    if not dot or not text.strip("0."):
        return None
    step = draw.choice((-1, 1))
    digits, place = whole + part, len(whole) + step
    if place < 1:
        digits, place = "0" * (1 - place) + digits, 1
    moved = f"{digits[:place].lstrip('0') or '0'}.{digits[place:]}".rstrip(".")
    put(row, sign + moved)
    return rows, [row]


def decimals_cut(rows: list[Row], position: int, draw: random.Random) -> Made:
    row = rows[position]
    if "." not in row["printed"]:
        return None
    put(row, row["printed"][:-1].rstrip("."))
    return (rows, [row]) if row["printed"].strip("-0.") else None


def fraction_for_percent(rows: list[Row], position: int, draw: random.Random) -> Made:
    row = rows[position]
    if row["unit"] != "%" or "." in row["printed"]:
        return None
    put(row, f"{int(row['printed']) / 100:.2f}")
    return rows, [row]


def complement(rows: list[Row], position: int, draw: random.Random) -> Made:
    row = rows[position]
    places = len(row["printed"].partition(".")[2])
    if row["unit"] != "%" or float(row["printed"]) == 50:
        return None
    put(row, f"{100 - float(row['printed']):.{places}f}")
    return rows, [row]


def tenfold(rows: list[Row], position: int, draw: random.Random) -> Made:
    row = rows[position]
    if row["unit"] == "位" or "." in row["printed"] or row["printed"] == "0":
        return None
    put(row, row["printed"] + "0")
    return rows, [row]


def row_missing(rows: list[Row], position: int, draw: random.Random) -> Made:
    """All numbers of a group in a table are left out."""
    row = rows[position]
    own = like(rows, row, "exhibit", "group")
    rest = [r for r in rows if r not in own]
    beside = [r for r in rest if r["exhibit"] == row["exhibit"]]
    return (rest, beside) if row["exhibit"] != "text" and len(beside) > 1 else None


def exhibit_missing(rows: list[Row], position: int, draw: random.Random) -> Made:
    row = rows[position]
    rest = [r for r in rows if r["exhibit"] != row["exhibit"]]
    return (rest, rest) if row["exhibit"] != "text" else None


def row_twice(rows: list[Row], position: int, draw: random.Random) -> Made:
    """A row is typed once more, with a slip of its name."""
    row = rows[position]
    if len(row["group"]) < 3:
        return None
    again = dict(row) | {"group": row["group"][:-1]}
    return [*rows[: position + 1], again, *rows[position + 1 :]], [again]


def near_name(rows: list[Row], position: int, draw: random.Random) -> Made:
    row = rows[position]
    alike = {"江": "汪", "省": "市", "制": "治", "业": "叶", "全": "金", "装": "妆", "电": "屯"}
    places = [i for i, c in enumerate(row["group"]) if c in alike]
    if not places:
        return None
    i = draw.choice(places)
    row["group"] = row["group"][:i] + alike[row["group"][i]] + row["group"][i + 1 :]
    return rows, [row]


def code_off(rows: list[Row], position: int, draw: random.Random) -> Made:
    """A digit of a class's code is wrong; its name is not."""
    row = rows[position]
    if not row["group"][:4].isdigit():
        return None
    last = draw.choice([d for d in "0123456789" if d != row["group"][3]])
    row["group"] = row["group"][:3] + last + row["group"][4:]
    return rows, [row]


def other_exhibit(rows: list[Row], position: int, draw: random.Random) -> Made:
    """A number is booked to the figure beside."""
    row = rows[position]
    if not row["exhibit"].startswith("fig-"):
        return None
    number = int(row["exhibit"][4:]) + draw.choice((-1, 1))
    row["exhibit"] = f"fig-{number:02d}"
    return (rows, [row]) if sum(identify(r) == identify(row) for r in rows) == 1 else None


def other_measure(rows: list[Row], position: int, draw: random.Random) -> Made:
    """A number is booked under another measure of the report with its unit."""
    row = rows[position]
    pool = {r["measure"] for r in rows if r["unit"] == row["unit"]} - {row["measure"]}
    row["measure"] = draw.choice(sorted(pool)) if pool else row["measure"]
    return (rows, [row]) if sum(identify(r) == identify(row) for r in rows) == 1 else None


def sorted_by_name(rows: list[Row], position: int, draw: random.Random) -> Made:
    """A ranked table is sorted by its names."""
    name = rows[position]["exhibit"]
    if name not in RANKED:
        return None
    own = [r for r in rows if r["exhibit"] == name]
    sorted_rows = iter(sorted(own, key=lambda r: (r["group"] != "全国", r["group"])))
    return [next(sorted_rows) if r["exhibit"] == name else r for r in rows], own


def count_and_ranks(rows: list[Row], position: int, draw: random.Random) -> Made:
    """A count is wrong and the table sorted and ranked anew after it: only sums can tell."""
    row = rows[position]
    if row["exhibit"] not in RANKED[:2] or row["measure"] != "firms_level_ge2":
        return None
    put(row, str(int(int(row["printed"]) * draw.choice((0.4, 0.7, 1.4, 2.5))) + 1))
    own = [r for r in rows if r["exhibit"] == row["exhibit"]]
    counts = {r["group"]: int(r["printed"]) for r in own if r["measure"] == row["measure"]}
    for r in own:
        if r["measure"] == "rank":
            right = 1 + sum(c > counts[r["group"]] for c in counts.values())
            put(r, str(right))
    order = sorted(own, key=lambda r: -counts.get(r["group"], 10**9))
    anew = iter(order)
    return [next(anew) if r["exhibit"] == row["exhibit"] else r for r in rows], [row]


def change_of_the_old_terms(rows: list[Row], position: int, draw: random.Random) -> Made:
    """A share was corrected and the difference beside it was not."""
    row = rows[position]
    changes = [r for r in rows if r["measure"] == f"{row['measure']}_change"]
    if not any(r["group"] == row["group"] for r in changes):
        return None
    put(row, f"{float(row['printed']) + draw.choice((-1.3, -0.4, 0.4, 1.3)):.2f}")
    return rows, [row]


def claim(rows: list[Row], position: int, draw: random.Random) -> Made:
    """What prose says is off by a half."""
    row = rows[position]
    if row["exhibit"] != "text" or float(row["printed"]) == 0:
        return None
    places = len(row["printed"].partition(".")[2])
    put(row, f"{float(row['printed']) * draw.choice((0.5, 1.5)):.{places}f}")
    return rows, [row]


def place_of_another_row(rows: list[Row], position: int, draw: random.Random) -> Made:
    row = rows[position]
    others = sorted({r["where"] for r in like(rows, row, "exhibit")} - {row["where"]})
    if not others or "，" not in row["where"]:
        return None
    row["where"] = draw.choice(others)
    return rows, [row]


KINDS: dict[str, Callable[[list[Row], int, random.Random], Made]] = {
    f.__name__: f
    for f in (
        rows_exchanged,
        years_exchanged,
        measures_exchanged,
        column_shifted,
        decimal_point_moved,
        decimals_cut,
        fraction_for_percent,
        complement,
        tenfold,
        row_missing,
        exhibit_missing,
        row_twice,
        near_name,
        code_off,
        other_exhibit,
        other_measure,
        sorted_by_name,
        count_and_ranks,
        change_of_the_old_terms,
        claim,
        place_of_another_row,
    )
}
