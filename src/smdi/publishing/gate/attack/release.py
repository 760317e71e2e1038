"""The exhibits and named values of a release or a rerun, as readers take them away."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from smdi.edition import Edition, Scope
from smdi.errors import InputErrors, Problem
from smdi.published import read_facts
from smdi.publishing.gate.attack import rows as by_rows
from smdi.publishing.gate.attack.others import COUNT
from smdi.publishing.gate.attack.tidy_rows import Row, rows_of
from smdi.publishing.gate.findings import Finding, GatePolicy
from smdi.publishing.release import parts_of
from smdi.standards.lookups import provinces
from smdi.workflow.chapters import source_folder

CSV = "exhibits/*.csv"
# The exhibits of a page about one province or industry bear its code: fig-320000-1, tab-c36-2.
_PAGE_OF_PART = re.compile(r"(?:province|industry)-\d+")
_OF_PART = re.compile(r"(?:fig|tab)-(?:(?P<province>\d{6})|c(?P<industry>\d\d))-\d+")


@dataclass(frozen=True)
class Data:
    """The rows of the exhibits of one release, in the scope that they are about."""

    scope: Mapping[str, str]
    exhibits: Mapping[str, Sequence[Row]]
    name: str = ""
    described: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    specs: Mapping[str, object] = field(default_factory=dict)
    numbers: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)

    def only(
        self, names: Set[str], scope: Mapping[str, str], numbers: Mapping[str, Mapping[str, Any]]
    ) -> Data:
        """Return the exhibits of these names, about another scope, with its own numbers."""
        return Data(
            scope,
            {name: self.exhibits[name] for name in sorted(names & self.exhibits.keys())},
            self.name,
            {name: self.described[name] for name in sorted(names & self.described.keys())},
            {name: self.specs[name] for name in sorted(names & self.specs.keys())},
            numbers,
        )


def data_of(edition: Edition, parts: Mapping[str, Path]) -> Data:
    """Read the exhibits of a release's parts, those that are there, whatever they are about."""
    site, source = (parts.get(name, Path(name)) for name in ("site", "source"))
    exhibits = source / "exhibits"
    numbers = parts.get("numbers.json")
    return Data(
        edition.scope.given,
        {path.stem: _rows(path) for path in sorted(source.glob(CSV)) or sorted(site.glob(CSV))},
        edition.id,
        {p.stem: _json(p) for p in exhibits.glob("*.json") if not p.stem.endswith(".vl")},
        {path.name.partition(".")[0]: _json(path) for path in exhibits.glob("*.vl.json")},
        _json(numbers) if numbers and numbers.is_file() else {},
    )


def is_of_part(name: str) -> bool:
    """Tell whether a file is of a page about one province or industry, or of its exhibits."""
    stem = Path(name).name.partition(".")[0]
    return bool(_PAGE_OF_PART.fullmatch(stem) or _OF_PART.fullmatch(stem))


def built(edition: Edition) -> list[Data]:
    """Read the exhibits of what was built of an edition; InputErrors when nothing was.

    First those about its own scope, then those of each page about a part of it.
    """
    if not source_folder(edition).is_dir():
        expected = f"a build of it: make book EDITION={edition.id}"
        raise InputErrors([Problem(str(edition.folder), None, None, None, expected)])
    return apart(data_of(edition, parts_of(edition)), source_folder(edition))


def apart(data: Data, source: Path) -> list[Data]:
    """Part the exhibits of an edition by what they are about; `source` has the parts' numbers."""
    kept: dict[str, set[str]] = {}
    for name in {*data.exhibits, *data.described}:
        about = _OF_PART.fullmatch(name)
        page = (
            "-".join(next(pair for pair in about.groupdict().items() if pair[1])) if about else ""
        )
        kept.setdefault(page, set()).add(name)
    found = [data.only(kept.pop("", set()), data.scope, data.numbers)]
    names = provinces()["name_zh"].to_dict()
    for page, exhibits in sorted(kept.items()):
        kind, code = page.split("-")
        scope = {kind: names[code] if kind == "province" else code}
        found.append(data.only(exhibits, scope, _json(source / "numbers" / f"{page}.json")))
    return found


def reruns(edition: Edition) -> Iterator[Data]:
    """Read the exhibits of an edition's reruns, each in the scope of its parameters."""
    for folder in sorted((edition.folder / "reruns").glob("*")):
        told = folder / "consequences.json"
        if told.is_file():
            given = _json(told)["about"]["parameters"]
            scope = Scope(**{key: given[key] for key in Scope.model_fields if given.get(key)})
            found = {path.stem: _rows(path) for path in sorted((folder / "site").glob(CSV))}
            yield Data(scope.given, found, folder.name)


def printed_in(edition: Edition) -> frozenset[tuple[str, str, int]]:
    """Return measure, group and year of each fact that the published report prints."""
    if edition.published is None:
        return frozenset()
    facts = read_facts(edition.published)
    columns = (facts[name] for name in ("measure", "group", "year"))
    return frozenset((str(m), str(g), int(y)) for m, g, y in zip(*columns, strict=True))


def shown_by_itself(data: Data, edition: Edition, policy: GatePolicy) -> Iterator[Finding]:
    """Yield what single exhibits and sentences of a release give away."""
    limits = edition.thresholds.model_dump().values()
    public = numbers_in_print(edition, policy)
    for name, rows in data.exhibits.items():
        yield from by_rows.withheld(rows)
        yield from by_rows.unrounded(rows, policy)
        if not edition.simulated:
            yield from by_rows.of_one_firm(rows)
        described, spec = data.described.get(name, {}), data.specs.get(name)
        yield from by_rows.beyond(rows, described, spec, [*limits, policy.minimum])
    for key, record in data.numbers.items():
        yield from by_rows.named_value(key, record, policy, public)


def numbers_in_print(edition: Edition, policy: GatePolicy) -> frozenset[int]:
    """Return the numbers of firms that the published report prints, where these are exempt."""
    if edition.published is None or not policy.as_printed:
        return frozenset()
    facts = read_facts(edition.published)
    return frozenset(int(value) for value in facts.loc[facts["unit"] == COUNT, "value"])


# What cannot be read is found, and told, where every file of a release is read.
def _rows(path: Path) -> list[Row]:
    try:
        return rows_of(path.stem, path.read_text("utf-8-sig"))
    except ValueError:
        return []


def _json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except ValueError:
        return {}
