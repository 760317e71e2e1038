"""An editor's walk: change a word of a chapter, try it for a province, see it, build.

In a copy of the project with the edition built. Neither way of running a notebook by hand touches
anything of the edition.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jupytext
import nbformat
import pytest

pytestmark = pytest.mark.builds

CHAPTER = "national-levels"
BUILT = Path("_build/2021")
COPIED = ("src", "data", "notebooks", "book", "scripts", "profiles", "docs")
FILES = ("Snakefile", "_config.yml", "_toc.yml", "requirements.lock", "pyproject.toml")
OLD, NEW = "仍在智能化转型的起步阶段", "仍处在智能化转型的起步阶段"


class Editor:
    """A person at work in a copy of the project."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.notebook = root / f"notebooks/{CHAPTER}.md"
        self.environment = {**os.environ, "PYTHONPATH": str(root / "src")}

    def run(self, *words: str, folder: str) -> str:
        done = subprocess.run(
            [sys.executable, *words],
            cwd=self.root / folder,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def replace(self, old: str, new: str) -> None:
        text = self.notebook.read_text("utf-8")
        assert text.count(old) == 1
        self.notebook.write_text(text.replace(old, new), "utf-8")

    def as_notebook(self) -> Path:
        """Save the chapter in Jupyter's own format, beside itself."""
        path = self.root / f"notebooks/{CHAPTER}.ipynb"
        jupytext.write(jupytext.read(self.notebook), path)
        return path

    def edition(self) -> dict[str, str]:
        """Digests of all files of the edition; drafts are none of it."""
        folder = self.root / BUILT
        return {
            str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in folder.rglob("*")
            if path.is_file() and path.relative_to(folder).parts[0] != "drafts"
        }


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Editor:
    """Give an editor the built edition and a chapter in which one word is another."""
    assert BUILT.is_dir(), "run `make book` first"
    root = tmp_path_factory.mktemp("editor")
    ignored = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", "drafts")
    for name in (*COPIED, str(BUILT)):
        shutil.copytree(name, root / name, symlinks=True, ignore=ignored)
    for name in FILES:
        shutil.copy2(name, root / name)
    made = Editor(root)
    made.replace(OLD, NEW)
    return made


def shown(path: Path) -> tuple[list[str], str]:
    """Return the charts that stand below the cells of an executed notebook, and its sentences."""
    bundles = [
        output.data
        for cell in nbformat.read(path, as_version=4).cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    ]
    charts = [bundle["image/svg+xml"] for bundle in bundles if "image/svg+xml" in bundle]
    return charts, "\n".join(bundle.get("text/markdown", "") for bundle in bundles)


def check(path: Path) -> None:
    charts, sentences = shown(path)
    assert charts
    assert "一级及以下" in charts[0]
    assert NEW in sentences
    assert "江苏省" in sentences


def test_nbconvert_shows_chart_and_sentence_and_leaves_the_edition_alone(editor: Editor) -> None:
    before = editor.edition()
    editor.replace('province = ""', 'province = "江苏省"')
    try:
        name = editor.as_notebook().name
    finally:
        editor.replace('province = "江苏省"', 'province = ""')
    convert = ("-m", "nbconvert", "--execute", "--to", "notebook", "--output", "by-hand.ipynb")
    editor.run(*convert, name, folder="notebooks")
    check(editor.root / "notebooks/by-hand.ipynb")
    assert editor.edition() == before


def test_plain_papermill_does_so_too(editor: Editor) -> None:
    before = editor.edition()
    name = editor.as_notebook().name
    words = (name, "papermill.ipynb", "-p", "province", "江苏省")
    editor.run("-m", "papermill", *words, folder="notebooks")
    check(editor.root / "notebooks/papermill.ipynb")
    assert editor.edition() == before


def test_the_build_takes_the_change_and_no_province(editor: Editor) -> None:
    for left in editor.root.glob("notebooks/*.ipynb"):
        left.unlink()
    editor.run("scripts/build_edition.py", folder=".")
    page = (editor.root / BUILT / f"site/{CHAPTER}.html").read_text("utf-8")
    assert NEW in page
    assert OLD not in page
    assert (
        "江苏省"
        not in (editor.root / BUILT / "numbers.json")
        .read_text("utf-8")
        .partition(f"{CHAPTER}.composition")[2]
        .partition("}")[0]
    )
