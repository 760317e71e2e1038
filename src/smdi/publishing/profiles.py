"""The profiles in the assembled book: their pages, their data, and the pages that list them.

    source/province-320000.md        a profile: the finished Markdown of its chapter
    source/profiles/province-320000.json
                                     what its page says of its data and how it is cited
    source/profiles.json             name -> page, by which tables and maps lead to profiles
    source/extra/data/province-320000.csv
                                     all values of the page, with the status of each

A profile's exhibits have no files and no passport of their own: there are hundreds, and the page's
one file holds their values. No notebook of a profile is there to take away, nor is a profile part
of the package of the book's data, or of numbers.json.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

from smdi.edition import Edition
from smdi.files import json_bytes
from smdi.publishing.package.citing import Source
from smdi.publishing.package.release import view_of
from smdi.publishing.package.tables import csv_of, data_table, tidy_rows
from smdi.report.profiles.listing import LISTS, PROVINCE, Profile
from smdi.report.text.language import name_of, words
from smdi.standards import divisions, sectors
from smdi.workflow.chapters import chapter_folder
from smdi.workflow.execution import PROSE

FOLDER, NAMES = "profiles", "profiles.json"
# In whose place a list of profiles stands.
_LIST = re.compile(r"^:{3,}\{profiles\}\n:{3,}\n", re.MULTILINE)
# What a list says of each: values that the notebook names.
_LISTED = ("participants", "assessed", "mature")


def profile_files(edition: Edition, profile: Profile, title: str) -> dict[str, bytes]:
    """Return the files of a profile in the assembled book; `title` is the book's."""
    made, folder = chapter_folder(edition, profile.name), "exhibits"
    cells = json.loads((made / PROSE).read_text("utf-8"))
    described = sorted(p for p in (made / folder).glob("*.json") if not p.stem.endswith(".vl"))
    tables, files = [], {}
    for path in described:
        content = json.loads(path.read_text("utf-8"))
        frame = (made / folder / content["files"]["csv"]).read_bytes()
        table = data_table(content, tidy_rows(frame), edition.id)
        content |= {"data": [f"{profile.name}.csv"], "page": profile.name}
        content["view"] = None if content["kind"] == "table" else view_of(table)
        files[f"{folder}/{path.name}"] = json_bytes(content)
        files[f"{folder}/{table.name}.csv"] = frame
        for kind, place in (("spec", folder), ("drawn", folder), ("svg", f"extra/{folder}")):
            if kind in content["files"]:
                name = content["files"][kind]
                files[f"{place}/{name}"] = (made / folder / name).read_bytes()
        tables.append(table)
    data = csv_of(tables)
    source = Source.of(edition, title, sha256(data).hexdigest())
    place = f"{profile.name}.html"
    cited = {
        "data": f"{profile.name}.csv",
        "reference": source.line(name_of(profile.title), place),
        "bibtex": source.bibtex(name_of(profile.title), place, profile.name),
    }
    page = "\n\n".join([*cells, ":::{profile-data}\n:::"])
    return files | {
        f"{profile.name}.md": f"{page}\n".encode(),
        f"numbers/{profile.name}.json": (made / "numbers.json").read_bytes(),
        f"extra/data/{profile.name}.csv": data,
        f"{FOLDER}/{profile.name}.json": json_bytes(cited),
    }


def without_idle_lists(pages: Mapping[str, Path], profiles: Sequence[Profile]) -> dict[str, Path]:
    """Return the pages of a book without those that would list profiles that there are not."""
    kinds = {profile.kind for profile in profiles}
    idle = {f"{page}.md" for kind, page in LISTS.items() if kind not in kinds}
    return {name: path for name, path in pages.items() if name not in idle}


def lists_of(profiles: Sequence[Profile], pages: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the pages that list profiles, with their lists, and the file NAMES."""
    made = {}
    for kind, page in LISTS.items():
        if own := [profile for profile in profiles if profile.kind == kind]:
            listed = "\n\n".join(_groups(own))
            around = _LIST.split(pages[f"{page}.md"].decode())
            made[f"{page}.md"] = f"{listed}\n".join(around).encode()
    named = {name_of(profile.title): profile.name for profile in profiles}
    return made | ({NAMES: json_bytes(named)} if named else {})


def _groups(profiles: list[Profile]) -> Iterator[str]:
    say = words().profiles
    for group, members in groupby(sorted(profiles, key=_order), key=_group):
        rows = [
            f"| [{name_of(one.title)}]({one.name}.md) | "
            + " | ".join(f"{{num}}`{one.name}.{value}`" for value in _LISTED)
            + " |"
            for one in members
        ]
        named = say.region if profiles[0].kind == PROVINCE else words().tables.industry
        head = f"| {named} | {' | '.join(say.heads)} |\n| --- |{' ---: |' * len(_LISTED)}"
        yield f"## {group}\n\n" + "\n".join([head, *rows])


def _order(profile: Profile) -> tuple[int, str]:
    if profile.kind == PROVINCE:
        return int(profile.code[0]), profile.code
    known = [*sectors().index]
    sector = divisions()["sector"].to_dict()[profile.code]
    return (known.index(sector) if sector in known else len(known)), profile.code


def _group(profile: Profile) -> str:
    """Return the great area of a province, by the first digit of its code, or a sector."""
    say = words().profiles
    if profile.kind == PROVINCE:
        return say.areas[profile.code[0]]
    table = sectors()["name_zh"].to_dict()
    sector = divisions()["sector"].to_dict()[profile.code]
    return name_of(str(table[sector])) if sector in table else say.other


def with_profiles(
    toc: dict[str, Any], profiles: Iterable[Profile], *, last: bool
) -> dict[str, Any]:
    """Return a list of pages with each profile below the page that lists it.

    A page that lists none goes. `last` puts the part that has profiles behind all others.
    """
    below = {
        page: [{"file": p.name} for p in profiles if p.kind == kind] for kind, page in LISTS.items()
    }
    own: list[Any] = []
    others: list[Any] = []
    for part in toc.get("parts", []):
        listing = any(chapter["file"] in below for chapter in part["chapters"])
        chapters = [
            chapter | ({"sections": below[chapter["file"]]} if chapter["file"] in below else {})
            for chapter in part["chapters"]
            if below.get(chapter["file"], True)
        ]
        if chapters:
            (own if listing and last else others).append(part | {"chapters": chapters})
    return toc | {"parts": [*others, *own]} if "parts" in toc else toc
