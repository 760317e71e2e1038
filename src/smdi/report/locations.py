"""Where a chapter reads and writes: the pipeline's folders, or a draft's.

A notebook that a person runs finds what the pipeline made of the edition and writes to a draft
folder of its own, so that it can never touch the edition. The pipeline says otherwise through the
environment of the kernel, which no cell needs to know.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Mapping
from pathlib import Path

from smdi.edition import Edition
from smdi.errors import InputErrors, Problem
from smdi.files import in_project

NOTEBOOKS = Path("notebooks")
# What the steps before the chapters leave in the edition's folder of work, by name.
PRODUCTS = {
    "population": "population.arrow",
    "protection": "protection.json",
    # What was decided for narrower scopes that leave together: profiles, editions of them.
    "together": "together.json",
    "simulation": "simulation.json",
    "reproduction": "reproduction.csv",
}
# The facts that a chapter is about: no product, but given with the edition, or not.
PUBLISHED = "published"
READABLE = (*PRODUCTS, PUBLISHED)
# Set by the pipeline: the folder of the chapter's results, and that of the products.
OUTPUT_VARIABLE = "SMDI_CHAPTER_OUTPUT"
PRODUCTS_VARIABLE = "SMDI_PRODUCTS"


def notebook_path(name: str, language: str = "zh") -> Path:
    """Return the MyST notebook of a chapter; languages but Chinese have a folder of their own."""
    folder = NOTEBOOKS if language == "zh" else NOTEBOOKS / language
    return in_project(folder / f"{name}.md")


def chapter_output(edition: Edition, name: str, given: Mapping[str, object]) -> tuple[Path, bool]:
    """Return the folder that a chapter writes to, and whether it is a draft's.

    `given` are the parameters that differ from the edition's own: each set has its own folder.
    """
    if output := os.environ.get(OUTPUT_VARIABLE):
        return Path(output), False
    return edition.folder / "drafts" / folder_name(name, given), True


def product(edition: Edition, name: str) -> Path | None:
    """Return what a chapter reads, by a name of READABLE; InputErrors when it is not there yet.

    None where the edition has no such thing: no simulation where its assessments are given, nothing
    decided apart for profiles where it has none.
    """
    if name not in READABLE:
        raise ValueError(f"{name!r} is nothing that a chapter reads: {', '.join(READABLE)}")
    lacks = {
        "simulation": not edition.simulated,
        "together": not edition.shows_profiles_apart,
    }
    if lacks.get(name):
        return None
    return edition.published if name == PUBLISHED else needed(edition, name)


def needed(edition: Edition, name: str) -> Path:
    """Return a product that every edition has; InputErrors when it is not there yet."""
    folder = os.environ.get(PRODUCTS_VARIABLE)
    path = (Path(folder) if folder else edition.work) / PRODUCTS[name]
    if not path.is_file():
        expected = f"the {name} of the edition: run `make book EDITION={edition.id}` first"
        raise InputErrors([Problem(str(path), None, None, None, expected)])
    return path


def pattern_of(edition: Edition) -> str:
    """Return which product says what profiles, and editions of narrower scopes, may show.

    A printed report shows the nation by a rule of its own, which is none for its parts.
    """
    return "together" if edition.shows_as_printed else "protection"


def has(edition: Edition, name: str) -> bool:
    """Tell whether there is ground in an edition for a chapter that reads this.

    There is none for the simulation where assessments are given, nor for facts where none are.
    """
    if name == "simulation":
        return edition.simulated
    return name not in (PUBLISHED, "reproduction") or edition.published is not None


def folder_name(name: str, given: Mapping[str, object]) -> str:
    """Return a folder name for each set of parameters: its own, readable, of bounded length."""
    if not given:
        return name
    words = [f"{key}={value}" for key, value in sorted(given.items())]
    mark = hashlib.sha256("\n".join(words).encode()).hexdigest()[:8]
    kept = "".join(letter for letter in "-".join(words) if letter.isalnum() or letter in "=-_")
    return f"{name}--{kept[:60]}--{mark}"
