"""The clients of a server: each has a process forked for it, and is told how that ended.

A client asks by its streams and one JSON object, and says nothing more: what can be read of it then
is its end, and its process ends too. All is done in the server's own process: to fork one that has
much loaded takes longer than what many a job does.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import selectors
import signal
import socket
from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, NoReturn

from smdi.processes import end_with_parent

Work = Callable[[dict[str, Any], Sequence[int]], int]


class _Job(NamedTuple):
    """A worker, a descriptor that can be read once it has ended, and the client that asked."""

    worker: int
    ended: int
    client: socket.socket


class Clients:
    """The clients of a server that listens; `work` runs a request, with streams, in a fork."""

    def __init__(self, server: socket.socket, work: Work) -> None:
        self._server = server
        self._work = work
        self._events = selectors.DefaultSelector()
        self._events.register(server, selectors.EVENT_READ)

    def turn(self, *, wait: bool) -> bool:
        """Take on a client, or end a job that one of its two sides ended; tell whether one did."""
        ready = self._events.select(None if wait else 0)
        # One event a turn: the end of a job takes two of them away.
        for key, _ in ready[:1]:
            with contextlib.suppress(OSError):  # a client that was killed while it asked
                self._end(key.data) if key.data else self._begin()
        return bool(ready)

    def _begin(self) -> None:
        client, _ = self._server.accept()
        length, streams, _, _ = socket.recv_fds(client, 4, 3)
        size = int.from_bytes(length, "big")
        request = client.recv(size, socket.MSG_WAITALL)
        server = os.getpid()
        if not request or len(request) < size:
            client.close()
        elif worker := os.fork():
            with contextlib.suppress(OSError):  # the worker does so too; whoever comes first
                os.setpgid(worker, worker)
            job = _Job(worker, os.pidfd_open(worker), client)
            for watched in (job.ended, client):
                self._events.register(watched, selectors.EVENT_READ, job)
        else:
            self._become_worker(server, client, json.loads(request), streams)
        for stream in streams:
            os.close(stream)

    def _become_worker(
        self, server: int, client: socket.socket, request: dict[str, Any], streams: Sequence[int]
    ) -> NoReturn:
        code = 1
        try:
            end_with_parent(server)
            os.setpgid(0, 0)
            # The end of a line is told when nobody holds it any more.
            for held in [key.fileobj for key in self._events.get_map().values()]:
                _close(held)
            code = self._work(request, streams)
            # Told at once: the server may be loading, and tells it only of whoever ended otherwise.
            client.sendall(bytes([code]))
        finally:
            os._exit(code)

    def _end(self, job: _Job) -> None:
        for watched in (job.ended, job.client):
            self._events.unregister(watched)
        if not select.select([job.ended], [], [], 0)[0]:
            os.killpg(job.worker, signal.SIGKILL)
        _, status = os.waitpid(job.worker, 0)
        code = os.waitstatus_to_exitcode(status)
        with contextlib.suppress(OSError):
            if code >= 0:
                job.client.sendall(bytes([code]))
        for held in (job.ended, job.client):
            _close(held)


def _close(held: Any) -> None:
    """Close a descriptor or a socket."""
    os.close(held) if isinstance(held, int) else held.close()
