"""What is drawn of a reel: films, animations and prints, each with the key under which it is kept."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

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
from generator.scenes import Reel
from generator.site import downloads
from generator.site.artifact_kinds import Kind
from generator.site.cache import Made
from generator.site.downloads import PrintFiles
from generator.site.program import digest
from generator.site.showing import showing_of
from generator.site.showing.shown import Showing
from generator.site.theme import Theme


@dataclass(frozen=True)
class Artifact:
    """Files that are made together, and kept together for as long as nothing that decides them changes."""

    kind: Kind
    key: str
    """A digest of everything that decides the files."""
    make: Callable[[], Made]


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


@dataclass(frozen=True, eq=False)
class ReelRenderer:
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
    source: str
    """A digest of what decides every picture: the reel, the look and the program."""

    @property
    def showing(self) -> Showing:
        """Return how the reel is shown."""
        return showing_of(self.reel)

    def artifacts(self) -> Iterator[Artifact]:
        """Yield everything that is drawn of the reel, in the order of the files."""
        yield self._artifact(self._film, "film")
        yield self._artifact(self._animations, "animations", self.pauses)
        if self.showing.has_own_files:
            yield self._artifact(self._answers, "answers")
        if self.shots:
            yield self._artifact(self._frames, "frames", self.shots)
        for paper in PAPERS:
            yield self._artifact(partial(self._sheets, paper), "sheets", paper, self.imprint)
            if self.showing.has_flipbook:
                yield self._artifact(partial(self._flipbook, paper), "flipbook", paper, self.imprint)
            if self.blanks:
                decided_by = (paper, self.imprint, self.blanks)
                yield self._artifact(partial(self._worksheet, paper), "worksheet", *decided_by)

    def _artifact(self, make: Callable[[], Made], kind: Kind, *decided_by: object) -> Artifact:
        """Return an artifact, given all that decides it beside its source; the `repr` says all of that."""
        return Artifact(kind, digest(self.source.encode(), repr((kind, *decided_by)).encode()), make)

    def _film(self) -> Made:
        yield downloads.FILMSTRIP, filmstrip_png(self.reel, self.look.on_screen, self.look.font)

    def _animations(self) -> Made:
        pauses = frozenset(self.pauses)
        made = animations(self.reel, pauses, self.look.on_screen, self.look.font)
        named = zip((downloads.WEBP, downloads.GIF), made, strict=True)
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
        yield from self._pages(downloads.SHEETS, made)
        yield self._pdf(downloads.SHEETS, made)

    def _worksheet(self, paper: Paper) -> Made:
        for names, make in ((downloads.WORKSHEET, worksheet), (downloads.ANSWER_KEY, answer_key)):
            made = make(self.reel, self.blanks, paper, self.imprint)
            yield from self._pages(names, made)
            yield self._pdf(names, made)

    def _flipbook(self, paper: Paper) -> Made:
        made = flipbook(self.reel, paper, self.imprint)
        if made:
            yield self._pdf(downloads.FLIPBOOK, made)

    def _pages(self, names: PrintFiles, made: Print) -> Made:
        pngs = page_pngs(made, self.look.on_paper, self.look.font)
        for page, png in zip(made.pages, pngs, strict=True):
            yield names.png(made.paper, page.name), png

    def _pdf(self, names: PrintFiles, made: Print) -> tuple[str, bytes]:
        return names.pdf(made.paper), print_pdf(made, self.look.on_paper, self.look.font)


def frame_name(number: int) -> str:
    """Return the name of a frame's own picture in its scene's folder.

    >>> frame_name(12)
    'frames/12.png'
    """
    return f"frames/{number}.png"
