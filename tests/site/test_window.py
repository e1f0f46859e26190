"""The window of a frame as a table: what others see between input and map, for those who listen."""

import re

import pytest

from generator.drawing import stage_of
from generator.scenes import Reel, reel_of, scenes_from_toml
from generator.site.script_data import script_data, words_of
from generator.site.words import window_of
from generator.site.words.window import PLACE, filled_rows
from tests.drawing.samples import no_picture
from tests.scenes.option_scenes import LESSONS, MAGNITUDES, OPTION_SCENES, ZOOMS

WINDOWS = {**OPTION_SCENES, **MAGNITUDES, **LESSONS, **ZOOMS}
STACK = (
    'id = "a"\nkind = "stack"\nimage = "step"\n[[layers]]\nkernel = "sobel-x"\n[[layers]]\nkernel = "blur"\n'
)


def reel_from(text: str) -> Reel:
    return reel_of(scenes_from_toml(text, "chapter.md", 1, no_picture).scenes[0])


def told(reel: Reel, number: int) -> dict[str, list[str]]:
    """Return the filled texts of each row at a frame, counted from 1, by the row's head."""
    stage = stage_of(reel)
    return dict(filled_rows(window_of(reel), words_of(stage, script_data(stage), number)))


@pytest.mark.parametrize("text", WINDOWS.values(), ids=WINDOWS)
def test_every_number_of_the_arithmetic_is_told(text: str) -> None:
    """Each tile of the last frame stands in the table; blank are only pixels that a pool does not count."""
    reel = reel_from(text)
    rows = told(reel, len(reel.frames))
    cells = [cell for row in rows.values() for cell in row]
    assert all(cells) or 'kind = "pooling"' in text
    spoken = {word for cell in cells for word in re.split(r"[ :]+", cell)}
    frame = script_data(stage_of(reel))["frames"][-1]
    for part in ("factor", "product", "subtotal", "total", "answer", "running"):
        assert {word.partition(":")[0] for word in frame.get(part, "").split(" ")} <= {*spoken, ""}
    assert not PLACE.search("".join(cells))


def test_pixel_before_weight_row_by_row() -> None:
    reel = reel_from('id = "a"\nimage = [[1, 2], [3, 4]]\nkernel = [[1, 0], [0, -1]]\nbias = 5\n')
    assert told(reel, 1) == {
        "row 1": ["1 times +1: +1", "2 times 0: 0", "1"],
        "row 2": ["3 times 0: 0", "4 times −1: −4", "−3"],
        "bias": ["5"],
        "sum": ["2"],
    }


def test_a_stack_has_no_table_for_its_frames_multiply_nothing() -> None:
    assert window_of(reel_from(STACK)).rows == ()
