"""Next year's edition from last year's: what follows from the year is written, the rest asked."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path

from smdi.edition import EDITIONS, Edition, edition_ids, read_edition
from smdi.errors import InputErrors, Problem
from smdi.files import in_project, write_text

LARGEST_GAP = 5


@dataclass(frozen=True)
class Draft:
    """The YAML of an edition that is still to be written, and the edition that it follows."""

    path: Path
    text: str
    last: Edition
    assessments: Path


def parse_year(text: str) -> int:
    """Return the year that a user names; InputErrors when it is none."""
    if re.fullmatch(r"20\d\d", text.strip()):
        return int(text)
    raise InputErrors([Problem("command line", None, "YEAR", text, "a year, as YEAR=2022")])


def draft(year: int, assessments: str = "") -> Draft:
    """Return the YAML of an edition, written from the last one before it.

    Comments and whatever does not follow from the year stay. `assessments` names the file with the
    firms' answers; without one it is where an import of that year would go by custom. InputErrors
    when there is no earlier edition near enough.
    """
    last = _last_before(year)
    source = in_project(EDITIONS) / f"{last.id}.yaml"
    answers = assessments or f"private/assessments-{year}.parquet"
    window = last.year - last.first_year
    day = last.data_date
    # Before 29 February of a year that has none.
    date = f"{year}-{day.month:02}-{min(day.day, 28) if day.month == 2 else day.day:02}"
    values = {
        "year": year,
        "baseline_year": last.year,
        "first_year": year - window,
        "title": _quoted(last.title.replace(str(last.year), str(year))),
        "data_date": date,
        "assessments": _quoted(answers),
        "seed": str(last.seed).replace(str(last.year), str(year)),
        "targets": "null",
        "published": "null",
    }
    text = source.read_text("utf-8")
    first, newline, rest = text.partition("\n")
    if first.startswith("#"):
        text = first.replace(str(last.year), str(year)) + newline + rest
    for key, value in values.items():
        line = f"{key}: {value}"
        text, found = re.subn(rf"^{key}:.*$", lambda _: line, text, flags=re.MULTILINE)  # noqa: B023
        if not found and value != "null":
            text += f"{line}\n"
    # What a printed report shows is shown of no other year.
    text = re.sub(r"^( +)rule: as_printed$", r"\1rule: protected", text, flags=re.MULTILINE)
    return Draft(in_project(EDITIONS) / f"{year}.yaml", text, last, in_project(answers))


def write(made: Draft) -> None:
    """Write the YAML; what is there already is left as it is, and is an error."""
    if made.path.exists():
        expected = "a year that has no edition yet"
        raise InputErrors([Problem(str(made.path), None, None, None, expected)])
    write_text(made.path, made.text)


def still_to_supply(made: Draft, year: int) -> list[str]:
    """List what only an editor can supply, in the order in which it is needed."""
    lines = []
    if not made.assessments.is_file():
        lines.append(f"the assessments: make import EXPORT=… MAPPING=… OUTPUT={made.assessments}")
    lines += [
        f"data_date: the day to which the data reach, if it is not the one of {made.last.id}",
        f"publisher, thresholds, ranks: as in {made.last.id}, if nothing is to change",
        f"published: data/published/{year}.csv, once the edition is in print and transcribed",
    ]
    return lines


def _last_before(year: int) -> Edition:
    known = sorted(int(name) for name in edition_ids() if re.fullmatch(r"20\d\d", name))
    before = [one for one in known if one < year]
    if not before or year - before[-1] > LARGEST_GAP:
        told = ", ".join(map(str, known)) or "none"
        expected = f"a year after that of an edition, by {LARGEST_GAP} at most; there are: {told}"
        raise InputErrors([Problem("command line", None, "YEAR", year, expected)])
    return read_edition(str(before[-1]))


def _quoted(text: str) -> str:
    """Write a text as YAML; as it stands where that is the same text."""
    return text if re.fullmatch(r"[\w（）()/.·—-]+", text) else json.dumps(text, ensure_ascii=False)
