"""The checked, frozen record of what an author declared."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from generator.arithmetic import Array, scaled
from generator.scenes.numerals import weight_text

Operation = Literal["cross-correlation", "convolution"]


@dataclass(frozen=True)
class GreyPicture:
    """A picture as grey values: height, width, and one byte a pixel in reading order."""

    height: int
    width: int
    values: bytes


@dataclass(frozen=True, eq=False)
class SceneKernel:
    """A kernel as declared: its weights before scaling, and the scale."""

    name: str
    """The catalogue's name, or "" where the author wrote rows of numbers."""
    weights: Array
    """Shape (KH, KW), unscaled."""
    scale: Fraction
    """Every weight is multiplied by it."""
    asks: str
    """The question this kernel asks of an image, or ""."""

    @property
    def values(self) -> Array:
        """Return the weights times the scale, shape (KH, KW), each rounded once."""
        return scaled(self.weights, self.scale)

    @property
    def texts(self) -> tuple[tuple[str, ...], ...]:
        """Return the scaled weights as they are printed, fractions kept."""
        return tuple(tuple(weight_text(w, self.scale) for w in row) for row in self.weights.tolist())


@dataclass(frozen=True, eq=False)
class Scene:
    """One declared computation with its figure."""

    id: str
    image_name: str
    """The pattern's or file's name, or "" where the author wrote rows of numbers."""
    image: Array
    """Shape (H, W)."""
    shows: str
    """What the image shows, as a clause for listeners; "" where nobody said."""
    kernel: SceneKernel
    operation: Operation
    caption: str
    alt: str
    """The author's own description of the figure, or ""."""
    worksheet: bool
    """Whether a worksheet is asked for."""
    blank: tuple[str, ...]
    """What it leaves empty, in the author's words; none of them means a sensible choice."""
    file: str
    line: int
    """Where the block's opening fence stands."""
