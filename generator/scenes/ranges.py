"""Consecutive frames, as a beat or a value is tied to them."""

from dataclasses import dataclass

from generator.errors import InvalidValue


@dataclass(frozen=True)
class FrameRange:
    """Consecutive frames, both ends included, counted from 1."""

    first: int
    last: int

    def __post_init__(self) -> None:
        """Refuse a range that runs backwards."""
        if self.last < self.first:
            raise InvalidValue(
                f"the frames {self.first}-{self.last} run backwards", f"Write {self.last}-{self.first}."
            )
