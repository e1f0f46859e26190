"""What readers may take along of a scene: the names of its files, and the words that ask for more of them.

A scene has what most readers want. The rest is made where somebody asks for it: the course for all of its
scenes, whoever builds it too, or a link in a chapter for the scene whose file it names.
"""

import re
from collections.abc import Iterable
from typing import Literal, get_args

from generator.errors import InvalidValue, suggestion

Also = Literal["a4", "letter", "pages", "gif", "photographs"]
"""What is made where it is asked for: prints on that paper, their pages as pictures, an animation as GIF; of
photographs what others have unasked (animation, prints, films of versions), and whole answers."""
ALSO: tuple[Also, ...] = get_args(Also)
ALL = "all"
"""The word that asks for all of it."""
PaperName = Literal["a4", "letter"]
PAPER_NAMES: tuple[PaperName, ...] = get_args(PaperName)

FRAMES_JSON, FILMSTRIP = "frames.json", "filmstrip.png"
WEBP, GIF = "animation.webp", "animation.gif"
PRINTS = {"sheets": "sheet", "worksheet": "worksheet", "answer-key": "answer-key", "flipbook": "flipbook"}
"""Prints by the name of their PDF, each with what the names of its pages begin with."""
PAGES = re.compile(rf"({'|'.join(PRINTS.values())})-({'|'.join(PAPER_NAMES)})-[1-9][0-9]{{0,3}}\.png")
PDFS = re.compile(rf"({'|'.join(PRINTS)})-({'|'.join(PAPER_NAMES)})\.pdf")
ANSWERS = re.compile(r"result(-[1-9])?\.png")
NUMBERS = re.compile(rf"{FRAMES_JSON}|(input|output)\.npy")
"""What every version of every scene has."""
USUAL = (
    FRAMES_JSON,
    FILMSTRIP,
    WEBP,
    GIF,
    *(f"{name}-{paper}.pdf" for name in PRINTS for paper in PAPER_NAMES),
    *(f"{page}-{paper}-1.png" for page in ("sheet", "worksheet", "answer-key") for paper in PAPER_NAMES),
    *("input.npy", "output.npy", "result.png"),
)
"""Names that a hint may suggest."""


def asked_by_name(name: str, *, is_heavy: bool = False, is_further: bool = False) -> frozenset[Also]:
    """Return what has to be asked for so that a scene has a file of this name, if its kind has one at all.

    Args:
        name: of the file.
        is_heavy: whether the scene shows a photograph.
        is_further: whether the file is one of a further version.

    Raises:
        InvalidValue: no scene has such a file.

    >>> sorted(asked_by_name("sheet-letter-2.png")), sorted(asked_by_name("filmstrip.png"))
    (['letter', 'pages'], [])
    >>> sorted(asked_by_name("sheets-letter.pdf", is_heavy=True))
    ['letter', 'photographs']

    """
    is_light = NUMBERS.fullmatch(name) or (name == FILMSTRIP and not is_further)
    photographs = also_of(["photographs"] if is_heavy and not is_light else [])
    if page := PAGES.fullmatch(name):
        return photographs | also_of([page[2], "pages"])
    if pdf := PDFS.fullmatch(name):
        return photographs | also_of([pdf[2]])
    if name == GIF:
        return photographs | also_of(["gif"])
    if name in USUAL or NUMBERS.fullmatch(name) or ANSWERS.fullmatch(name):
        return photographs
    raise InvalidValue(f'no scene has a file "{name}"', _meant(name))


def also_of(words: Iterable[str]) -> frozenset[Also]:
    """Return what these words ask for.

    Raises:
        InvalidValue: the first that asks for nothing.

    >>> sorted(also_of(["gif", "letter"]))
    ['gif', 'letter']
    >>> also_of(["all"]) == frozenset(ALSO)
    True

    """
    words = tuple(words)
    for word in words:
        if word not in {*ALSO, ALL}:
            fact = f'scenes have nothing called "{word}" on request'
            raise InvalidValue(fact, suggestion(word, (*ALSO, ALL)))
    return frozenset(known for known in ALSO if known in words or ALL in words)


def _meant(name: str) -> str:
    near = suggestion(name, USUAL)
    return near if near.startswith("Did") else f"A scene may have {', '.join(USUAL[:4])} and prints."
