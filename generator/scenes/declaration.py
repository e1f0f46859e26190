"""From the TOML of a scene block to a checked `Scene`, with every problem of the block told at once."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from generator.arithmetic import PATTERNS, Array
from generator.errors import AuthorError, InvalidValue, Problem, suggestion
from generator.scenes.check import Check
from generator.scenes.declared_arrays import declared_array
from generator.scenes.ids import DEVICES, ID_FORM, LONGEST_ID, PAGE_IDS
from generator.scenes.kinds import VALUE_FAMILIES, WORDS, meant_kind
from generator.scenes.photographs import check_pixels, picture_planes, transparency_words
from generator.scenes.pixels import Pixels
from generator.scenes.scene import Scene
from generator.scenes.showing import MAX_PIXELS
from generator.scenes.toml_block import TomlBlock, kind_text

ImageReader = Callable[[str], Pixels]
"""Reads a picture under `images/` by its name; raises `InvalidValue`."""

PICTURE_NAME = re.compile(r"[/\\]|\.[A-Za-z]{3,4}$")


def checked_scene(block: TomlBlock, values: Mapping[str, Any], read_image: ImageReader) -> Scene:
    """Return the scene of a block's values.

    Args:
        block: says where each key stands.
        values: the keys with their values, as they were written.
        read_image: reads a picture that the block names.

    Raises:
        AuthorError: everything that is wrong with these values.

    """
    word = values.get("kind")
    if isinstance(word, str) and word not in WORDS:  # what else is wrong depends on the kind that is meant
        fault = InvalidValue(
            f'unknown kind "{word}"', suggestion(word, ("compare", "switch", *WORDS)), "kind"
        )
        raise AuthorError([block.problem(fault)])
    kind = meant_kind(values)
    misplaced = kind.misplaced(block, values)
    given, problems = block.checked(kind.keys, {key: values[key] for key in values if key not in misplaced})
    problems += misplaced.values()
    check = Check(block, given, problems)
    check("id", _check_id)
    check("blank", _check_blank)
    reader = _NotingReader(block, read_image)
    chosen = "frames" in values or kind.takes_photographs
    image = check(
        "image", lambda declared: _image(declared, reader, colour=bool(given.get("colour")), chosen=chosen)
    )
    check.line = image is not None and image.shape[1] == 1
    made = kind.scene(check, image, _common(block, given, image))
    if problems or image is None or made is None:
        raise AuthorError(problems)
    return replace(made, warnings=(*reader.notes, *made.warnings))


class _NotingReader:
    """Reads pictures, and notes what becomes of them."""

    def __init__(self, block: TomlBlock, read_image: ImageReader) -> None:
        self.block = block
        self.read_image = read_image
        self.notes: list[Problem] = []

    def __call__(self, name: str) -> Pixels:
        picture = self.read_image(name)
        if picture.transparent:
            fault = InvalidValue(*transparency_words(name, picture), key="image")
            self.notes.append(replace(self.block.problem(fault), is_note=True))
        return picture


def _common(block: TomlBlock, given: Mapping[str, Any], image: Array | None) -> dict[str, Any]:
    """Return the fields of a scene that every kind has, as far as they are right."""
    name, shows = _image_words(given.get("image", ""))
    blank = given.get("blank", [])
    return {
        "id": given.get("id", ""),
        "image_name": name,
        "image": image,
        "shows": shows,
        "caption": given.get("caption", ""),
        "alt": given.get("alt", ""),
        "worksheet": given.get("worksheet", "blank" in given),
        "blank": (blank,) if isinstance(blank, str) else tuple(blank),
        "file": block.file,
        "line": block.line,
    }


def _check_id(scene_id: str) -> None:
    if not ID_FORM.fullmatch(scene_id):
        plain = re.sub(r"[^a-z0-9]+", "-", scene_id.lower()).strip("-")
        example = plain if ID_FORM.fullmatch(plain) else "edge-1"
        hint = f'Use small letters, digits and hyphens, as in "{example}".'
        raise InvalidValue(f'"{scene_id}" cannot be an id', hint)
    if len(scene_id) > LONGEST_ID:
        raise InvalidValue(f"the id has {len(scene_id)} signs", f"It may have {LONGEST_ID}.")
    for names, reason in (
        (DEVICES, "a name that Windows keeps for itself"),
        (PAGE_IDS, "taken by the page itself"),
        (VALUE_FAMILIES, f"the beginning of values such as {{{scene_id}.…}}"),
    ):
        if scene_id in names:
            raise InvalidValue(f'the id "{scene_id}" is {reason}', f'Add a word, as in "{scene_id}-1".')


def _image(declared: str | list[Any], read_image: ImageReader, *, colour: bool, chosen: bool) -> Array:
    """Return an image, shape (C, H, W); `chosen` frames allow a photograph."""
    is_picture = isinstance(declared, str) and declared not in PATTERNS and PICTURE_NAME.search(declared)
    if colour and not is_picture:
        fact = "colour is true, and the image is no picture from a file"
        raise InvalidValue(fact, "Leave colour out; numbers in colour are three planes.", "colour")
    if isinstance(declared, list):
        pixels = declared_array(declared, "image")
        pixels = pixels if pixels.ndim == 3 else pixels[np.newaxis]
        way_out = (
            f"A scene shows every number, so it holds at most {MAX_PIXELS:,} (64×64); crop or shrink it."
        )
        check_pixels(pixels.shape[1], pixels.shape[2], MAX_PIXELS, way_out)
        return pixels
    if declared in PATTERNS:
        return np.array(PATTERNS[declared].pixels)[np.newaxis]
    if is_picture:
        return picture_planes(declared, read_image(declared), colour=colour, chosen=chosen)
    raise InvalidValue(f'unknown image "{declared}"', suggestion(declared, PATTERNS))


def _image_words(declared: str | list[Any]) -> tuple[str, str]:
    """Return the image's name and what it shows, as far as they are known."""
    if isinstance(declared, list):
        return "", ""
    return declared, PATTERNS[declared].shows if declared in PATTERNS else ""


def _check_blank(declared: str | list[Any]) -> None:
    """Refuse a list of blanks that is empty, or holds something that is not text."""
    if declared == []:
        raise InvalidValue("the list of blanks is empty", 'Write one, as in blank = ["out peak", "row 2"].')
    for number, words in enumerate(declared, 1):
        if not isinstance(words, str):
            fact = f"blank {number} is {kind_text(words)}, not text"
            raise InvalidValue(fact, 'Write it in quotes, as in blank = ["out peak", "12"].', row=number)
