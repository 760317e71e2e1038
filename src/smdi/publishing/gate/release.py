"""The files of a release as they lie before it is published, each content once."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from smdi.publishing.release import UNPUBLISHED

# What packages bring along is looked through for firms and this machine alone.
OF_PACKAGES = "site/_static/"
OF_BOOK = Path("book/_static")
_EXHIBIT = re.compile(r"site/exhibits/.*\.csv")


@dataclass(frozen=True)
class File:
    """A file of the release: its name there, and what it holds."""

    name: str
    content: bytes

    @property
    def suffix(self) -> str:
        """Return the last part of the name with its dot, in lower case."""
        return Path(self.name).suffix.lower()

    @property
    def of_package(self) -> bool:
        """Whether it comes from a package and not from the book."""
        own = OF_BOOK / Path(self.name).name
        return self.name.startswith(OF_PACKAGES) and not own.is_file()

    @property
    def kind(self) -> tuple[str, bool, bool]:
        """Return all of its name that what is found in it depends on."""
        return Path(self.name).name, self.of_package, self.is_exhibit_data

    @property
    def is_exhibit_data(self) -> bool:
        """Whether it is the data of an exhibit as readers take them away."""
        return bool(_EXHIBIT.fullmatch(self.name))


def files_of(parts: Mapping[str, Path]) -> Iterator[File]:
    """Yield the files of a release's parts, those of equal content and kind once."""
    seen = set()
    for part, path in parts.items():
        for name, source in _walk(part, path):
            file = File(name, source.read_bytes())
            key = (hashlib.sha256(file.content).digest(), file.suffix, file.of_package)
            if key not in seen:
                seen.add(key)
                yield file


def names_of(parts: Mapping[str, Path]) -> Iterator[str]:
    """Yield the name of every file of a release, those of equal content too."""
    yield from (name for part, path in parts.items() for name, _ in _walk(part, path))


def _walk(part: str, path: Path) -> Iterator[tuple[str, Path]]:
    if path.is_file():
        yield part, path
    # Publishing copies what links lead to.
    for folder, folders, names in os.walk(path, followlinks=True):
        folders.sort()
        for name in sorted(names):
            if name not in UNPUBLISHED:
                file = Path(folder, name)
                yield f"{part}/{file.relative_to(path).as_posix()}", file
