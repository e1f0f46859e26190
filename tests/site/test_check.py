"""What is told of a built site: each small slip in the real one, and nothing where nothing is wrong."""

import re
import shutil
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.cli import PROJECT, main
from generator.site import MARKER, check_site, site_in_folder, write_directory
from generator.site.checking.built_site import site_in_memory
from tests.built import FLAGSHIP, build_flagship, files_of
from tests.course.making import course_of
from tests.site.pages import addresses, html_pages

CHAPTER = FLAGSHIP
PAGE = f"{CHAPTER}/index.html"
FILM = f"{CHAPTER}/blur/filmstrip.png"
DATA = f"{CHAPTER}/blur/frames.json"
HOME = "https://name.example/course/"
PICTURES = (".png", ".gif", ".webp", ".jpg", ".jpeg")
TEMPLATE = "Correct the theme's template."
FOLDER = Path("site")
WHOLE, SIXTH = " [the film's size]", " [a sixth of it]"
"""Stand where a picture declares its size."""


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return every file of the flagship's site: one chapter of the real content."""
    return files_of(build_flagship(tmp_path_factory.mktemp("flagship")))


def told(files: Mapping[str, bytes]) -> list[str]:
    """Return every problem of a site that would lie in `site/`, as a line."""
    return [str(problem) for problem in check_site(site_in_memory(files, FOLDER)).problems]


def edited(files: Mapping[str, bytes], path: str, old: str, new: str) -> dict[str, bytes]:
    """Return the files with the first such text of one of them replaced."""
    assert old in files[path].decode(), f"{path} no longer holds {old}"
    return {**files, path: files[path].decode().replace(old, new, 1).encode()}


def line_of(files: Mapping[str, bytes], path: str, text: str) -> str:
    """Return the place of a text as messages have it."""
    before, found, _ = files[path].decode().partition(text)
    assert found, f"{path} no longer holds {text}"
    return f"site/{path}:{before.count(chr(10)) + 1}"


def with_snippet(files: Mapping[str, bytes], snippet: str) -> dict[str, bytes]:
    """Return the files with a line of HTML at the end of the chapter's main part."""
    return edited(files, PAGE, "</main>", f"{snippet}\n</main>")


def film_size(files: Mapping[str, bytes]) -> tuple[int, int]:
    """Return the width and height of the film in pixels."""
    return int.from_bytes(files[FILM][16:20]), int.from_bytes(files[FILM][20:24])


def film_of(size: str, alt: str = ' alt=""', source: str = "blur/filmstrip.png") -> str:
    return f'<img src="{source}"{alt}{size}>'


def test_the_real_site_is_right(site: Path, files: dict[str, bytes]) -> None:
    """Nothing is told of the course as it is built, nor of its flagship alone."""
    assert check_site(site_in_folder(site)).problems == ()
    assert told(files) == []


def test_everything_is_counted(files: dict[str, bytes]) -> None:
    """The report says how many pages, addresses, pictures and bytes were looked at."""
    report = check_site(site_in_memory(files, FOLDER))
    assert report.pages == len(html_pages(files))
    assert report.links == sum(len(addresses(html)) for html in html_pages(files).values())
    assert report.pictures == len([path for path in files if path.endswith(PICTURES)])
    assert report.size == sum(map(len, files.values()))


def test_a_folder_is_read_as_what_was_written(files: dict[str, bytes], tmp_path: Path) -> None:
    """Written to disk, the same site gives the same report."""
    write_directory(files, tmp_path / "site")
    assert check_site(site_in_folder(tmp_path / "site")) == check_site(site_in_memory(files, FOLDER))


@pytest.mark.parametrize(
    ("snippet", "message"),
    [
        (
            '<a href="nowhere.html">',
            f'"nowhere.html" leads to {CHAPTER}/nowhere.html, which is not in the site. '
            "Correct the address, or add the file.",
        ),
        (
            '<a href="blur/frame.json">',
            f'"blur/frame.json" leads to {CHAPTER}/blur/frame.json, which is not in the site. '
            'Did you mean "blur/frames.json"?',
        ),
        (
            '<a href="../Index.html">',
            '"../Index.html" leads to Index.html, which is not in the site. Did you mean "../index.html"?',
        ),
        (
            '<a href="blur%2Fframes.json">',
            f'"blur%2Fframes.json" leads to {CHAPTER}/blur%2Fframes.json, which is not in the site. '
            "Correct the address, or add the file.",
        ),
        (
            '<a href="blur//frames.json">',
            f'"blur//frames.json" leads to {CHAPTER}/blur//frames.json, which is not in the site. '
            'Did you mean "blur/frames.json"?',
        ),
        (
            '<a href="../">',
            '"../" leads to a folder, which shows no page when it is opened from disk. '
            'Write "../index.html".',
        ),
        (
            '<a href="../05-convolution-and-filters/">',
            '"../05-convolution-and-filters/" leads to a folder, which shows no page when it is opened from '
            'disk. Write "index.html".',
        ),
        (
            '<a href="blur">',
            '"blur" leads to a folder, which shows no page when it is opened from disk. Link to a file.',
        ),
        (
            '<a href="/index.html">',
            '"/index.html" begins at the root of the server, where the site need not lie. '
            "Write it relative to this file.",
        ),
        (
            '<a href="../../site/index.html">',
            '"../../site/index.html" leads out of the site. Link to a file of the site.',
        ),
        (
            '<a href="../%2E%2e/index.html">',
            '"../%2E%2e/index.html" leads out of the site. Link to a file of the site.',
        ),
        ('<a href="http://[">', '"http://[" is no address. Correct it.'),
        (
            '<a href="javascript:alert(1)">',
            '"javascript:alert(1)" is no address to which a page may lead. '
            "Link to https, mailto or a file of the site.",
        ),
        (
            '<a href="//name.example/">',
            '"//name.example/" is no address to which a page may lead. '
            "Link to https, mailto or a file of the site.",
        ),
        (
            '<a href="#nowhere">',
            '"#nowhere" leads to no place in this page. Correct it, or leave it out.',
        ),
        (
            '<a href="#sobel-egde">',
            '"#sobel-egde" leads to no place in this page. Did you mean "sobel-edge"?',
        ),
        (
            '<a href="../index.html#mian">',
            '"#mian" leads to no place in index.html. Did you mean "main"?',
        ),
        (
            '<a href="#sobel-edge=26">',
            '"#sobel-edge=26" asks for frame 26. The scene has frames 1 to 25.',
        ),
        (
            '<a href="#sobel-edge=0">',
            '"#sobel-edge=0" asks for frame 0. The scene has frames 1 to 25.',
        ),
        (
            '<a href="#sobel-egde=1">',
            '"#sobel-egde=1" asks for a scene that this page does not have. Did you mean "sobel-edge"?',
        ),
        (
            '<a href="../index.html#blur=1">',
            '"#blur=1" asks for a scene that index.html does not have. Correct it, or leave it out.',
        ),
        (
            '<p id="blur">',
            'the id "blur" stands in line {blur} already. Rename one of the two.',
        ),
        (
            '<p aria-labelledby="blur blurr">',
            'aria-labelledby names the id "blurr", which the page does not have. Did you mean "blur"?',
        ),
        (
            '<p aria-describedby="nothing-here">',
            'aria-describedby names the id "nothing-here", which the page does not have. '
            "Correct it, or leave it out.",
        ),
        (
            '<label for="mian">',
            'for names the id "mian", which the page does not have. Did you mean "main"?',
        ),
        (
            '<img src="https://name.example/a.png" alt="" width="1" height="1">',
            'the page loads "https://name.example/a.png" from elsewhere. Put the file into the site.',
        ),
        (
            '<script src="//name.example/a.js"></script>',
            'the page loads "//name.example/a.js" from elsewhere. Put the file into the site.',
        ),
        (
            '<link rel="stylesheet" href="https://name.example/a.css">',
            'the page loads "https://name.example/a.css" from elsewhere. Put the file into the site.',
        ),
        (
            film_of(WHOLE + ' srcset="blur/filmstrip.png 1x, blur/large.png 2x"'),
            f'"blur/large.png" leads to {CHAPTER}/blur/large.png, which is not in the site. '
            "Correct the address, or add the file.",
        ),
        (
            '<p style="color: red">',
            "the page's policy refuses style attributes. Write a class.",
        ),
        (
            '<p onclick="alert(1)">',
            "the page's policy refuses the attribute onclick. Listen for it in the script.",
        ),
        (
            "<style>p { color: red }</style>",
            "the page's policy refuses this <style>. Name it as "
            "'sha256-{style}' in style-src, or put it into a file.",
        ),
        (
            "<script>alert(1)</script>",
            "the page's policy refuses this <script>. Name it as "
            "'sha256-{script}' in script-src, or put it into a file.",
        ),
        (
            '<iframe src="../index.html"></iframe>',
            "the page's policy refuses \"../index.html\". Add 'self' to frame-src.",
        ),
        (
            '<script src="data:text/javascript,alert(1)"></script>',
            'the page\'s policy refuses "data:text/javascript,alert(1)". Add data: to script-src.',
        ),
        (
            film_of(WHOLE, alt=""),
            'the picture "blur/filmstrip.png" has no alt. Describe it; write an empty alt for decor.',
        ),
        (
            film_of(' width="100"'),
            'the picture "blur/filmstrip.png" has no width and height, so that the page jumps. '
            "Declare the size of the file, {film}.",
        ),
        (
            film_of(' width="auto" height="2834"', source="data:image/gif;base64,R0lGODlh"),
            'the picture "data:image/gif;base64,R0lGODlh" has no width and height, so that the page jumps. '
            "Declare both.",
        ),
        (
            film_of(' width="100" height="100"'),
            'the picture "blur/filmstrip.png" is declared as 100×100, but its file is {film}. '
            "Declare the size of the file.",
        ),
    ],
)
def test_a_slip_in_a_page_is_told(files: dict[str, bytes], snippet: str, message: str) -> None:
    """One line more in a chapter is answered with one problem: its line, the fact and the way out."""
    width, height = film_size(files)
    known = {
        "{blur}": line_of(files, PAGE, 'id="blur"').rpartition(":")[2],
        "{film}": f"{width}×{height}",
        # openssl dgst -sha256 -binary | base64
        "{style}": "ngewhhP73WDIbgwseeu52VAAJgKdGUsu1IUQQsAm8m4=",
        "{script}": "bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI=",
    }
    for name, value in known.items():
        message = message.replace(name, value)
    snippet = snippet.replace(WHOLE, f' width="{width}" height="{height}"')
    broken = with_snippet(files, snippet)
    assert told(broken) == [f"{line_of(broken, PAGE, snippet)}: {message}"]


@pytest.mark.parametrize(
    "snippet",
    [
        '<a href="#">',
        '<a href="#top">',
        '<a href="">',
        '<a href="#main" href="nowhere.html">',
        '<a href="#sobel-edge=1">',
        '<a href="#sobel-edge=25">',
        '<a href="#%6Dain">',
        '<a href="../index.html?print=1#main">',
        '<a href="./blur/../blur/frames.json">',
        '<a href=" blur/fr%61mes.json ">',
        '<a href="https://name.example/">',
        '<a href="mailto:somebody@name.example">',
        '<a id="größe" href="#gr%C3%B6%C3%9Fe">',
        '<p aria-describedby="blur sharpen">',
        '<label for="blur">',
        '<script type="application/json">{"a": 1}</script>',
        film_of(SIXTH),
        film_of(' width="1" height="1"', source="data:image/gif;base64,R0lGODlh"),
        film_of(WHOLE + ' srcset="blur/filmstrip.png, blur/filmstrip.png 2x"'),
        '<link rel="next" href="../index.html">',
    ],
)
def test_what_works_is_not_told(files: dict[str, bytes], snippet: str) -> None:
    """Other ways to write an address, a shrunk picture, data, and links out into the world are right."""
    width, height = film_size(files)
    snippet = snippet.replace(WHOLE, f' width="{width}" height="{height}"')
    snippet = snippet.replace(SIXTH, f' width="{round(width / 6)}" height="{round(height / 6)}"')
    assert told(with_snippet(files, snippet)) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "messages"),
    [
        (PAGE, "<title>", "<title></title><title>", [f"site/{PAGE}: the page has no title. {TEMPLATE}"]),
        (
            "index.html",
            '<html lang="en">',
            '<html lang="">',
            [f"site/index.html: the page does not say its language. {TEMPLATE}"],
        ),
        (
            "index.html",
            "</main>",
            "<h1>Again</h1></main>",
            [f"site/index.html: the page has 2 h1 headings, where one is meant. {TEMPLATE}"],
        ),
        (
            "index.html",
            "</main>",
            "</main><main></main>",
            [f"site/index.html: the page has 2 main elements, where one is meant. {TEMPLATE}"],
        ),
        (
            "index.html",
            'http-equiv="Content-Security-Policy"',
            'name="policy"',
            [f"site/index.html: the page has no Content-Security-Policy. {TEMPLATE}"],
        ),
        (
            "index.html",
            "style-src ",
            "style-src 'unsafe-inline' ",
            ["site/index.html: the page's policy allows 'unsafe-inline'. Name what is meant by its hash."],
        ),
        (
            DATA,
            "{",
            "",
            [f"site/{DATA}: the data of the scene cannot be read. Build the site again."],
        ),
        (
            DATA,
            '"frames"',
            '"Frames"',
            [f"site/{DATA}: the data of the scene cannot be read. Build the site again."],
        ),
        (
            PAGE,
            'class="slider" min="1" max="25"',
            'class="slider" min="1" max="24"',
            [
                f"site/{CHAPTER}/sobel-edge/frames.json: the data has 25 frames, the slider in the page 24. "
                "Build the site again."
            ],
        ),
    ],
)
def test_a_slip_in_a_file_is_told(
    files: dict[str, bytes], path: str, old: str, new: str, messages: list[str]
) -> None:
    """What a page lacks as a whole, and data that does not belong to its page, is told with the file."""
    assert told(edited(files, path, old, new)) == messages


def test_data_that_is_missing_is_told_twice(files: dict[str, bytes]) -> None:
    """The link to it leads nowhere, and its scene has none."""
    left = {path: data for path, data in files.items() if path != DATA}
    figure, link = (line_of(files, PAGE, text) for text in ('id="blur"', "blur/frames.json"))
    assert told(left) == [
        f'{figure}: the scene "blur" has no blur/frames.json. Build the site again.',
        f'{link}: "blur/frames.json" leads to {DATA}, which is not in the site. '
        "Correct the address, or add the file.",
    ]


def test_a_page_that_is_not_utf_8_is_told(files: dict[str, bytes]) -> None:
    """A page saved by another program in another encoding shows wrong letters."""
    latin = {**files, "404.html": "<title>Größe".encode("latin-1")}
    assert told(latin) == ["site/404.html: the page is not UTF-8. Build the site again."]


def test_a_site_without_a_first_page_is_told(files: dict[str, bytes]) -> None:
    """Every way into the site begins at its first page."""
    left = {path: data for path, data in files.items() if path != "index.html"}
    assert "site: the site has no index.html. Build the site again." in told(left)


def test_a_picture_that_is_none_is_told(files: dict[str, bytes]) -> None:
    """Half a file, or a text with the name of a picture, shows nothing."""
    assert told({**files, "images/a.JPG": b"This is no picture."}) == [
        "site/images/a.JPG: the picture cannot be read. Save it again."
    ]


def test_a_photograph_with_much_in_front_of_its_size_is_measured(files: dict[str, bytes]) -> None:
    """Colour profiles and notes of a camera may fill hundreds of kilobytes before the picture begins."""
    saved = BytesIO()
    Image.new("L", (40, 30)).save(saved, "JPEG", icc_profile=bytes(200_000))
    photograph = {**files, "images/a.jpg": saved.getvalue()}
    assert told(with_snippet(photograph, '<img src="../images/a.jpg" alt="" width="80" height="60">')) == []
    (message,) = told(with_snippet(photograph, '<img src="../images/a.jpg" alt="" width="80" height="80">'))
    assert message.endswith("declared as 80×80, but its file is 40×30. Declare the size of the file.")


def test_only_a_photograph_may_lie_on_its_side(files: dict[str, bytes]) -> None:
    """A browser turns a JPEG that bids it to, so that height and width may be swapped; a PNG stays."""
    saved = BytesIO()
    Image.new("L", (40, 30)).save(saved, "JPEG")
    turned = '<img src="../images/a.jpg" alt="" width="30" height="40">'
    assert told(with_snippet({**files, "images/a.jpg": saved.getvalue()}, turned)) == []
    width, height = film_size(files)
    snippet = film_of(f' width="{height}" height="{width}"')
    broken = with_snippet(files, snippet)
    assert told(broken) == [
        f'{line_of(broken, PAGE, snippet)}: the picture "blur/filmstrip.png" is declared as '
        f"{height}×{width}, but its file is {width}×{height}. Declare the size of the file."
    ]


# --- A page for any depth ------------------------------------------------------------------------------


def test_the_page_for_any_depth_holds_nothing_relative(files: dict[str, bytes]) -> None:
    """Seen from a folder that does not exist, every relative address is wrong."""
    link = '<a href="index.html">'
    broken = edited(files, "404.html", "</main>", f"{link}\n</main>")
    assert told(broken) == [
        f'{line_of(broken, "404.html", link)}: "index.html" is relative, but this page is shown at any '
        "depth. Leave it out, or write the whole address."
    ]


def test_a_style_inside_a_page_is_the_one_that_its_policy_names(files: dict[str, bytes]) -> None:
    """After a letter more, the browser would refuse the style of the page for any depth."""
    broken = edited(files, "404.html", "</style>", "/**/</style>")
    (message,) = told(broken)
    assert message.startswith(
        f"{line_of(broken, '404.html', '<style>')}: the page's policy refuses this <style>. "
        "Name it as 'sha256-"
    )


# --- Style sheets --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            "p { background: url(https://name.example/a.png) }",
            'the style loads "https://name.example/a.png" from elsewhere. Put the file into the site.',
        ),
        (
            "@import '//name.example/a.css';",
            'the style loads "//name.example/a.css" from elsewhere. Put the file into the site.',
        ),
        (
            '@import url("more.css");',
            '"more.css" leads to assets/more.css, which is not in the site. '
            "Correct the address, or add the file.",
        ),
        (
            "p { background: url( 'icon.svg' ) }",
            '"icon.svg" leads to assets/icon.svg, which is not in the site. '
            "Correct the address, or add the file.",
        ),
        ("/* url(https://name.example/) */ p { background: url('data:image/gif;base64,R0lGODlh') }", ""),
        ('p { background: url("../index.html") } svg { fill: url(#pattern) }', ""),
    ],
)
def test_what_a_style_sheet_loads_is_followed(files: dict[str, bytes], rule: str, message: str) -> None:
    """Addresses of a style sheet are relative to it; it loads nothing from elsewhere."""
    (sheet,) = [path for path in files if path.endswith(".css")]
    broken = {**files, sheet: files[sheet] + b"\n/* a\nb */\n" + rule.encode()}
    lines = broken[sheet].decode().count("\n") + 1
    assert told(broken) == ([f"site/{sheet}:{lines}: {message}"] if message else [])


def test_a_style_in_a_page_is_followed_from_the_page(files: dict[str, bytes]) -> None:
    """Its addresses are relative to the page, and its lines are counted from the page's first."""
    broken = with_snippet(files, '<style>\n@import "../assets/more.css";\n</style>')
    place = line_of(broken, PAGE, "@import")
    assert (
        f'{place}: "../assets/more.css" leads to assets/more.css, which is not in the site. '
        "Correct the address, or add the file."
    ) in told(broken)


# --- The address of the site ---------------------------------------------------------------------------


def at_home(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the site with the absolute addresses that a built-in address of the site brings."""
    homed = dict(files)
    for path, address in (("index.html", HOME), (PAGE, f"{HOME}{CHAPTER}/")):
        lines = (
            f'<link rel="canonical" href="{address}">\n'
            f'<meta property="og:url" content="{address}">\n'
            f'<meta property="og:image" content="{HOME}{FILM}">\n'
        )
        homed = edited(homed, path, "</head>", f"{lines}</head>")
    homed["sitemap.xml"] = (
        f"<urlset>\n<url><loc>{HOME}</loc></url>\n<url><loc>{HOME}{CHAPTER}/</loc></url>\n</urlset>\n"
    ).encode()
    return edited(homed, "404.html", "</main>", f'<p><a href="{HOME}">Home</a></p>\n</main>')


def test_a_site_that_knows_its_address_is_right(files: dict[str, bytes]) -> None:
    """Absolute addresses that lead into the site are followed there."""
    assert told(at_home(files)) == []


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (
            PAGE,
            f'rel="canonical" href="{HOME}{CHAPTER}/',
            f'rel="canonical" href="{HOME}05/',
            f'"{HOME}05/" leads to 05/index.html, which is not in the site. '
            "Build the site again with --base-url.",
        ),
        (
            PAGE,
            f'rel="canonical" href="{HOME}{CHAPTER}/',
            f'rel="canonical" href="{HOME}',
            f'"{HOME}" is said to be this page, but leads to index.html. {TEMPLATE}',
        ),
        (
            "index.html",
            f'"og:url" content="{HOME}',
            f'"og:url" content="{HOME}404.html',
            '"https://name.example/course/404.html" is said to be this page, but leads to 404.html. '
            f"{TEMPLATE}",
        ),
        (
            "index.html",
            f"{HOME}{FILM}",
            f"{HOME}card.png",
            f'"{HOME}card.png" leads to card.png, which is not in the site. '
            "Build the site again with --base-url.",
        ),
        (
            "index.html",
            f"{HOME}{FILM}",
            "https://b.example/card.png",
            f'"https://b.example/card.png" is not under {HOME}. Build the site again with --base-url.',
        ),
        (
            "sitemap.xml",
            f"<url><loc>{HOME}{CHAPTER}/",
            f"<url><loc>{HOME}06/",
            f'"{HOME}06/" leads to 06/index.html, which is not in the site. '
            "Build the site again with --base-url.",
        ),
        (
            "404.html",
            f'<p><a href="{HOME}"',
            f'<p><a href="{HOME}start.html"',
            f'"{HOME}start.html" leads to start.html, which is not in the site. '
            "Build the site again with --base-url.",
        ),
        (
            "404.html",
            f'<p><a href="{HOME}"',
            f'<p><a href="{HOME}{CHAPTER}/#blur=26"',
            '"#blur=26" asks for frame 26. The scene has frames 1 to 25.',
        ),
    ],
)
def test_an_absolute_address_leads_into_the_site(
    files: dict[str, bytes], path: str, old: str, new: str, message: str
) -> None:
    """What search engines and other people's pages are told leads to a file of the site."""
    broken = edited(at_home(files), path, old, new)
    assert told(broken) == [f"{line_of(broken, path, new)}: {message}"]


def test_a_page_to_which_nothing_leads_is_told(files: dict[str, bytes]) -> None:
    """A reader who begins at the contents would never come there."""
    lonely = {
        path: re.sub(f'{PAGE}(#[^"]*)?"'.encode(), b'index.html"', data) if path.endswith(".html") else data
        for path, data in files.items()
    }
    assert told(lonely) == [
        f"site/{PAGE}: no links lead from index.html to this page. Link to it, or take it out."
    ]


def test_absolute_addresses_need_a_home(files: dict[str, bytes]) -> None:
    """Where the first page does not say its own address, no other can be judged."""
    broken = edited(at_home(files), "index.html", f'rel="canonical" href="{HOME}"', 'rel="author" href="#"')
    assert (
        f'site/sitemap.xml:2: "{HOME}" names a home, but index.html does not say where the site is at home. '
        "Build the site again with --base-url."
    ) in told(broken)


# --- Names ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("a?.txt", 'the name "a?.txt" holds "?", which no name on Windows can hold'),
        ('a"b', """the name "a"b" holds '"', which no name on Windows can hold"""),
        ("a\\b.txt", 'the name "a\\b.txt" holds "\\", which no name on Windows can hold'),
        ("a#b.txt", 'the name "a#b.txt" holds "#", which means something else in an address'),
        ("50%.txt", 'the name "50%.txt" holds "%", which means something else in an address'),
        ("a.", 'the name "a." ends with a dot, which Windows drops'),
        ("con", 'the name "con" is that of a device on Windows'),
        ("Aux.json", 'the name "Aux.json" is that of a device on Windows'),
    ],
)
def test_a_name_that_not_every_disk_holds_is_told(files: dict[str, bytes], name: str, fact: str) -> None:
    """What Windows or an address keeps for itself is told, in a folder's name too."""
    assert told({**files, f"images/{name}": b"", f"{name}/b.txt": b""}) == sorted(
        [f"site/{name}/b.txt: {fact}. Rename it.", f"site/images/{name}: {fact}. Rename it."]
    )


@pytest.mark.parametrize(
    "name", ["Ein Bild.txt", "größe.txt", "畳み込み.txt", "console.txt", ".hidden", "a..b"]
)
def test_other_names_are_right(files: dict[str, bytes], name: str) -> None:
    """Spaces inside, other alphabets, and words that only begin like a device are no trouble."""
    assert told({**files, name: b""}) == []


@pytest.mark.parametrize(
    ("first", "second", "taken", "same"),
    [
        ("images/A.txt", "images/a.txt", "images/a.txt", "images/A.txt"),
        ("Images/a.txt", "images/b.txt", "images", "Images"),
        ("gro\u0308n.txt", "gr\u00f6n.txt", "gr\u00f6n.txt", "gro\u0308n.txt"),
    ],
)
def test_names_that_some_disks_take_for_one_are_told(
    files: dict[str, bytes], first: str, second: str, taken: str, same: str
) -> None:
    """Capitals, and letters that are written in two ways, do not make two names everywhere."""
    assert told({**files, first: b"", second: b""}) == [
        f'site/{taken}: some disks take this for "{same}". Rename one of the two.'
    ]


# --- The command line ----------------------------------------------------------------------------------


def test_a_site_that_is_right_is_told_in_one_line(
    files: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command says what it looked at, and ends well."""
    monkeypatch.chdir(tmp_path)
    write_directory(files, tmp_path / "site")
    links = sum(len(addresses(html)) for html in html_pages(files).values())
    pictures = len([path for path in files if path.endswith(PICTURES)])
    assert main(["check", "--out", "site"]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith(
        f"{len(html_pages(files))} pages, {links} links, {pictures} pictures in site/"
    )
    assert shown.out.endswith(" of at most 500 MB.\n")
    assert shown.out.count("\n") == 1
    assert shown.err == ""


def test_every_problem_is_told_with_a_count(
    files: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The command tells all problems in the order of files and lines, and ends badly."""
    monkeypatch.chdir(tmp_path)
    broken = with_snippet({**files, "con": b""}, '<a href="#nowhere"><a href="nowhere.html">')
    write_directory(broken, tmp_path / "site")
    assert main(["check", "--out", "site"]) == 1
    shown = capsys.readouterr()
    place = line_of(broken, PAGE, '<a href="#nowhere">')
    assert shown.out == ""
    assert shown.err.splitlines() == [
        f'{place}: "#nowhere" leads to no place in this page. Correct it, or leave it out.',
        f'{place}: "nowhere.html" leads to {CHAPTER}/nowhere.html, which is not in the site. '
        "Correct the address, or add the file.",
        'site/con: the name "con" is that of a device on Windows. Rename it.',
        "3 problems.",
    ]


@pytest.mark.parametrize(
    ("made", "fact"),
    [
        ([], "there is no site here"),
        (["site"], "there is no site here"),
        (["site/thesis.txt"], "this folder is no site of ours"),
    ],
    ids=["nothing", "a file", "a folder"],
)
def test_without_a_site_the_author_is_told_to_build(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    made: list[str],
    fact: str,
) -> None:
    """Nothing there, a file, or somebody else's folder: none is a site to check."""
    monkeypatch.chdir(tmp_path)
    for name in made:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    assert main(["check", "--out", "site"]) == 1
    assert capsys.readouterr().err.splitlines() == [
        f"site: {fact}. Run python3 build.py first, or name the folder of a site with --out.",
        "1 problem.",
    ]


def test_a_check_changes_nothing(files: dict[str, bytes], tmp_path: Path) -> None:
    """The site is the same afterwards, and nothing lies beside it."""
    write_directory({**files, "con": b""}, tmp_path / "site")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert main(["check", "--out", str(tmp_path / "site")]) == 1
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_a_wrong_usage_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    """An option that only a build has ends as wrong usage."""
    with pytest.raises(SystemExit) as ended:
        main(["check", "--strict"])
    assert ended.value.code == 2
    assert "unrecognized arguments: --strict" in capsys.readouterr().err


def test_the_mark_of_a_site_is_not_counted(files: dict[str, bytes], tmp_path: Path) -> None:
    """The file by which a site is known is none that readers get."""
    write_directory(files, tmp_path / "site")
    assert (tmp_path / "site" / MARKER).exists()
    assert set(site_in_folder(tmp_path / "site").sizes) == set(files)


def test_the_build_itself_refuses_what_the_check_would(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is written that would be told afterwards."""
    theme, content = tmp_path / "theme", tmp_path / "content"
    shutil.copytree(PROJECT / "themes" / "lesson", theme)
    index = theme / "templates" / "index.html"
    index.write_text(index.read_text("utf-8").replace("<h1>", '<h1 onclick="x">'), "utf-8")
    course_of(content)

    site = tmp_path / "site"
    assert main(["--content", str(content), "--theme", str(theme), "--out", str(site)]) == 1

    told = capsys.readouterr().err
    assert "/site/index.html:18: the page's policy refuses the attribute onclick. " in told
    assert not site.exists()
