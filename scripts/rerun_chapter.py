"""Run one chapter again with other parameters and list what reads otherwise than in the edition."""

from __future__ import annotations

import argparse
import sys

from smdi.edition import read_edition
from smdi.errors import InputErrors, Problem, reports_input_errors
from smdi.workflow import chapters
from smdi.workflow.execution import ChapterFailure
from smdi.workflow.parameters import parse_assignments
from smdi.workflow.rerun import differences, rerun


@reports_input_errors
def main() -> int:
    """Rerun and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("chapter")
    parser.add_argument("parameters", nargs="*", metavar="name=value")
    parser.add_argument("--edition", default="2021")
    options = parser.parse_args()
    edition = read_edition(options.edition)
    original = chapters.chapter_folder(edition, options.chapter)
    try:
        made = rerun(edition, options.chapter, parse_assignments(options.parameters))
    except ChapterFailure as failure:
        print(f"{failure.short}\n\n{failure.full}", file=sys.stderr)
        return 1
    if not (original / "numbers.json").is_file():
        expected = f"the edition's own values: make book EDITION={edition.id}"
        raise InputErrors([Problem(str(original), None, None, None, expected)])
    rows = list(differences(original, made))
    for key, before, after in rows:
        print(f"{key}\n  edition  {before}\n  rerun    {after}")
    print(f"{len(rows)} named values read otherwise; results: {made}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
