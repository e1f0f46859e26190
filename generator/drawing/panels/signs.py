"""Signs between the columns of the arithmetic, which say so where what is printed is rounded."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from generator.drawing.marks import MIDDLE, SIGN_SIZE, SIGN_WIDTH, Words
from generator.scenes import Frame
from generator.scenes.numerals import ALMOST

PART = "sign"


@dataclass(frozen=True, eq=False)
class Signs:
    """The signs of a panel: those that no frame changes stand still."""

    frames: tuple[tuple[Words, ...], ...]
    """The signs of each frame, as many in every one and at the same places."""

    def still(self) -> Iterator[Words]:
        """Yield the signs that are the same in every frame."""
        yield from (sign for sign, changes in zip(self.frames[0], self._changes, strict=True) if not changes)

    def moving(self, frame: Frame) -> Iterator[Words]:
        """Yield the signs of a frame that are others in other frames."""
        signs = zip(self.frames[frame.number - 1], self._changes, strict=True)
        yield from (sign._replace(part=PART) for sign, changes in signs if changes)

    @cached_property
    def _changes(self) -> tuple[bool, ...]:
        return tuple(len({sign.text for sign in signs}) > 1 for signs in zip(*self.frames, strict=True))


def sign_before(start: float, middle: float, sign: str, size: float = SIGN_SIZE) -> Words:
    """Return the sign of operation in front of a column that begins at `start`."""
    return Words(start - SIGN_WIDTH / 2, middle + size * MIDDLE, sign, "muted", size, "middle")


def makes(sign: str, is_true: bool) -> str:
    """Return a sign of operation in front of its result, which says so where that is rounded.

    >>> makes("Σ", True), makes("Σ", False)
    ('Σ', 'Σ≈')
    """
    return sign if is_true else f"{sign}{ALMOST}"
