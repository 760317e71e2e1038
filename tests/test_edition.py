"""What an edition's file may say, each rule at its limit, and what follows from what it says."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from smdi.edition import Disclosure, Edition, Scope, edition_ids, read_edition
from smdi.edition_parts import Method
from smdi.errors import InputErrors

GIVEN = {
    "year": 2022, "baseline_year": 2021, "first_year": 2020, "title": "报告（2022）",
    "publisher": "某院", "data_date": "2022-12-31",
}  # fmt: skip


@pytest.fixture
def write(tmp_path: Path):
    """Give the writer of an edition's file; None leaves a key out."""

    def write(name: str = "2022", **changed: object) -> Path:
        content = {k: v for k, v in {**GIVEN, **changed}.items() if v is not None}
        (tmp_path / f"{name}.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), "utf-8")
        return tmp_path

    return write


def faults(folder: Path) -> dict[str | None, str]:
    with pytest.raises(InputErrors) as raised:
        read_edition("2022", folder)
    return {problem.column: problem.expected for problem in raised.value.problems}


def test_an_edition_goes_by_the_name_of_its_file(write) -> None:
    write("2021-b")
    folder = write("2022")
    assert edition_ids(folder) == ["2021-b", "2022"]
    edition = read_edition("2022", folder)
    assert (edition.id, edition.base, edition.year) == ("2022", "", 2022)


@pytest.mark.parametrize("key", ["year", "title", "publisher", "data_date", "first_year"])
def test_a_key_that_must_be_given_is_named(write, key: str) -> None:
    assert faults(write(**{key: None}))[key] == "a value: this key must be given"


@pytest.mark.parametrize("key", ["id", "base"])
def test_what_follows_from_the_name_is_no_key(write, key: str) -> None:
    assert faults(write(**{key: "x"}))[key].startswith("no such key")


def test_a_key_that_there_is_not_is_told_with_those_there_are(write) -> None:
    known = faults(write(publsher="x"))["publsher"]
    assert {"publisher", "year", "title"} <= set(
        known.removeprefix("no such key; known: ").split(", ")
    )
    assert not {"id", "base"} & set(known.split(", "))
    told = faults(write(disclosure={"minimun": 5}))["disclosure.minimun"]
    assert "minimum" in told
    assert "publisher" not in told


@pytest.mark.parametrize("key", ["title", "publisher"])
def test_a_name_has_a_letter_at_least(write, key: str) -> None:
    assert key in faults(write(**{key: ""}))
    assert getattr(read_edition("2022", write(**{key: "报"})), key) == "报"


def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2022.yaml").write_text("- 1\n")
    assert faults(tmp_path) == {None: "a mapping of keys to values"}


@pytest.mark.parametrize(
    ("first", "baseline", "year", "good"),
    [(2021, 2021, 2022, True), (2020, 2022, 2022, False), (2022, 2021, 2023, False)],
)
def test_years_stand_in_their_order(write, first, baseline, year, good) -> None:
    folder = write(first_year=first, baseline_year=baseline, year=year)
    if good:
        assert read_edition("2022", folder).first_year == first
    else:
        assert "first_year <= baseline_year < year" in faults(folder).values()


@pytest.mark.parametrize(("year", "good"), [(2000, True), (1999, False), (2100, True)])
def test_a_year_lies_in_this_century(write, year: int, good: bool) -> None:
    folder = write(year=year, baseline_year=year - 1, first_year=year - 1)
    if good:
        assert read_edition("2022", folder).year == year
    else:
        assert "year" in faults(folder)


@pytest.mark.parametrize("address", ["", "https://a.b/c", "http://a"])
def test_an_address_is_one_of_the_web_or_none(write, address: str) -> None:
    assert read_edition("2022", write(address=address)).address == address


@pytest.mark.parametrize("address", ["a.b", "ftp://a", "https://"])
def test_another_address_is_refused(write, address: str) -> None:
    assert "address" in faults(write(address=address))


@pytest.mark.parametrize(
    ("language", "good"),
    [("zh", True), ("en", True), ("", False), ("e", False), ("eng", False), ("EN", False),
     ("en-GB", False), ("../en", False), ("zh\n", False)],
)  # fmt: skip
def test_a_language_goes_by_two_small_letters(write, language: str, good: bool) -> None:
    folder = write(language=language)
    if good:
        assert read_edition("2022", folder).language == language
    else:
        assert set(faults(folder)) == {"language"}


def test_files_that_are_named_must_be_there_all_at_once(write) -> None:
    method = {"weights": "no.csv", "standards": "nowhere"}
    found = faults(write(assessments="no.parquet", targets="no.csv", method=method))
    assert found == {
        "assessments": "an existing file", "targets": "an existing file",
        "method.weights": "an existing file", "method.standards": "a folder",
    }  # fmt: skip


def test_a_narrower_scope_has_no_published_facts(write) -> None:
    published = "data/published/2021.csv"
    found = faults(write(published=published, scope={"province": "江苏"}))
    assert found["published"].startswith("null in a narrower scope")
    assert read_edition("2022", write(published=published)).published is not None
    narrow = read_edition("2022", write(scope={"province": "江苏"}))
    assert narrow.scope == Scope(province="江苏省")


def test_an_edition_is_narrowed_from_the_longest_name_that_fits(write) -> None:
    write("2022", title="甲")
    folder = write("2022-b", title="乙")
    made = read_edition("2022-b-320000", folder)
    assert (made.id, made.base, made.title) == ("2022-b-320000", "2022-b", "乙")
    assert read_edition("2022-320000", folder).base == "2022"


def test_a_narrower_edition_keeps_the_targets_and_not_the_published_facts() -> None:
    narrow, whole = read_edition("2021-320000"), read_edition("2021")
    assert narrow.published is None
    assert narrow.targets == narrow.facts_to_keep == whole.facts_to_keep == whole.published
    assert narrow.scope == Scope(province="江苏省")


@pytest.mark.parametrize(
    ("rule", "published", "base", "shows"),
    [
        ("as_printed", "a.csv", "", True), ("as_printed", None, "2021", True),
        ("as_printed", None, "", False), ("protected", "a.csv", "2021", False),
    ],
)  # fmt: skip
def test_only_a_printed_report_is_shown_as_printed(rule, published, base, shows) -> None:
    made = read_edition("2021").model_copy(
        update={
            "disclosure": Disclosure(rule=rule),
            "published": published and Path(published),
            "base": base,
        }
    )
    assert made.shows_as_printed is shows


def test_given_assessments_are_not_drawn() -> None:
    edition = read_edition("2021")
    assert edition.simulated
    assert not edition.model_copy(update={"assessments": Path("a.parquet")}).simulated
    assert edition.work == edition.folder / "work"


GOOD = (0.8, 1.8, 2.8, 3.8, 4.8)


@pytest.mark.parametrize(
    "bounds",
    [GOOD, (0.1, 0.2, 0.3, 0.4, 0.5), (1.0, 1.1, 1.2, 1.3, 5.0), None],
)
def test_bounds_of_levels_rise_by_tenths(bounds) -> None:
    assert Method(level_bounds=bounds).level_bounds == bounds


@pytest.mark.parametrize(
    "bounds",
    [
        (0.0, 1.8, 2.8, 3.8, 4.8), (1.1, 1.8, 2.8, 3.8, 4.8), (0.8, 0.8, 2.8, 3.8, 4.8),
        (0.8, 2.8, 1.8, 3.8, 4.8), (0.85, 1.8, 2.8, 3.8, 4.8), (0.8, 1.8, 2.8, 3.8, 5.1),
        (0.8, 1.8, 2.8, 3.8),
    ],
)  # fmt: skip
def test_other_bounds_are_refused(bounds) -> None:
    with pytest.raises(ValueError, match="level_bounds"):
        Method(level_bounds=bounds)


@pytest.mark.parametrize(("given", "width"), [(None, 7), (3, 3)])
def test_the_narrowest_interval_is_the_minimum_unless_it_is_given(given, width: int) -> None:
    assert Disclosure(minimum=7, interval_firms=given).width == width


@pytest.mark.parametrize(
    ("name", "least"), [("minimum", 3), ("dominance_firms", 1), ("closeness_percent", 0)]
)
def test_a_rule_of_disclosure_has_a_least_value(name: str, least: int) -> None:
    assert getattr(Disclosure(**{name: least}), name) == least
    with pytest.raises(ValueError, match=name):
        Disclosure(**{name: least - 1})


def test_a_scope_without_some_of_its_dimensions() -> None:
    scope = Scope(province="江苏省", industry="36", size="large")
    assert scope.given == {"province": "江苏省", "industry": "36", "size": "large"}
    assert scope.without("industry", "size") == Scope(province="江苏省")
    assert Scope.of() == Scope()
    assert not Edition.model_fields["scope"].default.given


@pytest.mark.parametrize(
    ("key", "least", "most"),
    [
        ("minimum", 3, None),
        ("dominance_firms", 1, None),
        ("closeness_percent", 0, 100),
        ("interval_firms", 1, None),
        ("interval_percent", 0, 100),
    ],
)
def test_a_rule_of_disclosure_stays_within_its_limits(write, key: str, least, most) -> None:
    for value, good in [
        (least, True),
        (least - 1, False),
        (most, True),
        (most and most + 1, False),
    ]:
        if value is None:
            continue
        folder = write(disclosure={key: value})
        if good:
            assert getattr(read_edition("2022", folder).disclosure, key) == value
        else:
            assert f"disclosure.{key}" in faults(folder)


@pytest.mark.parametrize("key", ["participants", "growth", "industries", "cities"])
def test_a_ranking_shows_a_place_at_least(write, key: str) -> None:
    assert getattr(read_edition("2022", write(ranks={key: 1})).ranks, key) == 1
    assert f"ranks.{key}" in faults(write(ranks={key: 0}))


def test_an_edition_that_says_nothing_of_ranks_has_those_of_the_printed_report(write) -> None:
    ranks = read_edition("2022", write(ranks=None)).ranks
    # Figures 2, 3 and 5 and the table of cities.
    assert (ranks.participants, ranks.growth, ranks.industries, ranks.cities) == (10, 5, 10, 50)


@pytest.mark.parametrize("key", ["chapter_seconds", "chapter_output_mb"])
def test_a_limit_of_a_chapter_is_more_than_nothing(write, key: str) -> None:
    assert getattr(read_edition("2022", write(limits={key: 0.5})).limits, key) == 0.5
    for none in (0, -1):
        assert f"limits.{key}" in faults(write(limits={key: none}))
