"""Sentences on the rates of practices: against all industries, over two years, and their bases.

Every word that compares is chosen by the data, at the digits the sentence prints. A practice
without a value, or with a withheld one, is left out and the sentence says so; when none is left the
text is a mark ⟦?missing⟧ or ⟦?withheld⟧, for which a sentence has its other variant. The frames are
tidy ones of `smdi.indicators.practices`. Marks ⟦=…⟧ are those of `smdi.report.values`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from smdi.indicators.rounding import half_up
from smdi.indicators.tidy import pick
from smdi.published import fact_id
from smdi.report.text import phrases
from smdi.report.text.language import name_of, words
from smdi.report.text.practice_words import (
    all_industries,
    base_kind,
    firms_asked,
    full_subject,
    name,
    names_or_count,
    sector_firms,
    subject,
)
from smdi.report.values import inline, state_of
from smdi.standards import ALL_INDUSTRIES

# The two values that are compared, by practice.
Pairs = dict[str, tuple[float, float]]
# Whether the value is withheld (else it is missing), by practice.
Unavailable = dict[str, bool]


def against_all_industries(
    frame: pd.DataFrame, exhibit: str, year: int, digits: int = 0, region: str = ""
) -> str:
    """State each rate of a sector against that of all industries, a clause a practice.

    `frame` is that of `practices.sector_practices`; `region` is the province of the scope, or ''.
    """
    say, clauses = words().rates, list[str]()
    group, pairs, unavailable = _against_all(frame, year)
    for practice, (own, whole) in pairs.items():
        who = sector_firms(group, region)
        head = subject(practice) if clauses else full_subject(who, practice)
        amount = inline(own, "%", digits, fact_id(exhibit, practice, group, year))
        reference = inline(whole, "%", digits, fact_id(exhibit, practice, ALL_INDUSTRIES, year))
        compared = phrases.compare(own, whole, digits, than=all_industries(region))
        given = {"subject": head, "amount": amount, "compared": compared}
        if half_up(own, digits) == half_up(whole, digits):
            clauses.append(say.level_against(**given))
        else:
            clauses.append(say.against(reference=reference, **given))
    return _join_clauses(clauses, unavailable, lead=say.in_year(year=year))


def sector_name(frame: pd.DataFrame) -> str:
    """Return the group that the frame compares with all industries; '' when there is none."""
    return next((str(group) for group in frame["group"] if group != ALL_INDUSTRIES), "")


def standing(frame: pd.DataFrame, year: int, digits: int = 0, region: str = "") -> str:
    """Sum up a sector against all industries: 三项关键指标均高于全行业, 差距最大的是…."""
    say, lists = words().rates, words().lists
    group, pairs, unavailable = _against_all(frame, year)
    if not pairs:
        return _unavailable_mark(unavailable)
    standings: dict[str, list[str]] = {}
    for practice, (own, whole) in pairs.items():
        compared = phrases.compare(own, whole, digits, than=all_industries(region))
        standings.setdefault(compared, []).append(name(practice))
    who, total = sector_firms(group, region), len(pairs)
    key_rates = say.comparable_key_rates if unavailable else say.key_rates
    rates = key_rates(total, firms=who, count=phrases.counted(total, words().practices.counter))
    first = next(iter(standings))
    if total == 1:
        text = say.standing_of_one(subject=full_subject(who, next(iter(pairs))), compared=first)
    elif len(standings) == 1:
        text = say.standing_of_all(rates=rates, compared=first)
    else:
        clauses = lists.clause.join(
            say.standing_of_some(len(names), names=phrases.listing(names), compared=compared)
            for compared, names in standings.items()
        )
        text = say.standing(rates=rates, clauses=clauses)
    if largest := _largest_difference(pairs, digits):
        text += say.largest_gap(than=all_industries(region), names=largest)
    return phrases.sentence(f"{text}{lists.stop}")


def over_two_years(
    frame: pd.DataFrame, exhibit: str, year: int, baseline: int, digits: int, firms: str
) -> str:
    """State the rates of this year, with those of the baseline year where the frame has them.

    `firms` says whose rates they are: 全国参评企业.
    """
    say, clauses, dated = words().rates, list[str](), False
    unavailable: Unavailable = {}
    for practice, group in dict.fromkeys(zip(frame["measure"], frame["group"], strict=True)):
        now, hidden = pick(frame, practice, group, year)
        if state_of(now) != "value":
            unavailable[practice] = hidden
            continue
        head = subject(practice) if clauses else full_subject(firms, practice)
        amount_now = inline(now, "%", digits, fact_id(exhibit, practice, group, year))
        before, _ = pick(frame, practice, group, baseline)
        if state_of(before) != "value":
            clauses.append(say.rate_is(subject=head, amount=amount_now))
            continue
        amount_before = inline(before, "%", digits, fact_id(exhibit, practice, group, baseline))
        direction = _direction(now, before, digits)
        given = {"subject": head, "now": amount_now, "baseline": baseline}
        if direction:
            moved = say.moved if dated else say.moved_from
            clauses.append(moved(before=amount_before, direction=direction, **given))
        else:
            clauses.append(say.not_moved(same=_unchanged(now, before), **given))
        dated = True
    return _join_clauses(clauses, unavailable, lead=say.in_year(year=year))


def movement(frame: pd.DataFrame, year: int, baseline: int, digits: int) -> str:
    """Sum up the changes: 与 2020 年相比，三项指标均有所提高，其中设备数字化率提高最多."""
    say, changes, lists = words().rates, words().change, words().lists
    pairs, unavailable = _both_years(frame, year, baseline)
    if not pairs:
        return _unavailable_mark(unavailable)
    directions: dict[str, list[str]] = {}
    for practice, (now, before) in pairs.items():
        directions.setdefault(_direction(now, before, digits), []).append(practice)
    clauses = []
    for direction, ids in directions.items():
        who = names_or_count(_names(ids), len(pairs) + len(unavailable))
        changed = say.all_changed if len(ids) == len(pairs) > 1 else say.some_changed
        change = changes.some(word=direction) if direction else changes.about_same
        clauses.append(changed(names=who, change=change))
    text = f"{say.since_year(baseline=baseline)}{lists.clause.join(clauses)}"
    direction = next(iter(directions))
    largest = _largest_difference(pairs, digits) if len(directions) == 1 and direction else ""
    if largest:
        text += say.largest_change(names=largest, direction=direction)
    return f"{text}{lists.stop}"


def extremes(frame: pd.DataFrame, year: int, digits: int) -> str:
    """Name the highest and the lowest rate of this year: 三项指标中，甲最高，乙最低."""
    rates = frame[frame["year"] == year]
    known = rates[rates["value"].notna()]
    measures = known["measure"].astype("str").map(name)
    values = dict(zip(measures, known["value"].astype("float"), strict=True))
    if len(values) < 2:
        return _unavailable_mark(dict(zip(rates["measure"], rates["withheld"], strict=True)))
    say, total = words().rates, len(values)
    every = total == len(rates)
    count = phrases.counted(total, words().practices.counter)
    if len(phrases.extreme(values, digits)) == total:
        text = (say.all_level if every else say.known_level)(total, count=count)
    else:
        highest, lowest = (phrases.superlative(values, digits, best) for best in (True, False))
        ends = say.ends if every else say.known_ends
        text = ends(total, count=count, highest=highest, lowest=lowest)
    return phrases.sentence(f"{text}{words().lists.stop}")


def denominators(frame: pd.DataFrame, year: int) -> str:
    """State the denominator of each rate of this year: how many firms, with which business.

    In a comparison with all industries it is the sector's denominators that are stated.
    """
    rates = frame[(frame["year"] == year) & (frame["group"] != ALL_INDUSTRIES)]
    group = "" if rates.empty else str(rates["group"].iloc[0])
    if rates.empty:
        rates = frame[frame["year"] == year]
    bases: dict[tuple[str, int], list[str]] = {}
    asked = rates[rates["base"] > 0]
    for practice, base in zip(asked["measure"], asked["base"].astype("int"), strict=True):
        bases.setdefault((base_kind(practice), base), []).append(name(practice))
    if not bases:
        return _unavailable_mark(dict(zip(rates["measure"], rates["withheld"], strict=True)))
    say, lists = words().rates, words().lists
    total = sum(len(names) for names in bases.values())
    clauses = []
    for (kind, base), names in bases.items():
        given = {"firms": inline(base, "家"), "asked": firms_asked(kind, name_of(group))}
        if len(names) == total > 1:
            clauses.append(say.base_of_all(**given))
        else:
            clauses.append(say.base(len(names), names=phrases.listing(names), **given))
    return phrases.sentence(f"{lists.clause.join(clauses)}{lists.stop}")


def adopter_growth(frame: pd.DataFrame, year: int, baseline: int) -> str:
    """Compare the growth of the number of firms with a practice with that of firms that answered.

    A rate falls when the first is smaller, whatever each firm does. `frame` is that of
    `practices.practice_trend` with both years; its practices must share their denominator.
    """
    say, count = words().rates, words().change.count
    clauses: list[str] = []
    pairs, unavailable = _both_years(frame, year, baseline)
    for practice, (now, before) in pairs.items():
        rows = frame[frame["measure"] == practice].set_index("year")["base"]
        if before == 0:  # no firm to grow from
            continue
        of_all = 100 * (rows[year] / rows[baseline] - 1)
        of_users = 100 * (now * rows[year] / (before * rows[baseline]) - 1)
        if not clauses:
            grown = say.firms_grew(change=phrases.change(of_all, 1, unit="%", directions=count))
            clauses.append(f"{say.since_year(baseline=baseline)}{grown}")
        users = phrases.change(of_users, 1, unit="%", directions=count)
        by = say.grew_faster if min(of_users, of_all) > 0 else say.grew_more
        compared = phrases.compare(of_users, of_all, 1, than=say.firms_that_grew, by=by)
        direction = _direction(of_users, of_all, 1)
        rate = say.rate_followed(direction=direction) if direction else say.rate_stayed
        given = {"change": users, "compared": compared, "rate": rate}
        if predicate := words().practices.predicates.get(practice):
            clauses.append(say.users(predicate=predicate, **given))
        else:
            clauses.append(say.users_of_name(name=name(practice), **given))
    return _join_clauses(clauses, unavailable)


def _against_all(frame: pd.DataFrame, year: int) -> tuple[str, Pairs, Unavailable]:
    """Return the sector's name, (sector, all industries) by practice, and what is unavailable."""
    group = sector_name(frame)
    pairs: Pairs = {}
    unavailable: Unavailable = {}
    for practice in dict.fromkeys(frame["measure"]):
        own, hidden = pick(frame, practice, group, year)
        whole, whole_hidden = pick(frame, practice, ALL_INDUSTRIES, year)
        if state_of(own) == state_of(whole) == "value":
            pairs[practice] = own, whole
        else:
            unavailable[practice] = hidden or (state_of(own) == "value" and whole_hidden)
    return group, pairs, unavailable


def _both_years(frame: pd.DataFrame, year: int, baseline: int) -> tuple[Pairs, Unavailable]:
    """Return (this year, baseline year) by practice, and what is unavailable."""
    pairs: Pairs = {}
    unavailable: Unavailable = {}
    for practice, group in dict.fromkeys(zip(frame["measure"], frame["group"], strict=True)):
        now, hidden = pick(frame, practice, group, year)
        before, before_hidden = pick(frame, practice, group, baseline)
        if state_of(now) == state_of(before) == "value":
            pairs[practice] = now, before
        else:
            unavailable[practice] = hidden or before_hidden
    return pairs, unavailable


def _largest_difference(pairs: Pairs, digits: int) -> str:
    """Name the practices of the largest difference; '' when all are as large, or none differs."""
    gaps = {name(practice): abs(one - other) for practice, (one, other) in pairs.items()}
    names = phrases.extreme(gaps, digits)
    if len(names) == len(gaps) or half_up(gaps[names[0]], digits) == 0:
        return ""
    return phrases.listing(names)


def _direction(now: float, before: float, digits: int) -> str:
    """Return 提高 or 降低 by the two printed values; '' when they print alike."""
    first, second = half_up(now, digits), half_up(before, digits)
    rate = words().change.rate
    return "" if first == second else rate.up if first > second else rate.down


def _unchanged(now: float, before: float) -> str:
    return words().change.rate.same if now == before else words().change.about_same


def _join_clauses(clauses: Sequence[str], unavailable: Unavailable, lead: str = "") -> str:
    """Join clauses to a sentence that ends with what is unavailable, and why."""
    if not clauses:
        return _unavailable_mark(unavailable)
    say, lists = words().rates, words().lists
    absent = [
        why(names=phrases.listing(names))
        for why, names in (
            (say.withheld, _names(p for p, hidden in unavailable.items() if hidden)),
            (say.missing, _names(p for p, hidden in unavailable.items() if not hidden)),
        )
        if names
    ]
    text = lists.sentence.join([*clauses, *absent])
    return phrases.sentence(f"{lead}{text}{lists.stop}")


def _names(ids: Iterable[str]) -> list[str]:
    return [name(practice) for practice in ids]


def _unavailable_mark(unavailable: Unavailable) -> str:
    return "⟦?withheld⟧" if any(unavailable.values()) else "⟦?missing⟧"
