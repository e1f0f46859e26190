"""Every link and picture leads somewhere harmless that exists."""

import re
import unicodedata
from html import unescape
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE, ETX, STX

from generator.course.chapter_names import chapter_called, names_of
from generator.course.dialect.places import PLACE_SCHEME, linked_frame
from generator.course.dialect.reading import Reading
from generator.course.scene_links import is_scene_file
from generator.course.source_lines import bare
from generator.course.terms import TERM_SCHEME
from generator.errors import InvalidValue, suggestion

SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SAFE_SCHEMES = frozenset({"http", "https", "mailto"})
BEFORE_ADDRESS = r"\]\(\s*<?|\]:\s*<?|<"
"""What stands in front of an address, so that it is not looked for in the words of a link."""


class Addresses(Treeprocessor):
    """Points links at pages and pictures at files, and notes those that lead nowhere or do harm."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        """Note what is wrong in a reading."""
        super().__init__(md)
        self.reading = reading

    def run(self, root: Element) -> None:
        """Settle every address below an element."""
        for element in root.iter():
            if STX in resolved(element.get("alt", "")):  # a place that the library has forgotten
                hint = "Write plain text between its brackets."
                fact = "the alternative text of a picture holds a link or another picture"
                self.reading.note(InvalidValue(fact, hint), element.get("src", ""), BEFORE_ADDRESS)
                continue
            for key, settle in (("href", self._link), ("src", self._picture)):
                address = element.get(key)
                if address is None:
                    continue
                address = resolved(address)
                try:
                    settle(element, address)
                except InvalidValue as fault:
                    self.reading.note(fault, address, BEFORE_ADDRESS)

    def _picture(self, element: Element, address: str) -> None:
        scheme = SCHEME.match(bare(address))
        if (scheme and len(scheme[1]) > 1) or bare(address).startswith("//"):  # one letter is a disk's
            hint = "Put it under content/images/; pages load nothing."
            raise InvalidValue(f'the picture "{address}" is not in the course', hint)
        picture = self.reading.surroundings.picture(unescape(address))
        element.set("src", picture.address)
        element.set("width", str(picture.width))
        element.set("height", str(picture.height))
        element.set("loading", "lazy")

    def _link(self, element: Element, address: str) -> None:
        plain = unicodedata.normalize("NFC", bare(address))
        scheme = SCHEME.match(plain)
        if not (is_address(plain) and is_address(unescape(address))):
            raise InvalidValue(f'"{address}" is no address', "Correct what stands in brackets.")
        if scheme and scheme[1].lower() == "chapter":
            self._chapter(element, plain, address)
        elif plain.startswith(TERM_SCHEME):
            return  # it is settled with the terms
        elif plain.startswith(PLACE_SCHEME):
            self._place(element, plain.removeprefix(PLACE_SCHEME))
        elif scheme and scheme[1].lower() not in SAFE_SCHEMES:
            fact = f'a link may not use "{scheme[1].lower()}:"'
            raise InvalidValue(fact, "Link to https, mailto, a heading or a chapter.")
        elif plain.startswith("//"):
            raise InvalidValue(f'the link "{address}" has no scheme', "Begin it with https://.")
        elif plain != unicodedata.normalize("NFC", unescape(address).strip()):
            fact = f'the link "{address}" holds a space, or a sign that is not seen'
            raise InvalidValue(fact, "Leave it out; a space that is meant is written %20.")
        elif plain.startswith("#"):
            element.set("href", plain)
            self.reading.refer("", plain[1:], address, BEFORE_ADDRESS)
        elif not scheme:
            self._file(element, plain, address)

    def _chapter(self, element: Element, plain: str, address: str) -> None:
        chapters = self.reading.surroundings.chapters
        received, _, place = plain.partition(":")[2].partition("#")
        try:
            name = chapter_called(received, chapters)
        except LookupError:
            near = "" if received.isdigit() else suggestion(received, names_of(chapters))
            hint = f"{near} Chapters are numbered 1 to {max(chapters)}.".strip()
            raise InvalidValue(f'the course has no chapter "{received}"', hint) from None
        self.reading.asked[received] = name
        self._lead(element, name, place, address)

    def _place(self, element: Element, place: str) -> None:
        """Point the link at the frame at a place; of a scene with problems of its own nothing is known."""
        reel = self.reading.above
        element.set("href", "")
        element.set("class", "place")
        if not self.reading.above_is_broken:
            number = linked_frame(place, reel)
            element.set("href", f"#{reel.scene.id}={number}" if reel else "")

    def _file(self, element: Element, plain: str, address: str) -> None:
        path, _, place = plain.partition("#")
        names = names_of(self.reading.surroundings.chapters)
        name = path.removesuffix(".md")
        if is_scene_file(path):
            element.set("href", plain)
            self.reading.ask(path, address, BEFORE_ADDRESS)
            return
        if name not in names:
            raise InvalidValue(f'the link "{plain}" leads to no chapter', suggestion(name, names))
        self.reading.asked[name] = name
        self._lead(element, name, place, address)

    def _lead(self, element: Element, name: str | None, place: str, address: str) -> None:
        """Point the link at a chapter's page; where it is not written yet, leave only the words."""
        if name is None:
            element.tag = "span"
            element.attrib.clear()
            element.set("class", "promise")
            return
        if place:
            self.reading.refer(name, place, address, BEFORE_ADDRESS)
        element.set("href", f"../{name}/index.html" + (f"#{place}" if place else ""))


def is_address(plain: str) -> bool:
    """Tell whether an address can be taken apart; one with half a pair of brackets cannot.

    >>> is_address("https://[::1]/"), is_address("https://[::1/")
    (True, False)
    """
    try:
        urlsplit(plain)
    except ValueError:
        return False
    return True


def resolved(address: str) -> str:
    """Return an address with everything in its place for which Python-Markdown keeps one till the end."""
    return unescaped(address).replace(AMP_SUBSTITUTE, "&")


def unescaped(text: str) -> str:
    """Return the text with signs in place of the numbers that Python-Markdown puts for escaped ones."""
    return re.sub(f"{STX}([0-9]+){ETX}", lambda match: chr(int(match[1])), text)
