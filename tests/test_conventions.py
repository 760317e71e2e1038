"""What every file of the project keeps to."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

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


def test_layers_import_in_the_order_of_the_data() -> None:
    result = run(str(SCRIPTS / "lint-imports"), "--no-cache")
    assert result.returncode == 0, result.stdout


def test_prose_types_no_number_that_is_computed() -> None:
    result = run(sys.executable, "scripts/lint_prose.py")
    assert result.returncode == 0, result.stderr


def test_nothing_made_is_tracked() -> None:
    made = [name for name in tracked() if name.startswith(("_build/", ".venv/"))]
    assert made + [name for name in tracked() if name.endswith(".ipynb")] == []


def test_no_source_reaches_for_a_cdn() -> None:
    folders = ("src/", "book/", "scripts/", "notebooks/", "_config.yml")
    sources = [name for name in tracked() if name.startswith(folders)]
    assert sources
    found = [n for n in sources if CALLS_OUT.search(Path(n).read_text("utf-8", errors="ignore"))]
    assert found == []
