"""Pictures as they are published: the same to look at, and nothing in the file but the picture."""

from contextlib import suppress
from io import BytesIO
from statistics import fmean
from struct import pack
from zlib import crc32

import pytest
from PIL import Image, ImageChops, ImageSequence
from PIL.ImageOps import exif_transpose

from generator.cli import PROJECT
from generator.drawing import published_picture
from generator.errors import InvalidValue
from tests.drawing.planted import BEHIND, FOREIGN, PLANTED, TURNED, drawn, marks_in, moving, saved

pytestmark = pytest.mark.filterwarnings("ignore:Image appears to be a malformed MPO")
EVERY_PICTURE = {**PLANTED, **TURNED, **FOREIGN}
SEEN = 6
"""Levels that a picture of strong colours may be off, on average, when it is stored with loss once more."""
LOSSY = ("turned.jpg", "turned-420.jpg", "turned-inks.jpg", "turned.webp")
CLEAN = {
    "png": saved(drawn(), "PNG"),
    "png with a resolution": saved(drawn("P"), "PNG", dpi=(300, 300)),
    "moving png": moving("PNG"),
    "jpeg": saved(drawn(), "JPEG"),
    "progressive jpeg": saved(drawn(), "JPEG", progressive=True),
    "jpeg of inks": saved(drawn("CMYK"), "JPEG"),
    "webp": saved(drawn(), "WEBP"),
    "clear webp": saved(drawn("RGBA"), "WEBP"),
    "moving webp": moving("WEBP"),
    "gif": saved(drawn("P"), "GIF"),
    "moving gif": moving("GIF"),
    **{path.name: path.read_bytes() for path in (PROJECT / "content" / "images").glob("*.png")},
}
UNREADABLE = (b"", b"not a picture", CLEAN["png"][:100], CLEAN["jpeg"][:400], CLEAN["gif"][:99])


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


def frames(picture: Image.Image) -> list[Image.Image]:
    return [frame.convert("RGBA") for frame in ImageSequence.Iterator(picture)]


def times(picture: Image.Image) -> list[float]:
    return [frame.copy().info.get("duration", 0) for frame in ImageSequence.Iterator(picture)]


def difference(one: Image.Image, other: Image.Image) -> float:
    """Return how far two pictures are from one another, on average."""
    assert one.size == other.size
    return fmean(ImageChops.difference(one.convert("RGB"), other.convert("RGB")).tobytes())


def red_for_blue(picture: Image.Image) -> Image.Image:
    red, green, blue, alpha = picture.convert("RGBA").split()
    return Image.merge("RGBA", (blue, green, red, alpha))


@pytest.mark.parametrize("name", EVERY_PICTURE)
def test_nothing_but_the_picture_is_published(name: str) -> None:
    """No EXIF, XMP, IPTC, profile, comment, time or thumbnail, and nothing behind the end."""
    assert marks_in(EVERY_PICTURE[name])
    assert marks_in(published_picture(EVERY_PICTURE[name], name)) == []


@pytest.mark.parametrize("name", PLANTED)
def test_an_upright_picture_keeps_every_pixel(name: str) -> None:
    """Each frame, how long it stays and how often they run; it is not coded anew, with loss neither."""
    before, after = opened(PLANTED[name]), opened(published_picture(PLANTED[name], name))
    assert (after.format, after.mode) == ((before.format or "").replace("MPO", "JPEG"), before.mode)
    if after.format == "JPEG":
        assert after.tobytes() == before.tobytes()
        return
    assert [each.tobytes() for each in frames(after)] == [each.tobytes() for each in frames(before)]
    if "moving" in name:
        assert times(after) == times(before) == [100, 250, 400]
        assert after.info["loop"] == 2


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_picture_is_published_byte_for_byte(name: str) -> None:
    """Where there is nothing to take off, the file stays as it is; so do those of the course."""
    assert published_picture(CLEAN[name], name) == CLEAN[name]


@pytest.mark.parametrize("name", EVERY_PICTURE)
def test_what_is_published_is_clean(name: str) -> None:
    """Published once more it stays the same; the same picture gives the same bytes."""
    once = published_picture(EVERY_PICTURE[name], name)
    assert published_picture(once, name) == once == published_picture(EVERY_PICTURE[name], name)


@pytest.mark.parametrize("name", TURNED)
def test_a_picture_that_lies_on_its_side_is_turned_upright(name: str) -> None:
    """As a browser shows it; what has no loss gets none."""
    before, after = opened(TURNED[name]), opened(published_picture(TURNED[name], name))
    upright = exif_transpose(before)
    assert (after.size, after.mode) == ((16, 24), upright.mode)
    if name in LOSSY:
        assert difference(upright, after) <= SEEN < 30 < difference(before.resize(after.size), after)
    elif upright.mode == "I;16":
        assert upright.tobytes() == after.tobytes()
    else:
        assert upright.convert("RGBA").tobytes() == after.convert("RGBA").tobytes()


@pytest.mark.parametrize("name", ["turned-moving.png", "turned-moving.webp"])
def test_every_frame_of_an_animation_is_turned(name: str) -> None:
    """And each stays as long as it did."""
    before, after = opened(TURNED[name]), opened(published_picture(TURNED[name], name))
    turned = [frame.transpose(Image.Transpose.ROTATE_270) for frame in frames(before)]
    assert [frame.tobytes() for frame in turned] == [frame.tobytes() for frame in frames(after)]
    assert (times(after), after.info["loop"]) == ([100, 250, 400], 2)


@pytest.mark.parametrize("name", ["turned.jpg", "turned-420.jpg"])
def test_a_jpeg_keeps_its_fineness(name: str) -> None:
    """The tables by which it was made coarse are turned with it, and the size of its colours is the same."""
    before, after = opened(TURNED[name]), opened(published_picture(TURNED[name], name))
    tables = [list(table) for table in getattr(before, "quantization", {}).values()]
    made = [list(table) for table in getattr(after, "quantization", {}).values()]
    assert made == [[table[at % 8 * 8 + at // 8] for at in range(64)] for table in tables] != tables != []
    assert getattr(after, "layer", 0) == getattr(before, "layer", 1)
    assert after.info.get("progressive") == before.info.get("progressive")


@pytest.mark.parametrize("name", FOREIGN)
def test_colours_of_a_device_become_those_of_every_screen(name: str) -> None:
    """The profile is gone, and the picture looks as with it."""
    before, after = opened(FOREIGN[name]), opened(published_picture(FOREIGN[name], name))
    pairs = zip(frames(before), frames(after), strict=True)
    off = SEEN if name.endswith("jpg") else 1
    assert max(difference(red_for_blue(one), other) for one, other in pairs) <= off
    assert difference(before, after) > 5 * SEEN


def test_a_broken_profile_is_taken_for_none() -> None:
    """As browsers do; and so are broken words of a camera."""
    picture = saved(drawn(), "PNG", icc_profile=b"broken", exif=b"Exif\0\0broken")
    assert published_picture(picture, "a.png") == CLEAN["png"]


@pytest.mark.parametrize("name", ["plain.gif", "moving.gif", "plain.png"])
def test_a_file_without_an_end_is_cleaned_too(name: str) -> None:
    """What programs show although it is not put together as it should be is drawn anew."""
    whole = PLANTED[name].removesuffix(BEHIND)
    cut = whole[: whole.rindex(b";" if name.endswith("gif") else b"\0\0\0\0IEND")]
    made = published_picture(cut, name)
    assert marks_in(made) == []
    assert len(frames(opened(made))) == len(frames(opened(cut)))


@pytest.mark.parametrize("data", UNREADABLE)
def test_what_cannot_be_read_is_not_published(data: bytes) -> None:
    """The author is told which file it was and what would do."""
    with pytest.raises(InvalidValue, match=r'"dog\.png" cannot be read as a picture'):
        published_picture(data, "dog.png")


@pytest.mark.parametrize("name", EVERY_PICTURE)
def test_no_broken_byte_makes_a_crash(name: str) -> None:
    """A picture with any byte changed, or cut at any place, is cleaned or refused, never more than that."""
    whole = EVERY_PICTURE[name]
    for place in range(0, len(whole), max(1, len(whole) // 150)):
        for broken in (whole[:place], whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :]):
            with suppress(InvalidValue):
                published_picture(broken, "broken.png")


def chunk(name: bytes, data: bytes) -> bytes:
    return pack(">I", len(data)) + name + data + pack(">I", crc32(name + data))


HIDDEN = b"hidden where a picture is"
IN_CHUNKS = {
    "a second stream": (b"IEND", chunk(b"IDAT", HIDDEN)),
    "a long gamma": (b"IDAT", chunk(b"gAMA", b"\0\0\xb1\x8f" + HIDDEN)),
    "a long density": (b"IDAT", chunk(b"pHYs", b"\0\0\0\1\0\0\0\1\1" + HIDDEN)),
    "a palette nobody needs": (b"IDAT", chunk(b"PLTE", (HIDDEN * 3)[:75])),
    "a long transparent colour": (b"IDAT", chunk(b"tRNS", bytes(6) + HIDDEN)),
}


@pytest.mark.parametrize("place", IN_CHUNKS)
def test_nothing_is_hidden_in_the_pieces_that_are_kept(place: str) -> None:
    """A piece with room for more than it says, or with bytes behind its end, is drawn anew."""
    data = BytesIO()
    Image.effect_noise((9, 7), 80).convert("RGB").save(data, "PNG")
    before, planted = IN_CHUNKS[place]
    at = data.getvalue().index(before) - 4
    picture = data.getvalue()[:at] + planted + data.getvalue()[at:]

    made = published_picture(picture, "a.png")

    assert HIDDEN not in made
    assert Image.open(BytesIO(made)).convert("RGB").tobytes() == Image.open(data).convert("RGB").tobytes()


def test_a_turn_that_browsers_do_not_know_is_none() -> None:
    """They read EXIF alone; what only XMP says of it turns no picture."""
    xmp = (
        b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf="
        b"'http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description xmlns:tiff="
        b"'http://ns.adobe.com/tiff/1.0/' tiff:Orientation='6'/></rdf:RDF></x:xmpmeta>"
    )
    data = BytesIO()
    Image.effect_noise((9, 7), 80).convert("RGB").save(data, "JPEG")
    segment = b"\xff\xe1" + pack(">H", len(xmp) + 2) + xmp
    made = published_picture(data.getvalue()[:2] + segment + data.getvalue()[2:], "a.jpg")

    assert Image.open(BytesIO(made)).size == (9, 7)


def test_a_picture_that_fills_the_memory_is_refused() -> None:
    """A few bytes may stand for a picture that no telephone can hold."""
    data = BytesIO()
    Image.new("1", (12_000, 12_000)).save(data, "PNG")

    with pytest.raises(InvalidValue, match=r'"a\.png" has 144,000,000 pixels in all'):
        published_picture(data.getvalue(), "a.png")
