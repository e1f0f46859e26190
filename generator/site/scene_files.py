"""All files of a scene beside its page: data, film, prints, animations; made once, then kept."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from generator.course import SceneBlock
from generator.drawing import RGB, animations, filmstrip_png
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
from generator.scenes import Reel, array_files, frames_json
from generator.site.cache import Cache, Made
from generator.site.program import digest, program
from generator.site.showing import showing_of
from generator.site.showing.shown import Showing
from generator.site.theme import Theme


@dataclass(frozen=True)
class Part:
    """Files that are made together, and kept together for as long as nothing that decides them changes."""

    make: Callable[[], Made]
    decided_by: tuple[object, ...]
    """What decides them, beside the reel, the theme and the program; its `repr` says all of it."""


@dataclass(frozen=True)
class Look:
    """What of a theme decides how pictures look."""

    on_screen: Mapping[str, RGB]
    in_dark: Mapping[str, RGB]
    """On a screen, in dark surroundings."""
    on_paper: Mapping[str, RGB]
    font: bytes

    @property
    def digest(self) -> str:
        """Return what stands for all of it."""
        schemes = (self.on_screen, self.in_dark, self.on_paper)
        return digest(repr([sorted(scheme.items()) for scheme in schemes]).encode(), self.font)


def look_of(theme: Theme) -> Look:
    """Return what pictures need of a theme."""
    return Look(dict(theme.on_screen), dict(theme.in_dark), dict(theme.on_paper), theme.print_font)


def scene_files(block: SceneBlock, imprint: Imprint, look: Look, kept: Cache) -> dict[str, bytes]:
    """Return every file of a scene by its name in the scene's folder; other versions have folders in it."""
    files: dict[str, bytes] = {}
    for folder, studio, data in _studios(block, imprint, look):
        named = dict(data)
        for key, part in studio.keyed_parts(data):
            named.update(kept.files(key, part.make))
        files.update({f"{folder}{name}": content for name, content in named.items()})
    return files


def scene_parts(block: SceneBlock, imprint: Imprint, look: Look) -> Iterator[tuple[str, Part]]:
    """Yield everything that is made of a scene, with the key under which it is kept."""
    for _, studio, data in _studios(block, imprint, look):
        yield from studio.keyed_parts(data)


def _studios(
    block: SceneBlock, imprint: Imprint, look: Look
) -> Iterator[tuple[str, "Studio", dict[str, bytes]]]:
    """Yield for each version its folder, its studio and the files of its numbers."""
    versions = [(reel.scene.title, f"{folder_of(block, reel)}frames.json") for reel in block.reels]
    several = len(versions) > 1
    for reel in block.reels:
        own = reel is block.reel
        titled = replace(imprint, scene=f"{imprint.scene} · {reel.scene.title}") if several else imprint
        studio = Studio(
            reel=reel,
            pauses=block.pauses if own else (),
            blanks=block.blanks if own else (),
            shots=block.shots_of(reel),
            imprint=titled,
            look=look,
        )
        document = frames_json(reel, versions if several and own else ())
        yield folder_of(block, reel), studio, {"frames.json": document, **array_files(reel)}


def folder_of(block: SceneBlock, reel: Reel) -> str:
    """Return the folder of a version in that of its scene: none for the first, which is the scene itself."""
    return "" if reel is block.reel else f"{reel.scene.version}/"


@dataclass(frozen=True, eq=False)
class Studio:
    """Draws everything of one reel."""

    reel: Reel
    pauses: tuple[int, ...]
    """The frames at which the narration pauses."""
    blanks: tuple[int, ...]
    """The frames whose sums a worksheet leaves empty."""
    shots: tuple[int, ...]
    """The frames that stand on paper each by itself, beside the text."""
    imprint: Imprint
    look: Look

    @property
    def showing(self) -> Showing:
        """Return how the reel is shown."""
        return showing_of(self.reel)

    def keyed_parts(self, data: Mapping[str, bytes]) -> Iterator[tuple[str, Part]]:
        """Yield every part with its key: a digest of the reel's files and of all else that decides it."""
        drawn_from = repr((self.reel.scene.drawn_from, self.look.digest)).encode()
        shared = digest(*data.values(), drawn_from, program())
        for part in self.parts():
            yield digest(shared.encode(), repr(part.decided_by).encode()), part

    def parts(self) -> Iterator[Part]:
        """Yield everything that is made of the scene, in the order of the files."""
        yield Part(self._film, ("film",))
        yield Part(self._animations, ("animations", self.pauses))
        if self.showing.has_own_files:
            yield Part(self._answers, ("answers",))
        if self.shots:
            yield Part(self._frames, ("frames", self.shots))
        for paper in PAPERS:
            yield Part(partial(self._sheets, paper), ("sheets", paper, self.imprint))
            if self.showing.has_flipbook:
                yield Part(partial(self._flipbook, paper), ("flipbook", paper, self.imprint))
            if self.blanks:
                decided_by = ("worksheet", paper, self.imprint, self.blanks)
                yield Part(partial(self._worksheet, paper), decided_by)

    def _film(self) -> Made:
        yield "filmstrip.png", filmstrip_png(self.reel, self.look.on_screen, self.look.font)

    def _animations(self) -> Made:
        pauses = frozenset(self.pauses)
        made = animations(self.reel, pauses, self.look.on_screen, self.look.font)
        named = zip(("animation.webp", "animation.gif"), made, strict=True)
        yield from ((name, data) for name, data in named if len(data) <= self.showing.most_animated)

    def _answers(self) -> Made:
        yield from self.showing.own_files(self.reel, self.look.on_screen, self.look.in_dark).items()

    def _frames(self) -> Made:
        made = frame_pngs(self.reel, self.look.on_paper, self.look.font)
        for number, png in enumerate(made, 1):
            if number in self.shots:
                yield frame_name(number), png

    def _sheets(self, paper: Paper) -> Made:
        made = sheets(self.reel, paper, self.imprint)
        yield from self._pages("sheet", made)
        yield self._pdf("sheets", made)

    def _worksheet(self, paper: Paper) -> Made:
        for name, make in (("worksheet", worksheet), ("answer-key", answer_key)):
            made = make(self.reel, self.blanks, paper, self.imprint)
            yield from self._pages(name, made)
            yield self._pdf(name, made)

    def _flipbook(self, paper: Paper) -> Made:
        made = flipbook(self.reel, paper, self.imprint)
        if made:
            yield self._pdf("flipbook", made)

    def _pages(self, name: str, made: Print) -> Made:
        pngs = page_pngs(made, self.look.on_paper, self.look.font)
        for page, png in zip(made.pages, pngs, strict=True):
            yield f"{name}-{made.paper.name}-{page.name}.png", png

    def _pdf(self, name: str, made: Print) -> tuple[str, bytes]:
        return f"{name}-{made.paper.name}.pdf", print_pdf(made, self.look.on_paper, self.look.font)


def frame_name(number: int) -> str:
    """Return the name of a frame's own picture in its scene's folder.

    >>> frame_name(12)
    'frames/12.png'
    """
    return f"frames/{number}.png"
