"""What the gate holds a release against, and how its findings are told."""

from __future__ import annotations

from smdi.edition import read_edition
from smdi.publishing.gate.findings import (
    Finding,
    GatePolicy,
    clipped,
    first_of_each,
    policy_of,
    unprinted,
)


def policy(**given: object) -> GatePolicy:
    edition = read_edition("2021")
    disclosure = edition.disclosure.model_copy(update=given)
    return policy_of(edition.model_copy(update={"disclosure": disclosure}))


def test_the_policy_is_that_of_the_edition() -> None:
    given = {"minimum": 7, "interval_firms": 4, "interval_percent": 25.0, "unanimous": True}
    expected = GatePolicy(7, 4, as_printed=False, mean_width=0.25, unanimous=True)
    assert policy(rule="protected", **given) == expected


def test_what_is_printed_is_exempt_where_the_edition_says_so_and_nowhere_else() -> None:
    printed = policy(rule="as_printed")
    assert printed.as_printed
    assert not unprinted(printed).as_printed
    assert unprinted(printed) == policy(rule="protected")


def test_a_text_is_shown_on_one_line_and_up_to_sixty_letters() -> None:
    assert clipped("a \n  b") == "'a b'"
    assert clipped("字" * 60) == repr("字" * 60)
    assert clipped("字" * 61) == f"{'字' * 60!r}… (61 characters)"


def test_a_finding_says_where_it_stands_as_far_as_that_is_known() -> None:
    assert str(Finding("a.csv", "row 2", "46", "few firms")) == "a.csv, row 2: 46 (few firms)"
    assert str(Finding("a.csv", "", "46", "few firms")) == "a.csv: 46 (few firms)"
    told = {"file": "a.csv", "place": "row 2", "what": "46", "how": "few firms"}
    assert Finding("a.csv", "row 2", "46", "few firms").record() == told


def test_a_finding_is_told_once_and_not_of_the_file_where_its_place_is_known() -> None:
    placed, other = Finding("a", "row 1", "46", "x"), Finding("a", "row 2", "46", "x")
    whole = Finding("a", "", "46", "x")
    alike = [Finding("b", "", "46", "x"), Finding("a", "", "47", "x"), Finding("a", "", "46", "y")]
    assert first_of_each([whole, placed, other, placed, *alike]) == [placed, other, *alike]
    assert first_of_each([whole, whole]) == [whole]
