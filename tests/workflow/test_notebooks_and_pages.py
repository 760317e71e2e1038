"""What of a project its notebooks and its list of pages say, in a project of a few files."""

from __future__ import annotations

from pathlib import Path

import pytest

from smdi.edition import read_edition
from smdi.errors import InputErrors, Problem
from smdi.report.locations import READABLE
from smdi.workflow import chapters, notebooks
from smdi.workflow.environment import direct_dependencies, locked_versions
from smdi.workflow.manifest import digest, digests, fingerprint

HEAD = "---\nkernelspec: {name: python3, display_name: X, language: python}\n---\n\n# 章\n\n"


def cell(body: str, tags: str = "keep") -> str:
    return f"```{{code-cell}} python3\n:tags: [{tags}]\n\n{body}\n```\n\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "data").mkdir()
    for name in ("editions", "published", "standards"):
        (tmp_path / "data" / name).symlink_to(Path(__file__).parents[2] / "data" / name)
    for folder in ("notebooks/parts", "notebooks/en", "book/en", "book/_static", "data/language"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "_toc.yml").touch()
    return tmp_path


def notebook(name: str, *cells: str, text: str = "") -> Path:
    path = Path(f"notebooks/{name}.md")
    path.write_text(HEAD + text + "".join(cells), "utf-8")
    return path


def faults(ask) -> list[Problem]:
    with pytest.raises(InputErrors) as caught:
        ask()
    return list(caught.value.problems)


OPENS = 'chapter = open_chapter("a", edition=edition)'


def test_code_cells_have_the_lines_at_which_they_stand(project: Path) -> None:
    path = notebook("a", cell("x = 1"), "文。\n\n", cell("x = 1\ny = 2"), cell("x = 1"))
    found = notebooks.code_cells(path)
    lines = path.read_text("utf-8").splitlines()
    assert [one.source for one in found] == ["x = 1", "x = 1\ny = 2", "x = 1"]
    assert [lines[one.line - 1] for one in found] == ["x = 1"] * 3
    assert [one.line for one in found] == sorted({one.line for one in found})
    assert notebooks.code_of(path) == "x = 1\nx = 1\ny = 2\nx = 1"
    assert notebooks.line_of_cell(path, "x = 1\ny = 2") == found[1].line
    assert notebooks.line_of_cell(path, "z = 3") is None


def test_a_cell_that_is_no_python_is_told_with_its_line_and_what_stands_there(project) -> None:
    path = notebook("a", cell("x = 1\ny = ("), cell("ok = 1"), cell("for"))
    lines = path.read_text("utf-8").splitlines()
    first, second = faults(lambda: notebooks.code_of(path))
    assert (first.file, first.value, lines[first.row - 1]) == ("notebooks/a.md", "y = (", "y = (")
    assert (second.value, lines[second.row - 1]) == ("for", "for")
    assert second.expected == "Python (invalid syntax)"


@pytest.mark.parametrize(
    ("line", "known"),
    [
        ('a = "x"', {"a": "x"}), ("a = 1.5", {"a": 1.5}), ("a = True", {"a": True}),
        ("a = -3", {"a": -3}), ("a: int = 3", {"a": 3}), ("", {}),
        ("a: int", None), ("a = b = 1", None), ("a, b = 1, 2", None), ("a = [1]", None),
        ("a = None", None), ("a = f()", None), ("a += 1", None), ("import os", None),
    ],
)  # fmt: skip
def test_a_parameter_is_one_name_with_one_literal(project: Path, line: str, known) -> None:
    path = notebook("a", cell(line, "parameters, remove-cell"), cell("b = 2"))
    if known is not None:
        assert notebooks.declared(path) == known
    else:
        (problem,) = faults(lambda: notebooks.declared(path))
        expected = "an assignment of a literal (text, number, True or False) to one name"
        assert (problem.column, problem.expected) == ("parameters", expected)


@pytest.mark.parametrize("number", [0, 2])
def test_a_notebook_has_one_cell_of_parameters(project: Path, number: int) -> None:
    path = notebook("a", *[cell("a = 1", "parameters")] * number, cell("b = 1"))
    (problem,) = faults(lambda: notebooks.declared(path))
    assert problem.expected == f"exactly one cell tagged `parameters`, found {number}"


def test_the_comment_behind_a_parameter_is_its_meaning(project: Path) -> None:
    body = "# of all\na = 1  # the first\nb: int = 2 # the  second\nc = '#3'"
    path = notebook("a", cell(body, "parameters"))
    assert notebooks.comments(path) == {"a": "the first", "b": "the  second"}


def test_parts_are_those_included_and_those_that_they_include(project: Path) -> None:
    path = notebook("a", text="{% include 'parts/z.md' %}\n{%- include \"parts/b.md\" %}\n")
    Path("notebooks/parts/z.md").write_text("{% include 'parts/c.md' %}", "utf-8")
    Path("notebooks/parts/b.md").write_text("文。", "utf-8")
    (problem,) = faults(lambda: notebooks.parts_of(path))
    assert (problem.value, problem.expected) == (
        "parts/c.md",
        "the file notebooks/parts/c.md",
    )
    Path("notebooks/parts/c.md").write_text("文。", "utf-8")
    assert [str(one) for one in notebooks.parts_of(path)] == [
        "notebooks/parts/b.md", "notebooks/parts/c.md", "notebooks/parts/z.md",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "reads"),
    [
        (OPENS, ("population",)),
        ('c = open_chapter("a", reads=("simulation", "published"))', ("simulation", "published")),
        ('c = open_chapter("a", reads=())', ()),
        ('c = open_chapter("a", reads=["together"])', ("together",)),
        (f'c = open_chapter("a", reads={READABLE!r})', READABLE),
        (f'c = open_chapter("a", reads={(*READABLE, "firms")!r})', None),
        ('c = open_chapter("a", reads=3)', None),
        ('c = b(open_chapter("b"))', None),
        ('c = open_chapter("b")', None),
        ("c = open_chapter(name)", None),
        ("c = open_chapter()", None),
        ('c = open_chapter("a", reads=("firms",))', None),
        ('c = open_chapter("a", reads=some)', None),
    ],
)
def test_what_a_chapter_reads_is_said_where_it_is_opened(project: Path, code: str, reads) -> None:
    notebook("a", cell(code))
    if reads is not None:
        assert chapters.chapter_reads("a") == reads
    else:
        (problem,) = faults(lambda: chapters.chapter_reads("a"))
        assert problem.expected.startswith('open_chapter("a", …), reading some of population, ')
        assert str(problem.value).replace("'", '"') in code.replace("'", '"')
        assert str(problem.value).startswith("open_chapter(")
        assert (problem.file, problem.row, problem.column) == ("notebooks/a.md", None, None)


def test_a_notebook_that_opens_no_chapter_is_told(project: Path) -> None:
    notebook("a", cell("x = 1"))
    (problem,) = faults(lambda: chapters.chapter_reads("a"))
    assert problem.expected == 'a cell with chapter = open_chapter("a", …)'


def listed(text: str) -> Path:
    Path("_toc.yml").write_text(text, "utf-8")
    return Path("_toc.yml")


TOC = """format: jb-book
root: index
parts:
  - caption: 甲
    chapters:
      - file: a
        sections: [{file: b}]
      - file: plain
"""


def test_the_pages_are_those_of_the_list_in_its_order_and_the_notebooks_are_chapters(project):
    listed(TOC)
    for name in ("a", "b"):
        notebook(name, cell(OPENS.replace('"a"', f'"{name}"')))
    for name in ("index", "plain"):
        Path(f"book/{name}.md").touch()
    assert chapters.pages() == ["index", "a", "b", "plain"]
    assert [one.name for one in chapters.chapters()] == ["a", "b"]
    notebook("b", cell('c = open_chapter("b", reads=("simulation",))'))
    simulated = read_edition("2021")
    given = simulated.model_copy(update={"assessments": Path("x.parquet")})
    assert [one.name for one in chapters.chapters_of(simulated)] == ["a", "b"]
    assert [one.name for one in chapters.chapters_of(given)] == ["a"]


@pytest.mark.parametrize(
    ("toc", "told"),
    [
        ("[]", [(None, "a list of pages with a root, as jb-book has it")]),
        ("format: x", [(None, "a list of pages with a root, as jb-book has it")]),
        ("root: nothing", [("nothing", "a page in book or a notebook in notebooks")]),
        ("root: index\nchapters: [{file: index}]", [("index", "each page once")]),
        ("root: index\nchapters: [{file: A_b}]",
         [("A_b", "a notebook named by a-z, 0-9 and - alone")]),
    ],
)  # fmt: skip
def test_a_list_of_pages_that_is_none_is_told(project: Path, toc: str, told) -> None:
    Path("book/index.md").touch()
    notebook("A_b", cell(OPENS))
    listed(toc)
    assert [(one.value, one.expected) for one in faults(chapters.pages)] == told


def test_the_files_of_a_language_are_its_own_pages_and_what_all_share(project: Path) -> None:
    for name in ("zh", "en"):
        Path(f"data/language/{name}.yaml").touch()
    for name in ("index.md", "en/index.md", "_static/a.css", ".hidden"):
        Path(f"book/{name}").touch()
    own = {name: str(path) for name, path in chapters.page_files("zh").items()}
    assert own == {"index.md": "book/index.md", "_static/a.css": "book/_static/a.css"}
    other = {name: str(path) for name, path in chapters.page_files("en").items()}
    assert other == {"index.md": "book/en/index.md", "_static/a.css": "book/_static/a.css"}
    notebook("a")
    Path("notebooks/.checkpoints").mkdir()
    Path("notebooks/.checkpoints/a.md").touch()
    assert chapters.prose() == [
        "_toc.yml", "book/en/index.md", "book/index.md", "data/language/en.yaml",
        "data/language/zh.yaml", "notebooks/a.md",
    ]  # fmt: skip


def test_the_digest_of_files_follows_their_content_and_names(project: Path) -> None:
    for name in ("b", "sub/a"):
        Path(f"book/{name}").parent.mkdir(exist_ok=True)
        Path(f"book/{name}").write_text(name, "utf-8")
    found = digests(Path("book"))
    assert set(found) == {"b", "sub/a"}
    assert found["b"] == digest(Path("book/b"))
    assert fingerprint(found) == fingerprint(dict(reversed(found.items())))
    assert len({fingerprint(found), fingerprint({"c": found["b"]}), fingerprint({})}) == 3
    assert len(fingerprint(found)) == 16


LOCK = """\
zope.Interface==7.0 \\
    --hash=sha256:00
numpy==2.2.6 ; python_full_version < '3.12' \\
    --hash=sha256:01
numpy==2.4.0 ; python_full_version >= '3.12' \\
    --hash=sha256:02
pandas==3.0
    # via
"""


@pytest.mark.parametrize(("python", "numpy"), [("3.11", "2.2.6"), ("3.12", "2.4.0")])
def test_the_lock_has_a_version_of_each_package_for_a_python(project, python, numpy) -> None:
    Path("a.lock").write_text(LOCK, "utf-8")
    assert locked_versions(Path("a.lock"), python) == {
        "zope-interface": "7.0", "numpy": numpy, "pandas": "3.0",
    }  # fmt: skip


def test_packages_that_are_asked_for_are_named_as_pypi_has_them(project: Path) -> None:
    Path("p.toml").write_text(
        '[project]\ndependencies = ["Zope.Interface>=7,<8", "numpy ~=2.0", "a[b]; x"]\n'
        '[dependency-groups]\ntest = ["pytest==9", "my_pkg!=1"]\n',
        "utf-8",
    )
    assert direct_dependencies(Path("p.toml")) == [
        "a", "my-pkg", "numpy", "pytest", "zope-interface",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("declared", "given"),
    [
        ('edition = "x"\nprovince = ""', {"edition": "2021-320000", "province": "江苏省"}),
        ('edition = "x"\ntop = 10', {"edition": "2021-320000"}),
        ("top = 10", {}),
    ],
)
def test_an_edition_gives_a_chapter_what_it_declares_alone(project, declared: str, given) -> None:
    notebook("a", cell(declared, "parameters"))
    edition = read_edition("2021-320000")
    assert chapters.chapter_parameters(edition, "a") == given
    assert chapters.chapter_words(edition, "a") == [f"{key}={v}" for key, v in given.items()]
