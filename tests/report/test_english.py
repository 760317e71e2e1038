"""An English edition is a second set of Markdown: nothing that it shows is Chinese."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from smdi.report import charts
from smdi.report.exhibits import NoteParts, exhibit_number
from smdi.report.text import phrases
from smdi.report.text.language import use_language
from smdi.report.values import amount, make_number, plain

SCORES = Path("_build/2021/work/scores.parquet")
CHAPTERS = ["trend-connection", "national-levels"]
SCOPES = [{}, {"province": "西藏自治区"}, {"industry": "36"}]
# Han characters, and the punctuation and letters that are as wide as they.
WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
ODD = re.compile(r"  |\bnan\b|None|[⟦⟧{}]| [,.;]|[,;][,.;]|\b1 (?:firms|values|items|rows)\b")


@pytest.fixture(autouse=True)
def _english() -> None:
    use_language("en")


# -- words -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "unit", "digits", "text"),
    [
        (1, "家", 0, "1 firm"),
        (2, "家", 0, "2 firms"),
        (0, "家", 0, "0 firms"),
        (20184, "家", 0, "20,184 firms"),
        (1, "百分点", 0, "1 percentage point"),
        (0.6, "百分点", 0, "1 percentage point"),
        (5.9, "百分点", 1, "5.9 percentage points"),
        (1, "百分点", 1, "1.0 percentage points"),
        (69, "%", 0, "69%"),
        (31, "个", 0, "31"),
    ],
)
def test_an_amount_has_the_plural_of_what_is_printed(value, unit, digits, text) -> None:
    assert amount(value, unit, digits) == text


@pytest.mark.parametrize(
    ("delta", "said"),
    [
        (5.94, "rose by 5.9 percentage points from 2020"),
        (-1.0, "fell by 1.0 percentage points from 2020"),
        (0.04, "stayed the same as in 2020"),
    ],
)
def test_a_change_is_said_in_english(delta, said) -> None:
    assert plain(phrases.change(delta, 1, since="2020")) == said


def test_ranks_are_ordinals() -> None:
    names = {"Jiangsu": 1, "Shandong": 2, "Guangdong": 2}
    tied = "Jiangsu ranked first, Shandong and Guangdong tied for second place"
    assert phrases.top(names, 3) == tied
    assert phrases.top({"A": 1, "B": 2}, 2) == "A and B took the first two places, in this order"
    assert phrases.rank_words(3) == "ranked third"
    assert phrases.rank_words(31, 31) == "ranked last"
    assert phrases.rank_words(23) == "ranked number 23"


@pytest.mark.parametrize(
    ("holds", "said"),
    [
        ({"A": True, "B": True}, "both industries rose"),
        ({"A": False, "B": False}, "neither of the two industries rose"),
        ({"A": True, "B": True, "C": True}, "all three industries rose"),
        ({"A": True, "B": True, "C": False}, "except for C, the other two industries rose"),
        ({"A": True, "B": False, "C": False}, "of the three industries, A rose"),
        ({"A": False}, "A was not among those that rose"),
    ],
)
def test_how_many_is_said_of_both_of_all_and_of_none(holds, said) -> None:
    assert phrases.how_many(holds, "rose") == said


def test_shares_are_said_in_tenths() -> None:
    said = [phrases.about(share) for share in (100, 68, 62, 50, 30, 5)]
    assert said == [
        "all",
        "nearly seven in ten",
        "more than six in ten",
        "half",
        "three in ten",
        "fewer than one in ten",
    ]


def test_what_cannot_be_said_and_the_numbers_of_exhibits_are_english() -> None:
    assert make_number(None, "%").text == "(missing)"
    names = ("fig-04", "fig-a1", "tab-cities", "tab-a3")
    assert [exhibit_number(name) for name in names] == [
        "Figure 4",
        "Figure A1",
        "Table 2",
        "Table A3",
    ]


def test_the_note_counts_one_withheld_value_and_one_firm_in_the_singular() -> None:
    columns = ["measure", "group", "year", "value", "unit", "base", "withheld"]
    rows = [
        ("share_level_2", "x", 2021, 3.0, "%", 1, False),
        ("share_level_3", "x", 2021, None, "%", 0, True),
    ]
    note = NoteParts(pd.DataFrame(rows, columns=columns), False, "none", 5).text("By size")
    assert note == (
        "By size. Source: self-assessments of firms on the public service platform for smart "
        "manufacturing. Denominators: 1 firm in 2021. 1 value is withheld: it rests on fewer than "
        "5 firms, or one that does could be inferred from it."
    )


def test_every_measure_and_every_sector_has_an_english_label() -> None:
    for measure in ("participants", "share_level_le1", "domain_skills", "equipment_networking"):
        assert charts.measure_label(measure).isascii()


# -- chapters --------------------------------------------------------------------------------


def shown(node: object, key: str = "") -> Iterator[str]:
    """Yield the texts of a drawing that a reader can see, tooltips and legends included."""
    if isinstance(node, dict):
        if node.get("type") == "Feature":
            # A region shows name, class and value, a place its text, an island nothing.
            own = node["properties"]
            read = ("name", "class", "text") if "class" in own else ("text",)
            node = {key: own[key] for key in read if key in own}
        for name, value in node.items():
            yield from shown(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from shown(value, key)
    elif isinstance(node, str) and key not in ("fill", "font"):
        yield node


@pytest.mark.parametrize("name", CHAPTERS)
@pytest.mark.parametrize("scope", SCOPES, ids=["nation", "province", "industry"])
def test_nothing_that_a_chapter_shows_is_chinese(run_chapter, name, scope) -> None:
    ran = run_chapter(name, SCORES, language="en", **scope)
    texts = {key: record["text"] for key, record in ran.numbers.items()}
    for path in (ran.folder / "exhibits").glob("*.json"):
        content = json.loads(path.read_text("utf-8"))
        if path.name.endswith(".vl.json"):
            texts |= {f"{path.name} {n}": text for n, text in enumerate(shown(content))}
            continue
        texts |= {f"{path.name} {key}": content[key] for key in ("number", "title", "note", "alt")}
        for row in content.get("table", {}).get("rows", []):
            texts[f"{path.name} {row[:2]}"] = " | ".join(row)
        for column in content.get("table", {}).get("columns", []):
            texts[f"{path.name} head {column['key']}"] = f"{column['name']} {column['unit']}"
    assert {key: text for key, text in texts.items() if WIDE.search(text)} == {}
    prose = {k: t for k, t in texts.items() if ".vl.json" not in k and "[" not in k}
    assert {key: text for key, text in prose.items() if ODD.search(text)} == {}
    drawings = {path.name: path.read_text("utf-8") for path in ran.folder.rglob("*.svg")}
    assert drawings
    assert {file: found for file, svg in drawings.items() if (found := WIDE.findall(svg))} == {}


def test_a_trend_reads_as_english(run_chapter) -> None:
    ran = run_chapter("trend-connection", SCORES, language="en")
    assert ran.says("trend-connection.rates") == (
        "In 2021, the share of assessed firms in China that have networked equipment rose from "
        "23.00% in 2020 to 28.78%; the share of those that collect production data automatically "
        "rose from 36.00% to 40.18%; the share of those that trace quality through the whole "
        "process rose from 9.00% to 16.97%."
    )
    assert ran.says("trend-connection.movement") == (
        "Compared with 2020, the three indicators all rose, with the largest change in quality "
        "tracing."
    )


def test_levels_and_ranks_read_as_english(run_chapter) -> None:
    ran = run_chapter("national-levels", SCORES, language="en")
    assert ran.says("national-levels.change") == (
        "The share of firms at level one or below fell by 6 percentage points from 2020."
    )
    assert ran.says("national-levels.provinces") == (
        "By the number of firms at level two or above, Jiangsu, Shandong and Guangdong took the "
        "first three places, in this order, with 1233 firms, 966 firms and 371 firms."
    )
    own = run_chapter("national-levels", SCORES, language="en", province="江苏省")
    assert own.says("national-levels.provinces") == "Jiangsu had 1233 firms at level two or above."
