"""Magnitudes: what they compute, against exact loops; how roots are printed; what goes with them."""

import json
import re
from fractions import Fraction
from typing import Any

import pytest

from generator.drawing import marks_left, stage_of, svg
from generator.drawing.marks import Tile, Words
from generator.drawing.panels.photo import AnswersPanel
from generator.scenes import FrameRange, Reel, frames_json, reel_of, reel_value, scenes_from_toml
from generator.scenes.kinds import KINDS
from generator.scenes.kinds.magnitude import MagnitudeReel
from generator.site.script_data import script_data
from generator.site.words import scene_alt, spoken
from tests.scenes.magnitudes import expected, magnitude_text, random_magnitude, root
from tests.scenes.making import narrowed, problems_of, reel_from
from tests.scenes.photographs import planes, read_picture
from tests.scenes.test_frames_json import VALIDATOR

BATCH = 100
NEARLY = Fraction(1, 10**12)
SHORTEST = 'id = "a"\nkind = "magnitude"\nimage = "corner"\n'
ROOT = re.compile(r"√\(gx² \+ gy²\) ([=≈]) √\((.+)² \+ (.+)²\) ([=≈]) (.+)")


def magnitude_from(text: str) -> MagnitudeReel:
    return narrowed(MagnitudeReel, reel_from(text))


def document_of(text: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(frames_json(reel_from(text)))
    return document


def check(seed: int) -> None:
    """Compare all frames of one random magnitude with exact loops, and the output with them."""
    declared = random_magnitude(seed)
    text = magnitude_text(declared)
    document = document_of(text)
    output = document["output"]["values"][0]
    for frame, exact in zip(document["frames"], expected(declared), strict=True):
        _, row, column = frame["out"]
        assert (frame["out"], frame["window"]) == (exact["out"], exact["window"])
        found = [*flat(frame["products"]), *frame["sums"], frame["value"], output[row][column]]
        wanted = [*flat(exact["products"]), *exact["sums"], exact["value"], exact["value"]]
        for number, other in zip(found, wanted, strict=True):
            assert abs(Fraction(number) - other) <= NEARLY * exact["size"], f"random magnitude {seed}\n{text}"


def flat(nested: Any) -> list[Any]:  # noqa: ANN401 - nested to any depth
    return [number for part in nested for number in flat(part)] if isinstance(nested, list) else [nested]


@pytest.mark.parametrize("first", range(0, 1000, BATCH))
def test_random_magnitudes_are_those_of_exact_loops(first: int) -> None:
    """Each kernel by itself, and the root of what both make."""
    for seed in range(first, first + BATCH):
        check(seed)


@pytest.mark.long
@pytest.mark.parametrize("first", range(10_000, 20_000, BATCH))
def test_very_many_magnitudes_are_those_of_exact_loops(first: int) -> None:
    """The same, ten times as often."""
    for seed in range(first, first + BATCH):
        check(seed)


def number(text: str) -> Fraction:
    return Fraction(text.strip("()").replace("−", "-"))


def check_root(told: str) -> tuple[str, str]:
    """Check that a line is true as it is printed, or says that it is not; return its two signs."""
    match = ROOT.fullmatch(told)
    assert match, told
    placed, first, second, rooted, value = match.groups()
    if rooted == "=":
        assert number(value) ** 2 == number(first) ** 2 + number(second) ** 2, told
    return placed, rooted


@pytest.mark.parametrize("first", range(0, 200, BATCH))
def test_roots_are_true_as_they_are_printed_or_say_that_they_are_not(first: int) -> None:
    """In the figure, in prose, and in speech; and the numbers in them are those of the frame."""
    signs = set()
    for seed in range(first, first + BATCH):
        declared = random_magnitude(seed)
        reel = magnitude_from(magnitude_text(declared))
        script = script_data(stage_of(reel))["frames"]
        for frame, exact, shown in zip(reel.frames, expected(declared), script, strict=True):
            told = reel_value(reel, "root", FrameRange(frame.number, frame.number))
            placed, rooted = check_root(told)
            signs.add(placed + rooted)
            if placed == "=":
                pairs = zip(told.split("√(")[2].split(") ")[0].split(" + "), exact["sums"], strict=True)
                assert all(abs(number(text[:-1]) - side) <= NEARLY * exact["size"] for text, side in pairs)
            assert shown["spoken"].count("about") == (rooted == "≈") + sum(
                reel_value(reel, side, FrameRange(frame.number, frame.number)).startswith("≈")
                for side in ("gx", "gy")
            )
            value = reel_value(reel, "answer", FrameRange(frame.number, frame.number))
            assert value.startswith("≈") == (rooted == "≈")
    assert {"==", "=≈", "≈≈"} <= signs


def test_ten_lines_are_more_than_enough() -> None:
    """Kernels that nobody names are Sobel's, and the strength of an edge is the same in both directions."""
    reel = magnitude_from(SHORTEST)

    assert reel.output[0, 1:3, 3].tolist() == [32, 32]
    assert reel.output[0, 3, 1:3].tolist() == [32, 32]
    assert [reel.root_text(n) for n in (1, 7, 9)] == [
        "√(gx² + gy²) = √(0² + 0²) = 0",
        "√(gx² + gy²) = √(8² + 8²) ≈ 11.31",
        "√(gx² + gy²) = √(0² + 32²) = 32",
    ]


def test_the_figure_shows_both_kernels_and_the_root() -> None:
    """Window, kernel and products of each, what they make, and a line that spells the root out."""
    reel = magnitude_from('id = "a"\nkind = "magnitude"\nimage = [[3, 5]]\nkernels = [[[1, 0]], [[2, -2]]]\n')
    stage = stage_of(reel)
    marks = [*marks_left(stage.work, ()), *stage.work.moving(reel.frames[0])]
    tiles: dict[str, list[str]] = {}
    for mark in marks:
        if isinstance(mark, Tile):
            tiles.setdefault(mark.part, []).append(mark.text)
    words = [mark.text.replace("\u00a0", " ") for mark in marks if isinstance(mark, Words)]

    assert tiles == {
        "factor": ["3", "5", "3", "5"],
        "weight": ["+1", "0", "+2", "−2"],
        "product": ["+3", "0", "+6", "−10"],
        "subtotal": ["3", "−4"],
        "total": ["5"],
    }
    assert "√(gx² + gy²) = √(3² + (−4)²) = 5" in words
    assert {"gx, gy", "magnitude"} <= set(words)
    assert [panel.name for panel in stage.grids] == ["input 1×2", "feature map 1×1"]
    assert spoken(reel, reel.frames[0]) == (
        "Row 1, column 1: gx is 3, gy is minus 4, and the square root of gx squared plus gy squared is 5."
    )


def test_no_word_of_the_figure_leaves_the_panel() -> None:
    """However many digits a root has."""
    for text in (
        SHORTEST,
        f"{SHORTEST}scale = 123.456\n",
        'id = "a"\nkind = "magnitude"\nimage = [[1]]\nkernels = [[[1]], [[2]]]\n',
    ):
        reel = magnitude_from(text)
        panel = stage_of(reel).work
        for frame in reel.frames:
            marks = (*panel.still(), *panel.moving(frame))
            for mark in (mark for mark in marks if isinstance(mark, Words) and mark.anchor == "start"):
                assert mark.x + len(mark.text) * mark.size * 0.6 <= panel.size[0] + 0.01


def test_it_is_told_in_words() -> None:
    """With its kernels, its options, and the range of its answers."""
    alt = scene_alt(reel_from(f"{SHORTEST}padding = 1\n"))
    assert (
        "; the magnitude of what two 3×3 kernels with padding 1 with zeros make, "
        "gx from Sobel x, gy from Sobel y; " in alt
    )
    assert alt.endswith("; the 7×7 feature map they make, from 0 to about 38.18.")


@pytest.mark.parametrize("seed", range(100))
def test_files_keep_to_the_schema(seed: int) -> None:
    fault = next(VALIDATOR.iter_errors(document_of(magnitude_text(random_magnitude(seed)))), None)
    assert fault is None, f"{fault.json_path} {fault.message}"


@pytest.mark.parametrize(("key", "value"), [("sums", [1]), ("value", -1), ("products", [[[1]]])])
def test_the_schema_refuses_what_is_no_magnitude(key: str, value: object) -> None:
    document = document_of(SHORTEST)
    document["frames"][0][key] = value
    assert list(VALIDATOR.iter_errors(document))


def photo_of() -> Reel:
    text = 'id = "photo"\nkind = "magnitude"\nimage = "grey.png"\nframes = "sample 12"\n'
    return reel_of(scenes_from_toml(text, "photo.md", 10, read_picture).scenes[0])


def test_a_photograph_has_a_grey_picture_of_its_edges() -> None:
    """White is the strongest, and every answer is the root that loops find."""
    reel = narrowed(MagnitudeReel, photo_of())
    stage, pixels = stage_of(reel), planes("grey.png")[0]

    assert (reel.answer_scale.is_signed, reel.answer_scale.full_answer) == (False, reel.output.max())
    assert [panel.name for panel in stage.grids] == ["input 70×90", "feature map 68×88"]
    for frame in reel.frames:
        _, row, column = frame.place
        window = pixels[row : row + 3, column : column + 3].astype(int).tolist()
        across = sum(w * (line[2] - line[0]) for w, line in zip((1, 2, 1), window, strict=True))
        down = sum(w * (low - high) for w, low, high in zip((1, 2, 1), window[2], window[0], strict=True))
        assert frame.value == float(root(across**2 + down**2))
        assert svg(stage.work.size, stage.work.moving(frame), "sum")


@pytest.mark.parametrize(
    "word", ['kernels = ["sobel-x", "sobel-y"]', "scale = 1", 'operation = "cross-correlation"']
)
def test_what_is_written_out_changes_nothing(word: str) -> None:
    assert document_of(f"{SHORTEST}{word}\n") == document_of(SHORTEST)


def test_images_make_versions_and_kernels_do_not() -> None:
    """The two kernels are one computation; a list of images makes several."""
    several = SHORTEST.replace('image = "corner"', 'images = ["corner", "ring"]')
    versions = scenes_from_toml(f'{several}kernels = ["prewitt-x", "prewitt-y"]\n', "a.md", 1, read_picture)
    assert [scene.title for scene in versions.scenes] == ["corner", "ring"]
    assert problems_of(several) == []


def test_values_are_of_the_window_that_both_kernels_see() -> None:
    """It is quoted once; a sum there is none, for JSON's `sums` are gx and gy, and the answer is a root."""
    reel = magnitude_from('id = "a"\nkind = "magnitude"\nimage = [[3, 5]]\nkernels = [[[1, 0]], [[2, -2]]]\n')
    first = FrameRange(1, 1)

    assert [reel_value(reel, name, first) for name in ("window", "pixel", "answer", "gx", "gy")] == [
        *("3 5", "3", "5", "3", "−4"),
    ]
    assert not {"sum", "sums", "products"} & (set(reel.frame_values) | KINDS["magnitude"].values)
    assert set(reel.frame_values) | set(reel.scene_values) == KINDS["magnitude"].values


def test_names_and_grids_go_together() -> None:
    """With scales of their own, as if each stood alone."""
    mixed = document_of(f'{SHORTEST}kernels = ["box-blur", [[0, 0, 0], [0, 0.5, 0], [0, 0, 0]]]\n')
    named, grid = (
        document_of(f'id = "a"\nimage = "corner"\nkernel = {kernel}\n')
        for kernel in ('"box-blur"', "[[0, 0, 0], [0, 0.5, 0], [0, 0, 0]]")
    )

    assert mixed["kernel"]["name"] is None
    for both, first, second in zip(mixed["frames"], named["frames"], grid["frames"], strict=True):
        assert both["sums"] == pytest.approx([first["sum"], second["sum"]], rel=1e-12)
    assert "gx from the first, gy from the second" in scene_alt(
        reel_from(f'{SHORTEST}kernels = ["sobel-x", [[0, 0, 0], [0, 1, 0], [0, 0, 0]]]\n')
    )


def test_the_root_in_a_photograph_has_the_colours_of_its_map() -> None:
    """And gx and gy those of numbers with a sign; where all roots are faint the strongest is white still."""
    text = 'id = "p"\nkind = "magnitude"\nimage = "grey.png"\nframes = "sample 12"\nscale = "1/99"\n'
    reel = narrowed(MagnitudeReel, reel_of(scenes_from_toml(text, "photo.md", 10, read_picture).scenes[0]))
    stage = stage_of(reel)
    fills: dict[str, set[str]] = {}
    for frame in reel.frames:
        for mark in (mark for mark in stage.work.moving(frame) if isinstance(mark, Tile)):
            fills.setdefault(mark.part, set()).add(mark.fill.rpartition("-")[0])

    assert fills["total"] == {"pixel"}
    assert {"plus", "minus"} <= fills["subtotal"] <= {"plus", "minus", ""}
    (answers,) = (panel for panel in stage.maps if isinstance(panel, AnswersPanel))
    assert answers.ends == ("0", reel.answer_text(reel.output.max()))
    assert max(answers.plate.picture.tobytes()) == 255
