"""The editor's word: which fact gives way where several cannot hold together, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from smdi.errors import InputErrors, Problem
from smdi.published.audit.registry import PROVEN, Finding
from smdi.published.constraints.binding import Binding, bindings
from smdi.published.intervals import Interval
from smdi.published.published_report import PublishedReport


def decided(findings: Sequence[Finding], report: PublishedReport) -> list[Finding]:
    """The findings, with the facts that the editor lets give way named in them.

    What the other facts leave such a fact is implied. Raises InputErrors for a decision about a
    fact that no finding contradicts.
    """
    wanted = report.yields
    if not wanted:
        return list(findings)
    open_to = {name for f in findings if f.severity in PROVEN for name in f.fact_ids}
    source = report.declared.source or "declarations"
    expected = "a fact that a finding of the audit contradicts"
    InputErrors.raise_if(
        Problem(source, None, "yields", name, expected) for name in wanted if name not in open_to
    )
    left = bindings(report, wanted)
    return [_decided(finding, wanted, left) for finding in findings]


def _decided(finding: Finding, wanted: dict[str, str], left: dict[str, Binding]) -> Finding:
    names = [name for name in finding.fact_ids if name in wanted]
    others = [name for name in finding.fact_ids if name not in wanted]
    if finding.severity not in PROVEN or not names or not others:
        return finding
    return replace(
        finding,
        followed=others[0],
        contradicted=tuple(names),
        treatment_zh=f"编者决定：{wanted[names[0]]}",
        implied=_interval(left[names[0]]),
    )


def _interval(binding: Binding) -> Interval:
    return Interval(Decimal(str(binding.low)), Decimal(str(binding.high)))
