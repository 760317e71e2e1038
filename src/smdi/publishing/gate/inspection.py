"""A release looked through whole: every file read once, every scan over it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from smdi.edition import Edition
from smdi.publishing import pdf
from smdi.publishing.gate.attack.attack import attack
from smdi.publishing.gate.attack.release import (
    Data,
    is_of_part,
    numbers_in_print,
    printed_in,
    shown_by_itself,
)
from smdi.publishing.gate.findings import Finding, GatePolicy, first_of_each, policy_of, unprinted
from smdi.publishing.gate.firms import read_firms
from smdi.publishing.gate.formats import read
from smdi.publishing.gate.release import files_of, names_of
from smdi.publishing.gate.scans import documents, markup, specs
from smdi.publishing.gate.scans.tables import TableScan
from smdi.publishing.gate.scans.texts import Machine, TextScan, days_of
from smdi.report.text.language import use_language


def inspect(
    edition: Edition, parts: Mapping[str, Path], scores: Path, names: tuple[str, ...] = ()
) -> list[Finding]:
    """Return all that must not leave of a release.

    `scores` is the file in which what was found is looked up, `names` are firms' to look for.
    """
    use_language(edition.language)
    settings = tuple(filter(None, (edition.title, edition.publisher, edition.contact)))
    firms = read_firms(scores, names, allowed="\n".join(settings))
    days = days_of(edition)
    policy = policy_of(edition)
    public = numbers_in_print(edition, policy)
    machine, rows = Machine.this(), TableScan(firms)
    words = TextScan(firms, machine, days, policy, public)
    # What is in print about the nation's parts is no leave to say it on a page of theirs.
    strict = TextScan(firms, machine, days, unprinted(policy), frozenset())
    told = _told(edition)

    def found() -> Iterator[Finding]:
        for name in names_of(parts):
            yield from words.in_name(name)
        for file in files_of(parts):
            content = read(file)
            yield from content.findings
            yield from (strict if is_of_part(file.name) else words).findings(file, content)
            yield from rows.findings(file, content)
            if not file.of_package:
                yield from markup.findings(file, content, settings)
                yield from specs.findings(file, content)
                yield from documents.findings(file, content, told, days)

    return first_of_each(found())


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
