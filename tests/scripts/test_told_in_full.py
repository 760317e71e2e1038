"""What scripts take by default, and what they say on which stream, to the last word."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from smdi.edition import Limits, read_edition
from smdi.indicators.reproduction import COLUMNS, COMPUTED_COLUMNS
from smdi.published.audit import RULES
from smdi.workflow.execution import ChapterFailure

EDITION = read_edition("2021")
HEAD = ",".join(COMPUTED_COLUMNS)


@pytest.fixture
def compared(replaced):
    """Have facts that come out as the rows given: status, printed, computed, how it is bound."""
    replaced("smdi.published.read_facts", "facts")
    replaced("smdi.published.published_report.declarations_for", "declared")
    contradicted = pd.DataFrame({"fact_id": ["a"]})
    replaced("smdi.published.contradictions", contradicted)
    replaced("smdi.published.published_report.PublishedReport.of", "report")
    held = {"a": SimpleNamespace(kind="bound")}
    replaced("smdi.published.constraints.binding.bindings", held)

    def make(*rows: tuple[str, ...]):
        columns = ["status", "printed", "computed", "binding"]
        index = pd.Index([f"fact-{at}" for at in range(len(rows))], name="fact_id")
        frame = pd.DataFrame(rows, columns=columns, index=index)
        return replaced("smdi.indicators.reproduction.reproduce", frame)

    return make


ROWS = [("reproduced", "1", "1", "bound"), ("reproduced", "2", "2", "free")]
FALSE = [("differs", "3", "4", "bound"), ("contradicted", "5", "6", ""), ("differs", "7", "", "")]


def test_what_is_reproduced_is_counted_by_its_kind(command, compared, tmp_path: Path) -> None:
    asked = compared(*ROWS)
    facts = tmp_path / "facts.csv"
    facts.write_text(f"{HEAD}\nfig-01,share,NANA,2021,3,%,1\n", "utf-8")
    told = command("check_reproduction", "--edition", "2021", tmp_path / "out.csv", facts, facts)
    assert (told.status, told.err) == (0, "")
    counts, kinds = told.out.splitlines()
    assert counts.startswith("2 reproduced, 0 contradicted, 0 differs")
    assert kinds == "of the reproduced: 1 bound, 0 loose, 1 free"
    given, computed, contradicted, pending, binding = asked.words
    assert (given, pending, binding) == ("facts", EDITION.pending_exhibits, {"a": "bound"})
    assert contradicted["fact_id"].tolist() == ["a"]
    assert computed["value"].tolist() == [3.0, 3.0]
    assert computed.index.tolist() == [0, 1]
    written = (tmp_path / "out.csv").read_bytes()
    assert (
        written == b"status,printed,computed,binding\nreproduced,1,1,bound\nreproduced,2,2,free\n"
    )


def test_what_differs_is_listed_beside_and_fails(command, compared, tmp_path: Path) -> None:
    compared(*ROWS, *FALSE)
    told = command("check_reproduction", "--edition", "2021", tmp_path / "out.csv")
    assert told.status == 1
    assert told.out.startswith("2 reproduced, 1 contradicted, 2 differs")
    assert told.err == (
        "2 published facts differ from what is computed:\n"
        "  fact-2: printed 3, computed 4\n"
        "  fact-4: printed 7, computed nothing\n"
    )


def test_facts_of_a_chapter_with_other_columns_are_told(command, compared, tmp_path: Path) -> None:
    compared(*ROWS)
    facts = tmp_path / "facts.csv"
    facts.write_text("exhibit,group\n", "utf-8")
    told = command("check_reproduction", "--edition", "2021", tmp_path / "out.csv", facts)
    fault = f"{facts}, row 1: found 'exhibit,group'; expected columns {HEAD}"
    assert (told.status, told.err) == (2, f"1 problem in the input:\n  {fault}\n")


def test_an_edition_that_is_not_in_print_has_nothing_to_reproduce(command, tmp_path: Path) -> None:
    out = tmp_path / "out.csv"
    told = command("check_reproduction", "--edition", "2021-320000", out)
    assert (told.status, told.out) == (0, "no published edition to compare with\n")
    assert out.read_bytes() == f"{','.join(COLUMNS)}\n".encode()


@pytest.mark.parametrize(
    ("words", "satisfied", "summation"),
    [
        ([], "reaches", "literal"),
        (["--satisfied", "exceeds"], "exceeds", "literal"),
        (["--summation", "strict"], "reaches", "strict"),
    ],
)
def test_without_an_edition_the_options_say_how_is_scored(
    command, replaced, words, satisfied: str, summation: str
) -> None:
    replaced("smdi.assessments.validate", "validated")
    asked = replaced("smdi.assessments.score_file", 7)
    told = command("score_assessments", "a.parquet", "b.parquet", *words)
    assert told.status == 0
    rule = asked.words[2]
    assert (rule.satisfied, rule.summation) == (satisfied, summation)
    assert told.out.endswith(f"scores of 7 assessments, {satisfied}, {summation}\n")


def test_a_site_is_served_on_port_8000_and_of_2021_unless_told_otherwise(
    command, replaced, tmp_path: Path
) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").touch()
    read = replaced("smdi.edition.read_edition", SimpleNamespace(folder=tmp_path))
    replaced("asyncio.run", KeyboardInterrupt())
    asked = replaced("smdi.publishing.serving.serve")
    assert command("serve").status == 0
    assert (asked.words, read.words) == ((tmp_path / "site", 8000), ("2021",))


def test_a_chapter_is_run_in_the_language_and_within_the_limits_of_its_edition(
    command, replaced, tmp_path: Path
) -> None:
    limits = Limits(chapter_seconds=7)
    other = EDITION.model_copy(update={"language": "en", "limits": limits})
    read = replaced("smdi.edition.read_edition", other)
    asked = replaced("smdi.workflow.execution.execute")
    words = ["sme", tmp_path / "sme", "--products", tmp_path]
    assert command("execute_chapter", *words, "--edition", "2022").status == 0
    assert read.words == ("2022",)
    assert str(asked.words[0]) == "notebooks/en/sme.md"
    assert asked.words[4] == limits


def test_a_chapter_that_fails_without_a_log_is_told_in_short_alone(
    command, replaced, tmp_path: Path
) -> None:
    replaced("smdi.workflow.execution.execute", ChapterFailure("in short", "in full"))
    told = command("execute_chapter", "sme", tmp_path / "sme", "--products", tmp_path)
    assert (told.status, told.out, told.err) == (1, "", "in short\n")


def test_what_may_be_seen_is_that_of_2021_unless_told_otherwise(command, replaced) -> None:
    opened = replaced("smdi.indicators.Population.open", "firms")
    pattern = SimpleNamespace(rule="as_printed", scopes=[])
    asked = replaced("smdi.disclosure.release.protect_release", pattern)
    replaced("smdi.disclosure.pattern.write_pattern")
    assert (
        command("protect_release", "p.arrow", "out.json").out == "out.json: as_printed, 0 scopes\n"
    )
    assert asked.words == ("firms", EDITION)
    assert opened.words == (Path("p.arrow"), 2021, 2020, EDITION.scope)


def test_a_finding_shows_six_places_and_counts_the_others(command, replaced, tmp_path) -> None:
    names = [f"rate_{at}" for at in range(8)]
    facts = pd.DataFrame(
        {"printed": [str(at) for at in range(8)], "unit": "%", "where": "某页"}, index=names
    )
    replaced("smdi.published.read_facts", facts)
    replaced("smdi.published.published_report.declarations_for", None)
    rule = next(iter(RULES))

    def finding(places: int, unless: str) -> SimpleNamespace:
        return SimpleNamespace(
            **{"rule": rule, "severity": "notice", "message_zh": "某事", "unless_zh": unless},
            **{"treatment_zh": "照旧", "followed": None, "contradicted": (), "numbers": 1},
            fact_ids=tuple(names[:places]),
        )

    replaced("smdi.published.workbench.as_csv", "")
    replaced("smdi.published.workbench.as_page", "")
    replaced("smdi.published.workbench.check_first", [])
    replaced("smdi.published.workbench.by_weight", lambda found: found)
    for places, unless, more in ((6, "", 0), (7, "除非", 1), (8, "", 2)):
        replaced("smdi.published.audit", [finding(places, unless)])
        lines = command("audit_published", "x.csv").out.splitlines()
        shown = [f"     {at:>8} %  某页  (rate_{at})" for at in range(6)]
        rest = [f"     … and {more} more places"] * bool(more)
        assert lines[4:] == [
            "  某事",
            *([f"  {unless}"] if unless else []),
            *shown,
            *rest,
            "     照旧",
        ]


def test_three_minima_are_measured_unless_others_are_given(command, replaced, tmp_path) -> None:
    loss = {"values": 4, "primary": 1, "secondary": 1, "together": 0}
    scopes = dict.fromkeys(("全国", "江苏省", "纺织业"), loss)
    needed = replaced("smdi.report.locations.needed", tmp_path)
    opened = replaced("smdi.indicators.Population.open", SimpleNamespace(scope_name="全国"))
    replaced("smdi.disclosure.release.protect_release", SimpleNamespace(loss=scopes))
    told = command("measure_disclosure")
    assert told.status == 0
    lines = told.out.splitlines()
    assert lines[0] == "| minimum | nation | a province | at most | together | an industry |"
    assert lines[1] == "| --- | --- | --- | --- | --- | --- |"
    assert [line.split("|")[1].strip() for line in lines[2:]] == ["3", "5", "10"]
    assert {line.partition("| ")[2].partition("| ")[2] for line in lines[2:]} == {
        "50.0 | 50.0 | 75.0 | 0.0 | 50.0 |"
    }
    assert needed.words == (EDITION, "population")
    assert opened.words == (tmp_path, 2021, 2020)
