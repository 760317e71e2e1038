"""An edition with another method: what it may say, what is refused, and what follows from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.edition import Edition, Scope, read_edition
from smdi.errors import InputErrors, Problem
from smdi.standards import maturity_model, use_standards
from smdi.workflow.editions.what_if import write_what_if
from smdi.workflow.pipeline import steps_of

WEIGHTS = Path("data/standards/weights.csv")


@pytest.fixture(autouse=True)
def own_standards():
    yield
    use_standards(None, None, None)


@pytest.fixture
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Edition:
    """An edition that is built, in a project that sees this one's data."""
    root = Path.cwd()
    for name in ("data", "notebooks", "_toc.yml", "book", "src", "scripts", "requirements.lock"):
        (tmp_path / name).symlink_to(root / name)
    monkeypatch.chdir(tmp_path)
    edition = read_edition("2021")
    edition.work.mkdir(parents=True)
    (edition.work / "assessments.parquet").touch()
    (edition.folder / "current").mkdir()
    return edition


def refused(base: Edition, **given: str) -> dict[str, str]:
    with pytest.raises(InputErrors) as caught:
        write_what_if(base, given, [])
    return {str(p.column): p.expected for p in caught.value.problems}


def test_it_has_the_firms_of_the_edition_and_is_judged_by_no_facts(base: Edition) -> None:
    made = write_what_if(base, {"summation": "strict", "minimum_cell": "10"}, [])
    assert made.assessments == base.work / "assessments.parquet"
    assert made.published is None
    assert (made.method.summation, made.disclosure.minimum) == ("strict", 10)
    assert (made.year, made.title, made.ranks) == (base.year, base.title, base.ranks)
    assert read_edition(made.id) == made


def test_each_set_of_settings_has_an_edition_of_its_own(base: Edition) -> None:
    names = {
        write_what_if(base, given, []).id
        for given in ({"summation": "strict"}, {"satisfied": "exceeds"}, {"minimum_cell": "3"})
    }
    assert len(names) == 3
    assert base.id not in names


def test_all_refusals_come_at_once_with_the_names_of_the_settings(base: Edition) -> None:
    found = refused(
        base,
        summation="strikt",
        level_bounds="0.8,1.8,1.7,3,4",
        weights="nope.csv",
        minimum_cell="0",
        weigths="x",
    )
    assert set(found) == {"summation", "level_bounds", "minimum_cell", "weigths"}
    assert "'literal' or 'strict'" in found["summation"]


def test_files_that_are_not_there_are_told(base: Edition) -> None:
    found = refused(base, weights="nope.csv", standards="nope")
    assert set(found) == {"weights", "standards"}


def test_a_refused_edition_leaves_no_folder(base: Edition) -> None:
    refused(base, summation="strikt")
    assert [path.name for path in base.folder.parent.iterdir()] == ["2021"]


def test_no_setting_is_answered_with_those_that_there_are(base: Edition) -> None:
    assert "level_bounds" in refused(base)["None"]


def test_without_a_release_there_is_nothing_to_compare_with(base: Edition) -> None:
    (base.folder / "current").rmdir()
    with pytest.raises(InputErrors, match="make book EDITION=2021"):
        write_what_if(base, {"summation": "strict"}, [])


def test_the_method_and_its_files_are_what_scores_and_chapters_are_made_from(base: Edition) -> None:
    weights = Path("weights.csv")
    weights.write_text(WEIGHTS.read_text("utf-8"), "utf-8")
    steps = steps_of(write_what_if(base, {"weights": str(weights)}, []))
    for name in ("score", "chapter:scoring", "chapter:national-levels"):
        assert "weights.csv" in steps[name].inputs
    assert steps["score"].parameters["method"]["weights"] == "weights.csv"


@pytest.mark.parametrize("bounds", [(0.7, 1.5, 2.5, 3.5, 4.5)])
def test_bounds_of_levels_are_those_of_the_method(bounds: tuple[float, ...]) -> None:
    use_standards(None, None, bounds)
    assert [level.lower_bound_tenths for level in maturity_model().levels] == [0, 7, 15, 25, 35, 45]
    assert maturity_model().satisfied_tenths == 7
    use_standards(None, None, None)
    assert maturity_model().satisfied_tenths == 8


def test_a_file_of_weights_takes_the_place_of_the_projects(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    text = WEIGHTS.read_text("utf-8").replace(
        "discrete,element,personnel,,6,", "discrete,element,personnel,,16,"
    )
    path.write_text(text.replace("manufacturing,,77,", "manufacturing,,67,"), "utf-8")
    use_standards(None, path, None)
    assert maturity_model().weights("discrete").elements["personnel"] == 16


def test_a_fault_of_a_file_of_weights_names_that_file(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(WEIGHTS.read_text("utf-8").replace("personnel,,6,", "personnel,,7,"), "utf-8")
    use_standards(None, path, None)
    with pytest.raises(InputErrors, match=r"mine\.csv"):
        maturity_model()


# -- what is said, and what stays ------------------------------------------------------------------


def problems(base: Edition, given: dict[str, str], before: list[Problem] | None = None):
    with pytest.raises(InputErrors) as caught:
        write_what_if(base, given, before or [])
    return list(caught.value.problems)


def test_an_unknown_setting_is_told_with_those_there_are_and_the_nearest(base: Edition) -> None:
    expected = (
        "one of: satisfied, summation, level_bounds, weights, standards, minimum_cell, "
        "industry_firms, class_firms"
    )
    found = problems(base, {"weigths": "x"})
    assert found == [Problem("METHOD", None, "weigths", "x", expected, nearest="weights")]


def test_a_fault_is_told_by_its_setting_with_what_was_given(base: Edition) -> None:
    (found,) = problems(base, {"summation": "strict", "class_firms": "many"})
    assert (found.file, found.column, found.value) == ("METHOD", "class_firms", "many")
    assert found.expected.startswith("a valid integer")


def test_faults_that_were_found_before_come_first_and_stand_for_a_setting(base: Edition) -> None:
    before = Problem("METHOD", None, None, "x", "name=value")
    assert problems(base, {}, [before]) == [before]
    assert problems(base, {"weigths": "x"}, [before])[0] == before


def test_what_is_not_built_is_told_file_by_file(base: Edition) -> None:
    (base.folder / "current").rmdir()
    (base.work / "assessments.parquet").unlink()
    expected = "the edition that it is compared with: make book EDITION=2021"
    places = [base.folder / "current", base.work / "assessments.parquet"]
    told = [Problem(str(path), None, None, None, expected) for path in places]
    assert problems(base, {"summation": "strict"}) == told


def test_every_setting_reaches_its_place(base: Edition) -> None:
    given = {
        **{"satisfied": "exceeds", "summation": "strict", "minimum_cell": "7"},
        **{"level_bounds": "0.7,1.7,2.7,3.7,4.7", "industry_firms": "11", "class_firms": "12"},
        **{"weights": str(WEIGHTS), "standards": "data/standards"},
    }
    made = write_what_if(base, given, [])
    assert made.method.model_dump() == {
        **{"satisfied": "exceeds", "summation": "strict", "weights": WEIGHTS},
        **{"level_bounds": (0.7, 1.7, 2.7, 3.7, 4.7), "standards": Path("data/standards")},
    }
    assert (made.thresholds.industry_firms, made.thresholds.class_firms) == (11, 12)
    assert (made.disclosure.minimum, made.disclosure.rule) == (7, "protected")


def test_a_setting_that_is_not_given_stays_as_the_edition_has_it(base: Edition) -> None:
    made = write_what_if(base, {"industry_firms": "11"}, [])
    assert made.disclosure == base.disclosure
    assert made.method == base.method
    assert made.thresholds.class_firms == base.thresholds.class_firms
    assert (made.profiles.pages, made.targets, made.base) == ((), None, "")


def test_the_scope_of_the_edition_is_that_of_the_other_method(base: Edition) -> None:
    narrow = base.model_copy(update={"scope": Scope.of(province="江苏省"), "published": None})
    assert write_what_if(narrow, {"summation": "strict"}, []).scope == narrow.scope


def test_a_refusal_leaves_an_edition_that_was_there_as_it_was(base: Edition) -> None:
    given = {"summation": "strict"}
    made = write_what_if(base, given, [])
    path = made.folder / "edition.yaml"
    before = path.read_bytes() + b"# as it was\n"
    path.write_bytes(before)
    (base.folder / "current").rmdir()
    problems(base, given)
    assert path.read_bytes() == before


def test_a_refusal_leaves_what_else_lies_in_the_folder(base: Edition) -> None:
    made = write_what_if(base, {"summation": "strict"}, [])
    (made.folder / "edition.yaml").rename(made.folder / "other")
    (base.folder / "current").rmdir()
    problems(base, {"summation": "strict"})
    assert [path.name for path in made.folder.iterdir()] == ["other"]
