"""How much of a release is withheld: of the book itself, and of the pages about its parts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median

from smdi.disclosure.pattern import read_pattern, shown_percent
from smdi.report.chapter import Chapter
from smdi.report.profiles.listing import INDUSTRY, PROVINCE, Profile, profiles_of
from smdi.standards.scope import scope_name

Loss = Mapping[str, int]


def withheld_of_book(chapter: Chapter) -> Loss:
    """Return how many values the book has, and how many are withheld, `primary` and `secondary`.

    Empty where the edition withholds nothing. `chapter` reads the protection.
    """
    return _losses(chapter, "protection").get(scope_name(chapter.edition.scope.given), {})


def withheld_of_profiles(chapter: Chapter) -> dict[str, float]:
    """Return which part of the values of all profiles is withheld, `primary` and `secondary`, in %.

    Empty where the edition has no profiles.
    """
    losses = _losses_of_parts(chapter)
    own = [
        losses.get(scope_name(profile.scope.given), {}) for profile in profiles_of(chapter.edition)
    ]
    values = sum(loss.get("values", 0) for loss in own)
    kinds = ("primary", "secondary") if values else ()
    return {kind: 100 * sum(loss.get(kind, 0) for loss in own) / values for kind in kinds}


def shown_of_profiles(chapter: Chapter) -> dict[str, float]:
    """Return by the kind of profile which part of its values the median one shows, in %.

    Empty where the edition has no profiles. `chapter` reads what parts may show together, if that
    was decided apart, and the protection.
    """
    losses = _losses_of_parts(chapter)
    listed = profiles_of(chapter.edition)
    kinds = {kind: [p for p in listed if p.kind == kind] for kind in (PROVINCE, INDUSTRY)}
    shown = {kind: [*_shown(own, losses)] for kind, own in kinds.items()}
    return {kind: median(values) for kind, values in shown.items() if values}


def _losses_of_parts(chapter: Chapter) -> Mapping[str, Loss]:
    return _losses(chapter, "together") or _losses(chapter, "protection")


def _losses(chapter: Chapter, product: str) -> Mapping[str, Loss]:
    path = chapter.product(product)
    return read_pattern(path).loss if path else {}


def _shown(profiles: Iterable[Profile], losses: Mapping[str, Loss]) -> Iterable[float]:
    named = (scope_name(profile.scope.given) for profile in profiles)
    yield from (shown_percent(losses[name]) for name in named if losses.get(name))
