"""Answers to the requirements, from a latent capability; levels are then found by the scoring rule.

A graded-response model: firm f answers requirement i by how far its strength there,

    capability(f, year) + domain(f) + type shift - difficulty(i) + answer(f, i, year),

passes three cuts: none, in part, mostly, in full. With everything but the capability drawn once,
the answers, and so the total score, rise with the capability. For each firm-year the interval of
capabilities is sought in which the rule of GB/T 39117 yields the planned level; the capability is
drawn inside it. No level is written anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.special import betaincinv

from smdi.assessments.scorer import NOT_APPLICABLE, Scorer
from smdi.simulation.assumptions import Responses
from smdi.simulation.counts.integers import Floats, Infeasible, Ints
from smdi.simulation.streams import Streams
from smdi.standards import PROCESS_TYPES

BLOCK = 2048  # firm-years worked on at once: what fits the processor's cache
HALVINGS = 14
REACH = 12.0  # capabilities beyond which every answer is the highest, or the lowest

Tenths = np.ndarray


@dataclass(frozen=True)
class Answers:
    """`items` uint8 tenths (NOT_APPLICABLE where not asked); `capability` of each firm-year."""

    items: Tenths
    capability: Floats


class Thresholds:
    """What a capability must reach for each answer: one number a firm-year and requirement."""

    def __init__(self, scorer: Scorer, settings: Responses, streams: Streams) -> None:
        items = scorer.model.items
        self.settings = settings
        self.streams = streams
        self.domain = pd.Categorical(items["domain"], categories=scorer.domain_ids).codes
        self.domain_ids = scorer.domain_ids
        spread = streams("difficulty").normal(0.0, settings.item_spread, len(items))
        self.difficulty = settings.level_step * (items["level"].to_numpy() - 1) + spread

    def of(self, firm: Ints, discrete: np.ndarray, year: Ints) -> np.ndarray:
        """Return the middle threshold of each answer, float32 (firm-years, items)."""
        count = int(firm.max()) + 1 if len(firm) else 0
        own = self._stays(count)[firm]
        kept = self.settings.answer_kept
        scale = self.settings.answer_spread
        own *= np.float32(np.sqrt(kept))
        for value in np.unique(year):
            rows = np.flatnonzero(year == value)
            fresh = self._normal(("answer", int(value)), (len(rows), own.shape[1]))
            own[rows] += np.float32(np.sqrt(1 - kept)) * fresh
        own *= np.float32(scale)
        strength = self._normal("domain", (count, len(self.domain_ids)))
        strength = np.float32(self.settings.domain_spread) * strength
        shift = self._type_shift()[discrete.astype(int)]
        own -= (strength[firm] + shift)[:, self.domain]
        own += self.difficulty.astype(np.float32)
        return own

    def _stays(self, firms: int) -> np.ndarray:
        return self._normal("answer", (firms, len(self.domain)))

    def _normal(self, name: object, shape: tuple[int, int]) -> np.ndarray:
        return self.streams("responses", name).standard_normal(shape, dtype=np.float32)

    def _type_shift(self) -> np.ndarray:
        table = np.zeros((2, len(self.domain_ids)), dtype=np.float32)
        for row, kind in ((1, "discrete"), (0, "process")):
            for domain, value in self.settings.domain_shift.get(kind, {}).items():
                table[row, self.domain_ids.index(domain)] = value
        return table


def respond(capability: Floats, thresholds: np.ndarray, cuts: tuple[float, ...]) -> Tenths:
    """Answers in tenths: 5, 8, 10 as the capability passes the cuts around a threshold, else 0."""
    items = np.zeros(thresholds.shape, dtype=np.uint8)
    for cut, gain in zip(cuts, (5, 3, 2), strict=True):
        bar = (capability - cut).astype(np.float32)[:, None]
        items += (thresholds <= bar).view(np.uint8) * np.uint8(gain)
    return items


def answer(
    panel: pd.DataFrame,
    firms: pd.DataFrame,
    pattern: Ints,
    scorer: Scorer,
    settings: Responses,
    streams: Streams,
) -> Answers:
    """Answers of every firm-year of the panel, such that the rule finds the planned levels."""
    firm = panel["firm"].to_numpy()
    discrete = firms["discrete"].to_numpy()[firm]
    target = panel["level"].to_numpy()
    thresholds = Thresholds(scorer, settings, streams).of(firm, discrete, panel["year"].to_numpy())
    draw = streams("position").random(len(panel))
    items = np.empty(thresholds.shape, dtype=np.uint8)
    capability = np.empty(len(panel))
    # Rows of one pattern are scored together, so blocks of like rows are fast.
    order = np.lexsort((target, pattern))
    for rows in _blocks(order):
        search = _Search(thresholds[rows], pattern[rows], scorer, settings)
        capability[rows] = search.capability(target[rows], draw[rows])
        items[rows] = search.answers(capability[rows])
    items[~scorer.applicable(pattern)] = NOT_APPLICABLE
    return Answers(items, capability)


def _blocks(order: Ints) -> Iterator[Ints]:
    for start in range(0, len(order), BLOCK):
        yield order[start : start + BLOCK]


class _Search:
    """The search for capabilities, for one block of firm-years."""

    def __init__(
        self, thresholds: np.ndarray, pattern: Ints, scorer: Scorer, settings: Responses
    ) -> None:
        self.thresholds = thresholds
        self.pattern = pattern
        self.scorer = scorer
        self.settings = settings

    def answers(self, capability: Floats) -> Tenths:
        return respond(capability, self.thresholds, self.settings.cuts)

    def levels(self, capability: Floats) -> np.ndarray:
        return self.scorer.levels(self.answers(capability), self.pattern)

    def capability(self, target: Ints, draw: Floats) -> Floats:
        """Draw a capability at which the rule gives the target level."""
        low = self._edge(target)[1]
        high = self._edge(target + 1)[0]
        bottom, top = target == 0, target == self.scorer.model.levels[-1].level
        low = np.where(bottom, high - self.settings.lowest_span, low)
        high = np.where(top, low + self.settings.highest_span, high)
        place = np.where(
            bottom,
            betaincinv(*self.settings.position_lowest, draw),
            betaincinv(*self.settings.position, draw),
        )
        result: Floats = low + place * (high - low)
        found = self.levels(result)
        if (found != target).any():
            row = int(np.flatnonzero(found != target)[0])
            raise Infeasible(f"no answers of a firm score level {target[row]}")
        return result

    def _edge(self, target: Ints) -> tuple[Floats, Floats]:
        """Bracket, closely, the capability from which the level is at least the target."""
        below = np.full(len(target), -REACH)
        above = np.full(len(target), REACH)
        for _ in range(HALVINGS):
            middle = (below + above) / 2
            reached = self.levels(middle) >= target
            above = np.where(reached, middle, above)
            below = np.where(reached, below, middle)
        return below, above


def process_type_names(discrete: np.ndarray) -> np.ndarray:
    """Name the process type of each firm as the standards do."""
    return np.where(discrete, PROCESS_TYPES[0], PROCESS_TYPES[1])
