"""What of the pages cannot be printed, found in their sources before any chapter is executed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import yaml

from smdi.errors import Problem
from typst_book.sources import Project, check_source

CONFIG = Path("_config.yml")


def unprintable(paths: Iterable[Path], config: Path = CONFIG) -> list[Problem]:
    """Return each directive, role, formula, picture or HTML of pages that print would refuse."""
    settings = yaml.safe_load(config.read_text("utf-8"))
    project = Project(
        extensions=frozenset(settings["parse"]["myst_enable_extensions"]),
        directives=frozenset({"exhibit"}),
        roles=frozenset({"num"}),
        macros=settings["sphinx"]["config"].get("math_macros", {}),
    )
    problems = []
    for path in sorted(path for path in paths if path.suffix == ".md"):
        for found in check_source(str(path), path.read_text("utf-8"), project):
            what, _, instead = found.message.partition("; ")
            expected = instead or "what docs/printing.md lists"
            problems.append(Problem(found.page, found.line, None, what, expected))
    return problems
