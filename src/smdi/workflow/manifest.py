"""Which files a step made, by their digests: small, comparable, and no file without its content."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from smdi.files import write_json


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


def write_manifest(path: Path, folder: Path, **facts: object) -> str:
    """Write what is in the folder to `path`, with facts about it; return its fingerprint."""
    files = digests(folder)
    files.pop(path.name, None)
    write_json(path, {"fingerprint": fingerprint(files), "files": files, **facts})
    return fingerprint(files)


def departures(path: Path, folder: Path, **facts: object) -> list[str]:
    """List how a folder departs from its manifest: files altered, missing or new, other facts.

    A manifest that is missing or cannot be read is one departure.
    """
    try:
        recorded = json.loads(path.read_text("utf-8"))
        files = dict(recorded["files"])
    except (OSError, ValueError, KeyError, TypeError):
        return [f"{path.name} is missing or cut short"]
    found = digests(folder)
    found.pop(path.name, None)
    found_out = [f"{name} is missing" for name in sorted(files.keys() - found.keys())]
    found_out += [f"{name} is new" for name in sorted(found.keys() - files.keys())]
    found_out += [
        f"{name} is altered"
        for name in sorted(files.keys() & found.keys())
        if files[name] != found[name]
    ]
    found_out += [
        f"{name} is {recorded.get(name)!r}, not {value!r}"
        for name, value in facts.items()
        if recorded.get(name) != value
    ]
    return found_out
