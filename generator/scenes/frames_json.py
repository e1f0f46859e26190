"""The reel as JSON for other programs; `frames.schema.json` beside this module describes it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from generator.arithmetic import Array
from generator.scenes.array_files import INPUT_FILE, MOST_NUMBERS, OUTPUT_FILE
from generator.scenes.numerals import plain_number
from generator.scenes.reel import Frame, Reel
from generator.scenes.scene import Scene

FORMAT = "convolution-frames"
VERSION = 1


def frames_json(reel: Reel, versions: Sequence[tuple[str, str]] = ()) -> bytes:
    """Return the reel as UTF-8 JSON in a stable key order, one frame a line, with a newline at the end.

    Args:
        reel: what to write.
        versions: title and file of every version of the scene, if this is the first of several.

    """
    head = _head(reel)
    if versions:
        head["versions"] = [{"title": title, "file": file} for title, file in versions]
    lines = [b'"%s": %s' % (key.encode(), msgspec.json.encode(value)) for key, value in head.items()]
    frames = b",\n  ".join(msgspec.json.encode(frame) for frame in _frames(reel))
    return b"{" + b",\n ".join(lines) + b',\n "frames": [\n  ' + frames + b"\n ]}\n"


def _head(reel: Reel) -> dict[str, Any]:
    scene = reel.scene
    geometry = scene.geometry
    kind = {} if scene.kind == "convolution" else {"kind": scene.kind}
    named = {"format": FORMAT, "version": VERSION, "id": scene.id, **kind}
    if scene.below:
        layers = [*_layers(reel)]
        return {**named, "input": _shaped(reel.image), "layers": layers, "output": layers[-1]["output"]}
    return {
        **named,
        "operation": scene.pooling or scene.operation,
        "transposed": geometry.transposed,
        "input": _shaped(reel.input, INPUT_FILE),
        **_options(scene),
        "output_padding": geometry.output_padding,
        "output": _shaped(reel.output, OUTPUT_FILE),
    }


def _layers(reel: Reel) -> Iterator[dict[str, Any]]:
    """Yield the layers of a stack from the image on, each with what it makes."""
    layers = reel.scene.layers
    for scene, output in zip(layers, (*(above.image for above in layers[1:]), reel.output), strict=True):
        yield {
            "operation": scene.pooling or scene.operation,
            **_options(scene),
            "output": _shaped(output),
        }


def _options(scene: Scene) -> dict[str, Any]:
    """Return a layer's kernel and everything that decides how it is laid on what it sees."""
    geometry = scene.geometry
    return {
        "kernel": _kernel(scene),
        "bias": _nested(scene.bias),
        "activation": scene.activation,
        "stride": geometry.stride,
        "padding": geometry.padding,
        "padding_mode": geometry.padding_mode,
        "dilation": geometry.dilation,
        "groups": len(scene.image) if scene.pooling else geometry.groups,
    }


def _kernel(scene: Scene) -> dict[str, Any]:
    """Return the weights as declared; pooling has none, but it has a size."""
    if scene.pooling:
        return {"name": None, "shape": scene.kernel.weights.shape}
    return {"name": scene.kernel.name or None, **_shaped(scene.kernel.values)}


def _frames(reel: Reel) -> Iterator[dict[str, Any]]:
    if reel.scene.geometry.transposed:
        yield from _spreading(reel)
        return
    for frame in reel.frames:
        if reel.scene.below:
            yield _cell(frame)
        else:
            yield _pool(reel, frame) if reel.scene.pooling else _window(frame)


def _window(frame: Frame) -> dict[str, Any]:
    return {
        "out": frame.place,
        "window": frame.window,
        "products": _nested(frame.products),
        "sum": plain_number(frame.sum),
    }


def _cell(frame: Frame) -> dict[str, Any]:
    """Return a cell of a stack's last layer and what it sees of each grid below it, the image first."""
    return {
        "out": frame.place,
        "fields": [sight.field for sight in frame.sights],
        "seen": [sight.seen for sight in frame.sights],
        "value": plain_number(frame.value),
    }


def _pool(reel: Reel, frame: Frame) -> dict[str, Any]:
    """Return a pool: an average counts what pads as zeros, the largest does not see it."""
    kept = {"winner": frame.winner} if frame.winner else {"sum": plain_number(frame.sum)}
    rows, columns = reel.window_cells(frame)
    unseen = [bare[columns] for bare in reel.bare[rows]] if frame.winner else []
    values = _nested(frame.products[0])
    for row, line in enumerate(unseen):
        values[row] = [None if bare else value for bare, value in zip(line, values[row], strict=True)]
    return {
        "out": frame.place,
        "window": frame.window,
        "values": values,
        **kept,
        "value": plain_number(frame.value),
    }


def _spreading(reel: Reel) -> Iterator[dict[str, Any]]:
    """Yield each pixel that spreads, with the output so far: it begins with the bias alone."""
    height, width = reel.output_size
    so_far: list[Any] = [[[begun] * width for _ in range(height)] for begun in reel.begun]
    for frame in reel.frames:
        _write(so_far, frame.changes)
        yield {
            "in": frame.place,
            "window": frame.window,
            "patch": _nested(frame.products),
            "output": _whole(so_far),
        }


def _write(planes: list[Any], changes: Mapping[tuple[int, int, int], float]) -> None:
    for (plane, row, column), value in changes.items():
        planes[plane][row][column] = value


def _shaped(array: Array, file: str = "") -> dict[str, Any]:
    """Return an array with its shape, or the file that holds its numbers where they are too many."""
    if file and array.size > MOST_NUMBERS:
        return {"shape": array.shape, "file": file}
    return {"shape": array.shape, "values": _nested(array)}


def _nested(array: Array) -> list[Any]:
    """Return nested lists in which a whole number is an `int`, also where the array is of floats."""
    return _whole(array.tolist())


def _whole(numbers: list[Any]) -> list[Any]:
    return [_whole(item) if isinstance(item, list) else plain_number(item) for item in numbers]
