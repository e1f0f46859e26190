"""Colours as readers see them: padding that is told from pixels, scales, and colours of a reader's own."""

from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page

from tests.browser import NewPage

HATCHED = """(section, part) => {
  const texts = section.querySelectorAll(`.${part}-text`);
  return Array.from(section.querySelectorAll(`.${part}`), (tile, n) => {
    const hatch = tile.nextElementSibling;
    return {
      outside: tile.classList.contains("outside"),
      fill: getComputedStyle(tile).fill,
      text: texts[n].textContent,
      hatched: hatch.matches(".hatch") && getComputedStyle(hatch).visibility === "visible",
    };
  });
}"""
SHOWN = "([scene, frame]) => document.getElementById(scene).dataset.frame === frame"
INKS = """tiles => tiles.slice(0, 7).map(
  tile => [getComputedStyle(tile).fill, getComputedStyle(tile.nextSibling).fill]
)"""
STYLE = "(node, [name, pseudo]) => getComputedStyle(node, pseudo)[name]"
SMALLEST_DIFFERENCE = 60
"""Of 255; between a letter and its ground."""


def opened(new_page: NewPage, address: str, **options: object) -> Page:
    page = new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce", **options).page  # type: ignore[arg-type]
    page.goto(address)
    return page


def greys_in(part: Locator) -> set[int]:
    """Return the brightnesses of what is seen, as a grey copy has them."""
    colours = Image.open(BytesIO(part.screenshot())).convert("L").getcolors() or []
    return {int(grey) for _, grey in colours if isinstance(grey, int)}


def test_padding_has_the_grey_of_its_number_and_is_hatched(new_page: NewPage, site_url: str) -> None:
    """In the input and under the window; the image's own pixels are not hatched."""
    page = opened(new_page, f"{site_url}07-edges-steps-and-holes/index.html#border-modes=1")
    section = page.locator("#border-modes")
    page.wait_for_function(SHOWN, arg=["border-modes", "1"])
    pixels = section.evaluate(HATCHED, "pixel")
    fills = {(tile["text"], tile["fill"]) for tile in pixels}

    assert [tile["outside"] for tile in pixels[:9]] == [True, *[False] * 7, True]
    assert all(tile["hatched"] is tile["outside"] for tile in pixels)
    assert {text for text, _ in fills} == {"0", "1", "7", "9"}
    assert len(fills) == 4
    under = section.evaluate(HATCHED, "factor")[:3]
    assert [tile["hatched"] for tile in under] == [True, False, False]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_map_says_what_its_colours_run_from_and_to(new_page: NewPage, site_url: str, scheme: str) -> None:
    """As text that can be read, below numbers and below photographs."""
    page = opened(new_page, f"{site_url}05-convolution-and-filters/index.html", color_scheme=scheme)
    legends = {
        scene: page.locator(f"#{scene} .legend").all_text_contents() for scene in ("sobel-edge", "blur")
    }
    page.goto(f"{site_url}06-a-gallery-of-kernels/index.html")
    notes = page.locator("#sharper .plate-note").all_text_contents()

    assert legends == {"sobel-edge": ["−32", "0", "+32"], "blur": ["0", "9"]}
    assert [note.split()[0] for note in notes] == ["−314", "0"]
    assert "cut off" in notes[1]


def test_an_editors_version_is_the_photograph_in_grey(new_page: NewPage, site_url: str) -> None:
    """The switch names it in words; its picture is grey but for what is cut off, and that is said."""
    page = opened(new_page, f"{site_url}06-a-gallery-of-kernels/index.html")
    for scene in ("sharper", "unsharp", "relief"):
        section = page.locator(f"#{scene}")
        section.get_by_text("as an editor shows it", exact=True).first.click()
        picture = section.locator(".version:not([hidden]) .map img")
        assert "cut off" in (picture.get_attribute("alt") or "")
        address = picture.evaluate("node => node.currentSrc || node.src")
        made = Image.open(BytesIO(page.request.get(address).body())).convert("RGB")
        pixels = [made.getpixel((x, y)) for x in range(made.width) for y in range(made.height)]
        greys = sum(isinstance(pixel, tuple) and len(set(pixel)) == 1 for pixel in pixels)
        assert 0.8 < greys / len(pixels) < 1, scene


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_states_are_told_apart_in_a_readers_own_colours(
    new_page: NewPage, site_url: str, scheme: str
) -> None:
    """The frame that is shown, the version that is chosen, and every word on a button."""
    page = opened(
        new_page,
        f"{site_url}05-convolution-and-filters/index.html#sobel-edge=3",
        forced_colors="active",
        color_scheme=scheme,
    )
    page.wait_for_function(SHOWN, arg=["sobel-edge", "3"])
    holes = [page.locator(f"#sobel-edge .sprockets i{which}").first for which in (".passed", ".here")]
    holes.append(page.locator("#sobel-edge .sprockets i:not(.passed):not(.here)").first)
    grounds = [hole.evaluate(STYLE, ["backgroundColor", "::before"]) for hole in holes]
    words = [greys_in(page.locator(f"#sobel-edge .{button}")) for button in ("back", "play-word", "next")]
    page.goto(f"{site_url}06-a-gallery-of-kernels/index.html")
    labels = page.locator("#sharper .switch label")
    chosen, other = (labels.nth(at).evaluate(STYLE, ["backgroundColor", None]) for at in (0, 1))
    radio = labels.nth(1).locator("input")

    assert len(set(grounds)) == 3
    assert all(max(seen) - min(seen) > SMALLEST_DIFFERENCE for seen in words)
    assert chosen != other
    assert radio.evaluate(STYLE, ["opacity", None]) == "1"
    assert radio.evaluate(STYLE, ["position", None]) == "static"


def test_a_tile_keeps_its_colour_in_a_readers_own(new_page: NewPage, site_url: str) -> None:
    """It says something; the number on it stands out from it."""
    page = opened(
        new_page, f"{site_url}05-convolution-and-filters/index.html#sobel-edge=3", forced_colors="active"
    )
    page.wait_for_function(SHOWN, arg=["sobel-edge", "3"])
    tiles = page.locator("#sobel-edge .pixel").evaluate_all(INKS)

    assert len({ground for ground, _ in tiles}) == 2
    assert {ink for _, ink in tiles} == {"rgb(255, 255, 255)", "rgb(0, 0, 0)"}
