"""What an editor needs of an audit: findings by weight, what to check first, a table, a page."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from html import escape

import pandas as pd

from smdi.published.audit.registry import RULES, SEVERITIES, SEVERITY_NAMES, Finding

# Of what is proven or claimed; nothing else points at a number to check.
WEIGHTS = {"contradiction": 8.0, "conditional": 4.0, "claim": 4.0}
CHECK_FIRST = 8
PLACES_SHOWN = 12
COLUMNS = ("severity", "rule", "message", "unless", "treatment", "role", "fact_id")
FACT_COLUMNS = ("printed", "unit", "where")


def by_weight(findings: Sequence[Finding]) -> list[Finding]:
    """Findings with what is proven first; among equals those of few places, which say most."""
    return sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), len(f.fact_ids)))


def check_first(findings: Sequence[Finding]) -> list[tuple[str, int]]:
    """The facts that most of the proof points at, with the number of findings that name them.

    A finding's weight is shared by its places: one that names two facts points harder than one
    that names thirty.
    """
    weight: dict[str, float] = defaultdict(float)
    for finding in findings:
        if finding.severity in WEIGHTS:
            for name in finding.fact_ids:
                weight[name] += WEIGHTS[finding.severity] / len(finding.fact_ids)
    times = Counter(name for finding in findings for name in finding.fact_ids)
    first = sorted(weight, key=lambda name: -weight[name])[:CHECK_FIRST]
    return [(name, times[name]) for name in first]


def role(finding: Finding, name: str) -> str:
    """What a finding says of a place: followed, contradicted, or named."""
    if name == finding.followed:
        return "followed"
    return "contradicted" if name in finding.contradicted else "named"


def as_csv(findings: Sequence[Finding], facts: pd.DataFrame) -> str:
    """One row a place of a finding, by weight."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow((*COLUMNS, *FACT_COLUMNS))
    for finding in by_weight(findings):
        for name in finding.fact_ids:
            own = (finding.severity, finding.rule, finding.message_zh, finding.unless_zh)
            place = [facts.at[name, column] for column in FACT_COLUMNS]
            writer.writerow((*own, finding.treatment_zh, role(finding, name), name, *place))
    return text.getvalue()


def as_page(title: str, findings: Sequence[Finding], facts: pd.DataFrame) -> str:
    """A page that stands alone: summary, what to check first, findings by weight, the rules."""
    counts = Counter(finding.severity for finding in findings)
    summary = "，".join(f"{SEVERITY_NAMES[s]} {counts[s]} 项" for s in SEVERITIES)
    return "\n".join(
        [
            '<!doctype html><html lang="zh-CN"><meta charset="utf-8">',
            f"<title>审计：{escape(title)}</title><style>{STYLE}</style>",
            f"<h1>已发布数值的审计：{escape(title)}</h1>",
            f"<p>{len(facts)} 个数值，{len(RULES)} 条规则，{len(findings)} 处疑点：{summary}。</p>",
            *_first(findings, facts),
            *(line for finding in by_weight(findings) for line in _section(finding, facts)),
            "</html>",
        ]
    )


STYLE = (
    "body{font:16px/1.7 sans-serif;max-width:52rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse;width:100%}td,th{border-bottom:1px solid #ccc;padding:.3rem;"
    "text-align:left;vertical-align:top}td.n{text-align:right;white-space:nowrap}"
    "h2{font-size:1.05rem;margin-top:2rem}.contradicted{background:#fde8e8}"
    ".followed{background:#e8f4ea}small{color:#555}"
)


def _first(findings: Sequence[Finding], facts: pd.DataFrame) -> Iterator[str]:
    first = check_first(findings)
    if first:
        yield "<h2>先核对这些数字</h2><table><tr><th>位置<th>所载<th>涉及的疑点"
        for name, times in first:
            yield f"<tr>{_cells(name, facts)}<td class=n>{times}"
        yield "</table>"


def _section(finding: Finding, facts: pd.DataFrame) -> Iterator[str]:
    name = SEVERITY_NAMES[finding.severity]
    yield f"<h2>{escape(name)} · {escape(RULES[finding.rule].title_zh)}</h2>"
    yield f"<p>{escape(finding.message_zh)} {escape(finding.unless_zh)}</p>"
    yield f"<p><small>{escape(finding.treatment_zh)}</small></p><table>"
    for place in finding.fact_ids[:PLACES_SHOWN]:
        yield f'<tr class="{role(finding, place)}">{_cells(place, facts)}'
    more = len(finding.fact_ids) - PLACES_SHOWN
    yield "</table>" + (f"<p><small>另有 {more} 处</small></p>" if more > 0 else "")


def _cells(name: str, facts: pd.DataFrame) -> str:
    printed, unit, where = (str(facts.at[name, column]) for column in FACT_COLUMNS)
    place = f"{escape(where)}<br><small>{escape(name)}</small>"
    return f"<td>{place}<td class=n>{escape(printed)} {escape(unit)}"
