"""How the pages of the edition are filled, and what a reader of paper is led by."""

import re
from collections import Counter

import pypdf
import pypdfium2
import pytest

THIRD = 1 / 3
PAGE = re.compile(r"(?:.{4}|\S+)（第 \d+ 页）")


@pytest.fixture(scope="module")
def reader(edition):
    return pypdf.PdfReader(edition.pdf)


@pytest.fixture(scope="module")
def words(reader) -> list[str]:
    return [page.extract_text() for page in reader.pages]


@pytest.fixture(scope="module")
def fill(edition, reader) -> list[float]:
    """Which part of the room for text each page uses, down to the last thing printed there."""
    found = []
    with pypdfium2.PdfDocument(edition.pdf) as pdf:
        for page in pdf:
            shown = page.render(scale=0.5, grayscale=True).to_numpy().squeeze()
            top, bottom = round(shown.shape[0] * 0.085), round(shown.shape[0] * 0.925)
            printed = (shown[top:bottom] < 200).any(axis=1).nonzero()[0]
            found.append((printed.max() + 1) / (bottom - top) if len(printed) else 0.0)
    return found


def openings(reader) -> dict[int, str]:
    """Pages that a chapter or a part opens, with its name in the bookmarks."""

    def walk(entries, depth):
        for entry in entries:
            if isinstance(entry, list):
                yield from walk(entry, depth + 1)
            elif depth < 2:
                yield reader.get_destination_page_number(entry), entry.title

    found = dict(walk(reader.outline, 0))
    assert len(found) > 20
    return found


def test_no_page_is_under_a_third_full_but_the_last_of_a_chapter(reader, fill):
    opened = openings(reader)
    last = {page - 1 for page in opened} | {len(fill) - 1}
    first = min(opened)
    empty = [page + 1 for page, part in enumerate(fill) if part < THIRD and page >= first]
    assert [page for page in empty if page - 1 not in last] == []


def test_no_small_table_stands_alone_on_a_page(words, fill):
    alone = [
        (page + 1, text[:60])
        for page, (text, part) in enumerate(zip(words, fill, strict=True))
        if part < THIRD and re.match(r"(?:[^\n]*\n)?(?:续?表 )", text)
    ]
    assert alone == []


def test_no_table_leaves_its_note_behind(words):
    behind = [text[:60] for text in words if re.match(r"[^\n]*\n数据来源：", text)]
    assert behind == []


def test_every_section_of_a_chapter_is_numbered_and_none_of_an_appendix(reader):
    numbered, plain = [], []

    def walk(entries, chapter):
        for entry in entries:
            if isinstance(entry, list):
                walk(entry, chapter)
                continue
            if re.match(r"第.+章　", entry.title):
                chapter = numbered
            elif re.match(r"附录|第.+篇", entry.title):
                chapter = plain if entry.title.startswith("附录") else None
            elif chapter is not None:
                chapter.append(entry.title)

    walk(reader.outline, None)
    assert len(numbered) > 30 and plain
    assert [title for title in numbered if not re.match("[一二三四五六七八九十]+、", title)] == []
    assert [title for title in plain if re.match("[一二三四五六七八九十]+、", title)] == []


def test_no_reference_is_said_twice(words):
    twice = []
    for text in words:
        flat = text.replace("\n", "")
        twice += [name for name, times in Counter(PAGE.findall(flat)).items() if times > 1]
        # “来源与限度见数据来源与限度（第 40 页）”: its own words, once more.
        twice += re.findall(r"(.{4,})见“?[^“”，。]{0,4}\1", flat)
    assert twice == []


def test_a_page_in_brackets_stands_outside_of_quotation_marks(words):
    assert [text for text in words if re.search(r"“[^“”]*（第 \d+ 页）”", text)] == []


def test_each_exhibit_links_to_its_data_on_the_site(edition, reader):
    linked = {
        str(note.get_object()["/A"]["/URI"]).partition("#")[2]
        for page in reader.pages
        for note in page.get("/Annots", ())
        if "/URI" in note.get_object().get("/A", {})
    }
    exhibits = {path.stem for path in edition.source.glob("exhibits/*.json")}
    # Profiles, of which the exhibits end in a number of their own, are pages of the site alone.
    profile = re.compile(r".*-c?\d+-\d+")
    exhibits = {n for n in exhibits if not n.endswith(".vl") and not profile.fullmatch(n)}
    assert len(exhibits) > 40
    assert exhibits - linked == set()
