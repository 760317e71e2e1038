"""Serve an edition's site on this machine alone, until Ctrl-C."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

from smdi.edition import read_edition
from smdi.errors import InputErrors, Problem, reports_input_errors


@reports_input_errors
def main() -> None:
    """Serve on loopback."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", default="2021")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    site = read_edition(options.edition).folder / "site"
    if not (site / "index.html").is_file():
        expected = f"a built site: make book EDITION={options.edition}"
        raise InputErrors([Problem(str(site), None, None, None, expected)])
    handler = partial(SimpleHTTPRequestHandler, directory=str(site))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", options.port), handler)
    except OSError as error:
        expected = "a free port: make serve PORT=…"
        raise InputErrors([Problem("port", None, None, options.port, expected)]) from error
    print(f"{site} at http://127.0.0.1:{options.port}/ (Ctrl-C ends)", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    sys.exit(main())
