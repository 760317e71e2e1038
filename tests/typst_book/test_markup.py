import pytest

from typst_book import markup


def test_a_text_goes_out_as_a_string_that_typst_cannot_misread():
    assert markup.text('a "b" \\c #d $e$') == '#"a \\"b\\" \\\\c #d $e$"'


def test_a_line_break_between_two_han_characters_is_no_space():
    assert markup.text("前一行\n后一行") == '#"前一行后一行"'


def test_a_line_break_between_latin_words_is_a_space():
    assert markup.text("one\n  two") == '#"one two"'


@pytest.mark.parametrize(
    ("shown", "before", "after", "joined"),
    [
        ("\n", "前", "后", ""),
        ("\n", "a", "b", "\n"),
        ("行末\n", "", "强", "行末"),
        ("\n", "", "", "\n"),
    ],
)
def test_a_break_at_the_edge_of_a_text_is_judged_with_the_letters_beyond(
    shown, before, after, joined
):
    assert markup.join_lines(shown, before, after) == joined


def test_python_values_become_typst_code():
    assert (
        markup.value({"a-b": [1, None, True], "c": "x"}) == '("a-b": (1, none, true, ), "c": "x")'
    )


def test_a_value_without_a_typst_form_is_refused():
    with pytest.raises(TypeError, match="set"):
        markup.value({1})


def test_a_han_character_is_an_em_wide_and_a_digit_about_half():
    assert markup.width("表1") == pytest.approx(1.52)
