"""Sentences that read otherwise in one run than in another, with what changed in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from smdi.workflow.differences.run import Run

# A number with its sign and thousands, a Latin word, or one character.
_TOKENS = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?%?|[A-Za-z]+|\s+|.", re.DOTALL)
_NUMBER = re.compile(r"[-−+]?\d[\d,]*(?:\.\d+)?")
# Below, two texts have too little in common for their common parts to mean anything.
ALIKE = 0.35

Kind = Literal["same", "gone", "new"]


@dataclass(frozen=True)
class Piece:
    """A part of two versions of a sentence: in both, in the old one alone, or in the new one."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class SentenceChange:
    """A sentence in two runs; a text is '' where the run has no such sentence.

    `claims_changed` tells whether something else than numbers and the scope's name changed,
    `simulated` whether a value of it is simulated and not in print.
    """

    key: str
    old: str
    new: str
    claims_changed: bool
    simulated: bool = False

    @property
    def chapter(self) -> str:
        """Return the chapter that says it."""
        return self.key.partition(".")[0]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """Return both versions as one sequence of parts."""
        return tuple(pieces(self.old, self.new))


def sentence_changes(old: Run, new: Run) -> Iterator[SentenceChange]:
    """Yield the sentences that do not read the same; such as only join others are left out."""
    for key in dict.fromkeys((*new.records, *old.records)):
        records = (old.records.get(key), new.records.get(key))
        if any(record and record["kind"] != "phrase" for record in records):
            continue
        if all(record is None or _joins_others(record) for record in records):
            continue
        before, after = ("" if record is None else str(record["text"]) for record in records)
        if before != after:
            changed = _claims(before, old.scope) != _claims(after, new.scope)
            marked = any(bool(record and record["simulated"]) for record in records)
            yield SentenceChange(key, before, after, changed, marked)


def pieces(old: str, new: str) -> Iterator[Piece]:
    """Yield the parts of two texts in order; where one replaces another the old one comes first."""
    before, after = _TOKENS.findall(old), _TOKENS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < ALIKE:
        yield from (Piece(kind, text) for kind, text in _whole(old, new) if text)
        return
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(before[start:end]))
            continue
        gone, come = "".join(before[start:end]), "".join(after[other_start:other_end])
        yield from (Piece(part, text) for part, text in _whole(gone, come) if text)


def _whole(old: str, new: str) -> tuple[tuple[Kind, str], tuple[Kind, str]]:
    return ("gone", old), ("new", new)


def _claims(text: str, scope: str) -> str:
    """Return a sentence without its numbers and the name of its scope: what it claims."""
    return _NUMBER.sub("0", text.replace(scope, ""))


def _joins_others(record: dict[str, object]) -> bool:
    parts = record["parts"]
    return isinstance(parts, list) and len(parts) > 1 and all("key" in part for part in parts)
