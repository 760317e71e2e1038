"""The commands on chapters, editions and reruns: what they pass on, and what they tell."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from smdi.edition import read_edition
from smdi.errors import InputErrors, Problem
from smdi.workflow.execution import ChapterFailure
from smdi.workflow.parameters import Parameter


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["", ""], ["A; expected an edition: make compare", "B; expected an edition"]),
        (["1999", "1998"], ["data/editions/1999.yaml", "data/editions/1998.yaml"]),
        (["2021", "2021"], ["B: found '2021'; expected another edition than A"]),
    ],
)
def test_editions_that_cannot_be_compared_are_all_told(command, replaced, words, said) -> None:
    asked = replaced("smdi.publishing.comparing.editions.compare_editions")
    told = command("compare_editions", *words)
    assert (told.status, asked) == (2, [])
    assert told.err.startswith(f"{len(said)} problem")
    for text in said:
        assert text in told.err


def test_a_comparison_counts_each_kind_and_names_its_page(command, replaced) -> None:
    asked = replaced("smdi.publishing.comparing.editions.compare_editions", (["row"], Path("x")))
    counts = replaced("smdi.publishing.comparing.editions.counts", {"new": 3, "beyond_noise": 12})
    told = command("compare_editions", "2021", "2021-320000")
    assert [edition.id for edition in asked.words] == ["2021", "2021-320000"]
    assert counts.words == (["row"],)
    assert (told.status, told.err) == (0, "")
    assert told.out == "  new           3\n  beyond noise  12\n  x/site/index.html\n"


def test_a_new_chapter_is_told_with_what_comes_next(command, replaced) -> None:
    asked = replaced("smdi.workflow.new_chapter.new_chapter", Path("notebooks/trend-a.md"))
    told = command("new_chapter", "trend-a", "--title", "机器人应用", "--after", "sme")
    assert told.status == 0
    assert asked.words == ("trend-a", "机器人应用", "sme")
    assert told.out.startswith("notebooks/trend-a.md is written and listed in _toc.yml behind sme.")
    assert "make book" in told.out


def test_a_new_chapter_stands_behind_the_last_trend_by_default(command, replaced) -> None:
    asked = replaced("smdi.workflow.new_chapter.new_chapter", Path("x"))
    assert command("new_chapter", "trend-a", "--title", "机器人应用").status == 0
    assert asked.words[2] == "trend-supply-chain"


@pytest.fixture
def years(replaced, monkeypatch, tmp_path):
    """Have folders of editions and answers of the test's own, the edition 2021 in it."""
    text = Path("data/editions/2021.yaml").read_text("utf-8")
    (tmp_path / "editions").mkdir()
    (tmp_path / "editions/2021.yaml").write_text(text, "utf-8")
    for module in ("smdi.edition", "smdi.workflow.editions.next_year"):
        monkeypatch.setattr(f"{module}.EDITIONS", tmp_path / "editions")
    return tmp_path


def test_next_years_edition_is_written_and_says_what_lacks(command, years) -> None:
    told = command("new_edition", "2022", "--assessments", years / "none.parquet")
    written = years / "editions/2022.yaml"
    assert (told.status, told.err) == (0, "")
    assert told.out.startswith(f"{written} is written, from that of 2021. Still to supply:\n")
    assert f"  the assessments: make import EXPORT=… MAPPING=… OUTPUT={years}/none.parquet" in (
        told.out.splitlines()
    )
    assert told.out.endswith("Then `make edition YEAR=2022` checks the edition against its data.\n")
    assert "year: 2022" in written.read_text("utf-8").splitlines()


def test_an_edition_that_is_there_is_checked_as_it_stands(command, replaced, years) -> None:
    before = (years / "editions/2021.yaml").read_bytes()
    replaced("smdi.workflow.editions.readiness.faults", [])
    replaced("smdi.workflow.editions.readiness.years_of", {2021: 12000, 2020: 0})
    told = command("new_edition", "2021")
    assert told.status == 0
    first, second = told.out.splitlines()
    assert first == f"{years}/editions/2021.yaml is there already; it is checked as it stands"
    expected = "edition 2021 fits its data (2020, 2021: 12,000); next: make book EDITION=2021"
    assert second == expected
    assert (years / "editions/2021.yaml").read_bytes() == before


def test_an_edition_that_departs_from_its_data_ends_in_status_two(command, replaced, years) -> None:
    fault = Problem("data/editions/2021.yaml", None, "year", 2021, "a year of the data")
    replaced("smdi.workflow.editions.readiness.faults", [fault])
    told = command("new_edition", "2021")
    assert told.status == 2
    assert str(fault) in told.err


@pytest.mark.parametrize("year", ["21", "1999", "2021x", "202 1"])
def test_a_year_that_is_none_is_refused(command, year: str) -> None:
    told = command("new_edition", year)
    assert told.status == 2
    assert f"YEAR: found '{year}'; expected a year, as YEAR=2022" in told.err


# The consequences of a rerun, as the command tells them.
FOUND = SimpleNamespace(
    about=SimpleNamespace(
        scope="江苏省", edition="2021", cautions=("few_firms", "other_method")
    ),
    counts={
        "values": 1, "values_compared": 9, "sentences": 2, "claims": 3,
        "exhibits": 4, "exhibits_compared": 5, "ranks": 6,
    },
    first_values=[
        SimpleNamespace(key="a.low", old_text="1.0%", new_text="2.0%", difference_text="+1.0")
    ],
)  # fmt: skip
RERUN = "smdi.publishing.comparing.rerun.rerun_chapter"
BOOK = "smdi.publishing.comparing.what_if.rerun_book"
TOLD = """江苏省, beside edition 2021:
  1 of 9 named values differ
    a.low  1.0% -> 2.0%  +1.0
  2 sentences, 3 of them claim something else
  4 of 5 exhibits
  6 places in rankings
  caution: few firms
  caution: other method
  folder/site/index.html
"""


def test_a_rerun_tells_its_consequences(command, replaced) -> None:
    asked = replaced(RERUN, (FOUND, Path("folder")))
    told = command("rerun_chapter", "sme", "province=江苏省", "--line", "minimum=10")
    assert asked.words == ("2021", "sme", {"province": "江苏省", "minimum": "10"}, [])
    assert (told.status, told.err) == (0, "")
    assert told.out == f"sme, {TOLD}"


def test_words_of_a_rerun_that_are_no_parameters_are_passed_on_as_faults(command, replaced) -> None:
    asked = replaced(RERUN, InputErrors([Problem("command line", None, None, "x", "y")]))
    assert command("rerun_chapter", "sme", "province").status == 2
    _, _, given, faults = asked.words
    assert given == {}
    assert [fault.value for fault in faults] == ["province"]


def test_a_rerun_that_fails_is_told_in_full(command, replaced) -> None:
    replaced(RERUN, ChapterFailure("short", "all of it"))
    told = command("rerun_chapter", "sme")
    assert (told.status, told.out, told.err) == (1, "", "short\n\nall of it\n")


def test_another_method_reruns_the_whole_book(command, replaced) -> None:
    asked = replaced(BOOK, (FOUND, Path("folder")))
    told = command("rerun_chapter", "--method", "summation=strict", "--cores", "3")
    assert asked.words == ("2021", {"summation": "strict"}, [], "3")
    assert (told.status, told.out) == (0, f"the whole book, {TOLD}")


def test_a_book_that_is_not_rebuilt_ends_in_status_one(command, replaced) -> None:
    replaced(BOOK, None)
    assert command("rerun_chapter", "--method", "summation=strict").status == 1


@pytest.mark.parametrize("words", [["sme"], ["", "province=江苏省"]])
def test_a_method_and_a_chapter_at_once_are_a_fault(command, replaced, words) -> None:
    asked = replaced(BOOK, (FOUND, Path("folder")))
    assert command("rerun_chapter", *words, "--method", "summation=strict").status == 0
    (fault,) = asked.words[2]
    assert fault.expected.startswith("METHOD alone, for the whole book")
    assert (fault.column, fault.value) == ("chapter", words[0] or None)


@pytest.mark.parametrize("words", [[], ["--list"], ["sme", "--list"]])
def test_without_a_chapter_all_are_listed_with_their_parameters(command, replaced, words) -> None:
    rerun = replaced(RERUN)
    province = Parameter("province", "", ("江苏省", "山东省"), "a province")
    alone = Parameter("minimum", 5)
    chapters = {"regions": (province, alone), "sme": (province,), "audit": ()}
    replaced("smdi.workflow.rerun.chapter_parameters", chapters)
    told = command("rerun_chapter", *words)
    assert (told.status, rerun) == (0, [])
    assert told.out == (
        "regions              province, minimum\n"
        "sme                  province\n"
        "audit                has no parameters\n"
        f"\nprovince: {province.type}, default ''\n  a province\n  one of: 江苏省, 山东省\n"
        f"\nminimum of regions: {alone.type}, default 5\n"
    )


def test_each_reading_of_the_standard_is_told(command, replaced) -> None:
    import pandas as pd

    firms = pd.DataFrame([{"reading": "strict", "higher": 1.26, "lower": 7.0}])
    tables = {"firms": firms, "provinces": "of provinces", "industries": "of industries"}
    asked = replaced("smdi.publishing.comparing.sensitivity.run", (tables, Path("folder")))
    moves = pd.DataFrame([{"reading": "strict", "moved": 4, "groups": 31, "farthest": 2}])
    moved = replaced("smdi.workflow.differences.sensitivity.rank_moves", moves)
    told = command("measure_sensitivity")
    assert told.status == 0
    assert asked.words == (read_edition("2021"),)
    assert [words for words, _ in moved] == [("of provinces",), ("of industries",)]
    assert told.out == (
        "  strict: 1.3 % of firms higher, 7.0 % lower\n"
        "  provinces, strict: 4 of 31 moved, by 2\n"
        "  industries, strict: 4 of 31 moved, by 2\n"
        "  folder/site/index.html\n"
    )
