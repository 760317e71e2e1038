"""Innocent readings of a contradiction, and how each fares on the siblings of the fact.

A reading is data (data/published/readings.yaml): truncation instead of rounding, a serial number
instead of a rank, a city without its counties. It makes a contradiction conditional when it lets
the places hold together; the text says how many sibling facts agree with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import Literal

from pydantic import BaseModel, ConfigDict, TypeAdapter

from smdi.files import project_root, read_yaml
from smdi.published.intervals import ROUNDINGS

Works = Callable[[str], bool]


class Reading(BaseModel):
    """One innocent reading."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    kind: Literal["rounding", "rank", "place", "inferred", "outside"]
    text_zh: str
    rounding: str | None = None


@cache
def readings() -> dict[str, Reading]:
    """All readings by name, in the order in which they are tried."""
    path = project_root() / "data" / "published" / "readings.yaml"
    found = TypeAdapter(dict[str, Reading]).validate_python(read_yaml(path))
    unknown = {r.rounding for r in found.values() if r.kind == "rounding"} - set(ROUNDINGS)
    if unknown:
        raise ValueError(f"{path}: no such rounding: {unknown}")
    return found


def saved_by_rounding(holds: Works, siblings: Iterable[Works] = ()) -> str:
    """The first way of rounding under which the places hold; empty when none does.

    `holds` takes the name of a rounding; `siblings` ask the same of facts of the same kind.
    """
    for reading in readings().values():
        if reading.kind == "rounding" and reading.rounding and holds(reading.rounding):
            return unless(reading, [works(reading.rounding) for works in siblings])
    return ""


def unless(reading: Reading | str, siblings: Iterable[bool] = ()) -> str:
    """What a conditional finding says: the reading, and how many siblings agree with it."""
    own = readings()[reading] if isinstance(reading, str) else reading
    tried = list(siblings)
    text = f"{own.text_zh}，则可以同时成立"
    if tried:
        text += f"；同类 {len(tried)} 处中，{sum(tried)} 处与这一读法相符"
    return text + "。"
