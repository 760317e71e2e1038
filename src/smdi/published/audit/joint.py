"""The rule on all facts together: what no single relation shows and the whole model proves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from smdi.published.audit.principles import UNDECIDED
from smdi.published.audit.registry import PROVEN, RULES, Finding, rule
from smdi.published.constraints.model import Conflict, Model
from smdi.published.published_report import PublishedReport
from smdi.published.readings import unless

FACTS_NAMED = 8
LARGEST = 40  # of guessed relations, a set of more facts says only that two populations differ


@rule(
    "全部数值联立",
    "逐条规则只看一种关系；把全部数值作为未知企业数的约束联立求解，可以发现几处合在一起才不能成立的矛盾。",
)
def all_facts_together(report: PublishedReport) -> Iterator[Finding]:
    """Each minimal set of facts that cannot hold together, and that no other rule has found.

    A solver holds all facts and declared relations at once. Facts that give way by another rule,
    or by the editor's word, are left out; sets that contain the places of another finding say
    nothing new.
    """
    others = [
        finding
        for name, other in RULES.items()
        if name != all_facts_together.__name__
        for finding in other.find(report)
        if finding.severity in PROVEN
    ]
    yield from joint(report, others)


def joint(report: PublishedReport, others: Sequence[Finding]) -> Iterator[Finding]:
    """The minimal sets beyond what `others` have found; of those with one reason the smallest."""
    gives_way = {fact for finding in others for fact in finding.contradicted} | set(report.yields)
    known = [frozenset(finding.fact_ids) for finding in others]
    told: set[tuple[str, ...]] = set()
    for conflict in Model.of(report).conflicts(gives_way):
        new = not any(own <= conflict.facts for own in known) and conflict.reasons not in told
        if new and (len(conflict.facts) <= LARGEST or _declared(conflict, report)):
            yield _found(conflict, report)
        if conflict.reasons:
            told.add(conflict.reasons)


def _declared(conflict: Conflict, report: PublishedReport) -> bool:
    """Whether a set rests on declared relations alone, whatever numbers of firms there are."""
    return report.declared.source is not None and bool(conflict.reasons)


def _found(conflict: Conflict, report: PublishedReport) -> Finding:
    facts = sorted(conflict.facts, key=lambda name: report.facts.by_id[name].position)
    told = [report.facts.by_id[name] for name in facts]
    numbers = "；".join(f"{f.where}：{f.text}" for f in told[:FACTS_NAMED])
    more = f"等 {len(told)} 处" if len(told) > FACTS_NAMED else ""
    reasons = "，".join(conflict.reasons[:4])
    inferred = report.declared.source is None
    return Finding(
        rule="all_facts_together",
        severity="conditional" if inferred else "contradiction",
        fact_ids=tuple(facts),
        message_zh=f"下列各处不能同时成立：{numbers}{more}。"
        + (f"依据：{reasons}。" if reasons else ""),
        treatment_zh=UNDECIDED,
        unless_zh=unless("no_whole") if inferred else "",
        numbers={"facts": len(facts)},
    )
