"""Publishing an edition in one step, so that readers see the old release or the new one, whole.

    _build/<edition>/releases/<fingerprint>/   site/ report.pdf …, the PARTS of workflow.pipeline
    _build/<edition>/current                   link to the release that readers see
    _build/<edition>/site, report.pdf …        links through `current` that never change

A release is copied to a temporary name, renamed when it is whole, and `current` is replaced by one
rename. Whatever ends the build before that rename, the last good release stays; what a killed build
left behind is cleared by the next.
"""

from __future__ import annotations

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
        for name, path in parts.items():
            _copy(path, partial / name)
        if {"site", PDF} <= parts.keys():
            _copy(parts[PDF], partial / "site" / PDF)  # the site stands by itself
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


def _copy(path: Path, target: Path) -> None:
    # A copy, not a hard link: Sphinx writes into its files in place on the next build.
    if path.is_dir():
        shutil.copytree(path, target, ignore=shutil.ignore_patterns(*UNPUBLISHED))
    else:
        shutil.copy2(path, target)


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
