"""Slips of a transcriber, drawn from a seed: one fact of an edition changed, dropped or misnamed.

Works on plain rows of a facts file and knows nothing of the audit.
"""

import random
from dataclasses import dataclass

Row = dict[str, str]

PROVINCES = ("山西省", "陕西省", "江西省", "江苏省", "湖南省", "湖北省", "河南省", "河北省")


@dataclass(frozen=True)
class Corruption:
    """What was done: to which row (position in the original), and the rows it left."""

    kind: str
    position: int
    rows: list[Row]
    target: str  # id of the fact afterwards; before, where it was dropped
    others: tuple[str, ...] = ()  # further facts that are wrong afterwards


def identify(row: Row) -> str:
    return "/".join((row["exhibit"], row["measure"], row["group"], row["year"]))


def corruptions(rows: list[Row], number: int, seed: int) -> list[Corruption]:
    """`number` slips that each change something, drawn evenly over facts and kinds."""
    draw = random.Random(seed)
    made: list[Corruption] = []
    while len(made) < number:
        kind = draw.choice(sorted(KINDS))
        position = draw.randrange(len(rows))
        changed = KINDS[kind](rows, position, draw)
        if changed is None or changed == rows:
            continue
        dropped = len(changed) < len(rows)
        target = rows[position] if dropped or kind == "row_moved" else changed[position]
        made.append(Corruption(kind, position, changed, identify(target)))
    return made


def _with(rows, position, **cells):
    changed = [dict(row) for row in rows]
    changed[position] |= cells
    return changed


def _printed(rows, position, printed):
    if printed is None or printed in ("", "-", rows[position]["printed"]):
        return None
    value = printed.rstrip("0").rstrip(".") if "." in printed else printed
    return _with(rows, position, printed=printed, value=value)


def _digits(text):
    return [i for i, c in enumerate(text) if c.isdigit()]


def _clean(text, like):
    """A number written as numbers are, whole where the original is whole."""
    sign, body = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, dot, part = body.partition(".")
    whole = whole.lstrip("0") or "0"
    if sign and not (whole.strip("0") or part.strip("0")):
        sign = ""
    return sign + whole + dot + part


def digit(rows, position, draw):
    text = rows[position]["printed"]
    place = draw.choice(_digits(text))
    other = draw.choice([d for d in "0123456789" if d != text[place]])
    return _printed(rows, position, _clean(text[:place] + other + text[place + 1 :], text))


def transposed(rows, position, draw):
    text = rows[position]["printed"]
    places = [
        i for i in range(len(text) - 1) if text[i : i + 2].isdigit() and text[i] != text[i + 1]
    ]
    if not places:
        return None
    i = draw.choice(places)
    return _printed(rows, position, _clean(text[:i] + text[i + 1] + text[i] + text[i + 2 :], text))


def digit_lost(rows, position, draw):
    text = rows[position]["printed"]
    i = draw.choice(_digits(text))
    left = text[:i] + text[i + 1 :]
    if left.endswith(".") or left in ("", "-") or left.startswith("."):
        return None
    return _printed(rows, position, _clean(left, text))


def digit_doubled(rows, position, draw):
    text = rows[position]["printed"]
    i = draw.choice(_digits(text))
    return _printed(rows, position, _clean(text[: i + 1] + text[i] + text[i + 1 :], text))


def sign_flipped(rows, position, draw):
    text = rows[position]["printed"]
    if not text.strip("-0."):
        return None
    return _printed(rows, position, text[1:] if text.startswith("-") else "-" + text)


def off_by_a_unit(rows, position, draw):
    text = rows[position]["printed"]
    decimals = len(text.partition(".")[2])
    whole = int(text.replace(".", "")) + draw.choice((-1, 1))
    sign, digits = ("-" if whole < 0 else ""), str(abs(whole)).rjust(decimals + 1, "0")
    text = f"{digits[:-decimals]}.{digits[-decimals:]}" if decimals else digits
    return _printed(rows, position, sign + text)


def copied_from_a_neighbour(rows, position, draw):
    near = [
        i
        for i in range(max(0, position - 4), min(len(rows), position + 5))
        if rows[i]["unit"] == rows[position]["unit"] and i != position
    ]
    return _printed(rows, position, rows[draw.choice(near)]["printed"]) if near else None


def dropped(rows, position, draw):
    return [row for i, row in enumerate(rows) if i != position]


def wrong_year(rows, position, draw):
    year = str(int(rows[position]["year"]) + draw.choice((-10, -1, 1, 2)))
    moved = rows[position] | {"year": year}
    if any(identify(row) == identify(moved) for row in rows):
        return None
    return _with(rows, position, year=year)


def misspelt_group(rows, position, draw):
    group = rows[position]["group"]
    if len(group) < 3:
        return None
    i = draw.randrange(1, len(group) - 1)
    changed = group[:i] + draw.choice((group[i + 1 :], "○" + group[i + 1 :]))
    return _with(rows, position, group=changed.strip())


def another_group(rows, position, draw):
    pool = [r["group"] for r in rows if r["exhibit"] == rows[position]["exhibit"]]
    moved = rows[position] | {"group": draw.choice([*pool, *PROVINCES])}
    if any(identify(row) == identify(moved) for row in rows):
        return None
    return _with(rows, position, group=moved["group"])


def wrong_unit(rows, position, draw):
    unit = {"家": "%", "%": draw.choice(("家", "百分点")), "百分点": "%", "位": "家"}
    other = unit.get(rows[position]["unit"])
    if other == "家" and "." in rows[position]["printed"]:
        other = "百分点"
    return _with(rows, position, unit=other) if other else None


def row_moved(rows, position, draw):
    """A row of a table moved a few rows down or up."""
    row = rows[position]
    others = [i for i, r in enumerate(rows) if r["exhibit"] == row["exhibit"]]
    far = [i for i in others if 6 <= abs(i - position) <= 20]
    if not row["exhibit"].startswith(("tab-provinces", "tab-cities", "tab-sme")) or not far:
        return None
    rest = [r for i, r in enumerate(rows) if i != position]
    return [*rest[: (to := draw.choice(far))], row, *rest[to:]]


KINDS = {
    f.__name__: f
    for f in (
        digit,
        transposed,
        digit_lost,
        digit_doubled,
        sign_flipped,
        off_by_a_unit,
        copied_from_a_neighbour,
        dropped,
        wrong_year,
        misspelt_group,
        another_group,
        wrong_unit,
        row_moved,
    )
}
