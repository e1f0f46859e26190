"""The site on a host that behaves as GitHub Pages does: every link of every page is followed, at any mount.

Host and crawler are written here from what Pages is documented to do, and share no code with the generator.
"""

import gzip
import json
import re
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from html.parser import HTMLParser
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from generator.cli import PROJECT
from generator.site import site_address
from tests.browser import NewPage
from tests.built import made

BASE = "https://name.github.io/some-repo/"
MOUNTS = ("/", "/some-repo/", "/a/b/")
EVERY_MOUNT = pytest.mark.parametrize("mount", MOUNTS)
KINDS = {
    "css": "text/css; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "js": "application/javascript; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "pdf": "application/pdf",
    "png": "image/png",
    "svg": "image/svg+xml",
    "webp": "image/webp",
    "xml": "application/xml",
}
PACKED = ("text/", "application/j", "application/xml", "image/svg")
"""What Pages compresses for those who ask."""
FOR_OTHERS = re.compile(r"404\.html|\.nojekyll|sitemap\.xml|(.+/)?card\.png")
"""What no page links to: files for hosts and search engines."""
COURSE = """\
title = "A course"
summary = "About & around edges."
language = "en"
[[parts]]
title = "One"
chapters = ["01-edges", "02-words", { planned = "Later" }]
[[parts]]
title = "Two"
chapters = ["04-more-edges"]
"""
CHAPTERS = {
    "01-edges": """\
+++
title = "Edges & \\"corners\\""
summary = "Where <grey> changes."
+++

A [word](chapter:2), [more](chapter:4#a-heading-too), [position 7](#edge=7), [here](#a-heading), [out](https://example.com/).

![A dot](images/a-dot.png)

```scene
id = "edge"
image = "step"
kernel = "sobel-x"
```

[frame first] The sum is {sum}.

[frame last] {frames} positions.

## A heading

Text.
""",
    "02-words": '+++\ntitle = "Words"\n+++\n\nNo scene here; [back](chapter:1#edge=25).\n',
    "04-more-edges": """\
+++
title = "More edges"
+++

## A heading too

```scene
id = "more"
image = "corner"
kernel = "outline"
```
""",
}


# --- The host ------------------------------------------------------------------------------------------


@dataclass
class Host:
    """A server on loopback, and what it was asked."""

    port: int
    mount: str
    asked: list[str] = field(default_factory=list)

    @property
    def root(self) -> str:
        return f"http://127.0.0.1:{self.port}{self.mount}"


class Reply(NamedTuple):
    """What the host answers."""

    status: int
    kind: str
    body: bytes
    location: str = ""


def reply(site: Mapping[str, bytes], mount: str, path: str) -> Reply:
    """Return what Pages answers: a file, a folder's page, a folder's name with a slash, or the 404 page."""
    plain = unquote(path)
    if not plain.startswith(mount):
        return Reply(404, "text/plain", b"another site")
    inside = plain.removeprefix(mount)
    if inside.endswith("/") or not inside:
        inside += "index.html"
    if inside in site:
        return Reply(200, KINDS.get(inside.rpartition(".")[2], "application/octet-stream"), site[inside])
    if f"{inside}/index.html" in site:
        return Reply(301, "text/plain", b"", f"{path}/")
    return Reply(404, KINDS["html"], site["404.html"])


@contextmanager
def hosted(site: Mapping[str, bytes], mount: str) -> Iterator[Host]:
    """Serve a site under a path of a loopback server."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = urlsplit(self.path).path
            host.asked.append(path)
            answer = reply(site, mount, path)
            body = answer.body
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.kind)
            if answer.location:
                self.send_header("Location", answer.location)
            if "gzip" in self.headers.get("Accept-Encoding", "") and answer.kind.startswith(PACKED):
                body = gzip.compress(body)
                self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        host = Host(server.server_port, mount)
        thread = Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield host
        server.shutdown()
        thread.join()


def fetched(host: Host, path: str) -> tuple[Reply, str]:
    """Return the host's answer to a path, unpacked, and how it was packed."""
    connection = HTTPConnection("127.0.0.1", host.port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body, packing = answer.read(), answer.headers.get("Content-Encoding", "")
    connection.close()
    kind = answer.headers["Content-Type"]
    plain = gzip.decompress(body) if packing else body
    return Reply(answer.status, kind, plain, answer.headers.get("Location", "")), packing


# --- The crawler ---------------------------------------------------------------------------------------


class Link(NamedTuple):
    """An address in a page, and what is expected behind it."""

    address: str
    kind: str
    """How the type of the answer begins."""
    may_leave: bool


class Reader(HTMLParser):
    """Reads a page: its ids, the frames of its scenes, its links, its absolute addresses."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.frames: dict[str, int] = {}
        self.links: list[Link] = []
        self.known_as: dict[str, str] = {}
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if "id" in found:
            self.ids.append(found["id"])
        if "data-scene" in found:
            self.frames[found["id"]] = 0
        if found.get("class") == "slider":
            self.frames[list(self.frames)[-1]] = int(found["max"])
        if tag == "meta":
            self.known_as[found.get("property", found.get("name", ""))] = found.get("content", "")
        elif found.get("rel") == "canonical":
            self.known_as["canonical"] = found["href"]
        else:
            self.links += self._links(tag, found)

    def _links(self, tag: str, found: dict[str, str]) -> Iterator[Link]:
        wanted = {"stylesheet": "text/css", "icon": "image/"}.get(found.get("rel", ""), "")
        if "href" in found:
            yield Link(found["href"], wanted, may_leave=tag == "a")
        if "src" in found:
            wanted = {"script": "application/javascript", "img": "image/", "source": "image/"}[tag]
            yield Link(found["src"], wanted, may_leave=False)
        for choice in found.get("srcset", "").split(","):
            if choice.strip():
                yield Link(choice.split()[0], "image/", may_leave=False)


@dataclass
class Crawl:
    """Everything that can be reached from the root of a host, and what is wrong with it."""

    host: Host
    answers: dict[str, Reply] = field(default_factory=dict)
    pages: dict[str, Reader] = field(default_factory=dict)
    unpacked: list[str] = field(default_factory=list)
    """Paths of texts that came as they are, though a packed one was asked for."""
    wrong: list[str] = field(default_factory=list)

    def visit(self, path: str) -> None:
        """Fetch a path once, and everything to which it leads."""
        if path in self.answers:
            return
        answer, packing = fetched(self.host, path)
        self.answers[path] = answer
        if answer.kind.startswith(PACKED) and not packing:
            self.unpacked.append(path)
        if answer.status != 200:
            self.wrong.append(f"{path}: {answer.status}")
        elif answer.kind.startswith("text/html"):
            self.pages[path] = Reader(answer.body.decode())
            for link in self.pages[path].links:
                self._follow(path, link)
        elif answer.kind.startswith("text/css"):
            for address in re.findall(r"url\(\s*[\"']?([^\"')]+)", answer.body.decode()):
                self._follow(path, Link(address, "", may_leave=False))
        elif path.endswith("/frames.json"):
            document = json.loads(answer.body)
            for array in (document.get("input", {}), document.get("output", {})):
                if "file" in array:
                    self._follow(path, Link(array["file"], "", may_leave=False))

    def _follow(self, path: str, link: Link) -> None:
        if link.address.startswith("data:"):
            return
        target, fragment = urldefrag(urljoin(f"http://127.0.0.1:{self.host.port}{path}", link.address))
        parts = urlsplit(target)
        if parts.netloc != f"127.0.0.1:{self.host.port}":
            if not link.may_leave:
                self.wrong.append(f"{path}: leaves for {link.address}")
            return
        self.visit(parts.path)
        if not self.answers[parts.path].kind.startswith(link.kind):
            self.wrong.append(f"{path}: {link.address} is {self.answers[parts.path].kind}")
        if fragment and not self._has(parts.path, unquote(fragment)):
            self.wrong.append(f"{path}: no place {link.address}")

    def _has(self, path: str, fragment: str) -> bool:
        """Tell whether a page has a place of that name: an id, or a scene's frame."""
        page = self.pages.get(path)
        if page is None:
            return False
        scene, _, frame = fragment.partition("=")
        at_frame = frame.isdigit() and 1 <= int(frame) <= page.frames.get(scene, 0)
        return fragment in page.ids or at_frame


def crawled(host: Host) -> Crawl:
    """Return the crawl that begins at the host's root."""
    crawl = Crawl(host)
    crawl.visit(host.mount)
    return crawl


def not_reached(crawl: Crawl, site: Mapping[str, bytes]) -> set[str]:
    """Return the files to which no page leads, nor numbers that a page leads to."""
    reached = {unquote(path).removeprefix(crawl.host.mount) for path in crawl.answers}
    files = {path for path in site if not FOR_OTHERS.fullmatch(path)}
    return files - reached - ({"index.html"} if "" in reached else set())


# --- The sites -----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small course with links of every kind."""
    content = tmp_path_factory.mktemp("small")
    for folder in ("chapters", "images"):
        (content / folder).mkdir()
    (content / "course.toml").write_text(COURSE, "utf-8")
    for name, text in CHAPTERS.items():
        (content / "chapters" / f"{name}.md").write_text(text, "utf-8")
    picture = (PROJECT / ".github" / "lesson.png").read_bytes()
    (content / "images" / "a-dot.png").write_bytes(picture)
    return content


def site_of(content: Path, base: str = "") -> dict[str, bytes]:
    """Return the files of the site of a content folder."""
    return made(content, address=site_address(base) if base else None)


@pytest.fixture(scope="module")
def published(small: Path) -> dict[str, bytes]:
    """Return the small course's site as it is put on Pages."""
    return site_of(small, BASE)


@pytest.fixture(scope="module")
def unpublished(small: Path) -> dict[str, bytes]:
    """Return the small course's site without an address."""
    return site_of(small)


# --- Every link ----------------------------------------------------------------------------------------


@EVERY_MOUNT
@pytest.mark.parametrize("name", ["published", "unpublished", "files"])
def test_every_link_and_every_fragment_leads_somewhere(
    request: pytest.FixtureRequest, mount: str, name: str
) -> None:
    """From the root everything can be reached, as what it is linked as, and nothing outside is asked for."""
    site: dict[str, bytes] = request.getfixturevalue(name)
    with hosted(site, mount) as host:
        crawl = crawled(host)
    assert crawl.wrong == []
    assert not_reached(crawl, site) == set()
    assert len(crawl.pages) > 2
    assert crawl.unpacked == []
    assert [path for path in host.asked if not path.startswith(mount)] == []


@pytest.mark.parametrize(
    ("page", "before", "after", "wrong"),
    [
        ("index.html", 'href="01-edges/index.html"', 'href="01-edges"', "/some-repo/01-edges: 301"),
        ("index.html", 'href="01-edges/', 'href="/01-edges/', "/01-edges/index.html: 404"),
        ("index.html", 'href="01-edges/', 'href="01-edge/', "/some-repo/01-edge/index.html: 404"),
        (
            "index.html",
            'href="assets/lesson',
            'href="https://example.com/lesson',
            "leaves for https://example.com/lesson",
        ),
        ("01-edges/index.html", 'href="#a-heading"', 'href="#a-heading-"', "no place #a-heading-"),
        ("01-edges/index.html", 'href="#edge=7"', 'href="#edge=26"', "no place #edge=26"),
        ("01-edges/index.html", 'href="#edge=7"', 'href="#edge=0"', "no place #edge=0"),
        ("02-words/index.html", "#edge=25", "#edgy=25", "no place ../01-edges/index.html#edgy=25"),
        (
            "01-edges/index.html",
            'src="../images/a-dot.png"',
            'src="../index.html"',
            "is text/html",
        ),
    ],
)
def test_the_crawler_finds_what_is_broken(
    published: dict[str, bytes], page: str, before: str, after: str, wrong: str
) -> None:
    """One wrong address in one page is noticed."""
    html = published[page].decode()
    assert before in html
    broken = {**published, page: html.replace(before, after, 1).encode()}
    with hosted(broken, "/some-repo/") as host:
        crawl = crawled(host)
    assert any(wrong in each for each in crawl.wrong), crawl.wrong


def test_a_file_that_nothing_links_to_is_noticed(published: dict[str, bytes]) -> None:
    """A page that was left behind is no part of the course."""
    with hosted({**published, "old.html": b""}, "/") as host:
        assert "old.html" in not_reached(crawled(host), published | {"old.html": b""})


def test_shared_files_have_names_that_change_with_them(published: dict[str, bytes]) -> None:
    """A host lets browsers keep what they have: style and script must never change under one name."""
    with hosted(published, "/") as host:
        crawl = crawled(host)
    shared = [
        path
        for path, answer in crawl.answers.items()
        if answer.kind.startswith(("text/css", "application/javascript"))
    ]
    assert len(shared) == 2
    for path in shared:
        assert sha256(crawl.answers[path].body).hexdigest()[:10] in path


# --- Where there is no page ----------------------------------------------------------------------------

NOWHERE = ("nothing", "nothing/", "a/b/c/nothing", "01-edges/nothing.html", "assets/", "01-edges/edge/")


@EVERY_MOUNT
@pytest.mark.parametrize("path", NOWHERE)
def test_where_there_is_no_page_the_host_says_so_and_shows_ours(
    published: dict[str, bytes], mount: str, path: str
) -> None:
    """At any depth the answer is 404 with a page that stands by itself and leads home."""
    with hosted(published, mount) as host:
        answer, _ = fetched(host, mount + path)
    page = Reader(answer.body.decode())
    assert answer.status == 404
    assert [link.address for link in page.links if not link.address.startswith("data:")] == ["#main", BASE]
    assert page.known_as["robots"] == "noindex"
    assert "canonical" not in page.known_as


def test_without_an_address_no_link_can_be_wrong_at_depth(unpublished: dict[str, bytes]) -> None:
    """A page that does not know where it stands says in words what to do."""
    html = unpublished["404.html"].decode()
    assert [link.address for link in Reader(html).links if not link.address.startswith("data:")] == ["#main"]
    assert "Take away its last parts" in html


@pytest.mark.parametrize("name", ["published", "unpublished"])
def test_the_style_in_the_page_is_the_one_that_its_policy_allows(
    request: pytest.FixtureRequest, name: str
) -> None:
    """The policy names the hash of all that stands in the style element, and allows no script."""
    html = request.getfixturevalue(name)["404.html"].decode()
    (style,) = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]+)"', html)
    assert f"style-src 'sha256-{b64encode(sha256(style.encode()).digest()).decode()}';" in policy
    assert "script-src 'none';" in policy
    assert "<script" not in html


# --- What others see -----------------------------------------------------------------------------------


def file_behind(address: str) -> str:
    """Return the file of the site that an absolute address leads to."""
    assert address.startswith(BASE)
    path = unquote(address.removeprefix(BASE))
    return f"{path}index.html" if path.endswith("/") or not path else path


def test_every_page_says_its_own_address(published: dict[str, bytes]) -> None:
    """Canonical link and card name the page itself, in the way in which people link to it."""
    for path, data in published.items():
        if path.endswith("index.html"):
            known = Reader(data.decode()).known_as
            assert file_behind(known["canonical"]) == path
            assert known["og:url"] == known["canonical"]
            assert not known["canonical"].endswith("index.html")


@pytest.mark.parametrize(
    ("path", "title", "description", "picture"),
    [
        ("index.html", "A course", "About & around edges.", "card.png"),
        ("01-edges/index.html", 'Edges & "corners"', "Where <grey> changes.", "01-edges/card.png"),
        ("02-words/index.html", "Words", "About & around edges.", "card.png"),
        ("04-more-edges/index.html", "More edges", "About & around edges.", "04-more-edges/card.png"),
    ],
)
def test_a_shared_link_shows_title_description_and_picture(
    published: dict[str, bytes], path: str, title: str, description: str, picture: str
) -> None:
    """A chapter without a scene borrows the picture of the contents."""
    known = Reader(published[path].decode()).known_as
    assert (known["og:title"], known["og:description"]) == (title, description)
    assert known["og:site_name"] == "A course"
    assert known["og:type"] == ("website" if path == "index.html" else "article")
    assert known["twitter:card"] == "summary_large_image"
    assert file_behind(known["og:image"]) == picture
    data = published[picture]
    size = int.from_bytes(data[16:20]), int.from_bytes(data[20:24])
    assert (int(known["og:image:width"]), int(known["og:image:height"])) == size == (1200, 630)
    assert known["og:image:alt"].startswith("A ")


def test_a_course_without_scenes_shares_no_picture(tmp_path: Path) -> None:
    """Nothing is promised that is not there."""
    (tmp_path / "course.toml").write_text('title = "A course"\nparts = []\n', "utf-8")
    site = site_of(tmp_path, BASE)
    known = Reader(site["index.html"].decode()).known_as
    assert known["twitter:card"] == "summary"
    assert not [name for name in (*known, *site) if "image" in name or "card.png" in name]


def test_the_sitemap_lists_every_page_once(published: dict[str, bytes]) -> None:
    """All pages but the one for 404 are there, under the addresses that they say themselves."""
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.fromstring(published["sitemap.xml"])  # noqa: S314 - our own file
    assert root.tag == f"{space}urlset"
    listed = [place.text or "" for place in root.iter(f"{space}loc")]
    pages = sorted(path for path in published if path.endswith(".html") and path != "404.html")
    assert sorted(map(file_behind, listed)) == pages
    known = {Reader(published[path].decode()).known_as["canonical"] for path in pages}
    assert set(listed) == known


def test_without_an_address_nothing_says_where_it_stands(unpublished: dict[str, bytes]) -> None:
    """No page, and no file, is there for those who need an address."""
    assert {path for path in unpublished if path.endswith(("card.png", "sitemap.xml"))} == set()
    for path, data in unpublished.items():
        if path.endswith(".html"):
            known = Reader(data.decode()).known_as
            assert [name for name in known if name.startswith(("og:", "twitter:", "canonical"))] == []


def test_an_address_changes_nothing_else(published: dict[str, bytes], unpublished: dict[str, bytes]) -> None:
    """Scenes, style and script are the same with and without."""
    same = {path for path in unpublished if published[path] == unpublished[path]}
    assert {path for path in unpublished if path.endswith((".css", ".js", ".json", "strip.png"))} <= same


# --- In a browser --------------------------------------------------------------------------------------

DISPLAY = "getComputedStyle(document.querySelector('.page')).display"


@pytest.mark.browser
@EVERY_MOUNT
def test_a_browser_shows_contents_and_chapter_with_style_and_script(
    new_page: NewPage, published: dict[str, bytes], mount: str
) -> None:
    """A reader comes to the root, follows the first link, and misses nothing."""
    visit = new_page()
    with hosted(published, mount) as host:
        visit.page.goto(host.root)
        assert visit.page.evaluate(DISPLAY) == "grid"
        visit.page.locator(".contents li a").first.click()
        visit.page.wait_for_url("**/01-edges/index.html")
        assert visit.page.evaluate(DISPLAY) == "grid"
        assert visit.page.locator("html.js .stage .next").is_visible()
        visit.page.wait_for_load_state("networkidle")
        assert (visit.console, visit.errors, visit.failed) == ([], [], [])
    assert [url for url in visit.requests if not url.startswith((host.root, "data:"))] == []
    assert [path for path in host.asked if reply(published, mount, path).status != 200] == []


@pytest.mark.browser
@EVERY_MOUNT
def test_a_browser_shows_the_page_for_404_with_its_style_at_any_depth(
    new_page: NewPage, published: dict[str, bytes], mount: str
) -> None:
    """The style is applied, the icon asks for nothing, and the link leads home."""
    visit = new_page()
    with hosted(published, mount) as host:
        answer = visit.page.goto(f"{host.root}a/b/c/nothing")
        assert answer is not None
        assert answer.status == 404
        assert visit.page.evaluate(DISPLAY) == "grid"
        assert visit.page.get_by_role("link", name="Go to the contents").get_attribute("href") == BASE
        assert [message for message in visit.console if "status of 404" not in message] == []
    assert host.asked == [f"{mount}a/b/c/nothing"]
