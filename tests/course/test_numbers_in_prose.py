"""The numbers that authors of the shipped course typed: each is measured here, or names or counts something.

All others come from reels, as values in braces. What stands in exercises is looked at in `test_exercises` and
in the tests of the chapters.
"""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from generator.arithmetic import KERNELS
from generator.course import Chapter
from generator.scenes import Array, Reel, reel_value
from generator.scenes.kinds.learning import LearningReel
from generator.scenes.kinds.sliding import SlidingReel
from generator.scenes.kinds.stack import StackReel
from tests.built import shipped_course
from tests.course.test_exercises import EXERCISE, spread_width, width
from tests.scenes.making import narrowed
from tests.scenes.test_networks import digits

CHAPTERS = Path(__file__).parents[2] / "content" / "chapters"
NAMES = [path.stem for path in sorted(CHAPTERS.glob("*.md"))]
ONE, FIVE, SIX, SEVEN, TEN, ELEVEN, THIRTEEN = NAMES
WORDS = {
    **{"five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12},
    **{"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "twenty": 20, "thirty-six": 36},
    **{"forty-nine": 49, "hundred": 100, "thousand": 1000},
}
"""Up to four, a word may as well be no number: one of them, two sides."""
BLOCKS = r"^```.*?^```$|^\$\$.*?\$\$$|^\[frame [^\]]*\]"
NO_PROSE = rf"{BLOCKS}|\$[^$]+?\$|`[^`\n]+`|\{{[^{{}}\n]*\}}|\]\([^)]*\)|(?:Chapter|Part) \d+"
NAMED = {
    ONE: (
        *("make a figure 7", "the 7", "A 7.", "count from 1", "count from 0"),
        *("programs from 0", "from 0 to 9, which is easier to multiply. There 9"),
    ),
    FIVE: ("loops 1 and 2", "loops 3 and 4"),
    SIX: (
        *("cut off at 0 and 255", "it was above 255", "Rec. 601", "one answer in a 100", "that add up to 1"),
        *("that add up to 0", "Varshney, 2006", "CC0 1.0"),
    ),
    SEVEN: (
        *("of 2016", "5 or 6?", "The two 1s in front", "puts a 0 outside", "only at stride 1"),
        *("answer ought to be 0", "all 5 sizes"),
    ),
    TEN: ("a 7 from a one", "a 100 times smaller", "+ 2*et*"),
    ELEVEN: (
        *(
            "A likeness of 1",
            "; 0 means that they",
            "one in 10;",
            *(f"| {number} | · | ·" for number in range(1, 9)),
        ),
        *("Is it a 0?", "Is it a 1?", "Is it a 2?", "Is it an 8?", "Is it a 9?", "for 3, 4, 5, 6 and 7"),
        *(
            "thinks of a 3?",
            "the score for 3 grows",
            "in every 3 that it",
            "The 0 is the plainest",
            "for a 0 has",
        ),
    ),
    THIRTEEN: (),
}
"""What nothing could measure: names, dates, ways of counting, and the ends of scales."""


def chapters() -> dict[str, Chapter]:
    return {chapter.name: chapter for chapter in shipped_course().chapters}


def scene(chapter: str, name: str) -> Reel:
    """Return the steps of a scene, or of one of its sides."""
    return next(reel for block in chapters()[chapter].scenes for reel in block.reels if reel.scene.id == name)


def of(chapter: str, name: str, value: str) -> str:
    """Return a value of a scene as a whole, as a chapter prints it."""
    return reel_value(scene(chapter, name), value, None)


def image(name: str) -> Array:
    """Return the first channel of an image of chapter 7."""
    found: Array = scene(SEVEN, name).image[0]
    return found


def answers(name: str) -> list[list[int]]:
    """Return the first map of a scene of chapter 7, of whole numbers."""
    found: list[list[int]] = scene(SEVEN, name).output[0].astype(int).tolist()
    return found


def neighbours(kernel: str) -> int:
    """Return how many weights of a kernel lie around the one in its middle."""
    return np.array(KERNELS[kernel].weights).size - 1


def in_chapter_1() -> tuple[str, ...]:
    row, column = (int(of(ONE, "seven", f"at.{side}")) - 1 for side in ("row", "column"))
    return (
        f"is row {row}, column {column} for them",
        f"A byte is 8 switches, each on or off, and 8 switches can be set in {2**8} ways",
    )


def in_chapter_6() -> tuple[str, ...]:
    text = (CHAPTERS / f"{SIX}.md").read_text("utf-8")
    pixels = int(of(FIVE, "sobel-edge", "input.height")) * int(of(FIVE, "sobel-edge", "input.width"))
    places = len(re.findall(r"^> \d\. ", text, re.MULTILINE))
    linked = re.findall(r"\[row \d+(,| and)\s+column \d+\]\(place:(\d+),(\d+)\)", text)
    return (
        f"a picture of {pixels} pixels",
        f"{places} places to remember",
        f"these {places} places",
        f"the {neighbours('identity')} weights around it",
        f"All {neighbours('box-blur') + 1} pixels count",
        f"asks {neighbours('outline')} neighbours",
        *(f"row {row}{word} column {column}" for word, row, column in linked),
    )


def before_transposing() -> tuple[str, ...]:
    pixel, flat = image("no-padding")[1, 2], np.sum(KERNELS["outline"].weights)
    seen, rim = len(answers("no-padding")) ** 2, image("no-padding").size
    rows, weights = width(6, 3, 1, 2), of(SEVEN, "dilated", "kernel.count")
    return (
        f"{pixel} stands in row 2, column 3",
        f"has a single {np.sum(KERNELS['identity'].weights)} in its middle",
        f"The other {rim - seen}, the whole rim",
        f"from its {neighbours('outline')} neighbours. On a flat patch it says {flat}",
        f"{9 - 2 * 2} of the 9 pixels under it are padding",
        f"at a time, {9 - 2 * 2} in the corner",
        "falls a little, from {:.0f} to {:.0f}".format(*image("border-modes")[0, -2:]),
        f"** of {of(SEVEN, 'strides', 'stride')} it moves",
        f"{rows**2} answers of the {width(6, 3, 1) ** 2} that a stride of 1 would give",
        f"rounded down {(6 + 2 * 1 - 3) // 2}, plus",
        f"With 5 pixels instead of 6 it comes out as {(5 + 2 * 1 - 3) / 2:.0f},",
        f"** of {of(SEVEN, 'dilated', 'dilation')} moves the weights apart",
        f"still {weights} weights, and {weights} products",
        f"the stride is still {of(SEVEN, 'dilated', 'stride')}",
        f"All {neighbours('outline')} outer weights",
        f"inside the ring, and say {flat}",
        f"In the middle, {neighbours('outline') + 1} weights have seen the ring",
    )


def from_transposing_on() -> tuple[str, ...]:
    weights = of(SEVEN, "strides-transposed", "kernel.count")
    spread, checked = answers("strides-transposed"), answers("padding-strides-transposed")
    means = answers("padding-strides-odd-transposed")[0]
    cases, _, _ = (CHAPTERS / f"{SEVEN}.md").read_text("utf-8").partition("## In PyTorch")
    met = cases.partition("## The whole family")[2].count("\n| [")
    others = len(chapters()[THIRTEEN].scenes)
    return (
        f"multiplied by all {weights} weights",
        f"through {weights} weights of 1: {weights} ones in the corner",
        f"and there 1 + 2 = {spread[0][2]}",
        f"One row is shared: 1 + 3 = {spread[2][0]}",
        f"all four meet: 1 + 2 + 3 + 4 = **·** (that is {spread[2][2]})".partition(" (")[0],
        f"image there is: {image('padding-strides-transposed').size} ones",
        f"there stands a {checked[0][1]}.",
        f"a map of ·, {checked[0][1]} and ·",
        f"A stride of 2 took 5 pixels to {width(5, 3, 1, 2)}, and 6 pixels to {width(6, 3, 1, 2)}",
        f"make of 3? The formula so far says {spread_width(3, 3, 2, 1)}",
        f"between {means[0]} and {means[2]} they put a {means[1]}",
        f"with a stride of {of(SEVEN, 'zeros-between', 'stride')}. Most",
        f"animated {met + others} cases",
        f"{met} of them you have met",
        f"The other {others} teach nothing new",
    )


def in_chapter_7() -> tuple[str, ...]:
    return (*before_transposing(), *from_transposing_on())


def in_chapter_10() -> tuple[str, ...]:
    steps = [frame.step for frame in narrowed(LearningReel, scene(TEN, "one-image")).frames]
    weights = of(TEN, "one-image", "kernel.count")
    return (
        f"written down {weights} weights",
        f"The {weights} weights begin",
        f"we lay {weights} other weights",
        f"stand the {weights} weights",
        f"Each of the {weights} weights",
        f"The same {weights} weights",
        f"lie {20 - steps[steps.index(20) - 1]} steps.",
        f"With {digits().network.kernels.shape[0]} kernels, and some pictures",
    )


def in_chapter_11() -> tuple[str, ...]:
    scores = narrowed(StackReel, scene(ELEVEN, "ten-scores"))
    ranks = np.argsort([frame.value for frame in scores.frames])[::-1]
    filters, classes, numbers = len(digits().network.kernels), len(ranks), digits().held_out.images
    (writers,) = re.findall(
        r"written by (\d+) people", (CHAPTERS.parent / "data" / "CREDITS.md").read_text("utf-8")
    )
    return (
        f"from {numbers.min()} for paper to {numbers.max()} for ink",
        "kernels of {}×{} weights".format(*digits().network.kernels.shape[2:]),
        f"A window of {of(ELEVEN, 'eight-maps', 'layer.2.kernel.size')} numbers",
        f"{classes} more kernels**, one for each digit from 0 to {classes - 1}.",
        f"Each lies on all {filters} pooled maps",
        f"{writers} people wrote",
        f"{digits().network.kernels[0].size} random numbers",
        *("in kernels 1, 3 and 6", "kernels 2 and 4"),  # measured with the chapter's other tests
        f"After every {4 * 4} cells",
        f"Every number of the {filters} pooled maps",
        f"of this {ranks[0]} speak for an {ranks[1]}, too",
        f"The highest was for {ranks[0]},",
        f"It has {classes} scores",
    )


def in_chapter_13() -> tuple[str, ...]:
    first = narrowed(SlidingReel, scene(THIRTEEN, "arbitrary-padding"))
    others = len(chapters()[THIRTEEN].scenes)
    (alike,) = {*first.image.ravel().tolist()} | {*np.ravel(first.layer.kernel.weights).tolist()}
    return (
        "shows 8 of the 15 cases",
        f"Here are the other {others}.",
        f"All pixels and all weights are {alike:.0f}",
        f"stride of {of(THIRTEEN, 'no-padding-transposed', 'stride')} the patches",
        f"A single {scene(THIRTEEN, 'half-padding-transposed').image.max():.0f} in the dark",
        f"At stride {of(THIRTEEN, 'full-padding-transposed', 'stride')} no zero",
    )


@pytest.mark.parametrize(
    ("chapter", "measured"),
    [
        (ONE, in_chapter_1),
        (FIVE, tuple),
        (SIX, in_chapter_6),
        (SEVEN, in_chapter_7),
        (TEN, in_chapter_10),
        (ELEVEN, in_chapter_11),
        (THIRTEEN, in_chapter_13),
    ],
    ids=NAMES,
)
def test_every_number_that_is_typed_is_measured(
    chapter: str, measured: Callable[[], tuple[str, ...]]
) -> None:
    """What is measured stands in the prose as it is said here, and no other number does."""
    text = prose(chapter)
    for phrase in (*NAMED[chapter], *measured()):
        assert phrase in text, phrase
        text = text.replace(phrase, "")
    assert [text[max(0, at.start() - 40) : at.end() + 20] for at in re.finditer(r"\d", text)] == []


def prose(chapter: str) -> str:
    """Return a chapter's text in one line, with numbers for words, without exercises, blocks and values."""
    text = (CHAPTERS / f"{chapter}.md").read_text("utf-8").split("+++", 2)[2]
    text = re.sub(NO_PROSE, "·", EXERCISE.sub("", text), flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"^(> ?)?(\d\. )?", "", text, flags=re.MULTILINE)
    words = re.compile(rf"\b({'|'.join(WORDS)})\b", re.IGNORECASE)
    return " ".join(words.sub(lambda word: str(WORDS[word[0].lower()]), text).split())
