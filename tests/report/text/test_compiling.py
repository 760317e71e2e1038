"""Templates are compiled once for all that ask for the same text, and know what they ask for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jinja2 import (
    BaseLoader,
    DictLoader,
    Environment,
    FileSystemLoader,
    TemplateSyntaxError,
    UndefinedError,
    nodes,
)
from jinja2.exceptions import SecurityError

from smdi.report.text.templates import compiled, expression, included, make_environment


def environment(loader: BaseLoader | None = None, **filters: Any) -> Environment:
    return make_environment(filters, str, loader)


def include_of(made: Environment, source: str) -> nodes.Include:
    (include,) = compiled(made, source).includes
    return include


def test_a_template_knows_the_names_that_it_quotes_and_not_those_that_it_sets() -> None:
    source = "{% set own = given %}{{ own }}{% for x in many %}{{ x + y }}{% endfor %}"
    assert compiled(environment(), source).names == {"given", "many", "y"}


def test_a_template_knows_the_parts_that_it_includes_in_their_order() -> None:
    made = compiled(environment(), '甲{% include "b.md" %}\n{% include "a.md" %}')
    assert [(one.template.as_const(), one.lineno) for one in made.includes] == [
        ("b.md", 1),
        ("a.md", 2),
    ]
    assert compiled(environment(), "甲").includes == ()


def test_a_template_says_what_it_is_given_each_time_anew() -> None:
    made = compiled(environment(), "占{{ low }}。\n")
    assert made.template.render(low=1) == "占1。\n", "a line's end is kept"
    assert made.template.render(low=2) == "占2。\n"


def test_the_same_text_is_compiled_once_in_an_environment_and_again_in_another() -> None:
    one, other = environment(twice=lambda x: 2 * x), environment(twice=lambda x: 20 * x)
    source = "{{ 3 | twice }}"
    assert compiled(one, source) is compiled(one, source)
    texts = [compiled(made, source).template.render() for made in (one, other)]
    assert texts == ["6", "60"]


def test_a_fault_is_told_each_time_that_its_text_is_asked_for() -> None:
    made = environment()
    for _ in range(2):
        with pytest.raises(TemplateSyntaxError) as caught:
            compiled(made, "甲\n{{ low")
        assert caught.value.lineno == 2
        with pytest.raises(TemplateSyntaxError):
            expression(made, "low ==")


@pytest.mark.parametrize(
    ("words", "given", "holds"),
    [
        ("low > 3", {"low": 4}, True),
        ("low > 3", {"low": 3}, False),
        ("many | length == 0", {"many": []}, True),
        ("low is defined", {}, False),
    ],
)
def test_a_condition_is_that_of_what_it_is_given(words, given, holds) -> None:
    assert expression(environment(), words)(**given) is holds


def test_a_condition_is_compiled_once_for_the_same_words() -> None:
    made = environment()
    assert expression(made, "low > 3") is expression(made, "low > 3")
    assert expression(made, "low > 3") is not expression(environment(), "low > 3")


def test_a_condition_of_a_name_that_there_is_not_is_no_condition() -> None:
    found = expression(environment(), "low")()
    with pytest.raises(UndefinedError, match="low"):
        bool(found)


def test_a_template_changes_nothing_that_it_is_given_and_reaches_nothing_behind_it() -> None:
    made, many = environment(), [1]
    with pytest.raises(SecurityError):
        compiled(made, "{{ many.append(2) }}").template.render(many=many)
    with pytest.raises(SecurityError):
        compiled(made, "{{ many.__class__.__mro__ }}").template.render(many=many)
    assert many == [1]


def test_a_comment_is_written_with_two_signs_and_an_anchor_with_one_is_none() -> None:
    assert compiled(environment(), "甲{## 乙 ##}{#丙}").template.render() == "甲{#丙}"


def test_a_part_is_found_with_its_file_and_its_text(tmp_path: Path) -> None:
    (tmp_path / "part.md").write_text("一部分。\n", "utf-8")
    made = environment(FileSystemLoader(tmp_path))
    include = include_of(made, '{% include "part.md" %}')
    assert included(made, include) == (tmp_path / "part.md", "一部分。\n")


def test_a_part_that_lies_in_no_file_is_named_by_its_name() -> None:
    made = environment(DictLoader({"part.md": "一部分。"}))
    include = include_of(made, '{% include "part.md" %}')
    assert included(made, include) == (Path("part.md"), "一部分。")


@pytest.mark.parametrize("loader", [None, DictLoader({})], ids=["no parts", "others"])
def test_a_part_that_there_is_not_is_told_with_the_line_that_asks_for_it(loader) -> None:
    made = environment(loader)
    include = include_of(made, '甲\n\n{% include "part.md" %}')
    with pytest.raises(TemplateSyntaxError) as caught:
        included(made, include)
    assert (caught.value.message, caught.value.lineno) == ("there is no part part.md", 3)


def test_a_part_that_has_changed_is_read_anew(tmp_path: Path) -> None:
    made = environment(FileSystemLoader(tmp_path))
    include = include_of(made, '{% include "part.md" %}')
    for text in ("一。", "二。"):
        (tmp_path / "part.md").write_text(text, "utf-8")
        assert included(made, include)[1] == text
