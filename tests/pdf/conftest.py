"""Three books, each as a site and as a PDF: a toy, the book of features, and the edition."""

import io
from dataclasses import dataclass
from pathlib import Path

import pikepdf
import pypdf
import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from smdi.report.profiles.listing import is_profile
from tests.typst_book.features import build as build_features

ROOT = Path(__file__).parents[2]
TOY = ROOT / "tests" / "typst_book" / "fixtures" / "book"
EDITION = ROOT / "_build" / "2021"


@dataclass(frozen=True)
class Book:
    """A PDF, the site it must agree with, and the vector pictures that both show."""

    name: str
    pdf: Path
    site: Path
    source: Path
    pictures: list[Path]

    @property
    def pages(self) -> list[Path]:
        """The pages of the site that are in the book."""
        not_printed = {"genindex.html", "search.html", "provinces.html", "divisions.html"}
        found = (page for page in self.site.rglob("*.html") if "_static" not in page.parts)
        return sorted(
            page for page in found if page.name not in not_printed and not is_profile(page.stem)
        )


def build(source: Path, output: Path, builder: str, doctrees: Path) -> None:
    """Run Sphinx in this process, every warning an error."""
    with patch_docutils(str(source)), docutils_namespace():
        Sphinx(
            str(source), str(source), str(output), str(doctrees), builder,
            status=io.StringIO(), warning=io.StringIO(), warningiserror=True,
        ).build()  # fmt: skip


@pytest.fixture(scope="session")
def run_sphinx():
    """The function that builds a book: source, output, builder, doctrees."""
    return build


@pytest.fixture(scope="session")
def toy(tmp_path_factory) -> Book:
    """The toy, both forms from the same doctrees."""
    folder = tmp_path_factory.mktemp("toy")
    build(TOY, folder / "site", "html", folder / "doctrees")
    build(TOY, folder / "pdf", "typst", folder / "doctrees")
    return Book(
        "toy", folder / "pdf" / "report.pdf", folder / "site", TOY, sorted(TOY.glob("*.svg"))
    )


@pytest.fixture(scope="session")
def features(tmp_path_factory) -> Book:
    """One of each thing that a page can hold, with the configuration of the report."""
    folder = tmp_path_factory.mktemp("features")
    assert [build_features(folder, builder) for builder in ("html", "typst")] == [0, 0]
    pdf, source = folder / "typst" / "report.pdf", folder / "source"
    return Book("features", pdf, folder / "html", source, sorted(source.rglob("*.svg")))


@pytest.fixture(scope="session")
def edition() -> Book:
    """The edition that `make book` built."""
    pdf, site = EDITION / "report.pdf", EDITION / "site"
    assert pdf.is_file() and site.is_dir(), "build the edition first: make book"
    source = EDITION / "source"
    pictures = sorted(site.glob("exhibits/*.svg"))
    return Book("edition", pdf, site, source, [p for p in pictures if p.stem.count("-") < 2])


@pytest.fixture(scope="session", params=["toy", "features", "edition"])
def book(request) -> Book:
    """Each of the three books in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def text(book) -> list[str]:
    """What a program reads from each page, the PDF's pages in order."""
    return [page.extract_text() for page in pypdf.PdfReader(book.pdf).pages]


@pytest.fixture(scope="session")
def opened(book):
    """The file as objects."""
    with pikepdf.open(book.pdf) as pdf:
        yield pdf


@pytest.fixture(scope="session")
def structure(opened) -> list[pikepdf.Dictionary]:
    """Every element of the tags, in reading order."""
    found = []

    def walk(element):
        if isinstance(element, pikepdf.Array):
            for child in element:
                walk(child)
        elif isinstance(element, pikepdf.Dictionary):
            if "/S" in element:
                found.append(element)
            if "/K" in element and element.get("/Type") != "/MCR":
                walk(element.K)

    walk(opened.Root.StructTreeRoot.K)
    return found
