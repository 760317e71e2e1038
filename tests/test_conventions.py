"""What every file of the project keeps to."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

from smdi.workflow.notebooks import read_notebook

SCRIPTS = Path(sys.executable).parent
CALLS_OUT = re.compile(r"cdn\.jsdelivr|unpkg\.com|cdnjs|googleapis\.com")


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.split("\0") if name and Path(name).is_file()]


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_code_has_no_lint() -> None:
    result = run(str(SCRIPTS / "ruff"), "check", ".")
    assert result.returncode == 0, result.stdout


def test_the_code_is_formatted() -> None:
    result = run(str(SCRIPTS / "ruff"), "format", "--check", ".")
    assert result.returncode == 0, result.stdout


def test_the_code_of_notebooks_is_held_to_the_same() -> None:
    result = run(sys.executable, "scripts/check_notebooks.py")
    assert result.returncode == 0, result.stderr


def test_what_a_cell_draws_is_shown_below_it() -> None:
    hidden, drawn = [], 0
    for name in tracked():
        if not name.startswith("notebooks/"):
            continue
        for cell in read_notebook(Path(name)).cells:
            if cell.cell_type != "code":
                continue
            *before, last = ast.parse(cell.source).body
            drawn += "chapter.show(" in ast.unparse(last)
            shown = [line for line in map(ast.unparse, before) if "chapter.show(" in line]
            hidden += [f"{name}: {line}" for line in shown if not line.startswith("display(")]
    assert drawn > 20
    assert hidden == []


def test_layers_import_in_the_order_of_the_data() -> None:
    result = run(str(SCRIPTS / "lint-imports"), "--no-cache")
    assert result.returncode == 0, result.stdout


def test_prose_types_no_number_that_is_computed() -> None:
    result = run(sys.executable, "scripts/lint_prose.py")
    assert result.returncode == 0, result.stderr


def test_the_code_is_typed() -> None:
    result = run(sys.executable, "-m", "mypy")
    faults = [line for line in result.stdout.splitlines() if ": error:" in line]
    assert faults == []


def test_nothing_made_is_tracked() -> None:
    made = [name for name in tracked() if name.startswith(("_build/", ".venv/"))]
    assert made + [name for name in tracked() if name.endswith(".ipynb")] == []


def test_no_source_reaches_for_a_cdn() -> None:
    folders = ("src/", "book/", "scripts/", "notebooks/", "_config.yml")
    sources = [name for name in tracked() if name.startswith(folders)]
    assert sources
    found = [n for n in sources if CALLS_OUT.search(Path(n).read_text("utf-8", errors="ignore"))]
    assert found == []


def test_no_module_is_longer_than_three_hundred_lines() -> None:
    lengths = {str(p): len(p.read_text("utf-8").splitlines()) for p in modules()}
    long = {name for name, length in lengths.items() if length > 300}
    assert long == set()


def test_no_folder_holds_more_than_fifteen_modules() -> None:
    parents = [path.parent for path in modules() if path.name != "__init__.py"]
    folders = Counter(str(parent) for parent in parents if parent != Path("scripts"))
    assert {name for name, count in folders.items() if count > 15} == set()


def test_no_paragraph_stands_twice_in_the_notebooks() -> None:
    pieces = Counter(
        (kind, paragraph.strip())
        for path in notebooks()
        for kind, text in cells(path)
        for paragraph in (text.split("\n\n") if kind == "markdown" else [text])
    )
    twice = {text for (_, text), count in pieces.items() if count > 1}
    assert {text for text in twice if not text.startswith(("#", "{% include"))} == set()


def test_notebooks_are_mostly_prose() -> None:
    code = lines = 0
    for path in notebooks():
        lines += sum(1 for line in path.read_text("utf-8").splitlines() if line.strip())
        sources = [cell.source for cell in read_notebook(path).cells if cell.cell_type == "code"]
        code += sum(1 for source in sources for line in source.splitlines() if line.strip())
    assert lines > 500
    assert code < 0.35 * lines


def modules() -> list[Path]:
    found = [Path(name) for name in tracked() if re.match(r"(src|scripts)/.*\.py$", name)]
    assert len(found) > 200
    return found


def notebooks() -> list[Path]:
    found = sorted(Path("notebooks").glob("*.md"))
    assert len(found) > 20
    return found


def cells(path: Path) -> list[tuple[str, str]]:
    """Kind and text of each cell, that of the parameters aside."""
    return [
        (cell.cell_type, cell.source)
        for cell in read_notebook(path).cells
        if "parameters" not in cell.metadata.get("tags", [])
    ]


def without_encoding(tree: ast.AST) -> list[str]:
    """Calls that read or write text in whatever a machine takes for its encoding."""
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        named = {keyword.arg: ast.unparse(keyword.value) for keyword in node.keywords}
        modes = {one.value for one in node.args if isinstance(one, ast.Constant)}
        as_text = (
            (method == "read_text" and not node.args)
            or (method == "write_text" and len(node.args) < 2)
            or (method in ("open", "TemporaryFile") and modes & {"r", "w", "a", "w+", "x"})
            or (method == "open" and named and not node.args)
            or named.get("text") == "True"
        )
        if as_text and "encoding" not in named:
            found.append(ast.unparse(node))
    return found


def test_text_is_read_and_written_in_utf_8_whatever_the_machine_s_own_encoding() -> None:
    paths = [*Path("src").rglob("*.py"), *Path("scripts").glob("*.py")]
    found = {str(path): without_encoding(ast.parse(path.read_bytes())) for path in paths}
    assert {path: calls for path, calls in found.items() if calls} == {}
    for call in ("p.read_text()", "p.write_text(x)", "p.open('w')", "run(c, text=True)"):
        assert without_encoding(ast.parse(call)), call
