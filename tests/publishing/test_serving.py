"""What a browser gets of the served site, asked through real sockets."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from smdi.publishing.serving import serve

TEXT = "0123456789" * 10
PICTURE = "<svg>" + "<path/>" * 400 + "</svg>"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Server:
    port: int
    site: Path

    def ask(self, path: str, *headers: str, host: str = "localhost", method: str = "GET") -> Answer:
        """Send exactly this path: a client of HTTP would mend it first."""
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", *headers, "Connection: close"]
        with socket.create_connection(("127.0.0.1", self.port), timeout=10) as connection:
            connection.sendall("\r\n".join([*lines, "", ""]).encode("latin-1"))
            received = b"".join(iter(lambda: connection.recv(65536), b""))
        head, _, body = received.partition(b"\r\n\r\n")
        first, *rest = head.decode("latin-1").split("\r\n")
        named = {key.lower(): value for key, _, value in (line.partition(": ") for line in rest)}
        return Answer(int(first.split()[1]), named, body)


def start(site: Path, port: int = 0) -> subprocess.Popen[str]:
    code = (
        "import asyncio, sys; from pathlib import Path; from smdi.publishing.serving import serve\n"
        "asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2])))"
    )
    return subprocess.Popen(
        [sys.executable, "-c", code, str(site), str(port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("edition")
    release = folder / "releases/first"
    (release / "exhibits").mkdir(parents=True)
    (release / "index.html").write_text("<p>第一版</p>", "utf-8")
    (release / "exhibits/fig-01.csv").write_text(TEXT)
    (release / "exhibits/fig-01.svg").write_text(PICTURE)
    for name in ("sme.ipynb", "letters.woff2", "letters.ttf", "unknown.zzz"):
        (release / "exhibits" / name).touch()
    (folder / "secret.txt").write_text("secret")
    (release / "out.txt").symlink_to(folder / "secret.txt")
    (release / "up").symlink_to(folder)
    (folder / "site").symlink_to(release)
    process = start(folder / "site")
    line = process.stdout.readline()
    port = int(line.rpartition("127.0.0.1:")[2].partition("/")[0])
    yield Server(port, folder / "site")
    process.kill()
    process.communicate()


def test_the_site_opens_at_its_root(server: Server) -> None:
    answer = server.ask("/")
    assert (answer.status, answer.body.decode()) == (200, "<p>第一版</p>")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", ["/exhibits", "/exhibits/", "/exhibits/?a=b", "/up", "/up/"])
def test_no_folder_is_listed(server: Server, path: str) -> None:
    answer = server.ask(path)
    assert answer.status in (301, 403, 404)
    assert b"fig-01" not in answer.body
    assert b"secret" not in answer.body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/%2e%2e/%2e%2e/secret.txt",
        "/..%2f..%2fsecret.txt",
        "/exhibits/../../../secret.txt",
        "//../secret.txt",
        "/..\\secret.txt",
        "/out.txt",
        "/up/secret.txt",
        "/index.html%00.txt",
    ],
)
def test_nothing_outside_the_site_is_answered(server: Server, path: str) -> None:
    answer = server.ask(path)
    assert 400 <= answer.status < 500
    assert b"secret" not in answer.body


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "LOCALHOST"])
def test_the_names_of_this_machine_are_answered(server: Server, host: str) -> None:
    assert server.ask("/", host=host).status == 200


@pytest.mark.parametrize("host", ["evil.example", "localhost.evil.example", "10.0.0.1", ""])
@pytest.mark.parametrize("path", ["/", "/none.html", "/exhibits/fig-01.csv"])
def test_another_name_is_refused(server: Server, host: str, path: str) -> None:
    answer = server.ask(path, host=host)
    assert answer.status in (400, 421)
    assert TEXT.encode() not in answer.body


def test_a_text_is_compressed_for_a_browser_that_takes_it_so(server: Server) -> None:
    answer = server.ask("/exhibits/fig-01.svg", "Accept-Encoding: gzip, br")
    assert (answer.status, answer.headers["content-encoding"]) == (200, "gzip")
    assert len(answer.body) < len(PICTURE) / 5
    plain = server.ask("/exhibits/fig-01.svg")
    assert "content-encoding" not in plain.headers
    assert plain.body.decode() == PICTURE


def test_a_range_is_of_the_file_itself_also_for_a_browser_that_takes_it_compressed(
    server: Server,
) -> None:
    answer = server.ask("/exhibits/fig-01.svg", "Range: bytes=0-1999", "Accept-Encoding: gzip")
    assert (answer.status, answer.body.decode()) == (206, PICTURE[:2000])
    assert "content-encoding" not in answer.headers


def test_a_range_is_answered_with_that_part(server: Server) -> None:
    answer = server.ask("/exhibits/fig-01.csv", "Range: bytes=10-14")
    assert (answer.status, answer.body) == (206, b"01234")
    assert answer.headers["content-range"] == "bytes 10-14/100"


def test_a_range_from_the_end_is_answered(server: Server) -> None:
    answer = server.ask("/exhibits/fig-01.csv", "Range: bytes=-3")
    assert (answer.status, answer.body) == (206, b"789")


def test_a_range_beyond_the_file_is_refused(server: Server) -> None:
    answer = server.ask("/exhibits/fig-01.csv", "Range: bytes=100-")
    assert answer.status == 416
    assert answer.headers["content-range"] == "bytes */100"


@pytest.mark.parametrize("path", ["*", "http://localhost/index.html", "%", "none.html"])
def test_what_is_no_path_is_answered_as_a_file_that_is_not_there(server: Server, path: str) -> None:
    assert server.ask(path).status == 404
    assert server.ask(path, host="evil.example").status == 421


@pytest.mark.parametrize("path", ["/", "/none.html", "/%2e%2e/x", "/exhibits/fig-01.csv", "*"])
def test_no_answer_names_the_server_and_every_one_forbids_sniffing(
    server: Server, path: str
) -> None:
    answer = server.ask(path)
    assert "server" not in answer.headers
    assert b"ornado" not in answer.body
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("fig-01.csv", "text/csv; charset=utf-8"),
        ("fig-01.svg", "image/svg+xml; charset=utf-8"),
        ("sme.ipynb", "application/x-ipynb+json; charset=utf-8"),
        ("letters.woff2", "font/woff2"),
        ("letters.ttf", "font/ttf"),
        ("unknown.zzz", "application/octet-stream"),
    ],
)
def test_text_says_its_charset(server: Server, file: str, kind: str) -> None:
    assert server.ask(f"/exhibits/{file}").headers["content-type"] == kind


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_the_site_is_read_only(server: Server, method: str) -> None:
    assert server.ask("/", method=method).status == 405


def test_what_has_not_changed_is_not_sent_again_and_a_new_release_is(server: Server) -> None:
    mark = server.ask("/").headers["etag"]
    assert server.ask("/", f"If-None-Match: {mark}").status == 304
    second = server.site.parent / "releases/second"
    second.mkdir()
    (second / "index.html").write_text("<p>第二版</p>", "utf-8")
    first = server.site.resolve()
    try:
        server.site.unlink()
        server.site.symlink_to(second)
        answer = server.ask("/", f"If-None-Match: {mark}")
        assert (answer.status, answer.body.decode()) == (200, "<p>第二版</p>")
    finally:
        server.site.unlink()
        server.site.symlink_to(first)


def test_only_loopback_is_listened_on(server: Server) -> None:
    listening = Path("/proc/net/tcp").read_text() + Path("/proc/net/tcp6").read_text()
    found = [line.split()[1] for line in listening.splitlines() if f":{server.port:04X} " in line]
    local = {address for address in found if address.endswith(f":{server.port:04X}")}
    assert local == {f"0100007F:{server.port:04X}"}


def test_a_port_that_is_taken_is_told(server: Server) -> None:
    command = [sys.executable, "scripts/serve.py", "--edition", "2021", "--port", str(server.port)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert f"port: found {server.port}; expected a free port" in ended.stderr
    assert "Traceback" not in ended.stderr


@pytest.mark.parametrize("port", ["-1", "70000"])
def test_a_port_that_is_none_is_told(port: str) -> None:
    command = [sys.executable, "scripts/serve.py", "--port", port]
    ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert f"found {port}; expected a free port, 1 to 65535" in ended.stderr


def test_control_c_ends_the_server_in_silence() -> None:
    command = [sys.executable, "scripts/serve.py", "--port", "0"]
    with subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # As in a terminal: what starts the tests in the background lets them ignore it.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    ) as process:
        process.stdout.readline()
        os.kill(process.pid, signal.SIGINT)
        _, complaint = process.communicate(timeout=30)
    assert (process.returncode, complaint) == (0, "")


def test_the_address_is_told_once_it_is_listened_on(tmp_path: Path, capsys) -> None:
    with pytest.raises(TimeoutError):
        asyncio.run(asyncio.wait_for(serve(tmp_path, 0), 0.1))
    told = capsys.readouterr().out
    assert told.startswith(f"{tmp_path} at http://127.0.0.1:")
    assert told.endswith("/ (Ctrl-C ends)\n")
