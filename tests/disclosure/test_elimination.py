"""What elimination suppresses: small tables worked out by hand, and any table by brute force."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from smdi.disclosure import elimination
from smdi.disclosure.elimination import System, determined, suppress

from .rank import follows

# Two rows and two columns: cells a b / c d, row totals r1 r2, column totals c1 c2, the total t.
A, B, C, D, R1, R2, C1, C2, T = range(9)
TABLE = [
    [1, 0, 0, 0],
    [0, 1, 0, 0],
    [0, 0, 1, 0],
    [0, 0, 0, 1],
    [1, 1, 0, 0],
    [0, 0, 1, 1],
    [1, 0, 1, 0],
    [0, 1, 0, 1],
    [1, 1, 1, 1],
]


def suppressed(table, candidates, secrets, forced=()):
    return suppress(System(sparse.csr_array(np.array(table)), candidates, secrets, forced))


def test_one_cell_of_a_table_takes_the_three_others_of_its_square():
    found = suppressed(TABLE, [T, R1, R2, C1, C2, D, B, C], [A])
    assert set(found.suppressed) == {B, C, D}


def test_what_should_stay_least_goes():
    """Where the totals come last they go: a and b are told, and of c and d only their sum."""
    found = suppressed(TABLE, [B, D, C, T, R1, R2, C1, C2], [A])
    assert set(found.suppressed) == {T, R1, C1}


def test_a_whole_less_its_part_is_a_secret_that_can_be_kept():
    """All firms and small ones are shown as a rule; the few large ones are what they leave."""
    everyone, small, large = [1, 1], [1, 0], [0, 1]
    assert suppressed([everyone, small, large], [0, 1], [2]).suppressed == [1]


def test_the_same_cell_under_another_name_goes_too():
    assert suppressed([[1, 0], [1, 0], [1, 1]], [2, 1], [0]).suppressed == [1]


def test_a_cell_that_says_nothing_new_may_stay():
    """The total of all is told by the totals of rows: nothing more is given away."""
    assert suppressed(TABLE, [R1, R2, T], [A]).suppressed == []


def test_what_is_out_already_is_told_and_no_more_is():
    found = suppressed(TABLE, [C, D, R2, C1], [A, B], forced=[R1, B])
    assert (len(found.given_away), set(found.suppressed)) == (2, set())
    later = suppressed(TABLE, [R1, C1, C2], [A, D], forced=[B, C])
    assert set(later.suppressed) == {R1, C1, C2}


def test_changes_of_matched_firms_are_part_of_the_system():
    """Groups: matched that did it now, before, and one firm that answered this year alone."""
    now, before, change, alone = [1, 0, 1], [0, 1, 0], [1, -1, 0], [0, 0, 1]
    assert determined(sparse.csr_array(np.array([now, before, change, alone])), [0, 1, 2], [3]) == [
        3
    ]
    found = suppressed([now, before, change, alone], [0, 1, 2], [3])
    assert found.suppressed == [2]


def tables(*numbers):
    """Draw tables of these numbers, a row a cell."""
    return st.integers(2, 6).flatmap(
        lambda groups: st.lists(
            st.lists(st.sampled_from(numbers), min_size=groups, max_size=groups),
            min_size=2,
            max_size=8,
        )
    )


VECTORS = tables(0, 0, 1, 1, -1)
# No cell counts a firm so often: here rows are divided by more than one, and numbers become large.
MANY = tables(0, 0, 1, -2, 3, 181, -32_768, 40_000)


@given(table=VECTORS, data=st.data())
def test_no_secret_is_ever_a_combination_of_what_is_shown(table, data):
    rows = range(len(table))
    secrets = [
        row for row in data.draw(st.sets(st.sampled_from(rows), max_size=3)) if any(table[row])
    ]
    candidates = data.draw(st.permutations([row for row in rows if row not in secrets]))
    hidden = set(suppressed(table, candidates, secrets).suppressed)
    shown = [table[row] for row in candidates if row not in hidden]
    assert not any(follows(table[secret], shown) for secret in secrets)


@given(table=VECTORS, data=st.data())
def test_nothing_is_suppressed_that_could_be_shown_beside_what_is(table, data):
    """Each candidate that goes would have told a secret, beside those before it that stay."""
    rows = range(len(table))
    secrets = [
        row for row in data.draw(st.sets(st.sampled_from(rows), max_size=3)) if any(table[row])
    ]
    candidates = data.draw(st.permutations([row for row in rows if row not in secrets]))
    hidden = set(suppressed(table, candidates, secrets).suppressed)
    for place, row in enumerate(candidates):
        before = [table[other] for other in candidates[:place] if other not in hidden]
        tells = any(follows(table[secret], [*before, table[row]]) for secret in secrets)
        assert tells == (row in hidden)


@pytest.mark.parametrize("drawn", [VECTORS, MANY], ids=["small", "large"])
@given(data=st.data())
def test_what_is_determined_is_what_fractions_say(drawn, data):
    table = data.draw(drawn)
    shown = sorted(data.draw(st.sets(st.sampled_from(range(len(table))))))
    asked = [row for row in range(len(table)) if any(table[row]) and row not in shown]
    found = determined(sparse.csr_array(np.array(table)), shown, asked)
    assert set(found) == {row for row in asked if follows(table[row], [table[n] for n in shown])}


@pytest.mark.parametrize("size", [2, 3])
def test_a_square_of_any_size_keeps_its_cell(size):
    """Enumerate: in a table with its totals, a secret cell needs a second in its row and column."""
    cells = [[int(n == at) for n in range(size * size)] for at in range(size * size)]
    lines = [[int(n // size == row) for n in range(size * size)] for row in range(size)]
    lines += [[int(n % size == column) for n in range(size * size)] for column in range(size)]
    table = [*cells, *lines]
    totals = list(range(size * size, len(table)))
    hidden = set(suppressed(table, [*totals, *range(1, size * size)], [0]).suppressed)
    for other in (set(range(size)), {n * size for n in range(size)}):
        assert len((hidden | {0}) & other) >= 2
    smallest = min(
        len(chosen)
        for number in range(1, size * size)
        for chosen in combinations(range(1, size * size), number)
        if not follows(
            table[0], [table[n] for n in (*totals, *range(1, size * size)) if n not in chosen]
        )
    )
    assert len(hidden) == smallest


def test_a_place_that_is_written_down_as_empty_is_empty():
    """One firm less itself, as sums of cells may leave it, hides no secret and is none."""
    whole, part, secret = [1, 1, 1], [1, 1, 0], [0, 0, 1]
    rows, columns = np.indices((3, 3))
    written = np.ravel([whole, part, secret]), (rows.ravel(), columns.ravel())
    cells = sparse.csr_array(sparse.coo_array(written, shape=(3, 3)))
    assert cells.nnz == 9
    assert suppress(System(cells, [0, 1], [2])).suppressed == [1]
    assert determined(cells, [0, 1], [2]) == [2]


def test_numbers_that_outgrow_two_bytes_are_kept_whole():
    """Of the secret 2**16 are left in between, of which two bytes would keep nothing."""
    shown = [[1, 181, 0, 0], [0, 1, 182, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    secret = [1, 0, 2**16 - 181 * 182, 1]
    assert determined(sparse.csr_array(np.array([*shown, secret])), range(4), [4]) == [4]


@pytest.mark.parametrize("block", [1, 2, 3, 7, 12, 100])
def test_rows_are_made_wider_where_they_lie(block, monkeypatch):
    monkeypatch.setattr(elimination, "BLOCK", block)
    rows = elimination._memory((3, 4), elimination.SMALL)
    rows[:] = np.arange(-6, 6).reshape(3, 4)
    wide = elimination._widened(rows)
    assert wide.dtype == np.int32
    assert wide.tolist() == np.arange(-6, 6).reshape(3, 4).tolist()
    assert np.shares_memory(wide, elimination._kept)
