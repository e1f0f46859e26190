"""Whatever a scene declares, every frame on the screen is the one that its data says."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from itertools import accumulate, groupby, product
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import begin_visit
from tests.lesson.conftest import OPTIONS as CHAPTER
from tests.lesson.reader import FITS, INKED, PICTURE, Reader, shown_as, value

pytestmark = pytest.mark.browser

SLIDING = (
    "pad-zeros",
    "pad-reflect",
    "pad-replicate",
    "pad-circular",
    "same-even",
    "each-step",
    "causal",
    "full",
    "strided",
    "strided-padded",
    "dilated",
    "oblong",
    "colours",
    "grouped",
    "depthwise",
    "relu",
    "leaky",
    "abs",
    "clamp",
    "bias-wide",
    "row",
    "flipped",
)
SPREADING = ("spread", "spread-channels", "spread-dilated")
POOLING = (
    *("largest", "largest-channels", "average", "largest-hanging", "average-hanging", "average-uncounted"),
    "global",
)
FOLDERS = {
    "kernels": ("", "sobel-y", "blur"),
    "images": ("", "image-2"),
    "both": ("", "kernel-1-image-2", "kernel-2-image-1", "kernel-2-image-2"),
    "flips": ("", "convolution"),
    "strides": ("", "stride-2"),
    "strides-back": ("", "stride-1"),
    "borders": ("", "reflect", "replicate", "circular"),
}
"""The folder of each version inside that of its scene."""

PASSED = ("relu", "colours", "spread", "largest", "average")
"""Scenes to scroll past."""
STEP = 30
"""Pixels; less than any frame takes."""
LONGEST_TOLD = 12
"""A sum with more terms is told by its channels."""
SAID = re.compile(r"(?:minus )?\d+(?:\.\d+)?(?: over \d+)?")

SHOWN = """version => {
  const box = node => node.getBoundingClientRect();
  const isCopy = node => node.parentNode.closest(".ghost");
  const all = (root, name) => Array.from(root.querySelectorAll(name)).filter(node => !isCopy(node));
  const texts = name => all(version, name).map(node => node.textContent);
  const seen = node => getComputedStyle(node).visibility === "visible"
    && Number(node.getAttribute("opacity") ?? 1) > 0;
  const inked = INKED;
  const fits = FITS;
  const within = (outer, node) => {
    const { left, top, width, height } = box(node);
    const [x, y] = [left + width / 2, top + height / 2];
    return outer.left < x && x < outer.right && outer.top < y && y < outer.bottom;
  };
  const marked = (root, parts, name) => {
    const marks = all(root, name).filter(seen).map(box);
    return parts.flatMap((part, n) => marks.some(mark => within(mark, part)) ? [n] : []);
  };
  const input = grid => ({
    pixels: all(grid, ".pixel-text").map(node => node.textContent),
    under: marked(grid, all(grid, ".pixel"), ".window"),
    winner: marked(grid, all(grid, ".pixel"), ".winner"),
  });
  const covered = (grid, places) => {
    const marks = all(grid, ".window").filter(seen).map(box);
    const pitch = marks.length ? places[1].left - places[0].left : 1;
    const count = (from, to) => Math.round((to - from) / pitch);
    return marks.flatMap(({ left, top, width, height }) => {
      const [row, column] = [count(places[0].top, top), count(places[0].left, left)];
      const [rows, columns] = [count(0, height), count(0, width)];
      return Array.from({ length: rows * columns },
        (_, n) => [row + Math.floor(n / columns), column + n % columns]);
    });
  };
  const map = grid => {
    const places = all(grid, ".empty");
    const numbers = all(grid, ".cell-text");
    const written = all(grid, ".cell").map((tile, n) => [tile, numbers[n]])
      .filter(([tile, number]) => inked(tile) && inked(number));
    const begun = all(grid, ".begun-text");
    return {
      cells: places.map(place => {
        const here = written.find(([tile]) => within(box(place), tile))?.[1]
          ?? begun.find(node => within(box(place), node));
        return here ? here.textContent : null;
      }),
      target: marked(grid, places, ".target"),
      patch: covered(grid, places.map(box)),
    };
  };
  const numbers = all(version, "svg text").filter(node => node.textContent);
  const tooWide = numbers.filter(node => !fits(node));
  const cut = numbers.filter(node => {
    const { width, height } = node.ownerSVGElement.viewBox.baseVal;
    const inner = node.getBBox();
    return inner.x < -0.5 || inner.x + inner.width > width + 0.5 || inner.y + inner.height / 2 > height;
  });
  const one = name => texts(name)[0] ?? null;
  const work = version.querySelector("svg.sum");
  return {
    frame: Number(version.closest("[data-scene]").dataset.frame ?? 0),
    inputs: all(version, "svg.input").map(input),
    maps: all(version, "svg.map").map(map),
    factors: texts(".factor-text"),
    winner: marked(work, all(work, ".factor"), ".winner"),
    weights: texts(".weight-text"),
    bias: one(".bias"),
    products: all(version, ".product-text").map(node => seen(node) ? node.textContent : null),
    channels: texts(".subtotal-text"),
    total: one(".total-text"),
    answer: one(".answer-text"),
    ghosts: all(version, ".ghost").filter(node => node.childNodes.length && seen(node)).length,
    flight: one(".flight") ?? "",
    spoken: version.closest("[data-scene]").querySelector(".spoken").textContent,
    tooWide: tooWide.map(node => node.textContent),
    cut: cut.map(node => node.textContent),
  };
}""".replace("INKED", INKED).replace("FITS", FITS)
"""Reads one version of a scene off the screen."""

CHOOSE = """
  section.querySelectorAll(".switch input")[number]?.click();
  const version = section.querySelectorAll(".version")[number];
  const slider = section.querySelector(".slider");
  const count = Number(slider.max);
  const slide = frame => {
    slider.value = frame;
    for (const type of ["input", "change"]) slider.dispatchEvent(new Event(type, { bubbles: true }));
  };
"""
EACH = f"""(section, number) => {{
  const shown = {SHOWN};
  {CHOOSE}
  return Array.from({{ length: count }}, (_, n) => {{
    slide(n + 1);
    return shown(version);
  }});
}}"""
"""Moves the slider through all its places and reads a version off the screen at each."""

WAYS = f"""(section, number) => {{
  const picture = {PICTURE};
  {CHOOSE}
  const hidden = node => node.closest(".unfilled, [visibility=hidden]");
  const drawn = () => picture({{
    querySelectorAll: names => Array.from(version.querySelectorAll(names)).filter(node => !hidden(node)),
    querySelector: name => section.querySelector(name),
  }});
  const forwards = Array.from({{ length: count }}, (_, n) => n + 1);
  const ways = [[...forwards].reverse(), forwards.map(n => n * 7 % count + 1)];
  const pictures = new Map();
  const different = [];
  for (const frame of ways.flat()) {{
    slide(frame);
    const now = drawn();
    if (pictures.has(frame) && pictures.get(frame) !== now) different.push(frame);
    pictures.set(frame, now);
  }}
  return {{ different, pictures: new Set(pictures.values()).size }};
}}"""
"""Slides backwards, then to and fro, and tells which frames did not look the same both times."""

ALL_SHOWN = f"""section => Array.from(section.querySelectorAll(".version:not([hidden])"), {SHOWN})"""
"""Reads every version that is seen."""

Shown = dict[str, Any]
Place = tuple[int, int, int]


@dataclass(frozen=True)
class Layer:
    """What a version's `frames.json` says, and what follows from it for the screen."""

    data: dict[str, Any]

    @property
    def frames(self) -> list[dict[str, Any]]:
        """Return every frame."""
        frames: list[dict[str, Any]] = self.data["frames"]
        return frames

    @property
    def transposed(self) -> bool:
        return bool(self.data["transposed"])

    @property
    def pooling(self) -> bool:
        return self.data.get("kind") == "pooling"

    @property
    def largest(self) -> bool:
        return bool(self.data["operation"] == "max")

    @property
    def margins(self) -> list[list[int]]:
        """Return the padding that is seen around the input; a transposed scene crops its output by it."""
        margins: list[list[int]] = self.data["padding"]
        return [[0, 0], [0, 0]] if self.transposed else margins

    @property
    def padded_size(self) -> tuple[int, int]:
        """Return the size of the padded input, and of what the last windows hang over."""
        _, height, width = self.data["input"]["shape"]
        (top, bottom), (left, right) = self.margins
        rows, columns = [height + bottom], [width + right]
        if not self.transposed:
            places = [place for number in range(1, len(self.frames) + 1) for place in self.window(number)]
            rows, columns = (
                [*ends, *(lines + 1 for lines in line)]
                for ends, line in zip((rows, columns), zip(*places, strict=True), strict=True)
            )
        return top + max(rows), left + max(columns)

    def pixel(self, channel: int, row: int, column: int) -> float | None:
        """Return what is seen at a place of the padded input; nothing where it is not counted."""
        _, height, width = self.data["input"]["shape"]
        places = (
            source(row, height, self.data["padding_mode"]),
            source(column, width, self.data["padding_mode"]),
        )
        if None in places:
            (_, bottom), (_, right) = self.margins
            counts = not self.largest and self.data.get("count_include_pad", True)
            return 0 if counts and row < height + bottom and column < width + right else None
        number: float = self.data["input"]["values"][channel][places[0]][places[1]]
        return number

    def image(self, channel: int) -> list[float | None]:
        """Return a channel with its padding in reading order."""
        (top, _), (left, _) = self.margins
        height, width = self.padded_size
        return [self.pixel(channel, r - top, c - left) for r, c in product(range(height), range(width))]

    def channels(self, number: int) -> list[int]:
        """Return the channels that a frame looks at."""
        if self.transposed:
            return [self.frames[number - 1]["in"][0]]
        filters, depth = self.data["kernel"]["shape"][:2]
        first = self.frames[number - 1]["out"][0] // (filters // self.data["groups"]) * depth
        return list(range(first, first + depth))

    def offsets(self) -> list[tuple[int, int]]:
        """Return how far each weight lies from the window's corner, in window order."""
        height, width = self.data["kernel"]["shape"][2:]
        down, across = self.data["dilation"]
        return [(row * down, column * across) for row, column in product(range(height), range(width))]

    def window(self, number: int) -> list[tuple[int, int]]:
        """Return the places of the input under the window, or of the output under the patch."""
        top, left = self.frames[number - 1]["window"]
        return [(top + down, left + across) for down, across in self.offsets()]

    def factors(self, number: int) -> list[float | None]:
        """Return the numbers that are multiplied, or pooled."""
        if self.transposed:
            return [self.pixel(*self.frames[number - 1]["in"])]
        return [
            self.pixel(channel, *place) for channel in self.channels(number) for place in self.window(number)
        ]

    def under(self, number: int, channel: int) -> list[int]:
        """Return the numbers of a channel's pixels that a frame marks, in reading order from 0."""
        if channel not in self.channels(number):
            return []
        places = [tuple(self.frames[number - 1]["in"][1:])] if self.transposed else self.window(number)
        return [self.cell(row, column) for row, column in places]

    def cell(self, row: int, column: int) -> int:
        """Return the number of a place of the input among all that are drawn."""
        (top, _), (left, _) = self.margins
        return (row + top) * self.padded_size[1] + column + left

    def weights(self, number: int) -> list[float]:
        """Return the weights as they lie on the window."""
        if self.pooling:
            return []
        frame = self.frames[number - 1]
        weights: list[Any] = self.data["kernel"]["values"][
            (frame["in"] if self.transposed else frame["out"])[0]
        ]
        if self.data["operation"] == "convolution":
            weights = [[row[::-1] for row in plane[::-1]] for plane in weights]
        return flat(weights)

    def products(self, number: int) -> list[float]:
        """Return the products in the order in which they are added."""
        return flat(self.frames[number - 1].get("patch" if self.transposed else "products", []))

    def channel_sums(self, number: int) -> list[float]:
        """Return what each channel adds, if there are several."""
        if self.transposed or self.pooling or len(self.channels(number)) == 1:
            return []
        return [sum(flat(plane)) for plane in self.frames[number - 1]["products"]]

    def total(self, number: int) -> float | None:
        """Return the number in the first box of the answer."""
        frame = self.frames[number - 1]
        total: float | None = frame["value"] if self.pooling and self.largest else frame.get("sum")
        return total

    def value(self, number: int) -> float:
        """Return what a frame writes into the map."""
        plane, row, column = self.frames[number - 1]["out"]
        written: float = self.data["output"]["values"][plane][row][column]
        return written

    @property
    def answers(self) -> bool:
        """Tell whether a second box shows what becomes of the sum."""
        averages = self.pooling and not self.largest
        return averages or (self.data["activation"] is not None and not self.transposed)

    @cached_property
    def outs(self) -> list[Place]:
        """Return the cells in the order in which they are filled."""
        return [(frame["out"][0], frame["out"][1], frame["out"][2]) for frame in self.frames]

    def map(self, number: int, plane: int) -> list[float | None]:
        """Return one map as it looks after a frame."""
        _, height, width = self.data["output"]["shape"]
        if self.transposed:
            return (
                flat(self.frames[number - 1]["output"][plane])
                if number
                else [self.begun(plane)] * height * width
            )
        filled = set(self.outs[:number])
        finished = self.data["output"]["values"][plane]
        return [
            finished[row][column] if (plane, row, column) in filled else None
            for row, column in product(range(height), range(width))
        ]

    def begun(self, plane: int) -> float:
        """Return what a transposed scene's output holds before anything is added."""
        bias: float = self.data["bias"][plane]
        return max(0, bias) if self.data["activation"] else bias

    def spread(self, number: int) -> list[int]:
        """Return the maps that a frame's patch is added to."""
        channels, depth = self.data["kernel"]["shape"][:2]
        first = self.frames[number - 1]["in"][0] // (channels // self.data["groups"]) * depth
        return list(range(first, first + depth))

    def landing(self, number: int) -> list[tuple[int, int]]:
        """Return the output's places that a patch is added to: those that are not cut off."""
        _, height, width = self.data["output"]["shape"]
        return [
            (row, column) for row, column in self.window(number) if 0 <= row < height and 0 <= column < width
        ]

    def said(self, number: int) -> list[float]:
        """Return all numbers of a frame's sentence, in order."""
        frame = self.frames[number - 1]
        place = frame["in"] if self.transposed else frame["out"]
        several = self.data["input" if self.transposed else "output"]["shape"][0] > 1
        told = [part + 1 for part in (place if several else place[1:])]
        if self.transposed:
            return [
                *told,
                *numbers(self.factors(number)),
                len(self.landing(number)) * len(self.spread(number)),
            ]
        if self.pooling:
            factors = numbers(self.factors(number))
            is_global = self.data["kernel"]["shape"][2:] == self.data["input"]["shape"][1:]
            return [*told, *([len(factors)] if is_global else factors), self.value(number)]
        return [*told, *self.terms(number), *self.ends(number)]

    def terms(self, number: int) -> list[float]:
        """Return the numbers that tell a sum."""
        if len(self.products(number)) <= LONGEST_TOLD:
            pairs = zip(numbers(self.factors(number)), self.weights(number), strict=True)
            return [factor for pair in pairs for factor in pair]
        sums = zip(self.channels(number), self.channel_sums(number), strict=False)
        return [part for channel, added in sums for part in (channel + 1, added)]

    def ends(self, number: int) -> list[float]:
        """Return the bias, the sum, and what the activation leaves, as far as there are such."""
        bias = self.data["bias"][self.frames[number - 1]["out"][0]]
        after = [self.value(number)] if self.data["activation"] else []
        return [*([bias] if bias else []), self.frames[number - 1]["sum"], *after]


def source(place: int, size: int, mode: str) -> int | None:
    """Return which line of an image is seen at a place, also beyond its edge; nothing where that is a zero.

    >>> [[source(place, 3, mode) for place in (-2, -1, 0, 2, 3)] for mode in ("reflect", "circular", "zeros")]
    [[2, 1, 0, 2, 1], [1, 2, 0, 2, 0], [None, None, 0, 2, None]]
    """
    if mode == "reflect":
        return size - 1 - abs(size - 1 - abs(place))
    if mode == "replicate":
        return min(max(place, 0), size - 1)
    if mode == "circular":
        return place % size
    return place if 0 <= place < size else None


def flat(nested: Sequence[Any]) -> list[Any]:
    """Return the numbers of nested lists in reading order.

    >>> flat([[1, 2], [[3]]])
    [1, 2, 3]
    """
    return [number for part in nested for number in (flat(part) if isinstance(part, list) else [part])]


def numbers(values: Sequence[float | None]) -> list[float]:
    """Return the values without those that are none."""
    return [number for number in values if number is not None]


def alike(values: Sequence[float | None], texts: Sequence[str | None]) -> bool:
    """Return whether texts are numbers, in order; nothing is shown where there is none.

    >>> alike([1, None, -2], ["+1", None, "−2"]), alike([1, None], ["1", "0"]), alike([1], ["1", "2"])
    (True, False, False)
    """
    return len(values) == len(texts) and all(
        not text if number is None else bool(text) and shown_as(number, str(text))
        for number, text in zip(values, texts, strict=True)
    )


def frame_at(frame: int, count: int, own: int) -> int:
    """Return which of its own frames a version shows when the scene is at a frame of so many.

    >>> [frame_at(frame, 9, 4) for frame in range(1, 10)], [frame_at(frame, 4, 9) for frame in range(1, 5)]
    ([1, 1, 2, 2, 3, 3, 4, 4, 4], [3, 5, 7, 9])
    """
    return next(n for n in range(1, own + 1) if Fraction(n, own) >= Fraction(frame, count))


def read_layer(site: Path, scene: str, folder: str = "") -> Layer:
    """Return what the site says about a version of a scene."""
    return Layer(json.loads((site / CHAPTER / scene / folder / "frames.json").read_text()))


@pytest.fixture(scope="module")
def page(browser: Browser, options: Path) -> Iterator[Reader]:
    """Open the chapter once."""
    visit = begin_visit(browser, viewport={"width": 1280, "height": 800})
    yield Reader(visit, (options / CHAPTER / "index.html").as_uri())
    visit.page.context.close()


ZOOMS = ("closer", "closer-planes")
"""Scenes that compute nothing: `test_zooms` looks at them."""
VERSIONS = [(scene, 0, "") for scene in (*SLIDING, *SPREADING, *POOLING)] + [
    (scene, number, folder) for scene, folders in FOLDERS.items() for number, folder in enumerate(folders)
]


@dataclass(frozen=True)
class Read:
    """One version of a scene: what is shown at each frame, and what should be."""

    scene: str
    number: int
    layer: Layer
    shown: list[Shown]

    @property
    def frames(self) -> list[tuple[int, Shown]]:
        """Return the version's own frame, and what is shown, at each frame of the scene."""
        own = len(self.layer.frames)
        count = len(self.shown)
        return [(frame_at(at, count, own), shown) for at, shown in enumerate(self.shown, 1)]


@pytest.fixture(scope="module", params=VERSIONS, ids=lambda version: "/".join(filter(None, version[::2])))
def read(request: pytest.FixtureRequest, page: Reader, options: Path) -> Read:
    scene, number, folder = request.param
    shown: list[Shown] = page.section(scene).evaluate(EACH, number)
    return Read(scene, number, read_layer(options, scene, folder), shown)


# --- Every frame of every scene -------------------------------------------------------------------------


def test_the_frame_that_was_asked_for_is_shown(read: Read, options: Path) -> None:
    count = len(read_layer(options, read.scene).frames)
    assert [shown["frame"] for shown in read.shown] == list(range(1, count + 1))


def test_the_input_is_drawn_with_what_pads_it(read: Read) -> None:
    for _, shown in read.frames:
        for channel, grid in enumerate(shown["inputs"]):
            assert alike(read.layer.image(channel), grid["pixels"])
        assert len(shown["inputs"]) == read.layer.data["input"]["shape"][0]


def test_the_window_lies_on_its_pixels_in_each_channel(read: Read) -> None:
    for number, shown in read.frames:
        expected = [read.layer.under(number, channel) for channel in range(len(shown["inputs"]))]
        assert [grid["under"] for grid in shown["inputs"]] == expected


def test_the_pixels_under_the_window_stand_in_its_order(read: Read) -> None:
    for number, shown in read.frames:
        assert alike(read.layer.factors(number), shown["factors"])


def test_the_weights_are_those_of_the_frames_filter(read: Read) -> None:
    for number, shown in read.frames:
        assert alike(read.layer.weights(number), shown["weights"])


def test_the_products_stand(read: Read) -> None:
    for number, shown in read.frames:
        assert alike(read.layer.products(number), shown["products"])


def test_each_channel_has_its_sum(read: Read) -> None:
    for number, shown in read.frames:
        assert alike(read.layer.channel_sums(number), shown["channels"])


def test_the_sum_the_bias_and_the_answer_stand(read: Read) -> None:
    added = any(read.layer.data["bias"]) and not read.layer.transposed
    for number, shown in read.frames:
        total = read.layer.total(number)
        assert shown["total"] is None if total is None else shown_as(total, shown["total"])
        assert (
            shown_as(read.layer.value(number), shown["answer"]) if read.layer.answers else not shown["answer"]
        )
        if added:
            bias = read.layer.data["bias"][read.layer.frames[number - 1]["out"][0]]
            assert shown_as(bias, shown["bias"].removeprefix("bias "))
        else:
            assert shown["bias"] is None


def test_all_maps_are_filled_up_to_the_frame_and_no_further(read: Read) -> None:
    for number, shown in read.frames:
        expected = [read.layer.map(number, plane) for plane in range(read.layer.data["output"]["shape"][0])]
        assert len(shown["maps"]) == len(expected)
        assert all(alike(cells, grid["cells"]) for cells, grid in zip(expected, shown["maps"], strict=True))


def test_the_cell_that_is_filled_or_the_patch_that_is_added_is_marked(read: Read) -> None:
    width = read.layer.data["output"]["shape"][2]
    for number, shown in read.frames:
        for plane, grid in enumerate(shown["maps"]):
            if read.layer.transposed:
                here = read.layer.window(number) if plane in read.layer.spread(number) else []
                assert ([tuple(place) for place in grid["patch"]], grid["target"]) == (here, [])
            else:
                out = read.layer.outs[number - 1]
                cells = [out[1] * width + out[2]] if out[0] == plane else []
                assert (grid["patch"], grid["target"]) == ([], cells)


def test_the_largest_pixel_is_marked_in_the_input_and_under_the_window(read: Read) -> None:
    for number, shown in read.frames:
        winner = read.layer.frames[number - 1].get("winner")
        channel = read.layer.channels(number)[0]
        marked = [
            [read.layer.cell(*winner)] if winner and n == channel else [] for n in range(len(shown["inputs"]))
        ]
        assert [grid["winner"] for grid in shown["inputs"]] == marked
        assert shown["winner"] == ([read.layer.window(number).index(tuple(winner))] if winner else [])


def test_what_is_shown_adds_up(read: Read) -> None:
    """Pixel times weight, product by product; with the bias they make the sum."""
    if read.layer.pooling or read.layer.transposed:
        return
    for number, shown in read.frames:
        factors = zip(map(value, shown["factors"]), map(value, shown["weights"]), strict=True)
        products = [pixel * weight for pixel, weight in factors]
        assert alike([float(part) for part in products], shown["products"])
        bias = Fraction(read.layer.data["bias"][read.layer.frames[number - 1]["out"][0]])
        assert shown_as(sum(products, bias), shown["total"])


def test_nothing_is_on_its_way(read: Read) -> None:
    assert {(shown["ghosts"], shown["flight"]) for shown in read.shown} == {(0, "")}


def test_every_text_fits_its_tile_and_its_picture(read: Read) -> None:
    assert [(shown["tooWide"], shown["cut"]) for shown in read.shown] == [([], [])] * len(read.shown)


def test_the_sentence_tells_the_frame(read: Read) -> None:
    for number, shown in read.frames:
        sentence = own_sentence(read, shown["spoken"])
        told = [match.replace("minus ", "−").replace(" over ", "/") for match in SAID.findall(sentence)]
        assert alike(read.layer.said(number), told), sentence
        assert "−" not in sentence


def own_sentence(read: Read, spoken: str) -> str:
    """Return what is said of a version; those that are compared are told one after the other."""
    sentences = [part for part in re.split(r"(?<=[.]) ", spoken) if part]
    return sentences[read.number].partition(": ")[2] if len(sentences) > 1 else sentences[0]


def test_the_tables_behind_the_picture_say_the_same(read: Read, page: Reader) -> None:
    tables = page.section(read.scene).locator(".numbers table")
    planes = read.layer.data["output"]["values"]
    cells: list[list[str]] = tables.evaluate_all(
        "tables => tables.map(table => Array.from(table.querySelectorAll('tbody td'), td => td.textContent))"
    )
    first = read.number * len(planes)
    assert all(alike(flat(plane), cells[first + n]) for n, plane in enumerate(planes))


def test_whichever_way_a_frame_is_reached_the_picture_is_the_same(read: Read, page: Reader) -> None:
    seen = page.section(read.scene).evaluate(WAYS, read.number)
    assert seen == {"different": [], "pictures": len(read.shown)}


def test_the_chapter_has_no_other_scene(page: Reader) -> None:
    scenes = page.page.evaluate(
        "() => Array.from(document.querySelectorAll('[data-scene]'), node => node.id)"
    )
    assert sorted(scenes) == sorted({*(scene for scene, _, _ in VERSIONS), *ZOOMS})


# --- Between frames ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Passed:
    """What was seen of a scene while the page was scrolled past it and back, and whether it moved."""

    layer: Layer
    there: list[tuple[Shown, bool]]
    back: list[tuple[Shown, bool]]

    @property
    def samples(self) -> list[Shown]:
        return [shown for shown, _ in self.there + self.back]

    def made(self, shown: Shown) -> int:
        """Return the frame whose numbers stand in the sum: the chosen one, or one that is taken apart."""
        near = [n for n in (shown["frame"], *around(shown["frame"])) if 1 <= n <= len(self.layer.frames)]
        return next(
            frame
            for frame in near
            if alike(self.layer.factors(frame), shown["factors"])
            and alike(self.layer.weights(frame), shown["weights"])
            and self.agrees(frame, shown)
        )

    def agrees(self, frame: int, shown: Shown) -> bool:
        """Tell whether the products that are seen are the first ones of a frame."""
        there = [text for text in shown["products"] if text is not None]
        return alike(self.layer.products(frame)[: len(there)], there)

    def fills(self, frame: int, shown: Shown) -> bool:
        """Tell whether all maps look as they do after a frame."""
        return all(alike(self.layer.map(frame, n), grid["cells"]) for n, grid in enumerate(shown["maps"]))


def around(frame: int) -> tuple[int, int]:
    return frame - 1, frame + 1


@pytest.fixture(scope="module", params=PASSED, ids=str)
def passing(request: pytest.FixtureRequest, page: Reader, options: Path) -> Passed:
    scene = request.param
    page.top_of(scene)
    there, back = (
        [
            (versions[0], at["moving"])
            for versions, at in page.moments_passing(scene, step, tick=30, read=ALL_SHOWN)
        ]
        for step in (STEP, -STEP)
    )
    return Passed(read_layer(options, scene), there, back)


def test_scrolling_passes_every_frame_in_order_and_back(passing: Passed) -> None:
    there, back = (
        [frame for frame, _ in groupby(way, lambda sample: sample[0]["frame"])]
        for way in (passing.there, passing.back)
    )
    forwards = list(range(len(passing.layer.frames) + 1))
    assert (there, back) == (forwards, forwards[::-1])


def test_a_map_shows_the_frame_at_rest_and_nothing_of_it_before(passing: Passed) -> None:
    """Also backwards: what a frame has made is taken away before the window moves."""
    for way, behind in ((passing.there, 1), (passing.back, 0)):
        for shown, moving in way:
            assert passing.fills(shown["frame"] - (behind if moving else 0), shown)


def test_at_rest_everything_stands(passing: Passed) -> None:
    for shown, moving in passing.there + passing.back:
        if not moving and shown["frame"]:
            assert passing.made(shown) == shown["frame"] or passing.layer.transposed
            assert None not in shown["products"]
            assert all(shown["channels"])
            assert shown["total"] != ""
            assert shown["answer"] != ""
            assert (shown["ghosts"], shown["flight"]) == (0, "")


def test_products_appear_one_after_another(passing: Passed) -> None:
    for shown in passing.samples:
        there = [text for text in shown["products"] if text is not None]
        assert shown["products"][len(there) :] == [None] * (len(shown["products"]) - len(there))
        assert passing.agrees(passing.made(shown), shown)


def test_on_the_way_only_true_sums_are_seen(passing: Passed) -> None:
    """In the box the sum of the rows so far, and of each channel its own once it is complete."""
    for shown in passing.samples:
        frame = passing.made(shown)
        if shown["total"]:
            assert any(shown_as(part, shown["total"]) for part in on_the_way(passing.layer, frame))
        sums = [text for text in shown["channels"] if text]
        assert alike(passing.layer.channel_sums(frame)[: len(sums)], sums)
        assert shown["channels"][len(sums) :] == [""] * (len(shown["channels"]) - len(sums))


def on_the_way(layer: Layer, number: int) -> list[float]:
    """Return what may stand in the box of the sum while a frame is made."""
    terms = numbers(layer.factors(number)) if layer.pooling else layer.products(number)
    total = layer.total(number)
    assert total is not None
    return [*accumulate(terms, max if layer.largest else None), total]


def test_a_channel_has_its_sum_once_all_its_products_have_arrived(passing: Passed) -> None:
    for shown in passing.samples:
        sums = len([text for text in shown["channels"] if text])
        if sums:
            frame = passing.made(shown)
            most = arrived(passing.layer, frame, shown["total"])
            assert most * len(shown["channels"]) >= sums * len(passing.layer.products(frame))


def arrived(layer: Layer, number: int, text: str) -> int:
    """Return how many products can have run into a sum that shows a text, at most."""
    sums = [*accumulate(layer.products(number)), layer.total(number) or 0]
    counts = [count for count, part in enumerate(sums, 1) if text and shown_as(part, text)]
    return min(max(counts, default=0), len(sums) - 1)


def test_something_is_seen_half_made(passing: Passed) -> None:
    layer = passing.layer
    for way in (passing.there, passing.back):
        on_the_way = [shown for shown, moving in way if moving]
        counts = {len(numbers(shown["products"])) for shown in on_the_way}
        assert len(counts) > 2 or layer.pooling
        assert any(shown["ghosts"] for shown in on_the_way) != layer.transposed
        assert any(shown["flight"] for shown in on_the_way) != layer.transposed
        assert any(shown["total"] == "" for shown in on_the_way) != layer.transposed


def test_the_answer_is_carried_to_the_map(passing: Passed) -> None:
    for shown in passing.samples:
        if shown["flight"]:
            assert shown_as(passing.layer.value(passing.made(shown)), shown["flight"])
            assert shown["answer"] in {None, shown["flight"]}


def test_the_answer_appears_once_the_sum_stands(passing: Passed) -> None:
    for shown in passing.samples:
        if shown["answer"]:
            frame = passing.made(shown)
            total, answer = passing.layer.total(frame), passing.layer.value(frame)
            assert total is not None
            assert shown_as(total, shown["total"])
            assert shown["answer"] == shown["total"] or shown_as(answer, shown["answer"])


def test_a_negative_sum_arrives_at_the_activation_and_becomes_zero(page: Reader, options: Path) -> None:
    layer = read_layer(options, "relu")
    negative = [number for number, frame in enumerate(layer.frames, 1) if frame["sum"] < 0]
    assert 0 < len(negative) < len(layer.frames)
    assert 1 not in negative
    for number in negative:
        page.slide("relu", number - 1)
        seen = [shown for (shown,) in page.moments_of_step("relu", read=ALL_SHOWN)]
        made = [shown for shown in seen if alike(layer.factors(number), shown["factors"]) and shown["total"]]
        total = layer.total(number)
        assert total is not None
        assert all(shown_as(total, shown["total"]) for shown in made if shown["answer"])
        answers = [text for text, _ in groupby(shown["answer"] for shown in made)]
        assert answers[0] == ""
        assert shown_as(total, answers[1])
        assert answers[2:] == ["0"]
        carried = {(shown["answer"], shown["flight"]) for shown in made if shown["flight"]}
        assert carried == {("0", "0")}


def test_nothing_is_said_in_the_console(page: Reader) -> None:
    assert (page.visit.console, page.visit.errors, page.visit.failed) == ([], [], [])
