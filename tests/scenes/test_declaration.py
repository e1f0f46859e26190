"""A scene's declaration: what it may say, and what becomes of it. What it may not say is in `mistakes/`."""

from fractions import Fraction

import numpy as np
import pytest

from generator.arithmetic import KERNELS, PATTERNS, Geometry
from generator.scenes import Pixels, scenes_from_toml
from tests.scenes.making import pooling_scene, problems_of, scene_of, sliding_scene, spreading_scene


def declared(**keys: str) -> str:
    """Return a block with keys changed or added, each as TOML."""
    return "".join(f"{key} = {value}\n" for key, value in {**THREE_KEYS, **keys}.items())


THREE_KEYS = {"id": '"edge"', "image": '"step"', "kernel": '"sobel-x"'}


def test_three_keys_make_a_scene() -> None:
    """An id, an image and a kernel are enough; everything else has a default."""
    scene = sliding_scene(declared())

    assert (scene.id, scene.image_name, scene.layer.kernel.name) == ("edge", "step", "sobel-x")
    assert (scene.layer.operation, scene.caption, scene.alt) == ("cross-correlation", "", "")
    assert scene.layer.kernel.scale == 1


def test_a_scene_knows_where_it_stands() -> None:
    """File and line of the opening fence stay with the scene, for messages."""
    scene = scene_of(declared())

    assert (scene.file, scene.line) == ("edges.md", 10)


@pytest.mark.parametrize("name", PATTERNS)
def test_every_pattern_can_be_named(name: str) -> None:
    """A named image has the catalogue's pixels, and the words for what it shows."""
    scene = scene_of(declared(image=f'"{name}"'))

    assert scene.image.tolist() == [[list(row) for row in PATTERNS[name].pixels]]
    assert scene.shows == PATTERNS[name].shows


@pytest.mark.parametrize("name", KERNELS)
def test_every_kernel_can_be_named(name: str) -> None:
    """A named kernel has the catalogue's weights, scale and question."""
    kernel = sliding_scene(declared(kernel=f'"{name}"', padding='"same"')).layer.kernel

    assert kernel.weights.tolist() == [[[list(row) for row in KERNELS[name].weights]]]
    assert (kernel.scale, kernel.asks) == (KERNELS[name].scale, KERNELS[name].asks)


def test_rows_of_numbers_have_no_name() -> None:
    """An image and a kernel in numbers are taken as they are written."""
    scene = sliding_scene(declared(image="[[1, 2], [3, 4]]", kernel="[[-1, 1]]"))

    assert scene.image.tolist() == [[[1, 2], [3, 4]]]
    assert scene.layer.kernel.weights.tolist() == [[[[-1, 1]]]]
    assert (scene.image_name, scene.shows, scene.layer.kernel.name, scene.layer.kernel.asks) == (
        "",
        "",
        "",
        "",
    )


@pytest.mark.parametrize(("rows", "kind"), [("[[1, 2.0]]", "int64"), ("[[1, 2.5]]", "float64")])
def test_whole_numbers_stay_whole(rows: str, kind: str) -> None:
    """2.0 is a whole number; one fraction makes all of them floats."""
    assert scene_of(declared(image=rows, kernel="[[1]]")).image.dtype == kind


@pytest.mark.parametrize(
    ("written", "scale"),
    [
        ('"1/9"', Fraction(1, 9)),
        ('" 1 / 9 "', Fraction(1, 9)),
        ('"-0.5/2"', Fraction(-1, 4)),
        ("0.1", Fraction(1, 10)),
        ("-3", Fraction(-3)),
    ],
)
def test_a_scale_is_exact(written: str, scale: Fraction) -> None:
    """A scale is the fraction that is written, and never the float beside it."""
    assert sliding_scene(declared(scale=written)).layer.kernel.scale == scale


def test_a_scale_multiplies_a_named_kernels_own() -> None:
    """The blur has a ninth of its own; half of it is an eighteenth."""
    assert sliding_scene(declared(kernel='"box-blur"', scale='"1/2"')).layer.kernel.scale == Fraction(1, 18)


def test_a_picture_comes_through_the_reader() -> None:
    """A name with a folder or an ending is a file; its bytes are pixels from 0 to 255."""
    asked = []

    def read(name: str) -> Pixels:
        asked.append(name)
        return Pixels(height=2, width=3, values=bytes([0, 1, 2, 253, 254, 255]))

    scene = scenes_from_toml(declared(image='"dog.png"', kernel="[[1]]"), "edges.md", 10, read).scenes[0]

    assert asked == ["dog.png"]
    assert scene.image.tolist() == [[[0, 1, 2], [253, 254, 255]]]
    assert scene.image.dtype == np.int64


def test_a_picture_may_have_colours() -> None:
    """Its bytes are pixel after pixel; its channels are planes."""

    def read(name: str) -> Pixels:
        return Pixels(height=1, width=2, values=bytes([1, 2, 3, 4, 5, 6]), channels=3)

    text = declared(image='"dog.png"', kernel="[[[1]], [[1]], [[1]]]", colour="true")
    scene = scenes_from_toml(text, "edges.md", 10, read).scenes[0]

    assert scene.image.tolist() == [[[1, 4]], [[2, 5]], [[3, 6]]]


def test_every_option_has_the_default_of_pytorch() -> None:
    """A scene that says nothing more has steps of one, nothing around the image, and no bias."""
    scene = sliding_scene(declared())

    assert scene.layer.geometry == Geometry()
    assert (scene.kind, scene.layer.activation, scene.layer.bias.tolist()) == ("sliding", None, [0])


@pytest.mark.parametrize("key", ["stride", "dilation"])
@pytest.mark.parametrize(("written", "pair"), [("2", (2, 2)), ("[2, 1]", (2, 1)), ("[1, 2]", (1, 2))])
def test_a_step_is_a_number_or_a_pair(key: str, written: str, pair: tuple[int, int]) -> None:
    """Rows come first."""
    assert getattr(sliding_scene(declared(**{key: written})).layer.geometry, key) == pair


@pytest.mark.parametrize(
    ("written", "margins"),
    [
        ("1", ((1, 1), (1, 1))),
        ("[1, 2]", ((1, 1), (2, 2))),
        ("[[1, 2], [3, 0]]", ((1, 2), (3, 0))),
        ("[2, [0, 1]]", ((2, 2), (0, 1))),
        ('"valid"', ((0, 0), (0, 0))),
        ('"same"', ((1, 1), (2, 2))),
        ('"full"', ((2, 2), (4, 4))),
    ],
)
def test_padding_has_all_its_forms(written: str, margins: object) -> None:
    """Words are about the kernel as it spans the image: here 3×3 weights, two columns apart."""
    assert sliding_scene(declared(padding=written, dilation="[1, 2]")).layer.geometry.padding == margins


@pytest.mark.parametrize("mode", ["zeros", "reflect", "replicate", "circular"])
def test_padding_has_all_its_modes(mode: str) -> None:
    """They have the names of PyTorch."""
    assert sliding_scene(declared(padding="1", padding_mode=f'"{mode}"')).layer.geometry.padding_mode == mode


def test_a_single_number_is_about_the_columns_of_a_line() -> None:
    """An image of one row has nothing above and below it; a pair speaks of both all the same."""
    line = {"image": "[[1, 2, 3, 4, 5]]", "kernel": "[[1, 1]]"}
    single = sliding_scene(declared(**line, padding="1", stride="2", dilation="3")).layer.geometry
    pairs = sliding_scene(declared(**line, padding="[1, 1]", stride="[2, 2]")).layer.geometry

    assert (single.padding, single.stride, single.dilation) == (((0, 0), (1, 1)), (1, 2), (1, 3))
    assert (pairs.padding, pairs.stride) == (((1, 1), (1, 1)), (2, 2))


@pytest.mark.parametrize(
    ("image", "kernel", "shape"),
    [
        ("[[1, 2], [3, 4]]", "[[1]]", (1, 1, 1, 1)),
        ("[[[1, 2], [3, 4]]]", "[[1]]", (1, 1, 1, 1)),
        ("[[[1]], [[2]]]", "[[[3]], [[4]]]", (1, 2, 1, 1)),
        ("[[[1]], [[2]]]", "[[[[3]], [[4]]], [[[5]], [[6]]], [[[7]], [[8]]]]", (3, 2, 1, 1)),
        ('"step"', '["sobel-x", "sobel-y", "blur"]', (3, 1, 3, 3)),
        ('"step"', '["sobel-x"]', (1, 1, 3, 3)),
        ("[[1, 2]]", "[[[[1]]], [[[2]]]]", (2, 1, 1, 1)),
    ],
)
def test_a_kernel_has_filters_and_channels(image: str, kernel: str, shape: tuple[int, ...]) -> None:
    """However many brackets it is written with, its axes are those of PyTorch."""
    assert sliding_scene(declared(image=image, kernel=kernel)).layer.kernel.weights.shape == shape


@pytest.mark.parametrize("kernel", ["[[1, 2], [3, 4]]", '"sobel-x"'])
def test_a_kernel_with_a_group_for_each_channel_lies_on_each(kernel: str) -> None:
    """Written once, it is each channel's own filter."""
    planes = "[[[1, 2, 3], [4, 5, 6], [7, 8, 9]], [[9, 8, 7], [6, 5, 4], [3, 2, 1]]]"
    scene = sliding_scene(declared(image=planes, kernel=kernel, groups="2"))
    one, other = scene.layer.kernel.weights.tolist()

    assert one == other
    assert scene.layer.geometry.groups == 2


def test_filters_of_several_names_keep_their_scales() -> None:
    """Ninths and sixteenths are exact beside each other, and beside whole numbers."""
    kernel = sliding_scene(declared(kernel='["box-blur", "gaussian", "sobel-x"]')).layer.kernel
    exact = [[Fraction(int(n)) * kernel.scale for n in plane.ravel()] for plane in kernel.weights]

    assert kernel.name == "box-blur, gaussian, sobel-x"
    assert exact[0] == [Fraction(1, 9)] * 9
    assert exact[1] == [Fraction(n, 16) for n in (1, 2, 1, 2, 4, 2, 1, 2, 1)]
    assert exact[2] == [-1, 0, 1, -2, 0, 2, -1, 0, 1]


def test_a_scale_multiplies_all_filters() -> None:
    """The blur's own ninth becomes an eighteenth, and the edge's one a half."""
    kernel = sliding_scene(declared(kernel='["box-blur", "sobel-x"]', scale='"1/2"')).layer.kernel

    assert kernel.values[0].ravel().tolist() == [1 / 18] * 9
    assert kernel.values[1].ravel().tolist() == [-0.5, 0, 0.5, -1, 0, 1, -0.5, 0, 0.5]


@pytest.mark.parametrize(
    ("written", "bias"), [("2", [2, 2]), ("-0.5", [-0.5, -0.5]), ("[1, -3]", [1, -3]), ("[1, 0.5]", [1, 0.5])]
)
def test_a_bias_is_a_number_or_one_for_each_filter(written: str, bias: list[float]) -> None:
    """A single one is that of all."""
    assert sliding_scene(declared(kernel='["sobel-x", "sobel-y"]', bias=written)).layer.bias.tolist() == bias


def test_a_transposed_scene_has_the_kernels_axes_the_other_way_round() -> None:
    """Channels of the image come first; the bias has one number for each output."""
    kernel = "[[[[1]], [[2]], [[3]]], [[[4]], [[5]], [[6]]]]"
    scene = spreading_scene(
        declared(
            image="[[[1]], [[2]]]", kernel=kernel, transposed="true", stride="2", output_padding="[0, 1]"
        )
    )

    assert scene.layer.kernel.weights.shape == (2, 3, 1, 1)
    assert scene.layer.bias.tolist() == [0, 0, 0]
    assert (scene.layer.geometry.transposed, scene.layer.geometry.output_padding) == (True, (0, 1))


def pooled(**keys: str) -> str:
    """Return a block that pools."""
    three = {"id": '"pool"', "kind": '"pooling"', "image": '"step"', "operation": '"max"', "kernel_size": "2"}
    return "".join(f"{key} = {value}\n" for key, value in {**three, **keys}.items())


@pytest.mark.parametrize("operation", ["max", "average"])
def test_pooling_needs_a_size_and_what_to_take(operation: str) -> None:
    """Its windows lie side by side unless a stride is given."""
    scene = pooling_scene(pooled(operation=f'"{operation}"'))

    assert (scene.kind, scene.layer.operation) == ("pooling", operation)
    assert (scene.layer.size, scene.layer.geometry.stride) == ((2, 2), (2, 2))


def test_pooling_has_options_too() -> None:
    """A size may be a pair, windows may overlap, and weights of max pooling may lie apart."""
    scene = pooling_scene(pooled(kernel_size="[2, 3]", stride="1", padding="[1, 0]", dilation="[1, 2]"))

    assert scene.layer.size == (2, 3)
    assert scene.layer.geometry == Geometry(stride=(1, 1), padding=((1, 1), (0, 0)), dilation=(1, 2))


def test_what_is_lost_is_a_warning() -> None:
    """A scene that can be computed is computed; its author is told what no window sees."""
    (warning,) = scene_of(
        declared(image="[[1, 2, 3, 4, 5, 6, 7, 8]]", kernel="[[1, 1]]", stride="3")
    ).warnings

    assert str(warning) == (
        "edges.md:14: stride 3 leaves 2 columns of the image unused. "
        "Use other steps, another image, or padding."
    )


def test_all_mistakes_of_a_block_are_told_at_once() -> None:
    """Each is placed at its own key, or at its own row, in the order of lines."""
    text = declared(image="[\n[1, 2],\n[3],\n]", kernel='"sobel"', sclae="2", operation='"flip"')

    assert [problem.partition(": ")[0] for problem in problems_of(text)] == [
        "edges.md:14",
        "edges.md:16",
        "edges.md:17",
        "edges.md:18",
    ]


@pytest.mark.parametrize("key", ['"kernel"', "'kernel'", "  kernel"])
def test_a_key_is_found_however_it_is_written(key: str) -> None:
    """Quotes and spaces around a key do not hide it, nor do its name in a comment or in a text."""
    text = f'# kernel = 1\ncaption = """\nkernel = 2\n"""\nid = "edge"\nimage = "step"\n{key} = "none"\n'

    (problem,) = problems_of(text)

    assert problem.startswith('edges.md:17: unknown kernel "none"')


@pytest.mark.parametrize("letters", ["a", "a1", "sobel-x-2", "x" * 60])
def test_an_id_is_small_letters_digits_and_hyphens(letters: str) -> None:
    """Up to sixty of them, beginning with a letter."""
    assert scene_of(declared(id=f'"{letters}"')).id == letters


@pytest.mark.parametrize("letters", ["1a", "a--b", "a-", "-a", "ä", "a_b", "a.b", "A", "x" * 61, "lpt1"])
def test_an_id_is_nothing_else(letters: str) -> None:
    """What could not be a folder and an anchor everywhere is refused, in one line."""
    (problem,) = problems_of(declared(id=f'"{letters}"'))

    assert problem.startswith("edges.md:11: ")
