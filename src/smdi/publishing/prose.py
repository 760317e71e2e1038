"""The prose of a MyST page: everything a reader reads as written, each line still in its place.

What is not prose is blanked, not cut, so that a place in the result is the place in the page: front
matter, code, formulas, options and names of directives, roles, link targets, labels, comments. A
{num} role becomes NUM, for whoever asks whether a sentence has a computed value.
"""

from __future__ import annotations

import re

NUM = "\ue000"
# Directives whose content is read; the content of every other one is not prose.
PROSE_DIRECTIVES = frozenset(
    [
        "admonition",
        "attention",
        "caution",
        "danger",
        "dropdown",
        "error",
        "hint",
        "important",
        "note",
        "seealso",
        "sidebar",
        "tip",
        "warning",
        "epigraph",
        "glossary",
        "list-table",
        "table",
        "card",
        "grid",
        "tab-set",
        "tab-item",
        "margin",
    ]
)
_FENCE = re.compile(r"\s*(?P<fence>`{3,}|~{3,}|:{3,})\s*(?:\{(?P<name>[\w:-]+)\})?(?P<rest>.*)$")
_OPTION = re.compile(r"\s*:[\w-]+:(\s.*)?$")
_INLINE = (
    (re.compile(r"\{num\}`[^`]*`"), NUM),
    (re.compile(r"\{[\w:.-]+\}`[^`]*`"), " "),
    (re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.S), " "),
    (re.compile(r"<!--.*?-->", re.S), " "),
    (re.compile(r"\$\$.+?\$\$", re.S), " "),
    (re.compile(r"(?<!\\)\$[^$\n]+\$"), " "),
    (re.compile(r"(?<=\])\([^()\s]*\)"), " "),
    (re.compile(r"<https?://[^>]*>|https?://[\w./?=&#%:-]+"), " "),
    (re.compile(r"\[\^[^\]]+\]:?"), " "),
    (re.compile(r"^\([\w-]+\)=\s*$", re.M), " "),
    (re.compile(r"^%.*$", re.M), " "),
    (re.compile(r"^\s*\d+[.)]\s", re.M), " "),
    (re.compile(r"</?[a-zA-Z][^>]*>"), " "),
)


def prose_of(page: str) -> str:
    """Return the page with all that is not prose blanked; lines keep their numbers."""
    text = "\n".join(_prose_lines(page.splitlines()))
    for pattern, filler in _INLINE:
        text = pattern.sub(lambda match, filler=filler: _fill(match.group(), filler), text)
    return text


def _fill(text: str, filler: str) -> str:
    return "".join("\n" if character == "\n" else filler for character in text)


def _prose_lines(lines: list[str]) -> list[str]:
    """Blank front matter, fences, options of directives and the content of what is no prose."""
    kept: list[str] = []
    open_: list[tuple[str, bool]] = []  # the fences we are inside of, and whether they hold prose
    in_options = in_front = False
    for number, line in enumerate(lines):
        if line.strip() == "---" and (in_front or number == 0):
            in_front = number == 0
            kept.append("")
            continue
        if in_front:
            kept.append("")
            continue
        fence = _FENCE.match(line)
        if fence and _closes(fence, open_):
            open_.pop()
            kept.append("")
        elif fence and all(prose for _, prose in open_) and _opens(fence):
            holds = fence["name"] in PROSE_DIRECTIVES
            open_.append((fence["fence"], holds))
            in_options = True
            kept.append(fence["rest"] if holds else "")
        elif open_ and not open_[-1][1]:
            kept.append("")
        else:
            in_options = in_options and bool(_OPTION.match(line))
            kept.append("" if in_options and open_ else line)
    return kept


def _closes(fence: re.Match[str], open_: list[tuple[str, bool]]) -> bool:
    if not open_ or fence["name"] or fence["rest"].strip():
        return False
    opener = open_[-1][0]
    return fence["fence"][0] == opener[0] and len(fence["fence"]) >= len(opener)


def _opens(fence: re.Match[str]) -> bool:
    """Tell a fence from a line that merely begins with colons."""
    return fence["fence"][0] != ":" or bool(fence["name"])
