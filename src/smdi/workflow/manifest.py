"""Which files a step made, by their digests: small, comparable, and no file without its content."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from smdi.files import files_in


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb", buffering=0) as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file in a folder, by its path from there."""
    files = map(Path, files_in(folder))
    return {path.relative_to(folder).as_posix(): digest(path) for path in files}


def fingerprint(files: dict[str, str]) -> str:
    """Return one short digest for a whole set of files."""
    text = json.dumps(files, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
