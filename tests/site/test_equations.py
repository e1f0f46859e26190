"""Every equation that is shown, spoken, told or asked for is true as it is printed, or says ≈."""

import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cache
from typing import Any

import pytest

from generator.drawing import marks_left, stage_of, svg
from generator.drawing.marks import Words
from generator.drawing.paper import A4, Imprint, answer_key, worksheet
from generator.errors import InvalidValue
from generator.scenes import Frame, FrameRange, Reel, reel_value
from generator.scenes.kinds.pooling import PoolingReel
from generator.scenes.kinds.sliding import SlidingReel
from generator.site.script_data import script_data
from tests.scenes import oracle
from tests.scenes.decimal_scenes import decimal_scene
from tests.scenes.making import reel_from
from tests.site.equations import (
    Equation,
    Figure,
    added,
    figure,
    key_sums,
    number,
    spoken,
    told_sum,
    told_terms,
)

SAMPLE = range(0, 100, 20)
ALL = range(100, 2000, 100)
IMPRINT = Imprint("A course", 1, "Sums", "Figure 1.1 · sums", "Sums.", "")
NEARLY = Fraction(1, 10**9)


def figures(reel: Reel) -> list[Figure]:
    """Return the arithmetic of every frame as the pen draws it."""
    panel = stage_of(reel).work
    still = tuple(marks_left(panel, ()))
    return [figure(svg(panel.size, (*still, *panel.moving(frame)), "sum")) for frame in reel.frames]


def said_values(reel: Reel, frame: Frame) -> Iterator[Equation]:
    """Yield what prose says that quotes the values of a frame."""
    here = FrameRange(frame.number, frame.number)
    for name in reel.frame_values:
        if name.startswith("terms."):
            yield from told_terms(reel_value(reel, name, here))
    if isinstance(reel, SlidingReel):
        yield told_sum(*(reel_value(reel, name, here) for name in ("products", "bias", "sum")))


Script = Mapping[str, Any]
"""What the script shows at a frame."""


def scripts(reel: Reel) -> Sequence[Script]:
    """Return what the script shows, frame by frame."""
    frames: Sequence[Script] = script_data(stage_of(reel))["frames"]
    return frames


def equations(
    reel: Reel, drawn: Sequence[Figure], scripts: Sequence[Script]
) -> Iterator[tuple[int, Equation]]:
    """Yield every equation of a reel, of its figures and its scripts with the number of its frame."""
    for frame, shown, script in zip(reel.frames, drawn, scripts, strict=True):
        found = [*shown.equations(), *spoken(script["spoken"], shown)]
        found += said_values(reel, frame) if not isinstance(reel, PoolingReel) else ()
        yield from ((frame.number, equation) for equation in found)
    yield from key_equations(reel)


def has_worksheet(reel: Reel) -> bool:
    return isinstance(reel, SlidingReel) and len(reel.output) == 1


def key_equations(reel: Reel) -> Iterator[tuple[int, Equation]]:
    if has_worksheet(reel):
        blanks = range(1, min(len(reel.frames), 12) + 1)
        yield from key_sums(words_on(answer_key(reel, tuple(blanks), A4, IMPRINT).pages))


def words_on(pages: tuple) -> str:  # type: ignore[type-arg]
    """Return the words of printed pages below their headers; a line that goes on is joined with the next."""
    drawings = (drawing for page in pages for drawing in page.drawings[1:])
    return " ".join(mark.text for drawing in drawings for mark in drawing.marks if isinstance(mark, Words))


@cache
def check(seed: int) -> Counter[str]:
    """Check every equation of a random scene; return how often each kind is claimed, and how often not."""
    text = decimal_scene(seed)
    reel = reel_from(text)
    claims: Counter[str] = Counter()
    drawn, written = figures(reel), scripts(reel)
    for frame, equation in equations(reel, drawn, written):
        assert equation.is_right, f"frame {frame}: {equation} in\n{text}"
        claims[f"{equation.where} {equation.sign}"] += 1
    check_script(drawn, written)
    check_marks(reel, text)
    return claims


def check_script(drawn: Sequence[Figure], scripts: Sequence[Script]) -> None:
    """Check that the script writes the texts that the pen draws, the signs too, and the map the answers."""
    for shown, script in zip(drawn, scripts, strict=True):
        for part in ("product", "subtotal", "total", "answer"):
            written = [word.rpartition(":")[0] for word in script.get(part, "").split(" ") if word]
            assert written == shown.of(part)
        assert tuple(script.get("signs", "").split()) == tuple(shown.of("sign"))
        if shown.of("total"):
            [(_, cell)] = script["cells"]
            assert cell.rpartition(":")[0] == (shown.of("answer") or shown.of("total"))[0]


def check_marks(reel: Reel, text: str) -> None:
    """Check that a value of prose without ≈ is the number itself, by exact loops over what was declared."""
    document, sizes = (make(tomllib.loads(text)) for make in (oracle.expected, oracle.magnitudes))
    largest = max(number for plane in document["output"]["values"] for row in plane for number in row)
    size = max(number for plane in sizes["output"]["values"] for row in plane for number in row)
    assert is_marked(reel_value(reel, "output.max", None), largest, size)
    for frame, exact, magnitude in zip(reel.frames, document["frames"], sizes["frames"], strict=True):
        if "sum" in exact and isinstance(reel, SlidingReel):
            shown = reel_value(reel, "sum", FrameRange(frame.number, frame.number))
            assert is_marked(shown, exact["sum"], magnitude["sum"]), (
                f"frame {frame.number}: {shown} in\n{text}"
            )


def is_marked(shown: str, exact: Fraction, size: Fraction) -> bool:
    """Return whether a text is a number up to the noise of its terms, or says that it is not."""
    return "≈" in shown or abs(number(shown) - exact) <= abs(exact) * NEARLY + abs(size) * NEARLY / 1000


@pytest.mark.parametrize("first", SAMPLE)
def test_equations_of_random_decimals_are_true_or_say_that_they_are_not(first: int) -> None:
    """In the figure, its script, speech, prose and answer key, of every kind of scene."""
    for seed in range(first, first + 20):
        check(seed)


@pytest.mark.long
@pytest.mark.parametrize("first", ALL)
def test_equations_of_two_thousand_scenes_are_true_or_say_that_they_are_not(first: int) -> None:
    """The same, twenty times as often."""
    for seed in range(first, first + 100):
        check(seed)


def test_random_decimals_make_equations_of_both_kinds() -> None:
    """Those that are claimed and those that are not come up in every place often enough to be tested."""
    claims: Counter[str] = sum((check(seed) for seed in range(100)), Counter())
    places = ("product", "channel", "sum", "average", "spoken", "prose", "key", "activation", "spoken answer")

    assert {f"{place} {sign}" for place in places for sign in "=≈" if claims[f"{place} {sign}"] < 5} == set()


def test_an_equation_that_is_not_true_is_found() -> None:
    """What this module relies on can tell."""
    thirds = reel_from('id = "a"\nimage = [[1, 1]]\nkernel = [[0.33333, 0.33333]]\n')
    panel = stage_of(thirds).work
    drawn = svg(panel.size, (*panel.still(), *panel.moving(thirds.frames[0])), "sum")

    assert all(equation.is_right for equation in figure(drawn).equations())
    wrong = [
        equation.where for equation in figure(drawn.replace("≈", "=")).equations() if not equation.is_right
    ]
    assert wrong == ["product", "product", "sum"]
    assert not told_sum("0.33 + 0.33", "0", "0.67").is_right
    assert added("0.33 − 0.33") == 0


EIGHTHS = 'id = "a"\nimage = [[0.125, 0.125]]\nkernel = [[1, 1]]\n'
BRIGHT = 'id = "a"\nimage = [[0.125, 0.375, 0.625, 0.875]]\nkernel = [[1, 1, 1, 1]]\nworksheet = true\n'
SIXTEENTHS = 'id = "a"\nimage = [[0.0625, 0.0625]]\nkernel = [[1, 1]]\n'
NINTHS = 'id = "a"\nimage = [[1, 1]]\nkernel = [[1, 1]]\nscale = "1/9"\n'


def told(text: str) -> tuple[Figure, str, str]:
    """Return the first frame of a scene as it is drawn, spoken, and told in prose."""
    reel = reel_from(text)
    script = scripts(reel)[0]
    here = FrameRange(1, 1)
    prose = f"{reel_value(reel, 'products', here)} adds up to {reel_value(reel, 'sum', here)}"
    return figures(reel)[0], script["spoken"], prose


def test_eighths_are_printed_with_three_decimals() -> None:
    """0.125 + 0.125 is not 0.13 + 0.13: digits enough, in the figure, in speech and in prose."""
    shown, said, prose = told(EIGHTHS)

    assert (shown.of("product"), shown.sums, shown.of("total")) == (["0.125", "0.125"], ["Σ"], ["0.25"])
    assert said == "Row 1, column 1: 0.125 times 1, plus 0.125 times 1 equals 0.25."
    assert prose == "0.125 + 0.125 adds up to 0.25"


def test_sixteenths_say_that_they_are_rounded() -> None:
    """Where three decimals do not suffice, there are two, and every place says ≈."""
    shown, said, prose = told(SIXTEENTHS)

    assert (shown.of("product"), shown.equal, shown.sums, shown.of("total")) == (
        ["0.06", "0.06"],
        ["≈"],
        ["Σ≈"],
        ["0.13"],
    )
    assert said == "Row 1, column 1: 0.06 times 1, plus 0.06 times 1 is about 0.13."
    assert prose == "≈ 0.06 + 0.06 adds up to ≈ 0.13"


def test_ninths_add_up_to_ninths() -> None:
    """Products that stay fractions make a sum that is one."""
    shown, said, prose = told(NINTHS)

    assert (shown.of("product"), shown.sums, shown.of("total")) == (["1/9", "1/9"], ["Σ"], ["2/9"])
    assert said == "Row 1, column 1: 1 times 1 over 9, plus 1 times 1 over 9 equals 2 over 9."
    assert prose == "1/9 + 1/9 adds up to 2/9"


def test_a_worksheet_and_its_key_say_the_same() -> None:
    """A child who adds up what is printed finds what the key says."""
    reel = reel_from(BRIGHT)
    sheet = words_on(worksheet(reel, (1,), A4, IMPRINT).pages)
    (sums,) = key_sums(words_on(answer_key(reel, (1,), A4, IMPRINT).pages))

    shown = figures(reel)[0]
    assert shown.of("factor") == ["0.125", "0.375", "0.625", "0.875"]
    assert sums == (1, Equation("key", Fraction(2), "=", Fraction(2)))
    assert "≈" not in sheet


def test_the_key_has_the_sign_of_the_figure() -> None:
    """Frame by frame, where some sums are rounded and others are not."""
    reel = reel_from('id = "a"\nimage = [[0.1234, 1, 2, 0.5]]\nkernel = [[1, 1]]\n')
    key = dict(key_sums(words_on(answer_key(reel, (1, 2, 3), A4, IMPRINT).pages)))

    assert [shown.sums for shown in figures(reel)] == [["Σ≈"], ["Σ"], ["Σ"]]
    assert [key[frame].sign for frame in (1, 2, 3)] == ["≈", "=", "="]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("output.max", "≈ 1.12"),
        ("sums", "≈ 1.12, 1, 0"),
        ("input.min", "0"),
        ("input.max", "1"),
        ("window", "1 0"),
        ("bias", "0"),
        ("products.plus", "1"),
    ],
)
def test_a_value_says_that_it_is_rounded(name: str, value: str) -> None:
    """Of a list each that is; of a value that is printed exactly, nothing is said."""
    reel = reel_from('id = "a"\nimage = [[0.1234, 1, 0, 0], [0, 0, 0, 0]]\nkernel = [[1, 1]]\n')
    frames = FrameRange(1, 3) if name == "sums" else FrameRange(2, 2)

    try:
        assert reel_value(reel, name, None) == value
    except InvalidValue:
        assert reel_value(reel, name, frames) == value
