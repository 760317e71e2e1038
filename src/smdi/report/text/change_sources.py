"""Sentences on the sources of a change: the same firms, or a different set of firms.

The three measures of a change are those of `smdi.indicators.comparison`.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from smdi.indicators import comparison
from smdi.indicators.population import Population
from smdi.indicators.tidy import pick
from smdi.report.text import phrases
from smdi.report.text.language import words
from smdi.report.text.practice_words import denominator_note, name, names_or_count, subject
from smdi.report.values import amount, inline, state_of

DIGITS = 1


def comparison_note(firms: Population, ids: Sequence[str]) -> str:
    """State how the columns are computed, and the share of firms standardised by a wider cell."""
    borrowed = max(
        comparison.borrowed_share(firms, comparison.practice_outcome(practice)) for practice in ids
    )
    say, year = words().sources, firms.baseline_year
    if borrowed:
        weights = say.wider_weights(year=year, share=amount(borrowed, "%", DIGITS))
    else:
        weights = say.weights(year=year)
    return phrases.joined([denominator_note(ids), say.same_answers, weights])


def change_sources(ways: pd.DataFrame, year: int, baseline: int) -> str:
    """State the change among the firms that answered in both years, and whether all firms agree.

    `ways` is the frame of `comparison.practice_comparison`. Practices whose change is not known
    both for all firms and for the same firms are left out; with none left it is ⟦?missing⟧ or
    ⟦?withheld⟧.
    """
    known: dict[str, tuple[float, float]] = {}
    hidden = False
    for measure in dict.fromkeys(ways["measure"]):
        raw, raw_hidden = pick(ways, measure, comparison.RAW, year)
        same, same_hidden = pick(ways, measure, comparison.MATCHED, year)
        hidden = hidden or raw_hidden or same_hidden
        if state_of(raw) == state_of(same) == "value":
            known[measure.removesuffix("_change")] = raw, same
    if not known:
        return "⟦?withheld⟧" if hidden else "⟦?missing⟧"
    say, lists = words().sources, words().lists
    changes = lists.clause.join(
        say.changed(subject=subject(practice), change=_change(same))
        for practice, (_, same) in known.items()
    )
    matched = _matched_firms(ways, known)
    if matched:
        sentences = [say.same_firms(firms=matched, changes=changes)]
    else:
        sentences = [say.same_firms_varying(changes=changes)]
    sentences += _all_and_matched(known, ways["measure"].nunique())
    sentences += _standardised(ways, known, year, baseline)
    return phrases.sentence(f"{lists.sentence.join(sentences)}{lists.stop}")


def _all_and_matched(known: dict[str, tuple[float, float]], total: int) -> list[str]:
    """State whether the direction among all firms is that among the matched firms."""
    directions: dict[tuple[str, str], list[str]] = {}
    for practice, (raw, same) in known.items():
        directions.setdefault((_direction(raw), _direction(same)), []).append(name(practice))
    agreeing = {
        direction: names
        for (direction, matched), names in directions.items()
        if direction and direction == matched
    }
    say = words().sources
    clauses = [_same_direction(agreeing, total)] if agreeing else []
    for (direction, matched), names in directions.items():
        given = {"names": names_or_count(names, total), "direction": direction}
        if not direction and not matched:
            clauses.append(say.both_level(**given))
        elif not direction:
            clauses.append(say.only_all_level(matched=matched, **given))
        elif not matched:
            clauses.append(say.only_same_level(**given))
        elif direction != matched:
            clauses.append(say.opposite(matched=matched, **given))
    return clauses


def _same_direction(agreeing: dict[str, list[str]], total: int) -> str:
    """State that the practices, listed by direction, change alike among all and matched firms."""
    say, names = words().sources, [name for names in agreeing.values() for name in names]
    direction = next(iter(agreeing))
    if total == len(names) == 1:
        return say.agree_alone(direction=direction)
    who = names_or_count(names, total)
    if len(agreeing) == 1:
        return say.agree(names=who, direction=direction)
    return say.agree_in_direction(names=who)


def _standardised(
    ways: pd.DataFrame, known: dict[str, tuple[float, float]], year: int, baseline: int
) -> list[str]:
    """State whether standardisation to the baseline mix keeps the direction."""
    values = {
        practice: pick(ways, f"{practice}_change", comparison.STANDARDISED, year)[0]
        for practice in known
    }
    values = {practice: value for practice, value in values.items() if state_of(value) == "value"}
    if not values:
        return []
    others = [
        name(practice)
        for practice, value in values.items()
        if _direction(value) != _direction(known[practice][0])
    ]
    say = words().sources
    if not others:
        return [say.standardised_agrees(len(values), year=baseline)]
    who = names_or_count(others, ways["measure"].nunique())
    return [say.standardised_differs(year=baseline, names=who)]


def _matched_firms(ways: pd.DataFrame, known: dict[str, tuple[float, float]]) -> str:
    """Return the number of matched firms, '' where the practices differ in it."""
    rows = ways[ways["group"] == comparison.MATCHED].set_index("measure")["base"]
    bases = {int(rows[f"{practice}_change"]) for practice in known}
    return inline(bases.pop(), "家") if len(bases) == 1 else ""


def _direction(value: float) -> str:
    word = phrases.direction(value, DIGITS)
    return "" if word == words().change.rate.same else word


def _change(value: float) -> str:
    return phrases.change(value, DIGITS) if _direction(value) else words().change.about_same
