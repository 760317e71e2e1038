"""What is read before forks are made: that they have it, and that a faulty file stops nobody."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smdi.disclosure import pattern
from smdi.disclosure.pattern import Pattern, write_pattern
from smdi.edition import Edition, read_edition
from smdi.files import wait_until_settled
from smdi.indicators import Population
from smdi.indicators.firms import Firms
from smdi.indicators.prepared import prepare
from smdi.publishing.gate import firms as gate
from smdi.workflow import pipeline, steps
from smdi.workflow.kernel import engine
from smdi.workflow.server import ahead
from smdi.workflow.steps import Step

EDITION = read_edition("2021")


@pytest.fixture
def work(tmp_path: Path, monkeypatch) -> Path:
    """Have the edition's folder in a folder of the test's own, and no shell in this process."""
    monkeypatch.setattr(Edition, "folder", property(lambda _: tmp_path))
    monkeypatch.setattr(engine, "shell_of_process", lambda folder: Path(folder, "made").touch())
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def write_firms(work: Path, scores: pd.DataFrame) -> None:
    """Write scores, and what is prepared of them."""
    table = pa.Table.from_pandas(scores, preserve_index=False)
    table = table.replace_schema_metadata({"smdi.provenance": "simulated"})
    pq.write_table(table, work / "scores.parquet")
    prepare(work / "scores.parquet", work / "population.arrow")


def has_levels(population: Path) -> None:
    """See that firms have their levels in each selection."""
    firms = Population.open(population, 2021, 2020)
    for selection in (firms.current, firms.baseline, firms.participants):
        assert "level" in selection
        assert len(selection["level"]) == len(selection)


@pytest.mark.parametrize(
    ("step", "name"), [("chapter:sme", "protection"), ("profile:industry-39", "together")]
)
def test_chapters_that_share_a_process_share_the_firms_and_what_may_be_seen_of_them(
    work: Path, scores, firm, monkeypatch, step: str, name: str
) -> None:
    write_firms(work, scores(firm(3)))
    write_pattern(work / f"{name}.json", Pattern("protected", 5, frozenset({"a"})))
    with ahead.shared(EDITION, [step, f"{step}-more"]):
        monkeypatch.setattr(Firms, "_series", None)
        monkeypatch.setattr(pattern, "Pattern", None)
        has_levels(work / "population.arrow")
        assert pattern.read_pattern(work / f"{name}.json").shown == {"a"}


@pytest.mark.parametrize("narrower", [True, False])
def test_what_an_edition_reads_of_the_one_that_it_narrows_is_read_once_for_many(
    work: Path, scores, firm, monkeypatch, narrower: bool
) -> None:
    table = scores(firm(3))
    write_firms(work, table)
    if narrower:
        ahead.read_for_steps(read_edition("2021-320000"))
    else:
        ahead.read_for_scopes(EDITION)
    monkeypatch.setattr(Firms, "_series", None)
    monkeypatch.setattr(gate.parquet, "read_table", None)
    monkeypatch.setattr(gate, "_DIGESTS", dict.fromkeys(gate._DIGESTS))
    (work / "link.parquet").symlink_to("scores.parquet")
    codes = table["credit_code"]
    found = gate.read_firms(work / "link.parquet")
    assert found.codes == {*codes}
    assert found.is_digest(hashlib.sha256(codes[0].encode()).hexdigest())
    has_levels(work / "population.arrow")


def test_what_scopes_share_is_worked_out_but_for_what_was_touched_since(
    work: Path, tmp_path: Path, monkeypatch
) -> None:
    own = tmp_path / "own.csv"
    own.write_text("before")
    asked: list[str] = []
    monkeypatch.setattr(pipeline, "steps_of", lambda edition: {"a": Step("a", (str(own),))})
    monkeypatch.setattr(steps, "digest", lambda path: asked.append(path) or "a digest")
    wait_until_settled(own)
    ahead.read_for_scopes(EDITION)
    assert steps.inputs_of(Step("b", (str(own),))) == {str(own): "a digest"}
    assert asked == [own]
    own.write_text("after")
    steps.inputs_of(Step("b", (str(own),)))
    assert asked == [own, own]


def test_without_the_firms_of_the_edition_that_it_narrows_the_step_tells_what_lacks(
    work: Path,
) -> None:
    ahead.read_for_steps(read_edition("2021-320000"))
    (work / "scores.parquet").write_text("none")
    ahead.read_for_steps(read_edition("2021-320000"))


def test_what_lacks_or_is_faulty_is_left_to_the_chapter_to_tell(work: Path) -> None:
    (work / "protection.json").write_text("[")
    with ahead.shared(EDITION, ["chapter:a", "chapter:b"]):
        pass


def test_the_shell_of_the_chapters_leaves_no_folder(work: Path, monkeypatch) -> None:
    made: list[Path] = []
    monkeypatch.setattr(engine, "shell_of_process", lambda folder: made.append(Path(folder)))
    with ahead.shared(EDITION, ["chapter:a", "chapter:b"]):
        assert made[0].is_dir()
    assert not made[0].exists()
