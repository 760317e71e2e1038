"""What in a text is a firm's own mark: a code, a part of it, a digest of it, a name."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyarrow as pa
import pytest
from pyarrow import parquet

from smdi.files import wait_until_settled
from smdi.publishing.gate.firms import Firms, Marks, listed, read_firms

CODES = frozenset({"SIM320100000000001", "SSI320100000000002"})
NOTHING: frozenset = frozenset()


def marks(names: frozenset[str] = NOTHING, allowed: str = "") -> Marks:
    return Marks(Firms(CODES, NOTHING, NOTHING, NOTHING), names, allowed)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("x SIM320100000000001 y", ["SIM320100000000001"]),
        ("sim320100000000001", ["SIM320100000000001"]),
        ("SSIM320100000000001", ["SIM320100000000001"]),
        ("SSSI320100000000002SIM320100000000001",
         ["SIM320100000000001", "SSI320100000000002"]),
        ("SIM320100000000001 SIM320100000000001", ["SIM320100000000001"]),
        ("SIM32010000000001", []),
    ],
)  # fmt: skip
def test_codes_of_the_edition_are_found_wherever_words_run_together(text, codes) -> None:
    expected = [(code, "the code of a firm of the edition") for code in codes]
    assert list(marks().known_in(text)) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("苏州某某有限公司", ["苏州某某有限公司"]),
        ("某（集团）股份公司、甲乙合伙企业", ["某（集团）股份公司", "甲乙合伙企业"]),
        ("甲合伙企业", []),  # so short a name is none
        ("有限公司", []),
        ("本社有限公司", []),  # it publishes
        ("小熊一厂", ["小熊一厂"]),
        ("小熊", []),
    ],
)
def test_names_of_a_list_and_of_companies_are_found_but_for_who_publishes(text, found) -> None:
    looked = marks(frozenset({"小熊一厂", "小熊二厂"}), "北京本社有限公司")
    listed = "a name of the list", "the name of a company"
    assert list(looked.known_in(f"，{text}，")) == [
        (one, listed[one != "小熊一厂"]) for one in found
    ]


@pytest.mark.parametrize(("digits", "found"), [(8, True), (7, False)])
def test_a_word_of_eighteen_letters_is_a_code_with_eight_digits_at_least(digits, found) -> None:
    code = "SIM" + "9" * digits + "A" * (15 - digits)  # of the form of simulated ones
    told = list(marks().named_in(f"({code.lower()})"))
    assert told == ([(code, "a well-formed credit code")] if found else [])
    assert list(marks().named_in(f"{code}1")) == []  # a word of nineteen letters is another


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("9132***", "9132***"), ("91320200MA1XXX***0A", "91320200MA1XXX***0A"),
        ("913***", None), ("9132**", None), ("91320200MA1XXXX***", None),
        ("9132***123456789", None),
    ],
)  # fmt: skip
def test_a_masked_code_is_one_of_which_four_letters_are_left(text: str, masked) -> None:
    assert list(marks().named_in(text)) == ([(masked, "a masked code")] if masked else [])


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256"])
def test_a_digest_of_a_code_is_found_in_capitals_too_and_no_other_digest(kind: str) -> None:
    def of(code: str) -> str:
        return hashlib.new(kind, code.encode()).hexdigest()

    told = list(marks().named_in(f"<{of('SIM320100000000001').upper()}>"))
    assert told == [(of("SIM320100000000001"), "the digest of a firm's code")]
    assert list(marks().named_in(f"<{of('SIM320100000000003')}>")) == []


def test_what_to_look_for_is_read_from_the_scores(tmp_path: Path) -> None:
    scores = tmp_path / "scores.parquet"
    columns = {
        "credit_code": ["A", "A", "B"], "year": [2020, 2021, 2021], "employees": [3, 4, 5],
        "revenue": [30.0, 40.0, 50.0], "total": [0.5, 1.5, 2.5], "level": [0, 1, 2],
    }  # fmt: skip
    parquet.write_table(pa.Table.from_pydict(columns), scores)
    found = read_firms(scores)
    assert found == Firms(
        codes=frozenset({"A", "B"}),
        rows=frozenset({(3.0, 30.0, 0.5), (4.0, 40.0, 1.5), (5.0, 50.0, 2.5)}),
        scores=frozenset({0.5, 1.5, 2.5}),
        numbers=frozenset({3, 1, 2}),
    )
    assert found.pairs == {(3.0, 30.0), (4.0, 40.0), (5.0, 50.0)}


def test_a_name_of_a_list_has_two_letters_at_least() -> None:
    assert listed((" 小熊一厂 ", "熊", "")) == {"小熊一厂"}


def test_the_firms_of_a_file_are_read_once(tmp_path: Path) -> None:
    columns = ["credit_code", "year", "employees", "revenue", "total"]
    scores = tmp_path / "scores.parquet"
    parquet.write_table(pa.Table.from_pydict({name: [1] for name in columns}), scores)
    wait_until_settled(scores)
    assert read_firms(scores) is read_firms(scores)
