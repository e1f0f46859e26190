"""A finger flicks the page on: wherever it comes to rest, the frame on the stage is finished."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import begin_visit
from tests.lesson.reader import SCROLLING, Numbers, Reader, read_numbers, shown_as

pytestmark = pytest.mark.browser

MOVES = 8
"""Of a finger, in one flick."""
PACES = (0.025, 0.04, 0.06)
"""Seconds from one to the next: quick, and slow."""
BACK = 250
WAYS = (-220, -330, BACK)
"""Pixels that a finger goes: on, further on, and back."""
ENOUGH = 8
"""Frames at which it comes to rest."""


class Finger:
    """A finger on a page, whose moves happen when it says."""

    def __init__(self, reader: Reader) -> None:
        self.session = reader.page.context.new_cdp_session(reader.page)

    def flick(self, way: float, pace: float) -> None:
        """Touch the page near its end, move by so many pixels, and let go."""
        now = time.time()
        self._send("touchStart", now, 700)
        for move in range(1, MOVES + 1):
            self._send("touchMove", now + move * pace, 700 + way * move / MOVES)
        self._send("touchEnd", now + MOVES * pace)

    def _send(self, kind: str, when: float, *heights: float) -> None:
        points = [{"x": 200, "y": height} for height in heights]
        told = {"type": kind, "touchPoints": points, "timestamp": when}
        self.session.send("Input.dispatchTouchEvent", told)


@pytest.fixture(scope="module")
def phone(browser: Browser, lesson_url: str) -> Iterator[Reader]:
    visit = begin_visit(browser, viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield Reader(visit, lesson_url)
    visit.page.context.close()


@pytest.fixture(scope="module")
def numbers(site: Path) -> Numbers:
    return read_numbers(site, SCROLLING)


def test_wherever_a_flick_ends_the_frame_is_finished(phone: Reader, numbers: Numbers) -> None:
    """Its own sum stands, its cells are filled, and nothing is on its way.

    How far a flick goes is the browser's affair, and differs: whoever has come past the scene flicks back.
    """
    sums = [str(total) for total in numbers.sums()]
    finger, rests, is_past = Finger(phone), [], False
    phone.top_of(SCROLLING)
    for number in range(60):
        way = BACK if is_past else WAYS[number % len(WAYS)]
        finger.flick(way, PACES[number // len(WAYS) % len(PACES)])
        phone.rest()
        rests.append(phone.seen(SCROLLING))
        is_past = phone.past(SCROLLING)
        if is_past and len({seen["frame"] for seen in rests}) > ENOUGH:
            break
    assert len({seen["frame"] for seen in rests}) > ENOUGH
    for seen in rests:
        frame = seen["frame"]
        assert (seen["ghosts"], seen["flight"]) == (0, "")
        assert [cell for cell in seen["cells"] if cell is not None] == sums[:frame]
        assert seen["total"] == (sums[frame - 1] if frame else "")
        assert set(seen["opacities"]) == ({1} if frame else {0})
        assert all(map(shown_as, numbers.pixels(max(1, frame)), seen["factors"]))
