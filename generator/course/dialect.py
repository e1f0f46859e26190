"""The Markdown of a chapter: Python-Markdown with our additions, and raw HTML shown as text.

Added: `{values}` read off a reel, `$formulas$` and `$$displays$$`, highlighted code, `> [!NOTE]`
asides, headings with GitHub's anchors, links to chapters by number or name, and a check of every address.
Content is not trusted: HTML is escaped, and only harmless schemes may be linked.
"""

import re
from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from html import escape, unescape
from xml.etree.ElementTree import Element, SubElement

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, BlockQuoteProcessor, ReferenceProcessor
from markdown.extensions import Extension
from markdown.extensions.tables import TableExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, HTML_PLACEHOLDER_RE, STX, AtomicString

from generator.course.code import code_html
from generator.course.folder import PictureLink
from generator.course.mathematics import mathml
from generator.course.source import SourceFence, fences, kind_of
from generator.course.source_lines import SourceLines, bare, without_code
from generator.errors import InvalidValue, Problem, shortened, suggestion
from generator.scenes import FrameRange, Reel, frame_of_version, frame_range, reel_value
from generator.scenes.declaration import PAGE_IDS
from generator.scenes.numerals import ALMOST, MINUS, SCIENTIFIC, TIMES
from generator.scenes.values import FRAME_VALUES, SCENE_VALUES, VALUE_FAMILIES

VALUE = r"\{([A-Za-z][^{}]*)\}"
OPEN_VALUE = r"\{((?=[a-z]{3})[a-z]+(?:\.[a-z]+)*)[^{}\n\x02]*"
"""A value without its end, once those with one are taken out; fewer letters may be a set's, as in {a, b."""
QUALIFIED = re.compile(r"\{([a-z][a-z0-9-]*(?:\[[^\]{}]*\])?\.[a-z][a-z.0-9]*)\}")
VALUE_NAME = re.compile(r"(?P<scene>[a-z][a-z0-9-]*)(?:\[(?P<anchor>[^\]]*)\])?\.(?P<name>.+)")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
BEFORE_ADDRESS = r"\]\(\s*<?|\]:\s*<?|<"
"""What stands in front of an address, so that it is not looked for in the words of a link."""
TITLE = r"(?m:^(?=(?:> ?)*#(?!#)|.*\S.*\n=+ *$))"
"""What stands in front of a heading of level 1."""
TITLE_HINT = "The chapter's title stands in its front matter; begin a heading with ##."
NOTES = {"note": "Aside", "tip": "Try it", "warning": "Take care"}


@dataclass(frozen=True)
class Surroundings:
    """What a piece of Markdown can refer to."""

    file: str
    reels: Mapping[str, Reel]
    """The chapter's reels by scene id."""
    versions: Mapping[str, Reel]
    """Those of scenes with several, by scene id and name of the version, with a hyphen between."""
    broken: Set[str]
    """Ids of scenes that have problems of their own; "" where such a scene may have any id."""
    chapters: Mapping[int, str | None]
    """Every chapter number of the course; the chapter's name where it is written."""
    picture: Callable[[str], PictureLink]
    """Finds a picture by its path; raises `InvalidValue`."""


class Dialect:
    """Converts the pieces of one chapter; problems gather in `problems`."""

    def __init__(self, surroundings: Surroundings, problems: list[Problem]) -> None:
        """Make the converter once; it is used for every piece of the chapter."""
        self.surroundings = surroundings
        self.problems = problems
        captions = {f"{scene_id}_caption" for scene_id in surroundings.reels}
        self.anchors = {*PAGE_IDS, *surroundings.reels, *captions}
        """Anchors taken so far in the page."""
        self.markdown = Markdown(
            extensions=[TableExtension(use_align_attribute=True), "sane_lists", _Additions(self)],
            output_format="html",
        )
        self.reel: Reel | None = None
        self.frames: FrameRange | None = None
        self.silent = False
        self.lines = SourceLines("", 0)
        self.references: dict[str, tuple[str, str]] = {}
        self.reference_lines: dict[str, int] = {}

    def define(self, text: str, line: int) -> None:
        """Take the addresses that a piece gives names to, as in `[a]: https://…`, for all other pieces."""
        for match in ReferenceProcessor.RE.finditer(without_code(text)):
            address = match[2].lstrip("<").rstrip(">")
            self.references.setdefault(match[1].strip().lower(), (address, match[5] or match[6] or ""))
            self.reference_lines.setdefault(address, line + text.count("\n", 0, match.start(2)))

    def html(self, text: str, line: int, reel: Reel | None = None, frames: FrameRange | None = None) -> str:
        """Return the piece as HTML; inside a beat, `reel` and `frames` are what bare values mean."""
        self.reel, self.frames = reel, frames
        self.lines = SourceLines(text, line, self.reference_lines)
        self.markdown.reset()
        self.markdown.references.update(self.references)
        return self.markdown.convert(text)

    def check_without_values(self, text: str, line: int) -> None:
        """Note what is wrong with a beat that belongs to no frame, apart from its values."""
        self.silent = True
        self.html(text, line)
        self.silent = False

    def plain(self, text: str, line: int, reel: Reel) -> str:
        """Return text without markup, such as a caption, with its values filled in."""
        self.reel, self.frames, self.lines = reel, None, SourceLines(text, line)
        filled = re.sub(rf"(?<!\\){VALUE}", lambda match: self.value(match[1], match[0]), text)
        return filled.replace("\\{", "{")

    def value(self, words: str, received: str) -> str:
        """Return the text of `{words}`; where there is none, note a problem and return `received`."""
        try:
            return self._value(" ".join(words.split()))
        except InvalidValue as fault:
            self.note(fault, received)
            return received

    def check_open(self, name: str, received: str) -> None:
        """Note a value of a beat that has no end; a brace in front of any other word is a brace."""
        known = (*sorted([*SCENE_VALUES, *FRAME_VALUES]), "terms.1")
        meant = next((value for value in known if value.startswith(name)), "")
        if meant and (self.reel or self.silent):
            hint = f"Close it, as in {{{meant}}}, or write \\{{ for a brace."
            self.note(InvalidValue(f'the value "{{{name}" has no closing brace', hint), received)

    def note(self, fault: InvalidValue, received: str, before: str = "") -> None:
        """Keep a problem, placed at the line where the received text stands in this piece."""
        line = self.lines.of(received, before)
        self.problems.append(Problem(self.surroundings.file, line, fault.message, fault.hint))

    def _version(self, name: str) -> Reel | None:
        """Return the version of that name of the scene that is being told, if it has one."""
        return self.surroundings.versions.get(f"{self.reel.scene.id}-{name}") if self.reel else None

    def _version_value(self, match: re.Match[str], version: Reel) -> str:
        """Return the value of a version at the frame that it shows while the first shows the beat's."""
        if match["anchor"] is not None or self.frames is None or self.reel is None:
            return _qualified_value(match, version)
        counts = len(self.reel.frames), len(version.frames)
        shown = (frame_of_version(frame, *counts) for frame in (self.frames.first, self.frames.last))
        return reel_value(version, match["name"], FrameRange(*shown), written=match[0])

    def _value(self, words: str) -> str:
        match = VALUE_NAME.fullmatch(words)
        reels, broken = self.surroundings.reels, self.surroundings.broken
        if match and match["scene"] in broken:
            return words
        if match and (reel := reels.get(match["scene"], self.surroundings.versions.get(match["scene"]))):
            return _qualified_value(match, reel)
        if match and (version := self._version(match["scene"])):
            return self._version_value(match, version)
        if match and (match["anchor"] is not None or match["scene"] not in VALUE_FAMILIES):
            if "" in broken:
                return words
            hint = suggestion(match["scene"], reels) or "It has none."
            raise InvalidValue(f'the value "{{{words}}}" names no scene of this chapter', hint)
        if self.silent:
            return words
        if self.reel is None:
            scene = next(iter(reels), "sobel-edge")
            hint = f"Name its scene, as in {{{scene}.output.width}}, or write \\{{ for a brace."
            raise InvalidValue(f'the value "{{{words}}}" stands outside a beat', hint)
        return reel_value(self.reel, words, self.frames)


def version_id(reel: Reel) -> str:
    """Return what names one version of a scene in prose."""
    return f"{reel.scene.id}-{reel.scene.version}"


def _qualified_value(match: re.Match[str], reel: Reel) -> str:
    try:
        frames = None if match["anchor"] is None else frame_range(match["anchor"], reel)
    except InvalidValue as fault:
        raise InvalidValue(f'in "{{{match[0]}}}", {fault.message}', fault.hint) from None
    return reel_value(reel, match["name"], frames, written=match[0])


class _Additions(Extension):
    """Registers our parts with Python-Markdown."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__()
        self.dialect = dialect

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Take raw HTML out and put our parts in, at priorities relative to the library's own."""
        dialect = self.dialect
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "$"]
        md.preprocessors.deregister("html_block")
        md.inlinePatterns.deregister("html")
        md.preprocessors.register(_CodeBlocks(md, dialect), "code_blocks", 25)
        md.parser.blockprocessors.register(_DisplayFormulas(md.parser, dialect), "display_formulas", 95)
        md.parser.blockprocessors.register(_Quotations(md.parser), "quote", 20)
        md.inlinePatterns.register(_Formula(dialect), "formula", 185)
        md.inlinePatterns.register(_Value(VALUE, dialect), "value", 175)
        md.inlinePatterns.register(_OpenValue(OPEN_VALUE, dialect), "open_value", 174)
        md.treeprocessors.register(_Headings(md, dialect), "headings", 15)
        md.treeprocessors.register(_Addresses(md, dialect), "addresses", 12)
        md.treeprocessors.register(_Notes(md, dialect), "notes", 10)


class _CodeBlocks(Preprocessor):
    """Fenced code becomes highlighted code."""

    def __init__(self, md: Markdown, dialect: Dialect) -> None:
        super().__init__(md)
        self.dialect = dialect

    def run(self, lines: list[str]) -> list[str]:
        out: list[str] = []
        for part in fences("\n".join(lines), 1, self.dialect.surroundings.file):
            if isinstance(part, SourceFence):
                html = f"<pre><code>{code_html(part.text + chr(10), kind_of(part.info))}</code></pre>"
                out += ["", self.md.htmlStash.store(html), ""]
            else:
                out += part.text.split("\n")
        return out


class _DisplayFormulas(BlockProcessor):
    """A paragraph between `$$` and `$$` becomes a displayed formula."""

    def __init__(self, parser: BlockParser, dialect: Dialect) -> None:
        super().__init__(parser)
        self.dialect = dialect

    def test(self, parent: Element, block: str) -> bool:
        stripped = block.strip()
        return len(stripped) > 4 and stripped.startswith("$$") and stripped.endswith("$$")

    def run(self, parent: Element, blocks: list[str]) -> None:
        source = blocks.pop(0).strip()
        html = f'<div class="formula">{_formula(source, "$$", self.dialect)}</div>'
        SubElement(parent, "p").text = self.parser.md.htmlStash.store(html)


class _Quotations(BlockQuoteProcessor):
    """Quotations with an empty line between them stay apart, as on GitHub."""

    def lastChild(self, parent: Element) -> None:  # noqa: N802
        """Find no quotation to go on with."""


class _Formula(InlineProcessor):
    """`$...$` becomes a formula; a lone dollar sign, as in a price, stays."""

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(r"(?<![\\$\w])\$(?![\s$])([^$\n]+?)(?<![\s\\])\$(?![\w$])")
        self.dialect = dialect

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        html = _formula(m[0], "$", self.dialect)
        return self.dialect.markdown.htmlStash.store(html), m.start(0), m.end(0)


def _formula(source: str, marks: str, dialect: Dialect) -> str:
    latex = unescape(source[len(marks) : -len(marks)])
    filled = QUALIFIED.sub(lambda match: _math_value(match, dialect), latex)
    try:
        return mathml(filled, display=marks == "$$")
    except InvalidValue as fault:
        dialect.note(fault, source)
        return escape(latex)


def _math_value(match: re.Match[str], dialect: Dialect) -> str:
    """Return a value as LaTeX reads it; an unknown one, which is noted, as a sign that it can read."""
    value = dialect.value(match[1], match[0])
    if value == match[0]:
        return "?"
    signs = {MINUS: "-", TIMES: r"\times ", ALMOST: r"\approx "}
    spelled = SCIENTIFIC.sub(r"\\times 10^{\1\2}", value)
    return "{" + "".join(signs.get(sign, sign) for sign in spelled) + "}"


class _Value(InlineProcessor):
    """`{sum}` becomes a number of the reel."""

    def __init__(self, pattern: str, dialect: Dialect) -> None:
        super().__init__(pattern)
        self.dialect = dialect

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: N802
        element = Element("span", {"class": "value"})
        element.text = AtomicString(unbroken(self.dialect.value(m[1], m[0])))
        return element, m.start(0), m.end(0)


class _OpenValue(_Value):
    """`{sum and so on` is told, and stays as it is."""

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[None, None, None]:  # type: ignore[override]  # noqa: N802
        self.dialect.check_open(m[1], m[0])
        return None, None, None


def unbroken(arithmetic: str) -> str:
    """Return a value with spaces that a line is not broken at, so that a term or a sign keeps its number.

    >>> unbroken("1 × −1 = −1, −1 + 0 − 2").replace("\u00a0", "_")
    '1_×_−1_=_−1, −1 +_0 −_2'
    """
    return re.sub(r"(?<=[+−]) | (?=[×=≈])|(?<=[×=≈]) ", "\u00a0", arithmetic)


class _TreeStep(Treeprocessor):
    def __init__(self, md: Markdown, dialect: Dialect) -> None:
        super().__init__(md)
        self.dialect = dialect


class _Headings(_TreeStep):
    """Headings get the anchors that GitHub gives them, each once in the page."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            if re.fullmatch(r"h[1-6]", element.tag):
                words = self._words(element)
                if element.tag == "h1":
                    fault = InvalidValue(f'the heading "{shortened(words)}" is of level 1', TITLE_HINT)
                    self.dialect.note(fault, "", TITLE)
                element.set("id", self._anchor(github_slug(words)))

    def _words(self, element: Element) -> str:
        """Return a heading's text; Python-Markdown keeps a place in it for each formula and escaped sign."""
        stash = self.md.htmlStash.rawHtmlBlocks
        text = unescape("".join(element.itertext()))
        text = HTML_PLACEHOLDER_RE.sub(lambda match: re.sub("<[^>]*>", "", str(stash[int(match[1])])), text)
        return _unescaped(text)

    def _anchor(self, slug: str) -> str:
        taken = self.dialect.anchors
        count = 0
        anchor = slug
        while anchor in taken:
            count += 1
            anchor = f"{slug}-{count}"
        taken.add(anchor)
        return anchor


def github_slug(heading: str) -> str:
    """Return the anchor that GitHub makes of a heading.

    >>> github_slug("Größe: what's the size?")
    'größe-whats-the-size'
    """
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


class _Addresses(_TreeStep):
    """Every link and picture leads somewhere harmless that exists."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            for key, settle in (("href", self._link), ("src", self._picture)):
                address = element.get(key)
                if address is None or address.startswith(AMP_SUBSTITUTE):  # a mail address, disguised
                    continue
                address = _unescaped(address)
                try:
                    settle(element, address)
                except InvalidValue as fault:
                    self.dialect.note(fault, address, BEFORE_ADDRESS)

    def _picture(self, element: Element, address: str) -> None:
        if SCHEME.match(bare(address)) or bare(address).startswith("//"):
            hint = "Put it under content/images/; pages load nothing."
            raise InvalidValue(f'the picture "{address}" is not in the course', hint)
        picture = self.dialect.surroundings.picture(unescape(address))
        element.set("src", picture.address)
        element.set("width", str(picture.width))
        element.set("height", str(picture.height))
        element.set("loading", "lazy")

    def _link(self, element: Element, address: str) -> None:
        plain = bare(address)
        scheme = SCHEME.match(plain)
        if scheme and scheme[1].lower() == "chapter":
            self._chapter(element, plain)
        elif scheme and scheme[1].lower() not in SAFE_SCHEMES:
            fact = f'a link may not use "{scheme[1].lower()}:"'
            raise InvalidValue(fact, "Link to https, mailto, a heading or a chapter.")
        elif plain.startswith("//"):
            raise InvalidValue(f'the link "{address}" has no scheme', "Begin it with https://.")
        elif not scheme and not plain.startswith("#"):
            self._file(element, plain)

    def _chapter(self, element: Element, address: str) -> None:
        chapters = self.dialect.surroundings.chapters
        received, _, anchor = address.partition(":")[2].partition("#")
        names = self._names()
        if received.removesuffix(".md") in names:
            self._lead(element, received.removesuffix(".md"), anchor)
        elif re.fullmatch("[0-9]{1,4}", received) and int(received) in chapters:
            self._lead(element, chapters[int(received)], anchor)
        else:
            near = "" if received.isdigit() else suggestion(received, names)
            hint = f"{near} Chapters are numbered 1 to {max(chapters)}.".strip()
            raise InvalidValue(f'the course has no chapter "{received}"', hint)

    def _names(self) -> set[str]:
        return {name for name in self.dialect.surroundings.chapters.values() if name}

    def _file(self, element: Element, address: str) -> None:
        path, _, anchor = address.partition("#")
        names = self._names()
        name = path.removesuffix(".md")
        if name not in names:
            raise InvalidValue(f'the link "{address}" leads to no chapter', suggestion(name, names))
        self._lead(element, name, anchor)

    def _lead(self, element: Element, name: str | None, anchor: str) -> None:
        """Point the link at a chapter's page; where it is not written yet, leave only the words."""
        if name is None:
            element.tag = "span"
            element.attrib.clear()
            element.set("class", "promise")
        else:
            element.set("href", f"../{name}/index.html" + (f"#{anchor}" if anchor else ""))


def _unescaped(text: str) -> str:
    """Return the text with signs in place of the numbers that Python-Markdown puts for escaped ones."""
    return re.sub(f"{STX}([0-9]+){ETX}", lambda match: chr(int(match[1])), text)


class _Notes(_TreeStep):
    """A quotation that begins with `[!NOTE]`, as on GitHub, becomes an aside."""

    def run(self, root: Element) -> None:
        for quote in root.iter("blockquote"):
            first = quote.find("p")
            match = re.match(r"\[!(\w+)\]\s*", first.text or "") if first is not None else None
            if first is None or match is None:
                continue
            kind = match[1].lower()
            if kind not in NOTES:
                fault = InvalidValue(f'unknown kind of note "[!{match[1]}]"', suggestion(kind, NOTES))
                self.dialect.note(fault, match[0].strip())
                continue
            first.text = (first.text or "")[match.end() :]
            title = Element("p", {"class": "note-title"})
            title.text = NOTES[kind]
            quote.insert(0, title)
            quote.tag = "aside"
            quote.set("class", f"note {kind}")
