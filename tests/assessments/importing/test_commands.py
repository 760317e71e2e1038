"""The commands of an editor as they are typed: exit status, what they print, what they make."""

from __future__ import annotations

import importlib.util
import os
import stat
import subprocess
from pathlib import Path
from types import ModuleType

import pandas as pd
import pyarrow.parquet as pq
import pytest

from smdi.assessments import read_provenance
from smdi.files import project_root

ROOT = project_root(Path(__file__))


def script(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def command(tmp_path, monkeypatch, mapping, capsys):
    """Run import_assessments in tmp_path; return exit status, stdout and stderr."""
    how = mapping()
    monkeypatch.chdir(tmp_path)

    def go(*arguments: str, how: Path | None = how) -> tuple[int, str, str]:
        given = ["--mapping", str(how)] if how else []
        status = script("import_assessments").main([*arguments, *given])
        told = capsys.readouterr()
        return status, told.out, told.err

    return go


@pytest.fixture
def written(firms, export_of, tmp_path) -> pd.DataFrame:
    frame = firms(12, real=True)
    export_of(frame).to_csv(tmp_path / "export.csv", index=False)
    return frame


def test_the_output_is_named_by_option_or_by_place(command, written, tmp_path):
    assert command("export.csv", "--output", "one.parquet")[0] == 0
    assert command("export.csv", "two.parquet")[0] == 0
    assert Path("one.parquet").read_bytes() == Path("two.parquet").read_bytes()


def test_without_an_output_it_goes_to_the_private_folder(command, written):
    status, out, _ = command("export.csv")
    assert (status, "private/export.parquet: 12 assessments" in out) == (0, True)
    assert stat.S_IMODE(Path("private/export.parquet").stat().st_mode) == 0o600
    ignored = subprocess.run(
        ["git", "check-ignore", "private/export.parquet", "a.parquet", "b.superseded.csv"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert len(ignored.stdout.splitlines()) == 3


def test_several_exports_are_stacked(command, firms, export_of):
    export = export_of(firms(8, real=True))
    export[:4].to_csv("a.csv", index=False)
    export[4:].to_csv("b.csv", index=False)
    assert command("a.csv", "b.csv", "--output", "out.parquet")[0] == 0
    assert pq.read_metadata("out.parquet").num_rows == 8


def test_the_long_file_of_items_is_passed_on(command, firms, export_of, mapping, long_layout):
    frame = firms(3, real=True)
    wide = export_of(frame)
    items = [name.removeprefix("item_") for name in frame.columns if name.startswith("item_")]
    wide.drop(columns=items).to_csv("export.csv", index=False)
    keys = ["统一社会信用代码", "评估年度"]
    wide.melt(keys, items, "题号", "得分").to_csv("items.csv", index=False)
    how = mapping(long_layout())
    assert command("export.csv", "out.parquet", "--items", "items.csv", how=how)[0] == 0
    found = pq.read_table("out.parquet").column("item_data-1-1").to_pylist()
    assert found == frame["item_data-1-1"].tolist()


def test_an_export_onto_itself_is_refused(command, firms, export_of):
    export_of(firms(3, real=True)).to_parquet("x.parquet")
    before = Path("x.parquet").read_bytes()
    status, _, err = command("x.parquet", "x.parquet")
    assert (status, "not one of the inputs" in err) == (2, True)
    assert Path("x.parquet").read_bytes() == before


def test_faults_end_in_status_two_and_a_report_of_all_of_them(command, firms, export_of):
    export = export_of(firms(12, real=True))
    export["从业人数"] = "许多"
    export.to_csv("export.csv", index=False)
    status, _, err = command("export.csv", "--output", "o.parquet", "--report", "slips.csv")
    assert status == 2
    assert err.splitlines()[:2] == ["all faults: slips.csv", "12 problems in the input:"]
    assert len(pd.read_csv("slips.csv")) == 12
    assert not Path("o.parquet").exists()


def test_a_doubt_stops_until_it_is_confirmed_by_its_name(command, firms, export_of):
    export = export_of(firms(12, real=True))
    export["从业人数"] = "50"
    export.to_csv("export.csv", index=False)
    status, out, err = command("export.csv", "--output", "o.parquet")
    assert status == 2
    assert "--confirm same-employees" in err
    assert "profile of the accepted rows" in out
    assert not Path("o.parquet").exists()
    told = command("export.csv", "--output", "o.parquet", "--confirm", "same-employees")
    assert (told[0], "confirmed: same-employees" in told[1]) == (0, True)


def test_a_check_writes_nothing(command, written):
    status, out, _ = command("export.csv", "--check")
    assert (status, "nothing written (--check): 12 assessments" in out) == (0, True)
    assert command("export.csv", "o.parquet", "--check")[0] == 0
    assert sorted(path.name for path in Path.cwd().iterdir()) == ["export.csv", "mapping.yaml"]


@pytest.mark.parametrize(("limit", "status"), [("0", 2), ("1", 2), ("2", 0), ("20%", 0), ("5%", 2)])
def test_the_limit_of_rejections_is_a_number_or_a_share(
    command, firms, export_of, limit: str, status: int
):
    export = export_of(firms(12, real=True))
    export.loc[:1, "从业人数"] = "许多"
    export.to_csv("export.csv", index=False)
    told = command("export.csv", "--output", "o.parquet", "--max-rejected", limit)
    assert told[0] == status
    assert Path("o.rejected.csv").exists() == (status == 0)


def test_one_parquet_file_is_read_and_not_written(command, firms, export_of):
    export_of(firms(12, real=True)).to_parquet("export.parquet", index=False)
    before = Path("export.parquet").read_bytes()
    status, out, _ = command("export.parquet")
    assert (status, "private/export.parquet: 12 assessments" in out) == (0, True)
    assert Path("export.parquet").read_bytes() == before


def test_all_rows_but_one_may_be_rejected_and_not_all(command, firms, export_of):
    export = export_of(firms(12, real=True))
    for wrong, status in ((11, 0), (12, 2)):
        export.loc[: wrong - 1, "从业人数"] = "许多"
        export.to_csv("export.csv", index=False)
        told = command("export.csv", "--output", f"{wrong}.parquet", "--max-rejected", "100%")
        assert told[0] == status


@pytest.mark.parametrize("limit", ["-1", "1.5", "x%", "nan", "inf"])
def test_a_limit_that_is_none_is_refused(command, written, limit: str):
    with pytest.raises(SystemExit):
        command("export.csv", f"--max-rejected={limit}")


def test_a_full_disk_ends_in_one_line(command, written, monkeypatch):
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pq.ParquetWriter, "write_table", full)
    status, _, err = command("export.csv", "--output", "o.parquet")
    assert (status, err) == (1, "No space left on device: nothing was written\n")
    assert not list(Path.cwd().glob("*o.parquet*"))


def test_importing_what_is_not_there_ends_in_a_report(command):
    status, _, err = command("none.csv", "out.parquet")
    assert (status, "none.csv: found 'no file'" in err) == (2, True)
    status, _, err = command("none.csv", "out.parquet", how=Path("no.yaml"))
    assert (status, "no.yaml; expected a file that can be read" in err) == (2, True)


def test_a_proposal_is_written_once_and_shown(tmp_path, monkeypatch, capsys, firms, export_of):
    monkeypatch.chdir(tmp_path)
    export_of(firms(12, real=True)).to_csv("export.csv", index=False)
    propose = script("propose_mapping")
    assert propose.main(["export.csv"]) == 0
    told = capsys.readouterr()
    output = "private/export.mapping.yaml"
    assert told.out == Path(output).read_text("utf-8")
    assert told.err == f"written: {output}; correct it, then import with --mapping {output}\n"
    assert propose.main(["export.csv"]) == 2
    assert "not overwritten" in capsys.readouterr().err
    imported = script("import_assessments").main
    assert imported(["export.csv", "--mapping", "private/export.mapping.yaml"]) == 0
    assert read_provenance(Path("private/export.parquet")) == "import"


def test_a_template_is_written_as_a_workbook_alone(tmp_path, capsys):
    template = script("make_template")
    assert template.main([str(tmp_path / "t.xlsx")]) == 0
    assert (tmp_path / "t.xlsx").exists()
    assert template.main([str(tmp_path / "t.csv")]) == 2


def test_the_make_targets_pass_on_what_they_are_given(tmp_path, firms, export_of):
    export_of(firms(12, real=True)).to_csv(tmp_path / "export.csv", index=False)
    paths = [f"EXPORT={tmp_path}/export.csv", f"MAPPING={tmp_path}/m.yaml"]
    for target, more in (
        ("mapping", []),
        ("import", [f"OUTPUT={tmp_path}/o.parquet", "ARGS=--confirm nothing"]),
        ("template", [f"TEMPLATE={tmp_path}/t.xlsx"]),
    ):
        done = subprocess.run(
            ["make", "-s", target, *paths, *more],
            cwd=ROOT, capture_output=True, text=True, check=False,
            env={**os.environ, "MAKEFLAGS": ""},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {
        "export.csv", "m.yaml", "o.parquet", "o.superseded.csv", "t.xlsx"
    }  # fmt: skip
