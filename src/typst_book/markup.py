"""Typst source from Python values.

Text goes out as string literals (`#"…"`), never as bare markup: no character of a page can then be
read as Typst syntax, and nothing needs an escape but the quote and the backslash.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

# Han, kana and full-width forms: a line break between two of them is no space in print.
_WIDE = "\u2e80-\u2fff\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef“”‘’—…"
_BREAK_BETWEEN_WIDE = re.compile(rf"(?<=[{_WIDE}])[ \t]*\n[ \t]*(?=[{_WIDE}])")
_BREAK = re.compile(r"[ \t]*\n[ \t]*")


def string(value: str) -> str:
    r"""Quote a Typst string literal; only `\`, `"` and control characters need care."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    escaped = escaped.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "")
    return f'"{escaped}"'


def text(value: str) -> str:
    """Return a text as markup; line breaks of the source become spaces, or nothing in Han."""
    value = _BREAK.sub(" ", _BREAK_BETWEEN_WIDE.sub("", value))
    return f"#{string(value)}" if value else ""


def value(item: Any) -> str:
    """Return a Python value as Typst code; raise `TypeError` for one that has no such form."""
    if item is None:
        return "none"
    if isinstance(item, bool):
        return "true" if item else "false"
    if isinstance(item, int | float):
        return repr(item)
    if isinstance(item, str):
        return string(item)
    if isinstance(item, date):
        return f"datetime(year: {item.year}, month: {item.month}, day: {item.day})"
    if isinstance(item, Mapping):
        inner = ", ".join(f"{string(str(k))}: {value(v)}" for k, v in item.items())
        return f"({inner})" if item else "(:)"
    if isinstance(item, Sequence):
        return "(" + "".join(f"{value(v)}, " for v in item) + ")"
    raise TypeError(f"no Typst form for {type(item).__name__}")


def call(function: str, *positional: str, **named: str | None) -> str:
    """Return a call as markup; `None` leaves a named argument out, `_` in names becomes `-`."""
    arguments = list(positional)
    arguments += [f"{k.replace('_', '-')}: {v}" for k, v in named.items() if v is not None]
    return f"#{function}({', '.join(arguments)})"


def width(shown: str) -> float:
    """Return the width of a text in em: a Han character is one, any other about a half."""
    return sum(1.0 if re.match(f"[{_WIDE}]", character) else 0.52 for character in shown)


def join_lines(shown: str, before: str, after: str) -> str:
    """Drop line breaks at the edges of a text where two Han characters meet there."""
    joined = _BREAK_BETWEEN_WIDE.sub("", f"{before}{shown}{after}")
    return joined[len(before) : len(joined) - len(after)]
