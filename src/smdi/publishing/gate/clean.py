"""Files in which nothing was found, so that only what is new is read.

A file is known by the digest of its kind and content together with all that the verdict rests on:
the gate's modules, the scores, the edition, the machine. Where any of it changes, none is known.
The site has many a file that lies in the book too: what is known of one part is known of the other.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from smdi.edition import Edition
from smdi.files import write_json
from smdi.publishing.gate.release import File
from smdi.publishing.gate.scans.texts import Machine
from smdi.workflow.manifest import digest, fingerprint

# How the files are called in which parts of a release are kept, side by side.
ALL_PARTS = "clean-*.json"


class Clean:
    """The files in which nothing was found under the same circumstances."""

    def __init__(self, path: Path, circumstances: str) -> None:
        """Read what is kept beside `path`, of all parts; what cannot be read is no knowledge."""
        self._path = path
        self._circumstances = circumstances
        self._known = frozenset().union(*map(_kept, path.parent.glob(ALL_PARTS)))

    def has(self, file: File) -> bool:
        """Tell whether a file is known."""
        return self._key(file) in self._known

    def keep(self, files: Iterable[File]) -> None:
        """Keep these, and no others of this part, for the next build."""
        write_json(self._path, sorted(map(self._key, files)))

    def _key(self, file: File) -> str:
        told = (self._circumstances, *file.kind)
        content = hashlib.sha256(file.content).hexdigest()
        return hashlib.sha256(json.dumps([*told, content]).encode()).hexdigest()


def _kept(path: Path) -> frozenset[str]:
    try:
        return frozenset(json.loads(path.read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return frozenset()


def circumstances(edition: Edition, inputs: Mapping[str, str], scores: Path) -> str:
    """Return the digest of all that the verdict on a file rests on but for the file.

    `inputs` are the digests of what the gate is made from: its modules, the lock, the words.
    """
    return fingerprint(
        {
            **inputs,
            "scores": digest(scores),
            "edition": edition.model_dump_json(),
            "machine": Machine.this().pattern.pattern,
            "python": sys.version,
        }
    )
