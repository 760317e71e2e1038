"""Protections that hide what a test says, and rows that bear the name of their group."""

from dataclasses import dataclass

from smdi.indicators.cells import UNPROTECTED, Cell
from smdi.indicators.tidy import Row

NATION = Cell("assessed", 2021)


@dataclass(frozen=True)
class Hides:
    """A protection, and what has it, that hides cells by the firms they are about."""

    hidden: frozenset = frozenset()
    decimals: int | None = None
    evidence: None = None

    @property
    def protection(self):
        return self

    def ask(self, cells):
        return not self.hidden & set(cells)

    knows = ask


class All:
    protection, evidence = UNPROTECTED, None


def row(name, value, *, unit="家", measure="firms"):
    """Make a row of one cell, which bears the name of its group."""
    return Row(measure, name, 2021, value, unit, int(value), (Cell("assessed", 2021, of=name),))


def hides(*names):
    return Hides(frozenset(Cell("assessed", 2021, of=name) for name in names))


class Nothing:
    """A protection that lets nothing be seen."""

    decimals = None

    def ask(self, cells):
        return False

    def knows(self, cells):
        return False
