"""Phrases: marked texts split into parts, and the records made of them.

The forms of both: see the head of `smdi.report.values`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

import pandas as pd

from smdi.indicators.precision.status import Status
from smdi.indicators.tidy import RANK
from smdi.report.text.states import UNSAID
from smdi.report.values import MARK, MARKED, state_text

KEY = re.compile(r"[a-z0-9][a-z0-9_-]*(\.[a-z0-9_]+)?\Z")
# What ends the claim that a mark of words is about.
_CLAUSE_END = re.compile("[。；]")
_CLAUSE = re.compile("([^。；]+)([。；]?)")


@dataclass(frozen=True)
class Part:
    """A piece of a phrase: fixed `text`, or the `key` of another record."""

    text: str = ""
    key: str | None = None
    status: Status | None = None

    @property
    def simulated(self) -> bool:
        """Whether it bears the mark of what is simulated."""
        return self.status == "simulated"

    def record(self) -> dict[str, object]:
        """Return the JSON form: {"key": …} or {"text": …[, "status": …, "simulated": true]}."""
        if self.key is not None:
            return {"key": self.key}
        marked = {"status": self.status} if self.status in MARKED else {}
        return {"text": self.text, **marked, **({"simulated": True} if self.simulated else {})}


def parse(text: str, chapter: str, status_of: Callable[[str, str], Status]) -> list[Part]:
    """Split a marked text into parts.

    Keys without a dot belong to `chapter`. `status_of(fact, amount text)` tells what that amount
    is known from. ValueError names a mark that is none of the four forms.
    """
    parts: list[Part] = []
    position = 0
    for match in MARK.finditer(text):
        if match.start() > position:
            parts.append(Part(text=text[position : match.start()]))
        parts.append(_part(match.group(1), chapter, status_of))
        position = match.end()
    if position < len(text):
        parts.append(Part(text=text[position:]))
    stray = next((p.text for p in parts if p.key is None and re.search("[⟦⟧]", p.text)), None)
    if stray is not None:
        raise ValueError(f"a bracket ⟦ or ⟧ without its other half in {stray!r}")
    return parts


def _part(mark: str, chapter: str, status_of: Callable[[str, str], Status]) -> Part:
    if mark.startswith("="):
        written, _, fact = mark[1:].partition("|")
        return Part(text=written, status=status_of(fact, written))
    if claimed := next((status for status in MARKED if mark == f"!{status}"), None):
        return Part(status=claimed)
    if mark.startswith("?") and mark[1:] in UNSAID:
        return Part(text=state_text(mark[1:]))
    if KEY.match(mark):
        return Part(key=mark if "." in mark else f"{chapter}.{mark}")
    raise ValueError(
        f"⟦{mark}⟧ is neither a key, an amount ⟦=…⟧, a state as ⟦?missing⟧ nor ⟦!simulated⟧"
    )


def phrase_record(
    parts: list[Part], records: Mapping[str, Mapping[str, object]]
) -> dict[str, object]:
    """Return the JSON form of a phrase; its keys must be among `records` (else KeyError)."""
    for part in parts:
        if part.key is not None and part.key not in records:
            raise KeyError(f"{part.key} is not registered; register it before the phrase uses it")
    parts = spaced(_without_second_marks(parts, records), records)
    text = "".join(_said(part, records) for part in parts)
    simulated = any(bool(records[p.key]["simulated"]) if p.key else p.simulated for p in parts)
    return {
        "kind": "phrase",
        "text": text,
        "simulated": simulated,
        "parts": [part.record() for part in parts],
    }


def _without_second_marks(
    parts: list[Part], records: Mapping[str, Mapping[str, object]]
) -> list[Part]:
    """Drop the mark of a claim in whose clause something bears a mark as heavy already."""
    kept: list[Part] = []
    marked: set[object] = set()
    for part in parts:
        if part.key is None and not part.text and part.status:
            if marked & {part.status, "simulated"}:
                continue
            kept.append(part)
            continue
        said = _said(part, records)
        if _CLAUSE_END.search(said):
            marked = set()
        record = records[part.key] if part.key is not None else {}
        if record.get("simulated") or part.simulated:
            marked.add("simulated")
        marked.add(record.get("status", part.status))
        kept.append(part)
    return kept


def spaced(parts: list[Part], records: Mapping[str, Mapping[str, object]]) -> list[Part]:
    """Set figures off from Han characters by a space, within parts and between them."""
    made: list[Part] = []
    before = ""
    for part in parts:
        if part.key is None:
            part = replace(part, text=_set_off(part.text))
        if _MEETS.fullmatch(before[-1:] + _said(part, records)[:1]):
            made.append(Part(text=" "))
        made.append(part)
        before = _said(part, records) or before
    return made


_HAN, _FIGURE = "[\u4e00-\u9fff]", "[0-9%]"
_MEETS = re.compile(f"{_HAN}[0-9−]|{_FIGURE}{_HAN}")
_GAP = re.compile(f"(?<={_HAN})(?=[0-9])|(?<={_FIGURE})(?={_HAN})")


def set_off(printed: str, said: str, found: re.Match[str]) -> str:
    """Return what is printed where a mark is found, set off as what it says asks for."""
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    first = " " if _MEETS.fullmatch(before + said[:1]) else ""
    last = " " if _MEETS.fullmatch(said[-1:] + after) else ""
    return f"{first}{printed}{last}"


def _set_off(text: str) -> str:
    return _GAP.sub(" ", text)


def _said(part: Part, records: Mapping[str, Mapping[str, object]]) -> str:
    return str(records[part.key]["text"]) if part.key else part.text


def claimed(text: str, statuses: Iterable[str]) -> str:
    """Mark each clause of a claim as known from no more than the weakest of these statuses.

    A clause with an amount has the amount's own mark.
    """
    found = set(statuses)
    status = next((one for one in reversed(MARKED) if one in found), None)
    if status is None or text.startswith("⟦?"):
        return text
    return _CLAUSE.sub(
        lambda clause: clause[0] if "⟦=" in clause[0] else f"{clause[1]}⟦!{status}⟧{clause[2]}",
        text,
    )


class Holds(dict[str, bool]):
    """Of which names a claim holds, and the statuses of the values it is known from.

    `partly`: whether others are left out, whose values are not known.
    """

    def __init__(
        self, held: Mapping[str, bool], statuses: Iterable[str], *, partly: bool = False
    ) -> None:
        super().__init__(held)
        self.statuses = frozenset(statuses)
        self.partly = partly


def statuses_of(frame: pd.DataFrame) -> frozenset[str]:
    """Return what the values of a tidy frame are known from; empty where it does not say so."""
    return frozenset(frame.loc[frame["measure"] != RANK].get("status", ()))
