"""The book as Jupyter Book reads it: pages, executed chapters, exhibits and numbers in one folder.

    source/_config.yml _toc.yml        the root's, with the edition's title and publisher
    source/_toc_print.yml              the pages that are printed
    source/<page>.md                   the pages of `book/`, its `_static` too
    source/<chapter>.ipynb             executed notebooks
    source/numbers/<chapter>.json      named values, a file a chapter: pages depend on these
    source/exhibits/<id>.json .html    what the exhibit directive reads; .csv, the tidy frame
    source/data.json                   what the page of the data lists
    source/extra/                      goes into the site as it is: exhibits/<id>.svg .png, and
                                       data/, see `smdi.publishing.package`
and what `smdi.publishing.profiles` has of single provinces and industries.

A file is written only when its bytes change, and what is no longer wanted goes: Sphinx sees what is
new by the times of files, so an unchanged page is not read again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import yaml

from smdi.edition import Edition
from smdi.errors import InputErrors, Problem
from smdi.files import json_bytes, read_yaml, write_bytes, write_json
from smdi.indicators.prepared import read_population
from smdi.publishing.package.release import with_data
from smdi.publishing.profiles import lists_of, profile_files, with_profiles, without_idle_lists
from smdi.publishing.styles import stylesheets
from smdi.report.locations import PRODUCTS
from smdi.report.palette import read_palette
from smdi.report.profiles.listing import is_profile, profiles_of
from smdi.report.text.language import name_of, scope_name, use_language, words
from smdi.workflow import chapters
from smdi.workflow.execution import PAGE

CONFIG = Path("_config.yml")
PRINTED = "_toc_print.yml"
EXHIBITS = "exhibits"
NUMBERS = "numbers"
EXTRA = "extra"
EDITION = "edition"
GROUNDS = ("simulated", "imported", "drawn", "published", "unpublished", "profiled")
_ONLY = re.compile(
    rb"^(?P<fence>:{3,})\{only\} (?P<ground>%s)\n(?P<body>.*?)^(?P=fence)\n"
    % "|".join(GROUNDS).encode(),
    re.MULTILINE | re.DOTALL,
)
# What a reader may fetch; the rest of an exhibit's files is only for the page.
PUBLIC = {".png", ".svg"}


_ITEM = re.compile(r"^- \{num\}`([^`]+)`[ \t]*\n", re.MULTILINE)
# A list, and the line that announces it.
_LEAD = r"(?P<lead>(?:^[^\n]+(?:如下。|[:：])\n\n)?)"
_LIST = re.compile(rf"{_LEAD}(?P<items>(?:{_ITEM.pattern})+)", re.MULTILINE)


def assemble(edition: Edition) -> Path:
    """Make the assembled book of an edition from its executed chapters; return its folder."""
    use_language(edition.language)
    names = [chapter.name for chapter in chapters.chapters_of(edition)]
    simulated = provenance(edition) == "simulated"
    profiles = profiles_of(edition)
    pages = without_idle_lists(chapters.page_files(edition.language), profiles)
    grounds = grounds_of(edition, simulated)
    wanted = {
        "_toc.yml": contents(edition),
        PRINTED: contents(edition, printed=True),
        f"{NUMBERS}/{EDITION}.json": json_bytes(edition_numbers(edition, simulated)),
        **{name: settled(path.read_bytes(), grounds) for name, path in pages.items()},
        **appearance(edition),
    }
    made_in: dict[str, str] = {}
    for name in names:
        files = dict(_chapter_files(edition, name))
        _add(wanted, files.items(), name)
        made_in |= {Path(file).stem: name for file in files if file.startswith(f"{EXHIBITS}/")}
    exhibits = {name: page for name, page in made_in.items() if not name.endswith(".vl")}
    wanted = with_data(wanted, exhibits, edition, title_of(edition))
    for profile in profiles:
        _add(wanted, profile_files(edition, profile, title_of(edition)).items(), profile.name)
    wanted |= lists_of(profiles, wanted)
    said = _merged(content for name, content in wanted.items() if name.startswith(f"{NUMBERS}/"))
    for name in pages:
        if name.endswith(".md"):
            wanted[name] = without_empty_items(wanted[name].decode(), said).encode()
    folder = chapters.source_folder(edition)
    mirror(wanted, folder)
    write_json(edition.work / "numbers.json", merged_numbers(folder))
    return folder


def appearance(edition: Edition) -> dict[str, bytes]:
    """Return what makes a book of the edition look as it does: settings, styles, scripts."""
    shared = chapters.page_files(edition.language).items()
    return {
        "_config.yml": _config(edition),
        **{name: path.read_bytes() for name, path in shared if name.startswith("_")},
        **{name: path.read_bytes() for name, path in shared if path.suffix == ".bib"},
        **stylesheets(read_palette()),
    }


def merged_numbers(folder: Path) -> dict[str, object]:
    """Return the named values of all chapters of an assembled book, profiles left out."""
    files = folder.glob(f"{NUMBERS}/*.json")
    return _merged(path.read_bytes() for path in files if not is_profile(path.stem))


def _merged(files: Iterable[bytes]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for content in files:
        merged |= json.loads(content)
    return merged


def without_empty_items(page: str, said: Mapping[str, Any]) -> str:
    """Return a page whose lists of values have the items of which something can be said.

    That nothing can be, that numbers are withheld, say, is said once, where a list says no more.
    Where not even that is left, the line that announces the list goes too.
    """

    def kept(found: re.Match[str]) -> str:
        items = "".join(_items_kept(found["items"], said))
        return found["lead"] + items if items else ""

    return _LIST.sub(kept, page)


def _items_kept(items: str, said: Mapping[str, Any]) -> Iterable[str]:
    texts = {item[0]: said.get(item[1], {}).get("text", item[1]) for item in _ITEM.finditer(items)}
    once = {text: item for item, text in reversed(texts.items()) if text}
    unsaid = set(words().otherwise.model_dump().values())
    kept = [item for text, item in once.items() if text not in unsaid] or list(once.values())[-1:]
    return (item for item in texts if item in kept)


def mirror(wanted: dict[str, bytes], folder: Path) -> None:
    """Make the folder hold exactly these files, touching none that is right already."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            if not any(path.iterdir()):
                path.rmdir()
        elif path.relative_to(folder).as_posix() not in wanted:
            path.unlink()
    for name, content in wanted.items():
        path = folder / name
        if path.is_file() and path.read_bytes() == content:
            continue
        write_bytes(path, content)


def provenance(edition: Edition) -> str:
    """Return where the firms come from: `simulated` or `import`."""
    return read_population(edition.work / PRODUCTS["population"])[1]


def title_of(edition: Edition) -> str:
    """Return the edition's title, with the scope where it has one that the title does not name."""
    scope = scope_name(edition.scope.given)
    if not edition.scope.given or scope in edition.title:
        return edition.title
    return words().scopes.titled(scope=scope, title=edition.title)


def edition_numbers(edition: Edition, simulated: bool) -> dict[str, object]:
    """Return what pages may say of the edition itself, as named values `edition.<name>`."""
    day = edition.data_date
    say = words().book
    texts = {
        "title": title_of(edition),
        "publisher": edition.publisher,
        "year": f"{edition.year} ",
        "baseline_year": f"{edition.baseline_year} ",
        "data_date": say.date_in_text(year=day.year, month=day.month, day=day.day),
        "about": scope_name(edition.scope.given) if edition.scope.given else say.nation,
        "provenance_note": say.simulated_note if simulated else say.imported_note,
    }
    return {
        f"{EDITION}.{name}": {"kind": "phrase", "text": text, "simulated": False}
        | {"parts": [{"text": text}]}
        for name, text in texts.items()
    }


def grounds_of(edition: Edition, simulated: bool) -> set[str]:
    """Return what parts of a page may be only for: `:::{only} published` and its like.

    simulated or imported   where the firms come from
    drawn                   the edition draws its firms itself, and has the chapter on how
    published or unpublished
                            whether there are published facts of the edition, and chapters on them
    profiled                there are pages of single provinces or industries
    """
    found = {"simulated" if simulated else "imported"}
    found |= {"profiled"} if edition.profile_pages else set()
    found.add("published" if edition.published else "unpublished")
    return found | ({"drawn"} if edition.simulated else set())


def settled(page: bytes, grounds: set[str]) -> bytes:
    """Return a page without the parts that are only for grounds that the edition has not."""

    def kept(part: re.Match[bytes]) -> bytes:
        return part["body"] if part["ground"].decode() in grounds else b""

    return _ONLY.sub(kept, page)


def contents(edition: Edition, *, printed: bool = False) -> bytes:
    """Return the list of pages that there is ground for, its captions in the edition's language.

    In print profiles are an annex, where the edition wants them there.
    """
    there = {chapter.name for chapter in chapters.chapters_of(edition)}
    known = {chapter.name for chapter in chapters.chapters(language=edition.language)}
    listed = profiles_of(edition) if edition.profiles.printed or not printed else []
    toc = _pruned(read_yaml(chapters.TOC), known - there)
    toc = with_profiles(toc, listed, last=printed)
    return yaml.safe_dump(toc, allow_unicode=True, sort_keys=False).encode()


def _pruned(node: Any, gone: set[str]) -> Any:
    """Return a list of pages without those that are gone, its captions translated."""
    if isinstance(node, list):
        kept = (one for one in node if not isinstance(one, dict) or one.get("file") not in gone)
        return [_pruned(one, gone) for one in kept]
    if not isinstance(node, dict):
        return node
    made = {key: _pruned(value, gone) for key, value in node.items()}
    return made | ({"caption": name_of(node["caption"])} if "caption" in node else {})


def _config(edition: Edition) -> bytes:
    content = read_yaml(CONFIG)
    content["sphinx"]["config"]["language"] = words().book.sphinx
    content |= {"title": title_of(edition), "author": edition.publisher}
    content["copyright"] = str(edition.data_date.year)
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False).encode()


def _chapter_files(edition: Edition, name: str) -> Iterable[tuple[str, bytes]]:
    folder = chapters.chapter_folder(edition, name)
    yield f"{name}.ipynb", (folder / PAGE).read_bytes()
    yield f"{EXTRA}/notebooks/{name}.ipynb", (folder / f"{name}.ipynb").read_bytes()
    yield f"{NUMBERS}/{name}.json", (folder / "numbers.json").read_bytes()
    for path in sorted((folder / EXHIBITS).iterdir()):
        if path.suffix in PUBLIC:
            yield f"{EXTRA}/{EXHIBITS}/{path.name}", path.read_bytes()
        else:
            yield f"{EXHIBITS}/{path.name}", path.read_bytes()


def _add(wanted: dict[str, bytes], files: Iterable[tuple[str, bytes]], chapter: str) -> None:
    for name, content in files:
        if name in wanted:
            expected = "a name of its own: another chapter or page has it already"
            raise InputErrors([Problem(f"chapter {chapter}", None, None, name, expected)])
        wanted[name] = content
