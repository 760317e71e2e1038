"""The tools around a build: locks, schemas, boundaries, the editor's lab, the server of jobs."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

from smdi.errors import Problem


def test_the_schemas_of_the_project_are_those_that_the_script_writes(
    command, replaced, tmp_path
) -> None:
    replaced("smdi.files.in_project", lambda path: tmp_path / path)
    told = command("export_schemas")
    made = sorted((tmp_path / "data/schemas").iterdir())
    assert told.status == 0
    assert sorted(told.out.split()) == [str(path) for path in made]
    assert [path.name for path in made] == sorted(p.name for p in Path("data/schemas").iterdir())
    for path in made:
        assert path.read_bytes() == Path("data/schemas", path.name).read_bytes()


def test_the_environment_of_conda_is_written_beside_the_lock(command, monkeypatch, tmp_path):
    before = Path("environment.yml").read_bytes()
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(name, tmp_path)
    monkeypatch.chdir(tmp_path)
    assert command("export_environment").status == 0
    assert (tmp_path / "environment.yml").read_bytes() == before


def test_without_uv_nothing_is_locked(command, replaced) -> None:
    replaced("shutil.which", None)
    asked = replaced("subprocess.run")
    told = command("lock_dependencies")
    assert (told.status, asked) == (2, [])
    assert "uv; expected uv on the PATH: pip install uv" in told.err


@pytest.fixture
def uv(replaced, monkeypatch, tmp_path):
    """Have a uv that locks nothing and ends with the status given."""
    for name in ("pyproject.toml", "requirements.lock"):
        shutil.copy(name, tmp_path)
    monkeypatch.chdir(tmp_path)
    replaced("shutil.which", "/bin/uv")

    def make(*statuses: int):
        left = iter(statuses)
        return replaced(
            "subprocess.run", lambda *_, **__: SimpleNamespace(returncode=next(left, 0))
        )

    return make


def test_all_locks_are_renewed_with_hashes_for_the_oldest_python(command, uv, tmp_path) -> None:
    asked = uv()
    told = command("lock_dependencies")
    lines = [" ".join(words[0]) for words, _ in asked]
    assert [line.rpartition(" ")[2] for line in lines] == [
        "requirements.lock", "requirements-lab.lock", "requirements-slurm.lock"
    ]  # fmt: skip
    for line in lines:
        assert line.startswith("uv pip compile --upgrade --universal --generate-hashes")
        assert "--python-version 3.11" in line
    assert "--group test pyproject.toml" in lines[0]
    assert "--group lab -o" in lines[1]
    assert "--group slurm --constraint requirements.lock pyproject.toml" in lines[2]
    assert told.status == 0
    assert told.out.startswith("requirements.lock, requirements-lab.lock, requirements-slurm.lock")
    assert (tmp_path / "environment.yml").exists()


def test_a_lock_that_cannot_be_settled_ends_all(command, uv, tmp_path) -> None:
    asked = uv(0, 1)
    assert command("lock_dependencies").status == 1
    assert len(asked) == 2
    assert not (tmp_path / "environment.yml").exists()


def test_boundaries_are_written_where_asked_and_told(command, replaced, tmp_path) -> None:
    def prepare(wheel: Path, output: Path) -> dict[str, int]:
        (output / "cities.geojson").write_text("x" * 2600)
        return {"cities": 31}

    asked = replaced("smdi.report.maps.boundary_layers.prepare", prepare)
    told = command("prepare_boundaries", "a.whl", "--output", tmp_path)
    assert told.status == 0
    assert asked.words == (Path("a.whl"), tmp_path)
    assert told.out == "cities.geojson: 31 features, 3 kB\n"


def test_the_lab_runs_the_books_own_python_and_asks_no_network(command, replaced, tmp_path) -> None:
    replaced("smdi.files.project_root", tmp_path)
    asked = replaced("os.execve")
    assert command("open_lab", "--", "--no-browser", "--port", "8889").status == 0
    program, words, environment = asked.words
    folder = tmp_path / "_build/lab"
    assert program == words[0] == str(tmp_path / ".venv-lab/bin/jupyter-lab")
    assert words[-3:] == ["--no-browser", "--port", "8889"]
    assert f"--ServerApp.root_dir={tmp_path}" in words
    assert f"--LabApp.app_settings_dir={folder}/settings" in words
    assert environment["JUPYTER_PATH"] == str(folder)
    kernel = json.loads((folder / "kernels/python3/kernel.json").read_text("utf-8"))
    assert kernel["argv"][0] == sys.executable
    settings = json.loads((folder / "settings/overrides.json").read_text("utf-8"))
    news = settings["@jupyterlab/apputils-extension:notification"]
    assert news == {"fetchNews": "false", "checkForUpdates": False}
    viewers = settings["@jupyterlab/docmanager-extension:plugin"]["defaultViewers"]
    assert viewers == {"markdown": "Jupytext Notebook", "myst": "Jupytext Notebook"}


def test_a_site_that_is_not_built_is_not_served(command, replaced, tmp_path) -> None:
    edition = SimpleNamespace(folder=tmp_path)
    replaced("smdi.edition.read_edition", edition)
    asked = replaced("smdi.publishing.serving.serve")
    told = command("serve", "--edition", "2022")
    assert (told.status, asked) == (2, [])
    assert f"{tmp_path}/site; expected a built site: make book EDITION=2022" in told.err


def test_a_built_site_is_served_on_its_port(command, replaced, tmp_path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").touch()
    replaced("smdi.edition.read_edition", SimpleNamespace(folder=tmp_path))

    # The loop is not entered: a browser of other tests may have one in this process.
    replaced("asyncio.run", KeyboardInterrupt())
    asked = replaced("smdi.publishing.serving.serve")
    assert command("serve", "--port", "8123").status == 0
    assert asked.words == (tmp_path / "site", 8123)


def test_a_step_without_a_server_runs_here(command, replaced, monkeypatch) -> None:
    monkeypatch.delenv("SMDI_WARM_SERVER", raising=False)
    asked = replaced("smdi.workflow.server.warm.run_here", 4)
    assert command("run_step", "2021", "score").status == 4
    assert asked.words == (["2021", "score"],)


def test_a_step_whose_server_is_gone_runs_here(command, replaced, monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("SMDI_WARM_SERVER", str(tmp_path / "none"))
    asked = replaced("smdi.workflow.server.warm.run_here", 0)
    assert command("run_step", "2021", "score").status == 0
    assert len(asked) == 1


@pytest.mark.parametrize(("answer", "status"), [(b"\x00", 0), (b"\x03", 3), (b"", 1)])
def test_a_server_is_asked_and_its_answer_is_the_status(tmp_path, answer, status) -> None:
    address = tmp_path / "warm"
    received = {}

    def attend(server: socket.socket) -> None:
        connection, _ = server.accept()
        with connection:
            length, descriptors, _, _ = socket.recv_fds(connection, 4, 3)
            size = int.from_bytes(length, "big")
            received.update(json.loads(connection.recv(size, socket.MSG_WAITALL)))
            received["descriptors"] = len(descriptors)
            connection.sendall(answer)

    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(address))
        server.listen()
        thread = threading.Thread(target=attend, args=(server,))
        thread.start()
        done = subprocess.run(
            [sys.executable, "scripts/run_step.py", "2021", "chapter:sme"],
            env={"SMDI_WARM_SERVER": str(address), "OF_THE_USER": "是"},
            check=False,
        )
        thread.join(10)
    assert done.returncode == status
    assert received["words"] == ["2021", "chapter:sme"]
    assert received["environment"]["OF_THE_USER"] == "是"
    assert received["descriptors"] == 3


def test_notebooks_are_checked_and_mended(command, tmp_path) -> None:
    notebook = tmp_path / "a.md"
    head = "---\nkernelspec: {name: x, display_name: X, language: python}\n---\n\n"
    notebook.write_text(f"{head}```{{code-cell}} python\nx  =  1\n```\n", "utf-8")
    told = command("check_notebooks", notebook)
    assert told.status == 2
    assert "a.md, row 6" in told.err
    assert command("check_notebooks", "--fix", notebook).status == 0
    assert "\nx = 1\n" in notebook.read_text("utf-8")


def test_all_notebooks_are_checked_where_none_is_named(command, replaced) -> None:
    asked = replaced("smdi.publishing.lint.notebook_code.faults", [])
    mended = replaced("smdi.publishing.lint.notebook_code.mend")
    assert command("check_notebooks").status == 0
    assert [words[0] for words, _ in asked] == sorted(Path("notebooks").glob("*.md"))
    assert mended == []


@pytest.fixture
def report(replaced) -> Problem:
    """Have a lint that warns of one exception, and nothing that cannot be printed."""
    warning = Problem("data/prose-allowlist.yaml", 3, None, "x", "to be used")
    replaced("smdi.publishing.printing.unprintable", [])
    return warning


def test_the_prose_of_all_is_read_where_no_file_is_named(command, replaced, report) -> None:
    found = SimpleNamespace(warnings=[report], problems=[])
    asked = replaced("smdi.publishing.lint.check.lint", found)
    told = command("lint_prose", "--allowlist", "a.yaml")
    files, allowlist = asked.words
    assert {Path("book/index.md"), Path("notebooks/sme.md"), Path("_toc.yml")} <= set(files)
    assert allowlist == Path("a.yaml")
    assert (told.status, told.err) == (0, f"warning: {report}\n")


def test_a_warning_fails_where_the_lint_is_strict(command, replaced, report) -> None:
    found = SimpleNamespace(warnings=[report], problems=[])
    replaced("smdi.publishing.lint.check.lint", found)
    assert command("lint_prose", "--strict", "book/index.md").status == 2


@pytest.mark.parametrize("kind", ["typed", "unprintable"])
def test_what_the_lint_finds_fails(command, replaced, report, kind: str) -> None:
    found = SimpleNamespace(warnings=[], problems=[report] if kind == "typed" else [])
    replaced("smdi.publishing.lint.check.lint", found)
    asked = replaced("smdi.publishing.printing.unprintable", [report] * (kind == "unprintable"))
    told = command("lint_prose", "book/index.md")
    assert asked.words == ([Path("book/index.md")],)
    assert (told.status, told.err) == (2, f"1 problem in the input:\n  {report}\n")
