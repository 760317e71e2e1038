"""A rerun as a user makes it: what it leaves, what it shows, what it refuses, what it leaves alone.

In a folder that sees the project and its built edition through links, so that what a rerun makes
lies there.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BUILT = Path("_build/2021")
SEEN = ("src", "data", "notebooks", "book", "scripts", "_config.yml", "_toc.yml")
SEEN += ("requirements.lock", "Makefile", "pyproject.toml")
CHAPTER = "national-levels"
OUTSIDE = re.compile(r"""(?:src|href)=["'](?:https?:)?//""")


class Rerun:
    """The project as seen from a folder of the test's own."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def run(self, *words: str, folder: str = ".") -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "PYTHONPATH": str(self.root / "src")}
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.root / folder,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    def rerun(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("scripts/rerun_chapter.py", *words)

    def folders(self) -> list[Path]:
        return sorted((self.root / BUILT / "reruns").iterdir())

    def release(self) -> dict[str, str]:
        current = (ROOT / BUILT / "current").resolve()
        files = sorted(path for path in current.rglob("*") if path.is_file())
        return {str(p): hashlib.sha256(p.read_bytes()).hexdigest() for p in files}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Rerun:
    assert (ROOT / BUILT / "current").is_dir(), "run `make book` first"
    root = tmp_path_factory.mktemp("rerun")
    (root / BUILT).mkdir(parents=True)
    for name in SEEN:
        (root / name).symlink_to(ROOT / name)
    for name in ("releases", "work"):
        (root / BUILT / name).symlink_to(ROOT / BUILT / name)
    (root / BUILT / "current").symlink_to((ROOT / BUILT / "current").readlink())
    return Rerun(root)


@pytest.fixture(scope="module")
def done(project: Rerun) -> Iterator[tuple[subprocess.CompletedProcess[str], Path]]:
    before = project.release()
    done = project.rerun(CHAPTER, "province=江苏")
    assert done.returncode == 0, done.stderr
    assert project.release() == before
    (folder,) = project.folders()
    yield done, folder


@pytest.fixture
def left(project: Rerun) -> Path:
    """Leave what a killed rerun leaves."""
    path = project.root / BUILT / "reruns/.partial-999999999"
    path.mkdir(parents=True)
    return path


def test_the_folder_holds_pages_data_and_notebook_and_nothing_of_the_work(done) -> None:
    names = {path.name for path in done[1].iterdir()}
    data = {"values.csv", "sentences.csv", "ranks.csv", "exhibits.csv", "consequences.json"}
    assert names == {"site", "chapter", *data}
    assert (done[1] / f"chapter/{CHAPTER}.ipynb").is_file()


def test_the_chapter_is_a_page_with_its_sentences_and_charts(done) -> None:
    page = (done[1] / f"site/{CHAPTER}.html").read_text("utf-8")
    assert re.search(r"2021 年，江苏省参评企业中处于一级及以下的占 \d+%", page)
    assert "{num}" not in page
    assert 'data-exhibit="fig-04"' in page
    assert (done[1] / "site/exhibits/fig-04.svg").is_file()


@pytest.mark.parametrize("name", ["index", CHAPTER])
def test_each_page_says_on_top_what_it_was_made_from(done, name: str) -> None:
    page = (done[1] / f"site/{name}.html").read_text("utf-8").partition("<article")[2]
    about = json.loads((done[1] / "consequences.json").read_text("utf-8"))["about"]
    release = (ROOT / BUILT / "current").readlink().name
    assert about["release"] == release
    for text in ("江苏省", "province=江苏省", release, about["data"], about["code"], "模拟数据"):
        assert page.index(text) < page.index("<h2>")


@pytest.mark.parametrize("name", ["index", CHAPTER])
def test_no_page_asks_the_network_or_a_file_that_is_not_there(done, name: str) -> None:
    site = done[1] / "site"
    page = (site / f"{name}.html").read_text("utf-8")
    assert not OUTSIDE.search(page)
    named = set(re.findall(r'(?:src|href)="([^"#?:]+)', page)) - {"", "."}
    assert named
    assert {path for path in named if not (site / path).exists()} == set()


def test_the_consequences_show_value_sentence_and_both_drawings(done) -> None:
    page = (done[1] / "site/index.html").read_text("utf-8")
    assert "<del>全国</del><ins>江苏省</ins>" in page
    assert 'src="compared/old-fig-04.svg"' in page
    assert 'src="compared/new-fig-04.svg"' in page
    old = json.loads((ROOT / BUILT / "numbers.json").read_text("utf-8"))
    new = json.loads((done[1] / "chapter/numbers.json").read_text("utf-8"))
    key = f"{CHAPTER}.same_mix"
    row = page[page.index(f"<code>{key}</code>") :].partition("</tr>")[0]
    assert old[key]["text"] in row
    assert new[key]["text"] in row


def test_each_named_value_that_reads_otherwise_is_listed_and_no_other(done) -> None:
    old = json.loads((ROOT / BUILT / "numbers.json").read_text("utf-8"))
    new = json.loads((done[1] / "chapter/numbers.json").read_text("utf-8"))
    numbers = {key for key, record in new.items() if record["kind"] == "number"}
    other = {key for key in numbers if old[key]["text"] != new[key]["text"]}
    content = json.loads((done[1] / "consequences.json").read_text("utf-8"))
    assert {row["key"] for row in content["values"]} == other


def test_the_terminal_says_what_moved_and_where_the_page_is(done, project: Rerun) -> None:
    told = done[0].stdout
    assert told.count(f"{CHAPTER}.same_mix") == 1
    assert (project.root / told.splitlines()[-1].strip()).is_file()


def test_a_rerun_without_parameters_moves_nothing_and_clears_what_a_killed_one_left(
    project: Rerun, left: Path
) -> None:
    assert project.rerun(CHAPTER).returncode == 0
    assert not left.exists()
    content = json.loads(
        (project.root / BUILT / f"reruns/{CHAPTER}/consequences.json").read_text("utf-8")
    )
    counts = content["counts"]
    assert [counts[name] for name in ("values", "sentences", "ranks", "exhibits")] == [0] * 4


def test_a_notebook_gets_the_same_consequences_with_a_display_of_their_own(project: Rerun) -> None:
    code = (
        "import smdi; made = smdi.rerun('national-levels', province='江苏');"
        "shown = made._repr_mimebundle_(); print(made); print(list(made.values.key));"
        "print('<del>全国</del><ins>江苏省</ins>' in shown['text/html'],"
        " shown['text/html'].count('data:image/svg+xml'), 'http' in shown['text/html'][:2000])"
    )
    done = project.run("-c", code, folder="notebooks")
    assert done.returncode == 0, done.stderr
    told, keys, display = done.stdout.splitlines()
    assert "江苏省" in told
    assert f"{CHAPTER}.same_mix" in keys
    assert display == "True 2 False"


def test_a_wrong_request_in_a_notebook_is_told_without_a_traceback(project: Rerun) -> None:
    code = (
        "from IPython.core.interactiveshell import InteractiveShell as S; shell = S.instance();"
        "shell.run_cell(\"import smdi; smdi.rerun('regionz', province='台湾省')\")"
    )
    told = project.run("-c", code, folder="notebooks").stdout
    assert "nearest is 'regions'" in told
    assert "on the maps alone" in told
    assert "Traceback" not in told


def test_all_refusals_come_at_once_and_nothing_is_left(project: Rerun) -> None:
    before = project.folders()
    words = ["province=江苏省", "province=台湾省", "industry=99", "scores=/nope", "江苏省"]
    done = project.rerun("national-level", *words)
    assert done.returncode == 2
    assert "5 problems in the input" in done.stderr
    for text in (
        "nearest is 'national-levels'",
        "39 计算机",
        "/nope",
        "given 2 times",
        "name=value",
    ):
        assert text in done.stderr
    assert "Traceback" not in done.stderr
    assert project.folders() == before


def test_an_edition_that_is_not_built_cannot_be_compared_with(project: Rerun) -> None:
    (project.root / BUILT / "current").rename(project.root / "aside")
    try:
        done = project.rerun(CHAPTER, "province=江苏省")
    finally:
        (project.root / "aside").rename(project.root / BUILT / "current")
    assert done.returncode == 2
    assert "make book EDITION=2021" in done.stderr


def test_the_list_names_chapters_and_parameters(project: Rerun) -> None:
    told = project.rerun().stdout
    assert re.search(
        rf"^{CHAPTER} +edition, province, city, industry, sector, size, type$", told, re.MULTILINE
    )
    assert "province: text, default ''" in told
    assert "39 计算机、通信和其他电子设备制造业" in told


def test_a_region_that_is_not_surveyed_is_told_so(project: Rerun) -> None:
    done = project.rerun(CHAPTER, "province=台湾")
    assert done.returncode == 2
    assert "on the maps alone" in done.stderr
