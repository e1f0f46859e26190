"""What the preview's server answers, and whom it refuses."""

import os
import socket
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Thread

import pytest

from generator.site.output import exchange, write_directory
from generator.site.preview.board import Board, State
from generator.site.preview.server import LOOPBACK, PreviewServer, opened_server
from tests.site.preview.asking import ask, next_event, stream

POLICY = "default-src 'none'; script-src 'self'; style-src 'self'"
PAGE = f"""<!doctype html>
<html><head><meta http-equiv="Content-Security-Policy" content="{POLICY}"><title>Page</title></head>
<body>Text.</body></html>
"""
NO_PAGE = PAGE.replace("script-src 'self'", "script-src 'none'").replace("style-src 'self'", "style-src 'x'")
SECRET = b"a secret"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a site by hand, with a link that leads out of it, a pipe and a hidden file."""
    folder = tmp_path_factory.mktemp("made")
    (folder / "secret.txt").write_bytes(SECRET)
    site = folder / "site"
    (site / "01-a" / "a b").mkdir(parents=True)
    (site / "empty").mkdir()
    (site / "assets").mkdir()
    for name in ("index.html", "01-a/index.html", "01-a/a b/index.html"):
        (site / name).write_text(PAGE)
    (site / "404.html").write_text(NO_PAGE)
    for name in ("assets/a.css", "assets/a.js", "a.json", "a.svg", "a.png", "a.pdf", "a.npy", ".hidden"):
        (site / name).write_bytes(b"data")
    (site / "out.txt").symlink_to(folder / "secret.txt")
    (site / "away").symlink_to(folder)
    if hasattr(os, "mkfifo"):
        os.mkfifo(site / "pipe.txt")
    return site


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[PreviewServer]:
    """Serve it."""
    with opened_server(0, site, Board(State("v1"))) as server:
        yield server


def test_a_page_comes_with_what_lets_it_follow(server: PreviewServer, site: Path) -> None:
    """Its policy lets it ask this host, a script knows its version, and nothing is kept by the browser."""
    answered = ask(server.port, "/01-a/")
    assert answered.status == 200
    page = answered.body.decode()
    script = '<script src="/_preview/preview.js" data-version="v1"></script>'
    assert f"{script}\n</head>" in page
    assert f"content=\"{POLICY}; connect-src 'self'\"" in page
    assert int(answered.headers["Content-Length"]) == len(answered.body)
    assert answered.headers["Cache-Control"] == "no-store"
    assert answered.headers["X-Content-Type-Options"] == "nosniff"
    assert (site / "01-a" / "index.html").read_text() == PAGE


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/assets/a.css", "text/css; charset=utf-8"),
        ("/assets/a.js?x=1", "text/javascript; charset=utf-8"),
        ("/a.json", "application/json"),
        ("/a.svg", "image/svg+xml"),
        ("/%61.png", "image/png"),
        ("/a.pdf", "application/pdf"),
        ("/a.npy", "application/octet-stream"),
        ("/_preview/preview.js", "text/javascript; charset=utf-8"),
        ("/_preview/preview.css", "text/css; charset=utf-8"),
    ],
)
def test_a_file_has_its_type_and_a_head_has_no_body(server: PreviewServer, path: str, kind: str) -> None:
    """Whatever the machine's own table of types says."""
    got, head = ask(server.port, path), ask(server.port, path, "HEAD")
    assert (got.status, got.headers["Content-Type"]) == (200, kind)
    assert (head.status, head.body) == (200, b"")
    assert head.headers["Content-Length"] == str(len(got.body))


def test_a_folder_is_found_without_its_slash(server: PreviewServer) -> None:
    """Relative links in its page would lead elsewhere without one."""
    answered = ask(server.port, "/01-a/a%20b?x=1")
    assert (answered.status, answered.headers["Location"]) == (301, "/01-a/a%20b/")
    assert ask(server.port, "/01-a/a%20b/").status == 200


def test_a_missing_page_is_the_site_s_own(server: PreviewServer) -> None:
    """It follows as well: once there is a page, it is shown."""
    answered = ask(server.port, "/02-b/")
    assert answered.status == 404
    assert b"script-src 'self'; style-src 'x' 'self'; connect-src 'self'" in answered.body
    assert b'data-version="v1"' in answered.body


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/01-a/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2E%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/assets/%2e%2e/%2e%2e/secret.txt",
        "/out.txt",
        "/away/secret.txt",
        "/a.json%00.html",
        "/%ff",
        "//example.com/",
        "/01-a//",
        "/pipe.txt",
        "/empty/",
        "/.hidden",
        "/_preview/",
        "/_preview/server.py",
        "/_preview/../server.py",
        "http://example.com/",
        "*",
    ],
)
def test_nothing_outside_the_site_is_served(server: PreviewServer, path: str) -> None:
    """Neither what lies elsewhere on the disk, nor what is no page of the site, nor another host."""
    answered = ask(server.port, path)
    assert answered.status == 404
    assert SECRET not in answered.body
    assert "Location" not in answered.headers


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_this_machine_may_ask_by_its_names(server: PreviewServer, name: str) -> None:
    assert ask(server.port, "/", host=f"{name}:{server.port}").status == 200


@pytest.mark.parametrize(
    "host",
    ["example.com:{}", "127.0.0.1", "localhost:1", "127.0.0.1.example.com:{}", "[::2]:{}", "x@localhost:{}"],
)
@pytest.mark.parametrize("path", ["/", "/_preview/events"])
def test_a_name_of_another_host_is_refused(server: PreviewServer, host: str, path: str) -> None:
    """A page from elsewhere could let its own name lead here, and read what is not meant for it."""
    assert ask(server.port, path, host=host.format(server.port)).status == 403


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "STRANGE"])
def test_only_reading_is_allowed(server: PreviewServer, method: str) -> None:
    answered = ask(server.port, "/", method)
    assert (answered.status, answered.headers["Allow"]) == (405, "GET, HEAD")


def test_until_there_is_a_site_a_page_stands_in_for_it(tmp_path: Path) -> None:
    """It says what is wrong without a script, too, and comes at every address."""
    with opened_server(0, tmp_path / "none", Board(State(panel="<p>Wrong.</p>"))) as server:
        for path in ("/", "/01-a/"):
            answered = ask(server.port, path)
            assert answered.status == 503
            assert b"Not built yet" in answered.body
            assert b"<noscript><p>Wrong.</p></noscript>" in answered.body
            assert b'data-version=""' in answered.body


def test_a_stream_tells_what_there_is_and_what_becomes_of_it(site: Path) -> None:
    """Each state once, to everybody who listens; with the server the streams end."""
    board = Board(State("v1"))
    with opened_server(0, site, board) as server:
        streams = [stream(server.port) for _ in range(20)]
        assert {next_event(events) for events in streams} == {b'{"version": "v1", "panel": ""}'}
        streams.pop().close()  # one who goes away keeps nobody
        board.put(State("v2", "<p>\n</p>"))
        assert {next_event(events) for events in streams} == {b'{"version": "v2", "panel": "<p>\\n</p>"}'}
        assert ask(server.port, "/").status == 200
    assert {next_event(events) for events in streams} == {b""}
    for events in streams:
        events.close()


def test_one_who_says_nothing_holds_up_nobody(site: Path) -> None:
    """Others are served meanwhile, and the server ends without waiting for more."""
    heard: list[bytes] = []
    with ExitStack() as stack:
        with opened_server(0, site, Board(State("v1"))) as server:
            silent = stack.enter_context(socket.create_connection((LOOPBACK, server.port), timeout=20))
            listening = Thread(target=lambda: heard.append(silent.recv(1)))
            listening.start()
            assert ask(server.port, "/").status == 200
        listening.join()
    assert heard == [b""]


@pytest.mark.parametrize("steps", [1, 2])
def test_while_a_site_takes_another_s_place_files_are_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    """Each answer is the old file or the new one, also where there is no folder for a moment."""
    if steps == 2:
        monkeypatch.setattr(exchange, "exchanged", lambda *_: False)
    sites = [{"a.txt": letter * 300_000, "b/c.txt": letter} for letter in (b"a", b"b")]
    target = tmp_path / "site"
    write_directory(sites[0], target)

    def swap() -> None:
        for turn in range(30):
            write_directory(sites[turn % 2], target)

    with opened_server(0, target, Board(State("v1"))) as server:
        swapping = Thread(target=swap)
        swapping.start()
        seen = set()
        while swapping.is_alive():
            seen.add(ask(server.port, "/a.txt").body)
            seen.add(ask(server.port, "/b/c.txt").body)
        swapping.join()
    assert seen <= {data for site in sites for data in site.values()}
    assert len(seen) > 2
