"""`smdi.rerun(…)`: the consequences of other parameters, shown where a notebook asks for them.

The chapter runs in a process of its own, as it does from the command line: the kernel of whoever
asks keeps its state, and what a chapter draws cannot hang it.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import sys
from base64 import b64encode
from dataclasses import dataclass
from html import escape
from pathlib import Path

import pandas as pd

from smdi.files import project_root
from smdi.publishing.comparing.rerun import CHAPTER, folder_of
from smdi.publishing.comparing.sections import STYLE, Side, sections
from smdi.report.text.language import use_language
from smdi.workflow.differences.consequences import About, Consequences
from smdi.workflow.differences.run import Shown, read_book, read_chapter
from smdi.workflow.execution import ChapterFailure
from smdi.workflow.notebooks import Literal
from smdi.workflow.rerun import checked_request

SCRIPT = Path("scripts/rerun_chapter.py")


def rerun(chapter: str, *, edition: str = "2021", **parameters: Literal) -> Rerun:
    """Run a chapter with other parameters; Jupyter shows the consequences beside the release.

    InputErrors tells all that is wrong with the request, ChapterFailure of a cell that fails.
    """
    # The list of pages and all that depends on it are found from the project's own folder.
    with contextlib.chdir(project_root()):
        read, checked = checked_request(edition, chapter, parameters)
        use_language(read.language)
        words = [f"{name}={value}" for name, value in checked.items()]
        command = [sys.executable, str(SCRIPT), "--edition", read.id, "--", chapter, *words]
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            raise ChapterFailure(done.stderr.strip())
        folder = folder_of(read, chapter, checked).absolute()
        content = json.loads((folder / "consequences.json").read_text("utf-8"))
        about = About(**{**content["about"], "cautions": tuple(content["about"]["cautions"])})
        release = (read.folder / "current/source").absolute()
        old = read_book(release, about.old_scope, [chapter])
        new = read_chapter(folder / CHAPTER, chapter, about.scope)
    return Rerun(folder, Consequences(about, old, new))


@dataclass(frozen=True)
class Rerun:
    """A rerun beside the release: lists as frames, `folder` with its pages and data."""

    folder: Path
    consequences: Consequences

    @property
    def values(self) -> pd.DataFrame:
        """Return the named values that read otherwise."""
        return self.consequences.tables()["values"]

    @property
    def sentences(self) -> pd.DataFrame:
        """Return the sentences that read otherwise."""
        return self.consequences.tables()["sentences"]

    @property
    def ranks(self) -> pd.DataFrame:
        """Return the places that moved."""
        return self.consequences.tables()["ranks"]

    @property
    def exhibits(self) -> pd.DataFrame:
        """Return the values of exhibits that are others."""
        return self.consequences.tables()["exhibits"]

    def _repr_mimebundle_(self, **_options: object) -> dict[str, str]:
        return {"text/html": self._html(), "text/plain": str(self)}

    def __str__(self) -> str:
        counts = self.consequences.counts
        told = ", ".join(f"{counts[name]} {name}" for name in ("values", "sentences", "exhibits"))
        return f"{self.consequences.about.scope}: {told} differ; {self.folder}/site/index.html"

    def _html(self) -> str:
        parts = [f"<style>{STYLE.read_text('utf-8')}</style>"]
        for section in sections(self.consequences, _picture):
            parts += [f"<h2>{escape(section.heading)}</h2>"] if section.heading else []
            parts.append(section.html)
        return "\n".join(parts)


def _picture(shown: Shown, side: Side) -> str:
    """Return the drawing of an exhibit as a picture that needs no other file."""
    assert shown.svg is not None
    image = b64encode(shown.svg.read_bytes()).decode()
    alt = escape(shown.content["alt"], quote=True)
    return f'<img src="data:image/svg+xml;base64,{image}" alt="{alt}">'
