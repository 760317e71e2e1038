"""Snakemake in a fork of the driver: it loads while the driver finds out what there is to do."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from smdi.processes import name_process
from smdi.workflow.guard import ended, start_forked

# Runs Snakemake once, with words and a log, and returns its exit status.
Snakemake = Callable[[Sequence[str], Path], int]


@contextlib.contextmanager
def loading_snakemake(environment: Mapping[str, str]) -> Iterator[Snakemake]:
    """Load Snakemake in a fork, which ends at the latest with this context; yield what runs it.

    What the jobs print is shown, what Snakemake says is logged.
    """
    hears, tells = os.pipe()
    child = start_forked(lambda: _snakemake(hears, tells, environment))
    os.close(hears)
    stream, handle = os.fdopen(tells, "w", encoding="utf-8"), os.pidfd_open(child)

    def run(words: Sequence[str], log: Path) -> int:
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_bytes(b"")  # what an earlier one said is no reason for the end of this
        # One that was killed meanwhile hears nothing, and its status says so.
        with contextlib.suppress(BrokenPipeError), stream:
            json.dump([str(log), *words], stream)
        return ended(child)

    try:
        yield run
    finally:
        stream.close()
        with contextlib.suppress(ProcessLookupError):  # as a rule it has ended
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        os.close(handle)
        with contextlib.suppress(ChildProcessError):
            ended(child)


def _snakemake(hears: int, tells: int, environment: Mapping[str, str]) -> int:
    """Be Snakemake from now on: a fork has loaded what another process would load anew."""
    os.close(tells)
    os.environ.clear()
    os.environ.update(environment)
    name_process("snakemake")
    # What hinders it is told when it is wanted, in the log.
    with contextlib.suppress(Exception):
        import snakemake.cli
    with os.fdopen(hears, encoding="utf-8") as stream:
        told = stream.read()
    if not told:
        return 0
    log, *words = json.loads(told)
    with Path(log).open("wb") as written:
        os.dup2(written.fileno(), sys.stderr.fileno())
    import snakemake.cli

    sys.argv = ["snakemake", *words]
    try:
        snakemake.cli.main(words)
    except SystemExit as end:
        return int(bool(end.code))
    return 0
