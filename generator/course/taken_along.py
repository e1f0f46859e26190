"""What readers may take along of a scene: the names of its files, and the words that ask for more of them.

A scene has what most readers want. The rest is made where somebody asks for it: the course for all of its
scenes, whoever builds it too, or a link in a chapter for the scene whose file it names.
"""

import re
from collections.abc import Iterable
from typing import Literal, get_args

from generator.errors import InvalidValue, suggestion

Also = Literal["a4", "letter", "pages", "gif"]
"""What is made where it is asked for: prints on that paper, their pages as pictures, an animation as GIF."""
ALSO: tuple[Also, ...] = get_args(Also)
PaperName = Literal["a4", "letter"]
PAPER_NAMES: tuple[PaperName, ...] = get_args(PaperName)

FRAMES_JSON, FILMSTRIP = "frames.json", "filmstrip.png"
WEBP, GIF = "animation.webp", "animation.gif"
PRINTS = {"sheets": "sheet", "worksheet": "worksheet", "answer-key": "answer-key", "flipbook": "flipbook"}
"""Prints by the name of their PDF, each with what the names of its pages begin with."""
PAGES = re.compile(rf"({'|'.join(PRINTS.values())})-({'|'.join(PAPER_NAMES)})-[1-9][0-9]{{0,3}}\.png")
PDFS = re.compile(rf"({'|'.join(PRINTS)})-({'|'.join(PAPER_NAMES)})\.pdf")
OTHERS = re.compile(r"result(-[1-9])?\.png|(input|output)\.npy")
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


def asked_by_name(name: str) -> frozenset[Also]:
    """Return what has to be asked for so that a scene has a file of this name, if its kind has one at all.

    Raises:
        InvalidValue: no scene has such a file.

    >>> sorted(asked_by_name("sheet-letter-2.png")), sorted(asked_by_name("filmstrip.png"))
    (['letter', 'pages'], [])

    """
    if page := PAGES.fullmatch(name):
        return also_of([page[2], "pages"])
    if pdf := PDFS.fullmatch(name):
        return also_of([pdf[2]])
    if name == GIF:
        return also_of(["gif"])
    if name in USUAL or OTHERS.fullmatch(name):
        return frozenset()
    raise InvalidValue(f'no scene has a file "{name}"', _meant(name))


def also_of(words: Iterable[str]) -> frozenset[Also]:
    """Return what these words ask for.

    Raises:
        InvalidValue: the first that asks for nothing.

    >>> sorted(also_of(["gif", "letter"]))
    ['gif', 'letter']

    """
    words = tuple(words)
    for word in words:
        if word not in ALSO:
            fact = f'scenes have nothing called "{word}" on request'
            raise InvalidValue(fact, suggestion(word, ALSO))
    return frozenset(known for known in ALSO if known in words)


def _meant(name: str) -> str:
    near = suggestion(name, USUAL)
    return near if near.startswith("Did") else f"A scene may have {', '.join(USUAL[:4])} and prints."
