"""Numbers of a table that are a firm's by chance are no leak; many rows of firms are."""

from __future__ import annotations

import random

import pytest
from scipy.stats import binom

from smdi.publishing.gate.chance import Crowd, of_at_least
from smdi.publishing.gate.content import Content, Table
from smdi.publishing.gate.firms import Firms
from smdi.publishing.gate.release import File
from smdi.publishing.gate.scans.tables import TableScan


def drawn_firms() -> list[tuple[float, float, float]]:
    """Small firms close together and larger ones far apart, as those of a country are."""
    draw = random.Random(5)
    persons = [max(1, round(draw.lognormvariate(4, 1.2))) for _ in range(30_000)]
    return [(float(n), float(round(n * draw.uniform(5, 60))), draw.random()) for n in persons]


FIRMS = drawn_firms()
SCAN = TableScan(Firms(frozenset(), frozenset(FIRMS), frozenset(), frozenset()))


def found(rows: list[tuple[str, ...]]) -> list[str]:
    file = File("site/data/a.csv", b"")
    table = Table("", ("对象", "数值", "基数"), rows)
    return [one.what for one in SCAN.findings(file, Content(tables=[table]))]


def test_shares_beside_their_bases_are_no_firms_though_small_firms_have_such_numbers() -> None:
    pairs = {row[:2] for row in FIRMS}
    draw, alike = random.Random(7), 0
    for _ in range(60):
        bases = [str(draw.randint(250, 800)) for _ in range(2)]
        shares = [(str(draw.randint(8, 40)), base) for base in bases * 3]
        rows = [("甲", *row) for row in shares]
        alike += sum((float(a), float(b)) in pairs for a, b in set(shares)) >= 3
        assert found(rows) == []
    assert alike > 6, "the tables are no trial: they are unlike firms"


@pytest.mark.parametrize("many", [12, 20])
def test_rows_of_firms_are_found_among_rows_of_other_numbers(many: int) -> None:
    draw = random.Random(many)
    for _ in range(5):
        rows = [("甲", f"{n:.0f}", f"{r:.0f}") for n, r, _ in draw.sample(FIRMS, many)]
        others = [("乙", str(draw.randint(900, 999)), "3")] * 2
        assert found(rows + others) != []


def test_the_same_row_many_times_over_is_one_row() -> None:
    persons, revenue, _ = next(row for row in FIRMS if row[0] > 500)
    assert found([("甲", f"{persons:.0f}", f"{revenue:.0f}")] * 50) == []


@pytest.mark.parametrize(("many", "of", "chance"), [(0, 5, 0.3), (3, 10, 0.2), (10, 10, 0.5)])
def test_equal_chances_add_up_as_in_a_binomial_distribution(
    many: int, of: int, chance: float
) -> None:
    expected = binom.sf(many - 1, of, chance)
    assert of_at_least(many, [chance] * of) == pytest.approx(expected)


def test_a_crowd_is_close_where_its_firms_are_and_nowhere_else() -> None:
    crowd = Crowd([(float(n), float(r)) for n in range(1, 60) for r in range(100, 160)])
    assert crowd.chance((30, 130)) == 1.0
    assert crowd.chance((30, 5000)) == 0.0
    assert crowd.chance((130,)) == 0.0


FIRM = [(100.0, 3000.0)]


@pytest.mark.parametrize(
    ("persons", "revenue", "density"),
    [
        (110, 3010, 1 / 21**2),  # of a square of 10 to each side
        (90, 2990, 1 / 21**2),
        (111, 3010, 0),
        (110, 3011, 0),
        (150, 3000, 1 / 101),  # of a line of 50 to each side
        (100, 2950, 1 / 101),
        (151, 3000, 0),
        (100, 2949, 0),
        (149, 3001, 0),
    ],
)
def test_one_firm_counts_in_the_square_and_on_the_lines_around_it(
    persons: int, revenue: int, density: float
) -> None:
    assert Crowd(FIRM).chance((persons, revenue)) == pytest.approx(density)
    assert Crowd(FIRM).chance((revenue, persons)) == pytest.approx(density), "in either order"


def test_each_two_numbers_of_a_row_are_a_chance_of_their_own() -> None:
    once = 1 / 101
    assert Crowd(FIRM).chance((150, 3000, 140)) == pytest.approx(1 - (1 - once) ** 2)
    assert Crowd(FIRM).chance((150, 3000, 150)) == pytest.approx(once), "a pair counts once"


def test_a_crowd_closer_than_whole_numbers_is_no_more_than_certain() -> None:
    assert Crowd([(100.0, 3000 + n / 4) for n in range(-200, 200)]).chance((100, 3000)) == 1.0


def test_where_nobody_is_known_nothing_is_by_chance() -> None:
    assert Crowd([]).chance((100, 3000)) == 0.0
