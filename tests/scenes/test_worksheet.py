"""Which sums a worksheet leaves empty, form by form. What an author may not write is in `mistakes/`."""

import pytest

from generator.scenes import blank_frames
from tests.scenes.making import SOBEL_EDGE, reel_from

ROW_2 = (6, 7, 8, 9, 10)


def blanks(toml: str, scene: str = SOBEL_EDGE) -> tuple[int, ...]:
    """Return what is left empty in the flagship's scene, or another, with these lines."""
    return blank_frames(reel_from(scene + toml))


@pytest.mark.parametrize(
    ("form", "frames"),
    [
        ("out peak", (2,)),
        ("peak", (2,)),
        ("out first", (1,)),
        ("last", (25,)),
        ("12", (12,)),
        ("6-10", ROW_2),
        ("row 2", ROW_2),
        ("out 3,4", (14,)),
        ("Out  3 , 4", (14,)),
        ("all", tuple(range(1, 26))),
        ("1 of 25", (13,)),
        ("3 of 25", (5, 13, 21)),
        ("25 of 25", tuple(range(1, 26))),
    ],
)
def test_a_blank_is_an_anchor_or_a_share(form: str, frames: tuple[int, ...]) -> None:
    """Each form means the frames it names, a share as many as it says, spread over the reel."""
    assert blanks(f'blank = "{form}"') == frames


def test_several_blanks_are_one_worksheet() -> None:
    """Blanks of a list are taken together, each frame once, in order."""
    assert blanks('blank = ["row 2", "out peak", "9-11"]') == (2, 6, 7, 8, 9, 10, 11)


def test_without_the_keys_there_is_no_worksheet() -> None:
    """An author who asks for none gets none."""
    assert blanks("") == ()


def test_a_worksheet_can_be_switched_off() -> None:
    """What was to be blank may stay in the block when the worksheet is not wanted."""
    assert blanks('worksheet = false\nblank = "out peak"') == ()


def test_a_worksheet_takes_the_blanks_that_are_named() -> None:
    """Both keys together mean the same as the blanks alone."""
    assert blanks('worksheet = true\nblank = "out peak"') == blanks('blank = "out peak"') == (2,)


def test_a_worksheet_that_names_none_leaves_a_fifth_empty() -> None:
    """Five sums of the flagship's twenty-five, the same each time, answers of both kinds among them."""
    chosen = blanks("worksheet = true")

    assert chosen == blanks("worksheet = true")
    assert len(chosen) == len(set(chosen)) == 5
    assert {reel_from().sums[number - 1] for number in chosen} == {0, 32}


def test_the_usual_blanks_are_of_varied_answers() -> None:
    """Of forty-nine different answers, ten are left out: from the lowest fifth to the highest."""
    image = [[(16 * (7 * row + column)) % 49 for column in range(7)] for row in range(7)]
    scene = f'id = "edge"\nimage = {image}\nkernel = [[1]]\n'
    sums = reel_from(scene).sums
    missing = sorted(sums[number - 1] for number in blanks("worksheet = true", scene))
    lowest, highest = min(sums), max(sums)
    fifths = {int(5 * (answer - lowest) / (highest - lowest + 1)) for answer in missing}

    assert len(missing) == 10
    assert fifths == {0, 1, 2, 3, 4}


@pytest.mark.parametrize("size", [1, 2, 4])
def test_the_smallest_scene_leaves_one_sum(size: int) -> None:
    """A worksheet always has something to fill in."""
    row = list(range(1, size + 1))
    assert len(blanks("worksheet = true", f'id = "edge"\nimage = [{row}]\nkernel = [[1]]\n')) == 1
