"""The flipbook: leaves that, cut and stacked pile on pile, run in the right order, and a cover around them.

All pages are cut in one go: the leaves that lie under one another in the stack of pages are consecutive
frames, so each pile is in order as it is, and the piles follow one another as one reads.
"""

from collections.abc import Iterator
from math import ceil

from generator.drawing.film.frame import FilmFrame
from generator.drawing.marks import ADVANCE, Drawing, Mark, Words
from generator.drawing.panels.panel import marks_at, marks_left
from generator.drawing.paper.film import LINE, enlarged, films, outline
from generator.drawing.paper.page import HEADER, FrameAt, Imprint, Page, Print, header, rule, wrapped
from generator.drawing.paper.papers import Paper, Room, pixels
from generator.drawing.stages import stage_of
from generator.scenes import Reel

COLUMNS, ROWS = 2, 4
LEAVES = COLUMNS * ROWS
MOST_LEAVES = 120
"""No stapler goes through more."""
TICK = 36
"""Pixels by which cutting lines stand out of the leaves."""
BINDING = round(pixels(14))
"""The binding edge at the left of every leaf, kept free for the staples."""
STAPLE = round(pixels(8))
STAPLES = (0.3, 0.7)
"""Where the staples go, over the leaf's height."""
PADDING = 30
DASH = 12
"""Pixels of a fold's dashes, which stand two dashes apart."""
NUMBER_SIZE = 44
TEXT_SIZE = 34
LEADING = 58
SMALL_SIZE, SMALL_LEADING = 26, 38
BACK_LINES = 12
"""More do not fit the cover's back."""
TITLE_SIZE = 64
TITLE_LINES = 2
PICTURE_SHARE = 0.6
"""Of the cover's height, for its picture."""


def flipbook(reel: Reel, paper: Paper, imprint: Imprint) -> Print | None:
    """Return cover and leaves; nothing where frames are too few to flip, too many to staple, or too large."""
    count = len(reel.frames)
    if not 2 <= count <= MOST_LEAVES:
        return None
    room = leaf_room(paper, 0)
    width, height = room.size[0] - BINDING - 2 * PADDING, room.size[1] - 2 * PADDING
    fitting = (film for film in films(reel) if film.size[0] <= width and film.size[1] <= height)
    smallest = next(fitting, None)
    if smallest is None:
        return None
    film = enlarged(smallest, width, height)
    pages = ceil(count / LEAVES)
    leaves = (_page(film, paper, imprint, page, pages) for page in range(pages))
    return Print(
        f"Flipbook · {imprint.title}",
        imprint.course,
        paper,
        film,
        (_cover(reel, paper, imprint, pages), *leaves),
    )


def leaf_room(paper: Paper, place: int) -> Room:
    """Return where a leaf lies on a page; places are counted from 0, as one reads."""
    left, top, right, bottom = paper.room
    width = (right - left - 2 * TICK) // COLUMNS
    height = (bottom - top - HEADER - 2 * TICK) // ROWS
    row, column = divmod(place, COLUMNS)
    x, y = left + TICK + column * width, top + HEADER + TICK + row * height
    return Room(x, y, x + width, y + height)


def frame_number(page: int, place: int, pages: int) -> int:
    """Return which frame, from 1, lies at a place of a page, both from 0: piles hold consecutive frames.

    >>> [frame_number(page, 0, 4) for page in range(4)], frame_number(0, 1, 4)
    ([1, 2, 3, 4], 5)
    """
    return place * pages + page + 1


def _page(film: FilmFrame, paper: Paper, imprint: Imprint, page: int, pages: int) -> Page:
    numbers = [frame_number(page, place, pages) for place in range(LEAVES)]
    rooms = [leaf_room(paper, place) for place in range(LEAVES)]
    leaves = [
        (film.reel.frames[number - 1], room)
        for number, room in zip(numbers, rooms, strict=True)
        if number <= len(film.reel.frames)
    ]
    placed = tuple(FrameAt(frame, *_corner(film, room)) for frame, room in leaves)
    head = header(imprint, paper.room, f"flipbook, page {page + 1} of {pages}")
    drawings = [head, _cutting_lines(rooms)]
    for leaf, (frame, room) in zip(placed, leaves, strict=True):
        drawings.append(Drawing((*_binding(room, str(frame.number)), outline(_around(film, leaf)))))
    return Page(str(page + 1), tuple(drawings), placed)


def _corner(film: FilmFrame, room: Room) -> tuple[int, int]:
    """Return where a frame's corner lies on its leaf: in the middle of what the binding leaves free."""
    width, height = film.size
    return (
        room.left + BINDING + (room.size[0] - BINDING - width) // 2,
        room.top + (room.size[1] - height) // 2,
    )


def _around(film: FilmFrame, leaf: FrameAt) -> Room:
    width, height = film.size
    return Room(leaf.x - LINE, leaf.y - LINE, leaf.x + width + LINE, leaf.y + height + LINE)


def _cutting_lines(rooms: list[Room]) -> Drawing:
    """Return the lines to cut along; they stand out of the leaves as marks for a cutter."""
    left, top = rooms[0].left, rooms[0].top
    right, bottom = rooms[-1].right, rooms[-1].bottom
    columns, rows = {right, *(room.left for room in rooms)}, {bottom, *(room.top for room in rooms)}
    down = (rule(x, top - TICK, x + LINE, bottom + TICK) for x in sorted(columns))
    across = (rule(left - TICK, y, right + TICK, y + LINE) for y in sorted(rows))
    return Drawing((*down, *across))


def _binding(room: Room, number: str) -> Iterator[Mark]:
    """Yield what stands on the binding edge: where the staples go, and the number of the leaf."""
    x = room.left + BINDING // 2
    yield from _staples(room)
    yield Words(x, room.top + room.size[1] // 2 + NUMBER_SIZE // 3, number, "ink", NUMBER_SIZE, "middle")


def _staples(room: Room) -> Iterator[Mark]:
    """Yield where the staples go, at the left of a leaf or of the cover's front."""
    x = room.left + BINDING // 2
    for share in STAPLES:
        y = round(room.top + share * room.size[1])
        yield rule(x, y - STAPLE // 2, x + LINE, y + STAPLE // 2, "muted")


def _cover(reel: Reel, paper: Paper, imprint: Imprint, pages: int) -> Page:
    """Return the page with the cover, to be cut out and folded, and with the way to make the book."""
    back, front = leaf_room(paper, 0), leaf_room(paper, 1)
    head = header(imprint, paper.room, "flipbook, cover")
    drawings = (
        head,
        _cutting_lines([Room(back.left, back.top, front.right, front.bottom)]),
        Drawing((*_fold(front), *_staples(front))),
        Drawing((*_front_words(front, imprint, len(reel.frames)), *_back_words(back, imprint))),
        *_picture(reel, front),
        Drawing(tuple(_steps(paper, front.bottom + 2 * LEADING, len(reel.frames), pages))),
    )
    return Page("cover", drawings)


def _fold(front: Room) -> Iterator[Mark]:
    """Yield the dashed line along which the cover is folded."""
    for y in range(front.top, front.bottom, 3 * DASH):
        yield rule(front.left, y, front.left + LINE, min(y + DASH, front.bottom), "muted")
    yield Words(front.left + DASH, front.top - DASH, "fold here", "muted", SMALL_SIZE)


def _front_words(front: Room, imprint: Imprint, frames: int) -> Iterator[Words]:
    left, baseline = front.left + BINDING, front.top + PADDING + TITLE_SIZE
    letters = int((front.right - PADDING - left) / (TITLE_SIZE * ADVANCE))
    for line in _two_lines(imprint.chapter_title, letters):
        yield Words(left, baseline, line, "ink", TITLE_SIZE)
        baseline += round(TITLE_SIZE * 1.15)
    yield Words(left, baseline, f"A flipbook of {frames} frames", "muted", TEXT_SIZE)


def _two_lines(text: str, letters: int) -> list[str]:
    """Return a text in at most two lines, cut with dots where it is longer.

    >>> _two_lines("Edges", 7), _two_lines("Edges, steps, holes and corners", 7)
    (['Edges'], ['Edges,', 'steps,…'])
    """
    lines = wrapped(text, letters)
    return lines if len(lines) <= TITLE_LINES else [lines[0], f"{lines[1][: letters - 1]}…"]


def _back_words(back: Room, imprint: Imprint) -> Iterator[Words]:
    letters = int((back.size[0] - BINDING - 2 * PADDING) / (SMALL_SIZE * ADVANCE))
    lines = [line for text in (imprint.course, imprint.scene) for line in wrapped(text, letters)]
    lines = [*lines, *_hard_wrapped(imprint.address, letters)][:BACK_LINES]
    baseline = back.bottom - PADDING - SMALL_LEADING * (len(lines) - 1)
    for number, line in enumerate(lines):
        yield Words(back.left + PADDING, baseline + SMALL_LEADING * number, line, "muted", SMALL_SIZE)


def _hard_wrapped(text: str, letters: int) -> list[str]:
    """Return a text in lines of so many letters, broken anywhere: an address has no spaces."""
    return [text[at : at + letters] for at in range(0, len(text), letters)]


def _picture(reel: Reel, front: Room) -> Iterator[Drawing]:
    """Yield what stands for the reel, finished, as large as the cover allows."""
    room = front.size[0] - BINDING - 2 * PADDING, front.size[1] * PICTURE_SHARE
    panels = stage_of(reel).portrait(room).panels
    size = sum(panel.size[0] for panel in panels), max(panel.size[1] for panel in panels)
    scale = min(free / length for free, length in zip(room, size, strict=True))
    top = round(front.bottom - PADDING - size[1] * scale)
    left = front.left + BINDING
    if len(panels) == 1:
        finished = tuple(marks_at(panels[0], reel, reel.frames[-1]))
        yield Drawing(finished, round(left + (room[0] - size[0] * scale) / 2), top, scale)
        return
    image, answers = panels
    yield Drawing(tuple(image.still()), left, top, scale)
    right = round(left + image.size[0] * scale + (room[0] - size[0] * scale) / 2)
    yield Drawing(tuple(marks_left(answers, reel.frames)), right, top, scale)


def _steps(paper: Paper, top: int, frames: int, pages: int) -> Iterator[Words]:
    """Yield the way to make the book, numbered."""
    letters = int(paper.room.size[0] / (TEXT_SIZE * ADVANCE)) - 4
    baseline = top
    yield Words(paper.room.left, baseline, "How to make the book", "ink", 44)
    baseline += round(1.4 * LEADING)
    for number, step in enumerate(_step_texts(frames, pages), 1):
        yield Words(paper.room.left, baseline, f"{number}.", "ink", TEXT_SIZE)
        for line in wrapped(step, letters):
            yield Words(paper.room.left + 4 * TEXT_SIZE * ADVANCE, baseline, line, "ink", TEXT_SIZE)
            baseline += LEADING
        baseline += LEADING // 4


def _step_texts(frames: int, pages: int) -> tuple[str, ...]:
    if pages == 1:
        cut, gather = "Cut the next page along all its lines, into eight leaves.", "Gather the leaves"
    else:
        cut = (
            f"Stack the other {pages} pages with page 1 on top, and cut along all their lines, through the "
            "whole stack or page by page: eight piles, each in the order of the pages."
        )
        gather = "Lay the piles onto one another"
    return (
        'Print on one side of the paper, at 100 % (some programs say "actual size"). Stiff paper flips best.',
        f"Lay this cover aside. {cut}",
        f"{gather} as you read: top left on top, under it its neighbour to the right, then the next row. The "
        f"numbers at the left now run from 1 to {frames}; leaves without a number are left over.",
        "Cut out the cover and fold it along the dashed line, the printed side outside. Lay the leaves into "
        "it, number 1 under the title, their numbered edge in the fold.",
        "Knock the leaves even at the fold, and staple through everything at the two marks on the cover. If "
        "the book is too thick for the stapler, hold it with a strong clip.",
        "Open the cover. Hold the book at the staples with the left hand, bend the leaves up with the right "
        "one, and let them slip off the thumb, number 1 first.",
    )
