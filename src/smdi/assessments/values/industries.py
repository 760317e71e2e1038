"""Industries by four-digit class: code, letter code, name, or code and name together."""

from __future__ import annotations

import re
from functools import cache

from smdi.assessments.values.texts import CellError, nearest_of, squeezed
from smdi.standards import classes

EXPECTED = "a four-digit manufacturing class of GB/T 4754-2017, by code or name"
AGREEING = "a code and a name of the same class"
_CODE = re.compile(r"c?(\d{4})(?:\.0+)?")
_CODE_AND_NAME = re.compile(r"[(\[【]*c?(\d{4})[-_:.、/|()\[\]【】]*(\D.*?)[)\]】]*")
_NAME_AND_CODE = re.compile(r"(\D.*?)[-_:、/|(\[【]*c?(\d{4})[)\]】]*")


@cache
def _by_name() -> dict[str, str]:
    names: dict[str, str] = {}
    twice: set[str] = set()
    for code, name in classes()["name_zh"].items():
        key = squeezed(str(name))
        if key in names:
            twice.add(key)
        names[key] = str(code)
    return {name: code for name, code in names.items() if name not in twice}


@cache
def _shown() -> dict[str, str]:
    return {str(code): f"{code} {name}" for code, name in classes()["name_zh"].items()}


def industry_of(text: str) -> str | None:
    """Return the code of the class a text names, None for an empty one.

    CellError when there is none, or when code and name belong to two classes.
    """
    key = squeezed(text)
    if not key:
        return None
    if match := _CODE.fullmatch(key):
        return _known(match[1], key)
    if code := _by_name().get(key):
        return code
    if match := _CODE_AND_NAME.fullmatch(key):
        return _agreed(match[1], match[2], key)
    if match := _NAME_AND_CODE.fullmatch(key):
        return _agreed(match[2], match[1], key)
    raise CellError(EXPECTED, lambda: _nearest(key))


def _known(code: str, key: str) -> str:
    if code not in _shown():
        raise CellError(EXPECTED, lambda: _nearest(key))
    return code


def _agreed(code: str, name: str, key: str) -> str:
    _known(code, key)
    named = _by_name().get(name)
    if named is not None and named != code:
        raise CellError(AGREEING, lambda: _shown()[named])
    if named is None and nearest_of(name, [_shown()[code][5:]]) is None:
        raise CellError(AGREEING, lambda: _shown()[code])
    return code


def _nearest(key: str) -> str | None:
    """Return the nearest class: by name, or the first of the same group for an unknown code."""
    if match := re.match(r"c?(\d{3})\d?", key):
        group = match[1]
        found = next((shown for code, shown in _shown().items() if code.startswith(group)), None)
        if found:
            return found
    named = nearest_of(key, _by_name())
    return _shown()[_by_name()[named]] if named else None
