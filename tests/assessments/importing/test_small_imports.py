"""Imports of a few firms: all that is said of each, and of the faults that stop it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from smdi.assessments import import_assessments
from smdi.assessments.importing import Doubtful, Faulty
from smdi.assessments.importing.summary import ImportSummary
from smdi.assessments.mapping import read_mapping


@pytest.fixture
def export(firms, export_of) -> pd.DataFrame:
    """An export of four real firms."""
    return export_of(firms(4, real=True))


def test_an_import_that_went_well_tells_what_it_read_and_how(export, run, tmp_path: Path) -> None:
    again = export.head(1).assign(提交日期="2021-12-31")
    whole = pd.concat([export, again]).assign(备注="无")
    whole.to_csv(tmp_path / "export.csv", index=False)
    (tmp_path / "export.csv").open("a", encoding="utf-8").write("合计" + "," * (len(whole.T) - 1))
    told = run("export.csv", confirmed=("no-persons", "collapse"), today=date(2022, 1, 1))
    profile = told.profile
    assert told == ImportSummary(
        output=tmp_path / "out.parquet",
        superseded_file=tmp_path / "out.superseded.csv",
        rejected_file=None,
        rows=5,
        kept=4,
        rejected=0,
        how="export.csv: utf-8, comma",
        provenance="import",
        unused_columns=("备注",),
        unread_sheets=(),
        set_aside={"total": ["7"]},
        repeated=0,
        profile=profile,
        confirmed=("no-persons", "collapse"),
    )
    assert profile[0] == "profile of the accepted rows"
    assert profile[1] == "  rows by year: 2021 4 (100%)"


def test_a_check_names_no_file_that_it_would_have_written(export, run, tmp_path: Path) -> None:
    export.loc[0, "从业人数"] = "许多"
    export.to_csv(tmp_path / "export.csv", index=False)
    told = run("export.csv", check=True, most_rejected=1)
    assert (told.output, told.superseded_file, told.rejected_file) == (None, None, None)
    assert (told.rows, told.kept, told.rejected) == (4, 3, 1)


def test_sheets_that_were_not_read_are_named(export, run, workbook, rows_of) -> None:
    workbook({"数据": rows_of(export), "说明": [["联系人：办公室"]]})
    assert run("export.xlsx", check=True).unread_sheets == ("'说明'",)


@pytest.mark.parametrize(
    ("most", "faulty", "told"),
    [
        (0, 2, None),
        (1, 2, ("2 rows with faults", "at most 1 (--max-rejected)")),
        (2, 3, ("3 rows with faults", "at most 2 (--max-rejected)")),
        (0.5, 3, ("3 rows with faults", "at most 2 (--max-rejected)")),
    ],
)
def test_more_faulty_rows_than_are_allowed_are_told_with_the_limit(
    export, run, tmp_path: Path, most: float, faulty: int, told
) -> None:
    export.loc[: faulty - 1, "从业人数"] = "许多"
    export.to_csv(tmp_path / "export.csv", index=False)
    with pytest.raises(Faulty) as caught:
        run("export.csv", most_rejected=most)
    problems = caught.value.problems
    assert [problem.value for problem in problems[:faulty]] == ["许多"] * faulty
    last = [(one.value, one.expected) for one in problems[faulty:]]
    assert last == ([told] if told else [])
    assert all(one.count == 0 for one in problems[faulty:])
    assert [one.value for one in caught.value.every] == ["许多"] * faulty


@pytest.mark.parametrize(("most", "kept"), [(0, 5), (2, 7)])
def test_every_fault_is_kept_where_rows_may_be_rejected(
    firms, export_of, run, tmp_path: Path, most: int, kept: int
) -> None:
    export = export_of(firms(7, real=True)).assign(从业人数="许多")
    export.to_csv(tmp_path / "export.csv", index=False)
    with pytest.raises(Faulty) as caught:
        run("export.csv", most_rejected=most)
    assert len(caught.value.every) == kept


def test_an_export_without_an_answer_is_refused(export, faults, tmp_path: Path) -> None:
    export.head(0).to_csv(tmp_path / "export.csv", index=False)
    (problem,) = faults("export.csv")
    assert problem.file == str(tmp_path / "export.csv")
    assert problem.expected == "at least one answer below the header"


def test_a_doubt_is_told_with_the_profile_and_gone_once_it_is_confirmed(
    export, run, tmp_path: Path
) -> None:
    export.assign(从业人数="0").to_csv(tmp_path / "export.csv", index=False)
    with pytest.raises(Doubtful) as caught:
        run("export.csv", check=True)
    assert [doubt.name for doubt in caught.value.doubts] == ["no-persons"]
    assert caught.value.profile[0] == "profile of the accepted rows"
    (problem,) = caught.value.problems
    assert problem.file == str(tmp_path / "export.csv")
    assert problem.expected.startswith("this to be confirmed: 100% of the firms have 0 persons")
    told = run("export.csv", check=True, confirmed=("no-persons",))
    assert told.confirmed == ("no-persons",)


def test_progress_is_told_in_rows_of_the_answers_that_count(
    export, mapping, tmp_path: Path
) -> None:
    again = export.head(1).assign(提交日期="2021-12-31")
    pd.concat([export, again]).to_csv(tmp_path / "export.csv", index=False)
    told: list[tuple[int, int]] = []
    import_assessments(
        tmp_path / "export.csv", read_mapping(mapping()), None, progress=lambda *n: told.append(n)
    )
    assert told == [(4, 4)]


def test_scientific_notation_is_counted_in_persons_and_revenue_alone(
    export, run, tmp_path: Path
) -> None:
    export["营业收入（元）"] = ["1.2E+08", "1.3E+08", "100000000", "100000000"]
    export.to_csv(tmp_path / "export.csv", index=False)
    with pytest.raises(Doubtful) as caught:
        run("export.csv", check=True)
    (told,) = [one.found for one in caught.value.doubts if one.name == "rounded-numbers"]
    assert told.startswith("2 cells of '营业收入（元）' are in scientific notation")
