"""A rerun in one process: what a request may be, and what the chapter is run and compared with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from smdi.edition import Edition, read_edition
from smdi.errors import InputErrors, Problem
from smdi.workflow import chapters, rerun, steps
from smdi.workflow.differences.run import Run
from smdi.workflow.manifest import digest, fingerprint

CHAPTER = "national-levels"
EDITION = read_edition("2021")
COMMAND_LINE = "command line"


@pytest.fixture
def built(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of an edition with a release and a population."""
    monkeypatch.setattr(Edition, "folder", property(lambda _: tmp_path))
    (tmp_path / "releases/abc").mkdir(parents=True)
    (tmp_path / "current").symlink_to("releases/abc")
    (tmp_path / "work").mkdir()
    (tmp_path / "work/population.arrow").write_text("firms")
    return tmp_path


def refused(name: str = CHAPTER, edition: str = "2021", **given: str) -> list[Problem]:
    with pytest.raises(InputErrors) as caught:
        rerun.checked_request(edition, name, given)
    return list(caught.value.problems)


def names() -> str:
    return ", ".join(chapter.name for chapter in chapters.chapters_of(EDITION))


def test_a_request_gives_the_edition_and_the_parameters_in_their_one_form(built: Path) -> None:
    given = {"province": "江苏", "industry": "汽车"}
    expected = {"province": "江苏省", "industry": "36"}
    assert rerun.checked_request("2021", CHAPTER, given) == (EDITION, expected)
    assert rerun.checked_request("2021", CHAPTER, {}) == (EDITION, {})


def test_the_edition_may_be_given_as_a_parameter_and_is_none_of_the_chapter(built: Path) -> None:
    given = {"edition": "2021-320000", "industry": "39"}
    found, checked = rerun.checked_request("2021", CHAPTER, given)
    assert (found.id, checked) == ("2021-320000", {"industry": "39"})


def test_an_edition_that_is_none_is_told_and_the_rest_looked_at_too(built: Path) -> None:
    first, second = refused(edition="1999", province="台湾省")
    assert (first.file, first.expected) == ("data/editions/1999.yaml", "an edition; known: 2021")
    assert second.value == "台湾省"


def test_a_chapter_that_is_none_is_told_with_those_there_are_and_the_nearest(built: Path) -> None:
    (problem,) = refused("national-level", province="江苏")
    expected = f"a chapter: {names()}"
    told = Problem(COMMAND_LINE, None, "chapter", "national-level", expected, nearest=CHAPTER)
    assert problem == told


def test_parameters_are_held_against_the_chapter_that_comes_nearest(built: Path) -> None:
    chapter, parameter = refused("national-level", nothing="x")
    assert chapter.column == "chapter"
    assert (parameter.column, parameter.file) == ("nothing", f"notebooks/{CHAPTER}.md")


def test_without_any_chapter_that_comes_near_no_parameter_is_held_against_one(built) -> None:
    (problem,) = refused("龘", nothing="x")
    assert (problem.value, problem.nearest) == ("龘", None)


def test_a_region_on_the_maps_alone_is_told(built: Path) -> None:
    expected = "a region in which firms are assessed: this one is on the maps alone"
    found = refused(province="台湾")
    assert found == [Problem(COMMAND_LINE, None, "province", "台湾省", expected)]


def test_a_release_that_is_not_there_is_told_with_how_it_is_made(built: Path) -> None:
    (built / "current").unlink()
    expected = "a release to compare with: make book EDITION=2021"
    assert refused() == [Problem(str(built), None, None, None, expected)]


def test_faults_that_were_found_before_come_first(built: Path) -> None:
    before = Problem(COMMAND_LINE, None, None, "x", "name=value")
    with pytest.raises(InputErrors) as caught:
        rerun.checked_request("2021", CHAPTER, {"province": "台湾"}, iter([before]))
    assert [one.value for one in caught.value.problems] == ["x", "台湾省"]


def test_the_parameters_of_all_chapters_are_listed_by_their_names() -> None:
    found = rerun.chapter_parameters()
    assert list(found) == [chapter.name for chapter in chapters.chapters()]
    assert [one.name for one in found[CHAPTER]][:3] == ["edition", "province", "city"]


# -- what is run, and what it is compared with -----------------------------------------------------


@pytest.fixture
def asked(built: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple]:
    """What was asked of the parts of a rerun, of which none is at work."""
    found: dict[str, tuple] = {}

    def book(*given: object) -> Run:
        found["book"] = given
        return Run("全国", {CHAPTER: "总体水平"}, {}, {})

    def chapter(*given: object) -> Run:
        found["chapter"] = given
        return Run("江苏省", {CHAPTER: "总体水平"}, {}, {})

    monkeypatch.setattr(rerun, "execute", lambda *given: found.update(execute=given))
    monkeypatch.setattr(rerun, "read_book", book)
    monkeypatch.setattr(rerun, "read_chapter", chapter)
    inputs = {("2021", CHAPTER): ["Makefile", "_toc.yml"]}
    monkeypatch.setattr(chapters, "chapter_inputs", lambda edition, name: inputs[edition.id, name])
    return found


def test_a_chapter_is_run_with_the_given_over_the_editions_own_parameters(built, asked) -> None:
    made = rerun.rerun(EDITION, CHAPTER, {"province": "江苏省"}, built / "out")
    notebook, parameters, *places = asked["execute"]
    assert notebook == Path(f"notebooks/{CHAPTER}.md")
    assert places == [built / "out", built / "work", EDITION.limits]
    assert parameters["province"] == "江苏省"
    assert (parameters["edition"], parameters["city"]) == ("2021", "")
    assert asked["book"] == (built / "current/source", "全国", [CHAPTER])
    assert asked["chapter"] == (built / "out", CHAPTER, "江苏省")
    assert made.about.parameters == parameters
    assert (made.old.scope, made.new.scope) == ("全国", "江苏省")


def test_a_rerun_tells_what_was_compared_with_what(built: Path, asked) -> None:
    about = rerun.rerun(EDITION, CHAPTER, {}, built / "out").about
    assert (about.edition, about.scope, about.old_scope) == ("2021", "江苏省", "全国")
    assert (about.release, about.simulated) == ("abc", True)
    assert about.data == digest(built / "work/population.arrow")[:16]
    files = {name: digest(Path(name)) for name in ("Makefile", "_toc.yml")}
    assert about.code == fingerprint(files)
    assert about.cautions == ("code_changed",)


# -- what else may make a chapter differ -----------------------------------------------------------


@pytest.fixture
def recorded(asked: dict[str, tuple]) -> Iterator[Path]:
    """The record of the chapter as it is in the release."""
    steps.forget_digests()
    path = steps.record_path(EDITION, f"chapter:{CHAPTER}")
    step = steps.Step("x", inputs=("Makefile", "_toc.yml", "README.md"))
    steps.write_record(path, steps.state_of(step, {}))
    yield path
    steps.forget_digests()


def cautions(*published: str) -> list[str]:
    return list(rerun.cautions(EDITION, CHAPTER, dict.fromkeys(published or [CHAPTER], "标题")))


def test_nothing_else_differs_where_the_code_is_that_of_the_release(recorded: Path) -> None:
    assert cautions() == []


def test_a_chapter_that_the_release_has_not_is_told(recorded: Path) -> None:
    assert cautions("sme") == ["not_published"]


def test_a_record_that_is_set_aside_counts_too(recorded: Path) -> None:
    recorded.rename(steps.set_aside(recorded))
    assert cautions() == []


@pytest.mark.parametrize("files", [["Makefile", "_config.yml"], ["pyproject.toml"]])
def test_one_file_that_the_record_has_not_is_told(recorded, monkeypatch, files: list[str]) -> None:
    monkeypatch.setattr(chapters, "chapter_inputs", lambda edition, name: files)
    assert cautions() == ["code_changed"]


def test_a_file_with_another_content_is_told(recorded: Path) -> None:
    text = recorded.read_text("utf-8")
    recorded.write_text(text.replace(digest(Path("Makefile")), "0" * 64, 1), "utf-8")
    assert cautions() == ["code_changed"]
