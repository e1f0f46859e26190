"""The size of a picture, read from its first bytes, is the one that Pillow reads."""

from io import BytesIO
from itertools import takewhile
from typing import Any

import pytest
from PIL import Image

from generator.course.picture_size import PictureSize, picture_size

SIZES = [(1, 1), (7, 300), (1000, 3), (5000, 2)]
KINDS: dict[str, tuple[str, dict[str, Any]]] = {
    "png": ("PNG", {}),
    "grey png": ("PNG", {}),
    "gif": ("GIF", {}),
    "jpeg": ("JPEG", {}),
    "progressive jpeg": ("JPEG", {"progressive": True}),
    "jpeg with profile": ("JPEG", {"icc_profile": bytes(200_000), "comment": b"\xff\xc0" * 40}),
    "webp": ("WEBP", {}),
    "lossless webp": ("WEBP", {"lossless": True}),
    "webp with profile": ("WEBP", {"icc_profile": bytes(100)}),
}


def saved(kind: str, size: tuple[int, int]) -> bytes:
    """Return a picture as Pillow writes it."""
    form, options = KINDS[kind]
    file = BytesIO()
    Image.new("L" if "grey" in kind else "RGB", size).save(file, form, **options)
    return file.getvalue()


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("kind", KINDS)
def test_the_size_is_the_one_of_the_file(kind: str, size: tuple[int, int]) -> None:
    """Each kind of picture says its size at its own place; only a JPEG may bid to be turned."""
    assert picture_size(saved(kind, size)) == PictureSize(*size, turnable="jpeg" in kind)


@pytest.mark.parametrize("kind", KINDS)
def test_half_a_header_has_no_size(kind: str) -> None:
    """A file that ends too early gives no size, wherever it ends."""
    data = saved(kind, (300, 7))
    cut = (picture_size(data[:length]) for length in range(len(data) + 1))
    sizes = list(takewhile(lambda size: not size, cut))
    assert 10 <= len(sizes) <= len(data)
    assert set(sizes) == {None}


@pytest.mark.parametrize(
    "data", [b"", b"<svg>", b"RIFF....WAVEfmt ", b"RIFF....WEBPVP8?" + bytes(20), b"\xff\xd8\0\0" + bytes(9)]
)
def test_other_files_have_no_size(data: bytes) -> None:
    """What is no picture, and what only begins like one, is not measured."""
    assert picture_size(data) is None
