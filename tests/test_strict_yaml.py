"""YAML of editors: what the plain loader lets pass in silence is a fault, told with its place."""

from __future__ import annotations

import pytest
import yaml

from smdi.strict_yaml import StrictLoader


def loaded(text: str) -> object:
    return yaml.load(text, StrictLoader)


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1\nb: [x, {c: true}]\n", {"a": 1, "b": ["x", {"c": True}]}),
        ("a: &x 1\nb: *x\nc: [*x, *x]\n", {"a": 1, "b": 1, "c": [1, 1]}),
        ("- &x text\n- {k: *x}\n", ["text", {"k": "text"}]),
        ("a: {k: 1}\nb: {k: 2}\n", {"a": {"k": 1}, "b": {"k": 2}}),
        ("1: a\n'1': b\n", {1: "a", "1": "b"}),
        ("a: &x [1]\n", {"a": [1]}),
        ("", None),
    ],
)
def test_what_says_one_thing_once_is_read_as_it_stands(text: str, data: object) -> None:
    assert loaded(text) == data


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: &x [1]\nb: *x\n", 1, 3),
        ("a: &x {k: 1}\nb: [2, *x]\n", 1, 7),
        ("a: &x [1]\n*x : b\n", 1, 0),
        ("a: &x\n  <<: 1\nb:\n  <<: *x\n", 3, 6),
        ("a: *none\n", 0, 3),
    ],
)
def test_an_alias_of_more_than_a_value_is_told_where_it_stands(
    text: str, line: int, column: int
) -> None:
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        loaded(text)
    assert caught.value.problem == "an alias (*name) of more than one value"
    assert (caught.value.context, caught.value.context_mark) == (None, None)
    mark = caught.value.problem_mark
    assert mark is not None
    assert (mark.line, mark.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "key", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "a", 2, 0),
        ("a: 1\n'a': 2\n", "a", 1, 0),
        ("k: {x: 1, x: 1}\n", "x", 0, 10),
        ("- 1: a\n  2: b\n  1: a\n", "1", 2, 2),
        ("a: 1\na: 2\na: 3\n", "a", 1, 0),
    ],
)
def test_a_key_that_stands_twice_is_told_where_it_stands_again(
    text: str, key: str, line: int, column: int
) -> None:
    with pytest.raises(yaml.MarkedYAMLError) as caught:
        loaded(text)
    assert caught.value.problem == f"the key '{key}' a second time"
    assert (caught.value.context, caught.value.context_mark) == (None, None)
    mark = caught.value.problem_mark
    assert mark is not None
    assert (mark.line, mark.column) == (line, column)


def test_of_two_keys_given_twice_the_one_that_lies_less_deep_is_told() -> None:
    with pytest.raises(yaml.MarkedYAMLError, match="the key 'outer' a second time"):
        loaded("a: {b: {inner: 1, inner: 2}}\nc: {outer: 1, outer: 2}\n")


@pytest.mark.parametrize("text", ["? [1]\n: a\n", "? [1]\n: a\n? [2]\n: b\n"])
def test_a_list_is_no_key(text: str) -> None:
    with pytest.raises(yaml.MarkedYAMLError, match="unhashable key"):
        loaded(text)
