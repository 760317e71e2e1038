"""What a published report says without a number behind it, quoted as that report's judgement.

The texts stand beside the report's facts (`2021.judgements.yaml`), by the name under which a
chapter quotes them. A report without such a file, or a name that it lacks, is quoted with nothing.
"""

from __future__ import annotations

from pathlib import Path

from smdi.errors import InputErrors, Problem
from smdi.files import read_yaml

SUFFIX = ".judgements.yaml"


class Judgements(dict[str, str]):
    """Texts by name; '' for a name that a report has none for."""

    def __missing__(self, name: str) -> str:
        return ""


def read_judgements(facts: Path | None) -> Judgements:
    """Read the judgements beside a file of facts; InputErrors names each that is no text."""
    path = facts.with_suffix(SUFFIX) if facts else None
    if path is None or not path.is_file():
        return Judgements()
    content = read_yaml(path) or {}
    if not isinstance(content, dict):
        raise InputErrors([Problem(str(path), None, None, None, "judgements by their names")])
    InputErrors.raise_if(
        Problem(str(path), None, str(name), str(text), "a text of one or more sentences")
        for name, text in content.items()
        if not (isinstance(text, str) and text.strip().endswith("。"))
    )
    return Judgements({str(name): text.strip() for name, text in content.items()})
