"""What a reader reads together: a paragraph, a cell of a table, a caption, a formula.

In its text three marks stand for what is not words: VALUE for a computed value or a condition on
the data, BREAK for the edge of a sentence's template, GAP for anything exempt.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

VALUE, BREAK, GAP = "\ue000", "\ue001", "\ue002"
# Words: numbers and claims are checked. Chosen: words that the data choose among, so that a claim
# in them is none of the writer's. Formula: numbers only, by the rule for formulas. Elsewhere: the
# name of a file whose words a page shows.
Kind = Literal["words", "chosen", "formula", "elsewhere"]


@dataclass(frozen=True)
class Passage:
    """A text, and where each of its pieces begins: pairs of position and 1-based line of file."""

    text: str
    places: tuple[tuple[int, int], ...]
    kind: Kind = "words"

    def line(self, position: int) -> int:
        """Return the line of the file that a position of the text stands on."""
        found = bisect_right(self.places, position, key=lambda place: place[0])
        return self.places[max(found - 1, 0)][1]


def passage(pieces: Iterable[tuple[str, int]], kind: Kind = "words") -> Passage:
    """Join pieces of text, each with its line, as a page sets them.

    Broken lines are joined without a space, unless both sides are ASCII; in a piece of many lines
    each line is a piece.
    """
    text, places = "", []
    last = 0
    for piece, first in pieces:
        for number, line in enumerate(piece.split("\n"), start=first):
            if not line:
                continue
            if number != last and last and text[-1:] < "\x7f" and line[0] < "\x7f":
                text += " "
            places.append((len(text), number))
            text += line
            last = number
    return Passage(text, tuple(places) or ((0, 1),), kind)
