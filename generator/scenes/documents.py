"""Arrays and frames as JSON has them: a whole number is an integer, also where the array is of floats."""

from collections.abc import Mapping
from typing import Any

from generator.arithmetic import Array
from generator.scenes.numerals import plain_number

MOST_NUMBERS = 4096
"""An array of more stands in a file of its own."""
INPUT_FILE, OUTPUT_FILE = "input.npy", "output.npy"


def layer_head(layer: Mapping[str, Any], image: Array, output: Array) -> dict[str, Any]:
    """Return what is said of a scene of one layer, in order: `layer` is what is said of that."""
    laid = {"transposed": False, "output_padding": (0, 0), **layer}
    spread = laid.pop("output_padding")
    return {
        "operation": laid.pop("operation"),
        "transposed": laid.pop("transposed"),
        "input": shaped(image, INPUT_FILE),
        **laid,
        "output_padding": spread,
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
