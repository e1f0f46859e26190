"""Every number on a sheet: where the layout puts it, and what it must say by `frames.json`."""

import json
from collections.abc import Iterator
from fractions import Fraction
from itertools import chain
from math import floor
from typing import Any, NamedTuple

from generator.drawing.marks import Drawing, Line, Outline, Photo, Tile, Words
from generator.drawing.paper.page import FrameAt, Print
from generator.scenes import Reel, frames_json

Box = tuple[float, float, float, float]
"""Left, top, right and bottom on a sheet, in its pixels."""
INSIDE = 2
"""Units that are left out at the edge of a tile: a frame around it reaches so far in."""
INSIDE_LINE = 1.5
"""Units that are left out of an empty cell, inside its line: the longest numbers will stand close to it."""


class Number(NamedTuple):
    """One number, and the place on its sheet."""

    frame: int
    """From 1."""
    kind: str
    place: int
    """Which one of its kind, in reading order from 0."""
    says: str
    """What it must say; "" where a cell is still empty."""
    box: Box


def numbers_on(made: Print, page: int, texts: "Texts") -> Iterator[Number]:
    """Yield every number that should stand on a sheet, and every cell of the map that should be empty."""
    for placed in made.pages[page].frames:
        said = texts.of(placed.frame.number)
        for kind, boxes in boxes_in(made, placed).items():
            assert len(boxes) == len(said[kind]), f"{len(boxes)} places of kind {kind}"
            for place, (says, box) in enumerate(zip(said[kind], boxes, strict=True)):
                yield Number(placed.frame.number, kind, place, says, box)


def boxes_in(made: Print, placed: FrameAt) -> dict[str, list[Box]]:
    """Return the places of one frame's numbers by kind, each kind in reading order."""
    found: dict[str, list[Box]] = {}
    for drawing in chain(made.film.still(), made.film.moving(placed.frame)):
        for mark in drawing.marks:
            if (
                not isinstance(mark, Words | Photo | Line)
                and mark.part
                and mark.part not in ("window", "target")
            ):
                found.setdefault(mark.part, []).append(_box(drawing, mark, placed))
    return {kind: sorted(boxes, key=lambda box: (box[1], box[0])) for kind, boxes in found.items()}


def _box(drawing: Drawing, mark: Tile | Outline, placed: FrameAt) -> Box:
    """Return the inside of a tile."""
    left, top = placed.x + drawing.x, placed.y + drawing.y
    inside = INSIDE_LINE if mark.part == "empty" else INSIDE
    return (
        left + (mark.x + inside) * drawing.scale,
        top + (mark.y + inside) * drawing.scale,
        left + (mark.x + mark.width - inside) * drawing.scale,
        top + (mark.y + mark.height - inside) * drawing.scale,
    )


class Texts:
    """What the numbers of a reel must say, from its `frames.json` alone."""

    def __init__(self, reel: Reel, denominator: int) -> None:
        """Read the frames; `denominator` is that of the scale which the author declared."""
        self.data: dict[str, Any] = json.loads(frames_json(reel))
        self.denominator = denominator
        self.products = [value for frame in self.data["frames"] for value in _products(frame)]

    def of(self, frame: int) -> dict[str, list[str]]:
        """Return the texts of a frame, from 1, by kind of number and in reading order."""
        shown = self.data["frames"][frame - 1]
        pixels = self.data["input"]["values"][0]
        (weights,) = self.data["kernel"]["values"][0]
        if self.data["operation"] == "convolution":
            weights = [row[::-1] for row in weights[::-1]]
        (row, column), height, width = shown["window"], len(weights), len(weights[0])
        window = [line[column : column + width] for line in pixels[row : row + height]]
        answers = _flat(self.data["output"]["values"][0])
        return {
            "pixel": [decimal(value) for value in _flat(pixels)],
            "factor": [decimal(value) for value in _flat(window)],
            "weight": [self._signed(self._share(value, 9), _flat(weights)) for value in _flat(weights)],
            "product": [self._signed(self._share(value, 4), self.products) for value in _products(shown)],
            "total": [self._result(shown["sum"])],
            "empty": [self._result(value) if n < frame else "" for n, value in enumerate(answers)],
        }

    def signs(self, frame: int) -> tuple[str, str]:
        """Return what stands before a frame's products and before its sum, where both say what is rounded."""
        shown, texts = self.data["frames"][frame - 1], self.of(frame)
        products = [number(text) for text in texts["product"]]
        total = number(texts["total"][0])
        exact = all(map(_is, products, _products(shown)))
        adds_up = _is(total, shown["sum"]) and sum(products) == total
        return "=" if exact else "≈", "Σ" if adds_up else "Σ≈"

    def _result(self, value: float) -> str:
        """Return a sum or an answer: a fraction where no decimal is exact."""
        return decimal(value) if _is(number(decimal(value)), value) else self._share(value, 4)

    def _share(self, value: float, longest: int) -> str:
        """Return a fraction of the declared scale in lowest terms, if that has few enough signs."""
        exact = Fraction(round(value * self.denominator), self.denominator)
        text = f"{abs(exact.numerator)}/{exact.denominator}"
        if exact.denominator == 1 or len(text) > longest or abs(exact - Fraction(value)) > 1e-9:
            return decimal(value)
        return f"−{text}" if value < 0 else text

    @staticmethod
    def _signed(text: str, beside: list[float]) -> str:
        """Return the text with its plus, where a negative number stands among those beside it."""
        return f"+{text}" if min(beside) < 0 and text != "0" and text[0] != "−" else text


def decimal(value: float) -> str:
    """Return a number rounded to hundredths, halves away from zero, with a true minus.

    >>> decimal(-15.75), decimal(0.125), decimal(3), decimal(-0.5), decimal(0)
    ('−15.75', '0.13', '3', '−0.5', '0')
    """
    whole, hundredths = divmod(floor(abs(Fraction(value)) * 100 + Fraction(1, 2)), 100)
    digits = f"{whole}.{hundredths:02}".rstrip("0").rstrip(".")
    return f"−{digits}" if value < 0 else digits


def number(text: str) -> Fraction:
    """Return the number that a printed text says."""
    return Fraction(text.replace("−", "-").lstrip("+"))


def _is(printed: Fraction, value: float) -> bool:
    return abs(printed - Fraction(value)) <= abs(value) / 10**9


def _products(frame: dict[str, Any]) -> list[float]:
    (rows,) = frame["products"]
    return _flat(rows)


def _flat(rows: list[list[float]]) -> list[float]:
    return [value for row in rows for value in row]
