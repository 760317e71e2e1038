"""The PDF as a file: named checks of PDF/UA-1 and PDF/A-2a, fonts, pictures, bytes.

veraPDF is no Python package; these checks read the objects that its rules read first.
"""

import re
from itertools import pairwise

import pikepdf
import pypdf

HEADING = re.compile(r"/H([1-6])")


def test_the_file_says_that_it_is_tagged_and_its_tags_are_there(opened):
    assert bool(opened.Root.MarkInfo.Marked)
    assert "/K" in opened.Root.StructTreeRoot
    assert "/ParentTree" in opened.Root.StructTreeRoot


def test_language_and_title_are_set_and_the_title_is_shown(opened):
    assert str(opened.Root.Lang) == "zh-CN"
    assert bool(opened.Root.ViewerPreferences.DisplayDocTitle)
    with opened.open_metadata() as metadata:
        assert metadata["dc:title"]
        assert str(opened.docinfo["/Title"]) == metadata["dc:title"]


def test_the_metadata_claim_pdf_ua_1_and_pdf_a_2a(opened):
    with opened.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
    assert "/OutputIntents" in opened.Root


def test_every_picture_and_formula_has_words_for_those_who_cannot_see_it(structure):
    seen = [element for element in structure if element.S in ("/Figure", "/Formula")]
    assert seen
    assert all(str(element.get("/Alt", "")).strip() for element in seen)


def test_headings_begin_at_the_first_level_and_skip_none(structure):
    levels = [int(found[1]) for e in structure if (found := HEADING.fullmatch(str(e.S)))]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_heads_and_every_page_with_links_has_their_order(opened, structure):
    tables = sum(element.S == "/Table" for element in structure)
    assert tables > 0
    assert sum(element.S == "/TH" for element in structure) >= tables
    assert all(page.get("/Tabs") == "/S" for page in opened.pages if "/Annots" in page)


def test_every_link_belongs_to_the_tags_and_says_where_it_leads(opened):
    links = [link for page in opened.pages for link in page.get("/Annots", [])]
    assert links
    assert all("/StructParent" in link and str(link.get("/Contents", "")) for link in links)


def test_every_font_is_embedded_as_a_subset_and_maps_back_to_text(opened):
    fonts = {
        font.objgen: font
        for obj in opened.objects
        if isinstance(obj, pikepdf.Dictionary) and "/Font" in obj
        and isinstance(obj.Font, pikepdf.Dictionary)
        for font in obj.Font.values()
        if isinstance(font, pikepdf.Dictionary)
    }  # fmt: skip
    assert fonts
    for font in fonts.values():
        assert re.match(r"/[A-Z]{6}\+", str(font.BaseFont)), font.BaseFont
        assert "/ToUnicode" in font
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert "/FontFile2" in descriptor or "/FontFile3" in descriptor


def test_no_picture_is_a_raster_but_those_that_are_png(book, opened):
    streams = [obj for obj in opened.objects if isinstance(obj, pikepdf.Stream)]
    rasters = [obj for obj in streams if obj.get("/Subtype") == "/Image"]
    assert len(rasters) == len({path.read_bytes() for path in book.source.rglob("*.png")
                             if "extra" not in path.parts})  # fmt: skip
    assert not [obj for obj in streams if b" BI\n" in _content(obj) or b"\nBI " in _content(obj)]


def test_nothing_in_the_file_names_a_path_of_the_machine(opened):
    streams = (obj.read_bytes() for obj in opened.objects if isinstance(obj, pikepdf.Stream)
               and "/FontFile" not in str(obj.keys()))  # fmt: skip
    data = b"\n".join(streams) + str(dict(opened.docinfo)).encode()
    assert not re.search(rb"/(home|root|work|tmp|usr)/", data)


def test_the_only_date_is_that_of_the_data(opened):
    assert {str(opened.docinfo[key])[:16] for key in ("/CreationDate", "/ModDate")} == {
        "D:20211231000000"
    }


def test_the_file_is_smaller_than_ten_megabytes(book):
    assert book.pdf.stat().st_size < 10e6


def test_nothing_runs_and_nothing_is_attached(opened):
    names = opened.Root.get("/Names", pikepdf.Dictionary())
    assert "/JavaScript" not in names and "/EmbeddedFiles" not in names
    assert "/OpenAction" not in opened.Root


def test_pages_before_the_first_chapter_bear_roman_labels_and_then_arabic(book):
    labels = [label for label in pypdf.PdfReader(book.pdf).page_labels if label]
    romans = [label for label in labels if not label.isdigit()]
    assert romans[:3] == ["i", "ii", "iii"]
    assert labels[len(romans) :] == [str(n + 1) for n in range(len(labels) - len(romans))]


def _content(stream: pikepdf.Stream) -> bytes:
    return stream.read_bytes() if stream.get("/Type") in (None, "/XObject") else b""
