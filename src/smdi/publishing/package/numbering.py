"""Numbers of the exhibits that are not of the printed report: by their order in the book."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from smdi.report.text.language import words

PLACED = re.compile(r"\{exhibit\}\s*([\w-]+)")
_OWN = re.compile(r"(fig|tab)-a\d+")


def in_order(texts: Iterable[str]) -> list[str]:
    """Return the exhibits that texts place, in the order of the texts and of their places."""
    return list(dict.fromkeys(name for text in texts for name in PLACED.findall(text)))


def own_numbers(names: Iterable[str]) -> dict[str, str]:
    """Number the exhibits of our own among these: 图 A1, 图 A2 … and 表 A1 …, none left out."""
    say, counted, numbers = words().exhibits, Counter[str](), {}
    for name in names:
        if own := _OWN.fullmatch(name):
            counted[own[1]] += 1
            kind = say.figure if own[1] == "fig" else say.table
            numbers[name] = kind(number=say.of_our_own(number=counted[own[1]]))
    return numbers
