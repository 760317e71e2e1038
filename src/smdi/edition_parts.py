"""The parts of an edition's YAML: its scope, what it shows and how, and its limits."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from smdi.files import in_project


class Strict(BaseModel):
    """A part of the file: no other keys than its own, and never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Scope(Strict):
    """The part of the country or of manufacturing that something is about; empty means all.

    Values have the one form of `smdi.standards.scope`: full names of regions, the code of a
    division, ids of sector, size class and type.
    """

    province: str = ""
    city: str = ""
    size: str = ""
    type: str = ""
    sector: str = ""
    industry: str = ""

    @classmethod
    def of(cls, file: str = "scope", /, **given: object) -> Scope:
        """Understand a scope as people write it; InputErrors lists all that is wrong with it."""
        if not any(given.values()):
            return WHOLE
        # Loaded here: it takes half a second, and most editions are of the whole nation.
        from smdi.standards.scope import understood

        return cls(**understood(given, file))

    @property
    def given(self) -> dict[str, str]:
        """Return the dimensions that are narrowed, with their values."""
        return {name: value for name, value in self.model_dump().items() if value}

    def without(self, *names: str) -> Scope:
        """Return the scope that these dimensions no longer narrow."""
        return Scope(**{name: value for name, value in self.given.items() if name not in names})


WHOLE = Scope()


class Thresholds(Strict):
    """How many firms a group needs before it is shown."""

    industry_firms: int = Field(300, ge=1)
    class_firms: int = Field(100, ge=1)


class Disclosure(Strict):
    """What of the firms may be seen: one policy for all that is released together.

    `docs/disclosure.md` explains the rules and how to choose.
    """

    # as_printed: the edition rebuilds a printed report, and shows what that report shows.
    rule: Literal["protected", "as_printed"] = "protected"
    # The fewest firms that may stand behind a value, and behind what it leaves of a whole.
    minimum: int = Field(5, ge=3)
    # Whether a share may say the same of every firm of a group (none or all do something).
    unanimous: bool = False
    # A sum is withheld where so many firms make up more than this part of it, in %, ...
    dominance_firms: int = Field(2, ge=1)
    dominance_percent: float = Field(85, gt=0, le=100)
    # ... or where the second largest firm can tell that of the largest to within so many %.
    closeness_percent: float = Field(10, ge=0, le=100)
    # The narrowest interval that may be worked out for what is withheld: in firms (by default the
    # minimum), and for a mean in % of the range that it can have.
    interval_firms: int | None = Field(None, ge=1)
    interval_percent: float = Field(10, ge=0, le=100)
    # The scopes whose editions are released together, beside the edition's own.
    together: tuple[Literal["nation", "provinces", "industries"], ...] = (
        "nation",
        "provinces",
        "industries",
    )

    @property
    def width(self) -> int:
        """Return the narrowest interval, in firms, around what is withheld."""
        return self.minimum if self.interval_firms is None else self.interval_firms


class Ranks(Strict):
    """How many places each ranking shows."""

    participants: int = Field(10, ge=1)
    growth: int = Field(5, ge=1)
    industries: int = Field(10, ge=1)
    cities: int = Field(50, ge=1)


class Profiles(Strict):
    """Pages of their own for single provinces and industries; by default none.

    `printed` adds them to the PDF as an annex, of some three pages each.
    """

    pages: tuple[Literal["provinces", "industries"], ...] = ()
    printed: bool = False


class Method(Strict):
    """How answers become levels, where an edition departs from the standard as the project has it.

    `satisfied` and `summation` are the two places where the standard reads in more than one way,
    see `smdi.assessments.rules`. `level_bounds` are the least totals of levels 1 to 5, `weights` is
    a file in the place of weights.csv, `standards` a folder in the place of data/standards.
    """

    satisfied: Literal["reaches", "exceeds"] = "reaches"
    summation: Literal["literal", "strict"] = "literal"
    level_bounds: tuple[float, float, float, float, float] | None = None
    weights: Path | None = None
    standards: Path | None = None

    @property
    def source(self) -> tuple[Path | None, Path | None, tuple[float, ...] | None]:
        """Return where the standards are read from, as `smdi.standards.use_standards` takes it."""
        return self.standards, self.weights, self.level_bounds

    @field_validator("weights", "standards")
    @classmethod
    def _from_here(cls, path: Path | None) -> Path | None:
        return path and in_project(path)

    @field_validator("level_bounds")
    @classmethod
    def _rising(cls, bounds: tuple[float, ...] | None) -> tuple[float, ...] | None:
        if bounds is not None:
            in_tenths = all(round(bound * 10) == bound * 10 for bound in bounds)
            if not in_tenths or sorted(set(bounds)) != list(bounds) or not 0 < bounds[0] <= 1:
                raise ValueError("five rising numbers of tenths, the first above 0 and up to 1")
            if bounds[-1] > 5:
                raise ValueError("five rising numbers up to 5, the highest total that there is")
        return bounds


class Limits(Strict):
    """How long a chapter may run and how much its cells may print."""

    chapter_seconds: float = Field(600, gt=0)
    chapter_output_mb: float = Field(10, gt=0)


PARTS: dict[str, type[BaseModel]] = {
    "scope": Scope,
    "thresholds": Thresholds,
    "disclosure": Disclosure,
    "ranks": Ranks,
    "profiles": Profiles,
    "limits": Limits,
    "method": Method,
}
