"""An exhibit and its directive: each needs the other, and the caption stands in the directive."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from smdi.errors import InputErrors, Problem
from smdi.report.exhibits import NoteParts
from smdi.report.text.parts import parse
from smdi.report.text.prose import Prose
from smdi.report.values import plain


@dataclass(frozen=True)
class Shown:
    """An exhibit as it was shown: its description, its files, and its note beside the author's."""

    content: dict[str, object]
    files: dict[str, bytes]
    note: NoteParts


def captioned(
    name: str, shown: Shown, prose: Prose, context: Mapping[str, Any]
) -> dict[str, object]:
    """Return the description of an exhibit with caption and note; InputErrors without a caption."""
    caption = prose.text.captions.get(name)
    if caption is None or not caption.title.source:
        expected = f"a directive {{exhibit}} {name} that holds its caption"
        raise InputErrors([Problem(str(prose.text.path), None, None, None, expected)])
    title, note = (prose.plain(part, context) for part in (caption.title, caption.note))
    whole = shown.note.text(note)
    exhibit = str(shown.content["id"])
    parts = [part.record() for part in parse(whole, exhibit, lambda *_: "computed")]
    return {**shown.content, "title": title, "note": plain(whole), "note_parts": parts}


def check_shown(prose: Prose, shown: Iterable[str]) -> None:
    """Refuse directives of exhibits that no cell has shown before the chapter was closed."""
    names = set(shown)
    expected = "a cell that shows it before `chapter.close()`"
    InputErrors.raise_if(
        Problem(str(prose.text.path), caption.title.line - 1, None, name, expected)
        for name, caption in prose.text.captions.items()
        if name not in names
    )
