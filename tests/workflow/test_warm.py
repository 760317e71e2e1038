"""The server of jobs: a script runs in a fork of it as it would alone, and ends with its client."""

from __future__ import annotations

import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from smdi.workflow.server import warm

SERVE = (
    "import sys; from smdi.workflow.server import warm; warm.MODULES = (); "
    "warm.serve(warm.listen(sys.argv[1]))"
)
Client = Callable[..., subprocess.Popen[str]]


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A server that has loaded no library, which would take it seconds."""
    path = tmp_path_factory.mktemp("server") / "warm"
    # What it holds its libraries against lies below the folder that it is started in.
    for name in ("src", "data"):
        (path.parent / name).mkdir()
    (path.parent / "data/theme.yaml").touch()
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(path)], cwd=path.parent)
    deadline = time.monotonic() + 30
    while not path.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    yield path
    server.kill()
    server.wait()


@pytest.fixture
def client(address: Path, tmp_path: Path) -> Client:
    """Give the starter of a script of some lines through the server."""

    def start(*lines: str, **environment: str) -> subprocess.Popen[str]:
        script = tmp_path / "script.py"
        script.write_text("import os, sys, time\n" + "\n".join(lines), "utf-8")
        return subprocess.Popen(
            [sys.executable, "scripts/run_step.py", str(script), "word"],
            env={**os.environ, "SMDI_WARM_SERVER": str(address), **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("pass", 0),
        ("sys.exit(0)", 0),
        ("sys.exit(None)", 0),
        ("sys.exit(3)", 3),
        ("sys.exit('a fault')", 1),
        ("raise ValueError('a fault')", 1),
        ("os._exit(5)", 5),
        ("os.kill(os.getpid(), 9)", 1),
    ],
)
def test_the_status_of_a_script_is_that_of_its_client(client: Client, line: str, status: int):
    process = client(line)
    process.communicate(timeout=60)
    assert process.returncode == status


def test_a_script_has_the_words_streams_and_environment_of_its_client(client: Client) -> None:
    process = client(
        "print(sys.argv[1:], os.environ['OF_THE_USER'], sys.stdin.read())",
        "print('aside', file=sys.stderr)",
        "print('SMDI_DRAWER' in os.environ)",
        OF_THE_USER="是",
    )
    out, err = process.communicate("given", timeout=60)
    assert out == "['word'] 是 given\nTrue\n"
    assert err == "aside\n"


def test_an_error_is_told_to_the_client(client: Client) -> None:
    _, err = client("raise ValueError('a fault')").communicate(timeout=60)
    assert err == "ValueError: a fault\n"


def test_what_is_told_without_an_end_of_line_is_not_lost(client: Client) -> None:
    process = client("sys.stdout.write('out')", "sys.stderr.write('aside')")
    assert process.communicate(timeout=60) == ("out", "aside")


def test_each_script_runs_in_a_process_of_its_own(client: Client) -> None:
    out = [client("import json; json.own = 1; print(os.getpid())").communicate()[0] for _ in "ab"]
    assert out[0] != out[1]
    assert client("import json; print(hasattr(json, 'own'))").communicate()[0] == "False\n"


def test_what_the_server_has_loaded_is_no_garbage_of_a_script(client: Client) -> None:
    told, _ = client("import gc; print(gc.get_freeze_count())").communicate(timeout=60)
    assert int(told) > 10_000


def test_a_script_ends_with_its_client_and_what_it_started_too(client: Client) -> None:
    process = client(
        "import subprocess",
        "child = subprocess.Popen(['sleep', '60'])",
        "print(os.getpid(), child.pid, flush=True)",
        "time.sleep(60)",
    )
    started = [int(number) for number in process.stdout.readline().split()]
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    deadline = time.monotonic() + 20
    while any(map(_lives, started)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(_lives, started))


def test_a_client_whose_job_is_killed_is_told_while_later_jobs_go_on(client: Client) -> None:
    """A later job is forked from what holds the lines of all clients: it must let go of them."""
    told = "print(os.getpid(), flush=True)", "time.sleep(60)"
    first, later = client(*told), client(*told)
    worker = int(first.stdout.readline())
    assert int(later.stdout.readline()) != worker
    os.kill(worker, signal.SIGKILL)
    assert first.wait(timeout=20) == 1
    assert later.poll() is None
    later.kill()
    later.wait()


def test_a_client_that_ends_while_it_asks_leaves_the_server_to_others(
    client: Client, address: Path
) -> None:
    for said in (b"", b"\0\0", (9).to_bytes(4, "big") + b"{}"):
        with socket.socket(socket.AF_UNIX) as asking:
            asking.connect(str(address))
            asking.sendall(said)
    assert client("print('served')").communicate(timeout=60)[0] == "served\n"


def _lives(number: int) -> bool:
    try:
        return psutil.Process(number).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def test_the_end_of_a_job_is_told_while_libraries_load(client: Client, tmp_path: Path) -> None:
    waits = "import pathlib, time\nwhile not pathlib.Path('go').exists(): time.sleep(0.01)"
    (tmp_path / "slow_to_load.py").write_text(waits, "utf-8")
    for name in ("src", "data"):
        (tmp_path / name).mkdir()
    serve = SERVE.replace("()", "('slow_to_load',)", 1)
    serve = serve.replace("warm.listen(sys.argv[1])", "socket.socket(fileno=int(sys.argv[1]))")
    path = tmp_path / "warm"
    with warm.listen(str(path)) as listening:
        asking = client("print('done')", SMDI_WARM_SERVER=str(path))
        # It waits in the queue, so that the server takes it on before it loads anything.
        select.select([listening], [], [], 60)
        server = subprocess.Popen(
            [sys.executable, "-c", f"import socket; {serve}", str(listening.fileno())],
            cwd=tmp_path,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
            pass_fds=[listening.fileno()],
        )
    try:
        assert asking.communicate(timeout=60)[0] == "done\n"
        assert asking.returncode == 0
    finally:
        server.kill()
        server.wait()


def test_a_client_is_answered_while_libraries_load(tmp_path: Path) -> None:
    (tmp_path / "slow_to_load.py").write_text("import time; time.sleep(1)", "utf-8")
    (tmp_path / "asking.py").write_text("import sys; print('last' in sys.modules)", "utf-8")
    (tmp_path / "last.py").touch()
    for name in ("src", "data"):
        (tmp_path / name).mkdir()
    (tmp_path / "data/theme.yaml").touch()
    path = tmp_path / "warm"
    serve = SERVE.replace("()", repr(("slow_to_load", "last")), 1)
    server = subprocess.Popen(
        [sys.executable, "-c", serve, str(path)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )
    said = []
    try:
        while not path.exists():
            time.sleep(0.01)
        for pause in (0, 2):
            time.sleep(pause)
            said.append(_said_by(path, tmp_path / "asking.py"))
    finally:
        server.kill()
        server.wait()
    assert said == ["False\n", "True\n"]


def _said_by(address: Path, script: Path) -> str:
    return subprocess.run(
        [sys.executable, "scripts/run_step.py", str(script)],
        env={**os.environ, "SMDI_WARM_SERVER": str(address)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    ).stdout


@pytest.mark.parametrize(
    ("name", "is_loaded"),
    [
        ("data/theme.yaml", True),
        ("src/module.py", True),
        ("src/deep/module.py", True),
        ("data/language/zh.yaml", True),
        ("data/standards/levels.csv", True),
        ("data/boundaries/provinces.geojson", True),
        ("notebooks/chapter.md", False),
    ],
)
def test_code_that_is_newer_than_the_server_is_loaded_anew(
    client: Client, address: Path, name: str, is_loaded: bool
) -> None:
    # A process of its own runs the module as its main one, under no other name.
    told = "print('smdi.workflow.server.warm' in sys.modules)"
    newer = address.parent / name
    newer.parent.mkdir(parents=True, exist_ok=True)
    newer.touch()
    os.utime(newer, (time.time() + 5, time.time() + 5))
    try:
        anew, _ = client(told, "print(sys.argv[1:])").communicate(timeout=60)
    finally:
        os.utime(newer, (0, 0))
    forked, _ = client(told).communicate(timeout=60)
    assert (anew, forked) == (f"{not is_loaded}\n['word']\n", "True\n")


def test_the_mark_of_an_editor_that_leads_nowhere_stops_no_job(
    client: Client, address: Path
) -> None:
    mark = address.parent / "data/.#theme.yaml"
    mark.symlink_to("editor@machine.1")
    try:
        told, _ = client("print('done')").communicate(timeout=60)
    finally:
        mark.unlink()
    assert told == "done\n"


def test_all_that_a_server_started_ends_with_it(tmp_path: Path) -> None:
    """The drawer, and the job itself, which asks nobody when it works."""
    (tmp_path / "job.py").write_text("import time; print('at work', flush=True); time.sleep(60)")
    for name in ("src", "data"):
        (tmp_path / name).mkdir()
    (tmp_path / "data/theme.yaml").touch()
    path = tmp_path / "warm"
    # A drawer that reads no font, which takes it seconds.
    idle = (
        "import time; from smdi.workflow.server import warm; warm._draw = lambda: time.sleep(60); "
    )
    server = subprocess.Popen([sys.executable, "-c", idle + SERVE, str(path)], cwd=tmp_path)
    while not path.exists():
        time.sleep(0.01)
    job = subprocess.Popen(
        [sys.executable, "scripts/run_step.py", str(tmp_path / "job.py")],
        env={**os.environ, "SMDI_WARM_SERVER": str(path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert job.stdout.readline() == "at work\n"
    started = [one.pid for one in psutil.Process(server.pid).children(recursive=True)]
    assert len(started) == 2
    server.kill()
    server.wait()
    deadline = time.monotonic() + 20
    while any(map(_lives, started)) and time.monotonic() < deadline:
        time.sleep(0.02)
    left = [number for number in started if _lives(number)]
    for number in left:
        os.kill(number, signal.SIGKILL)
    job.kill()
    job.wait()
    assert left == []
