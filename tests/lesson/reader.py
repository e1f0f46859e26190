"""What a reader does with a page, and what can be seen on it."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page

from tests.browser import Visit
from tests.lesson.held_time import HOLD, PASSING, STEPPING_ON, STEPS

CHAPTER = "05-convolution-and-filters"
SCROLLING = "sobel-edge"
STEPPING = "blur"

STEP = 1000
"""Milliseconds, more than a step of a scene takes."""

INKED = """node => !/^(none|transparent|rgba\\(.*, 0\\))$/.test(getComputedStyle(node).fill)"""
"""Tells whether a tile or a text has a colour, be it black."""

FITS = """node => {
  const box = part => part.getBoundingClientRect();
  const inner = box(node);
  if (node.matches(".legend")) {
    const middle = inner.top + inner.height / 2;
    const tiles = Array.from(node.ownerSVGElement.querySelectorAll("rect"), box);
    return tiles.every(({ left, top, right, bottom }) =>
      middle < top || middle > bottom || inner.right < left || inner.left > right);
  }
  let tile = node.previousElementSibling;
  if (tile?.matches(".hatch")) tile = tile.previousElementSibling;
  if (tile?.tagName !== "rect") return true;
  const [outer, own] = [tile.getBBox(), node.getBBox()];
  return own.x >= outer.x - 0.5 && own.x + own.width <= outer.x + outer.width + 0.5;
}"""
"""Tells whether a number is no wider than the tile it is on; one of a legend stands beside all tiles."""

SEEN = """section => {
  const text = node => node.textContent;
  const visible = node => Number(node.getAttribute("opacity") ?? 1) > 0;
  const inked = INKED;
  const fits = FITS;
  const isCopy = node => node.parentNode.closest(".ghost");
  const all = name => Array.from(section.querySelectorAll(name)).filter(node => !isCopy(node));
  const frame = section.querySelector(".window").getBoundingClientRect();
  const tooWide = all("text").filter(node => node.textContent && !fits(node));
  const under = all(".pixel").flatMap((pixel, n) => {
    const box = pixel.getBoundingClientRect();
    const [x, y] = [box.left + box.width / 2, box.top + box.height / 2];
    return frame.left < x && x < frame.right && frame.top < y && y < frame.bottom ? [n] : [];
  });
  return {
    frame: Number(section.dataset.frame ?? 0),
    under,
    factors: all(".factor-text").map(text),
    weights: all(".weight-text").map(text),
    products: all(".product-text").map(node => visible(node) ? node.textContent : null),
    opacities: all(".product-text").map(node => Number(node.getAttribute("opacity") ?? 1)),
    total: text(section.querySelector(".total-text")),
    cells: all(".cell").map((cell, n) => inked(cell) && inked(all(".cell-text")[n])
      ? text(all(".cell-text")[n]) : null),
    lit: ["factor", "weight", "laid", "product"].map(name =>
      all(`.${name}`).flatMap((node, n) => node.hasAttribute("data-lit") ? [n] : [])),
    ghosts: all(".ghost").filter(node => node.childNodes.length && visible(node)).length,
    flight: text(section.querySelector(".flight") ?? document.createElement("i")),
    count: text(section.querySelector(".count")).trim(),
    slider: section.querySelector(".slider").value,
    spoken: text(section.querySelector(".spoken")),
    tooWide: tooWide.map(text),
  };
}""".replace("INKED", INKED).replace("FITS", FITS)
"""Reads a scene off the screen."""

EACH = """(section, numbers) => {
  const seen = SEEN;
  const slider = section.querySelector(".slider");
  return (numbers ?? Array.from({ length: Number(slider.max) }, (_, n) => n + 1)).map(number => {
    slider.value = number;
    for (const type of ["input", "change"]) slider.dispatchEvent(new Event(type, { bubbles: true }));
    return seen(section);
  });
}"""
"""Moves the slider to some of its places, or through all, and reads the scene off the screen at each."""

PICTURE = """section => {
  const parts = section.querySelectorAll(".panels, .panels *:not(.ghost:empty), .count, .sprockets i");
  const line = node => [
    node.tagName,
    ...Array.from(node.attributes, ({ name, value }) => `${name}=${value}`)
      .filter(attribute => !/^(class=|data-lit=|opacity=1|visibility=visible)$/.test(attribute)).sort(),
    ...Array.from(node.childNodes, child => child.nodeValue ?? ""),
  ].join(" ");
  return [...Array.from(parts, line), section.querySelector(".slider").value].join("\\n");
}"""
"""Writes down everything about a scene's stage that can be drawn, but not what is pointed at in passing."""

AT_REST = """() => new Promise(done => {
  let place = -1;
  let same = 0;
  const look = () => {
    same = scrollY === place && !document.querySelector("[data-moving]") ? same + 1 : 0;
    place = scrollY;
    if (same > 2) done();
    else requestAnimationFrame(look);
  };
  look();
})"""
"""Is kept once the page and everything on it have stood still for some animation frames."""

LISTEN = """section => {
  window.observer?.disconnect();
  window.heard = [];
  window.observer = new MutationObserver(() => heard.push(Number(section.dataset.frame)));
  observer.observe(section, { attributeFilter: ["data-frame"] });
}"""
"""Notes every frame that a scene shows, in order."""


@dataclass(frozen=True)
class Numbers:
    """What a scene's `frames.json` says."""

    data: dict[str, Any]

    @property
    def frames(self) -> list[dict[str, Any]]:
        """Return every frame."""
        frames: list[dict[str, Any]] = self.data["frames"]
        return frames

    def products(self, number: int) -> list[float]:
        """Return a frame's products in the order in which they are added."""
        channels: list[list[list[float]]] = self.frames[number - 1]["products"]
        return [value for channel in channels for row in channel for value in row]

    def partial_sums(self, number: int) -> list[float]:
        """Return the sum after each row of a frame's products."""
        rows = [sum(row) for channel in self.frames[number - 1]["products"] for row in channel]
        return list(accumulate(rows))

    def sums(self) -> list[float]:
        """Return every frame's sum."""
        return [frame["sum"] for frame in self.frames]

    def pixels(self, number: int) -> list[float]:
        """Return the numbers of the pixels under the window of a frame."""
        image = [value for row in self.data["input"]["values"][0] for value in row]
        return [image[at] for at in self.under(number)]

    def under(self, number: int) -> list[int]:
        """Return the numbers of the pixels under the window of a frame, counted in reading order."""
        top, left = self.frames[number - 1]["window"]
        height, width = self.data["kernel"]["shape"][2:]
        columns = self.data["input"]["shape"][2]
        return [
            row * columns + column for row in range(top, top + height) for column in range(left, left + width)
        ]


def read_numbers(site: Path, scene: str) -> Numbers:
    """Return what the site says about a scene."""
    return Numbers(json.loads((site / CHAPTER / scene / "frames.json").read_text()))


class Reader:
    """A reader of one page."""

    def __init__(self, visit: Visit, url: str) -> None:
        """Open the page."""
        self.visit = visit
        self.url = url
        self.page: Page = visit.page
        self.page.goto(url)

    def section(self, scene: str) -> Locator:
        """Return a scene."""
        return self.page.locator(f"#{scene}")

    def seen(self, scene: str) -> dict[str, Any]:
        """Return what the stage shows."""
        seen: dict[str, Any] = self.section(scene).evaluate(SEEN)
        return seen

    def seen_at_each_frame(
        self, scene: str, numbers: Sequence[int] | None = None, read: str = SEEN
    ) -> list[dict[str, Any]]:
        """Return what a script reads off the stage at places of the slider one after another, or at all."""
        seen: list[dict[str, Any]] = self.section(scene).evaluate(
            EACH.replace("SEEN", read), numbers and list(numbers)
        )
        return seen

    def seen_passing(self, scene: str, step: int, tick: int = 34, read: str = SEEN) -> list[Any]:
        """Scroll through a scene, back where the step is negative; return what a script read all along.

        What follows from a step comes to its end before the next; of it everything is read that is seen
        after so many milliseconds each.
        """
        return [seen for seen, _ in self.moments_passing(scene, step, tick, read)]

    def moments_passing(
        self, scene: str, step: int, tick: int = 34, read: str = SEEN, most: int = 10_000
    ) -> list[tuple[Any, dict[str, Any]]]:
        """Scroll like that, at most so many steps; return beside what was read if it moved, and where."""
        script = PASSING.replace("SEEN", read).replace("HOLD", HOLD)
        samples: list[tuple[Any, dict[str, Any]]] = self.section(scene).evaluate(script, [step, tick, most])
        return samples

    def moments_of_step(self, scene: str, tick: int = 10, read: str = SEEN) -> list[Any]:
        """Press the button to the next frame; return what a script read every so many milliseconds."""
        script = STEPPING_ON.replace("SEEN", read).replace("HOLD", HOLD)
        samples: list[Any] = self.section(scene).evaluate(script, tick)
        return samples

    def pass_in_steps(self, scene: str, step: int) -> None:
        """Scroll through a scene, back where the step is negative."""
        self.section(scene).evaluate(STEPS.replace("HOLD", HOLD), step)

    def hold(self) -> None:
        """Let no time pass on the page from now on but what is told."""
        self.page.evaluate(f"() => {{ window.time = {HOLD} }}")

    def let_pass(self, milliseconds: int) -> None:
        """Let some of the time pass that is held."""
        self.page.evaluate("milliseconds => time.run(milliseconds)", milliseconds)

    def release(self) -> None:
        """Let what moves come to its end, and time go on as it does."""
        self.page.evaluate("() => time.release()")

    @contextmanager
    def time_passing(self, milliseconds: int) -> Iterator[None]:
        """Let so much time pass at once after what is done in a block."""
        self.hold()
        try:
            yield
            self.let_pass(milliseconds)
        finally:
            self.release()

    def press(self, scene: str, button: str) -> None:
        """Press a button of a scene, and let what it does come to its end."""
        with self.time_passing(STEP):
            self.section(scene).locator(button).click()

    def press_key(self, scene: str, key: str) -> None:
        """Press a key on a scene's stage, and let what it does come to its end."""
        with self.time_passing(STEP):
            self.section(scene).locator(".stage").press(key)

    def picture(self, scene: str) -> str:
        """Return everything about the stage that can be drawn, as one text."""
        picture: str = self.section(scene).evaluate(PICTURE)
        return picture

    def frame(self, scene: str) -> int:
        """Return the number of the frame that is shown."""
        return int(self.section(scene).get_attribute("data-frame") or 0)

    def slide(self, scene: str, number: int) -> None:
        """Move the slider, which takes effect at once."""
        self.section(scene).locator(".slider").fill(str(number))

    def await_frame(self, scene: str, number: int) -> None:
        """Wait until a scene shows a frame."""
        self.page.wait_for_function(
            "([id, n]) => document.getElementById(id).dataset.frame === String(n)", arg=[scene, number]
        )

    def await_said(self, scene: str, number: int) -> None:
        """Wait until a scene's frame has been said, which is when it is finished."""
        self.page.wait_for_function(
            """([id, n]) => {
                const section = document.getElementById(id);
                const number = Array.from(document.querySelectorAll(".version")).findIndex(
                    version => section.contains(version));
                const { frames } = JSON.parse(document.querySelectorAll(".frames")[number].textContent);
                return section.querySelector(".spoken").textContent === frames.spoken[n - 1];
            }""",
            arg=[scene, number],
        )

    def rest(self) -> None:
        """Wait until the page stands still."""
        self.page.evaluate(AT_REST)

    def listen(self, scene: str) -> None:
        """Note from now on every frame that a scene shows."""
        self.section(scene).evaluate(LISTEN)

    def heard(self) -> list[int]:
        """Return the frames noted so far, in order."""
        heard: list[int] = self.page.evaluate("heard")
        return heard

    def top_of(self, scene: str) -> None:
        """Scroll to where a scene has not yet begun."""
        self.section(scene).evaluate(
            "section => scrollTo({ top: scrollY + section.getBoundingClientRect().top - innerHeight / 3,"
            " behavior: 'instant' })"
        )
        self.rest()

    def past(self, scene: str) -> bool:
        """Return whether a scene has been scrolled past."""
        return bool(
            self.section(scene).evaluate("section => section.getBoundingClientRect().bottom < innerHeight")
        )

    def before(self, scene: str) -> bool:
        """Return whether a scene has been scrolled back to before its beginning."""
        return bool(
            self.section(scene).evaluate("section => section.getBoundingClientRect().top > innerHeight / 4")
        )

    def scroll_all(self, step: int) -> None:
        """Scroll from the page's top to its end, one step between two animation frames, as a wheel does."""
        self.page.evaluate(
            """step => new Promise(done => {
                scrollTo({ top: 0, behavior: "instant" });
                const on = () => {
                    const end = document.documentElement.scrollHeight - innerHeight;
                    if (scrollY >= end - 1) return done();
                    scrollBy({ top: step, behavior: "instant" });
                    requestAnimationFrame(() => setTimeout(on));
                };
                requestAnimationFrame(() => setTimeout(on));
            })""",
            step,
        )
        self.rest()


def value(text: str) -> Fraction:
    """Return the number that a text on the screen stands for.

    >>> value("−4"), value("+18"), value("0.5"), value("−10/9")
    (Fraction(-4, 1), Fraction(18, 1), Fraction(1, 2), Fraction(-10, 9))
    """
    return Fraction(text.replace("−", "-"))


def shown_as(number: float | Fraction, text: str) -> bool:
    """Return whether a text is a number, whole or as a fraction or rounded to hundredths, with a true minus.

    >>> shown_as(11 / 3, "3.67"), shown_as(11 / 3, "11/3"), shown_as(-4, "−4"), shown_as(-4, "-4")
    (True, True, True, False)
    """
    allowed = 0.005 if "." in text else 1e-9
    return abs(value(text) - Fraction(number)) <= allowed + 1e-9 and "-" not in text
