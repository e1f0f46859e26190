"""Several computations from one block: to switch between, or to compare."""

import pytest

from generator.errors import AuthorError
from generator.scenes import Pixels, Versions, frame_of_version, reel_of, scenes_from_toml
from generator.scenes.kinds.sliding import SlidingScene
from tests.scenes.making import no_picture

SWITCH = 'id = "gallery"\nimage = "ring"\nkernels = ["sobel-x", "sobel-y", [[1, 2], [3, 4]]]\n'
SIDES = """id = "two"
kind = "compare"
image = "step"
kernel = "sobel-x"

[[sides]]
title = "As it is"

[[sides]]
title = "Stride 2"
stride = 2
"""


def versions(text: str) -> Versions:
    return scenes_from_toml(text, "edges.md", 10, no_picture)


def problems(text: str) -> list[str]:
    """Return what is told about a block whose opening fence is on line 10."""
    with pytest.raises(AuthorError) as told:
        versions(text)
    return [str(problem) for problem in told.value.problems]


def test_a_scene_usually_has_one_version() -> None:
    """It has no title, for there is nothing to tell it from."""
    single = versions('id = "edge"\nimage = "step"\nkernel = "sobel-x"\n')
    assert (single.arrangement, [scene.title for scene in single.scenes]) == ("single", [""])


def sliding(made: Versions) -> list[SlidingScene]:
    return [scene for scene in made.scenes if isinstance(scene, SlidingScene)]


def test_every_kernel_of_a_list_is_a_version() -> None:
    """Named kernels are called so, in words; numbers are counted."""
    made = versions(SWITCH)
    assert made.arrangement == "switch"
    assert [scene.title for scene in made.scenes] == ["Sobel x", "Sobel y", "kernel 3"]
    assert [scene.version for scene in made.scenes] == ["sobel-x", "sobel-y", "kernel-3"]
    assert [scene.layer.size for scene in sliding(made)] == [(3, 3), (3, 3), (2, 2)]


def test_every_image_of_a_list_meets_every_kernel() -> None:
    """Both lists together make all pairs, kernels first."""
    made = versions('id = "all"\nimages = ["step", "ramp"]\nkernels = ["sobel-x", "sobel-y"]\n')
    assert [scene.title for scene in made.scenes] == [
        "Sobel x, step",
        "Sobel x, ramp",
        "Sobel y, step",
        "Sobel y, ramp",
    ]


def test_pictures_of_one_name_keep_what_tells_them_apart() -> None:
    """A reader chooses between them by their titles."""
    picture = Pixels(3, 3, bytes(range(9)))
    listed = 'id = "all"\nimages = ["a/dog.png", "b/dog.png", "cat.png"]\nkernel = "sobel-x"\n'
    made = scenes_from_toml(listed, "edges.md", 10, lambda _: picture)
    assert [scene.title for scene in made.scenes] == ["a/dog.png", "b/dog.png", "cat"]


def test_versions_share_everything_else() -> None:
    """An option stands once and holds for all."""
    made = versions(SWITCH + "padding = 1\n")
    assert {scene.layer.geometry.padding for scene in sliding(made)} == {((1, 1), (1, 1))}


def test_a_side_differs_in_what_its_table_says() -> None:
    """What stands above the tables holds for both."""
    made = versions(SIDES)
    assert made.arrangement == "compare"
    assert [(scene.title, scene.layer.geometry.stride) for scene in sliding(made)] == [
        ("As it is", (1, 1)),
        ("Stride 2", (2, 2)),
    ]
    assert [len(reel_of(scene).frames) for scene in made.scenes] == [25, 9]


def test_a_side_may_pool() -> None:
    """A side chooses its own kind of scene."""
    made = versions(
        'id = "two"\nkind = "compare"\nimage = "ring"\n[[sides]]\ntitle = "Largest"\nkind = "pooling"\n'
        'operation = "max"\nkernel_size = 3\n[[sides]]\ntitle = "Outline"\nkernel = "outline"\n'
    )
    assert [scene.kind for scene in made.scenes] == ["pooling", "sliding"]


@pytest.mark.parametrize(("count", "own"), [(25, 25), (25, 9), (9, 25), (1, 7), (7, 1)])
def test_versions_begin_and_end_together(count: int, own: int) -> None:
    """The last frames meet, none goes back, and where there are fewer, every one is shown."""
    shown = [frame_of_version(number, count, own) for number in range(1, count + 1)]
    assert shown[-1] == own
    assert shown == sorted(shown)
    assert own > count or set(shown) == set(range(1, own + 1))


def test_a_mistake_in_a_list_is_told_at_its_entry() -> None:
    """The line is that of the kernel in question."""
    assert problems('id = "a"\nimage = "step"\nkernels = [\n  "sobel-x",\n  "sobelx",\n]\n') == [
        'edges.md:15: unknown kernel "sobelx". Did you mean "sobel-x"?'
    ]


def test_a_mistake_in_a_side_is_told_in_its_table() -> None:
    """The line is that of the side's own key."""
    assert problems(SIDES.replace("stride = 2", "stride = 0")) == [
        "edges.md:21: the stride is 0, not a whole number from 1. "
        "Write stride = 2, or rows first: stride = [1, 2]."
    ]


def test_a_mistake_in_what_sides_share_is_told_once() -> None:
    """Both sides meet it, and the author reads it once."""
    assert problems(SIDES.replace('"step"', '"stap"')) == [
        'edges.md:13: unknown image "stap". Did you mean "step"?'
    ]


def test_versions_to_switch_between_may_differ_in_any_key() -> None:
    """They stand in tables with titles of their own, as the sides of a comparison do."""
    shown = versions(SIDES.replace('"compare"', '"switch"').replace("stride = 2", 'activation = "clamp"'))

    assert shown.arrangement == "switch"
    assert [(scene.title, scene.version) for scene in shown.scenes] == [
        ("As it is", "as-it-is"),
        ("Stride 2", "stride-2"),
    ]
    assert [reel_of(scene).activation for scene in shown.scenes] == [None, "clamp"]
