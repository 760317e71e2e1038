"""A pytest that has the libraries loaded and is forked for each run.

Loading them takes longer than most tests that notice an edit. Nothing of the project is loaded
before the fork. For each line of words on standard input it says the number of the process that
runs pytest with them, in a session of its own, and then how that ended.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import os
import resource
import sys
from collections.abc import Sequence
from typing import NoReturn

# A mutant may make a search endless or a table huge.
MEMORY = 8 * 1024**3
MODULES = (
    "_pytest.terminal",
    "altair",
    "docutils.core",
    "geopandas",
    "hypothesis",
    "jinja2",
    "lxml.html",
    "nbformat",
    "pandas",
    "pyarrow.parquet",
    "pydantic",
    "pytest",
    "scipy.optimize",
    "sphinx.application",
    "yaml",
)


def main() -> None:
    """Load, then fork for each line."""
    for module in MODULES:
        with contextlib.suppress(ImportError):
            importlib.import_module(module)
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            _run(json.loads(line))
        print(process, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]), flush=True)


def _run(words: Sequence[str]) -> NoReturn:
    os.setsid()
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nothing, descriptor)
    status = 1
    with contextlib.suppress(BaseException):
        import pytest

        status = int(pytest.main(list(words)))
    os._exit(status)


if __name__ == "__main__":
    main()
