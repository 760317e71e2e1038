"""Names on a map: where they stand, and which are left out because they would overlap."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Units too small for their name have it beside them, at sea: shift in heights of a letter.
BESIDE = {
    "120000": (2.1, -0.5),
    "310000": (2.0, 0.2),
    "810000": (2.0, -0.5),
    "820000": (-0.6, -1.5),
}
# The rank of a name that a small map has no room for, whatever else there is.
UNRANKED = 1000


@dataclass(frozen=True)
class Label:
    """A name centred at a place (km); `rank` 0 is the most important, `light` its letters.

    One `at_sea` has the page below it, any other a region.
    """

    text: str
    x: float
    y: float
    rank: int = 0
    light: bool = False
    at_sea: bool = False

    def box(self, letter: float) -> tuple[float, float, float, float]:
        """Return what the name covers, with some air; a letter is `letter` km high and wide."""
        half = (len(self.text) + 0.6) * letter / 2
        return self.x - half, self.y - letter * 0.65, self.x + half, self.y + letter * 0.65


def shifted(label: Label, code: str, letter: float) -> Label:
    """Return the label of a small unit moved out to sea; any other as it is."""
    if code not in BESIDE:
        return label
    right, up = BESIDE[code]
    x, y = label.x + right * letter, label.y + up * letter
    return Label(label.text, x, y, label.rank, at_sea=True)


def around(label: Label, letter: float, radius: float = 0.0) -> Iterable[Label]:
    """Places for a name by its point or circle: below, above, right, left; in dark letters."""
    half = len(label.text) * letter / 2 + max(0.5 * letter, radius)
    off = max(letter, radius + 0.65 * letter)
    for right, up in ((0.0, -off), (0.0, off), (half, 0.0), (-half, 0.0)):
        yield Label(label.text, label.x + right, label.y + up, label.rank)


def without_overlap(
    choices: Sequence[Sequence[Label]],
    letter: float,
    taken: Sequence[tuple[float, float, float, float]] = (),
) -> list[Label]:
    """For each name, the most important first, the first of its places that is free, if any."""
    boxes = list(taken)
    placed = []
    for places in choices:
        free = next((p for p in places if not any(_meet(p.box(letter), b) for b in boxes)), None)
        if free is not None:
            boxes.append(free.box(letter))
            placed.append(free)
    return placed


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
