"""A server that has the libraries loaded and forks one process for each job that asks.

Loading pandas, Altair, GeoPandas and Sphinx takes a job seconds; a fork of a process that has them
takes milliseconds. The same code runs where there is no server (a cluster's node, say), with the
same bytes. Neither vl-convert nor DuckDB may be touched before the fork: their threads do not
outlive it. So a process of its own, the drawer, draws the charts of all jobs.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import runpy
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from smdi.edition import read_edition
from smdi.errors import reports_input_errors
from smdi.processes import end_with_parent
from smdi.workflow.server import ahead
from smdi.workflow.server.clients import Clients

# The word that makes this module run one step.
RUN = "--run"
# As `smdi.report.rendering`, which the server does not wait for, has it.
DRAWER_VARIABLE = "SMDI_DRAWER"
# In the order in which the steps of a build want them.
MODULES = (
    "smdi.workflow.jobs",
    "pandas",
    "pyarrow.parquet",
    "papermill",
    "IPython.core.interactiveshell",
    "smdi.workflow.execution",
    "altair",
    "smdi.report.chapter",
    "smdi.report.charts",
    "smdi.report.maps",
    "smdi.indicators",
    # What IPython and pandas load at their first use.
    "IPython.core.completerlib",
    "IPython.core.crashhandler",
    "IPython.core.magics",
    "pandas.core.methods.to_dict",
    "pandas.core.reshape.reshape",
    "pandas.io.formats.csvs",
    "smdi.report.profiles",
    "smdi.publishing.assembly",
    "jupyter_book.sphinx",
    "sphinx.application",
    "sphinx.builders.html",
    "myst_nb",
    "sphinx_book_theme",
    "sphinx_design.extension",
    "sphinx_external_toc",
    "sphinx_multitoc_numbering",
    "sphinxcontrib.bibtex",
    "smdi.publishing.sphinx_ext",
    "typst_book",
    "smdi.publishing.gate.inspection",
    "smdi.disclosure.protection",
    "pyarrow.dataset",
    # What a font loads when it is read.
    "fontTools.cffLib",
)
# What was loaded of that, and of notebooks, by this process or by those that it is forked from.
_loaded: set[str] = set()
# The last that every chapter wants.
CHAPTERS_NEED = "smdi.indicators"


@reports_input_errors
def run_here(words: Sequence[str]) -> int:
    """Run steps in this process (edition and steps), or a script with its arguments."""
    if words[0].endswith(".py"):
        return _run_script(words)
    # Loaded here, as the server loads it before it forks.
    from smdi.workflow.jobs import run_jobs

    edition, *names = words
    return run_jobs(read_edition(edition), names)


def _run_script(words: Sequence[str]) -> int:
    sys.argv = list(words)
    try:
        runpy.run_path(words[0], run_name="__main__")
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


def listen(address: str) -> socket.socket:
    """Return a socket that listens there: whoever asks before there is a server waits for it."""
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(address)
    listening.listen()
    return listening


def serve(listening: socket.socket, edition: str = "") -> None:
    """Answer until killed; between requests, load the libraries one by one.

    A job that asks early is forked with what is loaded by then, and loads the rest itself. For
    builds of what narrows an `edition`, what they read of it is read last.
    """
    with listening:
        start = time.time()
        _share_memory()
        _start_drawer(listening.getsockname())
        clients = Clients(listening, lambda request, streams: _work(request, streams, start))
        loads, loading = _loads(edition), True
        while True:
            if not clients.turn(wait=not loading):
                loading = next(loads, None) is not None


def warm_up(address: str) -> None:
    """Load all libraries and start the drawer, for jobs that this process will fork."""
    _share_memory()
    _start_drawer(address)
    load_all()


def _share_memory() -> None:
    """Let what is loaded be shared with forks: their garbage collectors would touch all of it.

    A fourth of the time of a chapter would go to that.
    """
    os.register_at_fork(before=gc.freeze)


def load_all() -> None:
    """Load what the libraries of jobs are not loaded yet: a job may be forked before they are."""
    for _ in _loads():
        pass


def _start_drawer(address: str) -> None:
    own = os.getpid()
    os.environ[DRAWER_VARIABLE] = drawer_of(address)
    if os.fork() == 0:
        end_with_parent(own)
        _draw()


def _loads(edition: str = "") -> Iterator[str]:
    """Load what jobs want, one after the other; yield what was loaded."""
    for name, load in _wanted(edition):
        if name in _loaded:
            continue
        # The job that needs a faulty one says what is wrong with it.
        with contextlib.suppress(Exception):
            load()
        # None of it is garbage, which to look for takes a fifth of the time.
        gc.freeze()
        _loaded.add(name)
        yield name


def _wanted(edition: str) -> Iterator[tuple[str, Callable[[], object]]]:
    for module in MODULES:
        yield module, partial(importlib.import_module, module)
        if module == CHAPTERS_NEED:
            yield "what chapters read", ahead.read_for_chapters
    for path in sorted(Path("notebooks").glob("*.md")):
        yield path.name, partial(ahead.compile_notebook, path)
    yield "what pages read", ahead.read_for_pages
    if edition:
        yield edition, lambda: ahead.read_for_scopes(read_edition(edition))


def drawer_of(address: str) -> str:
    """Return the address of the drawer beside a server."""
    return f"{address}-drawer"


def _draw() -> NoReturn:
    try:
        from smdi.report.rendering import draw_for_others

        draw_for_others(os.environ[DRAWER_VARIABLE], Path(os.environ["XDG_CACHE_HOME"]))
    finally:
        os._exit(1)


def _work(request: dict[str, Any], descriptors: Sequence[int], start: float) -> int:
    """Run what a client asks for with its streams; `start` is when the server began to load."""
    for target, descriptor in enumerate(descriptors):
        os.dup2(descriptor, target)
        os.close(descriptor)
    drawer = os.environ[DRAWER_VARIABLE]
    os.environ.clear()
    os.environ.update({**request["environment"], DRAWER_VARIABLE: drawer})
    try:
        if _is_changed_since(start):
            # What is loaded is not what the project holds now, and what a record would name.
            command = [sys.executable, "-m", "smdi.workflow.server.warm", RUN, *request["words"]]
            os.execv(sys.executable, command)
        code = run_here(request["words"])
    except BaseException as error:
        print(f"{type(error).__name__}: {error}", file=sys.stderr)
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _is_changed_since(start: float) -> bool:
    """Tell whether something of the project is newer than what is loaded of it."""
    data = ahead.load("smdi.workflow.dependencies").files_under(Path("data"))
    loaded = [*Path("src").rglob("*.py"), *map(Path, data)]
    return any(path.stat().st_mtime > start for path in loaded)


if __name__ == "__main__":
    if sys.argv[1] == RUN:
        sys.exit(run_here(sys.argv[2:]))
    serve(socket.socket(fileno=int(sys.argv[1])), *sys.argv[2:])
