"""Build an edition: run the pipeline for what is out of date, then say what was made and where."""

from __future__ import annotations

import argparse
import fcntl
import os
import subprocess
import sys
import time
from pathlib import Path

from smdi.edition import Edition, read_edition
from smdi.errors import InputErrors, Problem, reports_input_errors
from smdi.publishing.release import PARTS, current_release, forget_what_is_gone

CACHE = Path(".snakemake/cache")


@reports_input_errors
def main() -> int:
    """Build; the last release stays in place when anything fails."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edition", default="2021")
    parser.add_argument("--cores", default="2")
    options = parser.parse_args()
    edition = read_edition(options.edition)
    start = time.monotonic()
    edition.work.mkdir(parents=True, exist_ok=True)
    with (edition.folder / ".lock").open("w") as lock:
        try:
            # Of the process, not of a file left behind: a killed build locks nobody out.
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            expected = "no other build of this edition at the same time"
            problem = Problem(str(edition.folder), None, None, None, expected)
            raise InputErrors([problem]) from None
        forget_what_is_gone(edition.folder)
        before = current_release(edition.folder)
        print(f"Edition {edition.id}: bringing {edition.folder} up to date", flush=True)
        failed = run_pipeline(edition, options.cores)
    if failed:
        kept = "the last release is untouched" if before else "nothing was released"
        print(f"The build failed; {kept}.", file=sys.stderr)
        return 1
    print(summary(edition, before, time.monotonic() - start))
    return 0


def run_pipeline(edition: Edition, cores: str) -> int:
    """Run Snakemake, showing what the steps say and leaving out what it says of itself."""
    command = [sys.executable, "-m", "snakemake", "--quiet", "all", "--nolock"]
    command += ["--cores", cores, "--config", f"edition={edition.id}"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(CACHE.absolute())}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as run:
        for line in run.stdout:
            if not line.startswith("Using workflow specific profile"):
                print(line, end="", flush=True)
    return run.returncode


def summary(edition: Edition, before: str | None, seconds: float) -> str:
    """Say what there is now, how large, and whether it is new."""
    now = current_release(edition.folder)
    state = "unchanged" if now == before else "new"
    lines = [f"Edition {edition.id} is up to date ({state}, {seconds:.0f} s):"]
    for part in PARTS:
        path = edition.folder / part
        shown = path / "index.html" if part == "site" else path
        lines.append(f"  {shown!s:40} {size(path):>8}")
    return "\n".join(lines)


def size(path: Path) -> str:
    """Return the size of a file or folder in a reader's unit."""
    files = path.rglob("*") if path.is_dir() else [path]
    total = sum(file.stat().st_size for file in files if file.is_file())
    return f"{total / 1e6:.1f} MB" if total >= 1e5 else f"{total / 1e3:.1f} kB"


if __name__ == "__main__":
    sys.exit(main())
