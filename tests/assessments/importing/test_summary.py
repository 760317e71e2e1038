"""All that an editor is told of an import that went well."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.assessments.importing.summary import ImportSummary

MADE = ImportSummary(
    output=Path("out.parquet"), superseded_file=Path("out.superseded.csv"), rejected_file=None,
    rows=10, kept=7, rejected=1, how="a.csv: utf-8, comma", provenance="import",
)  # fmt: skip


def test_an_answer_is_kept_rejected_or_replaced() -> None:
    assert MADE.superseded == 2
    assert str(MADE).splitlines() == [
        "out.parquet: 7 assessments, provenance import",
        "  read 10 answers (a.csv: utf-8, comma)",
        "  2 replaced by a later answer of the same firm and year, listed in out.superseded.csv",
        "  1 rejected",
    ]


def test_all_that_there_is_to_say_is_said_in_its_order() -> None:
    told = ImportSummary(
        output=None, superseded_file=None, rejected_file=Path("out.rejected.csv"), rows=3, kept=3,
        rejected=0, how="x", provenance="simulated", repeated=4, unused_columns=("甲", "乙"),
        unread_sheets=("'一'",), set_aside={"note": ["5"], "total": ["表!6", "表!7"]},
        profile=("profile", "  rows"), confirmed=("no-persons", "collapse"),
    )  # fmt: skip
    assert str(told).splitlines() == [
        "nothing written (--check): 3 assessments, provenance simulated",
        "  read 3 answers (x)",
        "  0 replaced by a later answer of the same firm and year",
        "  0 rejected, whole in out.rejected.csv",
        "  4 rows only repeat the firm of another row",
        "  set aside as note: row 5",
        "  set aside as total: row 表!6, 表!7",
        "  sheets not read: '一'",
        "  columns not used: 甲, 乙",
        "  confirmed: no-persons",
        "  confirmed: collapse",
        "profile",
        "  rows",
    ]


@pytest.mark.parametrize(("count", "more"), [(10, ""), (11, " and 1 more"), (13, " and 3 more")])
def test_of_many_names_ten_are_told(count: int, more: str) -> None:
    names = tuple(f"n{n}" for n in range(count))
    told = str(ImportSummary(None, None, None, 1, 1, 0, "x", "import", unused_columns=names))
    shown = ", ".join(names[:10])
    assert told.splitlines()[-1] == f"  columns not used: {shown}{more}"
