"""Check files of prose: a typed number fails, and so does a claim without a value of the data.

A claim of direction, order or majority (显著提高, 高于, 居首, 多数) needs in its sentence {num},
`{{ … }}`, or a condition on the data. Exceptions are data/prose-allowlist.yaml: `text` as a reader
reads it, `reason`, and `files` (a pattern; all files when left out).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from jinja2 import TemplateSyntaxError

from smdi.errors import Problem
from smdi.publishing.lint.allowlist import ALLOWLIST, Allowlist
from smdi.publishing.lint.html import html_passages
from smdi.publishing.lint.myst import page_passages
from smdi.publishing.lint.passages import Passage
from smdi.publishing.lint.quantities import claims, numbers, without_names
from smdi.publishing.lint.settings import language_passages, setting_passages
from smdi.publishing.lint.templates import without_templates

LANGUAGES = Path("data/language")
NUMBER = (
    "a value of the data ({{ name }} in a notebook, {num} on a page), a year, the number of a "
    f"standard or document, or an entry in {ALLOWLIST}"
)
CLAIM = (
    "words that the data choose (a filter, a condition), a value in the same sentence, or an entry "
    f"in {ALLOWLIST}"
)

ELSEWHERE = "the words themselves: what a page takes from another file is not checked"


@dataclass(frozen=True)
class Report:
    """What a run found: problems fail the build, exceptions to remove are for the eye."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def lint(paths: Iterable[Path], allowlist: Path = ALLOWLIST) -> Report:
    """Check files of prose; InputErrors when the allowlist itself is faulty."""
    allowed = Allowlist(allowlist)
    files = sorted({str(path) for path in paths})
    problems = [problem for file in files for problem in _problems(file, allowed)]
    return Report(tuple(problems), tuple(allowed.unused(files)))


def passages(path: Path) -> list[Passage]:
    """Return what a reader reads of a file, by the kind that its name and place tell.

    Raises jinja2.TemplateSyntaxError, yaml.YAMLError.
    """
    text = path.read_text("utf-8")
    if path.suffix == ".html":
        return html_passages(without_templates(text), 1)
    if path.suffix in (".yml", ".yaml"):
        words = language_passages if path.parent.name == LANGUAGES.name else setting_passages
        return list(words(text))
    return list(page_passages(text))


def _problems(file: str, allowed: Allowlist) -> list[Problem]:
    """Check one file; what is found comes in the order of its lines."""
    try:
        read = passages(Path(file))
    except TemplateSyntaxError as error:
        return [Problem(file, error.lineno, None, error.message, "a template that Jinja reads")]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [Problem(file, mark and mark.line + 1, None, str(error), "valid YAML")]
    found = {
        (passage.line(start), start, wording, expected)
        for passage in read
        for start, wording, expected in _found(passage)
        if not allowed.excuses(file, passage.text, start, wording)
    }
    return [Problem(file, line, None, text, expected) for line, _, text, expected in sorted(found)]


def _found(passage: Passage) -> Iterator[tuple[int, str, str]]:
    """Yield position, wording and what should stand there instead."""
    if passage.kind == "elsewhere":
        yield 0, passage.text, ELSEWHERE
        return
    text = without_names(passage.text)
    for start, wording in numbers(text, passage.kind):
        yield start, wording, NUMBER
    if passage.kind == "words":
        for start, wording in claims(text):
            yield start, wording, CLAIM
