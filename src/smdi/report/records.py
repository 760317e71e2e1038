"""The registered values and sentences of a chapter, as they go to numbers.json."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from smdi.indicators.precision.status import Status
from smdi.report import values
from smdi.report.published_values import Fact, PublishedValues
from smdi.report.text import parts as phrase_parts
from smdi.report.text.states import UNSAID

_NAME = re.compile(r"[a-z][a-z0-9_]*")


class Records:
    """The records of one chapter by name; see `smdi.report.values` for their form.

    `may_change` tells whether a name may be registered again with another value.
    """

    def __init__(self, chapter: str, published: PublishedValues, *, may_change: bool) -> None:
        self.name = chapter
        self._published = published
        self._may_change = may_change
        self._records: dict[str, dict[str, object]] = {}
        # The state that keeps a record from being said, by key; '' when nothing does.
        self._states: dict[str, str] = {}

    def number(
        self,
        name: str,
        value: float | None,
        unit: str,
        digits: int,
        *,
        fact: Fact | None,
        withheld: bool,
        error: float = math.nan,
        status: Status | None = None,
    ) -> values.Number:
        """Register a number and its computed row; return its record.

        `status` is by default what the published report tells of the fact.
        """
        identifier = self._published.identify(fact)
        known = values.state_of(value, withheld) == "value"
        if fact is not None and value is not None and known:
            self._published.add_number(fact, float(value), unit)
        made = values.make_number(
            value,
            unit,
            digits,
            withheld=withheld,
            fact=identifier,
            status=status or self._published.status(fact, value, digits),
            error=error,
        )
        self._register(name, made.record(), "" if known else made.state)
        return made

    def phrase(self, name: str, text: str) -> None:
        """Register words with marks as they stand.

        KeyError when a key of the text is not registered yet, ValueError for a mark that is wrong.
        """
        parts = self._parse(text)
        self._register(
            name, phrase_parts.phrase_record(parts, self._records), self._state(text, parts)
        )

    def sentence(self, name: str, text: str, otherwise: Mapping[str, str]) -> None:
        """Register a sentence, or the other one for the state in which a value of it is."""
        state = self.unsayable(text)
        self.phrase(name, otherwise[state] if state else text)

    def text(self, name: str) -> str:
        """Return how a registered number or sentence reads, without marks."""
        return str(self._records[f"{self.name}.{name}"]["text"])

    def as_json(self) -> dict[str, dict[str, object]]:
        """Return all records by key, in the order of keys."""
        return dict(sorted(self._records.items()))

    def unsayable(self, text: str) -> str:
        """Return the state of UNSAID that keeps a text from being said, '' when nothing does.

        KeyError when a key of the text is not registered yet.
        """
        parts = self._parse(text)
        phrase_parts.phrase_record(parts, self._records)
        return self._state(text, parts)

    def _parse(self, text: str) -> list[phrase_parts.Part]:
        return phrase_parts.parse(text, self.name, self._published.status_of_amount)

    def _register(self, name: str, record: dict[str, object], state: str) -> None:
        key = f"{self.name}.{name}"
        if not _NAME.fullmatch(name):
            raise ValueError(f"{name!r}: a name is lower-case letters, digits and _")
        if self._may_change:
            self._records[key] = record
        elif self._records.setdefault(key, record) != record:
            raise ValueError(f"{key} is registered twice, with different values")
        self._states[key] = state

    def _state(self, text: str, parts: Sequence[phrase_parts.Part]) -> str:
        """Return '' when all values can be said, else the state that keeps them back."""
        states = {self._states[part.key] for part in parts if part.key is not None}
        states |= {mark[1:] for mark in values.marks(text) if mark.startswith("?")}
        return next((state for state in UNSAID if state in states), "")
