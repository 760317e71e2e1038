"""Files in which nothing was found, so that the next build reads only what is new.

A file is known by the digest of its name and content together with all that the verdict rests on:
the gate's modules, the scores, the edition, the machine. Where any of it changes, none is known.
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


class Clean:
    """The files in which nothing was found under the same circumstances."""

    def __init__(self, path: Path, circumstances: str) -> None:
        """Read what is kept at `path`; what cannot be read is no knowledge."""
        self._path = path
        self._circumstances = circumstances
        try:
            self._known = frozenset(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, TypeError):
            self._known = frozenset()

    def has(self, file: File) -> bool:
        """Tell whether a file is known."""
        return self._key(file) in self._known

    def keep(self, files: Iterable[File]) -> None:
        """Keep these, and no others, for the next build."""
        write_json(self._path, sorted(map(self._key, files)))

    def _key(self, file: File) -> str:
        told = (self._circumstances, file.name, file.of_package)
        content = hashlib.sha256(file.content).hexdigest()
        return hashlib.sha256(json.dumps([*told, content]).encode()).hexdigest()


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
