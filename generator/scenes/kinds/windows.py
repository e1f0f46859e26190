"""What kinds share whose windows slide: how much there is to look at, and the worksheet that few have."""

from generator.arithmetic import Array
from generator.errors import InvalidValue
from generator.scenes.check import Check
from generator.scenes.frame_choice import FrameChoice
from generator.scenes.layers.layer import Layer
from generator.scenes.limits import Extent


def window_extent(layer: Layer, image: Array, choice: FrameChoice | None) -> Extent:
    """Return how much there is to look at where a layer's windows slide over an image.

    Args:
        layer: what is laid on it.
        image: shape (C, H, W).
        choice: which positions are frames; None means all.

    """
    rows, columns = layer.output_size((image.shape[1], image.shape[2]))
    frames = len(choice.places) if choice else layer.maps * rows * columns
    return Extent(image, layer.maps, (rows, columns), frames, "window positions", layer.numbers_under)


def no_worksheet(check: Check, what: str) -> InvalidValue:
    """Return the fault of a worksheet for a scene that is no plain sum."""
    key = check.worksheet_key
    fact = f"a worksheet leaves sums of one feature map empty, and the scene {what}"
    return InvalidValue(fact, f"Leave {key} out.", key)
