"""Every answer is kept, rejected or superseded; nothing is overwritten, nothing half written."""

from __future__ import annotations

import csv
import datetime
import os
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

from smdi.assessments import validate
from smdi.assessments.importing import Faulty
from smdi.assessments.importing.outputs import clear_leftovers, harmless


def rows_of_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture
def slips(firms, export_of, tmp_path) -> pd.DataFrame:
    """Write an export of 20 firms with three faulty rows, one too short and one superseded."""
    frame = firms(20, real=True)
    early = frame.head(1).assign(submitted_on=datetime.date(2021, 1, 1))
    frame.loc[0, "submitted_on"] = datetime.date(2021, 9, 1)
    export = export_of(pd.concat([frame, early], ignore_index=True)).assign(备注="=cmd")
    export.loc[3, "从业人数"] = "许多"
    export.loc[5, "行业代码"] = "C9999"
    export.loc[5, "城市"] = "无名市"
    export.loc[7, "data-1-1"] = "也许"
    lines = export.to_csv(index=False).splitlines()
    lines[10] = "太短,的行"
    (tmp_path / "export.csv").write_text("\n".join(lines), encoding="utf-8")
    return frame


@pytest.mark.parametrize("limit", [4, 0.2, 100])
def test_rejected_rows_lie_whole_in_quarantine_and_the_others_go_in(
    slips, run, imported, limit: float
):
    summary = run("export.csv", most_rejected=limit)
    kept = slips.drop(index=[3, 5, 7, 9])
    assert imported()["credit_code"].tolist() == kept["credit_code"].tolist()
    assert (summary.rows, summary.kept, summary.rejected, summary.superseded) == (21, 16, 4, 1)
    rejected = {int(row["row"]): row for row in rows_of_csv(summary.rejected_file)}
    assert set(rejected) == {5, 7, 9, 11}
    assert rejected[5]["从业人数"] == "许多"
    assert rejected[7]["统一社会信用代码"] == slips.loc[5, "credit_code"]
    assert "行业代码: " in rejected[7]["faults"]
    assert "城市: " in rejected[7]["faults"]
    assert rejected[5]["备注"] == "'=cmd"
    assert rejected[11]["统一社会信用代码"] == "太短"


@pytest.mark.parametrize("limit", [0, 3, 0.18])
def test_more_rejections_than_allowed_stop_the_import(slips, run, tmp_path, limit: float):
    with pytest.raises(Faulty) as caught:
        run("export.csv", most_rejected=limit)
    assert sum(p.count for p in caught.value.problems) == 5
    assert not (tmp_path / "out.parquet").exists()
    assert not (tmp_path / "out.rejected.csv").exists()


@pytest.mark.parametrize("twice", [False, True], ids=["no score", "an item twice"])
@pytest.mark.parametrize("firm", [0, 4])
def test_answers_whose_items_are_faulty_are_rejected_too(
    firms, export_of, run, imported, mapping, long_layout, tmp_path, firm: int, twice: bool
):
    frame = firms(5, real=True)
    wide = export_of(frame)
    items = [name.removeprefix("item_") for name in frame.columns if name.startswith("item_")]
    wide.drop(columns=items).to_csv(tmp_path / "export.csv", index=False)
    long = wide.melt(["统一社会信用代码", "评估年度"], items, "题号", "得分")
    if twice:
        long = pd.concat([long, long.loc[[firm]]])
    else:
        long.loc[firm, "得分"] = "七成"
    long.to_csv(tmp_path / "items.csv", index=False)
    how = mapping(long_layout())
    summary = run("export.csv", how=how, items=tmp_path / "items.csv", most_rejected=1)
    assert (summary.kept, summary.rejected) == (4, 1)
    assert imported()["credit_code"].tolist() == frame["credit_code"].drop(firm).tolist()


def test_a_superseded_answer_is_not_rejected_as_well(firms, export_of, run, tmp_path):
    both = [firms(6, real=True), firms(1), firms(1)]
    both[1]["submitted_on"] = datetime.date(2021, 3, 1)
    both[2]["submitted_on"] = datetime.date(2021, 9, 1)
    export_of(pd.concat(both, ignore_index=True)).to_csv(tmp_path / "export.csv", index=False)
    summary = run("export.csv", most_rejected=5)
    assert (summary.kept, summary.rejected, summary.superseded) == (6, 1, 1)
    assert validate(summary.output).provenance == "import"


def test_an_output_is_never_one_of_the_inputs(firms, export_of, faults, stored, tmp_path):
    export_of(firms(3, real=True)).to_parquet(tmp_path / "out.parquet")
    before = (tmp_path / "out.parquet").read_bytes()
    found = faults("out.parquet")
    assert any("not one of the inputs" in p.expected for p in found)
    assert (tmp_path / "out.parquet").read_bytes() == before


@pytest.mark.parametrize("side", ["out.superseded.csv", "out.rejected.csv"])
def test_a_list_beside_the_output_is_never_one_of_the_inputs(
    firms, export_of, faults, tmp_path, side: str
):
    export_of(firms(3, real=True)).to_csv(tmp_path / side, index=False)
    (fault,) = faults(side)
    assert "not one of the inputs" in fault.expected


def test_another_file_is_not_overwritten_and_a_former_import_is(
    firms, export_of, run, faults, tmp_path
):
    export_of(firms(3, real=True)).to_csv(tmp_path / "export.csv", index=False)
    (tmp_path / "out.parquet").write_text("a letter to the minister")
    (fault,) = faults("export.csv")
    assert "not made by an import" in fault.expected
    assert (tmp_path / "out.parquet").read_text() == "a letter to the minister"
    (tmp_path / "out.parquet").unlink()
    run("export.csv")
    assert run("export.csv").kept == 3


def test_a_folder_in_place_of_a_file_is_told(firms, export_of, faults, tmp_path):
    export_of(firms(3, real=True)).to_csv(tmp_path / "export.csv", index=False)
    (tmp_path / "out.parquet").mkdir()
    (fault,) = faults("export.csv")
    assert fault.value == "a folder"


def test_outputs_may_be_read_by_their_owner_alone(slips, run):
    summary = run("export.csv", most_rejected=10)
    for path in (summary.output, summary.superseded_file, summary.rejected_file):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_list_of_rejected_rows_of_a_former_import_goes(firms, export_of, slips, run, tmp_path):
    run("export.csv", most_rejected=10)
    export_of(firms(3, real=True)).to_csv(tmp_path / "export.csv", index=False)
    assert run("export.csv").rejected_file is None
    assert not (tmp_path / "out.rejected.csv").exists()


def test_a_rename_that_fails_leaves_the_old_file_whole(
    firms, export_of, run, tmp_path, monkeypatch
):
    export_of(firms(3, real=True)).to_csv(tmp_path / "export.csv", index=False)
    run("export.csv")
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}

    def refuse(*_: object) -> None:
        raise OSError("no rename today")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no rename today"):
        run("export.csv")
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_list_that_cannot_be_moved_into_place_leaves_the_old_one_whole(
    firms, export_of, run, tmp_path, monkeypatch
):
    export_of(firms(3, real=True)).to_csv(tmp_path / "export.csv", index=False)
    listed = run("export.csv").superseded_file
    listed.write_text("the old list")
    moved = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target == listed:
            raise OSError("no rename today")
        return moved(path, target)

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="no rename today"):
        run("export.csv")
    assert listed.read_text() == "the old list"
    assert not list(tmp_path.glob(".*"))


def test_what_a_killed_import_left_is_cleared_and_that_of_a_running_one_is_not(tmp_path):
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"],
                          capture_output=True, text=True, check=True).stdout.strip()  # fmt: skip
    dead = tmp_path / f".out.parquet.{gone}.partial"
    alive = tmp_path / f".out.parquet.{os.getpid()}.partial"
    other = tmp_path / f".else.parquet.{gone}.partial"
    for path in (dead, alive, other):
        path.write_bytes(b"half")
    clear_leftovers(tmp_path / "out.parquet")
    assert not dead.exists()
    assert alive.exists()
    assert other.exists()


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_an_import_that_is_interrupted_says_so_and_leaves_nothing(
    firms, export_of, mapping, tmp_path, sent: signal.Signals
):
    export = export_of(firms(300, real=True))
    pd.concat([export] * 40).to_csv(tmp_path / "export.csv", index=False)
    (tmp_path / "out").mkdir()
    script = Path(__file__).parents[3] / "scripts" / "import_assessments.py"
    command = [sys.executable, str(script), str(tmp_path / "export.csv"), "--mapping",
               str(mapping()), "--output", str(tmp_path / "out" / "a.parquet")]  # fmt: skip
    # A shell that starts the tests in the background leaves SIGINT ignored.
    heard = signal.signal(sent, signal.default_int_handler)
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    signal.signal(sent, heard)
    while process.poll() is None and not any((tmp_path / "out").iterdir()):
        time.sleep(0.01)
    process.send_signal(sent)
    _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (130, "interrupted: nothing was written\n")
    assert not any((tmp_path / "out").iterdir())


@pytest.mark.parametrize(
    ("text", "written"),
    [("=1+1", "'=1+1"), ("+86", "'+86"), ("@x", "'@x"), ("-x", "'-x"), ("-5", "-5"), ("a=b", "a=b"),
     (None, "")],
)  # fmt: skip
def test_no_cell_of_a_list_runs_as_a_formula(text: object, written: str):
    assert harmless(text) == written


def test_an_amount_in_tens_of_thousands_is_refused_where_that_is_the_column_s_unit(
    firms, export_of, tmp_path, faults, mapping
):
    export = export_of(firms(3, real=True))
    export["营业收入（元）"] = ["5万", "500", "600"]
    export.to_csv(tmp_path / "export.csv", index=False)
    revenue = {"column": "营业收入（元）", "multiply": 1}
    found = [p for p in faults("export.csv", how=mapping(revenue=revenue)) if p.value == "5万"]
    assert "its unit one of" in found[0].expected
