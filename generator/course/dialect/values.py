"""`{sum}` in prose becomes a number of the reel, so that text cannot contradict the figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import InlineProcessor
from markdown.util import AtomicString

from generator import scenes
from generator.course.dialect.reading import Reading
from generator.course.text_parts import without_code
from generator.errors import InvalidValue, suggestion
from generator.scenes.narration import frame_range
from generator.scenes.numerals import ALMOST, worth_of
from generator.scenes.ranges import FrameRange

if TYPE_CHECKING:
    from generator.scenes import Reel

VALUE = r"(?P<equals>(?<![<>!=:])=[ \u00a0]*)?\{(?P<words>[A-Za-z][^{}]*)\}"
"""Behind an equals sign, of which nothing is left where the value is about so much: one sign is enough."""
CLAIM = re.compile(
    r"\{([A-Za-z][^{}]*)\}[ \u00a0]*=[ \u00a0]*(?=\{([A-Za-z][^{}]*)\}(?P<rest>.{,9}))", re.DOTALL
)
"""Two values with an equals sign between them."""
ALONE_BEFORE = re.compile(r"(?:\A|[.,;:(|]|(?<![*\w])\*\*?|(?<![\\\w])[^\W\d_]{2,})\s*\Z")
ALONE_AFTER = re.compile(r"\s*(?:\Z|[.,;:)!?|](?!\d)|\*\*?(?!\s*[\w{])|\s[^\W\d_]{2,})")
"""What may stand before and behind two such values that are all there is of both sides."""
OPEN_VALUE = r"\{(?P<words>(?=[a-z]{3})[a-z]+(?:\.[a-z]+)*)[^{}\n\x02]*"
"""A value without its end, once those with one are taken out; fewer letters may be a set's, as in {a, b."""
LISTS = frozenset({"sums", "answers"})
"""Values that have a number for each frame."""
BETWEEN = ", "
VALUE_NAME = re.compile(r"(?P<scene>[a-z][a-z0-9-]*)(?:\[(?P<anchor>[^\]]*)\])?\.(?P<name>.+)")


def value_text(reading: Reading, words: str, received: str) -> str:
    """Return the text of `{words}`; where there is none, note a problem and return `received`."""
    try:
        return _value(reading, words)
    except InvalidValue as fault:
        reading.note(fault, received)
        return received


def with_values(reading: Reading, text: str) -> str:
    """Return text without markup with its values filled in."""
    filled = re.sub(rf"(?<!\\){VALUE}", lambda match: "".join(_with_sign(reading, match)), text)
    return filled.replace("\\{", "{")


def _with_sign(reading: Reading, match: re.Match[str]) -> tuple[str, str]:
    """Return the sign in front of a value, and its text."""
    received = f"{{{match['words']}}}"
    sign, text = match["equals"] or "", value_text(reading, match["words"], received)
    return ("" if text.startswith(ALMOST) else sign), text


def remark_false_claims(reading: Reading, text: str) -> None:
    """Note the equations between two values that do not hold."""
    for match in CLAIM.finditer(without_code(text)):
        before = text[max(0, match.start() - 20) : match.start()]
        if not (ALONE_BEFORE.search(before) and ALONE_AFTER.match(match["rest"])):
            continue
        try:
            one, other = (_value(reading, words) for words in match.groups()[:2])
        except InvalidValue:  # it is noted where the value is filled in
            continue
        worths = worth_of(one), worth_of(other)
        if None not in worths and worths[0] != worths[1]:
            hint = "Write what is left out too, such as the bias, or other words than =."
            fault = InvalidValue(f"this reads {one} = {other}, which is not so", hint)
            reading.remark(fault, match[0])


def version_id(reel: Reel) -> str:
    """Return what names one version of a scene in prose."""
    return f"{reel.scene.id}-{reel.scene.version}"


def unbroken(arithmetic: str) -> str:
    """Return a value with spaces that a line is not broken at, so that a term or a sign keeps its number.

    >>> unbroken("1 × −1 = −1, −1 + 0 − 2").replace("\u00a0", "_")
    '1_×_−1_=_−1, −1 +_0 −_2'
    """
    return re.sub(r"(?<=[+−]) | (?=[×=≈])|(?<=[×=≈]) ", "\u00a0", arithmetic)


class Value(InlineProcessor):
    """`{sum}` becomes a number of the reel."""

    def __init__(self, reading: Reading, pattern: str = VALUE) -> None:
        """Read values off the reels of a reading."""
        super().__init__(pattern)
        self.reading = reading

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        """Return the number in an element of its own."""
        sign, text = _with_sign(self.reading, m)
        element = Element("span", {"class": "value"})
        moments = _moments(self.reading, m["words"], text)
        if moments:
            element.extend(_momentary(moments))
        else:
            element.text = AtomicString(unbroken(text))
        return element, m.start(0) + len(sign), m.end(0)


def _moments(reading: Reading, words: str, text: str) -> list[tuple[int, str]]:
    """Return the numbers of a value, each with the frame that shows it, in a beat about several frames."""
    words, frames = words.strip(), reading.frames
    name = "" if "[" in words else words.split(".", 1)[-1]
    if reading.reel is None or frames is None or frames.first == frames.last:
        return []
    if not {words, name} & set(reading.reel.frame_values):
        return []
    numbers = range(frames.first, frames.last + 1)
    listed = text.split(BETWEEN) if words in LISTS else []
    return list(zip(numbers, listed, strict=True)) if len(listed) == len(numbers) else [(frames.last, text)]


def _momentary(moments: list[tuple[int, str]]) -> Iterator[Element]:
    """Yield each number, with the comma before it, in an element that says which frame shows it."""
    for at, (frame, text) in enumerate(moments):
        element = Element("span", {"class": f"of-{frame}"})
        element.text = AtomicString((BETWEEN if at else "") + unbroken(text))
        yield element


class OpenValue(Value):
    """`{sum and so on` is told, and stays as it is."""

    def __init__(self, reading: Reading) -> None:
        """Note slips of a reading."""
        super().__init__(reading, OPEN_VALUE)

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[None, None, None]:  # type: ignore[override]  # noqa: N802
        """Note a value of a beat that has no end; a brace in front of any other word is a brace."""
        if not (self.reading.reel or self.reading.silent):
            return None, None, None
        meant = next((value for value in sorted(scenes.EVERY_VALUE) if value.startswith(m["words"])), "")
        if meant:
            hint = f"Close it, as in {{{meant}}}, or write \\{{ for a brace."
            self.reading.note(InvalidValue(f'the value "{{{m["words"]}" has no closing brace', hint), m[0])
        return None, None, None


def _value(reading: Reading, written: str) -> str:
    words = " ".join(written.split())
    match = VALUE_NAME.fullmatch(words)
    network = reading.surroundings.networks.get(match["scene"]) if match else None
    if match and network and match["anchor"] is None:
        return network.value(match["name"])
    return _of_scene(reading, words, match)


def _of_scene(reading: Reading, words: str, match: re.Match[str] | None) -> str:
    reels, broken = reading.surroundings.reels, reading.surroundings.broken
    versions = reading.surroundings.versions
    if match and match["scene"] in broken:
        return words
    if match and (reel := reels.get(match["scene"], versions.get(match["scene"]))):
        return _qualified_value(match, reel)
    if match and (version := _version(reading, match["scene"])):
        return _version_value(reading, match, version)
    if match and (match["anchor"] is not None or match["scene"] not in scenes.VALUE_FAMILIES):
        if "" in broken:
            return words
        hint = suggestion(match["scene"], reels) or "It has none."
        raise InvalidValue(f'the value "{{{words}}}" names no scene of this chapter', hint)
    if reading.silent:
        return words
    if reading.reel is None:
        scene = next(iter(reels), "sobel-edge")
        hint = f"Name its scene, as in {{{scene}.output.width}}, or write \\{{ for a brace."
        raise InvalidValue(f'the value "{{{words}}}" stands outside a beat', hint)
    return scenes.reel_value(reading.reel, words, reading.frames)


def _qualified_value(match: re.Match[str], reel: Reel) -> str:
    try:
        frames = None if match["anchor"] is None else frame_range(match["anchor"], reel)
    except InvalidValue as fault:
        raise InvalidValue(f'in "{{{match[0]}}}", {fault.message}', fault.hint) from None
    return scenes.reel_value(reel, match["name"], frames, written=match[0])


def _version(reading: Reading, name: str) -> Reel | None:
    """Return the version of that name of the scene that is being told, if it has one."""
    reel = reading.reel
    return reading.surroundings.versions.get(f"{reel.scene.id}-{name}") if reel else None


def _version_value(reading: Reading, match: re.Match[str], version: Reel) -> str:
    """Return the value of a version at the frame that it shows while the first shows the beat's."""
    reel, frames = reading.reel, reading.frames
    if match["anchor"] is not None or frames is None or reel is None:
        return _qualified_value(match, version)
    counts = len(reel.frames), len(version.frames)
    shown = (scenes.frame_of_version(frame, *counts) for frame in (frames.first, frames.last))
    return scenes.reel_value(version, match["name"], FrameRange(*shown), written=match[0])
