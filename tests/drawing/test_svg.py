"""The pen for the page: marks become SVG that carries no colour and no style of its own."""

from xml.etree import ElementTree as ET

import pytest

from generator.drawing import svg
from generator.drawing.marks import MIDDLE, Outline, Tile, Words
from generator.drawing.panels.panel import Panel, marks_at
from generator.drawing.stages import stage_of
from tests.drawing.samples import FLAGSHIP, LIGHT

PANELS = (stage_of(FLAGSHIP).inputs[0], stage_of(FLAGSHIP).work, stage_of(FLAGSHIP).maps[0])


def drawn(panel: Panel) -> ET.Element:
    return ET.fromstring(svg(panel.size, marks_at(panel, FLAGSHIP, FLAGSHIP.frames[-1]), "panel"))  # noqa: S314


def one(mark: Tile | Outline | Words) -> list[ET.Element]:
    return list(ET.fromstring(svg((100, 50), [mark], "panel")))  # noqa: S314


@pytest.mark.parametrize("panel", PANELS, ids=["input", "sum", "map"])
def test_a_panel_is_well_formed_and_as_large_as_it_says(panel: Panel) -> None:
    """The drawing's own coordinates are the panel's units."""
    root = drawn(panel)
    assert [float(part) for part in root.attrib["viewBox"].split()] == [0, 0, *map(round2, panel.size)]


def round2(number: float) -> float:
    return round(number, 2)


@pytest.mark.parametrize("panel", PANELS, ids=["input", "sum", "map"])
def test_every_mark_is_drawn_once_in_order(panel: Panel) -> None:
    """A tile becomes a rectangle and a text, an outline a rectangle, words a text."""
    expected = [
        name
        for mark in marks_at(panel, FLAGSHIP, FLAGSHIP.frames[-1])
        for name in {Tile: ("rect", "text"), Outline: ("rect",), Words: ("text",)}[type(mark)]
    ]
    assert [element.tag for element in drawn(panel)] == expected


@pytest.mark.parametrize("panel", PANELS, ids=["input", "sum", "map"])
def test_colours_come_from_classes_alone(panel: Panel) -> None:
    """No element has a style, a fill or a stroke; every class names a role that the theme colours."""
    for element in drawn(panel):
        assert not {"style", "fill", "stroke"} & set(element.attrib)
        coloured = [name for name in element.attrib["class"].split() if name.split("-")[0] in COLOURING]
        assert len(coloured) == 1
        assert coloured[0].partition("-")[2] in LIGHT


COLOURING = {"fill", "ink", "line"}


def test_a_screen_reader_does_not_meet_the_drawing() -> None:
    """The numbers are told by the words around the figure, not one by one."""
    root = drawn(PANELS[0])
    assert (root.attrib["aria-hidden"], root.attrib["focusable"]) == ("true", "false")


def test_a_number_stands_in_the_middle_of_its_tile() -> None:
    """The text is anchored in the middle, its baseline under the tile's centre."""
    rect, text = one(Tile(10, 4, 38, 38, "zero", "7", "ink", 20, "pixel"))
    assert {name: rect.attrib[name] for name in ("x", "y", "width", "height")} == {
        "x": "10",
        "y": "4",
        "width": "38",
        "height": "38",
    }
    assert (text.attrib["x"], text.attrib["text-anchor"]) == ("29", "middle")
    assert float(text.attrib["y"]) == pytest.approx(4 + 19 + 20 * MIDDLE)
    assert text.text == "7"


def test_the_script_can_find_the_parts() -> None:
    """A tile and its text carry the part's name."""
    rect, text = one(Tile(0, 0, 38, 38, "zero", "7", "ink", 20, "pixel"))
    assert rect.attrib["class"] == "pixel fill-zero"
    assert text.attrib["class"] == "pixel-text ink-ink"


def test_an_outline_has_no_filling() -> None:
    """An outline is a line in its role's colour and width."""
    (rect,) = one(Outline(4, 4, 40, 40, "window", 4, "window"))
    assert rect.attrib["class"] == "window line-window"
    assert rect.attrib["stroke-width"] == "4"


def test_words_start_where_they_are_put() -> None:
    """Words without an anchor begin at their place and need no attribute for it."""
    (text,) = one(Words(4, 19, "input 7×7"))
    assert "text-anchor" not in text.attrib
    assert (text.attrib["x"], text.attrib["y"], text.text) == ("4", "19", "input 7×7")


def test_text_is_escaped() -> None:
    """A text with markup in it is shown as text."""
    (text,) = one(Words(0, 0, "<script>&"))
    assert text.text == "<script>&"


def test_numbers_have_no_needless_digits() -> None:
    """Coordinates have at most two decimals, and none where they are whole."""
    (text,) = one(Words(1 / 3, 2.0, "x"))
    assert (text.attrib["x"], text.attrib["y"]) == ("0.33", "2")
