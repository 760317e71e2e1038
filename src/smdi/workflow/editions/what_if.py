"""An edition with another method: the firms' answers of a built edition, other rules for them.

It is an edition like any other, described in its own folder, and builds as one. Published facts do
not judge it, since they follow the method that was in force.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from smdi.assessments.values.texts import nearest_of
from smdi.edition import BUILD, MADE, Edition, Method, Thresholds, read_edition
from smdi.errors import InputErrors, Problem
from smdi.files import in_project, remove, write_text
from smdi.report.locations import folder_name
from smdi.workflow.chapters import assessments_file

SETTINGS = {
    "satisfied": "a level is satisfied when its score reaches or exceeds its bound",
    "summation": "literal adds all levels; strict none above the first unsatisfied one",
    "level_bounds": "the least totals of levels 1 to 5, as 0.8,1.8,2.8,3.8,4.8",
    "weights": "a file in the place of data/standards/weights.csv",
    "standards": "a folder in the place of data/standards",
    "minimum_cell": "the fewest firms behind a value that is shown, under rule: protected",
    "industry_firms": "how many assessments an industry needs to be compared",
    "class_firms": "how many firms a class of industry needs to be listed",
}
FILE = "METHOD"
# A setting -> the part of the edition's YAML that has it, and its key there.
PLACES = {
    **{name: ("method", name) for name in Method.model_fields},
    "minimum_cell": ("disclosure", "minimum"),
    **{name: ("thresholds", name) for name in Thresholds.model_fields},
}


def write_what_if(base: Edition, given: Mapping[str, str], faults: list[Problem]) -> Edition:
    """Describe the edition with these settings in its own folder, and return it.

    InputErrors lists everything that is wrong with the settings, and the `faults` found before.
    """
    problems = [*faults, *_unknown(given)]
    if not given and not faults:
        told = "; ".join(f"{name}: {meaning}" for name, meaning in SETTINGS.items())
        problems.append(Problem(FILE, None, None, None, f"a setting ({told})"))
    answers = assessments_file(base)
    for path in (base.folder / "current", answers):
        if not path.exists():
            expected = f"the edition that it is compared with: make book EDITION={base.id}"
            problems.append(Problem(str(path), None, None, None, expected))
    known = {name: value for name, value in given.items() if name in SETTINGS}
    name = folder_name(base.id, known).replace("=", "-")
    path = in_project(BUILD) / name / MADE
    before = path.read_text("utf-8") if path.is_file() else None
    write_text(path, yaml.safe_dump(_content(base, known, answers), allow_unicode=True))
    try:
        made = read_edition(name)
    except InputErrors as errors:
        # That there are no firms is told above.
        others = [problem for problem in errors.problems if problem.column != "assessments"]
        problems += [_named(problem, known) for problem in others]
    if problems:
        _restore(path, before)
        raise InputErrors(problems)
    return made


def _restore(path: Path, before: str | None) -> None:
    if before is not None:
        write_text(path, before)
        return
    remove(path)
    if not any(path.parent.iterdir()):
        path.parent.rmdir()


def _content(base: Edition, given: Mapping[str, str], answers: Path) -> dict[str, Any]:
    """Return the YAML of the edition: that of the one it departs from, with its firms."""
    without = {"id", "base", "targets", "published", "profiles"}
    content = base.model_dump(mode="json", exclude=without)
    content["assessments"] = str(answers)
    content["scope"] = base.scope.given
    for name, text in given.items():
        part, key = PLACES[name]
        value: object = text.split(",") if name == "level_bounds" else text
        content[part] = {**content[part], key: value}
        if part == "disclosure":  # an edition that shows what is in print has no minimum
            content[part]["rule"] = "protected"
    return content


def _unknown(given: Mapping[str, str]) -> list[Problem]:
    expected = f"one of: {', '.join(SETTINGS)}"
    return [
        Problem(FILE, None, name, value, expected, nearest=nearest_of(name, SETTINGS))
        for name, value in given.items()
        if name not in SETTINGS
    ]


def _named(problem: Problem, given: Mapping[str, str]) -> Problem:
    """Name the setting as it was given, and not the key of the file that was written for it."""
    parts = (problem.column or "").split(".")
    known = next((n for n in given if list(PLACES[n]) == parts[:2]), problem.column)
    return Problem(FILE, None, known, given.get(known or "", problem.value), problem.expected)
