"""Pictures from a file become numbers."""

from contextlib import suppress
from io import BytesIO
from struct import pack
from zlib import compress, crc32

import pytest
from PIL import Image

from generator.drawing import picture_values
from generator.errors import InvalidValue


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    data = BytesIO()
    picture.save(data, kind, lossless=True)
    return data.getvalue()


def test_grey_values_are_those_of_the_picture_in_reading_order() -> None:
    """A grey picture's bytes come out as they went in, with rows before columns."""
    picture = Image.frombytes("L", (3, 2), bytes([0, 50, 100, 150, 200, 255]))
    grey = picture_values(saved(picture), "grey.png")
    assert (grey.height, grey.width) == (2, 3)
    assert list(grey.values) == [0, 50, 100, 150, 200, 255]


def test_colours_are_kept_as_they_are_stored() -> None:
    """Red, green and blue of one pixel stand after one another, also where a file counts its colours."""
    picture = Image.frombytes("RGB", (2, 1), bytes([255, 10, 0, 0, 20, 255]))
    for saved_picture in (picture, picture.quantize(2)):
        colour = picture_values(saved(saved_picture), "colour.png")
        assert (colour.height, colour.width, colour.channels) == (1, 2, 3)
        assert list(colour.values) == [255, 10, 0, 0, 20, 255]


def test_greys_of_16_bits_become_greys_of_8() -> None:
    """The brightest of 65,535 becomes 255, and half as bright stays half as bright."""
    deep = Image.frombytes("I;16", (4, 1), b"".join(v.to_bytes(2, "little") for v in (0, 257, 32768, 65535)))
    assert list(picture_values(saved(deep), "deep.png").values) == [0, 1, 128, 255]


@pytest.mark.parametrize(
    ("orientation", "turned"), [(1, [1, 2, 3, 4, 5, 6]), (3, [6, 5, 4, 3, 2, 1]), (6, [4, 1, 5, 2, 6, 3])]
)
def test_a_picture_stands_as_a_browser_shows_it(orientation: int, turned: list[int]) -> None:
    """A camera that was held sideways says so in the file."""
    picture, exif, data = Image.frombytes("L", (3, 2), bytes([1, 2, 3, 4, 5, 6])), Image.Exif(), BytesIO()
    exif[0x0112] = orientation
    picture.save(data, "PNG", exif=exif)
    upright = picture_values(data.getvalue(), "camera.png")
    assert list(upright.values) == turned
    assert (upright.height, upright.width) == ((3, 2) if orientation == 6 else (2, 3))


def test_a_picture_of_more_than_a_megapixel_is_refused() -> None:
    """Up to 1024×1024 pixels are read, whatever their shape."""
    assert picture_values(saved(Image.new("L", (2048, 512))), "wide.png").width == 2048
    with pytest.raises(InvalidValue, match=r"1025×1024 = 1,049,600 pixels"):
        picture_values(saved(Image.new("L", (1024, 1025))), "tall.png")


def depth_png(depth: int, kind: int, pixels: bytes, width: int, key: bytes) -> bytes:
    """Return a PNG of one row, of a depth and kind that Pillow does not write, with a transparent colour."""
    head = pack(">IIBBBBB", width, 1, depth, kind, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"tRNS", key), (b"IDAT", compress(b"\0" + pixels)), (b"IEND", b""))
    whole = (pack(">I", len(data)) + name + data + pack(">I", crc32(name + data)) for name, data in chunks)
    return b"\x89PNG\r\n\x1a\n" + b"".join(whole)


def with_alpha(mode: str, *pixels: int) -> Image.Image:
    return Image.frombytes(mode, (len(pixels) // len(mode), 1), bytes(pixels))


def clear_first(mode: str, *pixels: int, kind: str) -> bytes:
    """Return a file of one row in whose palette, or among whose colours, that of the first pixel is clear."""
    data, picture = BytesIO(), with_alpha(mode, *pixels)
    if kind == "GIF":
        picture = picture.convert("P")
    first = picture.getpixel((0, 0))
    picture.save(data, kind, transparency=first)
    return data.getvalue()


RGBA = with_alpha("RGBA", 0, 0, 0, 0, 200, 200, 200, 0, 10, 20, 30, 255, 0, 0, 0, 128)
TRANSPARENT: dict[str, tuple[bytes, list[int], int]] = {
    "PNG in colours": (saved(RGBA), [255] * 6 + [10, 20, 30] + [127] * 3, 3),
    "WebP in colours": (saved(RGBA, "WEBP"), [255] * 6 + [10, 20, 30] + [127] * 3, 3),
    "PNG in greys": (saved(with_alpha("LA", 0, 0, 90, 255, 100, 51)), [255, 90, 224], 2),
    "a palette": (saved(RGBA.quantize(4)), [255] * 6 + [10, 20, 30] + [127] * 3, 3),
    "one colour": (clear_first("RGB", 9, 9, 9, 8, 8, 8, kind="PNG"), [255] * 3 + [8] * 3, 1),
    "one grey": (clear_first("L", 9, 9, 8, kind="PNG"), [255, 255, 8], 2),
    "GIF": (clear_first("L", 0, 0, 255, kind="GIF"), [255] * 9, 2),
    "1 bit": (depth_png(1, 0, b"\x80", 2, b"\0\0"), [255, 255], 1),
    "2 bits": (depth_png(2, 0, b"\xe4", 4, b"\0\1"), [255, 170, 255, 0], 1),
    "4 bits": (depth_png(4, 0, b"\x5a", 2, b"\0\5"), [255, 170], 1),
    "16 bits in greys": (depth_png(16, 0, b"\5\5\5\6\xff\xff", 3, b"\5\5"), [255, 5, 255], 1),
    "16 bits in colours": (
        depth_png(16, 2, b"\5\5\6\0\7\0\1\2\3\4\5\6", 2, b"\5\5\6\0\7\0"),
        [255, 255, 255, 1, 3, 5],
        1,
    ),
}


@pytest.mark.parametrize("name", TRANSPARENT)
def test_what_is_transparent_is_laid_on_white_and_counted(name: str) -> None:
    """In whatever way a file says it, and also where it is transparent only in part."""
    data, values, count = TRANSPARENT[name]
    picture = picture_values(data, name)
    assert (list(picture.values), picture.transparent) == (values, count)


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_an_opaque_picture_is_as_it_is_stored(mode: str) -> None:
    """A channel of transparency that hides nothing changes nothing."""
    picture = picture_values(saved(with_alpha(mode, *[7, 8, 9, 255][-len(mode) :] * 2)), "opaque.png")
    assert picture.transparent == 0
    assert picture.values == bytes([7, 8, 9] * 2 if mode == "RGBA" else [9] * 2)


@pytest.mark.parametrize("kind", ["PNG", "GIF", "WEBP"])
def test_every_common_kind_of_file_is_read(kind: str) -> None:
    """The kind of file is told by its bytes, not by its name."""
    grey = picture_values(saved(Image.new("L", (4, 3), 90), kind), "picture")
    assert (grey.height, grey.width) == (3, 4)
    assert set(grey.values) == {90}


@pytest.mark.parametrize("data", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 20])
def test_what_is_not_a_picture_is_refused_by_its_name(data: bytes) -> None:
    """The author is told which file it was and what would do."""
    with pytest.raises(InvalidValue) as raised:
        picture_values(data, "dog.png")
    assert raised.value.message == '"dog.png" cannot be read as a picture'
    assert raised.value.hint == "Save it as PNG, JPEG, WebP or GIF."


def test_a_picture_cut_short_is_refused() -> None:
    """Half a file is an author's error and not a crash."""
    whole = saved(Image.effect_noise((64, 64), 90))
    with pytest.raises(InvalidValue, match=r"half\.png"):
        picture_values(whole[: len(whole) // 2], "half.png")


def test_no_broken_byte_makes_a_crash() -> None:
    """A picture with any byte of its head changed is read or refused, never more than that."""
    whole = saved(Image.effect_noise((8, 8), 90))
    for place in range(60):
        broken = whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]
        with suppress(InvalidValue):
            picture_values(broken, "broken.png")


def test_a_picture_of_another_kind_is_refused() -> None:
    """What browsers cannot show is not read either."""
    with pytest.raises(InvalidValue, match=r"scan\.tiff"):
        picture_values(saved(Image.new("L", (4, 3)), "TIFF"), "scan.tiff")


def test_a_picture_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unpacks to a huge picture is an author's error too."""
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10)
    with pytest.raises(InvalidValue, match=r"bomb\.png"):
        picture_values(saved(Image.new("L", (100, 100))), "bomb.png")
