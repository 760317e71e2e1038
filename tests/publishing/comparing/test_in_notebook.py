"""A rerun asked for in a notebook runs the script, and tells what it says when it fails."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from smdi.publishing.comparing import in_notebook
from smdi.workflow.execution import ChapterFailure

SAYS = "import sys; print('aside'); sys.exit(' '.join(sys.argv[1:]))"


def test_a_rerun_that_fails_tells_what_the_script_said(tmp_path: Path, monkeypatch, capfd) -> None:
    script = tmp_path / "script.py"
    script.write_text(SAYS)
    read, checked = SimpleNamespace(id="2021", language="zh"), {"province": "江苏省", "top": 5}
    asked: list[tuple[object, ...]] = []
    monkeypatch.setattr(in_notebook, "SCRIPT", script)
    monkeypatch.setattr(
        in_notebook, "checked_request", lambda *words: asked.append(words) or (read, checked)
    )
    with pytest.raises(ChapterFailure) as failed:
        in_notebook.rerun("sme", edition="2021", province="江苏")
    assert str(failed.value) == "--edition 2021 -- sme province=江苏省 top=5"
    assert asked == [("2021", "sme", {"province": "江苏"})]
    assert capfd.readouterr() == ("", ""), "nothing else stands in the notebook"
