"""What a key of an edition means when it is left out, where it ends, and all that is told of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from smdi.edition import BUILD, Edition, read_edition, scoped_id
from smdi.edition_parts import PARTS, Disclosure, Limits, Method, Profiles, Ranks, Scope, Thresholds
from smdi.errors import InputErrors
from smdi.files import MARKERS

GIVEN = {
    "year": 2022, "baseline_year": 2021, "first_year": 2020, "title": "报告（2022）",
    "publisher": "某院", "data_date": "2022-12-31",
}  # fmt: skip


@pytest.fixture
def write(tmp_path: Path):
    def write(name: str = "2022", **changed: object) -> Path:
        content = yaml.safe_dump({**GIVEN, **changed}, allow_unicode=True)
        (tmp_path / f"{name}.yaml").write_text(content, "utf-8")
        return tmp_path

    return write


def told(folder: Path, edition: str = "2022") -> list[str]:
    with pytest.raises(InputErrors) as raised:
        read_edition(edition, folder)
    return [str(one).removeprefix(f"{folder / edition}.yaml") for one in raised.value.problems]


def test_a_file_that_gives_what_it_must_has_these_defaults(write) -> None:
    edition = read_edition("2022", write())
    said = edition.model_dump(exclude={*GIVEN, "id", *PARTS})
    assert said == {
        "base": "", "address": "", "contact": "", "language": "zh", "assessments": None, "seed": 0,
        "targets": None, "published": None, "pending_exhibits": (),
    }  # fmt: skip
    # The printed report shows industries of over 300 firms; the rest is argued in the docs.
    assert edition.thresholds == Thresholds(industry_firms=300, class_firms=100)
    assert edition.disclosure == Disclosure(
        rule="protected", minimum=5, unanimous=False, dominance_firms=2, dominance_percent=85,
        closeness_percent=10, interval_firms=None, interval_percent=10,
        together=("nation", "provinces", "industries"),
    )  # fmt: skip
    assert edition.ranks == Ranks(participants=10, growth=5, industries=10, cities=50)
    assert edition.profiles == Profiles(pages=(), printed=False)
    assert edition.limits == Limits(chapter_seconds=600, chapter_output_mb=10)
    assert edition.method.model_dump() == {
        "satisfied": "reaches", "summation": "literal", "level_bounds": None, "weights": None,
        "standards": None,
    }  # fmt: skip
    assert edition.scope == Scope()


LIMITS = [
    ("year", 2100, 2101, "less than or equal to 2100"),
    ("seed", 0, -1, "greater than or equal to 0"),
    ("thresholds.industry_firms", 1, 0, "greater than or equal to 1"),
    ("thresholds.class_firms", 1, 0, "greater than or equal to 1"),
    ("disclosure.minimum", 3, 2, "greater than or equal to 3"),
    ("disclosure.dominance_percent", 0.5, 0, "greater than 0"),
    ("disclosure.dominance_percent", 100, 100.1, "less than or equal to 100"),
    ("disclosure.closeness_percent", 100, 100.1, "less than or equal to 100"),
    ("disclosure.interval_percent", 0, -0.1, "greater than or equal to 0"),
    ("disclosure.interval_firms", 1, 0, "greater than or equal to 1"),
    ("ranks.cities", 1, 0, "greater than or equal to 1"),
    ("limits.chapter_seconds", 0.1, 0, "greater than 0"),
]


@pytest.mark.parametrize(("key", "good", "bad", "expected"), LIMITS)
def test_a_value_at_its_limit_is_taken_and_one_beyond_it_is_told(
    write, key: str, good: float, bad: float, expected: str
) -> None:
    part, _, name = key.rpartition(".")

    def given(value: float) -> Path:
        return write(**({part: {name: value}} if part else {name: value}))

    edition = read_edition("2022", given(good))
    assert getattr(getattr(edition, part) if part else edition, name) == good
    assert told(given(bad)) == [f", column {key}: found {bad!r}; expected {expected}"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"disclosure": {"minimun": 5}},
         ", column disclosure.minimun: found 5; expected no such key; known: "
         + ", ".join(Disclosure.model_fields)),
        ({"thresholds": {"x": 5}},
         ", column thresholds.x: found 5; "
         "expected no such key; known: industry_firms, class_firms"),
        ({"profiles": {"x": 5}},
         ", column profiles.x: found 5; "
         "expected no such key; known: pages, printed"),
        ({"limits": {"x": 5}},
         ", column limits.x: found 5; "
         "expected no such key; known: chapter_seconds, chapter_output_mb"),
        ({"first_year": 2022},
         "; expected first_year <= baseline_year < year"),
        ({"id": "x"},
         ", column id: found 'x'; "
         "expected no such key: it follows from the file's name"),
        ({"assessments": "no.parquet"},
         ", column assessments: found 'no.parquet'; expected an existing file"),
        ({"method": {"standards": "README.md"}},
         ", column method.standards: found 'README.md'; expected a folder"),
        ({"method": {"weights": "data"}},
         ", column method.weights: found 'data'; expected an existing file"),
        ({"scope": {"province": "江苏"}, "published": "data/published/2021.csv"},
         ", column published: found 'data/published/2021.csv'; expected null in a narrower scope: "
         "the facts are the nation's (targets: of a simulation)"),
        ({"disclosure": {"rule": "none"}},
         ", column disclosure.rule: found 'none'; expected 'protected' or 'as_printed'"),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_key_its_value_and_what_is_known(write, changed, expected) -> None:
    assert told(write(**changed)) == [expected]


def test_every_fault_of_a_file_is_told_at_once(write) -> None:
    folder = write(scope={"province": "江南", "size": "huge"}, seed=-1, base="x")
    assert [line.split(":")[0].split(";")[0] for line in told(folder)] == [
        ", column base", ", column province", ", column size", ", column seed",
    ]  # fmt: skip
    assert told(write(scope="江苏"))[0].startswith(", column scope: found '江苏'; expected ")


def test_an_edition_that_there_is_not_is_told_with_those_there_are(write, tmp_path) -> None:
    assert told(tmp_path, "2030") == ["; expected an edition; known: none"]
    write("2022-b")
    assert told(write("2022"), "2030") == ["; expected an edition; known: 2022, 2022-b"]
    with pytest.raises(InputErrors) as raised:
        read_edition("2022-xyz", tmp_path)
    assert [str(one) for one in raised.value.problems] == [
        "edition 2022-xyz: found 'xyz'; "
        "expected codes of a scope, as 320000, 39, equipment, large, discrete"
    ]


def test_an_edition_is_narrowed_within_its_own_scope_under_one_id(write) -> None:
    folder = write(scope={"province": "江苏"}, targets="data/published/2021.csv")
    made = read_edition("2022-39", folder)
    assert (made.id, made.base) == ("2022-39", "2022")
    assert made.scope == Scope(province="江苏省", industry="39")
    assert str(made.targets) == "data/published/2021.csv"
    assert scoped_id("2022", {"industry": "39", "province": "江苏省"}) == "2022-320000-39"
    assert scoped_id("2022", {}) == "2022"
    assert read_edition("2021-39-320000").id == "2021-320000-39"


def test_an_edition_that_a_command_made_is_read_from_its_own_folder(tmp_path, monkeypatch) -> None:
    for marker in MARKERS:
        (tmp_path / marker).mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    made = BUILD / "2022-x" / "edition.yaml"
    made.parent.mkdir(parents=True)
    made.write_text(yaml.safe_dump({**GIVEN, "title": "作"}, allow_unicode=True), "utf-8")
    assert read_edition("2022-x").title == "作"


@pytest.mark.parametrize(
    ("scope", "pages", "rule", "kinds", "apart"),
    [
        ({}, ("provinces",), "as_printed", ("provinces",), True),
        ({}, ("provinces",), "protected", ("provinces",), False),
        ({}, (), "as_printed", (), False),
        ({"province": "江苏省"}, ("provinces",), "as_printed", (), False),
    ],
)
def test_profiles_are_of_the_nation_and_apart_beside_a_printed_report(
    scope, pages, rule, kinds, apart
) -> None:
    edition = Edition(
        id="x", base="2021", scope=Scope(**scope), profiles=Profiles(pages=pages),
        disclosure=Disclosure(rule=rule), **GIVEN,
    )  # fmt: skip
    assert (edition.profile_pages, edition.shows_profiles_apart) == (kinds, apart)


def test_what_method_says_of_the_standards_is_handed_on_in_their_order() -> None:
    bounds = (0.8, 1.8, 2.8, 3.8, 4.8)
    method = Method(standards="data/standards", weights="a.csv", level_bounds=bounds)
    assert method.source == (Path("data/standards"), Path("a.csv"), bounds)


def test_a_dimension_that_is_empty_narrows_nothing_and_hides_no_other() -> None:
    assert Scope.of(province="江苏", size="") == Scope(province="江苏省")


def test_a_file_of_the_method_that_is_null_is_none() -> None:
    method = Method(weights=None, standards=None)
    assert (method.weights, method.standards) == (None, None)
