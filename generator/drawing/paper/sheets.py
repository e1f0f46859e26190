"""Sheets: the whole film on paper, as many frames on each as keep their numbers readable."""

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil

from generator.drawing.film.frame import FilmFrame
from generator.drawing.marks import Drawing
from generator.drawing.paper.film import LINE, enlarged, films, holes, outline
from generator.drawing.paper.page import FrameAt, Imprint, Page, Print, below_header, header
from generator.drawing.paper.papers import Paper, Room
from generator.scenes import Frame, Reel

MOST_SHEETS = 24
"""A reel that would need more is drawn with fewer numbers and more frames on a sheet."""


@dataclass(frozen=True, eq=False)
class SheetPlan:
    """How frames stand on sheets of paper: in rows of boxes that share their outlines."""

    film: FilmFrame
    room: Room
    """For the boxes, without the header."""
    columns: int
    rows: int

    @property
    def capacity(self) -> int:
        """Return how many frames a sheet holds."""
        return self.columns * self.rows

    @property
    def sheets(self) -> int:
        """Return how many sheets the reel takes."""
        return ceil(len(self.film.reel.frames) / self.capacity)

    @cached_property
    def grown(self) -> FilmFrame:
        """Return the film as large as the boxes allow."""
        width, height = self.room.size
        return enlarged(self.film, width // self.columns - 2 * LINE, height // self.rows - 2 * LINE)

    def frames(self, sheet: int) -> Sequence[Frame]:
        """Return the frames on a sheet, counted from 0."""
        return self.film.reel.frames[sheet * self.capacity : (sheet + 1) * self.capacity]

    def box(self, place: int) -> Room:
        """Return where the outline of the box at a place of the sheet runs, counted from 0."""
        row, column = divmod(place, self.columns)
        width, height = (
            (length - LINE - LINE // 2) // count  # a line ends a whole thickness right of its place
            for length, count in zip(self.room.size, (self.columns, self.rows), strict=True)
        )
        left, top = self.room.left + LINE // 2 + column * width, self.room.top + row * height
        return Room(left, top, left + width, top + height)

    def room_below(self, room: Room) -> Room:
        """Return what the frames on the last sheet leave free of the room below them."""
        last = len(self.frames(self.sheets - 1)) - 1
        return room._replace(top=self.box(last).bottom)

    def placed(self, frame: Frame, place: int) -> FrameAt:
        """Return where a frame stands: in the middle of its box."""
        box, (width, height) = self.box(place), self.grown.size
        x = box.left + (box.size[0] - width) // 2
        return FrameAt(frame, x, box.top + (box.size[1] - height) // 2)


def sheets(reel: Reel, paper: Paper, imprint: Imprint) -> Print:
    """Return the whole reel on sheets of paper."""
    plan = sheet_plan(reel, paper)
    pages = tuple(_headed(plan, sheet, paper, imprint) for sheet in range(plan.sheets))
    return Print(imprint.title, imprint.course, paper, plan.grown, pages)


def _headed(plan: SheetPlan, sheet: int, paper: Paper, imprint: Imprint) -> Page:
    """Return a sheet, counted from 0, with its header and with the holes of its film."""
    page = sheet_page(plan, sheet)
    head = header(imprint, paper.room, f"sheet {sheet + 1} of {plan.sheets}")
    perforation = (holes(plan.grown, placed) for placed in page.frames)
    return replace(page, drawings=(head, *page.drawings, *perforation))


def sheet_page(plan: SheetPlan, sheet: int) -> Page:
    """Return a sheet, counted from 0, without its header."""
    placed = tuple(plan.placed(frame, place) for place, frame in enumerate(plan.frames(sheet)))
    boxes = Drawing(tuple(outline(plan.box(place)) for place in range(len(placed))))
    return Page(str(sheet + 1), (boxes,), placed)


def sheet_plan(reel: Reel, paper: Paper, blanks: Set[int] = frozenset()) -> SheetPlan:
    """Return the first plan that needs few sheets; the sums and cells of `blanks` stay empty."""
    tried = (_fullest(film, below_header(paper)) for film in films(reel, blanks))
    plans: list[SheetPlan] = []
    for plan in filter(None, tried):
        if plan.sheets <= MOST_SHEETS:
            return plan
        plans.append(plan)
    return plans[-1]


def _fullest(film: FilmFrame, room: Room) -> SheetPlan | None:
    """Return the plan with most frames on a sheet; of a reel that one sheet can hold, the largest frames."""
    width, height = film.size[0] + 2 * LINE, film.size[1] + 2 * LINE
    columns, rows = room.size[0] // width, room.size[1] // height
    if not columns or not rows:
        return None
    count = len(film.reel.frames)
    if count >= columns * rows:
        return SheetPlan(film, room, columns, rows)
    fewer = (SheetPlan(film, room, across, ceil(count / across)) for across in range(1, columns + 1))
    return max((plan for plan in fewer if plan.rows <= rows), key=lambda plan: plan.grown.cut.text)
