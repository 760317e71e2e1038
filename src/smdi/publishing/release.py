"""Publishing an edition in one step, so that readers see the old release or the new one, whole.

    _build/<edition>/releases/<fingerprint>/   site/ report.pdf …, the PARTS of workflow.pipeline
    _build/<edition>/current                   link to the release that readers see
    _build/<edition>/site, report.pdf …        links through `current` that never change

A release is copied to a temporary name, renamed when it is whole, and `current` is replaced by one
rename. Whatever ends the build before that rename, the last good release stays; what a killed build
left behind is cleared by the next. Files that the last release has too are not written again: they
are links to its own.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from smdi.edition import Edition
from smdi.files import remove
from smdi.workflow.chapters import source_folder
from smdi.workflow.manifest import digests, fingerprint
from smdi.workflow.pipeline import SITE

CURRENT = "current"
RELEASES = "releases"
PDF = "report.pdf"
# Sphinx's own memory of a build names places of this machine, and nothing asks its search.
UNPUBLISHED = (".buildinfo", "searchindex.js")


def parts_of(edition: Edition) -> dict[str, Path]:
    """Return where each part of a release lies before it is published."""
    return {
        "site": edition.work / SITE,
        PDF: edition.work / PDF,
        "numbers.json": edition.work / "numbers.json",
        "reproduction.csv": edition.work / "reproduction.csv",
        "source": source_folder(edition),
    }


def publish(folder: Path, parts: Mapping[str, Path]) -> str:
    """Make the parts the current release of the edition in `folder`; return its fingerprint.

    `parts` gives for each of its names the file or folder to copy.
    """
    releases = folder / RELEASES
    releases.mkdir(parents=True, exist_ok=True)
    _clear_partial(releases)
    partial = releases / f".partial-{os.getpid()}"
    partial.mkdir()
    try:
        last = folder / CURRENT
        for name, path in parts.items():
            _copy(path, partial / name, last / name)
        if {"site", PDF} <= parts.keys():
            _copy(parts[PDF], partial / "site" / PDF, last / "site" / PDF)  # it stands by itself
        mark = fingerprint(digests(partial))
        target = releases / mark
        if not is_whole(target, mark):
            remove(target)
            partial.replace(target)
    finally:
        # Where the disk is full, its room is wanted at once.
        _clear_partial(releases)
    previous = current_release(folder)
    _link(folder / CURRENT, Path(RELEASES, mark))
    for name in parts:
        _link(folder / name, Path(CURRENT, name))
    _prune(releases, keep={mark, previous})
    return mark


def current_release(folder: Path) -> str | None:
    """Return the fingerprint of the release that readers see, if there is one."""
    link = folder / CURRENT
    return link.readlink().name if link.is_symlink() and link.is_dir() else None


def clear_leftovers(folder: Path) -> None:
    """Clear what a killed build left unfinished: releases and files under temporary names."""
    _clear_partial(folder / RELEASES)
    for path in (*folder.glob(".*.partial"), *(folder / "work").rglob(".*.partial")):
        remove(path)


def is_whole(release: Path, mark: str) -> bool:
    """Tell whether a release holds exactly what it was published with."""
    return release.is_dir() and fingerprint(digests(release)) == mark


def _copy(path: Path, target: Path, last: Path) -> None:
    """Copy a part of a release; `last` is that part of the last one."""

    def copy(file: str, to: str) -> str:
        return _copy_file(file, to, last / Path(to).relative_to(target))

    if path.is_dir():
        ignored = shutil.ignore_patterns(*UNPUBLISHED)
        shutil.copytree(path, target, ignore=ignored, copy_function=copy)
    else:
        copy(str(path), str(target))


def _copy_file(file: str, target: str, last: Path) -> str:
    # A file of the last release is never written into; Sphinx's own are, on the next build.
    if _is_same(file, last):
        with contextlib.suppress(OSError):  # where the file system has no links, or no more of it
            os.link(last, target)
            return target
    return str(shutil.copy2(file, target))


def _is_same(file: str, last: Path) -> bool:
    """Tell whether a file is there in the last release, byte for byte, and as readable."""
    now = Path(file).stat()
    try:
        before = last.lstat()
        alike = (now.st_mode, now.st_size) == (before.st_mode, before.st_size)
        return alike and Path(file).read_bytes() == last.read_bytes()
    except OSError:
        return False


def _link(path: Path, target: Path) -> None:
    """Point the link at the target in one rename; there is no moment without it."""
    if path.is_symlink() and path.readlink() == target:
        return
    if not path.is_symlink():
        remove(path)  # a file or folder that somebody put in the link's place
    partial = path.with_name(f".{path.name}.partial")
    partial.unlink(missing_ok=True)
    partial.symlink_to(target)
    partial.replace(path)


def _clear_partial(releases: Path) -> None:
    for path in releases.glob(".partial-*"):
        remove(path)


def _prune(releases: Path, keep: set[str | None]) -> None:
    """Keep the new release and the one before it, for whoever is still reading that."""
    for path in releases.iterdir():
        if path.name not in keep:
            remove(path)
