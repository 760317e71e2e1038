"""What a user types reaches a script as it was typed: neither make nor a shell runs any of it."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

TOLD = "import json, sys\njson.dump(sys.argv[1:], open('told.json', 'w'))\n"


def told(folder: Path, *words: str) -> list[str]:
    """Return the words that the script of a target is called with."""
    (folder / "tell.py").write_text(TOLD, "utf-8")
    own = {key: value for key, value in os.environ.items() if not key.startswith(("MAKE", "MFLAG"))}
    command = ["make", "--file", str(Path("Makefile").absolute()), "--old-file"]
    command += [".venv/installed.lock", f"RUN={shlex.quote(sys.executable)} tell.py", *words]
    done = subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[str] = json.loads((folder / "told.json").read_text("utf-8"))
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv/installed.lock").touch()
    return tmp_path


@pytest.mark.parametrize(
    "text",
    [
        "province=江苏省; touch X",
        "province=$(touch X)",
        "province=$(shell touch X)",
        "province=`touch X`",
        'province="a b" $HOME \\',
        "province='a b'",
        "province=a\ntouch X #",
    ],
)
@pytest.mark.parametrize("name", ["PARAMS", "CHAPTER", "EDITION"])
def test_a_text_arrives_as_it_was_typed(folder: Path, name: str, text: str) -> None:
    assert text in told(folder, "rerun", f"{name}={text}")
    assert {path.name for path in folder.iterdir()} == {".venv", "tell.py", "told.json"}


def test_the_edition_is_that_of_2021_unless_another_is_named(folder: Path) -> None:
    assert "2021" in told(folder, "rerun", "CHAPTER=sme")
    assert "2022" in told(folder, "rerun", "CHAPTER=sme", "EDITION=2022")
