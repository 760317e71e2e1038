"""Tables on method and simulation: units, decimals, words, and what a reader takes away."""

from __future__ import annotations

import pytest

from smdi.report.tables import scoring, simulation
from smdi.standards import maturity_model

SUMMARY = {
    "panel": {"participants": 20500, "assessed_current": 15800},
    "inferred": {"levels": {"2021": {"le1": 69, "2": 15, "3": 7, "ge4": 9}}},
    "comparison": [
        {"id": "persons_median", "value": 120.0, "known": None, "source": ""},
        {"id": "days_off", "value": 3.25, "known": 5.0, "source": "某处"},
    ],
    "participants": [
        {"name": "江苏省", "participants": 4654, "printed": True},
        {"name": "山东省", "participants": 2753, "printed": False},
    ],
}


def heads(table) -> list[tuple[str, str, int]]:
    return [(column.align, column.unit, column.decimals) for column in table.columns]


def taken(frame) -> list[tuple]:
    """Measure, group, year, value, unit and base of each row."""
    return list(
        frame[["measure", "group", "year", "value", "unit", "base"]].itertuples(
            index=False, name=None
        )
    )


def test_each_level_has_the_least_total_that_reaches_it() -> None:
    table, frame = scoring.levels_table()
    levels = maturity_model().levels
    assert [row[0] for row in table.rows] == [str(level.level) for level in levels]
    bounds = [level.lower_bound_tenths / 10 for level in levels]
    assert [row[2] for row in table.rows] == [f"{bound:.1f}" for bound in bounds]
    assert taken(frame) == [
        ("lower_bound", level.name_zh, 0, bound, "分", 0)
        for level, bound in zip(levels, bounds, strict=True)
    ]
    assert heads(table)[2] == ("right", "分", 1)


def test_the_weights_of_a_parent_make_a_hundred() -> None:
    table, frame = scoring.weights_table()
    assert len(table.rows) > 20
    assert {(row[2], row[4], row[5]) for row in taken(frame)} == {(0, "%", 0)}
    sums: dict[tuple[str, str, int], int] = {}
    for parent, kind, _, *cells in table.rows:
        for at, cell in enumerate(cells):
            if cell != "—":
                sums[parent, kind, at] = sums.get((parent, kind, at), 0) + int(cell)
    assert set(sums.values()) == {100}
    assert [column.joined for column in table.columns] == [True, *[False] * 4]
    assert [column.names for column in table.columns] == [False, False, True, False, False]
    assert heads(table)[3:] == [("right", "%", 0)] * 2
    # What is all of its parent under both types says nothing.
    assert all(set(cells) - {"100", "—"} for _, _, _, *cells in table.rows)


def test_the_example_adds_a_whole_level_where_it_is_met() -> None:
    table, frame = scoring.example_table()
    assert [row[2] for row in table.rows] == ["1.00", "0.80", "0.50", "0.50", "0.00"]
    assert [row[4] for row in table.rows] == ["1.00", "1.00", "0.50", "0.50", "0.00"]
    met = [row[3] for row in table.rows]
    assert met[0] == met[1] != met[2] == met[3] == met[4]
    assert [row[1] for row in table.rows] == [
        "全部满足", "大部分满足", "部分满足", "部分满足", "不满足"
    ]  # fmt: skip
    assert [(row[0], *row[2:]) for row in taken(frame)] == [
        ("level_score", 0, score, "分", 0) for score in (1.0, 0.8, 0.5, 0.5, 0.0)
    ]


def test_a_total_under_each_reading_can_be_taken_away() -> None:
    table, frame = scoring.readings_table()
    assert [(row[0], row[2], row[4], row[5]) for row in taken(frame)] == [("total", 0, "分", 0)] * 4
    assert frame["value"].round(2).astype(str).tolist() == ["3.0", "2.5", "2.8", "1.8"]
    assert frame["group"].tolist() == [row[0] for row in table.rows]
    assert heads(table)[1] == ("right", "分", 2)


def test_the_panel_is_told_in_firms() -> None:
    table, frame = simulation.panel_table(SUMMARY, 2021)
    assert [row[1] for row in table.rows] == ["20500", "15800"]
    assert [row[2:] for row in taken(frame)] == [(2021, 20500, "家", 0), (2021, 15800, "家", 0)]
    assert heads(table)[1] == ("right", "家", 0)


def test_the_inferred_firms_of_a_year_add_to_all() -> None:
    table, frame = simulation.inferred_table(SUMMARY)
    ((_, *numbers),) = table.rows
    assert numbers == ["69", "15", "7", "9", "100"]
    assert [row[2:] for row in taken(frame)] == [(2021, n, "家", 0) for n in (69, 15, 7, 9)]


def test_what_is_known_stands_beside_what_came_of_the_assumptions() -> None:
    table, frame = simulation.comparison_table(SUMMARY, 2021)
    (_, median, unknown, no_source), (_, days, known, source) = table.rows
    assert "120" in median
    assert days in ("3.3%", "3.2%")
    assert (unknown, no_source) == ("—", "—")
    assert known.startswith("5") and known.endswith("%")
    assert source == "某处"
    assert [(row[0], row[2], row[3], row[5]) for row in taken(frame)] == [
        ("persons_median", 2021, 120.0, 0), ("days_off", 2021, 3.25, 0)
    ]  # fmt: skip


def test_each_region_says_whether_its_number_is_printed() -> None:
    table, frame = simulation.participants_table(SUMMARY, 2021)
    (first, second) = table.rows
    assert (first[0], first[1]) == ("江苏省", "4654")
    assert first[2] != second[2]
    assert [row[2:] for row in taken(frame)] == [(2021, 4654, "家", 0), (2021, 2753, "家", 0)]


@pytest.mark.parametrize(
    "made",
    [
        lambda: simulation.panel_table(None, 2021),
        lambda: simulation.inferred_table(None),
        lambda: simulation.comparison_table(None, 2021),
        lambda: simulation.participants_table(None, 2021),
        lambda: simulation.assumptions_table(None, 2021),
    ],
)
def test_without_a_simulation_a_table_says_that_there_is_none(made) -> None:
    table, frame = made()
    ((first, *others),) = table.rows
    assert first not in ("", "—")
    assert set(others) == {"—"}
    assert len(others) == len(table.columns) - 1
    assert frame.empty


def test_the_facts_of_a_calibration_are_counted_by_their_outcome() -> None:
    statuses = ("kept", "kept", "contradicted", "setting", "bounded")
    summary = {"outcomes": [{"status": status} for status in statuses]}
    assert simulation.outcome_counts(summary) == {"targets": 4, "kept": 2, "contradicted": 1}
    assert set(simulation.outcome_counts(None).values()) == {None}


@pytest.mark.parametrize("key", ["level_ge2", "confidence"])
def test_an_assumption_of_a_table_is_told_without_the_names_of_its_columns(key: str) -> None:
    assert simulation._written({key: 30, "firms": 5}) == "30、5"
    assert simulation._written({"firms": 5}).endswith(" 5")
