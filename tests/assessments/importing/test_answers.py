"""Which answer of a firm and year counts, and all that is told of the others."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from smdi.assessments.importing.answers import Answers, read_answers
from smdi.assessments.importing.converting import firm_conversions, practice_conversions
from smdi.assessments.mapping import ImportMapping
from smdi.assessments.mapping.headings import FIRM_HEADINGS, practice_headings
from smdi.assessments.problems import ProblemLog
from smdi.assessments.reading import open_source
from smdi.assessments.reading.source import Source

MAPPING = ImportMapping.model_validate({
    "columns": {name: {"column": heading} for name, heading in FIRM_HEADINGS.items()},
    "items": {"layout": "long", "values": {"甲": 10}},
})  # fmt: skip
CODES = ["91350100M000100Y43", "913205000000000129", "SIM000000000000001"]
FIRM = {
    "year": "2021", "submitted_on": "2021-05-01", "province": "江苏省", "city": "无锡市",
    "industry": "3670", "process_type": "离散型",
}  # fmt: skip


@pytest.fixture
def read(tmp_path: Path):
    """Write answers, each a code and what differs from FIRM, and read which of them counts."""

    def go(*rows: tuple[str, dict[str, str]], merge: bool = False) -> tuple[Answers, Source]:
        frame = pd.DataFrame([{"credit_code": code, **FIRM, **given} for code, given in rows])
        frame = frame.reindex(columns=list(FIRM_HEADINGS), fill_value="").rename(
            columns=FIRM_HEADINGS
        )
        frame.to_csv(tmp_path / "a.csv", index=False)
        source = open_source([tmp_path / "a.csv"], MAPPING.headings)
        return read_answers(source, firm_conversions(MAPPING), merge_repeats=merge), source

    return go


ONE, OTHER, FICTIONAL = CODES
DAY = "submitted_on"


@pytest.mark.parametrize(
    ("rows", "kept"),
    [
        # The latest day counts, wherever it stands; of one day the last in the file.
        ([(ONE, {}), (ONE, {DAY: "2021-05-02"}), (ONE, {DAY: "2021-04-30"})], [3]),
        ([(ONE, {DAY: "2021-05-02"}), (ONE, {})], [2]),
        ([(ONE, {}), (ONE, {"city": "苏州市"}), (OTHER, {})], [3, 4]),
        # Another year and another firm have an answer of their own.
        ([(ONE, {}), (ONE, {"year": "2020"}), (OTHER, {})], [2, 3, 4]),
        # A row whose key is faulty or empty is kept, for its other cells are to be checked.
        ([(ONE, {}), (ONE, {DAY: "x"}), (ONE, {"year": ""}), ("", {})], [2, 3, 4, 5]),
    ],
)
def test_of_the_answers_of_a_firm_and_year_the_latest_is_kept(read, rows, kept) -> None:
    answers, _ = read(*rows)
    assert list(answers.kept_rows) == kept
    assert len(answers.superseded) == len(rows) - len(kept)


def test_the_superseded_are_listed_with_what_took_their_place(read, tmp_path) -> None:
    answers, source = read(
        (ONE, {}), (OTHER, {}), (ONE, {DAY: "2021-05-02"}), (ONE, {DAY: "2021-01-02"})
    )
    assert answers.superseded_csv(source).splitlines() == [
        "file,sheet,row,credit_code,year,submitted_on,kept_row",
        f"{tmp_path / 'a.csv'},,2,{ONE},2021,2021-05-01,4",
        f"{tmp_path / 'a.csv'},,5,{ONE},2021,2021-01-02,4",
    ]


def test_superseded_answers_of_one_day_and_of_other_firms_are_told_apart(read) -> None:
    answers, _ = read(
        (ONE, {"city": "苏州市"}),
        (ONE, {DAY: "2021-01-01"}),
        (ONE, {"province": "320000", "industry": "汽车零部件及配件制造"}),
        (OTHER, {"process_type": "流程型", DAY: "2021-01-01"}),
        (OTHER, {}),
    )
    assert list(answers.kept_rows) == [4, 6]
    assert list(answers.of_one_day()["row"]) == [2]
    # The same firm in other words is no other firm.
    assert list(answers.of_other_firms()["row"]) == [2, 5]


def test_rows_that_only_repeat_are_one_answer_where_each_item_has_a_row(read) -> None:
    rows = (
        (ONE, {}),
        (ONE, {"city": " 无锡市"}),
        (ONE, {"city": "苏州市"}),
        (OTHER, {"year": ""}),
        (OTHER, {"year": ""}),
    )
    answers, _ = read(*rows, merge=True)
    assert answers.repeated == 1
    assert list(answers.keys["row"]) == [2, 4, 5, 6]
    assert list(answers.kept_rows) == [4, 5, 6]
    answers, _ = read(*rows)
    assert (answers.repeated, len(answers.keys)) == (0, 5)


@pytest.mark.parametrize(
    ("codes", "provenance", "told"),
    [
        ([ONE, OTHER], "import", []),
        ([FICTIONAL], "simulated", []),
        ([ONE, FICTIONAL], "import", [(3, FICTIONAL)]),
        ([FICTIONAL, ""], "simulated", []),
        ([""], "import", []),
    ],
)  # fmt: skip
def test_fictional_firms_among_real_ones_are_told(read, codes, provenance, told) -> None:
    answers, _ = read(*((code, {}) for code in codes))
    log = ProblemLog("a.csv")
    assert answers.provenance(log, "代码") == provenance
    assert [(one.row, one.value) for one in log.problems()] == told
    assert {one.expected for one in log.problems()} <= {"no simulated firm among real ones"}


def test_notes_and_totals_are_set_aside_with_their_rows(read) -> None:
    nothing = dict.fromkeys(FIRM, "")
    answers, _ = read(
        (ONE, {}), ("合计", nothing), (OTHER, {}), ("注：…", nothing), ("小计", nothing)
    )
    assert answers.set_aside == {"total": [3, 6], "note": [5]}
    assert list(answers.rows_aside) == [3, 6, 5]
    assert list(answers.kept_rows) == [2, 4]


def test_answers_of_nothing_aside_and_nothing_repeated_say_so() -> None:
    answers = Answers(pd.DataFrame({"row": [2], "kept_row": [2]}))
    assert (answers.set_aside, answers.repeated) == ({}, 0)
    assert answers.rows_aside.tolist() == []
    assert answers.rows_aside.dtype == "int64"
    assert answers.kept_rows.dtype == "int64"


def test_lines_of_a_list_end_as_in_the_other_texts_of_the_project(read) -> None:
    answers, source = read((ONE, {}), (ONE, {DAY: "2021-05-02"}))
    text = answers.superseded_csv(source)
    assert text.count("\n") == 2
    assert "\r" not in text


class InBatches:
    """A source that gives its rows in batches of so many."""

    def __init__(self, source: Source, size: int) -> None:
        self.columns = source.columns
        self._source, self._size = source, size

    def batches(self, names: list[str], *, leading: bool):
        for table, rows in self._source.batches(names, leading=leading):
            for start in range(0, len(rows), self._size):
                yield table.slice(start, self._size), rows[start : start + self._size]


@pytest.mark.parametrize("merge", [False, True])
@pytest.mark.parametrize("size", [1, 2, 3, 99])
def test_which_answer_counts_does_not_depend_on_the_batches(read, size: int, merge: bool) -> None:
    rows = [(ONE, {}), (OTHER, {}), (ONE, {DAY: "2021-05-02"}), (ONE, {}), (ONE, {DAY: "x"})]
    whole, source = read(*rows, merge=merge)
    parts = read_answers(InBatches(source, size), firm_conversions(MAPPING), merge_repeats=merge)
    assert parts.keys.to_dict("list") == whole.keys.to_dict("list")
    assert parts.keys.index.tolist() == list(range(len(parts.keys)))
    assert list(parts.kept_rows) == [3, 4, 6]
    assert (parts.repeated, parts.set_aside) == (whole.repeated, whole.set_aside)
    assert parts.repeated == (1 if merge else 0)


def test_a_note_beside_a_year_that_is_told_once_for_all_is_set_aside(tmp_path: Path) -> None:
    """What is the same for every row says nothing of whether this one can be read."""
    columns = {name: {"column": heading} for name, heading in FIRM_HEADINGS.items()}
    constants = {"year": "2021", DAY: "2021-05-01", "process_type": "离散型"}
    columns |= {name: {"constant": text} for name, text in constants.items()}
    items = {"layout": "long", "values": {"甲": 10}}
    mapping = ImportMapping.model_validate({"columns": columns, "items": items})
    row = {"credit_code": ONE, "province": "江苏省", "city": "无锡市", "industry": "3670"}
    note = {"credit_code": "以上由企业填报"}
    frame = pd.DataFrame([row, note], columns=list(FIRM_HEADINGS), dtype="str")
    frame = frame.fillna("")[[name for name in FIRM_HEADINGS if name not in constants]]
    frame.rename(columns=FIRM_HEADINGS).to_csv(tmp_path / "a.csv", index=False)
    source = open_source([tmp_path / "a.csv"], mapping.headings)
    answers = read_answers(source, firm_conversions(mapping), merge_repeats=False)
    assert answers.set_aside == {"note": [3]}
    assert list(answers.kept_rows) == [2]


def test_answers_have_these_columns_and_no_other(read) -> None:
    names = ["row", "credit_code", "year", "submitted_on", "identity", "whole", "kept_row"]
    for merge in (False, True):
        answers, _ = read((ONE, {}), (ONE, {}), (OTHER, {}), merge=merge)
        assert list(answers.keys.columns) == names
        assert answers.keys["year"].tolist() == [2021] * len(answers.keys)
        assert str(answers.keys["year"].dtype) == "Int64"


@pytest.mark.parametrize("differs", ["province", "industry", "process_type", "revenue"])
def test_rows_that_differ_in_one_cell_of_many_are_no_repetition(tmp_path, differs: str) -> None:
    """However many columns follow: each row of a firm differs here, and no two are one answer."""
    columns = {name: {"column": heading} for name, heading in FIRM_HEADINGS.items()}
    names = practice_headings()
    mapping = ImportMapping.model_validate({
        "columns": columns, "items": {"layout": "long", "values": {"甲": 10}},
        "practices": {"columns": names},
    })  # fmt: skip
    headings = [*FIRM_HEADINGS.values(), *names.values()]
    given = {"credit_code": ONE, **FIRM}
    rows = [{FIRM_HEADINGS[name]: text for name, text in given.items()} for _ in range(60)]
    for number, row in enumerate(rows):
        row[FIRM_HEADINGS[differs]] = f"{number}"
    pd.DataFrame(rows, columns=headings, dtype="str").fillna("").to_csv(
        tmp_path / "a.csv", index=False
    )
    source = open_source([tmp_path / "a.csv"], mapping.headings)
    conversions = firm_conversions(mapping) + practice_conversions(mapping)
    answers = read_answers(source, conversions, merge_repeats=True)
    assert (len(answers.keys), answers.repeated) == (60, 0)
    assert answers.keys["whole"].nunique() == 60
