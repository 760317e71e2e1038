"""Results that a person has looked at and approved, kept as text beside the tests that hold them.

A drawing, a page or a source is kept so that it can be read and shown; it is compared element by
element, numbers to two decimals, so that the last bits of another machine tell no difference.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path

from lxml import etree, html

MOST_TOLD = 12
DECIMALS = 2
# Colours are no numbers; nor are the digits of a name.
_TOKEN = re.compile(r"#[0-9a-fA-F]{3,8}\b|-?\d*\.?\d+(?:e-?\d+)?")
_LONG = re.compile(r"-?\d*\.\d+(?:e-?\d+)?")
_BLANK = re.compile(r"\s*\n\s*|")


def written(suffix: str, text: str) -> str:
    """Return a result as it is kept: SVG and HTML an element a line, numbers rounded."""
    if suffix not in (".svg", ".html"):
        return text
    root = _read(suffix, text)
    for node in root.iter(etree.Element):
        for name, value in node.attrib.items():
            node.set(name, _LONG.sub(_rounded, value))
    _indent(root)
    if suffix == ".svg":
        return etree.tostring(root, encoding="unicode") + "\n"
    inner = "".join(etree.tostring(one, encoding="unicode", method="html") for one in root)
    return re.sub(r"\n\s*\n", "\n", inner).strip() + "\n"


def differences(suffix: str, kept: str, now: str) -> list[str]:
    """Say where a result is not what was approved; nothing where it is."""
    if suffix in (".svg", ".html"):
        pair = _read(suffix, kept), _read(suffix, now)
        return list(_compared(*pair, str(pair[0].tag).rpartition("}")[2]))
    return [
        line
        for line in difflib.unified_diff(kept.splitlines(), now.splitlines(), "", "", "", "", 1, "")
        if not line.startswith(("---", "+++"))
    ]


def _read(suffix: str, text: str) -> etree._Element:
    if suffix == ".svg":
        return etree.fromstring(text.encode())
    return html.fragment_fromstring(text, create_parent="page")


def _rounded(number: re.Match[str]) -> str:
    short = f"{float(number[0]):.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if short == "-0" else short


def _indent(node: etree._Element, depth: int = 1) -> None:
    """Put the elements within one on lines of their own, where no text stands between them."""
    for child in node:
        _indent(child, depth + 1)
    between = [node.text, *(child.tail for child in node)]
    if len(node) and node.tag != "pre" and all(_BLANK.fullmatch(text or "") for text in between):
        node.text = "\n" + " " * depth
        for child in node:
            child.tail = "\n" + " " * depth
        node[-1].tail = "\n" + " " * (depth - 1)


def _compared(kept: etree._Element, now: etree._Element, place: str) -> Iterator[str]:
    if kept.tag != now.tag:
        yield f"{place}: <{now.tag}> where <{kept.tag}> was approved"
        return
    for name in sorted({*kept.attrib, *now.attrib}):
        yield from _told(f"{place} @{name}", kept.get(name), now.get(name))
    yield from _told(f"{place} text", _text(kept.text), _text(now.text))
    names = [[str(one.tag).rpartition("}")[2] for one in node] for node in (kept, now)]
    if len(kept) != len(now):
        yield f"{place}: has {names[1] or 'nothing'} where {names[0] or 'nothing'} was approved"
        return
    for at, (one, other) in enumerate(zip(kept, now, strict=True), 1):
        inner = f"{place}/{names[0][at - 1]}[{at}]"
        yield from _compared(one, other, inner)
        yield from _told(f"text after {inner}", _text(one.tail), _text(other.tail))


def _told(place: str, kept: str | None, now: str | None) -> Iterator[str]:
    if not _alike(kept, now):
        yield f"{place} is {now!r}, approved {kept!r}"


def _text(text: str | None) -> str:
    return "" if _BLANK.fullmatch(text or "") else str(text)


def _alike(one: str | None, other: str | None) -> bool:
    """Tell whether texts are the same but for the last decimals of their numbers."""
    if one == other:
        return True
    if one is None or other is None or _TOKEN.split(one) != _TOKEN.split(other):
        return False
    pairs = zip_longest(_TOKEN.findall(one), _TOKEN.findall(other), fillvalue="#")
    return all(a == b or ("#" not in a + b and _near(a, b)) for a, b in pairs)


def _near(one: str, other: str) -> bool:
    return abs(float(one) - float(other)) <= 1.01 * 10.0**-DECIMALS


class Approved:
    """The approved results of a folder, for one test."""

    def __init__(self, folder: Path, *, approve: bool, test: str, scratch: Path) -> None:
        self.folder, self.approve, self.test, self.scratch = folder, approve, test, scratch

    def holds(self, name: str, result: str) -> None:
        """Fail unless a result is what was approved under a name; with `--approve`, keep it."""
        path = self.folder / name
        now = written(path.suffix, result)
        kept = path.read_text("utf-8") if path.is_file() else None
        found = ["nothing was approved yet"] if kept is None else []
        found += differences(path.suffix, kept, now) if kept is not None else []
        if found and self.approve:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(now, "utf-8")
        elif found:
            (self.scratch / name).write_text(now, "utf-8")
            more = [f"… and {len(found) - MOST_TOLD} more"] if len(found) > MOST_TOLD else []
            raise AssertionError(
                "\n".join(
                    [
                        f"{path.name} is not what was approved:",
                        *(f"  {line}" for line in [*found[:MOST_TOLD], *more]),
                        f"Look at {self.scratch / name}; where it is right, keep it:",
                        f'  python -m pytest -n0 --approve "{self.test}"',
                    ]
                )
            )
