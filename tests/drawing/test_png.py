"""PNG files of palette indices: what Pillow reads back is what was written."""

from io import BytesIO

import pytest
from PIL import Image

from generator.drawing.pens.png import ROWS_AT_ONCE, indexed_png, with_few_colours

COLOURS = [(shade, 255 - shade, shade // 2) for shade in range(0, 240, 15)]


def pattern(width: int, height: int, colours: int) -> Image.Image:
    picture = Image.new("P", (width, height))
    picture.putdata([(x * y + x // 3) % colours for y in range(height) for x in range(width)])
    return picture


def row(*indices: int) -> Image.Image:
    return Image.frombytes("P", (len(indices), 1), bytes(indices))


@pytest.mark.parametrize("count", [2, 16, 17, 200])
@pytest.mark.parametrize(
    "size", [(1, 1), (7, 3), (8, ROWS_AT_ONCE), (33, ROWS_AT_ONCE + 1), (5, 3 * ROWS_AT_ONCE)]
)
def test_a_picture_is_read_back_as_it_was(size: tuple[int, int], count: int) -> None:
    """Of any size, with few colours and with many, every pixel has its colour."""
    colours = [(index, 255 - index, index // 2) for index in range(count)]
    picture = pattern(*size, count)
    read = Image.open(BytesIO(indexed_png(picture, colours, 0, 300)))
    read.load()
    picture.putpalette([part for colour in ((255, 255, 255), *colours[1:]) for part in colour])
    assert read.size == size
    assert read.convert("RGB").tobytes() == picture.convert("RGB").tobytes()


def test_one_index_is_transparent() -> None:
    """The index that is named shows the page, every other one hides it."""
    read = Image.open(BytesIO(indexed_png(row(0, 1, 2), COLOURS, 1, 300))).convert("RGBA")
    assert read.getchannel("A").tobytes() == b"\xff\x00\xff"


@pytest.mark.parametrize("shade", [0, 255, 254])
def test_nothing_vanishes_with_what_is_transparent(shade: int) -> None:
    """No colour is that of the clear index, so that a program that goes by colours hides nothing else."""
    colours = [(0, 0, 0), (shade, shade, shade), (255, 255, 255)]
    read = Image.open(BytesIO(indexed_png(row(0, 1, 2), colours, 0, 300)))
    data = BytesIO()
    read.convert("RGB").save(data, "PNG")
    assert Image.open(data).convert("RGBA").tobytes()[3:] == bytes([0, *[shade] * 3, *[255] * 5])


def test_where_nothing_is_transparent_the_file_says_so() -> None:
    """A picture without the clear index has no transparency at all."""
    read = Image.open(BytesIO(indexed_png(row(0, 2, 3), COLOURS, 1, 300)))
    assert not read.has_transparency_data


def test_few_colours_take_half_a_byte_each() -> None:
    """Up to sixteen colours are stored in four bits, more in eight."""
    assert indexed_png(pattern(8, 8, 16), COLOURS[:16], 0, 300)[24] == 4
    assert indexed_png(pattern(8, 8, 16), [*COLOURS[:16], (9, 9, 9)], 0, 300)[24] == 8


def test_every_chunk_has_its_checksum() -> None:
    """Pillow, told to check everything, finds nothing wrong with the file."""
    with Image.open(BytesIO(indexed_png(pattern(50, 40, 16), COLOURS, 0, 300))) as read:
        read.verify()


def test_colours_that_hardly_differ_give_way_where_that_makes_them_few() -> None:
    """Eighteen greys become sixteen, each at most as far from its own as is said; far ones all stay."""
    near = [(14 * step, 14 * step, 14 * step) for step in range(16)] + [(3, 3, 3), (200, 200, 200)]
    picture = Image.frombytes("P", (18, 1), bytes(range(18)))
    fewer, colours = with_few_colours(picture, near, 5)

    assert len(colours) == 16
    assert all(abs(colours[index][0] - near[before][0]) <= 5 for before, index in enumerate(fewer.tobytes()))
    assert with_few_colours(picture, near, 2) == (picture, near)
