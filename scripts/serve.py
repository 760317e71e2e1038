"""Serve an edition's site on this machine alone, until Ctrl-C."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import sys

from smdi.edition import read_edition
from smdi.errors import InputErrors, Problem, reports_input_errors
from smdi.publishing.serving import serve


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
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(site, options.port))


if __name__ == "__main__":
    sys.exit(main())
