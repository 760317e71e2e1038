import pytest

from typst_book.images import svg_families, unknown_families

SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'


def picture(tmp_path, inner):
    path = tmp_path / "picture.svg"
    path.write_text(SVG.format(inner), "utf-8")
    return path


def test_families_are_found_in_attributes_and_styles(tmp_path):
    path = picture(
        tmp_path,
        '<text font-family="Noto Sans SC, serif"/><text style="font: 700 11px \'Kai\', serif"/>',
    )
    assert svg_families(path) == {"Noto Sans SC", "Kai"}
    assert unknown_families(path, {"Noto Sans SC"}) == {"Kai"}


def test_a_raster_image_inside_a_vector_picture_is_refused(tmp_path):
    with pytest.raises(ValueError, match="raster"):
        svg_families(picture(tmp_path, '<image href="data:image/png;base64,AAAA"/>'))


def test_a_file_that_is_no_svg_is_refused(tmp_path):
    path = tmp_path / "picture.svg"
    path.write_text("<svg", "utf-8")
    with pytest.raises(ValueError, match="not an SVG"):
        svg_families(path)


SOURCE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>'


@pytest.fixture
def printed(build):
    """Print a page that has a picture; give what Typst gets of it."""

    def write(text: str) -> str:
        output = build({"index": f"# 题\n\n{text}\n"}, {"p.svg": SOURCE})
        return (output / "source/pages/001.typ").read_text("utf-8")

    return write


@pytest.mark.parametrize(
    ("given", "length"),
    [
        ("60", "45pt"),  # pixels of 1/96 inch
        ("60px", "45pt"),
        ("10pt", "10pt"),
        ("2pc", "24pt"),
        ("3cm", "3cm"),
        ("4.5mm", "4.5mm"),
        ("1in", "1in"),
        ("2em", "2em"),
        ("3ex", "1.5em"),
        ("50%", "50%"),
    ],
)
def test_a_length_of_a_picture_is_the_same_length_on_paper(printed, given, length):
    source = printed(f"```{{image}} p.svg\n:alt: 图\n:width: {given}\n```")
    assert f"width: {length})" in source


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("![图](p.svg)", '#picture("/pictures/p.svg", "图")'),
        ("![图](p.svg)文", '#box(image("/pictures/p.svg", alt: "图", height: 1em))'),
        ("文![图](p.svg){height=2em}", '#box(image("/pictures/p.svg", alt: "图", height: 2em))'),
        ("文![图](p.svg){width=3cm}", '#box(image("/pictures/p.svg", alt: "图", width: 3cm))'),
    ],
)
def test_a_picture_among_words_is_as_high_as_they_are_and_one_alone_as_it_is(printed, text, shown):
    assert shown in printed(text)
