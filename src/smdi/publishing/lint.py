"""The prose lint: no number in prose is typed, and no claim of direction stands without a value.

Prose is what is left of a MyST page or notebook when front matter, code, formulas, roles, options
of directives, link targets and comments are taken away. In prose
    - a digit fails, unless it belongs to a year (2019 年, 2019—2021 年), a standard's number
      (GB/T 39116-2020), a document's number (〔2011〕300 号) or a reviewed exception;
    - a quantity in Chinese numerals or words (三成, 百分之六, 过半) fails likewise;
    - a claim of direction or order (显著提高, 高于, 居首) is a warning where its sentence has no
      {num}.
Exceptions are data/prose-allowlist.yaml: `text` as it stands in the prose, `reason`, and `files`
(a pattern, all files when left out). An exception that excuses nothing is reported too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

import yaml

from smdi.errors import InputErrors, Problem
from smdi.publishing.prose import NUM, prose_of

ALLOWLIST = Path("data/prose-allowlist.yaml")

_YEAR = r"(?:19|20)\d{2}"
_DATE = r"(?:\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?"
NUMBERS_OF_NAMES = re.compile(
    rf"{_YEAR}(?:\s*[—–\-至、和]\s*{_YEAR})*\s*年{_DATE}"
    r"|(?:GB/T|GB|ISO|IEC|ISO/IEC|YD/T|JB/T)\s?\d+(?:\.\d+)?(?:[—–-]\d{4})?"
    r"|〔\d{4}〕\s*\d+\s*号"
)
DIGIT = re.compile(r"[\d０-９]+(?:[.,，．][\d０-９]+)*\s*[%％‰]?")
WORD_QUANTITY = re.compile(
    r"百分之[零〇一二两三四五六七八九十百点]+"
    r"|(?:[一二两三四五六七八九十]+)成(?!为|立|长|熟|本|果|功|效|员|就|型|交|绩|套|品|都|分)"
    r"|[一二两三四五六七八九十百千万]+(?:个百分点|倍)"
    r"|[二两三四五六七八九十百千万]+余?家"
    r"|(?:过|超|近)半(?!导体)|半数"
)
_MOVES = "提高|提升|下降|降低|上升|增长|增加|减少|回落|改善"
CLAIM = re.compile(
    rf"(?:显著|明显|稳步|大幅|持续|有所|逐年|均有)(?:{_MOVES})"
    rf"|(?:{_MOVES})(?:了|至|到|较快|较慢|明显|显著)"
    r"|高于|低于|居首|首位|位居|居前|领先于|并列|持平|优于|不及"
)

REMEDY = {
    "digit": "a {num} role, a year, a standard's number or an entry in the allowlist",
    "quantity": "a {num} role for the quantity, or an entry in the allowlist",
    "claim": "a {num} phrase in the same sentence, as the data decide what may be claimed",
    "unused": "an exception that excuses something; remove it",
}


@dataclass
class Excuse:
    """A reviewed exception, and whether it has excused anything yet."""

    text: str
    reason: str
    files: str = "*"
    used: bool = field(default=False, compare=False)


@dataclass(frozen=True)
class Report:
    """What a run found: problems fail the build, warnings are for the eye."""

    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def lint(paths: Iterable[Path], allowlist: Path = ALLOWLIST) -> Report:
    """Check pages and notebooks; InputErrors when the allowlist itself is faulty."""
    exceptions = read_allowlist(allowlist)
    problems: list[Problem] = []
    warnings: list[Problem] = []
    for path in sorted(paths):
        prose = _excused(prose_of(path.read_text("utf-8")), str(path), exceptions)
        problems += _found(str(path), prose, DIGIT, "digit")
        problems += _found(str(path), prose, WORD_QUANTITY, "quantity")
        warnings += _claims(str(path), prose)
    warnings += [
        Problem(str(allowlist), None, None, entry.text, REMEDY["unused"])
        for entry in exceptions
        if not entry.used
    ]
    return Report(tuple(problems), tuple(warnings))


def read_allowlist(path: Path) -> list[Excuse]:
    """Read the reviewed exceptions; each needs a text and a reason."""
    content = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else []
    problems, entries = [], []
    for number, entry in enumerate(content or [], start=1):
        known = isinstance(entry, dict) and set(entry) <= {"text", "reason", "files"}
        if not known or not entry.get("text") or not entry.get("reason"):
            expected = "keys text and reason, and files if need be"
            problems.append(Problem(str(path), number, None, str(entry), expected))
        else:
            entries.append(Excuse(**{key: str(value) for key, value in entry.items()}))
    InputErrors.raise_if(problems)
    return entries


def _excused(prose: str, path: str, exceptions: list[Excuse]) -> str:
    """Blank out what is excused, keeping every line where it is."""
    for entry in exceptions:
        if fnmatch(path, entry.files) and entry.text in prose:
            entry.used = True
            prose = prose.replace(entry.text, "　" * len(entry.text))
    return NUMBERS_OF_NAMES.sub(lambda match: _blank(match.group()), prose)


def _blank(text: str) -> str:
    return "".join("\n" if character == "\n" else "　" for character in text)


def _found(path: str, prose: str, pattern: re.Pattern[str], kind: str) -> Iterator[Problem]:
    for match in pattern.finditer(prose):
        yield Problem(path, _line(prose, match.start()), None, match.group(), REMEDY[kind])


def _claims(path: str, prose: str) -> Iterator[Problem]:
    for sentence in re.finditer(r"(?:[^。！？；\n]|\n(?!\s*\n))+", prose):
        if NUM in sentence.group():
            continue
        for match in CLAIM.finditer(sentence.group()):
            line = _line(prose, sentence.start() + match.start())
            yield Problem(path, line, None, match.group(), REMEDY["claim"])


def _line(text: str, position: int) -> int:
    return text.count("\n", 0, position) + 1
