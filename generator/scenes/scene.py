"""The checked, frozen record of what an author declared."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from generator.arithmetic import Activation, Array, Geometry, Operation, laid, scaled
from generator.errors import Problem
from generator.scenes.numerals import weight_text

Kind = Literal["convolution", "pooling", "stack"]
PoolingOperation = Literal["max", "average"]
ChoiceForm = Literal["sample", "row", "path"]

Cell = tuple[int, int, int]
"""(channel or filter, row, column)."""

MAX_PIXELS = 64 * 64
"""Of an image whose numbers are all shown, and of its output; a larger one is shown as a photograph."""


@dataclass(frozen=True)
class Picture:
    """A picture's values: height, width, and one byte a pixel and channel in reading order."""

    height: int
    width: int
    values: bytes
    """Grey values, or red, green and blue of one pixel after the other."""
    channels: int = 1
    transparent: int = 0
    """So many pixels were transparent, if only a little, and are laid on white."""


@dataclass(frozen=True)
class FrameChoice:
    """The positions that a reel holds, where it does not hold all."""

    form: ChoiceForm
    words: str
    """As the author wrote it, such as `sample 40`."""
    places: tuple[Cell, ...]
    """The output cells in the order of the frames."""


@dataclass(frozen=True, eq=False)
class SceneKernel:
    """Filters as declared: their weights before scaling, and the scale."""

    name: str
    """The catalogue's name, several with commas between them, or "" where the author wrote numbers."""
    weights: Array
    """Unscaled, shape (O, C / groups, KH, KW), of a transposed scene (C, O / groups, KH, KW)."""
    scale: Fraction
    """Every weight is multiplied by it."""
    asks: str
    """The question this kernel asks of an image, or ""."""

    @property
    def values(self) -> Array:
        """Return the weights times the scale, each rounded once."""
        return scaled(self.weights, self.scale)

    @property
    def size(self) -> tuple[int, int]:
        """Return the (height, width) of every filter."""
        return self.weights.shape[-2], self.weights.shape[-1]

    def laid_texts(self, operation: Operation) -> list[list[list[list[str]]]]:
        """Return the scaled weights as they lie on the window, and as they are printed, fractions kept."""
        weights = laid(self.weights, operation).tolist()
        return [
            [[[weight_text(weight, self.scale) for weight in row] for row in plane] for plane in planes]
            for planes in weights
        ]


@dataclass(frozen=True, eq=False)
class Scene:
    """One declared computation with its figure; of a stack its last layer, and all below it."""

    id: str
    kind: Kind
    image_name: str
    """The pattern's or file's name, or "" where the author wrote rows of numbers."""
    image: Array
    """Shape (C, H, W)."""
    shows: str
    """What the image shows, as a clause for listeners; "" where nobody said."""
    kernel: SceneKernel
    """Of a pooling scene only its size means something."""
    geometry: Geometry
    bias: Array
    """Shape (O,)."""
    activation: Activation | None
    operation: Operation
    pooling: PoolingOperation | None
    """What a pooling scene makes of the pixels under its window."""
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
    choice: FrameChoice | None = None
    """Which of its positions the reel holds; None means all."""
    title: str = ""
    """What this version of the scene is called; "" where there is one only."""
    version: str = ""
    """The same as a name for files."""
    warnings: tuple[Problem, ...] = ()
    """What is lost without being wrong, such as a column that no window reaches, and what is noted."""
    below: tuple["Scene", ...] = ()
    """Of a stack the layers before the last, from the image on: what each makes is the image of the next."""

    @property
    def layers(self) -> tuple["Scene", ...]:
        """Return every layer from the image on; most scenes have one."""
        return (*self.below, self)

    @property
    def image_size(self) -> tuple[int, int]:
        """Return the image's (height, width)."""
        return self.image.shape[1], self.image.shape[2]

    @property
    def output_size(self) -> tuple[int, int]:
        """Return the feature map's (height, width)."""
        return self.geometry.output_size(self.image_size, self.kernel.size)

    @property
    def is_photo(self) -> bool:
        """Tell whether the image has too many pixels to show each as a number."""
        return is_large(self.image)

    @property
    def filters(self) -> int:
        """Return how many feature maps there are; of pooling, one for each channel."""
        weights = self.kernel.weights
        return weights.shape[1] * self.geometry.groups if self.geometry.transposed else len(weights)

    def channels_of(self, plane: int) -> range:
        """Return the channels under the window that make one feature map; not of a transposed scene."""
        each = len(self.kernel.weights) // (len(self.image) if self.pooling else self.geometry.groups)
        channels = 1 if self.pooling else self.kernel.weights.shape[1]
        return range(plane // each * channels, (plane // each + 1) * channels)


def is_large(image: Array) -> bool:
    """Tell whether an image, shape (C, H, W), has too many pixels to show each as a number."""
    _, height, width = image.shape
    return int(height) * int(width) > MAX_PIXELS
