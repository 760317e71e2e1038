"""What a rule is, what it finds, and the list of all rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from inspect import getdoc
from typing import Literal, get_args

from smdi.published.intervals import Interval
from smdi.published.published_report import PublishedReport

# contradiction: no reading lets the places hold together. conditional: they cannot hold unless a
# named innocent reading applies. claim: prose says what an exhibit denies. rounding: the printed
# digits disagree, unrounded values behind them may not. notice: worth a look; nothing is proven.
Severity = Literal["contradiction", "conditional", "claim", "rounding", "notice"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
SEVERITY_NAMES: dict[str, str] = {
    "contradiction": "矛盾",
    "conditional": "矛盾，除非另有读法",
    "claim": "文字与图表不符",
    "rounding": "修约差异",
    "notice": "应当留意",
}
PROVEN: frozenset[str] = frozenset({"contradiction", "conditional", "claim"})


@dataclass(frozen=True)
class Finding:
    """What a rule found.

    `fact_ids` names every place, the most telling first. `followed` is the fact that holds where
    two cannot both hold; every id of `contradicted` then gives way to it, and `implied` holds the
    values that the followed facts leave each of them. `message_zh` says what was found,
    `unless_zh` the reading that would save it and how it fares on its siblings, `treatment_zh`
    what is followed. `numbers` holds what was computed.
    """

    rule: str
    severity: Severity
    fact_ids: tuple[str, ...]
    message_zh: str
    treatment_zh: str
    followed: str | None = None
    contradicted: tuple[str, ...] = ()
    numbers: dict[str, object] = field(default_factory=dict)
    unless_zh: str = ""
    implied: Interval | None = None

    def __post_init__(self) -> None:
        if self.severity not in SEVERITIES:
            raise ValueError(f"no such severity: {self.severity}")
        if self.contradicted and (self.severity not in PROVEN or self.followed is None):
            raise ValueError("a fact gives way only to a fact that a proof lets stand")
        if (self.severity == "conditional") != bool(self.unless_zh):
            raise ValueError("a conditional finding, and no other, names the reading that saves it")
        places = set(self.fact_ids)
        if not self.fact_ids or not places.issuperset({*self.contradicted, self.followed} - {None}):
            raise ValueError("every fact a finding speaks of is among its places")


@dataclass(frozen=True)
class Rule:
    """A named check of an edition's facts: `find` yields the findings."""

    name: str
    title_zh: str
    why_zh: str
    find: Callable[[PublishedReport], Iterator[Finding]]

    @property
    def doc(self) -> str:
        """What the rule looks for and why, in English."""
        return getdoc(self.find) or ""


RULES: dict[str, Rule] = {}

Find = Callable[[PublishedReport], Iterator[Finding]]


def rule(title_zh: str, why_zh: str) -> Callable[[Find], Find]:
    """Register a function as a rule under its own name."""

    def register(find: Find) -> Find:
        name = find.__name__
        if name in RULES:
            raise ValueError(f"two rules are called {name}")
        if not find.__doc__:
            raise ValueError(f"the rule {name} does not say what it looks for")
        RULES[name] = Rule(name, title_zh, why_zh, find)
        return find

    return register
