"""The steps of profiles: what narrower scopes may show, and a page each."""

from __future__ import annotations

from collections.abc import Mapping

from smdi.edition import Edition, Scope
from smdi.report.locations import PRODUCTS
from smdi.workflow import chapters
from smdi.workflow.dependencies import script_inputs
from smdi.workflow.steps import Step, command

# Profiles are small and alike: so many of them share what each would start and read anew.
PROFILES_PER_JOB = 4
# What of an edition decides about the cells that may be seen.
PROTECTED_BY = {"id", "year", "baseline_year", "scope", "thresholds", "disclosure", "ranks"}


def profile_steps(edition: Edition, settings: Mapping[str, object]) -> list[Step]:
    """Return the step of each profile."""
    if not edition.profile_pages:
        return []
    # Loaded here: it takes half a second, and most editions are without.
    from smdi.report.profiles.listing import NOTEBOOK, profiles_of

    inputs = tuple(chapters.chapter_inputs(edition, NOTEBOOK))
    pattern = "together" if edition.shows_as_printed else "protect"
    return [
        Step(
            f"profile:{profile.name}",
            inputs=inputs,
            needs=("prepare", pattern),
            outputs=(str(chapters.chapter_folder(edition, profile.name)),),
            parameters={"edition": settings},
            label=f"profile {profile.name}",
            command=command(
                "execute_chapter",
                *(NOTEBOOK, chapters.chapter_folder(edition, profile.name)),
                *(f"edition={edition.id}", *_words(profile.scope)),
                *("--products", edition.work, "--edition", edition.id),
                *("--log", edition.work / f"logs/profile-{profile.name}.log"),
            ),
            job=f"profiles-{number // PROFILES_PER_JOB + 1}",
        )
        for number, profile in enumerate(profiles_of(edition))
    ]


def _words(scope: Scope) -> list[str]:
    """Return a profile's scope as words of a command line; what it is not about is empty."""
    return [f"{name}={getattr(scope, name)}" for name in ("province", "industry")]


def together_steps(edition: Edition) -> list[Step]:
    """Return the step that decides what narrower scopes may show, where it is one of its own."""
    if not edition.shows_as_printed:
        return []
    return [
        Step(
            "together",
            inputs=script_inputs("protect_release"),
            needs=("prepare",),
            outputs=(str(edition.work / PRODUCTS["together"]),),
            parameters=edition.model_dump(mode="json", include=PROTECTED_BY),
            label="values that narrower scopes may show",
            command=protects(edition, PRODUCTS["together"], "--together"),
        )
    ]


def protects(edition: Edition, pattern: str, *more: str) -> tuple[str, ...]:
    """Return the command that decides about cells, and writes the pattern."""
    files = (edition.work / PRODUCTS["population"], edition.work / pattern)
    return command("protect_release", *files, "--edition", edition.id, *more)
