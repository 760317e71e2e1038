"""What the site says the PDF says: every word and figure, in prose, tables, captions and charts."""

import re
import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import bs4

# Of a page of the site: what has no place on paper.
GONE = (
    "script, style, .headerlink, .exhibit-data, .exhibit-tools, .exhibit-chart, .prev-next-area,"
    " .site-only, .table-filter, .leading-map-box, .release-links, details.hide"
)
BLOCKS = "h1, h2, h3, h4, p, td, th, dt, dd > p, li, figcaption, caption, pre"
# Formulas and marks of footnotes are set in other signs.
SIGNS = "math, .math, .footnote-reference"
CAPTION = re.compile(r"(?:图|表)\s*A?\d+(?=　)")


def letters(text: str) -> str:
    """Han characters, Latin letters and digits alone, in their order."""
    return "".join(re.findall(r"[㐀-鿿A-Za-z0-9]", text))


def articles(book):
    for page in book.pages:
        soup = bs4.BeautifulSoup(page.read_text("utf-8"), "html.parser")
        found = soup.select_one("article") or soup.select_one("[role=main]")
        for gone in found.select(GONE):
            gone.extract()
        yield page, found


def segments(block: bs4.Tag) -> list[str]:
    """The runs of text of a block between those places where print inserts something."""
    for inner in block.select("p, li, pre, table, dd") if block.name != "td" else []:
        inner.extract()
    for cut in block.select(f"a, abbr, br, {SIGNS}"):
        cut.insert_before("\0")
        cut.insert_after("\0")
    for sign in block.select(SIGNS):
        sign.extract()
    return [part for run in block.get_text().split("\0") if (part := letters(run))]


def in_print(segment: str, pages: list[str], whole: str) -> bool:
    """Whether a run of text is there, whole or parted once by the turn of a page."""
    if segment in whole:
        return True
    return any(
        segment[:cut] in before and segment[cut:] in after
        for before, after in pairwise(pages)
        for cut in range(1, len(segment))
    )


def printed_pages(text: list[str]) -> list[str]:
    return [letters(re.sub(r"[①-⑳]", "", page)) for page in text]


def test_every_word_of_the_site_comes_back_from_the_pdf(book, text):
    pages = printed_pages(text)
    whole = "".join(pages)
    missing, seen = [], 0
    for page, article in articles(book):
        for block in reversed(article.select(BLOCKS)):
            found = segments(block)
            seen += sum(map(len, found))
            missing += [(page.name, one) for one in found if not in_print(one, pages, whole)]
    allowed = {("index.html", letter) for letter in root_title(book)}
    assert [one for one in missing if one not in allowed] == []
    # Pages that were hardly read would pass as well.
    assert seen > 0.5 * len(whole)


def root_title(book) -> set[str]:
    soup = bs4.BeautifulSoup((book.site / "index.html").read_text("utf-8"), "html.parser")
    return {letters(soup.select_one("h1").get_text())}


def test_captions_bear_the_same_numbers_on_the_site_and_in_print(book, text):
    site = {
        number.replace(" ", "")
        for _page, article in articles(book)
        for caption in article.select("figcaption, caption")
        for number in CAPTION.findall(caption.get_text())
    }
    printed = {n.replace(" ", "") for page in text for n in CAPTION.findall(page)}
    assert site
    assert printed == site


def test_the_words_inside_every_chart_come_back_too(book, text):
    printed = "".join(printed_pages(text))
    for picture in book.pictures:
        runs = [
            letters("".join(element.itertext()))
            for element in ElementTree.parse(picture).iter("{http://www.w3.org/2000/svg}text")
        ]
        missing = [run for run in runs if re.search("[㐀-鿿]", run) and run not in printed]
        assert missing == [], picture.name


def test_a_simulated_book_says_so_on_its_cover(book, text):
    assert "模拟数据" in letters(text[0])
