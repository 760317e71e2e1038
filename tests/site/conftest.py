"""A browser without a network, and the site of the default edition (`make test` builds it)."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from smdi.report.profiles.listing import is_profile

SITE = Path("_build/2021/site")
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
# As root Chromium runs without its sandbox only; the rest keeps it from calling home by itself.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NO_BROWSER = (
    "no browser for the site's tests: none is installed, Debian's package cannot be"
    " installed and Playwright's own cannot be downloaded; install Chromium and run again"
)


def find_browser() -> str | None:
    """An installed browser, else Debian's package where it may be installed, else Playwright's."""
    if installed := _installed():
        return installed
    prefix = _administrator()
    if prefix is not None and shutil.which("apt-get"):
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": False}
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for words in (["update"], ["install", "-y", "--no-install-recommends", "chromium"]):
            subprocess.run([*prefix, "apt-get", *words], env=environment, **quiet)
        if installed := _installed():
            return installed
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if not Path(own).exists():
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, capture_output=True, check=False, timeout=600)
    return own if Path(own).exists() else None


def _installed() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _administrator() -> list[str] | None:
    """What to put before a command that needs root; None where a password would be asked."""
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    asked = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if asked.returncode == 0 else None


@dataclass
class Visit:
    """A page that a reader opened, and what happened."""

    page: Page
    refused: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, name: str, query: str = "") -> Page:
        """Open a page of the site from the file system."""
        address = (SITE / name).absolute().as_uri()
        self.page.goto(f"{address}?q={quote(query)}" if query else address)
        return self.page


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """A test that names `page_name` runs once for each page of the site, of profiles for a few."""
    if "page_name" in metafunc.fixturenames:
        found = pages()
        # Without a site the test must fail, not vanish.
        metafunc.parametrize("page_name", found or ["index.html"])


def pages() -> list[str]:
    """The pages, and of each kind of profiles, all of one notebook, the ends and the middle."""
    found = sorted(SITE.glob("*.html"))
    kept = [path.name for path in found if not is_profile(path.stem)]
    for kind in ("province", "industry"):
        alike = [path for path in found if path.stem.startswith(f"{kind}-")]
        alike.sort(key=lambda path: path.stat().st_size)
        kept += [path.name for path in (*alike[:1], *alike[len(alike) // 2 :][:1], *alike[-1:])]
    return kept


@pytest.fixture(scope="session")
def site() -> Path:
    """The built site of the default edition."""
    assert (SITE / "index.html").is_file(), "no site: `make test` builds it before the tests"
    return SITE


# One for each module: between two of them other tests run, and the browser may not outlive those.
@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A headless browser with a Chinese font, wherever it comes from."""
    path = find_browser()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail(NO_BROWSER, pytrace=False)
        pytest.skip(NO_BROWSER)
    environment = {**os.environ, "FONTCONFIG_FILE": str(_fonts(tmp_path_factory.mktemp("fonts")))}
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=ARGUMENTS, env=environment)
        yield opened
        opened.close()


@pytest.fixture(params=[1280, 390], ids=["desktop", "phone"])
def visit(browser: Browser, site: Path, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """A reader with a screen of 1280 or 390 pixels and no network."""
    yield from _visit(browser, request.param)


@pytest.fixture
def desk(browser: Browser, site: Path) -> Iterator[Visit]:
    """A reader with a wide screen and no network."""
    yield from _visit(browser, 1280)


def _visit(browser: Browser, width: int) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": width, "height": 844}, locale="zh-CN")
    visit = Visit(context.new_page())
    root = SITE.resolve().as_uri()
    linked = SITE.absolute().as_uri()

    def answer(route: Route) -> None:
        if route.request.url.startswith((f"{root}/", f"{linked}/", "data:", "blob:")):
            route.continue_()
        else:
            visit.refused.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.on(
        "console",
        lambda message: visit.complaints.append(message.text) if message.type == "error" else None,
    )
    yield visit
    context.close()


def _fonts(folder: Path) -> Path:
    """Let the browser find the fonts of the locked package: a bare machine has no Chinese font."""
    package = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    path = folder / "fonts.conf"
    path.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<dir>{Path(package.origin).parent}</dir><cachedir>{folder}</cachedir>"
        '<include ignore_missing="yes">/etc/fonts/fonts.conf</include></fontconfig>'
    )
    return path
