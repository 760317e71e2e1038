"""A release looked through whole: every file read once, every scan over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from smdi.edition import Edition
from smdi.processes import side_by_side
from smdi.publishing import pdf
from smdi.publishing.gate.attack.attack import attack
from smdi.publishing.gate.attack.release import (
    Data,
    is_of_part,
    numbers_in_print,
    printed_in,
    shown_by_itself,
)
from smdi.publishing.gate.clean import Clean
from smdi.publishing.gate.findings import Finding, GatePolicy, first_of_each, policy_of, unprinted
from smdi.publishing.gate.firms import Marks, listed, read_firms
from smdi.publishing.gate.formats import read
from smdi.publishing.gate.release import File, files_of, names_of
from smdi.publishing.gate.scans import documents, markup, specs
from smdi.publishing.gate.scans.tables import TableScan
from smdi.publishing.gate.scans.texts import Machine, TextScan, days_of
from smdi.report.text.language import use_language

# Files that are looked through before other processes have started.
FEWEST = 50


@dataclass(frozen=True)
class Inspection:
    """The scans over a file; `strict` reads texts of pages about a part of the nation.

    What is in print about the nation's parts is no leave to say it on a page of theirs.
    """

    words: TextScan
    strict: TextScan
    rows: TableScan
    settings: tuple[str, ...]
    told: frozenset[str]
    days: frozenset[date]

    def of(self, file: File) -> list[Finding]:
        """Return all that must not leave of a file."""
        return list(self._found(file))

    def _found(self, file: File) -> Iterator[Finding]:
        content = read(file)
        yield from content.findings
        yield from (self.strict if is_of_part(file.name) else self.words).findings(file, content)
        yield from self.rows.findings(file, content)
        if not file.of_package:
            yield from markup.findings(file, content, self.settings)
            yield from specs.findings(file, content)
            yield from documents.findings(file, content, self.told, self.days)


def inspect(
    edition: Edition,
    parts: Mapping[str, Path],
    scores: Path,
    names: tuple[str, ...] = (),
    clean: Clean | None = None,
) -> list[Finding]:
    """Return all that must not leave of a release.

    `scores` is the file in which what was found is looked up, `names` are firms' to look for.
    Files of which `clean` says that nothing was found in them are not read again.
    """
    use_language(edition.language)
    inspection = _inspection(edition, scores, names)
    files = list(files_of(parts))
    unknown = [file for file in files if clean is None or not clean.has(file)]
    found = [finding for name in names_of(parts) for finding in inspection.words.in_name(name)]
    if unknown:
        inspection.rows.firms.work_out()  # before what looks through them is forked
    found += [one for of_file in side_by_side(inspection.of, unknown, FEWEST) for one in of_file]
    # A text that stands in two files is told of the first alone: the other is not clean either.
    if clean is not None and not found:
        clean.keep(files)
    return first_of_each(found)


def _inspection(edition: Edition, scores: Path, names: tuple[str, ...]) -> Inspection:
    settings = tuple(filter(None, (edition.title, edition.publisher, edition.contact)))
    firms = read_firms(scores)
    marks = Marks(firms, listed(names), allowed="\n".join(settings))
    days = days_of(edition)
    policy = policy_of(edition)
    machine = Machine.this()
    return Inspection(
        TextScan(marks, machine, days, policy, numbers_in_print(edition, policy)),
        TextScan(marks, machine, days, unprinted(policy), frozenset()),
        TableScan(firms),
        settings,
        _told(edition),
        days,
    )


def attacked(
    editions: Sequence[Edition], data: Sequence[Data]
) -> tuple[list[Finding], list[Finding]]:
    """Return what the data of releases tell together, and what of it is exempt as printed.

    The strictest of the editions' policies counts; what one of them prints is public for all.
    """
    policies = [policy_of(edition) for edition in editions]
    policy = GatePolicy(
        max(policy.minimum for policy in policies),
        max(policy.width for policy in policies),
        any(policy.as_printed for policy in policies),
        max(policy.mean_width for policy in policies),
        all(policy.unanimous for policy in policies),
    )
    printed = frozenset().union(*map(printed_in, editions))
    found, exempt = attack(data, policy, printed)
    by_name = {edition.id: edition for edition in editions}
    for release in data:
        if edition := by_name.get(release.name):
            own = policy_of(edition)
            own = own if release.scope == edition.scope.given else unprinted(own)
            found += shown_by_itself(release, edition, own)
    return first_of_each(found), first_of_each(exempt)


def _told(edition: Edition) -> frozenset[str]:
    """Return what the PDF may say of itself: the strings of its settings."""
    settings = pdf.settings(edition, "", simulated=True)
    keywords = settings["typst_keywords"]
    told = {str(value) for value in settings.values() if isinstance(value, str)}
    return frozenset({*told, *keywords, ", ".join(keywords), edition.language, "zh-CN"})
