"""The server of a build: it listens before it is there, and ends with the build."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from smdi.files import remove
from smdi.workflow.guard import start_child
from smdi.workflow.server.warm import drawer_of, listen

SERVER_VARIABLE = "SMDI_WARM_SERVER"


@contextlib.contextmanager
def warm_server(folder: Path, environment: dict[str, str], *narrowed: str) -> Iterator[None]:
    """Start a server in a folder, named in `environment`; its end ends all that it forked.

    Its jobs may be builds of what narrows an edition, which is then named.
    """
    # As seen from the project, where the jobs are too: such an address may not be long.
    address = folder / "warm"
    drawer = Path(drawer_of(str(address)))
    log = folder / "logs/warm-server.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    server = None
    try:
        for left in (address, drawer):
            remove(left)
        if listening := _listen(address):
            with listening:
                server = _start(listening, narrowed, environment, log)
            environment[SERVER_VARIABLE] = str(address)
        yield
    finally:
        if server:
            server.kill()
            server.wait()
        address.unlink(missing_ok=True)
        drawer.unlink(missing_ok=True)


def _listen(address: Path) -> socket.socket | None:
    """Listen there; None where the path is too long, or on a file system without sockets.

    Jobs load all by themselves then.
    """
    try:
        return listen(str(address))
    except OSError:
        return None


def _start(
    listening: socket.socket, narrowed: tuple[str, ...], environment: Mapping[str, str], log: Path
) -> subprocess.Popen[bytes]:
    number = listening.fileno()
    with log.open("w", encoding="utf-8") as stream:
        return start_child(
            [sys.executable, "-m", "smdi.workflow.server.warm", str(number), *narrowed],
            env=environment,
            stdout=stream,
            stderr=stream,
            stdin=subprocess.DEVNULL,
            pass_fds=[number],
        )
