"""Writing a proposal as a mapping file, with how sure each line is beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from smdi.assessments.mapping.headings import FIRM_HEADINGS
from smdi.assessments.mapping.matching import Match
from smdi.assessments.mapping.proposal import Proposal

SURE = 0.85
LISTED = 40


def mapping_yaml(proposal: Proposal) -> str:
    """Return the mapping as YAML; lines to look at bear the word CHECK."""
    return "\n".join(_lines(proposal)) + "\n"


def _lines(made: Proposal) -> Iterator[str]:
    yield "# yaml-language-server: $schema=../data/schemas/import-mapping.schema.json"
    yield f"# Proposed for {', '.join(made.files)}. Look at each line marked CHECK."
    for note in made.notes:
        yield f"# CHECK {note}"
    if made.unused:
        more = f" and {len(made.unused) - LISTED} more" if len(made.unused) > LISTED else ""
        yield f"# Columns not used: {_one_line(', '.join(made.unused[:LISTED]))}{more}"
    yield "encoding: auto"
    yield "delimiter: auto"
    yield "columns:"
    for name in FIRM_HEADINGS:
        yield from _firm_line(name, made)
    yield "items:" + _confidence(made.items_match)
    for key, value in made.items.items():
        yield from _entry(key, value)
    yield "practices:"
    yield "  columns:" + ("" if made.practices else " {}")
    for name, match in made.practices.items():
        yield f"    {name}: {_text(match.heading)}{_confidence(match)}"
    if made.practice_values:
        yield f"  values: {_flow(made.practice_values)}"
    yield f"  not_asked: {_flow(made.not_asked)}"
    yield f"  ratio_unit: {made.ratio_unit}"


def _firm_line(name: str, made: Proposal) -> Iterator[str]:
    match, extra = made.firm.get(name), made.extra.get(name, {})
    if match is None and "constant" not in extra:
        yield f"  # {name}: {{column: …}}  # CHECK not found: {FIRM_HEADINGS[name]}"
        return
    keys = [f"column: {_text(match.heading)}"] if match else []
    keys += [f"{key}: {_flow(value)}" for key, value in extra.items()]
    note = _confidence(match) if match else "  # CHECK from the title"
    yield f"  {name}: {{{', '.join(keys)}}}{note}"


def _entry(key: str, value: object) -> Iterator[str]:
    if isinstance(value, Mapping) and key in ("columns", "long_columns"):
        yield f"  {key}:"
        for name, text in value.items():
            yield f"    {name}: {_flow(text)}"
    else:
        yield f"  {key}: {_flow(value)}"


def _confidence(match: Match | None) -> str:
    if match is None:
        return ""
    check = "" if match.confidence >= SURE else "CHECK "
    return f"  # {check}{match.confidence:.0%} ({match.why})"


def _flow(value: object) -> str:
    """Return a value in one line of YAML; JSON is YAML, and quotes what needs quoting."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{_text(key)}: {_flow(one)}" for key, one in value.items()) + "}"
    return json.dumps(value, ensure_ascii=False)


def _text(value: object) -> str:
    return json.dumps(str(value), ensure_ascii=False)


def _one_line(text: str) -> str:
    return " ".join(text.split())
