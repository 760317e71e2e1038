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
from typing import Any

from pydantic import BaseModel, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from smdi.edition_parts import (
    PARTS,
    WHOLE,
    Disclosure,
    Limits,
    Method,
    Profiles,
    Ranks,
    Scope,
    Strict,
    Thresholds,
)
from smdi.errors import InputErrors, Problem
from smdi.files import in_project, read_yaml

EDITIONS = Path("data/editions")
BUILD = Path("_build")
# An edition that a command made, and that no person wrote, is described in its own folder.
MADE = "edition.yaml"


class Edition(Strict):
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
    # Where readers find the site, for permalinks; '' while that is not known.
    address: str = Field("", pattern="^(https?://.+)?$")
    # How readers reach the publisher: an address, a telephone number.
    contact: str = ""
    # The folder of notebooks and the words of `data/language` that the edition is written in.
    language: str = Field("zh", pattern="^[a-z]{2}$")
    assessments: Path | None = None
    seed: int = Field(0, ge=0)
    # The facts that simulated firms must keep; by default the published ones.
    targets: Path | None = None
    published: Path | None = None
    scope: Scope = WHOLE
    thresholds: Thresholds = Thresholds()
    disclosure: Disclosure = Disclosure()
    ranks: Ranks = Ranks()
    # Pages of single provinces and industries beside the chapters, see `profile_pages`.
    profiles: Profiles = Profiles()
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
    def shows_as_printed(self) -> bool:
        """Whether the nation's values are those of a printed report, or go with such an edition."""
        return self.disclosure.rule == "as_printed" and bool(self.published or self.base)

    @property
    def profile_pages(self) -> tuple[str, ...]:
        """The kinds of profiles; an edition of a narrower scope has none."""
        return () if self.scope.given else self.profiles.pages

    @property
    def shows_profiles_apart(self) -> bool:
        """Whether what profiles may show is decided apart from what the nation's pages show."""
        return bool(self.profile_pages) and self.shows_as_printed

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
