"""The server on loopback: it answers requests for the site's own files, and streams what happens to it."""

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socket import SHUT_RDWR, socket
from socketserver import ThreadingTCPServer
from threading import Lock, Thread
from types import MappingProxyType

from generator.errors import AuthorError, Problem
from generator.site.preview.board import Board
from generator.site.preview.pages import EVENTS, PREFIX, SCRIPT, STYLE, waiting_page, with_preview
from generator.site.preview.site_files import KINDS, Found, Moved, found, parts_of

LOOPBACK = "127.0.0.1"
USUAL_PORT = 8000
NAMES = (LOOPBACK, "localhost", "[::1]")
"""By which a browser here may ask: a page from elsewhere may have its own name lead to this machine."""
METHODS = "GET, HEAD"
HERE = Path(__file__).parent
PATIENCE = 30
"""Seconds after which a silent client is given up."""
HEARTBEAT = 10
"""Seconds after which a stream says that it is still there, and learns whether anybody listens."""
AGAIN = 300
"""Milliseconds after which a page looks for a stream that has ended."""
POLL = 0.1
"""Seconds after which the server looks whether it is to end."""
SWAP = 0.05
"""Seconds within which a site has taken another's place where that takes two steps."""
SAFE = MappingProxyType(
    {
        "Cache-Control": "no-store",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
)
HTML, TEXT = KINDS[".html"], KINDS[".txt"]


@dataclass(frozen=True)
class _Answer:
    status: HTTPStatus
    data: bytes
    kind: str = TEXT
    more: Mapping[str, str] = field(default_factory=dict)


class PreviewServer(ThreadingTCPServer):
    """Serves a folder, with a thread for each request."""

    allow_reuse_address = sys.platform != "win32"  # there, it would let two programs have one port
    daemon_threads = False
    request_queue_size = 128

    def __init__(self, port: int, site: Path, board: Board) -> None:
        """Take a port of loopback, 0 for any that is free, and serve nothing yet."""
        self.site = site
        self.board = board
        self._open: set[socket] = set()
        self._lock = Lock()
        super().__init__((LOOPBACK, port), _Handler)

    @property
    def port(self) -> int:
        """Return the port that it has."""
        return int(self.server_address[1])

    @property
    def address(self) -> str:
        """Return the address to open in a browser."""
        return f"http://{LOOPBACK}:{self.port}/"

    def is_asked_by(self, host: str) -> bool:
        """Tell whether a request for this host is meant for this server."""
        name, _, port = host.lower().rpartition(":")
        if not name or host.endswith("]"):
            name, port = host.lower(), "80"
        return name in NAMES and port == str(self.port)

    def process_request(self, request: "socket | tuple[bytes, socket]", client_address: object) -> None:
        """Note who is served."""
        if isinstance(request, socket):
            with self._lock:
                self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: "socket | tuple[bytes, socket]") -> None:
        """Note that somebody was served."""
        if isinstance(request, socket):
            with self._lock:
                self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: "socket | tuple[bytes, socket]", client_address: object) -> None:
        """Leave those alone who have gone away; any other error is one of the program's."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """End what is being served."""
        with self._lock:
            for request in self._open:
                with suppress(OSError):
                    request.shutdown(SHUT_RDWR)


@contextmanager
def opened_server(port: int | None, site: Path, board: Board) -> Iterator[PreviewServer]:
    """Serve a folder for the length of a block, at the usual port or a free one where none is asked for.

    Raises:
        AuthorError: the port that is asked for cannot be had.

    """
    server = _server(port, site, board)
    thread = Thread(target=server.serve_forever, args=(POLL,), name="preview")
    thread.start()
    try:
        yield server
    finally:
        board.close()
        server.shutdown()
        thread.join()
        server.hang_up()
        server.server_close()


def _server(port: int | None, site: Path, board: Board) -> PreviewServer:
    try:
        return PreviewServer(USUAL_PORT if port is None else port, site, board)
    except OSError as error:
        if port is None:
            return PreviewServer(0, site, board)
        hint = "Name another one with --port, or leave --port out for one that is free."
        fact = f"this port cannot be had: {(error.strerror or str(error)).lower()}"
        raise AuthorError([Problem(f"{LOOPBACK}:{port}", 0, fact, hint)]) from None


class _Handler(BaseHTTPRequestHandler):
    """Answers one request."""

    server: PreviewServer
    timeout = PATIENCE
    server_version = "preview"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer, or stream events."""
        hosts = self.headers.get_all("Host", [])
        parts = parts_of(self.path)
        if len(hosts) != 1 or not self.server.is_asked_by(hosts[0]):
            self._send(_Answer(HTTPStatus.FORBIDDEN, f"This is {self.server.address}\n".encode()))
        elif parts == (PREFIX, EVENTS):
            self._stream()
        else:
            self._send(self._answer(parts))

    def do_HEAD(self) -> None:
        """Answer without a body."""
        self.do_GET()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        """Refuse what cannot be read, and every method but two."""
        status = HTTPStatus.METHOD_NOT_ALLOWED if code == HTTPStatus.NOT_IMPLEMENTED else HTTPStatus(code)
        more = {"Allow": METHODS} if status == HTTPStatus.METHOD_NOT_ALLOWED else {}
        self._send(_Answer(status, f"{status.phrase}\n".encode(), more=more))

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for the author."""

    def _answer(self, parts: tuple[str, ...] | None) -> _Answer:
        if parts is None:
            return self._missing()
        if parts[0] == PREFIX:
            return self._own(parts[1:])
        state = self.server.board.state  # asked first, so that no page is older than it believes
        file = found(self.server.site, parts)
        if file is None and state.version:
            time.sleep(SWAP)
            file = found(self.server.site, parts)
        if isinstance(file, Moved):
            return _Answer(HTTPStatus.MOVED_PERMANENTLY, b"", more={"Location": file.address})
        if not state.version:
            return _Answer(HTTPStatus.SERVICE_UNAVAILABLE, waiting_page(state.panel), HTML)
        return _of_site(HTTPStatus.OK, file, state.version) if file else self._missing()

    def _missing(self) -> _Answer:
        """Return the site's own page for an address without one."""
        page = found(self.server.site, ("404.html",))
        if isinstance(page, Found):
            return _of_site(HTTPStatus.NOT_FOUND, page, self.server.board.state.version)
        return _Answer(HTTPStatus.NOT_FOUND, b"Not found\n")

    def _own(self, parts: tuple[str, ...]) -> _Answer:
        if parts not in {(SCRIPT,), (STYLE,)}:
            return _Answer(HTTPStatus.NOT_FOUND, b"Not found\n")
        file = HERE / parts[0]
        return _Answer(HTTPStatus.OK, file.read_bytes(), KINDS[file.suffix])

    def _send(self, answer: _Answer) -> None:
        headers = {"Content-Type": answer.kind, "Content-Length": str(len(answer.data)), **answer.more}
        self._begin(answer.status, headers)
        if self.command != "HEAD":
            self.wfile.write(answer.data)

    def _begin(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**headers, **SAFE}.items():
            self.send_header(name, value)
        self.end_headers()

    def _stream(self) -> None:
        """Tell what there is, and from then on what becomes of it, until either side ends."""
        self._begin(HTTPStatus.OK, {"Content-Type": "text/event-stream"})
        if self.command == "HEAD":
            return
        self.wfile.write(f"retry: {AGAIN}\n\n".encode())
        seen = None
        while (state := self.server.board.other_than(seen, HEARTBEAT)) is not None:
            self.wfile.write(b":\n\n" if state == seen else state.event)
            seen = state


def _of_site(status: HTTPStatus, file: Found, version: str) -> _Answer:
    data = with_preview(file.data, version) if file.kind == HTML else file.data
    return _Answer(status, data, file.kind)
