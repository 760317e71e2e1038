"""No sentence of any chapter lies when the years change places, when nobody differs, or all do.

The data are made from the edition's scores: `mirrored` gives each year the other's firms, so that
whatever rose falls; `flat` gives every firm the same answers and level, so that every comparison is
with an equal. The detector reads each registered sentence and holds its words to its own digits.
"""

import re
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from smdi.report import exhibits

SCORES = Path("_build/2021/work/scores.parquet")
CHAPTERS = sorted(
    path.stem
    for path in Path("notebooks").glob("*.md")
    if "open_chapter" in path.read_text("utf-8") and "chapter.population" in path.read_text("utf-8")
)
AMOUNT = r"\s?(-?[\d,]+(?:\.\d+)?)\s?%?"
FROM_TO = re.compile(rf"由\s?\d{{4}}\s年的{AMOUNT}\s?(提高|降低)至{AMOUNT}")
STAYED = re.compile(rf"为{AMOUNT}，(高于|低于)[^，；。]*?的{AMOUNT}")
MOVED = re.compile(r"(?:提高|降低|上升|下降|增加|减少|高出|低)\s?([\d.]+)\s?个百分点")


def lies(text: str) -> list[str]:
    """List the claims of a sentence that its own digits deny."""
    found = []
    for before, word, now in FROM_TO.findall(text):
        if (number(now) > number(before)) != (word == "提高") or number(now) == number(before):
            found.append(f"{before} {word} {now}")
    for own, word, other in STAYED.findall(text):
        if (number(own) > number(other)) != (word == "高于") or number(own) == number(other):
            found.append(f"{own} {word} {other}")
    return found + [f"moved by {amount}" for amount in MOVED.findall(text) if float(amount) == 0]


def number(text: str) -> float:
    return float(text.replace(",", ""))


@pytest.fixture(autouse=True)
def _undrawn(monkeypatch) -> None:
    """Sentences need no drawing, and drawing takes most of a chapter's time."""
    monkeypatch.setattr(
        exhibits, "make_exhibit", lambda id, *_, **__: ({"id": id, "kind": "chart", "alt": ""}, {})
    )


@pytest.fixture(scope="module")
def sample() -> pd.DataFrame:
    frame = pq.read_table(SCORES).to_pandas()
    kept = frame["credit_code"].drop_duplicates().sample(6000, random_state=1)
    return frame[frame["credit_code"].isin(kept)]


@pytest.fixture(scope="module")
def mirrored(sample, tmp_path_factory) -> Path:
    swapped = sample[sample["year"] >= 2020].assign(
        year=lambda frame: frame["year"].map({2020: 2021, 2021: 2020}).astype("int16")
    )
    return written(swapped, tmp_path_factory.mktemp("mirrored"))


@pytest.fixture(scope="module")
def flat(sample, tmp_path_factory) -> Path:
    same: dict[str, object] = {"level": 2, "level_class": "2", "total": 2.0, "size": "small"}
    for name in sample.columns:
        if name.startswith("domain_"):
            same[name] = 2.0
        elif name.startswith("practice_"):
            same[name] = 40.0 if name.endswith("_rate") else True
    return written(sample.assign(**same), tmp_path_factory.mktemp("flat"))


def written(frame: pd.DataFrame, folder: Path) -> Path:
    table = pa.Table.from_pandas(frame, preserve_index=False)
    pq.write_table(table.replace_schema_metadata({"smdi.provenance": "simulated"}), folder / "s")
    return folder / "s"


def sentences(ran) -> dict[str, str]:
    return {k: record["text"] for k, record in ran.numbers.items() if record["kind"] == "phrase"}


def test_the_detector_finds_a_lie() -> None:
    assert lies("设备联网由 2020 年的 28.78% 提高至 23.00%") == ["28.78 提高 23.00"]
    assert lies("应用比例为 12%，高于全行业的 12%") == ["12 高于 12"]
    assert lies("占比下降 0.0 个百分点") == ["moved by 0.0"]
    assert lies("设备联网由 2020 年的 23.00% 提高至 28.78%，较上年提高 5.8 个百分点") == []


@pytest.mark.parametrize("name", CHAPTERS)
def test_when_the_years_change_places_no_sentence_lies(run_chapter, mirrored, name) -> None:
    said = sentences(run_chapter(name, mirrored))
    assert {key: lies(text) for key, text in said.items() if lies(text)} == {}


@pytest.mark.parametrize("name", CHAPTERS)
def test_when_nobody_differs_no_sentence_finds_a_difference(run_chapter, flat, name) -> None:
    said = sentences(run_chapter(name, flat))
    assert {key: lies(text) for key, text in said.items() if lies(text)} == {}
    if name.startswith(("trend-", "sector-")):
        words = re.compile("高于|低于|提高|降低|上升|下降")
        assert {key: text for key, text in said.items() if words.search(text)} == {}


def test_what_rose_is_said_to_fall_when_the_years_change_places(run_chapter, mirrored) -> None:
    said = " ".join(sentences(run_chapter("trend-equipment", mirrored)).values())
    assert re.search("降低|下降", said)
    assert not re.search(r"由\s?\d{4}\s年的[^，；。]*(?:提高|上升)", said)
    levels = run_chapter("national-levels", mirrored).says("national-levels.change")
    assert re.search(r"一级及以下企业的占比上升 \d+ 个百分点", levels)
