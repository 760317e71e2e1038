"""What sentences on the rates of practices share: pairs of values, and how clauses are joined."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product

import pandas as pd

from smdi.indicators.precision.noise import is_clear, widest_error
from smdi.indicators.precision.rounding import half_up
from smdi.indicators.tidy import pick
from smdi.report.text import phrases
from smdi.report.text.language import words
from smdi.report.text.practice.words import name
from smdi.report.values import state_of

# The two values that are compared, by practice.
Pairs = dict[str, tuple[float, float]]
# Whether the value is withheld (else it is missing), by practice.
Unavailable = dict[str, bool]
# Whether the difference in a practice is larger than its noise (`smdi.indicators.precision.noise`).
Clear = Callable[[str], bool]


def always(practice: str) -> bool:
    """Take every difference for clear, where their errors are not at hand."""
    return True


def largest_difference(pairs: Pairs, digits: int, clear: Clear) -> str:
    """Name the practices of the largest difference; '' when all are as large, or none is clear."""
    ids = {name(practice): practice for practice in pairs}
    gaps = {name(practice): abs(one - other) for practice, (one, other) in pairs.items()}
    names = phrases.extreme(gaps, digits)
    if len(names) == len(gaps) or half_up(gaps[names[0]], digits) == 0:
        return ""
    if not all(clear(ids[each]) for each in names):
        return ""
    return phrases.listing(names)


def direction_of(now: float, before: float, digits: int) -> str:
    """Return 提高 or 降低 by the two printed values; '' when they print alike."""
    first, second = half_up(now, digits), half_up(before, digits)
    rate = words().change.rate
    return "" if first == second else rate.up if first > second else rate.down


def join_clauses(clauses: Sequence[str], unavailable: Unavailable, lead: str = "") -> str:
    """Join clauses to a sentence that ends with what is unavailable, and why."""
    if not clauses:
        return unavailable_mark(unavailable)
    say, lists = words().rates, words().lists
    absent = [
        why(names=phrases.listing(names))
        for why, names in (
            (say.withheld, names_of(p for p, hidden in unavailable.items() if hidden)),
            (say.missing, names_of(p for p, hidden in unavailable.items() if not hidden)),
        )
        if names
    ]
    text = lists.sentence.join([*clauses, *absent])
    return phrases.sentence(f"{lead}{text}{lists.stop}")


def names_of(ids: Iterable[str]) -> list[str]:
    """Return the names of practices."""
    return [name(practice) for practice in ids]


def unavailable_mark(unavailable: Unavailable) -> str:
    """Return the mark of the state in which none of several practices can be spoken of."""
    return "⟦?withheld⟧" if any(unavailable.values()) else "⟦?missing⟧"


def both_years(frame: pd.DataFrame, year: int, baseline: int) -> tuple[Pairs, Unavailable]:
    """Return (this year, baseline year) by practice, and what is unavailable."""
    pairs: Pairs = {}
    unavailable: Unavailable = {}
    for practice, group in dict.fromkeys(zip(frame["measure"], frame["group"], strict=True)):
        now, hidden = pick(frame, practice, group, year)
        before, before_hidden = pick(frame, practice, group, baseline)
        if state_of(now) == state_of(before) == "value":
            pairs[practice] = now, before
        else:
            unavailable[practice] = hidden or before_hidden
    return pairs, unavailable


def is_apart(values: Mapping[str, float], named: Sequence[str], firms: int) -> bool:
    """Tell whether those named are clearly apart from the next rate, % of so many firms."""
    ours = [values[one] for one in named]
    others = [value for one, value in values.items() if one not in named]
    first, second = min(product(ours, others), key=lambda pair: abs(pair[0] - pair[1]))
    return is_clear(first - second, widest_error(first, second, firms))
