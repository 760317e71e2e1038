"""Words for practices and for the firms asked about them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from smdi.report.text import phrases
from smdi.report.text.language import name_of, words
from smdi.standards import ALL_INDUSTRIES, practices


def is_ratio(practice: str) -> bool:
    """Return whether the value is a mean of the firms' own percentages, not a share of firms."""
    return str(practices().loc[practice, "kind"]) == "ratio"


def name(practice: str) -> str:
    """Return the name of a practice, in quotes where it would read as two names of a list."""
    say, text = words().practices, name_of(str(practices().loc[practice, "name_zh"]))
    return say.quoted(name=text) if any(word in text for word in say.reads_as_two) else text


def subject(practice: str) -> str:
    """Return the subject of a sentence about the rate: 设备数字化率, 实现设备联网的比例."""
    say = words().practices
    if is_ratio(practice):
        return name(practice)
    if predicate := say.predicates.get(practice):
        return say.rate_of_doing(predicate=predicate)
    return say.rate_of_name(name=name(practice))


def full_subject(firms: str, practice: str) -> str:
    """Return the subject with whose rate it is: 全国参评企业的设备数字化率, …企业实现…的比例."""
    say = words().practices
    if not is_ratio(practice) and (predicate := say.predicates.get(practice)):
        return say.firms_rate_of_doing(firms=firms, predicate=predicate)
    return say.firms_rate(firms=firms, subject=subject(practice))


def base_kind(practice: str) -> str:
    """Return the business a firm must have to be asked, 'all' when every firm is."""
    kind = str(practices().loc[practice, "base"])
    return kind if kind in words().practices.businesses else "all"


def firms_asked(kind: str, group: str = "") -> str:
    """Return the firms that a base kind stands for: 具有设计业务的企业, 装备制造参评企业."""
    say = words().practices
    if kind == "all":
        return say.asked_in(group=group) if group else say.asked
    business = say.businesses[kind]
    if group:
        return say.asked_business_in(business=business, group=group)
    return say.asked_business(business=business)


def names_or_count(names: Sequence[str], total: int) -> str:
    """List the names, or count them (三项指标) when they are all of `total`."""
    if len(names) == total > 1:
        say = words().practices
        return say.all_of_them(total, count=phrases.counted(total, say.counter))
    return phrases.listing(names)


def span(years: Collection[int]) -> str:
    """Return the years for a title: 2021 年, 2020 年与 2021 年, 2019—2021 年."""
    first, last = min(years, default=0), max(years, default=0)
    return words().lists.years(len(set(years)), first=first, last=last)


def denominator_note(ids: Sequence[str]) -> str:
    """State for a note which rates have only firms with a business as denominator; else ''."""
    say = words().practices
    kinds: dict[str, list[str]] = {}
    for practice in ids:
        kinds.setdefault(base_kind(practice), []).append(practice)
    if len(kinds) == 1:
        only = next(iter(kinds))
        return "" if only == "all" else say.base_of_all(firms=firms_asked(only))
    parts = [
        say.base_of_some(names=phrases.listing([name(p) for p in names]), firms=firms_asked(kind))
        for kind, names in kinds.items()
        if kind != "all"
    ]
    return words().lists.clause.join(parts)


def all_industries(region: str, alike: str = "") -> str:
    """Return what a sector of the nation, or of a region, is compared with: 全行业.

    `alike` is the size and type of the firms on both sides.
    """
    if alike:
        return words().rates.all_industries_alike
    return words().rates.all_industries_here if region else name_of(ALL_INDUSTRIES)


def sector_firms(group: str, region: str, alike: str = "") -> str:
    """Return the firms of a sector: 装备制造企业, 江苏省装备制造企业, 大型装备制造企业."""
    say = words().practices
    name = words().scopes.joint.join(filter(None, (alike, name_of(group))))
    if region:
        return say.sector_firms_in(region=region, group=name)
    return say.sector_firms(group=name)
