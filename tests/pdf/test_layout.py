"""What a reader of paper would mark: captions, long and wide tables, footnotes, references."""

import re

import pypdf
import pytest


@pytest.fixture(scope="module")
def pages(toy):
    return pypdf.PdfReader(toy.pdf).pages


@pytest.fixture(scope="module")
def words(pages):
    return [page.extract_text() for page in pages]


def body(words, needle):
    """Indexes of the pages that hold a text, the lists at the front left out."""
    start = next(index for index, page in enumerate(words) if page.startswith("第一篇"))
    return [index for index, page in enumerate(words) if needle in page and index >= start]


def test_a_long_table_returns_under_its_head_on_the_next_page(words):
    first, second = body(words, "表 2　达到二级及以上的企业数量居前的城市")
    assert second == first + 1
    assert "续表 2" not in words[first]
    assert "续表 2" in words[second]
    assert all("位次" in words[index] for index in (first, second))


def test_no_row_of_a_table_is_lost_or_split_between_pages(words):
    ranks = [
        int(found)
        for index in body(words, "表 2　")
        for found in re.findall(r"^(\d+) 城市. \d+$", words[index], re.M)
    ]
    assert ranks[-51:] == list(range(1, 52))


def test_a_wide_table_stands_on_a_turned_page_of_its_own(pages, words):
    (place,) = body(words, "表 3　重点行业")
    box = pages[place].mediabox
    assert box.width > box.height
    assert all(p.mediabox.height > p.mediabox.width for p in (pages[place - 1], pages[place + 1]))


def test_picture_caption_and_source_stand_on_one_page(words):
    (place,) = body(words, "图 4　全国")
    assert "四级及以上" in words[place]
    assert "数据来源：平台自诊断" in words[place]


def test_a_footnote_stands_at_the_foot_of_the_page_that_refers_to_it(words):
    (place,) = body(words, "工信部联企业〔2011〕300 号")
    assert words[place].count("①") >= 3  # referred to twice, printed once


def test_a_reference_to_a_page_out_of_sight_names_the_page(words):
    (place,) = body(words, "各省数量见表 1")
    flat = words[place].replace("\n", "")
    assert re.search(r"表 3（第 \d+ 页）", flat)
    assert "表 1，" in flat  # on the same page: no number
    assert "https://example.org/standards/39116" in flat.replace(" ", "")


def test_no_line_begins_with_a_sign_that_closes(words):
    for page in words:
        for line in page.splitlines():
            assert not re.match("[，。；：、！？）》」』”]", line), line


def test_what_is_for_the_site_alone_is_not_printed(words):
    everything = "".join(words)
    assert "只在书中出现的一句话" in everything
    assert "只在网站上出现的一句话" not in everything


def test_a_marked_word_is_in_the_index_with_its_page(words):
    (place,) = body(words, "索引")
    assert re.search(r"成熟度等级[ .]*2", words[place])


def test_words_divided_between_lines_of_the_source_get_no_space(words):
    assert any("换行之后仍是同一段，行末强调也不添空格" in page.replace("\n", "") for page in words)


def test_rows_that_belong_together_and_changes_read_in_print_as_on_the_site(edition):
    pages = [page.extract_text() for page in pypdf.PdfReader(edition.pdf).pages]
    (table,) = (page.partition("表 3　2020")[2] for page in pages if "\n表 3　2020" in page)
    printed = table.partition("续表")[0]
    assert printed.count("电气机械和器材制造业") == 1
    assert "+2.82" in printed and "−7.19" in printed
    lines = re.findall("取舍：无法证明何处误用", "".join(pages))
    assert len(lines) == 1
