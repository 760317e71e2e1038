"""An edition of the report: what one YAML file in `data/editions` may say, checked before any work.

The defaults below are the meaning of a key that a file leaves out. Everything a build makes lies
under `_build/<id>`, so that editions never touch one another.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from smdi.errors import InputErrors, Problem
from smdi.files import in_project, read_yaml

EDITIONS = Path("data/editions")
BUILD = Path("_build")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Scope(_Strict):
    """The part of the country or of manufacturing that the edition is about; empty means all."""

    province: str = ""
    industry: str = ""


class Thresholds(_Strict):
    """How many firms a group needs before it is shown."""

    industry_firms: int = Field(300, ge=1)
    class_firms: int = Field(100, ge=1)
    minimum_cell: int = Field(5, ge=1)


class Ranks(_Strict):
    """How many places each ranking shows."""

    participants: int = Field(10, ge=1)
    growth: int = Field(5, ge=1)
    industries: int = Field(10, ge=1)
    cities: int = Field(50, ge=1)


class Limits(_Strict):
    """How long a chapter may run and how much its cells may print."""

    chapter_seconds: float = Field(600, gt=0)
    chapter_output_mb: float = Field(10, gt=0)


PARTS: dict[str, type[BaseModel]] = {
    "scope": Scope,
    "thresholds": Thresholds,
    "ranks": Ranks,
    "limits": Limits,
}


class Edition(_Strict):
    """One edition, as its YAML file describes it; `id` is the file's name."""

    id: str
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
    published: Path | None = None
    scope: Scope = Scope()
    thresholds: Thresholds = Thresholds()
    ranks: Ranks = Ranks()
    limits: Limits = Limits()
    # Exhibits that are not built yet: their facts are listed as pending, not as differing.
    pending_exhibits: tuple[str, ...] = ()

    @field_validator("assessments", "published")
    @classmethod
    def _from_here(cls, path: Path | None) -> Path | None:
        return path and in_project(path)

    @model_validator(mode="after")
    def _years_in_order(self) -> Edition:
        if not self.first_year <= self.baseline_year < self.year:
            raise ValueError("first_year <= baseline_year < year")
        return self

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
    folder = folder or in_project(EDITIONS)
    path = folder / f"{edition}.yaml"
    if not path.is_file():
        known = ", ".join(edition_ids(folder)) or "none"
        raise InputErrors([Problem(str(path), None, None, None, f"an edition; known: {known}")])
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise InputErrors([Problem(str(path), None, None, content, "a mapping of keys to values")])
    try:
        checked = Edition.model_validate({**content, "id": edition})
    except ValidationError as errors:
        raise InputErrors(_problem(str(path), error) for error in errors.errors()) from errors
    InputErrors.raise_if(_missing_files(path, checked))
    return checked


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
    return [
        Problem(str(path), None, key, str(value), "an existing file")
        for key, value in (("assessments", edition.assessments), ("published", edition.published))
        if value is not None and not value.is_file()
    ]
