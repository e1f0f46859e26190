"""From a scene to its reel: the windows that slide, the pixels that spread, the pools."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np

from generator.arithmetic import (
    NOTHING,
    Array,
    Numbers,
    Places,
    activated,
    average_pool,
    is_whole,
    laid,
    layer_output,
    layer_patch,
    layer_products,
    lines_under,
    max_pool,
    outputs_of,
    scaled,
    without_noise,
)
from generator.scenes.receptive_field import Sights
from generator.scenes.reel import Frame, Reel, frozen
from generator.scenes.scene import Cell, Scene


def reel_of(scene: Scene) -> Reel:
    """Return every frame of the scene, computed exactly where the numbers are whole.

    Fractions come from the scale alone and are applied after the whole-number sum, so that nine ninths
    are one and not almost one.

    Raises:
        InvalidValue: a sum of whole numbers might not fit into 64 bits, or a pool holds no pixel.

    """
    reel = _pooling_reel(scene) if scene.pooling else _layer_reel(scene)
    return _traced(reel) if scene.below else reel


def _traced(reel: Reel) -> Reel:
    """Return the reel with what each cell sees of the grids below; the sum of a pool is its answer."""
    sights, pools = Sights(reel.scene.layers), reel.scene.pooling
    frames = (
        replace(frame, sights=sights.of(frame.place), sum=frame.value if pools else frame.sum)
        for frame in reel.frames
    )
    return replace(reel, frames=tuple(frames))


def _layer_reel(scene: Scene) -> Reel:
    weights = laid(scene.kernel.weights, scene.operation)
    sums = _sums(scene, weights)
    output = activated(sums, scene.activation)
    if not scene.geometry.transposed:
        return Reel(scene, frozen(output), tuple(_sliding_frames(scene, weights, sums, output)))
    frames = tuple(_spreading_frames(scene, weights))
    for frame in frames:
        for cell, reached in frame.changes.items():
            output[cell] = reached  # fractions depend on the order in which they are added
    return Reel(scene, frozen(output), frames)


def output_of(scene: Scene) -> Array:
    """Return what a scene makes, after the activation, without its frames.

    Raises:
        InvalidValue: as `reel_of`.

    """
    if scene.pooling == "max":
        return max_pool(scene.image, scene.kernel.size, scene.geometry).values
    if scene.pooling:
        return average_pool(scene.image, scene.kernel.size, scene.geometry)
    return activated(_sums(scene, laid(scene.kernel.weights, scene.operation)), scene.activation)


def _sums(scene: Scene, weights: Numbers) -> Array:
    """Return what a layer makes before the activation; fractions that cancel each other leave nothing."""
    image, geometry, bias, scale = scene.image, scene.geometry, scene.bias, scene.kernel.scale
    sums = layer_output(image, weights, geometry, bias, scale=scale)
    if all(map(is_whole, (image, weights, bias))):
        return sums
    reach = layer_output(np.abs(image), np.abs(weights), geometry, np.abs(bias), scale=abs(scale))
    return without_noise(sums, reach, weights.size)


def _sliding_frames(scene: Scene, weights: Numbers, sums: Array, output: Array) -> Iterator[Frame]:
    products = layer_products(scene.image, weights, scene.geometry)
    channels = weights.shape[1]
    filters = len(weights) // scene.geometry.groups
    for number, place in enumerate(_places(scene, output), 1):
        first = place[0] // filters * channels
        exact = products.at(*place)
        value = output[place].item()
        yield Frame(
            number=number,
            place=place,
            window=scene.geometry.window(*place[1:]),
            planes=range(first, first + channels),
            products=frozen(scaled(exact, scene.kernel.scale)),
            running=frozen(_added(exact.ravel(), scene.kernel.scale)),
            channel_sums=frozen(_added(exact.reshape(len(exact), -1), scene.kernel.scale)[..., -1]),
            sum=sums[place].item(),
            value=value,
            changes={place: value},
        )


def _added(parts: Array, scale: Fraction) -> Array:
    """Return what parts add up to one after another, along the last axis; cancelled, they leave nothing."""
    sums = scaled(parts.cumsum(axis=-1), scale)
    if is_whole(parts):
        return sums
    return without_noise(sums, scaled(np.abs(parts).cumsum(axis=-1), abs(scale)), parts.shape[-1])


def _places(scene: Scene, output: Array) -> Iterable[Cell]:
    """Return the output cells that have a frame, in order."""
    if scene.choice:
        return scene.choice.places
    channels, height, width = output.shape
    return product(range(channels), range(height), range(width))


def _spreading_frames(scene: Scene, weights: Numbers) -> Iterator[Frame]:
    """Yield a frame for each pixel, in reading order; the output holds what has reached it so far."""
    geometry, scale = scene.geometry, scene.kernel.scale
    rows, columns = lines_under(geometry, scene.image_size, scene.kernel.size)
    reached: dict[Cell, float] = {}
    reach: dict[Cell, float] = {}
    for number, pixel in enumerate(np.ndindex(*scene.image.shape), 1):
        exact = layer_patch(scene.image, weights, geometry, pixel)
        planes = outputs_of(pixel[0], weights, geometry)
        landing = _landing(exact, planes, rows[pixel[1]], columns[pixel[2]])
        for cell, part in landing.items():
            reached[cell] = reached.get(cell, 0) + part
            reach[cell] = reach.get(cell, 0) + abs(part)
        patch = scaled(exact, scale)
        value = scene.image[pixel].item()
        yield Frame(
            number=number,
            place=pixel,
            window=geometry.window(*pixel[1:]),
            planes=planes,
            products=frozen(patch),
            running=frozen(patch.ravel()),
            channel_sums=frozen(patch.sum(axis=(1, 2))),
            sum=value,
            value=value,
            changes={cell: _so_far(scene, cell, reached[cell], reach[cell]) for cell in landing},
        )


def _landing(patch: Array, planes: range, rows: Array, columns: Array) -> Mapping[Cell, float]:
    """Return what a patch adds to each cell of the output; what is cropped lands nowhere."""
    return {
        (planes[plane], int(rows[row]), int(columns[column])): patch[plane, row, column].item()
        for plane, row, column in np.ndindex(*patch.shape)
        if NOTHING not in (rows[row], columns[column])
    }


def _so_far(scene: Scene, cell: Cell, reached: float, reach: float) -> float:
    """Return the number in an output cell once so much has reached it, of parts with such magnitudes."""
    scale, bias = scene.kernel.scale, scene.bias[cell[0]]
    sums = scaled(np.array([reached]), scale) + bias
    if not is_whole(sums):
        most = scaled(np.array([reach]), abs(scale)) + abs(bias)
        sums = without_noise(sums, most, scene.kernel.weights.size)
    number: float = activated(sums, scene.activation)[0].item()
    return number


def _pooling_reel(scene: Scene) -> Reel:
    if scene.pooling == "max":
        pooled = max_pool(scene.image, scene.kernel.size, scene.geometry)
        output, winners = pooled.values, pooled.places
    else:
        output, winners = average_pool(scene.image, scene.kernel.size, scene.geometry), None
    return Reel(scene, frozen(output), tuple(_pooling_frames(scene, output, winners)))


def _pooling_frames(scene: Scene, output: Array, winners: Places | None) -> Iterator[Frame]:
    geometry, size = scene.geometry, scene.kernel.size
    under = layer_products(scene.image, np.ones((1, len(scene.image), *size), np.int64), geometry)
    inside = layer_products(
        np.ones((1, *scene.image_size), np.int64), np.ones((1, 1, *size), np.int64), geometry
    )
    for number, place in enumerate(_places(scene, output), 1):
        channel, row, column = place
        pixels = under.at(0, row, column)[channel : channel + 1]
        seen = inside.at(0, row, column).astype(bool)
        running, total = _pooled(pixels, seen, scene)
        value = output[place].item()
        yield Frame(
            number=number,
            place=place,
            window=geometry.window(row, column),
            planes=range(channel, channel + 1),
            products=frozen(pixels),
            running=frozen(running),
            channel_sums=frozen(running[-1:]),
            sum=total,
            value=value,
            changes={place: value},
            winner=None if winners is None else (int(winners[place][0]), int(winners[place][1])),
        )


def _pooled(pixels: Array, seen: Array, scene: Scene) -> tuple[Array, float]:
    """Return what is reached pixel by pixel, and in the end: the largest of the image's own, or the sum."""
    if scene.pooling == "average":
        sums = pixels.cumsum()
        return sums, sums[-1].item()
    flat, own = pixels.ravel(), seen.ravel()
    first = int(own.argmax())  # what pads is smaller than any number
    held = np.where(own, flat, flat[first])
    largest = np.maximum.accumulate(held)
    return largest, largest[-1].item()
