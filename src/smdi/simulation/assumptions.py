"""What we assume and the report does not print: data/simulation.yaml, checked on reading.

The file's comments say why each number is what it is; this module says what may stand there.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from smdi.errors import InputErrors, Problem
from smdi.files import project_root, read_yaml

Percent = Annotated[float, Field(ge=0, le=100)]
Positive = Annotated[float, Field(gt=0)]
Unit = Annotated[float, Field(ge=0, le=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Years(_Strict):
    """The report's year, the year it is compared with, and the first year of the panel."""

    current: int
    baseline: int
    first: int

    @property
    def all(self) -> tuple[int, int, int]:
        """The three years, newest first."""
        return self.current, self.baseline, self.first


class LevelSplit(_Strict):
    """Shares of level 0 and level 5 inside the published end classes, % by year."""

    level_0_of_le1: dict[int, Percent]
    level_5_of_ge4: dict[int, Percent]


class Participation(_Strict):
    """The law of participants; see `smdi.simulation.counts.participants`.

    Spreads are of the logarithm; `exceeds`: how far the total passes the printed bound, in %.
    """

    ratio_spread: Positive
    city_spread: Positive
    exceeds: Positive


class Orders(_Strict):
    """Orders that the report states without numbers, first to last."""

    growth: list[str]
    leading_divisions: list[str]


class Division(_Strict):
    """A division's firms (current, baseline), % at level 2+, % of discrete type, odds of large."""

    firms: tuple[int, int]
    level_ge2: Percent | None
    discrete: Percent
    large: Positive


class Size(_Strict):
    """Share of large firms by level class before scaling, and the split of those below large.

    `below_large` from the largest class down; `rise`: how strongly size follows capability there,
    `odds_rise` the odds of the industry; `highest_micro`: place of the highest level class in which
    a firm may be micro.
    """

    large_at_level: dict[str, Percent]
    below_large: dict[str, Positive]
    rise: float
    odds_rise: float
    highest_micro: int = Field(ge=0)


class Businesses(_Strict):
    """Coverage of businesses among large firms, and the log-odds gained with each level class."""

    large: dict[str, Percent]
    rise: float


class Panel(_Strict):
    """How firms answer again."""

    persistence: Unit


class Responses(_Strict):
    """The graded-response model of answers; see `smdi.simulation.population.responses`."""

    level_step: Positive
    cuts: tuple[float, float, float]
    item_spread: float = Field(ge=0)
    domain_spread: float = Field(ge=0)
    answer_spread: Positive
    answer_kept: Unit
    lowest_span: Positive
    highest_span: Positive
    position: tuple[Positive, Positive]
    position_lowest: tuple[Positive, Positive]
    domain_shift: dict[str, dict[str, float]]


class Staff(_Strict):
    """Persons, revenue and days; see `smdi.simulation.population.employees_revenue`.

    `most` (thousands of persons) and `revenue_per_head` (万元) by division; `growth`: yearly drift
    and spread of the logarithm.
    """

    body: Positive
    joint: int = Field(gt=0)
    tail: Positive
    fewest: int = Field(gt=0)
    micro_rise: float = Field(ge=0)
    most: dict[str, Positive]
    head_spread: Positive
    growth: dict[str, tuple[float, float]]
    revenue_per_head: dict[str, Positive]
    day_off: Unit
    holidays: list[date]


class Public(_Strict):
    """What is publicly known of a quantity that the simulation does not follow, and from where."""

    value: float
    source: str
    confidence: str


class Practices(_Strict):
    """Adoption of practices; see `smdi.simulation.population.adoption`."""

    noise: Positive
    kept: Unit
    ratio_spread: Positive
    ratio_slope: float
    rates: dict[int, dict[str, Percent]]


class Assumptions(_Strict):
    """All assumptions of the simulation."""

    seed: int = Field(ge=0)
    years: Years
    assessed: dict[int, Annotated[int, Field(gt=0)]]
    level_split: LevelSplit
    level_3_of_ge3: dict[int, Percent]
    participation: Participation
    growth: dict[str, Annotated[float, Field(ge=0)]]
    orders: Orders
    assessed_per_level_ge2: float = Field(gt=1)
    divisions: dict[str, Division]
    specialities: dict[str, dict[str, Positive]]
    size: Size
    businesses: Businesses
    panel: Panel
    responses: Responses
    practices: Practices
    staff: Staff
    known: dict[str, Public]


def default_path() -> Path:
    """Where the assumptions of the shipped edition are."""
    return project_root() / "data" / "simulation.yaml"


def read_assumptions(path: Path | None = None) -> Assumptions:
    """Read and check the assumptions; InputErrors name every fault by its key."""
    path = path or default_path()
    try:
        return Assumptions.model_validate(read_yaml(path))
    except ValidationError as error:
        raise InputErrors(
            Problem(str(path), None, ".".join(map(str, e["loc"])) or None, e["input"], e["msg"])
            for e in error.errors()
        ) from None
