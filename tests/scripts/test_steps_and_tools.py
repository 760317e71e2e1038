"""The scripts of single steps and of the tools around a build."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest

from smdi.edition import Method, read_edition
from smdi.publishing.gate.findings import Finding
from smdi.report.locations import PRODUCTS
from smdi.workflow.steps import Step

EDITION = read_edition("2021")


def test_the_book_is_assembled_and_published_by_its_edition(command, replaced) -> None:
    assembled = replaced("smdi.publishing.assembly.assemble")
    replaced("smdi.publishing.release.parts_of", {"site": Path("site")})
    published = replaced("smdi.publishing.release.publish")
    assert command("assemble_book", "--edition", "2021").status == 0
    assert command("publish_edition", "--edition", "2021").status == 0
    assert assembled.words == (EDITION,)
    assert published.words == (EDITION.folder, {"site": Path("site")})


def test_the_population_is_prepared_from_the_scores(command, replaced) -> None:
    asked = replaced("smdi.indicators.prepared.prepare", 42)
    told = command("prepare_population", "scores.parquet", "population.arrow")
    assert told.status == 0
    assert asked.words == (Path("scores.parquet"), Path("population.arrow"))
    assert told.out == "population.arrow: 42 assessments\n"


@pytest.mark.parametrize(
    ("words", "decided"),
    [
        ([], "protect_release"),
        (["--together"], "protect_together"),
        (["--beside", "pattern.json"], "extended"),
    ],
)
def test_what_may_be_seen_is_decided_for_the_firms_of_the_scope(
    command, replaced, tmp_path, words, decided
) -> None:
    opened = replaced("smdi.indicators.Population.open", "firms")
    replaced("smdi.disclosure.pattern.read_pattern", lambda path: f"pattern of {path}")
    written = replaced("smdi.disclosure.pattern.write_pattern")
    pattern = SimpleNamespace(rule="protected", scopes=["全国", "江苏省"])
    asked = {
        name: replaced(f"smdi.disclosure.release.{name}", pattern)
        for name in ("protect_release", "protect_together", "extended")
    }
    told = command("protect_release", "p.arrow", "out.json", "--edition", "2021-320000", *words)
    assert told.status == 0
    edition = read_edition("2021-320000")
    assert opened.words == (Path("p.arrow"), 2021, 2020, edition.scope)
    before = ("pattern of pattern.json",) if decided == "extended" else ()
    assert {name: list(calls) for name, calls in asked.items() if calls} == {
        decided: [((*before, "firms", edition), {})]
    }
    assert written.words == (Path("out.json"), pattern)
    assert told.out == "out.json: protected, 2 scopes\n"


def test_a_release_is_registered_under_the_name_of_its_edition(command, replaced) -> None:
    replaced("smdi.disclosure.pattern.read_pattern", lambda path: path)
    asked = replaced("smdi.disclosure.register.register", Path("data/releases/x.json"))
    assert command("register_release").out == "registered: data/releases/x.json\n"
    assert command("register_release", "--name", "a", "--pattern", "b.json").status == 0
    (first, _), (second, _) = asked
    assert first == ("2021", EDITION.work / PRODUCTS["protection"])
    assert second == ("a", Path("b.json"))


def test_the_method_of_the_edition_holds_in_place_of_the_options(command, replaced) -> None:
    method = Method(satisfied="exceeds", summation="strict")
    replaced("smdi.edition.read_edition", EDITION.model_copy(update={"method": method}))
    standards = replaced("smdi.standards.use_standards")
    replaced("smdi.assessments.validate", "validated")
    asked = replaced("smdi.assessments.score_file", 7)
    words = ["a.parquet", "b.parquet", "--satisfied", "reaches", "--edition", "2021"]
    told = command("score_assessments", *words)
    assert told.status == 0
    answers, scores, rule, _ = asked.words
    assert (answers, scores) == (Path("a.parquet"), Path("b.parquet"))
    assert (rule.satisfied, rule.summation) == ("exceeds", "strict")
    assert standards.words == method.source
    assert told.out == "validated\nb.parquet: scores of 7 assessments, exceeds, strict\n"


def test_firms_are_shared_by_links_that_survive_a_move(command, replaced, tmp_path) -> None:
    source = tmp_path / "2021/work/scores.parquet"
    source.parent.mkdir(parents=True)
    source.write_text("firms")
    replaced("smdi.workflow.chapters.shared_firms", [source])
    narrow = SimpleNamespace(work=tmp_path / "2021-320000/work")
    replaced("smdi.edition.read_edition", narrow)
    for _ in range(2):  # what is there already is replaced
        assert command("share_firms", "--edition", "2021-320000").status == 0
    moved = shutil.move(tmp_path / "2021-320000", tmp_path / "2022-320000")
    link = Path(moved) / "work/scores.parquet"
    assert not link.readlink().is_absolute()
    assert link.read_text() == "firms"


def test_a_simulation_that_misses_a_fact_writes_nothing(command, replaced, tmp_path) -> None:
    calibration = {"summary": {"kept": 3}}
    made = SimpleNamespace(calibration=calibration, table=SimpleNamespace(num_rows=9))
    asked = replaced("smdi.simulation.simulate.simulate", made)
    replaced("smdi.simulation.simulate.failures", ["fig-01: 3 in place of 4", "fig-02"])
    written = replaced("smdi.simulation.simulate.write")
    told = command("simulate_assessments", "o.parquet", "--seed", "5", "--facts", "f.csv")
    assert (told.status, written) == (1, [])
    assert told.err == "2 targets missed:\n  fig-01: 3 in place of 4\n  fig-02\n"
    assert asked.words == (Path("f.csv"), 5)


def test_a_simulation_that_keeps_all_facts_is_written_with_its_report(command, replaced) -> None:
    calibration = {"summary": {"kept": 3, "bounded": 1}}
    made = SimpleNamespace(calibration=calibration, table=SimpleNamespace(num_rows=9))
    asked = replaced("smdi.simulation.simulate.simulate", made)
    replaced("smdi.simulation.simulate.failures", [])
    written = replaced("smdi.simulation.simulate.write")
    told = command("simulate_assessments", "o.parquet", "--report", "r.json")
    assert told.status == 0
    assert asked.words == (Path("data/published/2021.csv"), None)
    assert written.words == (made, Path("o.parquet"), Path("r.json"))
    assert "o.parquet: 9 assessments; facts: 3 kept, 1 bounded" in told.err


def finding(number: int) -> Finding:
    return Finding(f"site/page-{number}.html", "line 3", f"a value of {number}", "by looking")


@pytest.fixture
def gate(replaced):
    """Have a gate that looks at nothing, and what it was asked."""
    replaced("smdi.publishing.gate.attack.release.built", lambda edition: [f"data of {edition.id}"])
    replaced("smdi.publishing.gate.attack.release.reruns", lambda e: [f"rerun of {e.id}"])
    replaced("smdi.publishing.release.parts_of", lambda edition: {"site": edition.id})

    def make(found: list[Finding], exempt: list[Finding], inspected: list[Finding]):
        attacked = replaced("smdi.publishing.gate.inspection.attacked", (list(found), exempt))
        inspect = replaced("smdi.publishing.gate.inspection.inspect", inspected)
        return attacked, inspect

    return make


def test_the_gate_attacks_all_editions_together_and_looks_into_each(
    command, gate, tmp_path
) -> None:
    attacked, inspect = gate([], [], [])
    names = tmp_path / "names.txt"
    names.write_text("甲公司\n乙公司\n", "utf-8")
    told = command("gate_edition", "--edition", "2021 2021-320000", "--reruns", "--names", names)
    editions = [read_edition(name) for name in ("2021", "2021-320000")]
    data = ["data of 2021", "data of 2021-320000", "rerun of 2021", "rerun of 2021-320000"]
    assert attacked.words == (editions, data)
    assert [words for words, _ in inspect] == [
        (one, {"site": one.id}, one.work / "scores.parquet", ("甲公司", "乙公司"), None)
        for one in editions
    ]
    assert (told.status, told.err) == (0, "")
    assert told.out == "The gate found nothing in the release of 2021 2021-320000.\n"


def test_a_build_tells_the_gate_where_it_keeps_what_is_clean(
    command, gate, replaced, tmp_path
) -> None:
    _, inspect = gate([], [], [])
    replaced("smdi.workflow.steps.read_step", lambda _, name: Step(name))
    replaced("smdi.publishing.gate.clean.circumstances", "as they are")
    replaced("smdi.publishing.gate.clean.Clean", lambda path, told: (path, told))
    assert command("gate_edition", "--clean", tmp_path / "clean.json").status == 0
    ((words, _),) = inspect
    assert words[-1] == (tmp_path / "clean.json", "as they are")


@pytest.mark.parametrize(
    ("only", "attacks", "parts"),
    [
        ("values", 1, []),
        ("book", 0, [{"report.pdf": "a PDF", "source": "texts"}]),
        ("site", 0, [{"site": "pages"}]),
    ],
)
def test_a_part_of_the_work_alone_is_done_and_told(
    command, gate, replaced, only: str, attacks: int, parts: list[dict[str, str]]
) -> None:
    attacked, inspect = gate([], [], [])
    whole = {"site": "pages", "report.pdf": "a PDF", "source": "texts"}
    replaced("smdi.publishing.release.parts_of", whole)
    said = command("gate_edition", "--only", only)
    assert said.status == 0
    assert said.out == f"The gate found nothing in the {only} of 2021.\n"
    assert len(attacked) == attacks
    assert [words[1] for words, _ in inspect] == parts


@pytest.mark.parametrize("where", ["attacked", "inspected"])
def test_what_must_not_leave_fails_the_gate_and_no_report_is_written(
    command, gate, tmp_path, where
) -> None:
    findings = [finding(number) for number in range(33)]
    gate(*(([findings, [], []]) if where == "attacked" else ([], [], findings)))
    told = command("gate_edition", "--report", tmp_path / "gate.json")
    assert (told.status, told.out) == (1, "")
    lines = told.err.splitlines()
    assert lines[0] == "the gate found 33 that must not leave:"
    assert lines[1:31] == [f"  {one}" for one in findings[:30]]
    assert lines[31:] == ["  … 3 more"]
    assert not (tmp_path / "gate.json").exists()


def test_thirty_findings_are_all_shown(command, gate) -> None:
    gate([finding(number) for number in range(30)], [], [])
    assert "more" not in command("gate_edition").err


def test_what_is_exempt_is_recorded_in_the_report_or_listed(command, gate, tmp_path) -> None:
    exempt = [finding(1), finding(2)]
    gate([], exempt, [])
    report = tmp_path / "gate.json"
    told = command("gate_edition", "--report", report)
    assert told.status == 0
    assert told.out.splitlines()[1:] == [
        f"2 values of few firms are in print already, and exempt: {report}"
    ]
    assert json.loads(report.read_text("utf-8")) == {
        "edition": "2021", "exempt": [one.record() for one in exempt]
    }  # fmt: skip
    listed = command("gate_edition").out.splitlines()
    assert listed[1:] == [
        "2 values of few firms are in print already, and exempt: these",
        *(f"  {one}" for one in exempt),
    ]


def test_what_several_minima_leave_is_the_median_of_provinces_and_of_industries(
    command, replaced, tmp_path
) -> None:
    def loss(shown: int, most: int) -> dict[str, int]:
        """Give a loss in 100 values, of which `most` are not withheld for their own sake."""
        told = {"values": 100, "primary": 100 - most, "secondary": most - shown}
        return {**told, "together": shown}

    losses = {
        "全国": loss(90, 95),
        **{"江苏省": loss(10, 70), "山东省": loss(20, 30), "广东省": loss(60, 65)},
        **{"纺织业": loss(1, 1), "汽车制造业": loss(4, 90)},
    }
    replaced("smdi.report.locations.needed", tmp_path)
    replaced("smdi.indicators.Population.open", SimpleNamespace(scope_name="全国"))
    protected = replaced("smdi.disclosure.release.protect_release", SimpleNamespace(loss=losses))
    told = command("measure_disclosure", 4, 7)
    assert told.status == 0
    rows = [f"| {minimum} | 90.0 | 20.0 | 65.0 | 16.7 | 2.5 |" for minimum in (4, 7)]
    assert told.out.splitlines()[2:] == rows
    assert [words[1].disclosure.minimum for words, _ in protected] == [4, 7]
