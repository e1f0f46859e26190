"""A stack around its stage: the words for it, its tables, its files, and when a phone cannot show it."""

from pathlib import Path

import pytest

from generator.site import read_content
from generator.site.course_warnings import phone_warnings
from generator.site.words import scene_alt, spoken
from tests.built import made
from tests.drawing.test_stacks import FIVE, REELS, stack
from tests.scenes.stacks import stack_text
from tests.site.pages import elements

COURSE = 'title = "A course"\n[[parts]]\ntitle = "A part"\nchapters = ["01-edges"]\n'
TWO = stack_text(
    {
        "id": "two",
        "kind": "stack",
        "image": "step",
        "layers": [
            {"kernel": ["sobel-x", "sobel-y"], "activation": "relu"},
            {"kind": "pooling", "operation": "max", "kernel_size": 3, "stride": 2},
        ],
    }
)


def content_of(folder: Path, scene: str) -> Path:
    """Write a course of one chapter with one scene."""
    (folder / "chapters").mkdir()
    (folder / "course.toml").write_text(COURSE)
    chapter = f'+++\ntitle = "Edges"\n+++\n\n```scene\n{scene}```\n\n[frame first] It sees {{field.size}}.\n'
    (folder / "chapters" / "01-edges.md").write_text(chapter)
    return folder


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the site of a course with one stack."""
    content = content_of(tmp_path_factory.mktemp("stack"), TWO)
    return made(content)


def test_a_stack_is_told_layer_by_layer() -> None:
    """What each lays on what reaches it, the numbers in the end, and what one cell sees."""
    assert scene_alt(REELS["two layers"]) == (
        "A 7×7 image, a bright square outline, dark inside and outside; "
        "layer 1, a 3×3 Sobel x kernel with ReLU: a 5×5 feature map; "
        "layer 2, the max of 2×2 with stride 2: a 2×2 feature map, from 8 to 32. "
        "One cell of layer 2 sees 4×4 pixels."
    )
    assert scene_alt(FIVE).startswith(
        "A 6×6 image of 3 channels; layer 1, a 3×3 kernel with padding 1 with zeros"
    )


def test_a_transposed_layer_is_told_as_a_kernel_that_is_spread() -> None:
    """And that of an answer's field some see less."""
    assert scene_alt(REELS["down and up"]) == (
        "A 7×7 image, a bright square outline, dark inside and outside; "
        "layer 1, a 2×2 kernel with stride 2: a 3×3 feature map; "
        "layer 2, a 3×3 Gaussian kernel that every pixel spreads over the output with stride 2: "
        "a 7×7 feature map, from 12 to 112. "
        "One cell of layer 2 sees up to 4×4 pixels."
    )
    assert "; layer 2, a 3×3 Gaussian kernel that every pixel spreads over the output with " in scene_alt(
        REELS["pooled and up, cropped"]
    )


def test_the_output_padding_of_a_transposed_layer_is_told() -> None:
    """It makes the map larger than its other options say."""
    told = scene_alt(REELS["pooled and up, cropped"])

    assert "with stride 2, padding 1, output padding 1, a bias, ReLU: a 6×6 feature map" in told


def test_a_cell_of_a_transposed_layer_is_told_with_what_spreads_to_it() -> None:
    """Its neighbour sees more, and one between patches nothing."""
    up, between = REELS["down and up"], REELS["between patches"]

    assert [spoken(up, up.frames[number]).rpartition("; ")[0] for number in (0, 2)] == [
        "Row 1, column 1: the cell sees 2 by 2 pixels, rows 1 to 2, columns 1 to 2",
        "Row 1, column 3: the cell sees 2 by 4 pixels, rows 1 to 2, columns 1 to 4",
    ]
    assert spoken(between, between.frames[2]) == (
        "Row 1, column 3: the cell sees no pixel of the image; it holds 0."
    )


def test_a_cell_is_told_with_what_it_sees() -> None:
    """In rows and columns as people count them; at a corner it sees less, and in the padding nothing."""
    alone = stack({"kernel": [[1]], "padding": 2}, {"kernel": [[1]]}, image=[[5]])

    assert spoken(FIVE, FIVE.frames[0]) == (
        "Row 1, column 1: the cell sees 6 by 6 pixels, rows 1 to 6, columns 1 to 6; it holds 1."
    )
    assert spoken(alone, alone.frames[2]).endswith("the cell sees 1 pixel, row 1, column 1; it holds 5.")
    assert spoken(alone, alone.frames[0]).endswith("the cell sees no pixel of the image; it holds 0.")


def test_every_map_of_every_layer_has_a_table(files: dict[str, bytes]) -> None:
    captions = [e.text for e in elements(files["01-edges/index.html"].decode()) if e.tag == "caption"]

    assert captions == [
        f"The feature map of layer {layer}, map {plane}" for layer in (1, 2) for plane in (1, 2)
    ]


def test_a_stack_has_the_files_of_a_scene(files: dict[str, bytes]) -> None:
    """Data, film, animations, frames, sheets and a flipbook; no worksheet."""
    own = {path.removeprefix("01-edges/two/") for path in files if path.startswith("01-edges/two/")}

    assert own >= {
        *("frames.json", "filmstrip.png", "animation.webp", "printed.png"),
        *("sheets-a4.pdf", "flipbook-a4.pdf"),
    }
    assert not any("worksheet" in name or "answer" in name for name in own)


def test_the_film_of_a_stack_is_described(files: dict[str, bytes]) -> None:
    films = [
        element.attributes["alt"]
        for element in elements(files["01-edges/index.html"].decode())
        if element.attributes.get("src") == "two/filmstrip.png"
    ]

    assert films == [
        "Filmstrip: all 8 cells of the last layer in order, each with what it sees of every grid."
    ]


def test_a_stack_too_large_for_a_phone_is_a_warning(tmp_path: Path) -> None:
    """Its grids share the screen; what a single layer may be wide does not tell."""
    layers = [{"kernel": [[1]]}] * 5
    large = stack_text({"id": "large", "kind": "stack", "image": [[1] * 9] * 9, "layers": layers})
    content = content_of(tmp_path, large)
    course = read_content(content)

    assert course.warnings == ()
    assert [
        (problem.line, problem.message, problem.hint) for problem in phone_warnings(course.chapters[0])
    ] == [
        (
            5,
            'the numbers in the 6 grids of "large" will be too small to read on a phone',
            "Crop the image, or use shorter numbers.",
        )
    ]


def test_a_stack_that_fits_a_phone_is_none(tmp_path: Path) -> None:
    assert list(phone_warnings(read_content(content_of(tmp_path, TWO)).chapters[0])) == []
