"""What the published report prints is public, where the edition says so; and what is no release."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from smdi.edition import Edition, Scope, read_edition
from smdi.errors import InputErrors, Problem
from smdi.publishing.gate.attack import release as releases
from smdi.publishing.gate.attack.release import (
    Data,
    apart,
    built,
    data_of,
    is_of_part,
    numbers_in_print,
    printed_in,
    reruns,
    shown_by_itself,
)
from smdi.publishing.gate.attack.tidy_rows import rows_of
from smdi.publishing.gate.findings import GatePolicy

from .test_attack import AS_PRINTED, POLICY, csv

FACTS = """exhibit,measure,group,year,value,unit,printed,where
text,participants,全国,2021,20000,家,20000,前言
fig-08,firms_level_ge2,青海省,2020,3,家,3,图8
fig-01,share_level_le1,全国,2021,4,%,4,图1
"""


@pytest.fixture
def edition(tmp_path: Path) -> Edition:
    (tmp_path / "facts.csv").write_text(FACTS, "utf-8")
    update = {"published": tmp_path / "facts.csv"}
    return read_edition("2021").model_copy(update=update)


@pytest.fixture
def unpublished() -> Edition:
    return read_edition("2021").model_copy(update={"published": None})


def test_what_is_printed_is_told_by_measure_group_and_year(edition: Edition) -> None:
    assert printed_in(edition) == {
        ("participants", "全国", 2021),
        ("firms_level_ge2", "青海省", 2020),
        ("share_level_le1", "全国", 2021),
    }


def test_the_numbers_in_print_are_those_of_firms(edition: Edition) -> None:
    assert numbers_in_print(edition, AS_PRINTED) == {20000, 3}
    assert numbers_in_print(edition, POLICY) == frozenset()


def test_of_an_edition_without_a_published_report_nothing_is_in_print(unpublished: Edition) -> None:
    assert printed_in(unpublished) == frozenset()
    assert numbers_in_print(unpublished, AS_PRINTED) == frozenset()
    assert numbers_in_print(unpublished, POLICY) == frozenset()


@pytest.mark.parametrize(
    ("policy", "number", "told"),
    [
        (AS_PRINTED, 3, []),
        (AS_PRINTED, 4, ["4 家", "4.0"]),
        (POLICY, 3, ["3 家", "3.0"]),
        (POLICY, 5, []),
    ],
)
def test_a_named_number_of_few_is_found_unless_it_is_in_print(
    edition: Edition, policy: GatePolicy, number: int, told: list[str]
) -> None:
    record = {"text": f"{number} 家", "value": float(number), "unit": "家", "state": "shown"}
    data = Data({}, {}, "2021", numbers={"sme.firms": record})
    assert [found.what for found in shown_by_itself(data, edition, policy)] == told


@pytest.mark.parametrize(
    ("name", "is_part"),
    [
        ("province-320000.html", True),
        ("site/profiles/industry-36.html", True),
        ("site/exhibits/fig-320000-1.csv", True),
        ("tab-c36-12.vl.json", True),
        ("fig-36-1.csv", False),
        ("fig-c360-1.csv", False),
        ("fig-32000-1.csv", False),
        ("fig-01.csv", False),
        ("province-320000-more.html", False),
        ("a-province-320000.html", False),
        ("a-fig-320000-1.csv", False),
    ],
)
def test_a_file_about_a_part_is_known_by_its_whole_name(name: str, is_part: bool) -> None:
    assert is_of_part(name) is is_part


def exhibit(name: str, *rows: tuple) -> dict:
    return {name: rows_of(name, csv(rows or [("firms", "江苏省", 9, "家", 9)]))}


def test_words_specs_and_rows_of_an_exhibit_go_with_it_to_what_it_is_about(tmp_path: Path) -> None:
    names = ("fig-01", "fig-320000-1", "tab-c36-2")
    data = Data(
        {"size": "large"},
        {**exhibit("fig-01"), **exhibit("fig-320000-1")},
        "2021",
        {name: {"alt": name} for name in names},
        {name: {"spec": name} for name in names},
        {"of": {"the": "book"}},
    )
    (tmp_path / "numbers").mkdir()
    for page in ("province-320000", "industry-36"):
        told = json.dumps({"of": {"the": page}})
        (tmp_path / f"numbers/{page}.json").write_text(told, "utf-8")
    found = [
        (dict(one.scope), [*one.exhibits], [*one.described], [*one.specs], one.numbers, one.name)
        for one in apart(data, tmp_path)
    ]
    both = ["fig-320000-1"]
    assert found == [
        ({"size": "large"}, *[["fig-01"]] * 3, {"of": {"the": "book"}}, "2021"),
        # Words without rows are about the industry all the same.
        ({"industry": "36"}, [], *[["tab-c36-2"]] * 2, {"of": {"the": "industry-36"}}, "2021"),
        ({"province": "江苏省"}, both, both, both, {"of": {"the": "province-320000"}}, "2021"),
    ]


def test_exhibits_stand_in_the_order_of_their_names_whatever_order_they_come_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"fig-0{number}" for number in range(1, 10)]
    for part in ("source", "site"):
        (tmp_path / part / "exhibits").mkdir(parents=True)
        for name in names:
            text = csv([("firms", "江苏省", 9, "家", 9)])
            (tmp_path / part / f"exhibits/{name}.csv").write_text(text, "utf-8")
    found = Path.glob
    turned = lambda path, pattern: sorted(found(path, pattern), reverse=True)  # noqa: E731
    monkeypatch.setattr(Path, "glob", turned)
    for part in ("source", "site"):
        parts = {"source": tmp_path / "none", part: tmp_path / part}
        assert list(data_of(read_edition("2021"), parts).exhibits) == names
    told: dict[str, dict] = {name: {} for name in reversed(names)}
    (parted,) = apart(Data({}, {name: [] for name in reversed(names)}, "", told, told), tmp_path)
    assert list(parted.exhibits) == list(parted.described) == list(parted.specs) == names


def test_what_cannot_be_read_has_no_rows_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "source/exhibits"
    folder.mkdir(parents=True)
    (folder / "fig-01.csv").write_bytes(b"measure,group\xff\xfe")
    (folder / "fig-02.csv").write_text("\ufeff" + csv([("firms", "江苏省", 9, "家", 9)]), "utf-8")
    (folder / "fig-03.csv").write_text(csv([("firms", "江苏省", "nine", "家", 9)]), "utf-8")
    (folder / "fig-02.vl.json").write_text("{", "utf-8")
    data = data_of(read_edition("2021"), {"source": tmp_path / "source"})
    assert {name: len(rows) for name, rows in data.exhibits.items()} == {
        **{"fig-01": 0, "fig-02": 1, "fig-03": 0}
    }
    assert data.specs == {"fig-02": {}}
    assert data.described == {}


def test_that_nothing_was_built_is_told_with_its_folder_and_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Edition, "folder", property(lambda _: tmp_path))
    monkeypatch.setattr(releases, "source_folder", lambda _: tmp_path / "source")
    edition = read_edition("2021")
    with pytest.raises(InputErrors) as refused:
        built(edition)
    expected = "a build of it: make book EDITION=2021"
    assert list(refused.value.problems) == [Problem(str(tmp_path), None, None, None, expected)]


def test_a_rerun_is_told_by_its_folder_and_in_all_of_its_scope(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Edition, "folder", property(lambda _: tmp_path))
    given = {"province": "江苏省", "industry": "36", "city": "", "minimum": 3}
    folder = tmp_path / "reruns/one"
    (folder / "site/exhibits").mkdir(parents=True)
    told = json.dumps({"about": {"parameters": given}})
    (folder / "consequences.json").write_text(told, "utf-8")
    for name in ("fig-02", "fig-01"):
        text = csv([("firms", "江苏省", 9, "家", 9)])
        (folder / f"site/exhibits/{name}.csv").write_text(text, "utf-8")
    (one,) = reruns(read_edition("2021"))
    assert (one.name, [*one.exhibits]) == ("one", ["fig-01", "fig-02"])
    assert one.scope == Scope(province="江苏省", industry="36").given
