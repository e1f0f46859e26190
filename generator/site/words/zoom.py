"""A zoom, in words."""

from generator.scenes.kinds.zoom import ZoomFrame, ZoomReel, lines_of, lines_text
from generator.scenes.numerals import size_text
from generator.site.words.kind import Output, Words
from generator.site.words.telling import image_words, said
from generator.site.words.window import WindowTable

COLOURS = ("red", "green", "blue")


def _alt(reel: ZoomReel) -> str:
    row, column = (place + 1 for place in reel.scene.at)
    sizes = ", ".join(size_text(*frame.size) for frame in reel.frames)
    around = f"around row {row}, column {column}"
    return f"{image_words(reel)}; windows of it, {sizes} pixels, {around}, each shown as large as the whole."


def _sentence(reel: ZoomReel, frame: ZoomFrame) -> str:
    height, width = frame.size
    rows, columns = (_lines(noun, *lines_of(frame, axis)) for axis, noun in enumerate(("row", "column")))
    told = f"{rows}, {columns}: {height} by {width} pixels"
    return f"{told}; {_pixel(reel)}" if reel.has_numbers(frame.number) else told


def _lines(noun: str, first: int, last: int) -> str:
    return f"{noun}{'s' * (last > first)} {lines_text(first, last)}"


def _pixel(reel: ZoomReel) -> str:
    """Return the numbers of the pixel that all windows lie around."""
    row, column = (place + 1 for place in reel.scene.at)
    numbers = list(map(said, reel.pixel))
    if len(numbers) == len(COLOURS):
        numbers = [f"{colour} {number}" for colour, number in zip(COLOURS, numbers, strict=True)]
    return f"row {row}, column {column} holds {', '.join(numbers)}"


def _rule(_reel: ZoomReel) -> str:
    return "Each window is a part of the one before, and is shown as large as the whole picture."


def _window(_reel: ZoomReel) -> WindowTable:
    return WindowTable(
        (),
        (("rows", ("{subtotal 0}",)), ("columns", ("{subtotal 1}",)), ("pixels", ("{total 0}",))),
    )


ZOOM = Words(
    _alt,
    _sentence,
    _rule,
    _window,
    "windows in order, each with where it lies and what it shows",
    output=Output("last window", "last window"),
)
