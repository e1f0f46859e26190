"""The address that an author names: what is taken, what is refused and why, and what it does to a site."""

from pathlib import Path

import pytest

from generator.cli import main
from generator.errors import InvalidValue
from generator.site import SiteAddress, site_address

WAY_OUT = "Write it as in https://name.github.io/repository/"


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        ("https://name.github.io/repository/", "https://name.github.io/repository/"),
        ("https://name.github.io/repository", "https://name.github.io/repository/"),
        ("https://name.github.io", "https://name.github.io/"),
        ("https://name.github.io///", "https://name.github.io/"),
        ("HTTPS://Example.COM/Course", "https://example.com/Course/"),
        ("http://localhost:8000", "http://localhost:8000/"),
        ("http://[::1]:8000/a", "http://[::1]:8000/a/"),
        ("https://example.com:/", "https://example.com/"),
        ("https://example.com/a//b", "https://example.com/a/b/"),
        ("https://example.com/Übung/a%20b/~me", "https://example.com/%C3%9Cbung/a%20b/~me/"),
        ("https://xn--bcher-kva.example./", "https://xn--bcher-kva.example./"),
    ],
)
def test_an_address_is_taken_with_a_slash_at_its_end(typed: str, base: str) -> None:
    """Whichever way the same place is written, pages are named in one way."""
    assert site_address(typed).base == base


@pytest.mark.parametrize(
    ("typed", "fact"),
    [
        ("", "does not begin with https:// or http:// and the name of a host"),
        ("example.com/course", "does not begin with https:// or http:// and the name of a host"),
        ("ftp://example.com/", "does not begin with https:// or http:// and the name of a host"),
        ("javascript:alert(1)", "does not begin with https:// or http:// and the name of a host"),
        ("https:///course", "does not begin with https:// or http:// and the name of a host"),
        ("https://me@example.com/", "holds the name of a user"),
        ("https://me:word@example.com/", "holds the name of a user"),
        ("https://example.com/?a=1", "holds a ? or a #, which no folder has"),
        ("https://example.com/?", "holds a ? or a #, which no folder has"),
        ("https://example.com/#top", "holds a ? or a #, which no folder has"),
        ("https://example.com:port/", "cannot be read"),
        ("https://example.com:99999/", "cannot be read"),
        ("https://[::1/", "cannot be read"),
        ("https://bücher.example/", 'has no name of a host that can be used: "bücher.example"'),
        ("https://example.com/x/index.html", "names a page, not the folder in which the site lies"),
        ("https://a..b/", 'has no name of a host that can be used: "a..b"'),
        ('https://a"b/', 'has no name of a host that can be used: "a"b"'),
        ("https://:80/", 'has no name of a host that can be used: ""'),
        ("https://example.com/../x", 'holds a part that no folder on the web can have: ".."'),
        ("https://example.com/a b", 'holds a part that no folder on the web can have: "a b"'),
        ("https://example.com/%zz", 'holds a part that no folder on the web can have: "%zz"'),
        ('https://example.com/"><script>', 'holds a part that no folder on the web can have: ""><script>"'),
    ],
)
def test_what_is_no_address_of_a_folder_is_refused(typed: str, fact: str) -> None:
    """The message repeats what was typed, says what is wrong with it, and shows a right one."""
    with pytest.raises(InvalidValue) as refusal:
        site_address(typed)
    assert (refusal.value.message, refusal.value.hint) == (f'the address "{typed}" {fact}', WAY_OUT)


def test_a_long_wrong_address_is_answered_at_once_and_shortly() -> None:
    """However long the host is, the answer is a line."""
    with pytest.raises(InvalidValue) as refusal:
        site_address(f"https://{'a' * 5000}!/")
    assert len(refusal.value.message) < 200


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("index.html", "https://example.com/course/"),
        ("05-edges/index.html", "https://example.com/course/05-edges/"),
        ("404.html", "https://example.com/course/404.html"),
        ("not-index.html", "https://example.com/course/not-index.html"),
    ],
)
def test_a_page_is_known_by_its_folder(path: str, address: str) -> None:
    """`index.html` is never part of the one address that a page should be known by."""
    assert SiteAddress("https://example.com/course/").page(path) == address


def test_a_file_keeps_its_name() -> None:
    """What may not stand in an address is encoded."""
    site = SiteAddress("https://example.com/")
    assert site.file("05-edges/card.png") == "https://example.com/05-edges/card.png"
    assert site.file("images/ein Hündchen.png") == "https://example.com/images/ein%20H%C3%BCndchen.png"


@pytest.mark.parametrize("typed", ["", "example.com", "https://example.com/?a"])
def test_a_wrong_address_is_wrong_usage(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], typed: str
) -> None:
    """The command line says so before it builds anything, and writes nothing."""
    with pytest.raises(SystemExit) as ending:
        main(["--out", str(tmp_path / "site"), "--base-url", typed])
    told = capsys.readouterr().err
    assert ending.value.code == 2
    assert f'argument --base-url: the address "{typed}" ' in told
    assert WAY_OUT in told
    assert not (tmp_path / "site").exists()


def test_an_address_from_the_command_line_reaches_the_pages(tmp_path: Path) -> None:
    """`--base-url` is what canonical links begin with."""
    content = tmp_path / "content"
    content.mkdir()
    (content / "course.toml").write_text('title = "A course"\nparts = []\n', "utf-8")
    out = tmp_path / "site"
    assert main(["--content", str(content), "--out", str(out), "--base-url", "https://example.com/x"]) == 0
    page = (out / "index.html").read_text("utf-8")
    assert '<link rel="canonical" href="https://example.com/x/">' in page
