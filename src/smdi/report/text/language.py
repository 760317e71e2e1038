"""The language that the library speaks: words from `data/language/<code>.yaml`.

There is one current language; `open_chapter` sets it to the edition's, and it is Chinese until
then. Whatever a reader sees asks `words()` for its texts, `name_of` for names of the data, and
`numeral` and `ordinal` for numbers in words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from pydantic import ValidationError

from smdi.errors import InputErrors, Problem
from smdi.files import in_project, read_yaml
from smdi.report.text.book_words import (
    Book,
    Consequences,
    Home,
    Landing,
    Package,
    Profiles,
    Sensitivity,
)
from smdi.report.text.exhibit_words import (
    AltTexts,
    Charts,
    Exhibits,
    Maps,
    MethodTables,
    ProfileTables,
    PublishedTables,
    SimulationTables,
    Tables,
)
from smdi.report.text.sentence_words import (
    Amounts,
    Changes,
    Compare,
    HowMany,
    Lists,
    Numerals,
    Practices,
    Ranks,
    Rates,
    Scopes,
    Shares,
    Sources,
)
from smdi.report.text.texts import States, Strict, Text
from smdi.standards import NATION, maturity_model
from smdi.standards import scope as scopes

FOLDER = Path("data/language")
LARGEST_IN_WORDS = 9999
# The language of the data and the standards: every other one has its keys.
CHINESE = "zh"
# Parts whose keys each language chooses: what it has other words for.
_FREE = ("names.", "amounts.units.", "amounts.larger_units.", "numerals.counted.")
# Fields that are at hand for a text though the Chinese one has no use for them.
_MORE_FIELDS = {"rank.in_order": {"listing"}, "how_many.none": {"claim"}}

_current = CHINESE


class Language(Strict):
    """The words of one language; the keys of its file."""

    line_joint: str
    otherwise: States
    states: States
    names: dict[str, str]
    scopes: Scopes
    amounts: Amounts
    numerals: Numerals
    lists: Lists
    change: Changes
    compare: Compare
    about: Shares
    rank: Ranks
    how_many: HowMany
    practices: Practices
    rates: Rates
    sources: Sources
    exhibits: Exhibits
    charts: Charts
    measures: dict[str, str]
    alt: AltTexts
    maps: Maps
    tables: Tables
    profile_tables: ProfileTables
    method_tables: MethodTables
    simulation_tables: SimulationTables
    published_tables: PublishedTables
    book: Book
    package: Package
    profiles: Profiles
    consequences: Consequences
    sensitivity: Sensitivity
    home: Home
    landing: Landing


def use_language(code: str) -> None:
    """Speak this language from now on; InputErrors lists every fault of its file at once."""
    global _current
    read_language(code)
    _current = code


def words() -> Language:
    """Return the words of the current language."""
    return read_language(_current)


def current_language() -> str:
    """Return the code of the current language."""
    return _current


def name_of(chinese: str) -> str:
    """Return how the current language writes a name of the data or the standards.

    It is that of the language's `names`, else that of the standard itself, else the Chinese one.
    """
    return _names(_current).get(chinese, chinese)


def scope_name(scope: scopes.Scoped) -> str:
    """Name a scope by itself, as the current language does: 江苏省, 江苏省汽车制造业, 大型企业."""
    return _with_region(scope, _kind(scope, by_itself=True))


def scope_attribute(scope: scopes.Scoped) -> str:
    """Return what stands before 企业 or 参评企业: 江苏省, 江苏省汽车制造业, 大型."""
    return _with_region(scope, _kind(scope, by_itself=False))


def kind_name(scope: scopes.Scoped) -> str:
    """Return what stands before 企业 whatever the region: 汽车制造业, 大型, ''."""
    return _kind(scope, by_itself=False)


def kind_of_firms(scope: scopes.Scoped) -> str:
    """Name the firms of a scope whatever their region: 制造企业, 汽车制造业企业, 大型企业."""
    kind = _kind(scope, by_itself=False)
    return words().scopes.firms(kind=kind) if kind else words().scopes.makers


def _with_region(scope: scopes.Scoped, kind: str) -> str:
    region = name_of(scopes.region_name(scope))
    if region and kind:
        return words().scopes.both(region=region, kind=kind)
    return region or kind or name_of(NATION)


def _kind(scope: scopes.Scoped, by_itself: bool) -> str:
    """Return what narrows a scope beside its region, '' when nothing does."""
    say, names = words().scopes, ("size", "type", "sector", "industry")
    parts = [name_of(scopes.value_name(name, scope[name])) for name in names if name in scope]
    kind = say.joint.join(parts)
    if by_itself and kind and ("size" in scope or "type" in scope):
        return say.firms(kind=kind)
    return say.sector(kind=kind) if by_itself and "sector" in scope else kind


def ordinal(number: int) -> str:
    """Write an ordinal: 第十二."""
    say = words().numerals
    if 1 <= number <= len(say.ordinals):
        return say.ordinals[number - 1]
    return say.ordinal(numeral=numeral(number))


def numeral(number: int) -> str:
    """Write a whole number below 10 000 in words: 十二, 二十, 一百零三.

    A language without `places` writes larger ones than it has words for in figures.
    """
    if not 0 <= number <= LARGEST_IN_WORDS:
        raise ValueError(f"{number} is not written in words; print its digits")
    say = words().numerals
    if number < len(say.words):
        return say.words[number]
    return _placed(number, say.words, say.places) if say.places else str(number)


@cache
def read_language(code: str) -> Language:
    """Read the words of a language; InputErrors lists every fault of its file at once."""
    path = in_project(FOLDER) / f"{code}.yaml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in path.parent.glob("*.yaml"))) or "none"
        raise InputErrors([Problem(str(path), None, None, None, f"a language; known: {known}")])
    made = parse_language(path)
    if code != CHINESE:
        InputErrors.raise_if(_differences(path, made, read_language(CHINESE)))
    return made


def parse_language(path: Path) -> Language:
    """Read a language's file by itself; InputErrors names each key that is missing or unknown."""
    try:
        return Language.model_validate(read_yaml(path))
    except ValidationError as errors:
        raise InputErrors(
            Problem(
                str(path),
                None,
                _key(error["loc"]),
                None,
                _EXPECTED.get(error["type"], error["msg"]),
            )
            for error in errors.errors()
        ) from errors


_EXPECTED = {
    "missing": "a text: the key is missing",
    "extra_forbidden": "no such key: it is unknown",
}


def _key(place: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in place if part not in ("str", "Forms"))


def _differences(path: Path, made: Language, chinese: Language) -> list[Problem]:
    """List the keys that a language has and Chinese has not, or the other way, and wrong fields."""
    own, other = dict(_texts(made)), dict(_texts(chinese))
    problems = [
        Problem(str(path), None, key, None, _EXPECTED["missing"]) for key in other if key not in own
    ]
    for key, fields in own.items():
        if key not in other:
            problems.append(Problem(str(path), None, key, None, _EXPECTED["extra_forbidden"]))
        elif unknown := sorted(fields - (at_hand := other[key] | _MORE_FIELDS.get(key, set()))):
            known = ", ".join(sorted(at_hand)) or "none"
            value = ", ".join(unknown)
            problems.append(Problem(str(path), None, key, value, f"fields of: {known}"))
    return problems


def _texts(node: object, key: str = "") -> Iterator[tuple[str, set[str]]]:
    """Yield each text of a language by its key, with the fields it has."""
    if isinstance(node, Text):
        yield key, node.fields()
    elif isinstance(node, str):
        yield key, set()
    elif isinstance(node, Mapping) or hasattr(node, "model_fields_set"):
        for name, part in dict(node).items():  # type: ignore[call-overload]
            inner = f"{key}.{name}".lstrip(".")
            if not inner.startswith(_FREE):
                yield from _texts(part, inner)


@cache
def _names(code: str) -> dict[str, str]:
    """Return Chinese name -> name in a language, of the standards and of its file."""
    made: dict[str, str] = {}
    if code == "en":  # the one language that the standards' tables have beside Chinese
        model = maturity_model()
        for node in (*model.elements, *model.domains, *model.subdomains):
            made[node.name_zh] = node.name_en
        made |= {level.name_zh: level.name_en for level in model.levels}
    return made | read_language(code).names


def _placed(number: int, digits: Sequence[str], places: str) -> str:
    """Put a number together from digits and the names of their places, thousands first."""
    text, pending_zero = "", False
    for size, unit in ((1000, places[0]), (100, places[1]), (10, places[2]), (1, "")):
        digit = number // size % 10
        if digit:
            text += (digits[0] if pending_zero else "") + digits[digit] + unit
            pending_zero = False
        elif text:
            pending_zero = True
    return text.removeprefix(digits[1]) if 10 <= number < 20 else text
