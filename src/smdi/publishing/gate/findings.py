"""What the gate finds, and the policy that a release is held against."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from smdi.edition import Edition
from smdi.errors import shown


@dataclass(frozen=True)
class GatePolicy:
    """What may be told of few firms.

    `minimum` is the least number of firms that may be seen behind a value, `width` the least width
    of the interval that others can put around a withheld number of firms, `mean_width` that around
    a mean over fewer, as a part of its scale. `unanimous` allows a share to say the same of every
    firm. `as_printed` exempts the values that the published report prints: they are public.
    """

    minimum: int
    width: int
    as_printed: bool
    mean_width: float = 0.1
    unanimous: bool = False


def policy_of(edition: Edition) -> GatePolicy:
    """Return the policy of an edition; the one place in which the gate reads it."""
    policy = edition.disclosure
    return GatePolicy(
        policy.minimum,
        policy.width,
        as_printed=policy.rule == "as_printed",
        mean_width=policy.interval_percent / 100,
        unanimous=policy.unanimous,
    )


def unprinted(policy: GatePolicy) -> GatePolicy:
    """Return the policy for what no printed report shows: nothing is exempt."""
    return replace(policy, as_printed=False)


@dataclass(frozen=True)
class Finding:
    """One thing that must not leave: where it stands, what it is, and how it was found."""

    file: str
    place: str
    what: str
    how: str

    def __str__(self) -> str:
        where = f"{self.file}, {self.place}" if self.place else self.file
        return f"{where}: {self.what} ({self.how})"

    def record(self) -> dict[str, str]:
        """Return the finding for a report in JSON."""
        return {"file": self.file, "place": self.place, "what": self.what, "how": self.how}


def clipped(text: str) -> str:
    """Return a text as a finding shows it."""
    return shown(" ".join(text.split()), 60)


def first_of_each(findings: Iterable[Finding]) -> list[Finding]:
    """Return each finding once: not again for the whole file where a place of it is known."""
    found = dict.fromkeys(findings)
    placed = {(one.file, one.what, one.how) for one in found if one.place}
    return [one for one in found if one.place or (one.file, one.what, one.how) not in placed]
