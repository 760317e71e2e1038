"""The kernel of a chapter: IPython in a forked process, driven by Papermill as an engine.

A fork of a process that has the libraries loaded starts in milliseconds, where a Jupyter kernel
takes seconds; the outputs are those that a Jupyter kernel records. A chapter may print so much and
no more; where it may write, `smdi.workflow.kernel.confinement` says.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.engines import Engine, papermill_engines
from traitlets import Type
from traitlets.config import Config

ENGINE = "smdi-forked"


class OutputLimit(Exception):  # noqa: N818 - names what is exceeded
    """A chapter printed more than it may."""


class _Recorder:
    """Collects the outputs of the cell that runs, as nbformat nodes."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.size = 0
        self.outputs: list[NotebookNode] = []

    def add(self, kind: str, size: int, **content: Any) -> None:
        self.size += size
        if self.size > self.limit:
            self.size = 0  # the message itself must pass
            raise OutputLimit(f"a chapter may print {self.limit / 1e6:g} MB, this one prints more")
        last = self.outputs[-1] if self.outputs else None
        if kind == "stream" and last and last.get("name") == content["name"]:
            last.text += content["text"]
        else:
            self.outputs.append(new_output(kind, **content))


class _Stream(io.TextIOBase):
    """Standard output or error of a cell."""

    def __init__(self, recorder: _Recorder, name: str) -> None:
        self.recorder = recorder
        self.name = name

    def write(self, text: str) -> int:
        if text:
            self.recorder.add("stream", len(text), name=self.name, text=text)
        return len(text)

    def writable(self) -> bool:
        return True


class _Publisher(DisplayPublisher):
    """What `display(…)` shows goes to the recorder of the shell."""

    shell: _Shell

    def publish(self, data: Any, metadata: Any = None, source: Any = None, **_options: Any) -> None:
        self.shell.recorder.add("display_data", _size(data), data=data, metadata=metadata or {})


class _Hook(DisplayHook):
    """The value of a cell's last line goes to the recorder of the shell."""

    shell: _Shell

    def write_output_prompt(self) -> None:
        """Print no `Out[1]:`."""

    def write_format_data(
        self, format_dict: dict[str, Any], md_dict: dict[str, Any] | None = None
    ) -> None:
        self.shell.recorder.add(
            "execute_result",
            _size(format_dict),
            data=format_dict,
            metadata=md_dict or {},
            execution_count=self.prompt_count,
        )

    def finish_displayhook(self) -> None:
        self._is_active = False


class _Shell(InteractiveShell):
    """IPython whose outputs are recorded and not printed."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    recorder: _Recorder

    def _showtraceback(self, etype: type, evalue: BaseException, stb: list[str]) -> None:
        self.recorder.outputs.append(
            new_output("error", ename=etype.__name__, evalue=str(evalue), traceback=list(stb))
        )

    def run(self, source: str, limit: int) -> tuple[list[NotebookNode], bool]:
        """Run a cell; return its outputs, an error among them, and whether there is one."""
        self.recorder = _Recorder(limit)
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Stream(self.recorder, "stdout"), _Stream(self.recorder, "stderr")
        try:
            result = self.run_cell(source, store_history=True)
        finally:
            sys.stdout, sys.stderr = before
        outputs = self.recorder.outputs
        if not result.success and not any(o.output_type == "error" for o in outputs):
            error = result.error_before_exec or result.error_in_exec
            self._showtraceback(type(error), error, [repr(error)])
        return outputs, not result.success


def _size(data: dict[str, Any]) -> int:
    return sum(len(str(value)) for value in data.values())


class ForkedEngine(Engine):
    """Runs the cells of a notebook in this process.

    Papermill is told nothing of when which cell began and how it ended: a page has no trace of it.
    """

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: Any,
        kernel_name: str,
        *,
        output_limit: int,
        started: Callable[[int], None],
        **_options: object,
    ) -> None:
        """Run cell after cell until one raises; `started` is told the number of each."""
        shell = shell_of_process()
        # The script that executes notebooks is none of theirs.
        sys.modules["__main__"] = shell.user_module
        for index, cell in enumerate(nb_man.nb.cells):
            if cell.cell_type != "code":
                continue
            started(index)
            cell.outputs, failed = shell.run(cell.source, output_limit)
            cell.execution_count = shell.execution_count - 1
            if failed:
                break


def shell_of_process(folder: str | None = None) -> _Shell:
    """Return the shell of this process; it is made where there is none, and inherited by forks.

    A new one keeps what is its own in `folder`, by default where its environment says.
    """
    config = Config()
    config.HistoryManager.enabled = False
    return _Shell.instance(config=config, colors="nocolor", ipython_dir=folder)


def register() -> None:
    """Make the engine known to Papermill."""
    papermill_engines.register(ENGINE, ForkedEngine)
