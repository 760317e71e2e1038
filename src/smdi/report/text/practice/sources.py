"""Sentences on the sources of a change: the same firms, or a different set of firms.

The three measures of a change are those of `smdi.indicators.comparison`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from smdi.indicators import comparison
from smdi.indicators.population import Population
from smdi.indicators.precision.noise import is_clear
from smdi.indicators.precision.rounding import half_up
from smdi.indicators.tidy import error_of, pick
from smdi.report.text import phrases
from smdi.report.text.language import words
from smdi.report.text.practice.words import denominator_note, name, names_or_count, subject
from smdi.report.values import amount, inline, state_of

DIGITS = 1


@dataclass(frozen=True)
class Moved:
    """A change, and whether it is larger than its noise; `direction` is '' for none that is."""

    value: float
    clear: bool

    @property
    def direction(self) -> str:
        """Return 提高 or 降低, '' where no clear change is seen at the printed digits."""
        word = phrases.direction(self.value, DIGITS)
        return word if self.clear and word != words().change.rate.same else ""

    @property
    def words(self) -> str:
        """Say the change: 提高 4 个百分点, 未见明显变化."""
        return phrases.change(self.value, DIGITS, clear=bool(self.direction))


def comparison_note(firms: Population, ids: Sequence[str]) -> str:
    """State how the columns are computed, and the share of firms standardised by a wider cell.

    A share that rounds to zero says nothing.
    """
    borrowed = max(
        comparison.borrowed_share(firms, comparison.practice_outcome(practice)) for practice in ids
    )
    say, year = words().sources, firms.baseline_year
    if half_up(borrowed, DIGITS):
        weights = say.wider_weights(year=year, share=amount(borrowed, "%", DIGITS))
    else:
        weights = say.weights(year=year)
    return phrases.joined([denominator_note(ids), say.same_answers, weights])


def change_sources(ways: pd.DataFrame, year: int, baseline: int) -> str:
    """State the change among the firms that answered in both years, and whether all firms agree.

    `ways` is the frame of `comparison.practice_comparison`. Practices whose change is not known
    both for all firms and for the same firms are left out; with none left it is ⟦?missing⟧ or
    ⟦?withheld⟧. A cause is named only where both changes are clear.
    """
    known: dict[str, tuple[Moved, Moved]] = {}
    hidden = False
    for measure in dict.fromkeys(ways["measure"]):
        raw, raw_hidden = pick(ways, measure, comparison.RAW, year)
        same, same_hidden = pick(ways, measure, comparison.MATCHED, year)
        hidden = hidden or raw_hidden or same_hidden
        if state_of(raw) == state_of(same) == "value":
            pair = (
                _moved(ways, measure, way, year) for way in (comparison.RAW, comparison.MATCHED)
            )
            known[measure.removesuffix("_change")] = next(pair), next(pair)
    if not known:
        return "⟦?withheld⟧" if hidden else "⟦?missing⟧"
    say, lists = words().sources, words().lists
    if not any(change.direction for pair in known.values() for change in pair):
        names = names_or_count([name(practice) for practice in known], ways["measure"].nunique())
        return phrases.sentence(f"{say.none_clear(names=names)}{lists.stop}")
    changes = lists.clause.join(_changes(known))
    matched = _matched_firms(ways, known)
    if matched:
        sentences = [say.same_firms(firms=matched, changes=changes)]
    else:
        sentences = [say.same_firms_varying(changes=changes)]
    sentences += _all_and_matched(known, ways["measure"].nunique())
    sentences += _standardised(ways, known, year, baseline)
    return phrases.sentence(f"{lists.sentence.join(sentences)}{lists.stop}")


def _changes(known: dict[str, tuple[Moved, Moved]]) -> list[str]:
    """State each clear change among the same firms, then what did not clearly change."""
    say = words().sources
    clauses = [
        say.changed(subject=subject(practice), change=same.words)
        for practice, (_, same) in known.items()
        if same.direction
    ]
    still = [name(practice) for practice, (_, same) in known.items() if not same.direction]
    if still:
        clauses.append(say.not_clear(len(still), names=phrases.listing(still)))
    return clauses


def _moved(ways: pd.DataFrame, measure: str, way: str, year: int) -> Moved:
    value, _ = pick(ways, measure, way, year)
    return Moved(value, is_clear(value, error_of(ways, measure, way, year)))


def _all_and_matched(known: dict[str, tuple[Moved, Moved]], total: int) -> list[str]:
    """State whether the direction among all firms is that among the matched firms."""
    directions: dict[tuple[str, str], list[str]] = {}
    for practice, (raw, same) in known.items():
        directions.setdefault((raw.direction, same.direction), []).append(name(practice))
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
        return say.agree(len(names), names=who, direction=direction)
    return say.agree_in_direction(names=who)


def _standardised(
    ways: pd.DataFrame, known: dict[str, tuple[Moved, Moved]], year: int, baseline: int
) -> list[str]:
    """State whether standardisation to the baseline mix keeps the directions that are clear."""
    kept: dict[str, list[str]] = {"same": [], "other": [], "unclear": []}
    for practice, (raw, _) in known.items():
        change = _moved(ways, f"{practice}_change", comparison.STANDARDISED, year)
        if raw.direction and state_of(change.value) == "value":
            found = "same" if change.direction == raw.direction else "other"
            kept[found if change.direction else "unclear"].append(name(practice))
    say, total = words().sources, ways["measure"].nunique()
    if len(kept["same"]) == len(known):
        changes = say.standardised_agrees(len(known))
        return [say.standardised(year=baseline, changes=changes)]
    texts = {
        "same": say.standardised_agrees_for,
        "other": say.standardised_differs,
        "unclear": say.standardised_unclear,
    }
    changes = words().lists.clause.join(
        texts[found](names=names_or_count(names, total)) for found, names in kept.items() if names
    )
    return [say.standardised(year=baseline, changes=changes)] if changes else []


def _matched_firms(ways: pd.DataFrame, known: dict[str, tuple[Moved, Moved]]) -> str:
    """Return the number of matched firms, '' where the practices differ in it."""
    rows = ways[ways["group"] == comparison.MATCHED].set_index("measure")["base"]
    bases = {int(rows[f"{practice}_change"]) for practice in known}
    return inline(bases.pop(), "家") if len(bases) == 1 else ""
