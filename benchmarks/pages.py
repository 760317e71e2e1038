#!/usr/bin/env python
"""Weigh pages of a built site as a browser gets them from `make serve`, against budgets.

Usage: benchmarks/pages.py [edition] [page …]

Each page is visited at 390 and at 1280 px, first with nothing in the browser's cache, then again.
Counted is what is sent (texts compressed, as most servers do); maps may weigh more. The times are
this machine's: they say whether something got in the way, not how a reader's telephone fares.
"""

from __future__ import annotations

import asyncio
import shutil
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets

from smdi.publishing.serving import ADDRESS, application

PAGES = ("index.html", "sme.html", "trend-equipment.html", "scoring.html", "regions.html")
WIDTHS = (390, 1280)
# What a visit may take: kB uncached and again, seconds to the largest content, shift of the layout,
# milliseconds in which the page does not answer.
BUDGETS = {"first": 700.0, "again": 60.0, "largest": 2.5, "shift": 0.1, "blocked": 200.0}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
OBSERVE = """() => {
    window.seen = { largest: 0, shift: 0, blocked: 0 };
    const watch = (type, take) => new PerformanceObserver((list) =>
        list.getEntries().forEach(take)).observe({ type, buffered: true });
    watch("largest-contentful-paint", (one) => { seen.largest = one.startTime / 1000; });
    watch("layout-shift", (one) => { if (!one.hadRecentInput) seen.shift += one.value; });
    watch("longtask", (one) => { seen.blocked += Math.max(0, one.duration - 50); });
}"""


def main() -> None:
    """Print a row for each page and width; over budget is marked."""
    edition, *pages = sys.argv[1:] or ["2021"]
    site = Path("_build", edition, "site")
    port = serve(site)
    print(f"{'page':24} px   kB first  kB again  largest s  shift  blocked ms")
    with sync_playwright() as playwright:
        browser = launched(playwright.chromium)
        for page in pages or [name for name in PAGES if (site / name).is_file()]:
            for width in WIDTHS:
                print(row(page, width, visit(browser, f"http://{ADDRESS}:{port}/{page}", width)))
        browser.close()


def serve(site: Path) -> int:
    """Serve a site from a thread of this process; return the port."""
    ready: list[int] = []
    started = threading.Event()

    async def run() -> None:
        sockets = bind_sockets(0, ADDRESS)
        HTTPServer(application(site)).add_sockets(sockets)
        ready.append(sockets[0].getsockname()[1])
        started.set()
        await asyncio.Event().wait()

    threading.Thread(target=lambda: asyncio.run(run()), daemon=True).start()
    started.wait()
    return ready[0]


def launched(chromium: Any) -> Browser:
    """Start the machine's Chromium, or else Playwright's."""
    path = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    return chromium.launch(executable_path=path, args=["--no-sandbox"])


def visit(browser: Browser, address: str, width: int) -> dict[str, float]:
    """Visit a page twice; return what each visit took."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.add_init_script(f"({OBSERVE})()")
    first = sent(page, address)
    seen = page.evaluate("() => window.seen")
    again = sent(page, address)
    context.close()
    return {"first": first, "again": again, **seen}


def sent(page: Page, address: str) -> float:
    """Open a page; return the kB that came over the wire until it was at rest."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    session.detach()
    return sum(received) / 1000


def row(page: str, width: int, measured: dict[str, float]) -> str:
    """Return a row of the table; what is over its budget has a mark."""
    cells: Sequence[str] = [
        f"{measured[name]:8.2f}{'!' if measured[name] > budget else ' '}"
        if budget < 10
        else f"{measured[name]:8.0f}{'!' if measured[name] > budget else ' '}"
        for name, budget in BUDGETS.items()
    ]
    return f"{page:24} {width:4} {' '.join(cells)}"


if __name__ == "__main__":
    main()
