"""Of two facts that cannot both hold, each principle decides where none before it does."""

from __future__ import annotations

import pytest

from smdi.published import read_facts
from smdi.published.audit.principles import PRINCIPLES, decide
from smdi.published.fact_table import PROSE, Facts


def column(exhibit: str, groups: str, year: int = 2031, printed: str = "10.5") -> list[str]:
    return [f"{exhibit},rate,{group},{year},{printed},%,{printed},某处" for group in groups]


def title(exhibit: str) -> list[str]:
    return [f"{exhibit},title_rows,全国,2031,3,个,3,某处"]


@pytest.mark.parametrize(
    ("first", "second", "holds", "principle"),
    [
        (column(PROSE, "甲乙", printed="10.55"), [*title("tab-b"), *column("tab-b", "甲")], 1, 0),
        ([*title("tab-a"), *column("tab-a", "甲乙", printed="10.55")], column("tab-b", "甲"), 1, 1),
        (column("tab-a", "甲乙"), column("tab-b", "甲", printed="10.55"), 1, 2),
        (column("tab-a", "甲乙"), column("tab-b", "甲乙丙"), 1, 3),
        (column("tab-a", "甲乙丙"), column("tab-b", "甲乙丙"), 0, 4),
        # Rows of another year, or of another measure, are none of this one.
        (
            [*column("tab-a", "甲乙"), *column("tab-a", "甲乙", 2030)],
            column("tab-b", "甲乙丙"),
            1,
            3,
        ),
        (
            [
                *column("tab-a", "甲乙"),
                *(one.replace("rate", "part") for one in column("tab-a", "甲乙")),
            ],
            column("tab-b", "甲乙丙"),
            1,
            3,
        ),
    ],
)
def test_the_first_principle_that_tells_two_facts_apart_decides(
    facts_file, first: list[str], second: list[str], holds: int, principle: int
) -> None:
    facts = Facts.of(read_facts(facts_file(*first, *second)))
    pair = facts.select(measure="rate", group="甲", year=2031)
    one, other = pair
    for verdict in (decide(one, other, facts), decide(other, one, facts)):
        assert verdict.holds is (one, other)[holds]
        assert verdict.gives_way is (other, one)[holds]
        assert verdict.reason_zh == PRINCIPLES[principle]
