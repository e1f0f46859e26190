"""What is drawn of a reel: films, animations and prints, each with the key under which it is kept."""

from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import partial

from generator.course.taken_along import FILMSTRIP, GIF, WEBP
from generator.drawing import RGB, animation_gif, animation_webp, filmstrip_png
from generator.drawing.paper import (
    PAPERS,
    Imprint,
    Paper,
    Print,
    answer_key,
    flipbook,
    frame_pictures,
    page_pngs,
    print_pdf,
    sheets,
    worksheet,
)
from generator.scenes import Reel
from generator.site import downloads
from generator.site.artifact_kinds import Kind, Wanted
from generator.site.cache import Made
from generator.site.downloads import PrintFiles
from generator.site.program import digest
from generator.site.showing import showing_of
from generator.site.showing.shown import Showing
from generator.site.theme import Theme


def papers_of(wanted: Wanted) -> tuple[Paper, ...]:
    """Return the papers on which prints are made."""
    return tuple(paper for paper in PAPERS if paper.name in {wanted.paper, *wanted.also})


Animation = Callable[[Reel, Set[int], Mapping[str, RGB], bytes], bytes]
Form = Callable[[PrintFiles, Print], Made]
"""Makes files of a print."""


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
    is_first: bool
    """Whether it is the scene itself, not a further version of it."""
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

    def artifacts(self, wanted: Wanted) -> Iterator[Artifact]:
        """Yield everything that is drawn of the reel, in the order of the files."""
        if self.showing.has_own_files:
            yield self._artifact(self._answers, "answers")
            if "photographs" in wanted.also:
                yield self._artifact(self._whole_answers, "answers", "whole")
        if self.shots:
            yield self._artifact(self._frames, "frames", self.shots)
        has_all = "photographs" in wanted.also or not self.showing.is_heavy
        if has_all or self.is_first:
            yield self._artifact(self._film, "film")
        if has_all:
            yield from self._animations(wanted)
            for paper in papers_of(wanted):
                yield from self._on(paper, wanted)

    def _animations(self, wanted: Wanted) -> Iterator[Artifact]:
        """Yield what moves; it comes next to the film, for they share their frames."""
        yield self._artifact(partial(self._animation, WEBP, animation_webp), "animations", WEBP, self.pauses)
        if "gif" in wanted.also:
            yield self._artifact(partial(self._animation, GIF, animation_gif), "animations", GIF, self.pauses)

    def _on(self, paper: Paper, wanted: Wanted) -> Iterator[Artifact]:
        """Yield everything that is printed on a paper."""
        yield from self._prints(paper, "pdf", self._pdf)
        if self.showing.has_flipbook:
            yield self._artifact(partial(self._flipbook, paper), "flipbook", paper, self.imprint)
        if "pages" in wanted.also:
            yield from self._prints(paper, "pages", self._pages)

    def _prints(self, paper: Paper, name: str, form: Form) -> Iterator[Artifact]:
        """Yield what is printed on a paper in the form of that name."""
        decided_by = (paper, self.imprint, name)
        yield self._artifact(partial(self._sheets, paper, form), "sheets", *decided_by)
        if self.blanks:
            make = partial(self._worksheet, paper, form)
            yield self._artifact(make, "worksheet", *decided_by, self.blanks)

    def _artifact(self, make: Callable[[], Made], kind: Kind, *decided_by: object) -> Artifact:
        """Return an artifact, given all that decides it beside its source; the `repr` says all of that."""
        return Artifact(kind, digest(self.source.encode(), repr((kind, *decided_by)).encode()), make)

    def _film(self) -> Made:
        yield FILMSTRIP, filmstrip_png(self.reel, self.look.on_screen, self.look.font)

    def _animation(self, name: str, animation: Animation) -> Made:
        yield name, animation(self.reel, frozenset(self.pauses), self.look.on_screen, self.look.font)

    def _answers(self) -> Made:
        yield from self.showing.own_files(self.reel, self.look.on_screen, self.look.in_dark).items()

    def _whole_answers(self) -> Made:
        yield from self.showing.whole_files(self.reel, self.look.on_screen).items()

    def _frames(self) -> Made:
        made = frame_pictures(self.reel, self.shots, self.look.on_paper, self.look.font)
        for number, png in enumerate(made, 1):
            yield printed_name(number), png

    def _sheets(self, paper: Paper, form: Form) -> Made:
        yield from form(downloads.SHEETS, sheets(self.reel, paper, self.imprint))

    def _worksheet(self, paper: Paper, form: Form) -> Made:
        for names, make in ((downloads.WORKSHEET, worksheet), (downloads.ANSWER_KEY, answer_key)):
            yield from form(names, make(self.reel, self.blanks, paper, self.imprint))

    def _flipbook(self, paper: Paper) -> Made:
        made = flipbook(self.reel, paper, self.imprint)
        if made:
            yield from self._pdf(downloads.FLIPBOOK, made)

    def _pages(self, names: PrintFiles, made: Print) -> Made:
        pngs = page_pngs(made, self.look.on_paper, self.look.font)
        for page, png in zip(made.pages, pngs, strict=True):
            yield names.png(made.paper, page.name), png

    def _pdf(self, names: PrintFiles, made: Print) -> Made:
        yield names.pdf(made.paper), print_pdf(made, self.look.on_paper, self.look.font)


def printed_name(number: int) -> str:
    """Return the name of a picture of frames for paper, counted from 1, in its scene's folder.

    >>> printed_name(1), printed_name(2)
    ('printed.png', 'printed-2.png')
    """
    return f"printed-{number}.png" if number > 1 else "printed.png"
