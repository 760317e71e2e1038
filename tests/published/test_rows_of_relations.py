"""Each kind of relation as the rows that a few facts give of it (rows_of_relations.yaml)."""

from __future__ import annotations

from math import inf
from pathlib import Path

import pytest
import yaml

from smdi.published.constraints.model import Model
from smdi.published.constraints.system import Row

CASES = yaml.safe_load((Path(__file__).parent / "rows_of_relations.yaml").read_text("utf-8"))


def shown(row: Row) -> str:
    """Write a row: its ends and terms, and what it rests on."""
    terms = " ".join(
        f"{value:+.8g}·{'/'.join(str(part) for part in name if part != '')}"
        for name, value in row.terms
    )
    low, high = f"{row.low:.8g}", f"{row.high:.8g}"
    facts = " ".join(sorted(fact.removeprefix("tab-x/") for fact in row.facts))
    told = [f"{low} <= {terms} <= {high}", facts, row.reason, "soft" if row.soft else ""]
    return " | ".join(part for part in told if part)


def rows_of(model: Model) -> list[str]:
    """Write the rows that relations give, after those of the facts themselves."""
    return [shown(row) for row in model.system.rows[len(model.expressions) :]]


@pytest.mark.parametrize("case", CASES)
def test_a_relation_gives_these_rows_and_no_other(case: str, model) -> None:
    given = CASES[case]
    assert rows_of(model(given["relations"], *given["facts"])) == given.get("rows", [])


@pytest.mark.parametrize(
    ("relation", "fact", "limits"),
    [
        ({"kind": "mixture", "whole": ["全国"], "parts": ["东"]}, "rate 东 2031 40 %", {
            "share/rate/东": (0, 100), "firms/东": (1, inf, "whole"),
            "firms/全国": (1, inf, "whole"), "part/rate/东": (0, inf, "whole"),
            "part/rate/全国": (0, inf, "whole"),
        }),
        ({"kind": "part_of", "part": "a", "whole": "b"}, "a 东 2031 4 家", {
            "count/a/东": (0, inf, "whole"), "count/b/东": (0, inf, "whole"),
        }),
        ({"kind": "part_of", "part": "a", "whole": "b"}, "b 东 2031 4 万元", {
            "count/b/东": (0, inf),
        }),
        ({"kind": "part_of", "part": "a", "whole": "b"}, "a_growth 东 2031 -4 %", {
            "share/a_growth/东": (-100, inf),
        }),
        ({"kind": "part_of", "part": "a", "whole": "b"}, "b_change 东 2031 4 百分点", {
            "share/b/东": (0, 100), "share/b/东/2030": (0, 100),
        }),
        ({"kind": "part_of", "part": "a", "whole": "b"}, "b 上海 2031 4 家", {
            "count/b/上海市": (0, inf, "whole"),
        }),
        ({"kind": "places", "measure": "a", "cities": "tab-x", "provinces": "tab-y"},
         "a 苏州 2031 4 家", {
            "count/a/苏州": (0, inf, "whole"), "last/a/tab-x": (0, inf),
        }),
        ({"kind": "part_of_class", "of_all": "a", "of_class": "b", "class_share": "c",
          "whole": ["c", "d"], "group": "全国"}, "b 全国 2031 40 %", {
            "share/b/全国": (0, 100), "firms/全国": (1, inf, "whole"),
            "part/a/全国": (0, inf, "whole"), "part/b/全国": (0, inf, "whole"),
            "part/c/全国": (0, inf, "whole"),
        }),
    ],
    ids=["mixture", "count", "money", "growth", "change", "city and province", "last", "class"],
)  # fmt: skip
def test_what_a_relation_speaks_of_has_the_limits_of_its_kind(
    model, relation, fact, limits
) -> None:
    system = model([relation], fact).system
    found = {}
    for name, ends in system.limits.items():
        told = "/".join(str(part) for part in name if part != "").removesuffix("/2031")
        found[told] = (*ends, "whole") if name in system.integers else ends
    assert found == limits


def test_measures_of_a_mixture_come_in_the_order_of_their_names(model) -> None:
    names = ["d", "a", "f", "c", "e", "b"]
    relation = {"kind": "mixture", "whole": ["全国"], "parts": ["东"]}
    system = model([relation], *(f"{name} 东 2031 40 %" for name in names)).system
    parts = [name[1] for name in system.limits if name[0] == "part" and name[2] == "东"]
    assert parts == sorted(names)
