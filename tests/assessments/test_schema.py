"""The columns of the two files: their types, and which of them may be empty."""

from __future__ import annotations

from itertools import groupby

from smdi.assessments.schema import arrow_schema, columns, score_columns

FIRM = [
    ("credit_code", "string"), ("year", "int16"), ("submitted_on", "date32[day]"),
    ("province", "string"), ("city", "string"), ("industry", "string"),
    ("process_type", "string"), ("employees", "int32"), ("revenue", "double"),
    ("design", "bool"), ("logistics", "bool"), ("sales", "bool"), ("service", "bool"),
]  # fmt: skip
SCORED = [
    ("size", "string"), ("division", "string"), ("level", "int8"), ("level_class", "string"),
    ("total", "double"), *((f"level_score_{level}", "double") for level in range(1, 6)),
]  # fmt: skip


def told(schema, *, nullable: bool) -> list[tuple[str, str]]:
    return [(one.name, str(one.type)) for one in schema if one.nullable is nullable]


def kinds(found: list[tuple[str, str]]) -> list[tuple[str, set[str]]]:
    parts = groupby(found, key=lambda one: one[0].partition("_")[0])
    return [(prefix, {kind for _, kind in own}) for prefix, own in parts]


def test_of_an_assessment_items_and_practices_alone_may_be_empty() -> None:
    schema = arrow_schema(columns())
    assert told(schema, nullable=False) == FIRM
    assert kinds(told(schema, nullable=True)) == [
        ("item", {"uint8"}), ("practice", {"bool", "double"}),
    ]  # fmt: skip
    assert arrow_schema().equals(schema)


def test_of_a_score_practices_and_domains_alone_may_be_empty() -> None:
    schema = arrow_schema(score_columns())
    assert told(schema, nullable=False) == FIRM + SCORED
    assert kinds(told(schema, nullable=True)) == [
        ("practice", {"bool", "double"}), ("domain", {"double"}),
    ]  # fmt: skip
