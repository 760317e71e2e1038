"""What a rule is, what it finds, and the list of all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from inspect import getdoc
from typing import Literal, get_args

from smdi.published.audit.model import Facts

# contradiction: two places cannot both hold. claim: prose says what an exhibit denies.
# rounding: the printed digits disagree, unrounded values behind them may not.
# notice: worth a look; nothing is proven wrong.
Severity = Literal["contradiction", "claim", "rounding", "notice"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
SEVERITY_NAMES = {
    "contradiction": "矛盾",
    "claim": "文字与图表不符",
    "rounding": "舍入差异",
    "notice": "提示",
}
PROVEN: frozenset[str] = frozenset({"contradiction", "claim"})


@dataclass(frozen=True)
class Finding:
    """What a rule found.

    `fact_ids` names every place, the most telling first. `followed` is the fact that holds where
    two cannot both hold; every id of `contradicted` then gives way to it. `message_zh` says what
    was found, `treatment_zh` what the simulation does about it. `numbers` holds what was computed.
    """

    rule: str
    severity: Severity
    fact_ids: tuple[str, ...]
    message_zh: str
    treatment_zh: str
    followed: str | None = None
    contradicted: tuple[str, ...] = ()
    numbers: dict[str, object] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.severity not in SEVERITIES:
            raise ValueError(f"no such severity: {self.severity}")
        if self.contradicted and (self.severity not in PROVEN or self.followed is None):
            raise ValueError("a fact gives way only to a fact that a proof lets stand")
        places = set(self.fact_ids)
        if not self.fact_ids or not places.issuperset({*self.contradicted, self.followed} - {None}):
            raise ValueError("every fact a finding speaks of is among its places")


@dataclass(frozen=True)
class Rule:
    """A named check of an edition's facts: `find` yields the findings."""

    name: str
    title_zh: str
    why_zh: str
    find: Callable[[Facts], Iterator[Finding]]

    @property
    def doc(self) -> str:
        """What the rule looks for and why, in English."""
        return getdoc(self.find) or ""


RULES: dict[str, Rule] = {}

Find = Callable[[Facts], Iterator[Finding]]


def rule(title_zh: str, why_zh: str) -> Callable[[Find], Find]:
    """Enter a function into the list of rules under its own name."""

    def enter(find: Find) -> Find:
        name = find.__name__
        if name in RULES:
            raise ValueError(f"two rules are called {name}")
        if not find.__doc__:
            raise ValueError(f"the rule {name} does not say what it looks for")
        RULES[name] = Rule(name, title_zh, why_zh, find)
        return find

    return enter
