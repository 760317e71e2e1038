"""One firm's answers reach every number, sentence, rank and drawing that depends on them."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from smdi.assessments import score_file
from smdi.assessments.rules import ScoringRule

WORK = Path("_build/2021/work")
GANSU, JIANGSU = "620000", "320000"


@pytest.fixture(scope="module")
def changed_scores(tmp_path_factory) -> Path:
    """The edition's assessments with one firm of 甘肃省 and one of 江苏省 raised to the top."""
    table = pq.read_table(WORK / "assessments.parquet")
    frame = table.to_pandas()
    levels = pd.read_parquet(WORK / "scores.parquet", columns=["credit_code", "year", "level"])
    lowest = levels[(levels["year"] == 2021) & (levels["level"] <= 1)]["credit_code"]
    rows = frame[(frame["year"] == 2021) & frame["credit_code"].isin(lowest)]
    items = [name for name in frame.columns if name.startswith("item_")]
    for province in (GANSU, JIANGSU):
        first = rows.index[rows["province"] == province][0]
        answered = frame.loc[first, items].notna()
        frame.loc[first, [n for n in items if answered[n]]] = 10
    folder = tmp_path_factory.mktemp("one-firm")
    changed = type(table).from_pandas(frame, schema=table.schema, preserve_index=False)
    pq.write_table(changed, folder / "assessments.parquet")
    score_file(folder / "assessments.parquet", folder / "scores.parquet", ScoringRule())
    return folder / "scores.parquet"


@pytest.fixture(scope="module")
def regions(run_chapter, changed_scores):
    return run_chapter("regions", WORK / "scores.parquet"), run_chapter("regions", changed_scores)


def ranked(chapter) -> dict[str, tuple[str, str]]:
    rows = chapter.exhibit("tab-provinces")["table"]["rows"]
    return {name: (rank, firms) for rank, name, firms in rows}


def test_its_province_has_one_firm_more(regions) -> None:
    before, after = map(ranked, regions)
    assert (before["甘肃省"][1], after["甘肃省"][1]) == ("33", "34")


def test_its_province_leaves_the_tie(regions) -> None:
    before, after = map(ranked, regions)
    assert before["甘肃省"][0] == before["天津市"][0] == "23"
    assert (after["甘肃省"][0], after["天津市"][0]) == ("23", "24")


def test_the_sentence_says_the_new_number(regions) -> None:
    before, after = (chapter.says("regions.provinces") for chapter in regions)
    assert "1233 家" in before
    assert "1234 家" in after and "1233" not in after


def test_what_is_no_longer_the_published_number_is_marked_as_simulated(regions) -> None:
    before, after = (chapter.numbers["regions.provinces"]["simulated"] for chapter in regions)
    assert not before and after


def test_the_data_of_the_map_follow(regions) -> None:
    before, after = (
        (chapter.folder / "exhibits" / "fig-a1.csv").read_text("utf-8") for chapter in regions
    )
    assert before != after


def test_the_shares_of_the_nation_and_their_chart_follow(run_chapter, changed_scores) -> None:
    before = run_chapter("national-levels", WORK / "scores.parquet")
    after = run_chapter("national-levels", changed_scores)
    old, new = (c.numbers["national-levels.low_share"]["value"] for c in (before, after))
    assert new == pytest.approx(old - 100 * 2 / 15_800, abs=1e-9)
    specs = [(c.folder / "exhibits" / "fig-04.vl.json").read_text("utf-8") for c in (before, after)]
    assert specs[0] != specs[1]
