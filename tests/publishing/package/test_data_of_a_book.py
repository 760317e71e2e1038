"""What the fingerprint of a release follows, and in which order its exhibits stand."""

from __future__ import annotations

import json

import pytest

from smdi.edition import read_edition
from smdi.publishing.package.release import with_data

EDITION = read_edition("2021")
HEAD = "measure,group,year,value,unit,base,withheld"
ROW = "participants,江苏省,2021,9,家,9,False"


def notebook(*texts: str, code: str = "x = 1") -> bytes:
    cells = [{"cell_type": "markdown", "source": [text]} for text in texts]
    cells.append({"cell_type": "code", "source": [code]})
    return json.dumps({"cells": cells}).encode()


def book(*names: str, page: bytes | None = None, rows: str = ROW) -> dict[str, bytes]:
    """The files of a book of one chapter with these exhibits, the first of them placed in it."""
    files = {"sme.ipynb": page or notebook(f":::{{exhibit}} {names[0]}\n:::"), "index.md": b"x"}
    for name in names:
        shown = {"id": name, "kind": "chart", "number": "?", "title": "题", "note": "", "digits": 0}
        files[f"exhibits/{name}.json"] = json.dumps(shown).encode()
        files[f"exhibits/{name}.csv"] = f"{HEAD}\n{rows}\n".encode("utf-8-sig")
    return files


def listed(files: dict[str, bytes], *names: str) -> dict:
    pages = dict.fromkeys(names, "sme")
    return json.loads(with_data(files, pages, EDITION, "题")["data.json"])


def test_exhibits_that_no_text_places_stand_behind_the_others_by_their_names() -> None:
    names = ("fig-a9", "fig-a3", "fig-a7", "fig-a1", "fig-a5")
    found = listed(book(*names), *names)
    assert [one["id"] for one in found["exhibits"]] == [
        "fig-a9", "fig-a1", "fig-a3", "fig-a5", "fig-a7",
    ]  # fmt: skip


CHANGED = {
    "a page": book("fig-a1", page=notebook("文", ":::{exhibit} fig-a1\n:::", code="y = 2")),
    "a file beside it": book("fig-a1") | {"index.md": b"y"},
    "the title": {
        name: content.replace("题".encode(), b"T") if name.endswith(".json") else content
        for name, content in book("fig-a1").items()
    },
}


@pytest.mark.parametrize("what", CHANGED)
def test_the_fingerprint_of_the_data_follows_nothing_but_the_data(what: str) -> None:
    before = listed(book("fig-a1"), "fig-a1")["fingerprint"]
    assert listed(CHANGED[what], "fig-a1")["fingerprint"] == before


@pytest.mark.parametrize(
    "rows", [ROW.replace(",9,", ",8,", 1), f"{ROW}\n{ROW.replace('江', '浙')}"]
)
def test_another_value_or_another_row_is_another_fingerprint(rows: str) -> None:
    before = listed(book("fig-a1"), "fig-a1")["fingerprint"]
    assert listed(book("fig-a1", rows=rows), "fig-a1")["fingerprint"] != before


def test_the_name_of_an_exhibit_is_part_of_the_fingerprint() -> None:
    one, other = (listed(book(name), name)["fingerprint"] for name in ("fig-a1", "fig-a2"))
    assert one != other


def test_an_exhibit_without_a_row_is_not_listed_and_has_neither_data_nor_passport() -> None:
    files = book("fig-a1")
    files["exhibits/fig-a1.csv"] = f"{HEAD}\n".encode("utf-8-sig")
    made = with_data(files, {"fig-a1": "sme"}, EDITION, "题")
    shown = json.loads(made["exhibits/fig-a1.json"])
    assert json.loads(made["data.json"])["exhibits"] == []
    assert (shown["data"], shown["passport"], shown["view"]["rows"]) == ([], [], [])
    assert "extra/data/fig-a1.csv" not in made


def test_a_table_has_no_view_beside_it() -> None:
    files = book("fig-a1")
    for kind, has_view in (("table", False), ("map", True), ("chart", True)):
        shown = json.loads(files["exhibits/fig-a1.json"]) | {"kind": kind}
        given = files | {"exhibits/fig-a1.json": json.dumps(shown).encode()}
        made = with_data(given, {"fig-a1": "sme"}, EDITION, "题")
        assert bool(json.loads(made["exhibits/fig-a1.json"])["view"]) is has_view
