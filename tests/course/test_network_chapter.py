"""The chapter about a small network: what its prose says of what was learned is so."""

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from generator.cli import PROJECT
from generator.course import Chapter, GridsFigure
from generator.scenes.kinds.stack import StackReel
from tests.built import shipped_course
from tests.scenes.making import narrowed
from tests.scenes.test_networks import digits

NAME = "11-a-small-network-sees"
TEXT = (PROJECT / "content" / "chapters" / f"{NAME}.md").read_text("utf-8")


@cache
def chapter() -> Chapter:
    (found,) = (each for each in shipped_course().chapters if each.name == NAME)
    return found


def reel(scene: str) -> StackReel:
    (found,) = (block.reel for block in chapter().scenes if block.reel.scene.id == scene)
    return narrowed(StackReel, found)


def test_the_page_tells_the_accuracy_that_was_measured() -> None:
    text = "".join(getattr(block, "html", "") for block in chapter().blocks)
    assert f">{digits().value('accuracy')}<" in text
    assert f">{digits(split='last').value('accuracy')}<" in text


def test_every_mistake_is_shown() -> None:
    """As many pictures as mistakes, each with what it is and what it was taken for."""
    (figure,) = (
        block for block in chapter().blocks if isinstance(block, GridsFigure) and "mistakes" in block.caption
    )
    learned = digits()
    assert len(figure.grids) == len(learned.mistaken)
    for (grid, label), at in zip(figure.grids, learned.mistaken, strict=True):
        assert (grid.values == learned.held_out.images[at]).all()
        told = list(map(int, re.findall(r"\d", label)))
        assert told == [learned.held_out.labels[at], learned.answers[at]]


def test_the_digit_that_is_followed_is_a_two_and_an_eight_comes_second() -> None:
    values = [frame.value for frame in reel("ten-scores").frames]
    assert [int(at) for at in np.argsort(values)[::-1][:2]] == [2, 8]
    assert digits().value("image.11.answer") == digits().value("image.11.label") == "2"


@pytest.mark.parametrize(("map_", "sign"), [(0, 1), (5, -1)])
def test_the_first_and_the_sixth_map_are_those_of_upper_and_lower_edges(map_: int, sign: int) -> None:
    """What the chapter says of them: their kernels weigh above against below, and their maps follow."""
    kernel = digits().network.kernels[map_, 0]
    assert sign * (kernel[2].sum() - kernel[0].sum()) > 0
    image = np.pad(digits().held_out.images[10], 1)
    steps = sign * (image[2:, 1:-1] - image[:-2, 1:-1])
    found = reel("eight-maps").grids[1][map_]
    assert found[steps > 5].mean() > 2 * found[steps <= 0].mean()


@pytest.mark.parametrize("kernel", [1, 3, 6])
def test_three_kernels_have_plus_on_one_side_and_minus_on_the_other(kernel: int) -> None:
    """A straight line through the middle has most of the plus on one side, of the minus on the other."""
    weights = digits().array("filter", kernel)
    rows, columns = np.mgrid[-1:2, -1:2]
    across = max(
        abs((weights * np.sign(rows * y + columns * x)).sum()) for y, x in ((0, 1), (1, 0), (1, 1), (1, -1))
    )
    assert across > 0.6 * np.abs(weights).sum()


def test_a_nought_is_told_by_the_hole_in_its_middle() -> None:
    assert (digits().array("class", 1)[2:5, 4] < 0).all()


def test_what_was_learned_is_rounder_than_noise_and_none_is_sobel() -> None:
    """The likeness has grown; and the nearest kernel is not the same."""
    learned = digits()
    likeness = [float(learned.value(f"likeness.{number}")) for number in range(1, 9)]
    assert float(learned.value("likeness")) > float(learned.value("first.likeness"))
    assert max(likeness) < 0.95


def test_two_kernels_are_silent_and_have_faded() -> None:
    """They give zeros to nearly all places of all pictures, and are smaller than at the beginning."""
    learned = digits()
    maps = learned.network.seen(learned.learned.images.astype(float)).maps
    answered = [(maps[:, number - 1] > 0).mean() for number in range(1, 9)]
    assert [number for number, share in enumerate(answered, 1) if share < 0.01] == [2, 4]
    assert [number for number, share in enumerate(answered, 1) if share > 0.4] == [1, 3, 5, 6, 7, 8]
    for number in (2, 4):
        now, then = learned.array("filter", number), learned.array("first-filter", number)
        assert (now**2).sum() < (0.4**2) * (then**2).sum()
        assert (now < 0).sum() > 5


def test_the_file_of_the_chapter_names_its_data() -> None:
    assert TEXT.count('data = "data/digits.npz"') == 2
    assert (Path(PROJECT) / "content" / "data" / "CREDITS.md").read_text("utf-8").count("digits.npz")
