"""Rules on names: groups and codes of the standards, places told, numbers printed once for many."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from smdi.published.audit.principles import CHECK_SOURCE
from smdi.published.audit.registry import Finding, rule
from smdi.published.fact_table import Fact, Facts
from smdi.published.published_report import PublishedReport
from smdi.published.vocabulary import (
    NATION,
    PROCESS_TYPES_ZH,
    TOTALS,
    lists_of_names,
)

MOST = 0.6  # a table of which this part is in a list of the standards is of that list
OTHER_GROUPS = frozenset({NATION, *TOTALS, *PROCESS_TYPES_ZH, "中小企业", "大型企业"})


@rule(
    "名称",
    "地区、行业、小类的名称和代码应与国家标准一致；相近而不同的名称多半是误植。",
)
def names_are_of_the_standards(report: PublishedReport) -> Iterator[Finding]:
    """A group in a table of provinces, cities, divisions or classes is one of the list.

    A table is of a list when most of its groups are in it. An unknown name is shown with the
    nearest known one. Elsewhere, a group that no other fact has and that is nearly the name of
    one that many have is taken for a slip of it.
    """
    for own in report.facts.split("exhibit", "measure").values():
        groups = tuple(dict.fromkeys(f.group for f in own if f.group not in OTHER_GROUPS))
        for names in lists_of_names().values():
            known = [group for group in groups if group in names]
            if len(groups) >= 3 and len(known) >= MOST * len(groups):
                for fact in own:
                    if fact.group in groups and fact.group not in names:
                        yield _unknown(fact, _nearest(fact.group, names))
                break
        else:
            yield from _slips(own, report.facts)


def _nearest(name: str, names: tuple[str, ...]) -> str:
    return next(iter(get_close_matches(name, names, n=1, cutoff=0.4)), "")


def _slips(own: Facts, facts: Facts) -> Iterator[Finding]:
    for fact in own:
        if fact.group in OTHER_GROUPS or any(fact.group in n for n in lists_of_names().values()):
            continue
        others = {f.group for f in facts if f.group != fact.group}
        alone = len(facts.select(group=fact.group)) == 1
        often = tuple(group for group in others if len(facts.select(group=group)) > 1)
        listed = tuple(name for names in lists_of_names().values() for name in names)
        near = get_close_matches(fact.group, (*often, *listed), n=1, cutoff=0.7)
        if alone and near:
            yield _unknown(fact, near[0])


def _unknown(fact: Fact, near: str) -> Finding:
    return Finding(
        rule="names_are_of_the_standards",
        severity="notice",
        fact_ids=(fact.id,),
        message_zh=f"名称“{fact.group}”不在标准之列" + (f"，或系“{near}”。" if near else "。"),
        treatment_zh=CHECK_SOURCE,
        numbers={"nearest": near},
    )


@rule(
    "位置与组别",
    "转录的位置写明某一行时，该行应当就是所记的组别。",
)
def places_name_their_group(report: PublishedReport) -> Iterator[Finding]:
    """The row that a place names is the group of the fact.

    In an exhibit whose places end in the name of the row, as most of 2021 do.
    """
    for own in report.facts.split("exhibit").values():
        told = [(fact, _row_named(fact)) for fact in own]
        right = sum(row == _short(fact.group) for fact, row in told)
        for fact, row in told:
            if row and row != _short(fact.group) and 2 * right > len(told):
                yield Finding(
                    rule="places_name_their_group",
                    severity="notice",
                    fact_ids=(fact.id,),
                    message_zh=f"位置写的是“{row}”，组别却是“{fact.group}”。",
                    treatment_zh=CHECK_SOURCE,
                )


def _row_named(fact: Fact) -> str:
    return fact.where.rpartition("，")[2] if "，" in fact.where else ""


def _short(group: str) -> str:
    """A group as places name it: a class by its code."""
    code = group.split(" ")[0]
    return code if code.isdigit() else group


@rule(
    "同一个所载的数",
    "一个数字同时说明几个组别时，各组别应记为同一个数。",
)
def one_number_has_one_value(report: PublishedReport) -> Iterator[Finding]:
    """Rows that share one printed number ("over 500" of three provinces) have that number.

    Declared as `one_number`; rows that differ are a slip of transcription.
    """
    for name, exhibit in report.declared.exhibits.items():
        for shared in exhibit.one_number:
            for measure in shared.measures:
                rows = [
                    fact
                    for fact in report.facts.select(exhibit=name, measure=measure)
                    if fact.group in (shared.group_names or ())
                ]
                values = {fact.printed for fact in rows}
                if len(values) > 1:
                    yield Finding(
                        rule="one_number_has_one_value",
                        severity="notice",
                        fact_ids=tuple(fact.id for fact in rows),
                        message_zh=(
                            f"原件以一个数字说明{'、'.join(f.group for f in rows)}，"
                            f"转录为 {'、'.join(sorted(values))}。"
                        ),
                        treatment_zh=CHECK_SOURCE,
                    )
