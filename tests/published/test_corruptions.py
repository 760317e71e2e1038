"""The audit on drawn slips and on sound editions, by an oracle that uses none of its code."""

import pytest

from smdi.files import project_root
from smdi.published import audit, read_facts
from smdi.published.audit import PROVEN

from .consistent_editions import consistent_edition
from .corruptions import corruptions
from .measuring import judge, read_rows, write_rows
from .oracle import broken
from .table_corruptions import table_corruptions

SEED = 20260101


@pytest.fixture(scope="module")
def original(edition_path):
    return read_rows(edition_path)


def accused(rows, folder):
    found = audit(read_facts(write_rows(rows, folder / "facts.csv")))
    return [(f.rule, f.message_zh) for f in found if f.severity in PROVEN]


def test_the_oracle_breaks_what_a_reader_of_2021_breaks(original):
    assert {name for name, _ in broken(original)} == {"rank", "claim", "repeat"}
    assert len(broken(original)) == 7


def test_slips_are_found(original, tmp_path):
    slips = [*corruptions(original, 12, SEED + 1), *table_corruptions(original, 12, SEED + 1)]
    score = judge(original, slips, tmp_path)
    assert score.number("trace") >= 12
    assert score.missed == []


def test_a_sound_edition_is_accused_of_nothing(original, tmp_path):
    for seed in range(2):
        rows = consistent_edition(original, SEED + seed)
        assert broken(rows) == set()
        assert accused(rows, tmp_path) == []


@pytest.mark.proofs
@pytest.mark.parametrize("draw", [corruptions, table_corruptions])
def test_of_a_thousand_slips_nearly_all_are_found(draw, original, tmp_path):
    score = judge(original, draw(original, 1000, SEED), tmp_path)
    written = project_root() / "_build" / "proofs" / f"{draw.__name__}.csv"
    written.parent.mkdir(parents=True, exist_ok=True)
    score.table().to_csv(written)
    print(score.table().to_string(), *score.missed, sep="\n")
    assert score.number("contradicts") > 350
    assert score.share("contradicts") >= 0.99
    assert score.share("trace") >= 0.95


@pytest.mark.proofs
def test_two_hundred_sound_editions_are_accused_of_nothing(original, tmp_path):
    for seed in range(200):
        assert accused(consistent_edition(original, 7000 + seed), tmp_path) == []
