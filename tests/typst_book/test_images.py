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
