"""Few firms are found where a text tells of them, and not in words that only look like it."""

from __future__ import annotations

import pytest

from smdi.publishing.gate.attack.rows import few_in_words, named_value
from smdi.publishing.gate.content import Content, Table
from smdi.publishing.gate.findings import GatePolicy
from smdi.publishing.gate.firms import Firms
from smdi.publishing.gate.release import File
from smdi.publishing.gate.scans.tables import TableScan

POLICY = GatePolicy(5, 5, False, 10.0, False)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("其中 4 家达到四级", ["4 家"]),
        ("其中 5 家达到四级", []),
        ("三家企业", ["三 家"]),
        ("1,004 家", []),
        ("0 家", []),
        ("表 2 家具制造业", []),
        ("share_level_2,家具制造业,2021", []),
        ("3 家用电器", []),
        ("3 家用于改造", ["3 家"]),
        ("2 家具有设计业务的企业", ["2 家"]),
        ("4 家电子企业", ["4 家"]),
        ("同一家企业", []),
    ],
)
def test_numbers_of_few_firms_are_told_from_other_words(text: str, found: list[str]) -> None:
    assert list(few_in_words(text, POLICY, frozenset())) == found


@pytest.mark.parametrize(
    ("record", "found"),
    [
        ({"text": "4 家", "value": 4.0, "unit": "家"}, ["in words", "behind the words"]),
        ({"text": "多家", "value": 4.0, "unit": "家"}, ["behind the words"]),
        ({"text": "少 4 家", "value": -4.0, "unit": "家"}, ["in words", "behind the words"]),
        ({"text": "5 家", "value": 5.0, "unit": "家"}, []),
        ({"text": "0", "value": 0.0, "unit": "家"}, []),
        ({"text": "4%", "value": 4.0, "unit": "%"}, []),
        ({"text": "300 家", "value": 300.0, "unit": "家"}, []),
        ({"text": "2 家", "value": 2.0, "unit": "家"}, []),  # printed in the report
        ({"text": "未公布", "value": None, "state": "withheld"}, []),
        ({"text": "未公布", "value": 40.0, "state": "withheld"}, ["what is withheld"]),
    ],
)
def test_a_named_value_is_looked_at_in_its_words_and_behind_them(record, found) -> None:
    told = list(named_value("sme.firms", record, POLICY, frozenset({2})))
    assert [one.how.endswith(how) for one, how in zip(told, found, strict=True)] == [True] * len(
        found
    )
    assert {(one.file, one.place) for one in told} <= {("numbers.json", "sme.firms")}


def test_a_number_that_is_printed_is_public() -> None:
    assert list(few_in_words("2 家", POLICY, frozenset({2}))) == []


def test_a_digest_that_reads_as_a_number_without_end_is_none() -> None:
    scan = TableScan(Firms(frozenset(), frozenset(), frozenset(), frozenset()))
    table = Table("", ("指纹", "基数"), [("6e1384", "5"), ("1e999", "7")])
    assert list(scan.findings(File("site/data/a.csv", b""), Content(tables=[table]))) == []
