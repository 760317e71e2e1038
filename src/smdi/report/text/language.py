"""The words of one language, from `data/language/<code>.yaml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from smdi.errors import InputErrors, Problem
from smdi.files import in_project

FOLDER = Path("data/language")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Otherwise(_Strict):
    """What a sentence says in place of itself, by the state of what it lacks."""

    withheld: str
    missing: str
    inapplicable: str
    single: str


class Language(_Strict):
    """The words of one language; the keys of its file."""

    line_joint: str
    otherwise: Otherwise


@cache
def read_language(code: str) -> Language:
    """Read the words of a language; InputErrors lists every fault of its file at once."""
    path = in_project(FOLDER) / f"{code}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.yaml"))) or "none"
        raise InputErrors([Problem(str(path), None, None, None, f"a language; known: {known}")])
    try:
        return Language.model_validate(yaml.safe_load(path.read_text("utf-8")))
    except ValidationError as errors:
        raise InputErrors(
            Problem(str(path), None, ".".join(map(str, e["loc"])), None, e["msg"])
            for e in errors.errors()
        ) from errors
    except yaml.YAMLError as error:
        raise InputErrors([Problem(str(path), None, None, None, f"valid YAML: {error}")]) from error
