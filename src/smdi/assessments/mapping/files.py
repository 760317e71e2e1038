"""Reading a mapping file, every fault with its place."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from smdi.assessments.mapping.model import ImportMapping
from smdi.errors import InputErrors, Problem
from smdi.files import read_yaml


def read_mapping(path: Path) -> ImportMapping:
    """Read a mapping file; InputErrors with every fault in it."""
    content = read_yaml(path)
    try:
        return ImportMapping.model_validate(content)
    except ValidationError as error:
        raise InputErrors(_problem(str(path), fault) for fault in error.errors()) from error


def _problem(file: str, fault: ErrorDetails) -> Problem:
    place = ".".join(str(part) for part in fault["loc"]) or None
    given = fault["input"] if isinstance(fault["input"], str | int | float | bool) else None
    message = "only known keys" if fault["type"] == "extra_forbidden" else fault["msg"]
    return Problem(file, None, place, given, message.removeprefix("Value error, "))
