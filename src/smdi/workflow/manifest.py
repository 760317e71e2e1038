"""Which files a step made, by their digests: small, comparable, and no file without its content."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def digests(folder: Path) -> dict[str, str]:
    """Return the digest of every file in a folder, by its path from there."""
    files = (path for path in folder.rglob("*") if path.is_file())
    # Snakemake leaves a stamp of its own in folders that are outputs.
    kept = (path for path in files if path.name != ".snakemake_timestamp")
    return {path.relative_to(folder).as_posix(): digest(path) for path in sorted(kept)}


def fingerprint(files: dict[str, str]) -> str:
    """Return one short digest for a whole set of files."""
    text = json.dumps(files, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def write_json(path: Path, content: object) -> None:
    """Write JSON whole or not at all, the same bytes for the same content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
    partial.write_text(text + "\n", "utf-8")
    partial.replace(path)


def write_manifest(path: Path, folder: Path) -> str:
    """Write what is in the folder to `path`, and return its fingerprint."""
    files = digests(folder)
    files.pop(path.name, None)
    write_json(path, {"fingerprint": fingerprint(files), "files": files})
    return fingerprint(files)
