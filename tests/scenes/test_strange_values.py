"""Whatever stands behind a key of a scene block is taken, or told as a mistake: nothing else happens."""

from contextlib import suppress

import pytest

from generator.errors import AuthorError, InvalidValue
from generator.scenes import Pixels, reel_of, scenes_from_toml

KEYS = (
    *(
        "id",
        "kind",
        "image",
        "kernel",
        "scale",
        "stride",
        "padding",
        "padding_mode",
        "dilation",
        "groups",
        "bias",
    ),
    *(
        "activation",
        "operation",
        "transposed",
        "output_padding",
        "caption",
        "alt",
        "worksheet",
        "blank",
        "frames",
    ),
    *("colour", "kernel_size", "layers", "sides", "kernels", "images", "nothing", "title"),
)
VALUES = (
    *(
        "inf",
        "-inf",
        "nan",
        "1e308",
        "-1e308",
        "1e-300",
        "5e-324",
        "0",
        "-0.0",
        "-1",
        "1",
        "2",
        "0xffff",
        "0xffffff",
    ),
    *(
        "9223372036854775807",
        '""',
        '" "',
        '"\\t"',
        '"\\n"',
        '"²"',
        '"٣"',
        '"１"',
        '"1/0"',
        '"0/1"',
        '"1/²"',
        '"-"',
        '"a"',
    ),
    *(
        '"step"',
        '"sobel-x"',
        '"same"',
        '"full"',
        "[]",
        "[[]]",
        "[[[]]]",
        "[1]",
        "[[1]]",
        "[[1, 2]]",
        "[[1], [2]]",
    ),
    *(
        "[[[1]]]",
        "[[[[1]]]]",
        "[[[[[1]]]]]",
        '["a"]',
        '[["a"]]',
        '["sobel-x", "²"]',
        "{}",
        "{ a = 1 }",
        "[{}]",
        "[{ a = 1 }]",
    ),
    *(
        "2020-01-01",
        "12:00:00",
        "true",
        "[true]",
        "[[true]]",
        "[[inf]]",
        "[[nan]]",
        "[[1, 2], [3, 4]]",
        "[[-1, 0], [0, 0]]",
    ),
    *(
        '"frame 1"',
        '"row ²"',
        '"out 1,²"',
        '"sample ²"',
        '"sample 1"',
        '"path 1,1 2,2"',
        '"path ²,1 2,2"',
        '"3 of ²"',
        '"²-3"',
    ),
    *(
        '"1-"',
        '"peak"',
        '"max"',
        '"average"',
        '"reflect"',
        "[[1e-300]]",
        "[[999999.999999]]",
        '"\\u202e"',
        '"{"',
        '"a.png"',
    ),
    *(
        '"images/²"',
        '"../x.png"',
        '"C:\\\\x.png"',
        '".png"',
        '"."',
        '"images/"',
        "'''a\nb'''",
        f'"{"x" * 5000}"',
    ),
)
BASES = {
    "convolution": {"id": '"edge"', "image": "[[1, 2, 3], [4, 5, 6]]", "kernel": "[[1, 0], [2, -1]]"},
    "pixel": {"id": '"edge"', "image": "[[1]]", "kernel": "[[1]]"},
    "pooling": {
        "id": '"e"',
        "kind": '"pooling"',
        "operation": '"max"',
        "kernel_size": "2",
        "image": "[[1, 2], [3, 4]]",
    },
    "transposed": {"id": '"e"', "image": "[[1, 2]]", "kernel": "[[1, 2]]", "transposed": "true"},
}


def grey(_: str) -> Pixels:
    """Find a picture of two pixels under every name."""
    return Pixels(1, 2, bytes(2), 1)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("base", BASES)
def test_a_strange_value_is_taken_or_told(base: str, key: str) -> None:
    """Of every kind of scene, every key with values of every kind."""
    for value in VALUES:
        lines = (f"{name} = {given}" for name, given in {**BASES[base], key: value}.items())
        with suppress(AuthorError, InvalidValue):
            for scene in scenes_from_toml("\n".join(lines), "edges.md", 1, grey).scenes:
                reel_of(scene)
