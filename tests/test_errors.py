"""A fault of an input reads as one line with its place, what was found and what was expected."""

from __future__ import annotations

import pytest

from smdi.errors import InputErrors, Problem, reports_input_errors, shown

PLACES = [
    (Problem("a.csv", None, None, None, "a table"), "a.csv; expected a table"),
    (Problem("a.csv", 3, None, None, "a table"), "a.csv, row 3; expected a table"),
    (
        Problem("a.csv", 3, "share", "x", "a number"),
        "a.csv, row 3, column share: found 'x'; expected a number",
    ),
    (
        Problem("a.xlsx", 3, "share", 0, "1", sheet="一", cell="C3"),
        "a.xlsx, sheet 一, cell C3, column share: found 0; expected 1",
    ),
    (
        Problem("a.csv", None, None, "", "江苏省", nearest="江苏"),
        "a.csv: found ''; expected 江苏省; nearest is '江苏'",
    ),
    (Problem("a.csv", None, None, None, "b", count=1), "a.csv; expected b"),
    (Problem("a.csv", None, None, None, "b", count=2), "a.csv; expected b (and 1 more like it)"),
    (
        Problem("a.csv", None, None, None, "b", count=1235),
        "a.csv; expected b (and 1,234 more like it)",
    ),
]


@pytest.mark.parametrize(("problem", "line"), PLACES, ids=[line for _, line in PLACES])
def test_a_problem_reads_as_one_line(problem: Problem, line: str) -> None:
    assert str(problem) == line


def test_a_value_of_eighty_characters_is_shown_in_full_and_a_longer_one_is_cut() -> None:
    assert shown("字" * 80) == repr("字" * 80)
    assert shown("字" * 81) == f"{'字' * 80!r}… (81 characters)"
    assert shown("字" * 1234).endswith("… (1,234 characters)")
    assert shown(0.1) == "0.1"
    assert shown(10**90) == f"{'1' + '0' * 79!r}… (91 characters)"


def test_a_value_of_several_lines_is_shown_on_one() -> None:
    assert "\n" not in shown("a\nb")


def test_no_problem_raises_nothing_and_one_raises_all() -> None:
    InputErrors.raise_if([])
    with pytest.raises(InputErrors) as raised:
        InputErrors.raise_if(one for one, _ in PLACES[:2])
    assert raised.value.problems == (PLACES[0][0], PLACES[1][0])
    assert str(raised.value) == "a.csv; expected a table\na.csv, row 3; expected a table"


def test_jupyter_shows_a_mistake_without_a_traceback() -> None:
    assert InputErrors([PLACES[0][0]])._render_traceback_() == ["a.csv; expected a table"]


@pytest.mark.parametrize(
    ("counts", "head"),
    [((1,), "1 problem"), ((1, 1), "2 problems"), ((3,), "3 problems"), ((1, 4), "5 problems")],
)
def test_a_command_counts_the_problems_and_lists_them(counts, head: str, capsys) -> None:
    problems = [Problem("a.csv", n, None, None, "b", count=n) for n in counts]

    @reports_input_errors
    def main() -> None:
        raise InputErrors(problems)

    assert main() == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.splitlines() == [f"{head} in the input:", *(f"  {one}" for one in problems)]


@pytest.mark.parametrize(("ended", "status"), [(None, 0), (0, 0), (3, 3)])
def test_a_command_without_problems_ends_as_it_says(ended: int | None, status: int) -> None:
    @reports_input_errors
    def main(word: str, *, option: int) -> int | None:
        assert (word, option) == ("word", 5)
        return ended

    assert main("word", option=5) == status
    assert main.__name__ == "main"
