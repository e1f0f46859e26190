"""A magnitude on the screen: both kernels' products, what each of them makes, and the root."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from math import hypot
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser import begin_visit
from tests.built import build_chapter
from tests.lesson.reader import Reader, shown_as
from tests.lesson.test_options import EACH

pytestmark = pytest.mark.browser

CHAPTER = """+++
title = "Strength"
+++
```scene
id = "strength"
kind = "magnitude"
image = [[1, 1, 1, 9], [1, 5, 9, 9], [1, 9, 9, 8], [7, 2, 0, 4]]
padding = 1
```

[frame all] From cell to cell.
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a course of one magnitude and return its chapter's folder."""
    return build_chapter(tmp_path_factory.mktemp("strength"), "01-strength", CHAPTER)


@pytest.fixture(scope="module")
def frames(site: Path) -> list[dict[str, Any]]:
    """Return the frames of the scene's file."""
    told: list[dict[str, Any]] = json.loads((site / "strength" / "frames.json").read_text())["frames"]
    return told


@pytest.fixture(scope="module")
def shown(browser: Browser, site: Path) -> Iterator[list[dict[str, Any]]]:
    """Read every frame off the screen."""
    visit = begin_visit(browser, viewport={"width": 1280, "height": 800})
    page = Reader(visit, (site / "index.html").as_uri())
    yield page.section("strength").evaluate(EACH, 0)
    visit.page.context.close()


def test_both_kernels_products_and_sums_stand(
    shown: list[dict[str, Any]], frames: list[dict[str, Any]]
) -> None:
    """Those of gx first, row by row, then those of gy; and what each adds up to."""
    assert len(shown) == len(frames) == 16
    for seen, frame in zip(shown, frames, strict=True):
        products = list(chain.from_iterable(row for plane in frame["products"] for row in plane))
        sums = [sum(chain.from_iterable(plane)) for plane in frame["products"]]
        assert all(map(shown_as, products, seen["products"]))
        assert len(products) == len(seen["products"]) == 18
        assert all(map(shown_as, sums, seen["channels"]))
        assert len(seen["channels"]) == 2


def test_the_root_is_that_of_both_sums(shown: list[dict[str, Any]], frames: list[dict[str, Any]]) -> None:
    """In its tile, in the cell that is filled, and in the sentence."""
    for number, (seen, frame) in enumerate(zip(shown, frames, strict=True)):
        assert shown_as(hypot(*frame["sums"]), seen["total"])
        assert seen["maps"][0]["cells"][number] == seen["total"]
        assert re.search(rf"\b{re.escape(seen['total'])}\.?$", seen["spoken"])


def test_the_map_is_filled_up_to_the_frame(shown: list[dict[str, Any]]) -> None:
    """Cell by cell, and every number fits where it stands."""
    for number, seen in enumerate(shown, 1):
        (cells,) = (grid["cells"] for grid in seen["maps"])
        assert [cell is not None for cell in cells] == [True] * number + [False] * (16 - number)
        assert (seen["tooWide"], seen["cut"]) == ([], [])
