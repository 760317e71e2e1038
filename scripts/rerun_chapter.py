"""Run a chapter with other parameters, or the book with another method, beside the release."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from smdi.errors import Problem, reports_input_errors
from smdi.publishing.comparing.rerun import rerun_chapter
from smdi.workflow.differences.consequences import Consequences
from smdi.workflow.execution import ChapterFailure
from smdi.workflow.parameters import COMMAND_LINE, Parameter, assignments, words_of
from smdi.workflow.rerun import chapter_parameters


@reports_input_errors
def main() -> int:
    """Rerun and compare, or list what can be rerun."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("chapter", nargs="?", default="")
    parser.add_argument("parameters", nargs="*", metavar="name=value")
    parser.add_argument("--edition", default="2021")
    parser.add_argument("--line", default="", help="parameters in one line: name=value …")
    parser.add_argument("--method", help="settings of the method, for the whole book")
    parser.add_argument("--cores", default="2")
    parser.add_argument("--list", action="store_true", help="show chapters and their parameters")
    options = parser.parse_args()
    if options.list or not (options.chapter or options.method):
        _list()
        return 0
    given, faults = assignments([*options.parameters, *words_of(options.line)])
    if options.method:
        return _whole_book(options, given)
    try:
        found, folder = rerun_chapter(options.edition, options.chapter, given, faults)
    except ChapterFailure as failure:
        print(f"{failure.short}\n\n{failure.full}", file=sys.stderr)
        return 1
    _tell(options.chapter, found, folder)
    return 0


def _whole_book(options: argparse.Namespace, given: dict[str, str]) -> int:
    """Rerun the whole book with another method."""
    # Loaded here, as it brings the build and all that it needs.
    from smdi.publishing.comparing.what_if import rerun_book

    settings, faults = assignments(words_of(options.method))
    if options.chapter or given:
        expected = "METHOD alone, for the whole book: or CHAPTER and PARAMS, for one chapter"
        faults.append(Problem(COMMAND_LINE, None, "chapter", options.chapter or None, expected))
    outcome = rerun_book(options.edition, settings, faults, options.cores)
    if outcome is None:
        return 1
    _tell("the whole book", *outcome)
    return 0


def _tell(name: str, found: Consequences, folder: Path) -> None:
    counts = found.counts
    print(f"{name}, {found.about.scope}, beside edition {found.about.edition}:")
    print(f"  {counts['values']} of {counts['values_compared']} named values differ")
    for value in found.first_values:
        print(f"    {value.key}  {value.old_text} -> {value.new_text}  {value.difference_text}")
    print(f"  {counts['sentences']} sentences, {counts['claims']} of them claim something else")
    print(f"  {counts['exhibits']} of {counts['exhibits_compared']} exhibits")
    print(f"  {counts['ranks']} places in rankings")
    for caution in found.about.cautions:
        print(f"  caution: {caution.replace('_', ' ')}")
    print(f"  {folder}/site/index.html")


def _list() -> None:
    """Print the chapters with their parameters, then what each parameter is."""
    chapters = chapter_parameters()
    described: dict[Parameter, list[str]] = {}
    for name, parameters in chapters.items():
        print(f"{name:20} {', '.join(p.name for p in parameters) or 'has no parameters'}")
        for parameter in parameters:
            described.setdefault(parameter, []).append(name)
    for parameter, names in described.items():
        of = "" if len(names) > 1 else f" of {names[0]}"
        print(f"\n{parameter.name}{of}: {parameter.type}, default {parameter.default!r}")
        if parameter.meaning:
            print(f"  {parameter.meaning}")
        if parameter.allowed:
            print(f"  one of: {', '.join(parameter.allowed)}")


if __name__ == "__main__":
    sys.exit(main())
