"""The two commands an editor types: what they print and how they end."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pandas as pd
import pyarrow.parquet as pq
import pytest

from smdi.assessments import score_frame
from smdi.files import project_root


def script(name: str) -> ModuleType:
    path = project_root() / "scripts" / f"{name}.py"
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_scoring_says_what_it_read_and_what_it_made(firms, stored, tmp_path, capsys):
    frame = firms(6)
    scores = tmp_path / "scores.parquet"
    assert script("score_assessments").main([str(stored(frame)), str(scores)]) == 0
    printed = capsys.readouterr().out
    assert "6 assessments of 6 firms (2021: 6), provenance simulated" in printed
    assert f"{scores}: scores of 6 assessments, reaches, literal" in printed
    expected = score_frame(frame)["level"].tolist()
    assert pq.read_table(scores).column("level").to_pylist() == expected


def test_scoring_takes_the_readings_of_the_standard_as_options(firms, stored, tmp_path):
    frame = firms(60)
    levels = {}
    for summation in ("literal", "strict"):
        scores = tmp_path / f"{summation}.parquet"
        arguments = [str(stored(frame)), str(scores), "--summation", summation]
        script("score_assessments").main(arguments)
        levels[summation] = pq.read_table(scores).column("level").to_pandas()
    assert (levels["strict"] <= levels["literal"]).all()
    assert (levels["strict"] < levels["literal"]).any()


def test_faulty_assessments_end_in_a_report_and_status_two(firms, stored, tmp_path, capsys):
    frame = firms(4)
    frame.loc[0, "employees"] = -1
    frame.loc[2, "item_data-1-1"] = pd.NA
    assert script("score_assessments").main([str(stored(frame)), str(tmp_path / "out")]) == 2
    report = capsys.readouterr().err
    assert report.startswith("2 problems in the input:")
    assert "row 1, column employees: found -1; expected 0 persons or more" in report
    assert "Traceback" not in report


def test_importing_without_an_export_ends_in_a_report(tmp_path, capsys):
    mapping = project_root() / "data" / "import-mapping.example.yaml"
    arguments = [str(tmp_path / "none.csv"), str(tmp_path / "out.parquet")]
    assert script("import_assessments").main([*arguments, "--mapping", str(mapping)]) == 2
    assert "none.csv: found 'no file'" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("times", "what", "whole", "said"),
    [
        ([0.0, 1.0, 6.0, 7.0], "imported", 30, "imported 20 of 30 rows\n"),
        ([0.0, 5.0, 9.5, 10.0], "scored", 40, "scored 10 of 40 rows\nscored 30 of 40 rows\n"),
    ],
    ids=["not more often", "as soon as five have passed"],
)
def test_progress_is_said_every_five_seconds(
    capsys, monkeypatch, times: list[float], what: str, whole: int, said: str
) -> None:
    from smdi.assessments import progress

    clock = iter(times)
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    say = progress.progress_line(what)
    for done in (10, 20, 30):
        say(done, whole)
    assert capsys.readouterr().err == said
