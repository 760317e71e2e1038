"""An edition of the report: what one YAML file in `data/editions` may say, checked before any work.

The defaults below are the meaning of a key that a file leaves out. Everything a build makes lies
under `_build/<id>`, so that editions never touch one another.

An edition of a narrower scope needs no file: `2021-320000` is the edition 2021 of Jiangsu alone,
`2021-320000-39` that of its electronics. It has the firms of the edition 2021 and no published
facts, since those are the nation's.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from smdi.errors import InputErrors, Problem
from smdi.files import in_project, read_yaml

EDITIONS = Path("data/editions")
BUILD = Path("_build")
# An edition that a command made, and that no person wrote, is described in its own folder.
MADE = "edition.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Scope(_Strict):
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


class Thresholds(_Strict):
    """How many firms a group needs before it is shown."""

    industry_firms: int = Field(300, ge=1)
    class_firms: int = Field(100, ge=1)


class Disclosure(_Strict):
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


class Ranks(_Strict):
    """How many places each ranking shows."""

    participants: int = Field(10, ge=1)
    growth: int = Field(5, ge=1)
    industries: int = Field(10, ge=1)
    cities: int = Field(50, ge=1)


class Method(_Strict):
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


class Limits(_Strict):
    """How long a chapter may run and how much its cells may print."""

    chapter_seconds: float = Field(600, gt=0)
    chapter_output_mb: float = Field(10, gt=0)


PARTS: dict[str, type[BaseModel]] = {
    "scope": Scope,
    "thresholds": Thresholds,
    "disclosure": Disclosure,
    "ranks": Ranks,
    "limits": Limits,
    "method": Method,
}


class Edition(_Strict):
    """One edition, as its YAML file describes it; `id` is the file's name."""

    id: str
    # The edition whose firms this one of a narrower scope has; '' for one with a file of its own.
    base: str = ""
    year: int = Field(ge=2000, le=2100)
    baseline_year: int
    first_year: int
    title: str = Field(min_length=1)
    publisher: str = Field(min_length=1)
    data_date: date
    # The folder of notebooks and the words of `data/language` that the edition is written in.
    language: str = Field("zh", pattern="[a-z]{2}")
    assessments: Path | None = None
    seed: int = Field(0, ge=0)
    # The facts that simulated firms must keep; by default the published ones.
    targets: Path | None = None
    published: Path | None = None
    scope: Scope = WHOLE
    thresholds: Thresholds = Thresholds()
    disclosure: Disclosure = Disclosure()
    ranks: Ranks = Ranks()
    limits: Limits = Limits()
    method: Method = Method()
    # Exhibits that are not built yet: their facts are listed as pending, not as differing.
    pending_exhibits: tuple[str, ...] = ()

    @field_validator("assessments", "targets", "published")
    @classmethod
    def _from_here(cls, path: Path | None) -> Path | None:
        return path and in_project(path)

    @model_validator(mode="after")
    def _years_in_order(self) -> Edition:
        if not self.first_year <= self.baseline_year < self.year:
            raise ValueError("first_year <= baseline_year < year")
        return self

    @property
    def facts_to_keep(self) -> Path | None:
        """The facts that simulated firms must keep."""
        return self.targets or self.published

    @property
    def folder(self) -> Path:
        """Where everything of this edition is made."""
        return in_project(BUILD) / self.id

    @property
    def work(self) -> Path:
        """Where the steps of the build leave their results."""
        return self.folder / "work"

    @property
    def simulated(self) -> bool:
        """Whether the build has to draw its assessments."""
        return self.assessments is None


def edition_ids(folder: Path | None = None) -> list[str]:
    """List the editions that can be built."""
    return sorted(path.stem for path in (folder or in_project(EDITIONS)).glob("*.yaml"))


def read_edition(edition: str, folder: Path | None = None) -> Edition:
    """Read and check one edition; InputErrors lists every fault of the file at once.

    Paths in it are the project's, and are returned as seen from the working directory.
    """
    made = in_project(BUILD) / edition / MADE
    if folder is None and made.is_file():
        return _read(made, edition)
    folder = folder or in_project(EDITIONS)
    if not (folder / f"{edition}.yaml").is_file():
        for base in sorted(edition_ids(folder), key=len, reverse=True):
            if edition.startswith(f"{base}-"):
                return _narrowed(read_edition(base, folder), edition.removeprefix(f"{base}-"))
    path = folder / f"{edition}.yaml"
    if not path.is_file():
        known = ", ".join(edition_ids(folder)) or "none"
        raise InputErrors([Problem(str(path), None, None, None, f"an edition; known: {known}")])
    return _read(path, edition)


def _read(path: Path, edition: str) -> Edition:
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise InputErrors([Problem(str(path), None, None, content, "a mapping of keys to values")])
    problems = [
        Problem(str(path), None, key, content[key], "no such key: it follows from the file's name")
        for key in ("id", "base")
        if key in content
    ]
    try:
        scope = Scope.of(str(path), **_scope_in(content))
    except InputErrors as errors:
        scope = WHOLE
        problems += errors.problems
    try:
        if isinstance(content.get("scope", {}), dict):
            content = {**content, "scope": scope}
        checked = Edition.model_validate({**content, "id": edition, "base": ""})
    except ValidationError as errors:
        problems += [_problem(str(path), error) for error in errors.errors()]
        raise InputErrors(problems) from errors
    problems += _missing_files(path, checked)
    if checked.scope.given and checked.published:
        expected = "null in a narrower scope: the facts are the nation's (targets: of a simulation)"
        problems.append(Problem(str(path), None, "published", str(checked.published), expected))
    InputErrors.raise_if(problems)
    return checked


def scoped_id(edition: str, scope: Mapping[str, str]) -> str:
    """Return the id of an edition narrowed to a scope, which `read_edition` then reads."""
    from smdi.standards.scope import scope_code

    return "-".join(filter(None, (edition, scope_code(scope))))


def _narrowed(edition: Edition, code: str) -> Edition:
    """Return the edition of a narrower scope; its id has one form, whatever order was written."""
    from smdi.standards.scope import scope_of_code

    file = f"edition {edition.id}-{code}"
    added = scope_of_code(code, file)
    scope = Scope.of(file, **{**edition.scope.given, **added})
    made = {"id": scoped_id(edition.id, added), "base": edition.id, "scope": scope}
    targets = edition.facts_to_keep
    return edition.model_copy(update={**made, "targets": targets, "published": None})


def _scope_in(content: Mapping[str, Any]) -> dict[str, object]:
    """Return what a file says of the scope, where that is a mapping at all."""
    scope = content.get("scope")
    return {str(key): value for key, value in scope.items()} if isinstance(scope, dict) else {}


def _problem(file: str, error: ErrorDetails) -> Problem:
    key = ".".join(str(part) for part in error["loc"]) or None
    if error["type"] == "extra_forbidden":
        owner: type[BaseModel] = PARTS.get(str(error["loc"][0]), Edition)
        known = [name for name in owner.model_fields if name != "id"]
        return Problem(file, None, key, error["input"], "no such key; known: " + ", ".join(known))
    if error["type"] == "missing":
        return Problem(file, None, key, None, "a value: this key must be given")
    message = error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")
    value = None if key is None else error["input"]
    return Problem(file, None, key, value, message)


def _missing_files(path: Path, edition: Edition) -> list[Problem]:
    named = {key: getattr(edition, key) for key in ("assessments", "targets", "published")}
    named["method.weights"] = edition.method.weights
    problems = [
        Problem(str(path), None, key, str(value), "an existing file")
        for key, value in named.items()
        if value is not None and not value.is_file()
    ]
    folder = edition.method.standards
    if folder is not None and not folder.is_dir():
        problems.append(Problem(str(path), None, "method.standards", str(folder), "a folder"))
    return problems
