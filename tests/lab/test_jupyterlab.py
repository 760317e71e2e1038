"""A chapter in a real JupyterLab, as `make lab` starts it: open, run all, see a chart."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, sync_playwright

from tests.site.conftest import ARGUMENTS, NO_BROWSER, find_browser

pytestmark = pytest.mark.lab

NOTEBOOK = "notebooks/national-levels.md"
COPIED = ("src", "data", "notebooks", "scripts", "book")
FILES = ("_toc.yml", "_config.yml", "Snakefile", "requirements.lock")
RELEASE = Path("_build/2021")
SECONDS = 90
QUESTION = """---
kernelspec: {name: python3, display_name: Python 3, language: python}
---

```{code-cell} python3
import smdi

smdi.rerun("national-levels", province="江苏")
```
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Copy the project: JupyterLab saves what it opens."""
    assert (RELEASE / "current").exists(), "run `make book` first"
    root = tmp_path / "project"
    for name in COPIED:
        shutil.copytree(name, root / name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    for name in FILES:
        shutil.copy2(name, root)
    unneeded = shutil.ignore_patterns("reruns", "drafts")
    shutil.copytree(RELEASE, root / RELEASE, symlinks=True, ignore=unneeded)
    (root / "notebooks/question.md").write_text(QUESTION, "utf-8")
    (root / ".venv-lab").symlink_to(Path(".venv-lab").absolute())
    return root


@pytest.fixture
def address(project: Path) -> Iterator[str]:
    """Serve JupyterLab on loopback; return where."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["--no-browser", "--ip=127.0.0.1", f"--port={port}", "--allow-root"]
    words += ["--IdentityProvider.token=", "--ServerApp.password="]
    log = project / "lab.log"
    with log.open("w") as stream:
        server = subprocess.Popen(
            [sys.executable, "scripts/open_lab.py", "--", *words],
            cwd=project,
            env={**os.environ, "PYTHONPATH": str(project / "src"), "HOME": str(project)},
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
    try:
        yield _ready(f"http://127.0.0.1:{port}", server, log)
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _ready(address: str, server: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/api", timeout=1).close()
            return address
        except OSError:
            time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8"))


@pytest.fixture
def page() -> Iterator[Page]:
    browser = find_browser()
    assert browser, NO_BROWSER
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=browser, args=ARGUMENTS)
        opened = started.new_page(viewport={"width": 1400, "height": 1000})
        opened.set_default_timeout(SECONDS * 1000)
        yield opened
        started.close()


def run_all(page: Page, notebook: str) -> None:
    page.goto(notebook)
    page.locator(".jp-Notebook .jp-CodeCell").first.wait_for()
    # Its status in the toolbar: the kernel of the book is there.
    page.get_by_text("Python 3", exact=False).first.wait_for()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()


def test_a_chapter_opens_as_a_notebook_runs_and_shows_its_chart(
    page: Page, address: str, project: Path
) -> None:
    run_all(page, f"{address}/lab/tree/{NOTEBOOK}")
    chart = page.locator(".jp-OutputArea .jp-RenderedSVG img").first
    chart.scroll_into_view_if_needed()
    assert chart.evaluate("image => image.complete && image.naturalWidth") > 300
    sentence = page.locator(".jp-OutputArea .jp-RenderedMarkdown").last
    assert "2021 年" in sentence.inner_text()
    assert (
        page.locator(".jp-OutputArea [data-mime-type='application/vnd.jupyter.stderr']").count()
        == 0
    )
    assert (project / "_build/2021/drafts/national-levels/numbers.json").is_file()
    if picture := os.environ.get("SMDI_SCREENSHOT"):
        page.screenshot(path=picture)


def test_a_rerun_shows_its_consequences_where_it_is_asked_for(
    page: Page, address: str, project: Path
) -> None:
    run_all(page, f"{address}/lab/tree/notebooks/question.md")
    shown = page.locator(".jp-OutputArea .jp-RenderedHTMLCommon").first
    shown.wait_for()
    assert "江苏省" in shown.inner_text()
    (folder,) = (project / "_build/2021/reruns").glob("national-levels--province=*")
    assert (folder / "site/index.html").is_file()
