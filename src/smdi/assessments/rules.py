"""The two places where the assessment standard can be read in more than one way, as named options.

Source: GB/T 39117-2020 as far as its method is publicly described; both readings of each place are
kept, and an edition says which it follows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Satisfied = Literal["reaches", "exceeds"]
Summation = Literal["literal", "strict"]


@dataclass(frozen=True)
class ScoringRule:
    """How a level is satisfied and how the levels add up to the total.

    `satisfied`: a level is satisfied when its score `reaches` the lowest bound of the levels (0.8),
    or only when it `exceeds` that bound.

    `summation`: a satisfied level contributes 1 and an unsatisfied one its score. With `literal`
    all five are added; with `strict` the levels above the first unsatisfied one contribute nothing,
    so that no firm is placed above a level that it has missed.
    """

    satisfied: Satisfied = "reaches"
    summation: Summation = "literal"

    def __post_init__(self) -> None:
        for name, value, known in (
            ("satisfied", self.satisfied, get_args(Satisfied)),
            ("summation", self.summation, get_args(Summation)),
        ):
            if value not in known:
                raise ValueError(f"{name}={value!r}: expected one of {', '.join(known)}")
