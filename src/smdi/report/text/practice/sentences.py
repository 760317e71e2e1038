"""Sentences on the rates of practices: against all industries, over two years, and their bases.

Every word that compares is chosen by the data, at the digits the sentence prints. A practice
without a value, or with a withheld one, is left out and the sentence says so; when none is left the
text is a mark ⟦?missing⟧ or ⟦?withheld⟧, for which a sentence has its other variant. The frames are
tidy ones of `smdi.indicators.practices`. Marks ⟦=…⟧ are those of `smdi.report.values`.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from smdi.indicators.precision.noise import FEWEST
from smdi.indicators.precision.rounding import half_up
from smdi.indicators.tidy import pick
from smdi.published import fact_id
from smdi.report.text import phrases
from smdi.report.text.language import name_of, words
from smdi.report.text.parts import claimed
from smdi.report.text.practice.clauses import (
    Clear,
    Unavailable,
    always,
    both_years,
    direction_of,
    is_apart,
    join_clauses,
    largest_difference,
    names_of,
    unavailable_mark,
)
from smdi.report.text.practice.words import (
    base_kind,
    firms_asked,
    full_subject,
    name,
    names_or_count,
    subject,
)
from smdi.report.values import inline, state_of
from smdi.standards import ALL_INDUSTRIES


def over_two_years(
    frame: pd.DataFrame,
    exhibit: str,
    year: int,
    baseline: int,
    digits: int,
    firms: str,
    clear: Clear = always,
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
        direction = direction_of(now, before, digits)
        given = {"subject": head, "now": amount_now, "baseline": baseline}
        if direction and not clear(practice):
            clauses.append(say.unclear_from(before=amount_before, **given))
        elif direction:
            moved = say.moved if dated else say.moved_from
            clauses.append(moved(before=amount_before, direction=direction, **given))
        else:
            clauses.append(say.not_moved(same=_unchanged(now, before), **given))
        dated = True
    return join_clauses(clauses, unavailable, lead=say.in_year(year=year))


def movement(
    frame: pd.DataFrame, year: int, baseline: int, digits: int, clear: Clear = always
) -> str:
    """Sum up the changes: 与 2020 年相比，三项指标均有所提高，其中设备数字化率提高最多."""
    say, changes, lists = words().rates, words().change, words().lists
    pairs, unavailable = both_years(frame, year, baseline)
    if not pairs:
        return unavailable_mark(unavailable)
    directions: dict[str, list[str]] = {}
    for practice, (now, before) in pairs.items():
        direction = direction_of(now, before, digits)
        if direction and not clear(practice):
            direction = changes.unclear
        directions.setdefault(direction, []).append(practice)
    clauses = []
    for direction, ids in directions.items():
        who = names_or_count(names_of(ids), len(pairs) + len(unavailable))
        changed = say.all_changed if len(ids) == len(pairs) > 1 else say.some_changed
        change = changes.some(word=direction) if direction else changes.about_same
        change = direction if direction == changes.unclear else change
        clauses.append(changed(names=who, change=change))
    text = f"{say.since_year(baseline=baseline)}{lists.clause.join(clauses)}"
    direction = next(iter(directions))
    moved = len(directions) == 1 and direction not in ("", changes.unclear)
    largest = largest_difference(pairs, digits, clear) if moved else ""
    if largest:
        text += say.largest_change(names=largest, direction=direction)
    return f"{text}{lists.stop}"


def extremes(frame: pd.DataFrame, year: int, digits: int) -> str:
    """Name the highest and the lowest rate of this year: 三项指标中，甲的比例最高，乙的比例最低.

    One that is not clearly apart from the next is not named, and of fewer than FEWEST firms none.
    """
    rates = frame[frame["year"] == year]
    known = rates[rates["value"].notna()]
    measures = known["measure"].astype("str").map(subject)
    values = dict(zip(measures, known["value"].astype("float"), strict=True))
    if len(values) < 2 or (base := int(known["base"].min())) < FEWEST:
        return unavailable_mark(dict(zip(rates["measure"], rates["withheld"], strict=True)))
    say, total = words().rates, len(values)
    every = total == len(rates)
    count = phrases.counted(total, words().practices.counter)
    if len(phrases.extreme(values, digits)) == total:
        text = (say.all_level if every else say.known_level)(total, count=count)
        return phrases.sentence(f"{text}{words().lists.stop}")
    ends = [
        phrases.superlative(values, digits, best)
        for best in (True, False)
        if is_apart(values, phrases.extreme(values, digits, best), base)
    ]
    if not ends:
        return ""
    named = (say.ends if every else say.known_ends)(total, count=count, ends=say.end.join(ends))
    return phrases.sentence(f"{named}{words().lists.stop}")


def denominators(frame: pd.DataFrame, year: int) -> str:
    """State the denominator of each rate of this year: how many firms, with which business.

    In a comparison with all industries it is the sector's denominators that are stated. A rate
    without a value has none to state.
    """
    rates = frame[(frame["year"] == year) & (frame["group"] != ALL_INDUSTRIES)]
    group = "" if rates.empty else str(rates["group"].iloc[0])
    if rates.empty:
        rates = frame[frame["year"] == year]
    bases: dict[tuple[str, int], list[str]] = {}
    asked = rates[(rates["base"] > 0) & rates["value"].notna()]
    for practice, base in zip(asked["measure"], asked["base"].astype("int"), strict=True):
        bases.setdefault((base_kind(practice), base), []).append(name(practice))
    if not bases:
        return unavailable_mark(dict(zip(rates["measure"], rates["withheld"], strict=True)))
    say, lists = words().rates, words().lists
    clauses = []
    for (kind, base), names in bases.items():
        given = {"firms": inline(base, "家"), "asked": firms_asked(kind, name_of(group))}
        if len(names) == len(rates) > 1:
            clauses.append(say.base_of_all(**given))
        else:
            clauses.append(say.base(len(names), names=phrases.listing(names), **given))
    return phrases.sentence(f"{lists.clause.join(clauses)}{lists.stop}")


def adopter_growth(
    frame: pd.DataFrame,
    year: int,
    baseline: int,
    clear: Clear = always,
    statuses: Collection[str] = (),
) -> str:
    """Compare the growth of the number of firms with a practice with that of firms that answered.

    A rate falls when the first is smaller, whatever each firm does. `frame` is that of
    `practices.practice_trend` with both years; its practices must share their denominator. Each
    clause that compares is known from values of these `statuses`.
    """
    say, count = words().rates, words().change.count
    clauses: list[str] = []
    pairs, unavailable = both_years(frame, year, baseline)
    for practice, (now, before) in pairs.items():
        rows = frame[frame["measure"] == practice].set_index("year")["base"]
        of_all = 100 * (rows[year] / rows[baseline] - 1)
        # Whole firms again: a protected rate has lost its last decimals.
        users = round(now * rows[year] / 100)
        users_before = round(before * rows[baseline] / 100)
        if users_before == 0:  # no firm to grow from
            continue
        of_users = 100 * (users / users_before - 1)
        if not clauses:
            grown = say.firms_grew(change=phrases.change(of_all, 1, unit="%", directions=count))
            clauses.append(f"{say.since_year(baseline=baseline)}{grown}")
        change = phrases.change(of_users, 1, unit="%", directions=count)
        direction = direction_of(of_users, of_all, 1)
        rate = say.rate_followed(direction=direction) if direction else say.rate_stayed
        is_clear = not direction or clear(practice)
        compared = _growth_beside(of_users, of_all, is_clear)
        rate = rate if is_clear else say.rate_unclear
        given = {"change": change, "compared": compared, "rate": rate}
        if predicate := words().practices.predicates.get(practice):
            clauses.append(say.users(predicate=predicate, **given))
        else:
            clauses.append(say.users_of_name(name=name(practice), **given))
    return join_clauses([claimed(clause, statuses) for clause in clauses], unavailable)


def _growth_beside(of_users: float, of_all: float, is_clear: bool) -> str:
    """Compare two rates of growth, % rounded to one decimal, of which either may be a decrease."""
    say = words().rates
    than, printed = say.firms_that_grew, (half_up(of_users, 1), half_up(of_all, 1))
    if not is_clear:
        unclear = say.grew_unclear if min(printed) > 0 else say.moved_unclear
        return unclear(than=than)
    if min(printed) < 0 < max(printed):
        return say.moved_apart(than=than)
    by = say.shrank_more if max(printed) < 0 else say.grew_more
    by = say.grew_faster if min(printed) > 0 else by
    return phrases.compare(of_users, of_all, 1, than=than, by=by)


def _unchanged(now: float, before: float) -> str:
    return words().change.rate.same if now == before else words().change.about_same
