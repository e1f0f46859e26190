"""Arrays and frames as JSON has them: a whole number is an integer, also where the array is of floats."""

from collections.abc import Mapping
from typing import Any

from generator.arithmetic import Array, Pair
from generator.scenes.numerals import plain_number

MOST_NUMBERS = 4096
"""An array of more stands in a file of its own."""
INPUT_FILE, OUTPUT_FILE = "input.npy", "output.npy"


def layer_head(
    layer: Mapping[str, Any], image: Array, output: Array, spread: Pair | None = None
) -> dict[str, Any]:
    """Return what is said of a scene of one layer, in order: `layer` is what is said of that.

    `spread` is the output padding of a layer that spreads its image; None where windows slide.
    """
    laid = dict(layer)
    return {
        "operation": laid.pop("operation"),
        "transposed": spread is not None,
        "input": shaped(image, INPUT_FILE),
        **laid,
        "output_padding": spread or (0, 0),
        "output": shaped(output, OUTPUT_FILE),
    }


def shaped(array: Array, file: str = "") -> dict[str, Any]:
    """Return an array with its shape, or the file that holds its numbers where they are too many."""
    if file and array.size > MOST_NUMBERS:
        return {"shape": array.shape, "file": file}
    return {"shape": array.shape, "values": nested(array)}


def nested(array: Array) -> list[Any]:
    """Return nested lists in which a whole number is an `int`."""
    return whole(array.tolist())


def whole(numbers: list[Any]) -> list[Any]:
    """Return nested lists in which a whole number is an `int`."""
    return [whole(item) if isinstance(item, list) else plain_number(item) for item in numbers]
