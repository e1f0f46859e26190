"""A small scene for each option that an author has, in every form that changes the figure."""

from collections.abc import Mapping
from types import MappingProxyType

ROWS = "[[1, 9, 2, 8, 3], [7, 4, 6, 5, 0], [2, -3, 4, -5, 6], [9, 8, 7, 6, 5]]"
"""4×5 pixels."""
SQUARE = "[[1, 2, 3], [4, 5, 6], [7, 8, 9]]"
PLANES = f"[{SQUARE}, [[0, -1, 0], [2, 0, 2], [0, 3, 0]]]"
"""Two channels of 3×3 pixels."""
CORNERS = "[[1, 2], [3, -4]]"
"""Four different weights: what is turned or mirrored shows."""
FOUR_PLANES = "[[[1, 2]], [[3, 4]], [[5, 6]], [[7, 8]]]"


def scene(image: str, kernel: str, **options: str) -> str:
    """Return the TOML of a scene, each value as an author writes it."""
    keys = {"id": '"options"', "image": image, "kernel": kernel, **options}
    return "".join(f"{key} = {value}\n" for key, value in keys.items())


def pool(operation: str, image: str, kernel_size: str, **options: str) -> str:
    """Return the TOML of a pooling scene."""
    keys = {"id": '"options"', "kind": '"pooling"', "operation": f'"{operation}"', "image": image}
    return "".join(
        f"{key} = {value}\n" for key, value in {**keys, "kernel_size": kernel_size, **options}.items()
    )


TWO_FILTERS = "[[[[1, 0]], [[0, -1]]], [[[2, 2]], [[-2, 1]]]]"
"""Two filters of 1×2 weights for two channels."""

SLIDING: Mapping[str, str] = MappingProxyType(
    {
        "padded with zeros": scene(ROWS, CORNERS, padding="1"),
        "padded with a mirror": scene(ROWS, CORNERS, padding="[2, 1]", padding_mode='"reflect"'),
        "padded with a mirror that has the edge too": scene(
            ROWS, CORNERS, padding="[[4, 1], [2, 5]]", padding_mode='"symmetric"'
        ),
        "padded with a number": scene(
            ROWS, CORNERS, padding="[1, 2]", padding_mode='"constant"', padding_value="-7"
        ),
        "padded with the edge": scene(ROWS, CORNERS, padding="[[0, 3], [2, 1]]", padding_mode='"replicate"'),
        "padded all around": scene(ROWS, CORNERS, padding="[[4, 0], [1, 5]]", padding_mode='"circular"'),
        "the same size, of an even kernel": scene(ROWS, CORNERS, padding='"same"'),
        "a map for each step": scene(ROWS, CORNERS, padding='"same-upper"', stride="[3, 2]"),
        "a map for each step, padded before": scene(
            ROWS, '"sobel-x"', padding='"same-lower"', stride="[3, 2]", padding_mode='"reflect"'
        ),
        "a line that sees nothing to come": scene(
            "[[3, 1, 4, 1, 5, 9]]", "[[1, 0, -1]]", padding='"causal"', dilation="2"
        ),
        "the full size": scene(ROWS, '"sobel-x"', padding='"full"'),
        "a stride": scene(ROWS, CORNERS, stride="[2, 3]"),
        "a dilation": scene(ROWS, CORNERS, dilation="[1, 3]"),
        "all at once": scene(ROWS, CORNERS, stride="2", dilation="[3, 2]", padding="[2, 1]", scale='"1/3"'),
        "a line": scene("[[3, 1, 4, 1, 5, 9]]", "[[1, 0, -1]]", stride="2", padding="1", dilation="2"),
        "channels": scene(PLANES, "[[[1, 2], [3, 4]], [[-1, 0], [0, 1]]]"),
        "filters": scene('"step"', '["sobel-x", "sobel-y"]'),
        "filters of two scales": scene('"step-down"', '["box-blur", "gaussian", "laplacian"]'),
        "a bias": scene(ROWS, CORNERS, bias="-7.5"),
        "an activation": scene(ROWS, CORNERS, activation='"relu"'),
        "an activation that leaks": scene(ROWS, CORNERS, activation='"leaky-relu"'),
        "a curve from 0 to 1": scene(
            ROWS, CORNERS, scale='"1/4"', bias="[0.75]", activation='"sigmoid"', padding="1"
        ),
        "a curve from -1 to 1": scene(PLANES, TWO_FILTERS, activation='"tanh"'),
        "without signs": scene(ROWS, CORNERS, activation='"abs"'),
        "cut off": scene(ROWS, CORNERS, scale="40", activation='"clamp"'),
        "channels, filters, biases, an activation": scene(
            PLANES, TWO_FILTERS, bias="[-2, 100]", activation='"relu"'
        ),
        "filters, turned": scene(PLANES, TWO_FILTERS, operation='"convolution"', padding="1"),
        "each channel by itself": scene(PLANES, CORNERS, groups="2", padding="1"),
        "groups": scene(
            FOUR_PLANES, "[[[[1]], [[2]]], [[[3]], [[4]]], [[[5]], [[6]]], [[[7]], [[8]]]]", groups="2"
        ),
    }
)
"""Scenes with a window that slides."""

SPREADING: Mapping[str, str] = MappingProxyType(
    {
        "patches side by side": scene(CORNERS, CORNERS, stride="2", transposed="true"),
        "patches one over another": scene(SQUARE, '"gaussian"', transposed="true"),
        "patches, cropped": scene(
            CORNERS, "[[1, 2, 3], [4, 5, 6]]", padding="[[1, 0], [1, 1]]", transposed="true"
        ),
        "patches with room, a bias, an activation": scene(
            CORNERS,
            CORNERS,
            stride="3",
            output_padding="[1, 2]",
            bias="2",
            activation='"relu"',
            transposed="true",
        ),
        "patches on a curve": scene(CORNERS, CORNERS, activation='"sigmoid"', transposed="true"),
        "patches, cut off": scene(
            SQUARE, "[[90, -1], [-20, 9]]", bias="-9", activation='"clamp"', transposed="true"
        ),
        "patches of channels, dilated": scene(
            PLANES, TWO_FILTERS, dilation="2", padding="[0, 1]", bias="[0.5, -1]", transposed="true"
        ),
        "patches, turned": scene("[[1, 0, 2]]", CORNERS, operation='"convolution"', transposed="true"),
        "patches of groups": scene(
            FOUR_PLANES, "[[[[1]]], [[[2]]], [[[3]]], [[[4]]]]", groups="2", transposed="true"
        ),
    }
)
"""Scenes with pixels that spread."""

POOLS: Mapping[str, str] = MappingProxyType(
    {
        "the largest": pool("max", ROWS, "2"),
        "the largest, overlapping": pool("max", PLANES, "2", stride="1"),
        "the largest, padded": pool("max", "[[-1, -2], [-3, -4]]", "2", padding="1"),
        "the largest, dilated": pool("max", ROWS, "[2, 3]", stride="1", dilation="2", padding="[1, 1]"),
        "the average": pool("average", ROWS, "[2, 3]"),
        "the average, padded": pool("average", PLANES, "3", stride="2", padding="1"),
        "the largest, hanging over": pool("max", ROWS, "2", ceil_mode="true"),
        "the largest, padded and hanging over": pool(
            "max", ROWS, "3", stride="2", padding="[[0, 1], [1, 0]]", ceil_mode="true"
        ),
        "the largest of each step": pool("max", ROWS, "3", stride="2", padding='"same-upper"'),
        "the largest of all": pool("max", PLANES, '"global"'),
        "the average, hanging over": pool(
            "average", ROWS, "3", stride="2", padding="[0, 1]", ceil_mode="true"
        ),
        "the average of pixels alone": pool("average", PLANES, "2", padding="1", count_include_pad="false"),
        "the average of pixels alone, hanging over": pool(
            "average", ROWS, "3", padding="1", ceil_mode="true", count_include_pad="false"
        ),
        "the average of all": pool("average", ROWS, '"global"'),
        "the average of what came before": pool(
            "average", "[[1, 2, 4, 8, 16]]", "3", stride="1", padding='"causal"'
        ),
        "the average of a line": pool("average", "[[1, 2, 4, 8, 16]]", "2"),
    }
)
"""Scenes with pools."""

MAGNITUDES: Mapping[str, str] = MappingProxyType(
    {
        "a magnitude": f'id = "options"\nkind = "magnitude"\nimage = {ROWS}\npadding = 1\n',
        "a magnitude of rows": f'id = "options"\nkind = "magnitude"\nimage = {ROWS}\n'
        'kernels = [[[1, 0]], [[0.5, -2]]]\nstride = 2\nscale = "1/3"\n',
    }
)
"""Scenes of two kernels at once."""

LESSONS: Mapping[str, str] = MappingProxyType(
    {
        "a kernel that learns": 'id = "options"\nkind = "learning"\nimage = "step"\nimitate = "sobel-x"\n',
        "kernels that learn, with a bias and relu": f'id = "options"\nkind = "learning"\nimage = {PLANES}\n'
        'imitate = [[[[1, 0]], [[0, -1]]], [[[2, 2]], [[-2, 1]]]]\nbias = 0.5\nactivation = "relu"\n'
        'padding = 1\nframes = "doubling"\n',
        "a map that is learned": f'id = "options"\nkind = "learning"\nimage = {SQUARE}\n'
        'wanted = [[1, -2], [0, 0.5]]\nkernel_size = 2\nframes = "every 30"\n',
    }
)
"""Scenes that learn."""
ZOOMS: Mapping[str, str] = MappingProxyType(
    {
        "a zoom": f'id = "options"\nkind = "zoom"\nimage = {ROWS}\nat = [2, 4]\nsizes = [[4, 5], 3, 1]\n',
        "a zoom of the whole": f'id = "options"\nkind = "zoom"\nimage = {ROWS}\n',
        "a zoom of channels": f'id = "options"\nkind = "zoom"\nimage = {PLANES}\n'
        "at = [3, 1]\nsizes = [2, 1]\n",
    }
)
"""Scenes that go closer and closer."""

OPTION_SCENES: Mapping[str, str] = MappingProxyType({**SLIDING, **SPREADING, **POOLS})
