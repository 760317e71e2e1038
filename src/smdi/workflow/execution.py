"""How a chapter is executed: Papermill runs its cells, then its finished prose takes its place.

The cells run in a process of their own (see `smdi.workflow.kernel`) that may take so long, print so
much and write to one folder, and that is told by its environment where to read and write. The
executed notebook has the same bytes each time: ids of cells are set (jupytext draws them at
random), times and paths are dropped.
"""

from __future__ import annotations

import copy
import json
import os
import re
import select
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import nbformat
import papermill
from nbformat import NotebookNode

from smdi.edition import Limits
from smdi.files import remove, write_text
from smdi.processes import end_with_parent
from smdi.report import rendering
from smdi.report.locations import OUTPUT_VARIABLE, PRODUCTS_VARIABLE
from smdi.workflow.kernel import confinement, engine
from smdi.workflow.notebooks import Literal, declared, line_of_cell, read_notebook
from smdi.workflow.parameters import check

HIDDEN = "remove-cell"
# Written by `chapter.close()`: the finished Markdown cells.
PROSE = "prose.json"
# What the book is assembled from; the notebook itself lies beside it, for readers to take away.
PAGE = "page.ipynb"
# What IPython and libraries keep for themselves while a chapter runs.
SCRATCH = ".scratch"
LAST_WORDS = 4000
# Seconds after which a kernel's limits are looked at again.
LOOK_EVERY = 0.05
FRESH = (
    "import sys; from smdi.workflow.execution import kernel_of; sys.exit(kernel_of(*sys.argv[1:]))"
)
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class ChapterFailure(Exception):  # noqa: N818 - an outcome that is shown, not an error of ours
    """A chapter did not come to its end: `short` is for the terminal, `full` for the log."""

    def __init__(self, short: str, full: str = "") -> None:
        super().__init__(short)
        self.short = short
        self.full = full or short


@dataclass(frozen=True)
class _Run:
    """One execution: what runs, with which parameters, from and to which folders."""

    notebook: Path
    parameters: dict[str, Literal]
    output: Path
    products: Path
    limits: Limits


def execute(
    notebook: Path,
    given: Mapping[str, Literal],
    output: Path,
    products: Path,
    limits: Limits | None = None,
) -> Path:
    """Execute a chapter with checked parameters; return the page the book is assembled from.

    `products` is the folder with what the chapter reads, see `smdi.report.locations`. What an
    earlier run left in `output` goes. Raises InputErrors before the run for parameters that do not
    fit, ChapterFailure for a cell that raises, a kernel that dies, a limit that is passed, and a
    notebook that does not close its chapter.
    """
    parameters = {**declared(notebook), **check(notebook, given)}
    remove(output)
    # A chapter without exhibits has an empty folder of them.
    (output / "exhibits").mkdir(parents=True)
    run = _Run(notebook, parameters, output, products, limits or Limits())
    try:
        _in_kernel(run)
    finally:
        remove(output / SCRATCH)
    return output / PAGE


def _in_kernel(run: _Run) -> None:
    """Fork the kernel, wait for it within its limits, and raise what went wrong in it."""
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as told,
        tempfile.TemporaryFile() as printed,
    ):
        parent = os.getpid()
        child = os.fork()
        if child == 0:
            code = 1
            try:
                end_with_parent(parent)
                os.setpgid(0, 0)
                # What a cell's own processes and C libraries print; Python's goes to the notebook.
                for descriptor in (1, 2):
                    os.dup2(printed.fileno(), descriptor)
                if rendering.has_drawn():
                    _become_fresh(run, told.fileno())
                code = _kernel_main(run, told.fileno())
            finally:
                os._exit(code)
        status, exceeded = _wait(child, run.limits, printed.fileno())
        told.seek(0)
        messages = [json.loads(line) for line in told if line.endswith("\n")]
        printed.seek(max(printed.seek(0, os.SEEK_END) - LAST_WORDS, 0))
        last_words = printed.read().decode(errors="replace")
    cell = max((message["cell"] for message in messages if "cell" in message), default=None)
    failure = next((message["failure"] for message in messages if "failure" in message), None)
    if exceeded:
        raise ChapterFailure(f"{_place(run, cell)}: {exceeded} in the edition")
    if failure:
        raise ChapterFailure(failure["short"], failure["full"])
    if not any("finished" in message for message in messages):
        killed = f"was killed by {signal.Signals(-status).name}" if status < 0 else ""
        ended = killed or f"ended with status {status}"
        short = (
            f"{_place(run, cell)}: the kernel {ended} while this cell ran\n"
            "  memory may have run out, or the cell ended its own process"
        )
        raise ChapterFailure(short, f"{short}\n\n{last_words}")


def _become_fresh(run: _Run, writer: int) -> None:
    """Run the kernel in a new interpreter: a fork of a process that has drawn would hang."""
    os.set_inheritable(writer, True)
    paths = (str(path) for path in (run.notebook, run.output, run.products))
    words = json.dumps([*paths, run.parameters, run.limits.model_dump()], ensure_ascii=False)
    os.execv(sys.executable, [sys.executable, "-c", FRESH, words, str(writer)])


def kernel_of(words: str, writer: str) -> int:
    """Run a chapter as `_become_fresh` tells a new interpreter to."""
    notebook, output, products, parameters, limits = json.loads(words)
    paths = (Path(output), Path(products))
    return _kernel_main(_Run(Path(notebook), parameters, *paths, Limits(**limits)), int(writer))


def _kernel_main(run: _Run, writer: int) -> int:
    """Run the chapter in the forked process; tell the parent each cell, and a failure."""

    def tell(**message: object) -> None:
        os.write(writer, (json.dumps(message) + "\n").encode())

    os.environ[OUTPUT_VARIABLE] = str(run.output.absolute())
    os.environ[PRODUCTS_VARIABLE] = str(run.products.absolute())
    scratch = run.output.absolute() / SCRATCH
    os.environ["IPYTHONDIR"] = str(scratch / "ipython")
    engine.register()
    confinement.confine(run.output, scratch / "tmp")
    try:
        executed = papermill.execute_notebook(
            _prepared(run.notebook),
            None,
            parameters=run.parameters,
            engine_name=engine.ENGINE,
            kernel_name="python3",
            language="python",
            progress_bar=False,
            output_limit=int(run.limits.chapter_output_mb * 1e6),
            started=lambda index: tell(cell=index),
        )
        if not (run.output / PROSE).is_file():
            short = f"{run.notebook}: the chapter is not closed\n"
            tell(failure={"short": short + "  its last cell ends with chapter.close()", "full": ""})
            return 1
        _write(_cleaned(executed), run.output / f"{run.notebook.stem}.ipynb")
        prose = json.loads((run.output / PROSE).read_text("utf-8"))
        _write(_page(executed, prose), run.output / PAGE)
    except papermill.PapermillExecutionError as error:
        tell(failure=_failure(run, error))
        return 1
    except Exception as error:  # a full disk, say: whoever waits must hear of it
        short = f"{run.notebook}: {type(error).__name__}: {error}"
        tell(failure={"short": short, "full": traceback.format_exc()})
        return 1
    tell(finished=True)
    return 0


def _wait(child: int, limits: Limits, printed: int) -> tuple[int, str]:
    """Return the exit code of the process (negative: a signal), and the limit it went over."""
    deadline = time.monotonic() + limits.chapter_seconds
    exceeded = ""
    with os.fdopen(os.pidfd_open(child), "rb", buffering=0) as ended:
        while not exceeded and not select.select([ended], [], [], LOOK_EVERY)[0]:
            if time.monotonic() > deadline:
                exceeded = (
                    f"the cell is still running after {limits.chapter_seconds:g} s\n"
                    "  mend the cell, or raise limits.chapter_seconds"
                )
            elif os.fstat(printed).st_size > limits.chapter_output_mb * 1e6:
                exceeded = (
                    f"a chapter may print {limits.chapter_output_mb:g} MB, this one prints more\n"
                    "  mend the cell, or raise limits.chapter_output_mb"
                )
    if exceeded:
        os.killpg(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), exceeded


def _prepared(path: Path) -> NotebookNode:
    notebook = copy.deepcopy(read_notebook(path))
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    notebook.metadata.kernelspec["language"] = "python"
    return notebook


def _number_cells(notebook: NotebookNode) -> None:
    notebook.nbformat_minor = max(notebook.nbformat_minor, 5)
    for index, cell in enumerate(notebook.cells):
        cell.id = f"cell-{index:03d}"


def _cleaned(notebook: NotebookNode) -> NotebookNode:
    """Drop what differs from run to run, and hide the cell that Papermill put in."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        tags = cell.metadata.get("tags", [])
        if "injected-parameters" in tags and HIDDEN not in tags:
            cell.metadata["tags"] = [*tags, HIDDEN]
    _number_cells(notebook)
    return notebook


def _page(page: NotebookNode, prose: list[str]) -> NotebookNode:
    """Make what site and PDF read: finished Markdown, and hidden cells without their outputs."""
    cells = [cell for cell in page.cells if cell.cell_type == "markdown"]
    for cell, text in zip(cells, prose, strict=True):
        cell.source = text
    for cell in page.cells:
        if cell.cell_type == "code" and HIDDEN in cell.metadata.get("tags", []):
            cell.outputs = []
    return page


def _write(notebook: NotebookNode, path: Path) -> None:
    write_text(path, f"{nbformat.writes(notebook)}\n")


def _failure(run: _Run, error: papermill.PapermillExecutionError) -> dict[str, str]:
    lines = [line for line in error.source.strip().splitlines() if line.strip()]
    shown = "\n".join(f"    {line}" for line in lines[:6])
    more = "" if len(lines) <= 6 else f"\n    … {len(lines) - 6} more lines"
    reason = _COLOUR.sub("", f"{error.ename}: {error.evalue}")
    if "Permission denied" in reason and confinement.TOLD not in reason:
        reason += f"\n  {confinement.TOLD}"
    short = f"{_place(run, None, error.source)}: the cell failed\n{shown}{more}\n  {reason}"
    return {"short": short, "full": _COLOUR.sub("", "\n".join(error.traceback))}


def _place(run: _Run, cell: int | None, source: str = "") -> str:
    """Name a cell by the notebook and the line at which it stands there."""
    if cell is not None:
        # Papermill puts a cell of its own behind that of the parameters.
        cells = [c.source for c in read_notebook(run.notebook).cells]
        tags = [c.metadata.get("tags", []) for c in read_notebook(run.notebook).cells]
        behind = next((i for i, t in enumerate(tags) if "parameters" in t), len(cells))
        source = cells[cell if cell <= behind else cell - 1] if cell <= len(cells) else ""
    line = line_of_cell(run.notebook, source)
    return f"{run.notebook}, line {line}" if line else str(run.notebook)
