"""How a chapter is executed: Papermill runs its cells, then its finished prose takes its place.

The notebook runs in a fresh kernel of this very Python, whatever kernels the user has installed,
and is told by the kernel's environment where to write. The executed notebook has the same bytes
each time: ids of cells are set (jupytext draws them at random), times and paths are dropped.
"""

from __future__ import annotations

import copy
import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import nbformat
import papermill
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbformat import NotebookNode
from papermill.exceptions import PapermillExecutionError

from smdi.files import write_text
from smdi.report.locations import OUTPUT_VARIABLE, PRODUCTS_VARIABLE
from smdi.workflow.notebooks import Literal, declared, read_notebook
from smdi.workflow.parameters import check

HIDDEN = "remove-cell"
# Written by `chapter.close()`: the finished Markdown cells.
PROSE = "prose.json"
# What the book is assembled from; the notebook itself lies beside it, for readers to take away.
PAGE = "page.ipynb"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class ChapterFailure(Exception):  # noqa: N818 - an outcome that is shown, not an error of ours
    """A cell raised: `short` is for the terminal, `full` (the traceback) for the log."""

    def __init__(self, short: str, full: str) -> None:
        super().__init__(short)
        self.short = short
        self.full = full


class OwnKernelManager(AsyncKernelManager):
    """Starts the kernel with this interpreter, without looking for installed kernel specs."""

    @property
    def kernel_spec(self) -> KernelSpec:
        """The one kernel there is."""
        argv = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        # It warns that loopback is not encrypted; its errors are still shown.
        argv.append("--IPKernelApp.log_level=40")
        return KernelSpec(argv=argv, display_name="Python 3", language="python")


def execute(notebook: Path, given: Mapping[str, Literal], output: Path, products: Path) -> Path:
    """Execute a chapter with checked parameters; return the path of the executed notebook.

    `products` is the folder with what the chapter reads, see `smdi.report.locations`. Raises
    InputErrors before the run for parameters that do not fit, ChapterFailure for a cell that
    raises and for a notebook that does not close its chapter.
    """
    # A chapter without exhibits has an empty folder of them.
    (output / "exhibits").mkdir(parents=True, exist_ok=True)
    (output / PROSE).unlink(missing_ok=True)
    parameters = {**declared(notebook), **check(notebook, given)}
    try:
        with _environment(output, products):
            executed = papermill.execute_notebook(
                _prepared(notebook),
                None,
                parameters=parameters,
                kernel_name="python3",
                language="python",
                progress_bar=False,
                kernel_manager_class=OwnKernelManager,
                # An orderly shutdown saves nothing here and hangs now and then.
                shutdown_kernel="immediate",
            )
    except PapermillExecutionError as error:
        raise _failure(notebook, error) from error
    if not (output / PROSE).is_file():
        short = f"{notebook}: the chapter is not closed; its last cell ends with `chapter.close()`"
        raise ChapterFailure(short, short)
    cleaned = _cleaned(executed)
    write_text(output / f"{notebook.stem}.ipynb", f"{nbformat.writes(cleaned)}\n")
    page = _with_finished_prose(cleaned, json.loads((output / PROSE).read_text("utf-8")))
    write_text(output / PAGE, f"{nbformat.writes(page)}\n")
    return output / PAGE


def _prepared(path: Path) -> NotebookNode:
    notebook = read_notebook(path)
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3"}
    notebook.metadata.kernelspec["language"] = "python"
    _number_cells(notebook)
    return notebook


def _number_cells(notebook: NotebookNode) -> None:
    notebook.nbformat_minor = max(notebook.nbformat_minor, 5)
    for index, cell in enumerate(notebook.cells):
        cell.id = f"cell-{index:03d}"


def _cleaned(notebook: NotebookNode) -> NotebookNode:
    """Drop what differs from run to run, and hide the cell that Papermill put in."""
    notebook.metadata.pop("papermill", None)
    # Written by the kernel: which patch release of Python ran is no part of the report.
    notebook.metadata.pop("language_info", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        tags = cell.metadata.get("tags", [])
        if "injected-parameters" in tags and HIDDEN not in tags:
            cell.metadata["tags"] = [*tags, HIDDEN]
    _number_cells(notebook)
    return notebook


def _with_finished_prose(notebook: NotebookNode, prose: list[str]) -> NotebookNode:
    """Return what the site and the PDF read: finished Markdown, and code without its outputs."""
    page = copy.deepcopy(notebook)
    cells = [cell for cell in page.cells if cell.cell_type == "markdown"]
    for cell, text in zip(cells, prose, strict=True):
        cell.source = text
    for cell in page.cells:
        if cell.cell_type == "code" and HIDDEN in cell.metadata.get("tags", []):
            cell.outputs = []
    return page


def _failure(notebook: Path, error: PapermillExecutionError) -> ChapterFailure:
    lines = [line for line in error.source.strip().splitlines() if line.strip()]
    shown = "\n".join(f"    {line}" for line in lines[:6])
    more = "" if len(lines) <= 6 else f"\n    … {len(lines) - 6} more lines"
    reason = _COLOUR.sub("", f"{error.ename}: {error.evalue}")
    short = f"{notebook}: cell {error.exec_count} failed\n{shown}{more}\n  {reason}"
    return ChapterFailure(short, _COLOUR.sub("", "\n".join(error.traceback)))


@contextmanager
def _environment(output: Path, products: Path) -> Iterator[None]:
    """Tell the kernel where to read and write; IPython's and Jupyter's own files go away."""
    with tempfile.TemporaryDirectory(prefix=".kernel-", dir=output) as folder:
        private = {
            OUTPUT_VARIABLE: str(output.absolute()),
            PRODUCTS_VARIABLE: str(products.absolute()),
            "IPYTHONDIR": str(Path(folder, "ipython").absolute()),
            "JUPYTER_RUNTIME_DIR": str(Path(folder, "runtime").absolute()),
            "JUPYTER_CONFIG_DIR": str(Path(folder, "config").absolute()),
            "JUPYTER_DATA_DIR": str(Path(folder, "data").absolute()),
        }
        before = {name: os.environ.get(name) for name in private}
        os.environ.update(private)
        try:
            yield
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value
