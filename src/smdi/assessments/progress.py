"""A line of progress on stderr for long files; silent for short ones."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

SECONDS_BETWEEN = 5.0


def progress_line(verb: str) -> Callable[[int, int], None]:
    """Return a `progress(done, total)` that says every five seconds how far it is."""
    last = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= SECONDS_BETWEEN:
            last = now
            print(f"{verb} {done} of {total} rows", file=sys.stderr, flush=True)

    return progress
