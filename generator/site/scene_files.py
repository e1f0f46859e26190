"""All files of a scene beside its page: data, film, prints, animations; made once, then kept."""

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from generator.course import SceneBlock
from generator.drawing import animations, filmstrip_png
from generator.drawing.paper import (
    PAPERS,
    Imprint,
    Paper,
    Print,
    answer_key,
    flipbook,
    frame_pngs,
    page_pngs,
    print_pdf,
    sheets,
    worksheet,
)
from generator.scenes import frames_json
from generator.site.cache import Cache, Made
from generator.site.theme import Theme

PROGRAM = Path(__file__).parent.parent
DRAWING = ("arithmetic", "scenes", "drawing")
"""The rooms whose code decides how a picture looks."""
LIBRARIES = ("numpy", "pillow", "reportlab")


@dataclass(frozen=True)
class Part:
    """Files that are made together, and kept together for as long as nothing that decides them changes."""

    make: Callable[[], Made]
    decided_by: tuple[object, ...]
    """What decides them, beside the reel, the theme and the program; its `repr` says all of it."""


def scene_files(block: SceneBlock, imprint: Imprint, theme: Theme, kept: Cache) -> dict[str, bytes]:
    """Return every file of a scene by its name in the scene's folder."""
    data = frames_json(block.reel)
    shared = _digest(data, str(block.reel.scene.kernel.scale).encode(), _look(theme), _program())
    files: dict[str, bytes] = {"frames.json": data}
    for part in Studio(block, imprint, theme).parts():
        key = _digest(shared.encode(), repr(part.decided_by).encode())
        files.update(kept.files(key, part.make))
    return files


@dataclass(frozen=True, eq=False)
class Studio:
    """Draws everything of one scene."""

    block: SceneBlock
    imprint: Imprint
    theme: Theme

    def parts(self) -> Iterator[Part]:
        """Yield everything that is made of the scene, in the order of the files."""
        yield Part(self._film, ("film",))
        yield Part(self._animations, ("animations", self.pauses))
        yield Part(self._frames, ("frames",))
        for paper in PAPERS:
            yield Part(partial(self._sheets, paper), ("sheets", paper, self.imprint))
            yield Part(partial(self._flipbook, paper), ("flipbook", paper, self.imprint))
            if self.block.blanks:
                decided_by = ("worksheet", paper, self.imprint, self.block.blanks)
                yield Part(partial(self._worksheet, paper), decided_by)

    @property
    def pauses(self) -> tuple[int, ...]:
        """Return the frames at which the narration pauses."""
        return tuple(sorted({beat.frames.last for beat in self.block.beats}))

    def _film(self) -> Made:
        yield "filmstrip.png", filmstrip_png(self.block.reel, self.theme.on_screen, self.theme.print_font)

    def _animations(self) -> Made:
        pauses = frozenset(self.pauses)
        made = animations(self.block.reel, pauses, self.theme.on_screen, self.theme.print_font)
        yield from zip(("animation.webp", "animation.gif"), made, strict=True)

    def _frames(self) -> Made:
        made = frame_pngs(self.block.reel, self.theme.on_paper, self.theme.print_font)
        for number, png in enumerate(made, 1):
            yield frame_name(number), png

    def _sheets(self, paper: Paper) -> Made:
        made = sheets(self.block.reel, paper, self.imprint)
        yield from self._pages("sheet", made)
        yield self._pdf("sheets", made)

    def _worksheet(self, paper: Paper) -> Made:
        for name, make in (("worksheet", worksheet), ("answer-key", answer_key)):
            made = make(self.block.reel, self.block.blanks, paper, self.imprint)
            yield from self._pages(name, made)
            yield self._pdf(name, made)

    def _flipbook(self, paper: Paper) -> Made:
        made = flipbook(self.block.reel, paper, self.imprint)
        if made:
            yield self._pdf("flipbook", made)

    def _pages(self, name: str, made: Print) -> Made:
        pngs = page_pngs(made, self.theme.on_paper, self.theme.print_font)
        for page, png in zip(made.pages, pngs, strict=True):
            yield f"{name}-{made.paper.name}-{page.name}.png", png

    def _pdf(self, name: str, made: Print) -> tuple[str, bytes]:
        return f"{name}-{made.paper.name}.pdf", print_pdf(made, self.theme.on_paper, self.theme.print_font)


def frame_name(number: int) -> str:
    """Return the name of a frame's own picture in its scene's folder.

    >>> frame_name(12)
    'frames/12.png'
    """
    return f"frames/{number}.png"


def _look(theme: Theme) -> bytes:
    """Return everything about a theme that decides how a picture looks."""
    return repr(theme.palette).encode() + theme.print_font


@cache
def _program() -> bytes:
    """Return what stands for the code that draws, ours and that of the libraries."""
    files = [*sorted(path for room in DRAWING for path in (PROGRAM / room).rglob("*.py")), Path(__file__)]
    versions = (*(version(name) for name in LIBRARIES), zlib.ZLIB_RUNTIME_VERSION)
    return _digest(*(path.read_bytes() for path in files), repr(versions).encode()).encode()


def _digest(*pieces: bytes) -> str:
    """Return a digest of pieces in their order; no other pieces have the same."""
    return sha256(b"".join(sha256(piece).digest() for piece in pieces)).hexdigest()
