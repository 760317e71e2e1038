"""What is read before forks are made: that they have it, and that a faulty file stops nobody."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smdi.disclosure import pattern
from smdi.disclosure.pattern import Pattern, write_pattern
from smdi.edition import Edition, read_edition
from smdi.indicators import Population
from smdi.indicators.firms import Firms
from smdi.indicators.prepared import prepare
from smdi.workflow.kernel import engine
from smdi.workflow.server import ahead

EDITION = read_edition("2021")


@pytest.fixture
def work(tmp_path: Path, monkeypatch) -> Path:
    """Have the edition's folder in a folder of the test's own, and no shell in this process."""
    monkeypatch.setattr(Edition, "folder", property(lambda _: tmp_path))
    monkeypatch.setattr(engine, "shell_of_process", lambda folder: Path(folder, "made").touch())
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


@pytest.mark.parametrize(
    ("step", "name"), [("chapter:sme", "protection"), ("profile:industry-39", "together")]
)
def test_chapters_that_share_a_process_share_the_firms_and_what_may_be_seen_of_them(
    work: Path, scores, firm, monkeypatch, step: str, name: str
) -> None:
    table = pa.Table.from_pandas(scores(firm(3)), preserve_index=False)
    table = table.replace_schema_metadata({"smdi.provenance": "simulated"})
    pq.write_table(table, work / "scores.parquet")
    prepare(work / "scores.parquet", work / "population.arrow")
    write_pattern(work / f"{name}.json", Pattern("protected", 5, frozenset({"a"})))
    with ahead.shared(EDITION, [step, f"{step}-more"]):
        monkeypatch.setattr(Firms, "_series", None)
        monkeypatch.setattr(pattern, "Pattern", None)
        firms = Population.open(work / "population.arrow", 2021, 2020)
        for selection in (firms.current, firms.baseline, firms.participants):
            assert "level" in selection
            assert len(selection["level"]) == len(selection)
        assert pattern.read_pattern(work / f"{name}.json").shown == {"a"}


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
