"""The order of the book: bookmarks, running heads, and the same bytes for the same pages."""

import re

import bs4
import pypdf
import pytest
import yaml

COUNT = "[一二三四五六七八九十]+"
NUMBER = re.compile(f"^(第{COUNT}[章篇]|附录[A-Z]|{COUNT}、|（{COUNT}）)　?")
# The toy's front matter has a caption, which print leaves out.
FRONT = "卷首"


@pytest.fixture(scope="module")
def toc(book):
    """Pages and captions of the table of contents, in order."""
    printed = book.source / "_toc_print.yml"
    path = printed if printed.is_file() else book.source / "_toc.yml"
    return yaml.safe_load(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def outline(book):
    """Bookmarks as (depth, title, index of the page)."""
    reader = pypdf.PdfReader(book.pdf)

    def walk(items, depth):
        for item in items:
            if isinstance(item, list):
                yield from walk(item, depth + 1)
            else:
                yield depth, item.title, reader.get_destination_page_number(item)

    return list(walk(reader.outline, 1))


def site_title(book, name):
    page = (book.site / f"{name}.html").read_text("utf-8")
    heading = bs4.BeautifulSoup(page, "html.parser").select_one("article h1, [role=main] h1")
    for link in heading.select(".headerlink"):
        link.extract()
    return heading.get_text().strip()


def bare(title):
    return re.sub(r"\s", "", NUMBER.sub("", title))


def test_bookmarks_name_every_part_and_page_of_the_contents_in_order(book, toc, outline):
    expected = []
    for part in toc["parts"]:
        named = part.get("caption") not in (None, FRONT)
        expected += [bare(part["caption"])] if named else []
        expected += [bare(site_title(book, page["file"])) for page in part["chapters"]]
    titles = iter([bare(title) for _depth, title, _page in outline])
    missing = [title for title in expected if title not in titles]
    # `in` reads on in the bookmarks, so the order is proven too.
    assert missing == []


def test_bookmarks_bear_the_chapter_numbers_in_order(outline):
    numbers = [found[0] for _d, title, _p in outline if (found := re.match("第.{1,3}章", title))]
    assert numbers[:3] == ["第一章", "第二章", "第三章"]
    assert len(numbers) == len(set(numbers))


def opens(title):
    return not re.match(f"{COUNT}、|（", title)


def test_running_heads_name_the_chapter_that_the_page_belongs_to(book, text, outline):
    title = str(pypdf.PdfReader(book.pdf).metadata.title)
    starts = [(page, close(name)) for depth, name, page in outline if depth <= 2 and opens(name)]
    names = {name for _page, name in starts}
    seen = 0
    for index, page in enumerate(text):
        first = page.splitlines()[0]
        if not first.startswith(title + " "):
            continue
        seen += 1
        head = close(first.removeprefix(title))
        assert head in names, (index, head)
        # Nothing that a head could name begins between its chapter's first page and this one,
        # save the unnumbered sections of that chapter.
        begun = max(start for start, name in starts if name == head)
        assert begun < index
        later = {name for start, name in starts if begun < start <= index}
        assert not {name for name in later if NUMBER.match(name)}, (index, head, later)
    assert seen > 0


def close(title):
    return re.sub(r"\s", "", title)


def test_a_page_that_opens_a_chapter_bears_no_running_head(book, text, outline):
    title = str(pypdf.PdfReader(book.pdf).metadata.title)
    for _depth, name, page in outline:
        if re.match(r"第.{1,3}[章篇]|附录[A-Z]", name):
            assert not text[page].splitlines()[0].startswith(title + " "), name


def test_opening_pages_name_the_page_of_the_site(text, outline):
    for _depth, name, page in outline:
        if re.match(r"第.{1,3}章|附录[A-Z]", name):
            assert re.search(r"网页版：[\w/-]+\.html", text[page]), name


def test_the_same_pages_give_the_same_bytes(toy, run_sphinx, tmp_path):
    run_sphinx(toy.source, tmp_path / "out", "typst", tmp_path / "doctrees")
    assert (tmp_path / "out" / "report.pdf").read_bytes() == toy.pdf.read_bytes()
