"""What a few other facts leave a fact: the kind of the binding, and its two ends."""

from __future__ import annotations

from math import inf

import pytest

from smdi.published import read_facts
from smdi.published.constraints.binding import BINDINGS, bindings, is_open
from smdi.published.declarations import Declarations
from smdi.published.published_report import PublishedReport

from .short_facts import NATION, PART_OF_CLASS, WHOLE, count, share

TOTAL = {"kind": "total", "measure": "firms", "parts": ["东", "西"], "total": "合计"}
FIRMS = count("firms", "东", 10), count("firms", "西", 20), count("firms", "合计", 30)


def shares(number: int) -> tuple[dict[str, object], tuple[str, ...]]:
    """A whole of so many shares, with what they are."""
    names = [f"share_{place}" for place in range(number)]
    texts = [20] * (number - 1) + [100 - 20 * (number - 1)] if number < 6 else [20] * 4 + [10] * 2
    facts = tuple(share(name, "东", text) for name, text in zip(names, texts, strict=True))
    return {"kind": "whole", "measures": names}, facts


@pytest.fixture
def bound(facts_file):
    """Tell how each fact (measure, group) is bound by the others under some declarations."""

    def ask(declared: dict[str, object], *facts: str, without: tuple[str, ...] = ()):
        lines = []
        for fact in facts:
            measure, group, year, printed, unit = fact.split(" ")
            exhibit, _, name = measure.rpartition(":")
            lines.append(
                f"{exhibit or 'tab-x'},{name},{group},{year},{printed},{unit},{printed},某处"
            )
        own = Declarations.model_validate({"exhibits": {"tab-x": {}}} | declared)
        report = PublishedReport.of(read_facts(facts_file(*lines)), own)
        return {
            tuple(name.split("/")[1:3]): found for name, found in bindings(report, without).items()
        }

    return ask


def test_parts_and_their_total_bind_one_another(bound) -> None:
    found = bound({"relations": [TOTAL | {"complete": True}]}, *FIRMS)
    for group, number in (("东", 10), ("西", 20), ("合计", 30)):
        own = found["firms", group]
        assert (own.kind, own.low, own.high) == (
            "bound",
            pytest.approx(number),
            pytest.approx(number),
        )


def test_some_parts_of_a_total_bind_one_another_from_one_side(bound) -> None:
    found = bound({"relations": [TOTAL]}, *FIRMS)
    ends = {group: (own.kind, own.low, own.high) for (_, group), own in found.items()}
    assert ends == {
        "东": ("loose", pytest.approx(0), pytest.approx(10)),
        "西": ("loose", pytest.approx(0), pytest.approx(20)),
        "合计": ("loose", pytest.approx(30), inf),
    }  # fmt: skip
    assert [is_open(own) for own in found.values()] == [False, False, True]


@pytest.mark.parametrize(("number", "kind"), [(2, "bound"), (5, "bound"), (6, "loose")])
def test_what_four_roundings_leave_is_bound_and_what_five_leave_is_not(bound, number, kind) -> None:
    whole, facts = shares(number)
    own = bound({"relations": [whole]}, *facts)["share_0", "东"]
    assert own.kind == kind
    assert own.high - own.low == pytest.approx(number - 1, abs=1e-3)


@pytest.mark.parametrize(
    ("fact", "low", "high"),
    [("rate 东 2031 60 %", 0, 100), ("firms 东 2031 60 家", 0, inf),
     ("rate_change 东 2031 -3 百分点", -100, 100)],
)  # fmt: skip
def test_a_fact_that_nothing_binds_is_free_within_its_unit(bound, fact, low, high) -> None:
    (own,) = bound({}, fact).values()
    assert own.kind == "free"
    assert own.low <= low + 1e-6
    assert own.high >= high - 1e-6


def test_facts_that_do_not_count_bind_nothing(bound) -> None:
    whole, facts = shares(2)
    gone = ("tab-x/share_1/东/2031",)
    assert bound({"relations": [whole]}, *facts)["share_0", "东"].kind == "bound"
    assert bound({"relations": [whole]}, *facts, without=gone)["share_0", "东"].kind == "free"


@pytest.mark.parametrize(
    ("declared", "facts", "fact", "kind", "high"),
    [
        # Ranks follow from their numbers.
        ({}, ["rank 东 2031 1 位", "firms 东 2031 9 家"], "rank", "bound", 1),
        ({}, ["rank 东 2031 1 位", "firms 西 2031 9 家"], "rank", "free", inf),
        # Titles follow from their rows.
        ({}, ["title_rows 全国 2031 1 个", "rank 东 2031 1 位"], "title_rows", "bound", 1),
        ({}, ["title_rows 全国 2031 7 个", "tab-y:rank 东 2031 1 位"], "title_rows", "free", inf),
        ({"exhibits": {"tab-x": {"rows": 7}}}, ["title_rows 全国 2031 7 个"], "title_rows", "bound",
         7),
        ({"exhibits": {"tab-y": {"rows": 7}}}, ["title_rows 全国 2031 7 个"], "title_rows", "free",
         inf),
        # Thresholds lie below all rows of their unit.
        ({}, ["sample_threshold 全国 2031 5 家", "firms 东 2031 9 家", "firms 西 2031 8 家",
              "robots 西 2031 1 个"], "sample_threshold", "loose", 7),
        ({}, ["sample_threshold 全国 2031 5 家", "robots 西 2031 1 个"], "sample_threshold", "free",
         inf),
        ({}, ["text:sample_threshold 全国 2031 5 家", "text:firms 东 2031 9 家"],
         "sample_threshold", "free", inf),
        # What a standard fixes is bound by it.
        ({"relations": [{"kind": "known", "measure": "divisions", "group": "全国",
                         "table": "divisions"}]},
         ["text:divisions 全国 2031 31 个"], "divisions", "bound", 31),
    ],
)  # fmt: skip
def test_words_of_an_exhibit_are_bound_by_what_stands_in_it(
    bound, declared, facts, fact, kind, high
) -> None:
    (own,) = [own for (measure, _), own in bound(declared, *facts).items() if measure == fact]
    assert (own.kind, own.high) == (kind, high)
    assert own.low == (high if kind == "bound" else 0)


def test_a_kind_of_firm_is_bound_by_its_part_of_a_class(bound) -> None:
    # Half of the 20 % of a class: 10 % of all firms at least, and 90 % at most.
    facts = *NATION[:3], share("digital_of_b", "全国", 50), share("digital", "全国", 40)
    found = bound({"relations": [WHOLE, PART_OF_CLASS]}, *facts)
    own = found["digital", "全国"]
    assert own.kind == "loose"
    assert own.low == pytest.approx(0.495 * 19.5, abs=0.05)
    assert own.high == pytest.approx(100 - 0.495 * 19.5, abs=0.05)
    # Of the class all may be of the kind, and none: 40 % of all are more than it, and leave more.
    part = found["digital_of_b", "全国"]
    assert (part.kind, part.low, part.high) == (
        "free",
        pytest.approx(0, abs=1e-3),
        pytest.approx(100),
    )
    assert {one.kind for one in found.values()} <= set(BINDINGS)
