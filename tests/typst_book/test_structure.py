import pytest

from typst_book.language import appendix_letter, chinese_number


@pytest.mark.parametrize(
    ("number", "words"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五")]
)
def test_chapters_are_counted_in_chinese(number, words):
    assert chinese_number(number) == words


def test_there_is_no_chapter_nought_and_no_hundredth():
    for number in (0, 100):
        with pytest.raises(ValueError, match="no chapter number"):
            chinese_number(number)


def test_appendices_are_lettered():
    assert [appendix_letter(n) for n in (1, 2, 26)] == ["A", "B", "Z"]
