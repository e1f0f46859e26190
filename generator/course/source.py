"""A chapter's text cut into front matter, fences and prose, every piece with its line number.

The cut is made before Markdown sees the text: Markdown forgets lines, and messages need them.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.course.code import is_language
from generator.course.text_parts import FENCE, HEADING, RULE, closing_line, without_code
from generator.errors import AuthorError, Problem, gathering, nearest, shortened, suggestion

ANCHOR = re.compile(
    r"^ {0,3}\[(?P<inside>frames?\b(?!-)(?P<anchor>[^\]]*))(?P<end>\](?![(\[:])|$)(?P<rest>.*)$",
    re.IGNORECASE,
)
"""Also one that is not closed, so that this is told; a link whose words begin with "frame" is none."""
NEARLY_ANCHOR = re.compile(
    r"^ {0,3}\[(?P<inside>(?P<word>[a-z]*?):? ?"
    r"(?P<anchor>first|last|peak|all|(?:row )?\d+|\d+ ?[-–] ?\d+"
    r"|(?:(?:filter|channel) \d+ ?)?(?:row \d+|(?:in|out) \d+ ?, ?\d+)?(?<=\d)))\](?![(\[:])(?P<rest>.*)$",
    re.IGNORECASE,
)
"""An anchor without its first word, or with that word misspelt or run into the next."""
LIKE_AN_ANCHOR = r"(?:first|last|peak|all)\b|\d|(?:row|out|in|filter|channel)\s+\d"
INSIDE = re.compile(
    rf"(?<![\\!])\[(?P<inside>frames?:?\s*(?:{LIKE_AN_ANCHOR})[^\]]*)\](?![(\[:])", re.IGNORECASE
)
"""An anchor that does not begin a paragraph."""
NO_WORDS = re.compile(
    r"!?\[(?:[^\[\]]|\[[^\[\]]*\])*\]\((?:[^()]|\([^()]*\))*\)|(?<![\\$\w])\$(?![\s$])[^$\n]+\$(?![\w$])"
)
"""A link or a picture, with all that it holds, and a formula."""


@dataclass(frozen=True)
class SourceText:
    """Consecutive lines of prose (ordinary code fences included)."""

    text: str
    line: int
    """The first line's number in the file."""


@dataclass(frozen=True)
class SourceFence:
    """A fenced block."""

    info: str
    """The words after the opening marks."""
    text: str
    line: int
    """The opening fence's line; the text starts on the next."""
    marks: str
    """The backticks or tildes."""


@dataclass(frozen=True)
class SourceBeat:
    """A piece of narration: everything from one anchor to the next."""

    anchor: str
    text: str
    line: int


Piece = SourceText | SourceFence | SourceBeat


@dataclass(frozen=True)
class SourceBody:
    """A chapter's body in pieces."""

    pieces: tuple[Piece, ...]
    whole: bool
    """False where a fence that is not closed has swallowed the rest."""


OWN_FENCES = ("scene", "listing", "figure", "network")
"""Fences with a meaning of our own; every other is a code block of the prose around it."""


def front_matter(text: str, file: str) -> tuple[str, str, int]:
    """Return (front matter, body, the body's first line number).

    Raises:
        AuthorError: the file does not begin with a block between two `+++` lines.

    """
    lines = text.split("\n")
    if lines[0].rstrip() != "+++":
        hint = 'Begin the chapter with +++, title = "...", +++ on three lines.'
        if lines[0].rstrip() == "---":
            hint = 'The lines around it are +++, not ---, and between them stands title = "...".'
        raise AuthorError([Problem(file, 1, "the chapter has no front matter", hint)])
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() == "+++":
            return "\n".join(lines[1 : number - 1]), "\n".join(lines[number:]), number + 1
    raise AuthorError([Problem(file, 1, "the front matter is not closed", "End it with a line +++.")])


def fences(text: str, line: int, file: str) -> Iterator[SourceText | SourceFence]:
    """Yield the text's fenced blocks and the prose between them, in order.

    Raises:
        AuthorError: a fence is not closed.

    """
    prose: list[str] = []
    start = line
    lines = text.split("\n")
    number = 0
    while number < len(lines):
        opening = FENCE.match(lines[number])
        if not opening:
            prose.append(lines[number])
            number += 1
            continue
        if prose:
            yield SourceText("\n".join(prose), start)
            prose = []
        end = closing_line(lines, number, opening["marks"])
        if end is None or _opens_own(lines[number + 1 : end], opening["marks"]):
            fact = f"the fence {opening['marks']}{opening['info'].strip()} is not closed"
            hint = f"End the block with a line {opening['marks']}."
            raise AuthorError([Problem(file, line + number, fact, hint)])
        body = "\n".join(lines[number + 1 : end])
        yield SourceFence(opening["info"].strip(), body, line + number, opening["marks"])
        number = end + 1
        start = line + number
    if prose:
        yield SourceText("\n".join(prose), start)


def _opens_own(lines: list[str], marks: str) -> bool:
    """Return whether one of our fences opens inside another: the outer one has lost its end then."""
    openings = filter(None, map(FENCE.match, lines))
    return any(opening["marks"] == marks and kind_of(opening["info"]) in OWN_FENCES for opening in openings)


def kind_of(info: str) -> str:
    """Return the first word after a fence's marks.

    >>> kind_of("scene sobel-edge")
    'scene'
    """
    return info.strip().partition(" ")[0]


def pieces(text: str, line: int, file: str, problems: list[Problem]) -> SourceBody:
    """Return the body as prose, our own fences, and beats; add what is wrong to the problems."""
    cutter = _Cutter(text, file, problems)
    whole = False
    with gathering(problems):
        for part in fences(text, line, file):
            if isinstance(part, SourceFence):
                cutter.fence(part)
            else:
                for offset, words in enumerate(part.text.split("\n")):
                    cutter.words(words, part.line + offset)
        whole = True
    cutter.end_piece()
    return SourceBody(tuple(cutter.pieces), whole)


class _Cutter:
    """The pieces so far, and the one that is being gathered."""

    def __init__(self, body: str, file: str, problems: list[Problem]) -> None:
        self.body = body
        self.file = file
        self.problems = problems
        self.pieces: list[Piece] = []
        self.narrating = False
        self.stray_told = False
        self.anchor: str | None = None
        self.gathered: list[str] = []
        self.start = 0

    def fence(self, fence: SourceFence) -> None:
        """Take one of our own fences as a piece; leave a code block in its prose."""
        kind = self._meant_kind(fence)
        if kind not in OWN_FENCES:
            lines = [f"{fence.marks}{fence.info}", *fence.text.split("\n"), fence.marks]
            for offset, line in enumerate(lines):
                self._gather(line, fence.line + offset)
            return
        self.end_piece()
        self.pieces.append(replace(fence, info=f"{kind}{fence.info.removeprefix(kind_of(fence.info))}"))
        self.narrating = kind == "scene"
        self.stray_told = False

    def words(self, text: str, line: int) -> None:
        """Take one line that is outside every fence."""
        anchor = ANCHOR.match(text)
        if anchor and self._is_meant(anchor):
            self.end_piece()
            self._check_anchor(anchor, line)
            # Where there is none to read, which is noted, any frame will do.
            self._begin_beat(anchor["anchor"].strip() if anchor["end"] else "all", anchor["rest"], line)
        elif meant := self._nearly_anchor(text):
            hint = f"Write [frame {shortened(meant['anchor'].lower())}]; to show the bracket, \\[."
            fact = f'"[{shortened(meant["inside"])}]" is not an anchor'
            self.problems.append(Problem(self.file, line, fact, hint))
            self.end_piece()
            self._begin_beat(meant["anchor"], meant["rest"], line)
        elif self.narrating and (HEADING.match(text) or RULE.match(text)):
            self.end_piece()
            self.narrating = False
            if HEADING.match(text):
                self._gather(text, line)
        else:
            self._gather(text, line)

    def end_piece(self) -> None:
        """Close the piece that is being gathered; prose that is not a beat's ends the narration."""
        text = "\n".join(self.gathered)
        self._check_misplaced(text)
        if self.anchor is not None:
            self.pieces.append(SourceBeat(self.anchor, text, self.start))
        elif text.strip():
            self.pieces.append(SourceText(text, self.start))
            self.narrating = False
        self.anchor = None
        self.gathered = []

    def _begin_beat(self, anchor: str, text: str, line: int) -> None:
        self.anchor = anchor
        self._gather(text.lstrip(), line)

    def _is_meant(self, anchor: re.Match[str]) -> bool:
        """Tell whether what begins a line like an anchor is one: other words are, where a beat may begin."""
        if self._is_defined(anchor["inside"]):
            return False
        begins = not (self.gathered and self.gathered[-1].strip())
        is_like = re.match(rf"[\s:]*(?:{LIKE_AN_ANCHOR})", anchor["anchor"], re.IGNORECASE)
        return bool(is_like) or (begins and self.narrating and bool(anchor["end"]))

    def _is_defined(self, words: str) -> bool:
        """Tell whether words in brackets are a link whose address stands elsewhere in the chapter."""
        return f"[{words}]:".casefold() in self.body.casefold()

    def _nearly_anchor(self, text: str) -> re.Match[str] | None:
        """Return the anchor that a paragraph of the narration nearly begins with; a link is none."""
        match = NEARLY_ANCHOR.match(text)
        begins = not (self.gathered and self.gathered[-1].strip())
        running = self.narrating and (self.anchor is not None or not any(map(str.strip, self.gathered)))
        if not (match and begins and running) or self._is_defined(match["inside"]):
            return None
        return match if not match["word"] or nearest(match["word"], ["frame"]) else None

    def _meant_kind(self, fence: SourceFence) -> str:
        """Return the kind of a fence; note one of ours that is misspelt, and go on as if it were not."""
        kind = kind_of(fence.info)
        meant = nearest(kind, OWN_FENCES)
        if kind in OWN_FENCES or not meant or is_language(kind):
            return kind
        fact = f'unknown block "{kind}"'
        self.problems.append(Problem(self.file, fence.line, fact, suggestion(kind, OWN_FENCES)))
        return meant

    def _check_anchor(self, anchor: re.Match[str], line: int) -> None:
        """Note a slip; of several beats that have lost their scene, the first is enough."""
        if not anchor["end"]:
            fact = f'the anchor "{anchor[0].strip()}" is not closed'
            self.problems.append(Problem(self.file, line, fact, "Close it, as in [frame 12]."))
        elif not self.narrating and not self.stray_told:
            fact = f'the beat "[frame{anchor["anchor"]}]" has no scene above it'
            hint = (
                "A narration ends at a heading, a --- line, the next scene, listing or figure, and at text "
                "before its first beat; text after a beat belongs to that beat."
            )
            self.problems.append(Problem(self.file, line, fact, hint))
            self.stray_told = True

    def _check_misplaced(self, text: str) -> None:
        """Note the anchors that stand in a list, in bold, or behind other words, and so are none."""
        words = NO_WORDS.sub(lambda match: " " * len(match[0]), without_code(text))
        for anchor in INSIDE.finditer(words):
            place = text.count("\n", 0, anchor.start())
            if self._is_defined(anchor["inside"]):
                continue
            fact = f'the anchor "[{shortened(anchor["inside"])}]" does not begin a paragraph'
            hint = "Put it in front, without a list or bold around it; to show it, write \\[ for its bracket."
            self.problems.append(Problem(self.file, self.start + place, fact, hint))

    def _gather(self, text: str, line: int) -> None:
        if not self.gathered:
            self.start = line
        self.gathered.append(text)
