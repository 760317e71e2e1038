"""The role {num}: a named value or sentence, with the marks of what it is known from.

The records are those of `smdi.report.values`; they lie in `numbers/<chapter>.json` of the book's
source. A page depends on the files of the chapters that it quotes, directly or through a phrase, so
that an incremental build reads the page again when they change.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

from smdi.publishing.sphinx_ext.marks import marked

FOLDER = "numbers"
_log = logging.getLogger(__name__)


class AbsentChapterError(KeyError):
    """The chapter of a key is not in this book."""


class NumberRole(SphinxRole):
    """Print the record of a key; an unknown key is a warning that names page and line."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the nodes of the value."""
        key = self.text.strip()
        try:
            return list(value_nodes(self.env, key)), []
        except KeyError as missing:
            unknown = missing.args[0]
            _log.warning("unknown number: %s", unknown, location=self.get_location(), type="num")
            return [nodes.problematic(key, key)], []


def value_nodes(env: BuildEnvironment, key: str) -> Iterator[nodes.Node]:
    """Yield the nodes that print a key; KeyError names a key that no chapter registered."""
    record = _record(env, key)
    if record["kind"] == "phrase":
        for part in record["parts"]:
            if "key" in part:
                yield from value_nodes(env, part["key"])
            else:
                yield from marked(part["text"], part.get("status"))
    else:
        yield from marked(record["text"], record.get("status"))


def is_said(env: BuildEnvironment, key: str) -> bool:
    """Tell whether a key has something to say, in a chapter of this book; KeyError if unknown.

    A chapter that a book leaves out says nothing.
    """
    try:
        record = _record(env, key)
    except AbsentChapterError:
        return False
    return bool(record["text"]) and record.get("state", "value") == "value"


def _record(env: BuildEnvironment, key: str) -> dict[str, Any]:
    path = Path(env.srcdir, FOLDER, key.partition(".")[0] + ".json")
    env.note_dependency(str(path))
    if not path.is_file():
        raise AbsentChapterError(key)
    return _records(path, path.stat().st_mtime_ns)[key]


@lru_cache(maxsize=64)
def _records(path: Path, changed: int) -> dict[str, dict[str, Any]]:
    read: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
    return read


def register(app: Sphinx) -> None:
    """Register the role."""
    app.add_role("num", NumberRole())
