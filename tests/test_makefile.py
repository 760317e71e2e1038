"""What a user types reaches a script as it was typed: neither make nor a shell runs any of it."""

from __future__ import annotations

import json
import os
import re
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


# What a person types, and the words that the script of the target is called with.
CALLS = {
    "book": ["scripts/build_edition.py", "--edition", "2021", "--scope", "", "--cores", "2"],
    "book EDITION=2022 SCOPE=province=江苏省 CORES=1": [
        *("scripts/build_edition.py", "--edition", "2022"),
        *("--scope", "province=江苏省", "--cores", "1"),
    ],
    "plan": ["scripts/build_edition.py", "--edition", "2021", "--scope", "", "--plan"],
    "serve PORT=9": ["scripts/serve.py", "--edition", "2021", "--port", "9"],
    "lab": ["scripts/open_lab.py"],
    "gate": ["scripts/gate_edition.py", "--edition", "2021", "--names", ""],
    "gate EDITIONS=2021_2022 RERUNS=1 NAMES=firms.txt": [
        *("scripts/gate_edition.py", "--edition", "2021_2022", "--reruns", "--names", "firms.txt"),
    ],
    "register EDITION=2022": ["scripts/register_release.py", "--edition", "2022"],
    "rerun CHAPTER=sme PARAMS=province=江苏省": [
        *("scripts/rerun_chapter.py", "--edition", "2021", "--line", "province=江苏省"),
        *("--method", "", "--cores", "2", "--", "sme"),
    ],
    "rerun METHOD=summation=strict": [
        *("scripts/rerun_chapter.py", "--edition", "2021", "--line", ""),
        *("--method", "summation=strict", "--cores", "2", "--", ""),
    ],
    "edition YEAR=2022 ASSESSMENTS=a.parquet": [
        *("scripts/new_edition.py", "--assessments", "a.parquet", "--", "2022"),
    ],
    "editions BY=province ONLY=江苏省": [
        *("scripts/build_editions.py", "--edition", "2021", "--by", "province"),
        *("--only", "江苏省", "--cores", "2"),
    ],
    "editions BY=industry PROFILE=profiles/slurm": [
        *("scripts/build_editions.py", "--edition", "2021", "--by", "industry", "--only", ""),
        *("--cores", "2", "--", "--profile", "profiles/slurm"),
    ],
    "sensitivity": ["scripts/measure_sensitivity.py", "--edition", "2021"],
    "compare A=2021 B=2022": ["scripts/compare_editions.py", "--", "2021", "2022"],
    "compare": ["scripts/compare_editions.py", "--", "", ""],
    "template": ["scripts/make_template.py"],
    "template TEMPLATE=t.xlsx": ["scripts/make_template.py", "t.xlsx"],
    "mapping EXPORT=a.csv": ["scripts/propose_mapping.py", "a.csv"],
    "mapping EXPORT=a.csv MAPPING=m.yaml ITEMS=i.csv": [
        *("scripts/propose_mapping.py", "a.csv", "--output", "m.yaml", "--items", "i.csv"),
    ],
    "import EXPORT=a.csv": ["scripts/import_assessments.py", "a.csv"],
    "import EXPORT=a.csv MAPPING=m.yaml ITEMS=i.csv OUTPUT=o.parquet ARGS=--check": [
        *("scripts/import_assessments.py", "a.csv", "--mapping", "m.yaml", "--items", "i.csv"),
        *("--output", "o.parquet", "--check"),
    ],
    "chapter NAME=trend-a TITLE=题": ["scripts/new_chapter.py", "trend-a", "--title", "题"],
    "chapter NAME=trend-a TITLE=题 AFTER=sme": [
        *("scripts/new_chapter.py", "trend-a", "--title", "题", "--after", "sme"),
    ],
    "bench": ["benchmarks/edition.py", "all"],
    "audit": [
        *("scripts/audit_published.py", "data/published/2021.csv"),
        *("--csv", "_build/audit/2021.csv", "--page", "_build/audit/2021.html"),
    ],
    "audit FACTS=x/y.csv": [
        *("scripts/audit_published.py", "x/y.csv"),
        *("--csv", "_build/audit/y.csv", "--page", "_build/audit/y.html"),
    ],
    "transcribe FACTS=f.csv TABLE=t.txt EXHIBIT=tab-a WHERE=表1 COLUMNS=firms": [
        *("scripts/transcribe_table.py", "f.csv", "t.txt", "--exhibit", "tab-a"),
        *("--where", "表1", "--columns", "firms"),
    ],
    "lock": ["scripts/lock_dependencies.py"],
}


@pytest.mark.parametrize("typed", CALLS)
def test_a_target_calls_its_script_with_what_was_typed(folder: Path, typed: str) -> None:
    (folder / ".venv-lab").mkdir()
    (folder / ".venv-lab/installed.lock").touch()
    more = ("--old-file", ".venv-lab/installed.lock")
    assert told(folder, *more, *typed.split()) == CALLS[typed]


def test_every_target_that_calls_one_script_is_typed_here() -> None:
    rules = re.findall(
        r"^([a-z-]+):[^\n]*##[^\n]*\n((?:\t[^\n]*\n)+)", Path("Makefile").read_text(), re.MULTILINE
    )
    calling = {name for name, lines in rules if "$(RUN) scripts/" in lines}
    assert len(calling) > 15
    # It runs several tools, one after the other.
    assert calling - {"check"} <= {typed.split()[0] for typed in CALLS}
