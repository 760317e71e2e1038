"""What README, CONTRIBUTING and the pages tell people to type is there, and runs."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import yaml

from smdi.edition import read_edition
from smdi.workflow.pipeline import steps_of

DOCUMENTS = [
    *(Path(name) for name in ("README.md", "CONTRIBUTING.md", "book/rerun.md")),
    *sorted(Path("docs").glob("*.md")),
    Path("benchmarks/README.md"),
]
# Its lines are what a page may hold, not files.
PRINTING = Path("docs/printing.md")
BLOCK = re.compile(r"^```(?:sh|bash)\n(.*?)^```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"(?:book|notebooks|data|docs|scripts|src|benchmarks|tests)/[\w./*-]*")
# What is quick and needs no file of the reader's; the rest make is asked how it would do it.
SHORT = {"help", "plan", "rerun"}
# The year to come, in the words on how it is made.
NEXT = "2022"


def commands() -> list[str]:
    """List the commands of all fenced blocks, continued lines joined, comments dropped."""
    found = []
    for path in DOCUMENTS:
        for block in BLOCK.findall(path.read_text("utf-8")):
            lines = block.replace("\\\n", " ").splitlines()
            found += [" ".join(shlex.split(line, comments=True)) and line for line in lines]
    return list(dict.fromkeys(line.partition("  #")[0].strip() for line in found if line))


def inline(path: Path) -> list[str]:
    text = re.sub(r"^ *```.*?^ *```", "", path.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    return INLINE.findall(text)


def run(command: list[str], folder: Path = Path()) -> subprocess.CompletedProcess[str]:
    # `make test` runs these tests: a make below it would say so, and take over its options.
    own = {key: value for key, value in os.environ.items() if not key.startswith("MAKE")}
    own = {key: value for key, value in own.items() if key != "MFLAGS"}
    return subprocess.run(command, cwd=folder, env=own, capture_output=True, text=True, check=False)


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):", Path("Makefile").read_text("utf-8"), re.MULTILINE))


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of what scripts need, in which a command may write."""
    root = tmp_path_factory.mktemp("copy")
    for name in ("src", "data", "scripts", "notebooks", "book", "benchmarks"):
        shutil.copytree(name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for name in ("_toc.yml", "_config.yml"):
        shutil.copy2(name, root)
    return root


def test_there_are_commands_to_test() -> None:
    assert len([line for line in commands() if line.startswith("make ")]) >= 6


@pytest.mark.parametrize("line", [line for line in commands() if line.startswith("make ")])
def test_make_knows_what_it_is_told(line: str) -> None:
    words = shlex.split(line)
    known = set(re.findall(r"\$(?:\(|\$)(\w+)", Path("Makefile").read_text("utf-8")))
    assert {word.partition("=")[0] for word in words[2:]} <= known
    # Another method rebuilds the whole book: tests of reruns do that on a book of their own.
    short = words[1] in SHORT and not any(word.startswith("METHOD=") for word in words)
    done = run(words if short else [*words, "--dry-run"])
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("line", [line for line in commands() if not line.startswith("make ")])
def test_a_command_is_understood(line: str, elsewhere: Path) -> None:
    """With no export at hand it may report that, in the project's form, and nothing else."""
    program, *words = shlex.split(line)
    if program == "cp":
        assert run([program, *words], elsewhere).returncode == 0
    elif words[0].startswith("benchmarks/"):
        assert Path(words[0]).is_file()
    else:
        assert program == ".venv/bin/python"
        done = run([sys.executable, *words], elsewhere)
        assert "usage:" not in done.stderr
        assert done.returncode == 0 or re.match(r"\d+ problems? in the input:", done.stderr)


@pytest.mark.parametrize("path", DOCUMENTS, ids=str)
def test_every_target_named_in_a_line_is_one_of_make(path: Path) -> None:
    calls = [text.split() for text in inline(path)]
    named = {words[1] for words in calls if words[:1] == ["make"] and words[1:]}
    assert named <= targets()


@pytest.mark.parametrize("path", [p for p in DOCUMENTS if p != PRINTING], ids=str)
def test_every_path_named_in_a_line_is_there(path: Path) -> None:
    named = {text for text in inline(path) if PATH.fullmatch(text) and NEXT not in text}
    assert {name for name in named if not any(Path().glob(name.rstrip("/")))} == set()


def test_a_script_that_is_named_with_words_understands_them(elsewhere: Path) -> None:
    named = {text for path in DOCUMENTS for text in inline(path) if re.match(r"scripts/\S+ ", text)}
    assert named
    for text in named:
        words = text.replace("FILE", "book/rerun.md")
        done = run([sys.executable, *shlex.split(words)], elsewhere)
        assert done.returncode == 0, text + done.stderr


def test_help_lists_every_target_with_what_it_does() -> None:
    listed = run(["make", "help"]).stdout
    assert targets() == {line.split()[0] for line in listed.splitlines()}


def test_the_picture_of_the_data_names_the_script_of_every_step() -> None:
    picture = re.sub(r"<[^>]*>", " ", Path("docs/data-flow.svg").read_text("utf-8"))
    steps = [step for step in steps_of(read_edition("2021")).values() if step.command]
    scripts = {Path(word).stem for step in steps for word in step.command if "scripts/" in word}
    assert len(scripts) > 8
    assert {script for script in scripts if script not in picture} == set()
    assert "province" in picture and "industry" in picture, "profiles are steps too"


def test_the_public_ci_runs_the_two_commands_of_the_readme() -> None:
    jobs = yaml.safe_load(Path(".github/workflows/ci.yml").read_text("utf-8"))["jobs"]
    steps = [step.get("run") for job in jobs.values() for step in job["steps"]]
    assert {"make book", "make test"} <= set(steps)


def test_the_citation_names_the_version_and_licence_of_the_package() -> None:
    cited = yaml.safe_load(Path("CITATION.cff").read_text("utf-8"))
    project = tomllib.loads(Path("pyproject.toml").read_text("utf-8"))["project"]
    assert (cited["version"], cited["license"]) == (project["version"], project["license"])
    assert f"## {project['version']}" in Path("CHANGELOG.md").read_text("utf-8")


def test_the_hooks_before_a_commit_find_nothing_in_the_project() -> None:
    hooks = yaml.safe_load(Path(".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    own = {h["id"]: h["entry"] for repo in hooks if repo["repo"] == "local" for h in repo["hooks"]}
    assert {"ruff", "ruff-format", "notebooks", "jupytext", "mypy"} <= set(own)
    done = run([*own["jupytext"].split(), *map(str, sorted(Path("notebooks").glob("*.md")))])
    assert done.returncode == 0, done.stdout + done.stderr
    for name in ("ruff", "ruff-format"):
        assert run([*own[name].split(), "scripts", "src"]).returncode == 0
