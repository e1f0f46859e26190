"""Pictures from a file become numbers."""

from contextlib import suppress
from io import BytesIO

import pytest
from PIL import Image

from generator.drawing import picture_values
from generator.errors import InvalidValue


def saved(picture: Image.Image, kind: str = "PNG") -> bytes:
    data = BytesIO()
    picture.save(data, kind)
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
