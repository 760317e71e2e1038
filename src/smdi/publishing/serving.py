"""The site of an edition on this machine: what a reader's browser asks of a server, and no more.

Tornado's file handler answers whole files and ranges, lists no folder, and reads nothing outside
the site, not through a link either (since 6.6). Around it: whole files are compressed for browsers
that take them so, only the names of this machine are answered, so that a page elsewhere cannot
reach the site under a name of its own, and no version is told.
"""

from __future__ import annotations

import asyncio
from mimetypes import MimeTypes
from pathlib import Path

from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPServerRequest
from tornado.netutil import bind_sockets
from tornado.web import (
    Application,
    GZipContentEncoding,
    HTTPError,
    StaticFileHandler,
)

from smdi.errors import InputErrors, Problem

ADDRESS = "127.0.0.1"
NAMES = frozenset({"127.0.0.1", "localhost"})
LAST_PORT = 65535
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    # Kept, but asked about each time: a new release is seen at once.
    "Cache-Control": "no-cache",
}
# Python's own table, not that of the machine, which differs from one to the next.
_TYPES = MimeTypes()
_TYPES.add_type("application/x-ipynb+json", ".ipynb")
_TYPES.add_type("font/ttf", ".ttf")
_TYPES.add_type("font/woff2", ".woff2")
_IN_UTF8 = ("text/", "application/json", "application/x-ipynb+json", "image/svg+xml")


class SiteFile(StaticFileHandler):
    """A file of the site; `path` is its folder, which may be a link to the current release."""

    def initialize(self, path: str) -> None:  # type: ignore[override]
        """Look anew where the site lies: a build puts another release in its place."""
        super().initialize(str(Path(path).resolve()), "index.html")

    def set_default_headers(self) -> None:
        """Set what every answer bears, refusals too."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse a name that is not this machine's own (DNS rebinding), and a path of no file."""
        if self.request.host_name.lower() not in NAMES:
            raise HTTPError(421)
        if "\0" in self.path_args[0]:
            raise HTTPError(404)

    def get_content_type(self) -> str:
        """Return the type of a file, with its charset where it is text."""
        kind, _ = _TYPES.guess_type(self.absolute_path or "")
        kind = kind or "application/octet-stream"
        return f"{kind}; charset=utf-8" if kind.startswith(_IN_UTF8) else kind


class Compressed(GZipContentEncoding):
    """Texts as most servers send them; a range is of the file's own bytes, which stay."""

    def __init__(self, request: HTTPServerRequest) -> None:
        super().__init__(request)
        self._gzipping = self._gzipping and "Range" not in request.headers


def application(site: Path) -> Application:
    """Return what answers requests for the files of a site."""
    path = str(site.absolute())
    # Whatever is asked for, be it no path at all, is answered as a file is, or the lack of one.
    return Application([(r"/?(.*)", SiteFile, {"path": path})], transforms=[Compressed])


async def serve(site: Path, port: int) -> None:
    """Serve a site on loopback until cancelled; port 0 is any that is free.

    InputErrors for a port that is none or is taken.
    """
    expected = f"a free port, 1 to {LAST_PORT}: make serve PORT=…"
    if not 0 <= port <= LAST_PORT:
        raise InputErrors([Problem("port", None, None, port, expected)])
    try:
        sockets = bind_sockets(port, ADDRESS)
    except OSError as error:
        raise InputErrors([Problem("port", None, None, port, expected)]) from error
    HTTPServer(application(site)).add_sockets(sockets)
    bound = sockets[0].getsockname()[1]
    print(f"{site} at http://{ADDRESS}:{bound}/ (Ctrl-C ends)", flush=True)
    await asyncio.Event().wait()
