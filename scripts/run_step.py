"""Run steps of an edition's build, or a script, in the build's warm server if it has one.

    run_step.py EDITION STEP …
    run_step.py SCRIPT.py [WORD …]

Nothing but the standard library is loaded here: the server has the rest.
"""

from __future__ import annotations

import contextlib
import json
import os
import socket
import sys

SERVER_VARIABLE = "SMDI_WARM_SERVER"


def main() -> int:
    """Ask the server to run it; without one, run it here."""
    if address := os.environ.get(SERVER_VARIABLE):
        # No server, or one that was killed before it read the request.
        with contextlib.suppress(OSError):
            return _ask(address)
    from smdi.workflow.server.warm import run_here

    return run_here(sys.argv[1:])


def _ask(address: str) -> int:
    request = json.dumps({"words": sys.argv[1:], "environment": dict(os.environ)}).encode()
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        socket.send_fds(connection, [len(request).to_bytes(4, "big")], [0, 1, 2])
        connection.sendall(request)
        answer = connection.recv(1)
    # The server's process that did the work was killed: it could not answer.
    return answer[0] if answer else 1


if __name__ == "__main__":
    sys.exit(main())
