"""Requests as a browser, or somebody who is none, sends them to a preview."""

import socket
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from itertools import islice

from generator.site.preview.server import LOOPBACK

MOST_LINES = 8
"""Of a stream, without an event: it says every ten seconds that it is still there."""


@dataclass(frozen=True)
class Answered:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes


def ask(port: int, path: str, method: str = "GET", host: str = "") -> Answered:
    """Send one request, its path as it is written; the host is the server's own where none is named."""
    with closing(HTTPConnection(LOOPBACK, port, timeout=20)) as connection:
        connection.putrequest(method, path, skip_host=True)
        connection.putheader("Host", host or f"{LOOPBACK}:{port}")
        connection.endheaders()
        response = connection.getresponse()
        return Answered(response.status, dict(response.getheaders()), response.read())


def stream(port: int) -> HTTPResponse:
    """Begin to listen to the events of a preview."""
    connection = HTTPConnection(LOOPBACK, port, timeout=20)
    connection.request("GET", "/_preview/events")
    return connection.getresponse()


def next_event(events: HTTPResponse) -> bytes:
    """Return what the next event of a stream says, or nothing once the stream has ended."""
    for line in islice(events, MOST_LINES):
        if line.startswith(b"data: "):
            return line.removeprefix(b"data: ").strip()
    assert not events.readline(), "the stream goes on, and says nothing"
    return b""


def is_free(port: int) -> bool:
    """Tell whether nobody listens at a port."""
    with socket.socket() as tried:
        return tried.connect_ex((LOOPBACK, port)) != 0
