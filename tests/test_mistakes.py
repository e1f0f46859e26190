"""What an author is told: every mistake in `mistakes/*.txt`, and those that plain text cannot show.

A case there is a name, a chapter (or several files, each begun by a line `@ path`) and what is told, set
apart by lines with a dot. A chapter that does not begin with `+++` stands below four lines of front matter.
The mark `<<<` at the end of a line is taken away and says that this line is to be named; `{{x * 80}}` stands
for eighty times `x`. What `losses.txt` holds is told, and built all the same unless the build is strict; what
`notes.txt` holds stops no build.
"""

import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from os import fsdecode
from pathlib import Path
from struct import pack
from zlib import crc32

import pytest
from PIL import Image

from generator.cli import PROJECT, main
from tests.built import build

HERE = Path(__file__).parent
LOSSES = HERE / "mistakes" / "losses.txt"
NOTES = HERE / "mistakes" / "notes.txt"
CASE = re.compile(
    r"^(?P<name>[^#\n].*)\n\.\n(?P<source>(?:.*\n)*?)\.\n(?P<told>(?:.*\n)*?)\.\n", re.MULTILINE
)
MARK = re.compile(r" *<<<$", re.MULTILINE)
FRONT_MATTER = '+++\ntitle = "Edges"\n+++\n\n'
CHAPTER = "chapters/01-edges.md"
SCENE = '```scene\nid = "edge"\nimage = "dot"\nkernel = "blur"\n```\n'
COURSE = 'title = "A course"\n[[parts]]\ntitle = "A part"\nchapters = ["01-edges", { planned = "Blur" }]\n'


@dataclass(frozen=True)
class Mistake:
    """A content folder with a mistake, and what its author is told."""

    name: str
    source: str
    told: str

    @property
    def files(self) -> dict[str, str]:
        """Return the files by their path in the content folder, without marks."""
        return {path: MARK.sub("", text) for path, text in self._marked_files().items()}

    @property
    def marks(self) -> list[str]:
        """Return the place of each marked line, such as `chapters/01-edges.md:7`."""
        return [
            f"{path}:{text.count(chr(10), 0, mark.start()) + 1}"
            for path, text in self._marked_files().items()
            for mark in MARK.finditer(text)
        ]

    def _marked_files(self) -> dict[str, str]:
        source = re.sub(r"\{\{(.) \* (\d+)\}\}", lambda match: match[1] * int(match[2]), self.source)
        if source.startswith("@ "):
            parts = re.split(r"^@ (.+)\n", source, flags=re.MULTILINE)[1:]
            return dict(zip(parts[::2], parts[1::2], strict=True))
        return {CHAPTER: source if source.startswith("+++") else FRONT_MATTER + source}


def write_content(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write a course of one chapter into `content/`, and the files of a mistake over it.

    Pictures that cannot be read are there where a file names them; each would be noted otherwise.
    """
    unreadable = {"huge.png": huge_png(), "broken.png": b"This is no picture."}
    named = [name for name in unreadable if any(name in str(text) for text in files.values())]
    whole: dict[str, str | bytes] = {
        "course.toml": COURSE,
        CHAPTER: FRONT_MATTER,
        "chapters/noise.png": "",
        "code/convolve.py": "print(1)\n",
        "images/noise.png": png(40, 40),
        "images/large.png": png(100, 100),
        "images/strip.png": png(20, 400),
        "images/wide.png": png(100, 70),
        "images/holes.png": png_with_alpha(0, 128, 254, *[255] * 13),
        "images/veil.png": png_with_alpha(*[200] * 16),
        "images/opaque.png": png_with_alpha(*[255] * 16),
        "images/notes.txt": "Neither is this.",
        **{f"images/{name}": unreadable[name] for name in named},
        **files,
    }
    for name, data in whole.items():
        path = folder / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    (folder / "outside").mkdir()
    (folder / "outside" / "secret.png").write_bytes(png(7, 7))
    (folder / "content" / "images" / "elsewhere").symlink_to(folder / "outside")


@cache
def png(height: int, width: int) -> bytes:
    data = BytesIO()
    Image.new("L", (width, height)).save(data, "PNG")
    return data.getvalue()


@cache
def png_with_alpha(*alpha: int) -> bytes:
    """Return a picture of 4×4 greys, each so opaque."""
    data = BytesIO()
    Image.frombytes("LA", (4, 4), bytes(part for level in alpha for part in (90, level))).save(data, "PNG")
    return data.getvalue()


def huge_png() -> bytes:
    """Return a picture that says that it has 3.6 thousand million pixels."""
    data = bytearray(png(7, 7))
    data[16:24] = pack(">II", 60_000, 60_000)
    data[29:33] = pack(">I", crc32(data[12:29]))
    return bytes(data)


def cases() -> list[Mistake]:
    files = sorted(set((HERE / "mistakes").glob("*.txt")) - {LOSSES, NOTES})
    return [mistake for file in files for mistake in cases_in(file)]


def cases_in(file: Path) -> list[Mistake]:
    return [Mistake(*match.group("name", "source", "told")) for match in CASE.finditer(file.read_text())]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a course without mistakes once, of its scene only the film: each test copies it."""
    folder = tmp_path_factory.mktemp("built")
    write_content(folder, {CHAPTER: f"{FRONT_MATTER}{SCENE}"})
    return build(folder / "content", folder / "site", ["film"])


@dataclass(frozen=True)
class Author:
    """Somebody who builds: a working directory that holds `content/` and an older `site/`."""

    folder: Path
    capture: pytest.CaptureFixture[str]

    def told(self, *arguments: str) -> str:
        """Return what a build that fails says, once it is sure that it changed nothing."""
        before = everything_in(self.folder)
        self.capture.readouterr()
        assert main([*arguments, *(["--out", "site"] if "--out" not in arguments else [])]) == 1
        said = self.capture.readouterr()
        assert said.out == ""
        assert everything_in(self.folder) == before
        return said.err


@pytest.fixture
def author(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Author:
    shutil.copytree(built, tmp_path / "site")
    monkeypatch.chdir(tmp_path)
    return Author(tmp_path, capsys)


def everything_in(folder: Path) -> dict[str, bytes]:
    """Return every file, folder and link below a folder by its path."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else b""
        for path in folder.rglob("*")
    }


def with_count(lines: str) -> str:
    """Return the problems with the line that closes them."""
    count = lines.count("\n")
    return f"{lines}{count} problem{'s' if count > 1 else ''}; nothing was written.\n"


@pytest.mark.parametrize("mistake", cases(), ids=lambda mistake: mistake.name)
def test_a_mistake_is_told_in_its_place(mistake: Mistake, author: Author) -> None:
    """Every problem is one line with file, line, fact and way out, in order; the older site stays."""
    write_content(author.folder, mistake.files)

    told = author.told("--content", "content")

    assert told == with_count(mistake.told)
    assert places_in(told) == sorted(mistake.marks)


def places_in(told: str) -> list[str]:
    """Return the lines of the content folder that are named, each once."""
    return sorted(set(re.findall(r"^content/(\S+?:\d+): ", told, re.MULTILINE)))


EVERY_LOSS = pytest.mark.parametrize("loss", cases_in(LOSSES), ids=lambda loss: loss.name)


@EVERY_LOSS
def test_a_loss_is_told_and_the_course_is_built(loss: Mistake, author: Author) -> None:
    """What no window sees, and what sees nothing, is a warning in its place, and nothing else is wrong."""
    write_content(author.folder, loss.files)

    assert main(["--content", "content", "--out", "site"]) == 0

    told = author.capture.readouterr()
    assert told.err == loss.told
    assert places_in(told.err) == sorted(loss.marks)
    assert told.out.startswith("1 chapter, ")


@EVERY_LOSS
def test_a_loss_stops_a_strict_build(loss: Mistake, author: Author) -> None:
    """It is told in the same words, and the older site stays."""
    write_content(author.folder, loss.files)

    assert author.told("--content", "content", "--strict") == with_count(loss.told)


@pytest.mark.parametrize("note", cases_in(NOTES), ids=lambda note: note.name)
@pytest.mark.parametrize("arguments", [[], ["--strict"]], ids=["usual", "strict"])
def test_a_note_is_told_and_stops_nothing(note: Mistake, arguments: list[str], author: Author) -> None:
    """What was done is said in its place, once for each picture of a scene; a strict build goes on too."""
    write_content(author.folder, note.files)

    assert main(["--content", "content", "--out", "site", *arguments]) == 0

    told = author.capture.readouterr().err
    assert told == note.told
    assert places_in(told) == sorted(note.marks)


def test_a_strict_build_that_stops_tells_what_stops_it(author: Author) -> None:
    """Notes are no problems, and are not counted among them."""
    scene = '```scene\nid = "edge"\nimage = "holes.png"\nkernel = [[1]]\nstride = [2, 1]\n```\n'
    write_content(author.folder, {CHAPTER: f"{FRONT_MATTER}{scene}"})

    told = author.told("--content", "content", "--strict")

    assert "holes.png" not in told
    assert told.endswith("\n1 problem; nothing was written.\n")


def test_the_table_is_long() -> None:
    """No file of the table has gone missing, and each mistake has a name of its own."""
    names = [mistake.name for mistake in (*cases(), *cases_in(LOSSES), *cases_in(NOTES))]

    assert len(names) == len(set(names)) > 100


@dataclass(frozen=True)
class Setting:
    """A mistake that plain text cannot show."""

    name: str
    prepare: Callable[[Path], object]
    """Changes a working directory whose `content/` is right."""
    told: str
    arguments: tuple[str, ...] = ("--content", "content")


def chapter(data: bytes) -> Callable[[Path], object]:
    return lambda folder: (folder / "content" / CHAPTER).write_bytes(data)


def link(name: str, target: str) -> Callable[[Path], object]:
    """Return what puts a link in place of a file in the content folder."""

    def prepare(folder: Path) -> None:
        path = folder / "content" / name
        path.unlink(missing_ok=True)
        path.symlink_to(folder / target)

    return prepare


def removed(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).unlink()


def written(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(b"mine")


def picture(*names: str) -> Callable[[Path], object]:
    """Return what puts pictures of these names under `images/`, where the system's disk can hold them."""

    def prepare(folder: Path) -> None:
        images = folder / "content/images"
        try:
            for name in names:
                (images / name).parent.mkdir(exist_ok=True)
                (images / name).write_bytes(png(7, 7))
        except OSError as refusal:
            pytest.skip(f"this disk cannot hold such a name: {refusal}")
        if not {str(images / name) for name in names} <= set(map(str, images.rglob("*"))):
            pytest.skip("this disk takes such names for others")

    return prepare


def zip_file(name: str) -> tuple[str, ...]:
    return ("--content", "content", "--zip", name)


LEADS_OUT = 'the path "{}" leads out of the content folder. Use a file inside it.\n'
HELLO = "Hello.\n[Look](nowhere.md)\n"
NOWHERE = f'content/{CHAPTER}:6: the link "nowhere.md" leads to no chapter. Known: 01-edges.\n'
NOT_UTF8 = "is not UTF-8 text. Save the file with the encoding UTF-8.\n"
NEW_NAME = "Rename it, with letters, digits and hyphens.\n"
UNFIT = 'content/images/{0}: the name "{0}" {1}. ' + NEW_NAME
ON_WINDOWS = "holds {}, which no name on Windows can hold"
IN_ADDRESSES = "holds {}, which means something else in an address"
OF_DEVICE = "is that of a device on Windows"
TWICE = (
    'content/images/{}: Windows and macOS take this name and "images/{}" for the same. '
    "Rename one of the two.\n"
)
NO_ZIP = "this file is there already, and is no zip as this program made it. Name another file with --zip.\n"
INSIDE = "{}: the archive would lie inside the site that it holds. Name a file outside site/ with --zip.\n"
DAMAGED = pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, 46, 0, 0)
"""The end of a zip that promises a list of files."""
INSIDE_CONTENT = (
    "content/images/b.zip: the archive would lie inside the content that it is made from. "
    "Name a file outside content/ with --zip.\n"
)
UNLISTED = (
    "content/chapters/02-blur.md: the chapter is not listed in course.toml, so it is not built. "
    'Add "02-blur" to a part.\n'
)

CONTROL = "Delete it: text holds letters, line ends and tabs.\n"
AMPERSAND = "\x02amp\x03"
"""How Python-Markdown keeps the place of an ampersand that it has seen to."""

SETTINGS = [
    Setting(
        "a script behind a placeholder",
        chapter(f"{FRONT_MATTER}[go][r] ![pic][r]\n\n[r]: {AMPERSAND}#106;avascript:alert(1)\n".encode()),
        f"content/{CHAPTER}:7: column 6 holds the control character U+0002. {CONTROL}",
    ),
    Setting(
        "a control character in a course",
        lambda folder: (folder / "content/course.toml").write_bytes(b'title = "x" # \x1b[31m\n'),
        f"content/course.toml:1: column 15 holds the control character U+001B. {CONTROL}",
    ),
    Setting(
        "a control character in a listing",
        lambda folder: (
            chapter((FRONT_MATTER + '```listing\nfile = "code/convolve.py"\n```\n').encode())(folder),
            (folder / "content/code/convolve.py").write_bytes(b"x = 1\n\x0c\n"),
        ),
        f"content/code/convolve.py:2: column 1 holds the control character U+000C. {CONTROL}",
    ),
    Setting(
        "a key of a thousand parts",
        chapter(f'+++\ntitle = "Edges"\n{"a." * 1000}a = 1\n+++\n'.encode()),
        f"content/{CHAPTER}:1: the front matter has too many brackets, or parts of a key, "
        "inside one another\n",
    ),
    Setting(
        "a damaged zip",
        lambda folder: (folder / "lesson.zip").write_bytes(bytes(46) + DAMAGED),
        f"lesson.zip: {NO_ZIP}",
        zip_file("lesson.zip"),
    ),
    Setting("a zip in the content", lambda _: None, INSIDE_CONTENT, zip_file("content/images/b.zip")),
    Setting(
        "brackets without end",
        chapter(f"{FRONT_MATTER}One.\n\n{'[' * 20_000}\n\n```\n{'[' * 20_000}\n```\n".encode()),
        f'content/{CHAPTER}:7: 20,000 times "[" stands in one paragraph. '
        "Put it into code, or into paragraphs with at most 1,000 each.\n",
    ),
    Setting(
        "lists inside one another without end",
        chapter(f"{FRONT_MATTER}One.\n\n{'1. ' * 6000}\n".encode()),
        f"content/{CHAPTER}:5: the text is nested too deeply to be read. "
        "Take lists, quotations or brackets out of one another.\n",
    ),
    Setting(
        "a letter in Latin-1",
        chapter(FRONT_MATTER.encode() + b"Hello.\nGr\xfc\xdfe.\n"),
        f"content/{CHAPTER}:6: byte 0xfc {NOT_UTF8}",
    ),
    Setting(
        "a letter in Latin-1 behind a byte order mark and Windows line ends",
        chapter(b"\xef\xbb\xbf" + FRONT_MATTER.replace("\n", "\r\n").encode() + b"\xe9t\xe9\r\n"),
        f"content/{CHAPTER}:5: byte 0xe9 {NOT_UTF8}",
    ),
    Setting(
        "a chapter in UTF-16",
        chapter((FRONT_MATTER + HELLO).encode("utf-16")),
        f"content/{CHAPTER}:1: byte 0xff {NOT_UTF8}",
    ),
    Setting(
        "a course in Latin-1",
        lambda folder: (folder / "content/course.toml").write_bytes(b'title = "x"\n# Gr\xfc\xdfe'),
        f"content/course.toml:2: byte 0xfc {NOT_UTF8}",
    ),
    Setting(
        "a listing in Latin-1",
        lambda folder: (
            chapter((FRONT_MATTER + '```listing\nfile = "code/convolve.py"\n```\n').encode())(folder),
            (folder / "content/code/convolve.py").write_bytes(b"x = 1\n# Gr\xfc\xdfe"),
        ),
        f"content/code/convolve.py:2: byte 0xfc {NOT_UTF8}",
    ),
    Setting("Windows line ends", chapter((FRONT_MATTER + HELLO).replace("\n", "\r\n").encode()), NOWHERE),
    Setting("old Macintosh line ends", chapter((FRONT_MATTER + HELLO).replace("\n", "\r").encode()), NOWHERE),
    Setting("a byte order mark", chapter((FRONT_MATTER + HELLO).encode("utf-8-sig")), NOWHERE),
    Setting(
        "no course",
        removed("content/course.toml"),
        'content/course.toml: there is no file "course.toml". '
        "A course folder holds course.toml and chapters/.\n",
    ),
    Setting(
        "no folder of that name",
        lambda _: None,
        'contend/course.toml: there is no file "course.toml". '
        "A course folder holds course.toml and chapters/.\n",
        ("--content", "contend"),
    ),
    Setting(
        "a chapter that is a link out of the course",
        link(CHAPTER, "outside/secret.png"),
        f"content/course.toml:4: {LEADS_OUT.format(CHAPTER)}",
    ),
    Setting(
        "a course that is a link out of the course",
        link("course.toml", "outside/secret.png"),
        'content/course.toml: the path "course.toml" leads out of the content folder. '
        "A course folder holds course.toml and chapters/.\n",
    ),
    Setting(
        "a picture that is a link out of the course",
        link("images/noise.png", "outside/secret.png"),
        f"content/images/noise.png: {LEADS_OUT.format('images/noise.png')}",
    ),
    Setting(
        "a chapter that the course does not list, in a strict build",
        written("content/chapters/02-blur.md"),
        UNLISTED,
        ("--content", "content", "--strict"),
    ),
    Setting(
        "a target with somebody's files",
        lambda _: None,
        "outside: the target folder holds files that this program did not make. "
        "Name another folder with --out, or empty this one.\n",
        ("--content", "content", "--out", "outside"),
    ),
    Setting(
        "a target that is a file",
        lambda _: None,
        "outside/secret.png: the target is a file. Name a folder with --out.\n",
        ("--content", "content", "--out", "outside/secret.png"),
    ),
    *(
        Setting(
            f"a picture whose name holds {sign!r}",
            picture(f"a{sign}b.png"),
            UNFIT.format(f"a{sign}b.png", fact.format(f"'{sign}'" if sign == '"' else f'"{sign}"')),
        )
        for fact, signs in ((ON_WINDOWS, '<>:"|?*\\'), (IN_ADDRESSES, "#%"))
        for sign in signs
    ),
    *(
        Setting(f"a picture named {name}", picture(name), UNFIT.format(name, OF_DEVICE))
        for name in ("con.png", "NUL.png", "com1.old.png", "aux .gif", "lpt³.png")
    ),
    Setting(
        "a picture whose name holds a control character",
        picture("a\tb.png"),
        UNFIT.format("a b.png", "holds a control character"),
    ),
    Setting(
        "a picture whose name is in Latin-1",
        picture(fsdecode(b"Gr\xfc\xdfe.png")),
        UNFIT.format("Gr  e.png", "is not UTF-8 text"),
    ),
    Setting(
        "folders of pictures that end with a space, with a dot, and in the name of a device",
        picture("a /1.png", "a /2.png", "b./1.png", "prn/1.png"),
        UNFIT.format("a ", "ends with a space, which Windows drops")
        + UNFIT.format("b.", "ends with a dot, which Windows drops")
        + UNFIT.format("prn", OF_DEVICE),
    ),
    Setting(
        "pictures whose names differ in capitals only",
        picture("Dog.png", "dog.PNG", "dog.png"),
        TWICE.format("dog.PNG", "Dog.png") + TWICE.format("dog.png", "Dog.png"),
    ),
    Setting(
        "pictures whose names differ in how an accent is put together only",
        picture("U\u0308bung.png", "\u00dcbung.png"),
        TWICE.format("\u00dcbung.png", "U\u0308bung.png"),
    ),
    Setting(
        "folders of pictures whose names differ in capitals only",
        picture("Dogs/1.png", "dogs/2.png"),
        TWICE.format("dogs", "Dogs"),
    ),
    Setting(
        "a zip in place of another file",
        written("lesson.zip"),
        f"lesson.zip: {NO_ZIP}",
        zip_file("lesson.zip"),
    ),
    Setting(
        "a zip in place of a folder",
        lambda _: None,
        "outside: the archive's target is a folder. Name a file with --zip, as in outside/lesson.zip.\n",
        zip_file("outside"),
    ),
    Setting(
        "a zip in place of a folder that is only to be made",
        lambda _: None,
        "new.zip: the archive's target is a folder. Name a file with --zip, as in new.zip/lesson.zip.\n",
        (*zip_file("new.zip"), "--out", "new.zip/site"),
    ),
    Setting(
        "a zip inside the site", lambda _: None, INSIDE.format("site/lesson.zip"), zip_file("site/lesson.zip")
    ),
    Setting(
        "a zip inside the site, through a link",
        lambda folder: (folder / "there").symlink_to(folder / "site"),
        INSIDE.format("there/lesson.zip"),
        zip_file("there/lesson.zip"),
    ),
    Setting(
        "a zip below a file",
        lambda _: None,
        'outside/secret.png/a/lesson.zip: "outside/secret.png" is a file, not a folder. '
        "Name another file with --zip.\n",
        zip_file("outside/secret.png/a/lesson.zip"),
    ),
    Setting(
        "a zip whose site has a target with somebody's files",
        lambda _: None,
        "outside: the target folder holds files that this program did not make. "
        "Name another folder with --out, or empty this one.\n",
        (*zip_file("new/lesson.zip"), "--out", "outside"),
    ),
    Setting(
        "a theme that is not there",
        lambda _: None,
        f"{PROJECT}/themes/nowhere/theme.toml: there is no such theme. Name one with --theme.\n",
        ("--content", "content", "--theme", "nowhere"),
    ),
]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.name)
def test_a_mistake_around_the_text_is_told(setting: Setting, author: Author) -> None:
    """Encodings, links and folders are told as mistakes in the text are."""
    write_content(author.folder, {CHAPTER: FRONT_MATTER})
    setting.prepare(author.folder)

    assert author.told(*setting.arguments) == with_count(setting.told)


@pytest.mark.parametrize(
    "content", ["content", "{}/content", "outside/../content", "{}/outside/../content", "there", "{}/there"]
)
def test_an_absolute_path_is_told_whatever_the_content_is(content: str, author: Author) -> None:
    """Pictures and listings at the top of the disk are refused, and the way to them is said."""
    ways = [f"{author.folder}/{folder}" for folder in ("content", "there", "outside/../content")]
    bodies = (
        "![Noise]({}/images/noise.png)\n",
        '```listing\nfile = "{}/code/convolve.py"\n```\n',
        '```scene\nid = "edge"\nimage = "{}/images/noise.png"\nkernel = "sobel-x"\n```\n',
    )
    chapters = [body.format(way) for way in ways for body in bodies]
    write_content(author.folder, {CHAPTER: FRONT_MATTER})
    (author.folder / "there").symlink_to("content")

    for text in chapters:
        (author.folder / "content" / CHAPTER).write_text(f"{FRONT_MATTER}{text}")
        told = author.told("--content", content.format(author.folder))
        assert re.search(r'01-edges.md:\d: ".+" is an absolute path\. Write .+\.\n1 problem', told)
        assert ".." in text or re.search(r"Write (code/convolve\.py|images/noise\.png)\.", told)


@pytest.mark.parametrize("name", ["images/noise.png", "../../content/images/noise.png", "images/x/noise.png"])
@pytest.mark.parametrize("content", ["content", "there", "outside/../content"])
def test_a_picture_is_shown_from_where_it_is_published(name: str, content: str, author: Author) -> None:
    """A way to it through dots, or through a link inside the folder, leads to the same file of the site."""
    write_content(author.folder, {CHAPTER: f"{FRONT_MATTER}![Noise]({name})\n"})
    (author.folder / "there").symlink_to("content")
    (author.folder / "content/images/x").symlink_to(".")

    assert main(["--content", content, "--out", "site"]) == 0
    assert 'src="../images/noise.png"' in (author.folder / "site/01-edges/index.html").read_text()


def test_a_target_inside_a_file_is_told(author: Author) -> None:
    """What the operating system refuses is one line too."""
    write_content(author.folder, {})

    (author.folder / "notes.txt").write_text("mine")

    told = author.told("--content", "content", "--out", "notes.txt/site")

    assert told.removeprefix(f"{author.folder}/") == "notes.txt: File exists\n"


def test_a_target_inside_the_content_is_told(author: Author) -> None:
    """A site among the images would be part of the next one."""
    write_content(author.folder, {})

    told = author.told("--content", "content", "--out", "content/images/site")

    assert told == (
        "content/images/site: the site would lie inside the content that it is made from. "
        "Name a folder outside content/ with --out.\n1 problem; nothing was written.\n"
    )


def test_a_target_that_leads_back_to_itself_is_told(author: Author) -> None:
    """A link in a circle is one line, as is all that cannot be written to."""
    write_content(author.folder, {})
    (author.folder / "there").symlink_to("back")
    (author.folder / "back").symlink_to("there")

    told = author.told("--content", "content", "--out", "there")

    assert told == (
        "there: the target is a link that leads back to itself. Remove it.\n1 problem; nothing was written.\n"
    )


def test_a_folder_called_as_the_theme_is_not_taken_for_it(author: Author) -> None:
    """Somebody may well keep this project, or a course, in a folder called "lesson"."""
    write_content(author.folder, {})
    (author.folder / "lesson").mkdir()

    assert main(["--content", "content", "--out", "site"]) == 0
    assert (author.folder / "site" / "index.html").is_file()


def test_a_chapter_that_is_not_listed_is_a_warning(author: Author) -> None:
    """Without `--strict` the course is built, and the author is told once."""
    write_content(author.folder, {"chapters/02-blur.md": "anything"})

    assert main(["--content", "content", "--out", "site"]) == 0

    told = author.capture.readouterr()
    assert told.err == UNLISTED
    assert told.out.startswith("1 chapter, 0 scenes, ")


@pytest.mark.parametrize(
    "arguments", [["--colour"], ["paint"], ["--out"], ["build", "content"]], ids=" ".join
)
def test_wrong_usage_ends_with_2(arguments: list[str], author: Author) -> None:
    """An option or a command that does not exist is told with the usage, and nothing is built."""
    before = everything_in(author.folder)

    with pytest.raises(SystemExit) as exit_:
        main(arguments)

    assert exit_.value.code == 2
    assert author.capture.readouterr().err.startswith("usage: build.py ")
    assert everything_in(author.folder) == before
