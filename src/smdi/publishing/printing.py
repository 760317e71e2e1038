"""What of the pages cannot be printed, found in their sources before any chapter is executed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from smdi.errors import InputErrors, Problem
from smdi.files import read_text, read_yaml
from typst_book.sources import Project, check_source

CONFIG = Path("_config.yml")


def unprintable(paths: Iterable[Path], config: Path = CONFIG) -> list[Problem]:
    """Return each directive, role, formula, picture or HTML of pages that print would refuse."""
    settings = read_yaml(config)
    try:
        extensions = frozenset(settings["parse"]["myst_enable_extensions"])
        macros = dict(settings["sphinx"]["config"].get("math_macros", {}))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        expected = "parse.myst_enable_extensions, a list, and sphinx.config, a mapping"
        raise InputErrors([Problem(str(config), None, None, None, expected)]) from error
    project = Project(
        extensions=extensions,
        directives=frozenset(
            {"exhibit", "data-list", "tiles", "province-map", "release-links", "release-facts"}
            | {"profiles"}
        ),
        roles=frozenset({"num"}),
        macros=macros,
    )
    problems = []
    for path in sorted(path for path in paths if path.suffix == ".md"):
        for found in check_source(str(path), read_text(path), project):
            what, _, instead = found.message.partition("; ")
            expected = instead or "what docs/printing.md lists"
            problems.append(Problem(found.page, found.line, None, what, expected))
    return problems
