"""Which steps of a descent have a frame."""

import re
from collections.abc import Iterator

from generator.errors import InvalidValue, counted, shortened

USUAL = "first 10, then doubling"
MOST_FRAMES = 60
"""Each is drawn, and somebody scrolls through it."""
FORMS = (
    'Write "first 10, then doubling", "every 20", or numbers of steps such as "1 2 5 10", commas between them'
)
NUMBER = r"([1-9][0-9]{0,5})"
FIRST = re.compile(rf"first {NUMBER}(?: steps)?")
EVERY = re.compile(rf"every {NUMBER}(?: steps)?")
DOUBLING = re.compile(r"(?:every )?doubling")
STEPS = re.compile(rf"{NUMBER}(?: {NUMBER})*")


def shown_steps(declared: str, last: int) -> tuple[int, ...]:
    """Return the steps that have a frame, in order: those chosen, the beginning, and the last one.

    Args:
        declared: what the author wrote; each part goes on where the one before it ends.
        last: how many steps there are.

    Raises:
        InvalidValue: it has no known form, or chooses too many steps.

    >>> shown_steps("first 3, then doubling", 50), shown_steps("every 20", 50), shown_steps("2 30 99", 50)
    ((0, 1, 2, 3, 6, 12, 24, 48, 50), (0, 20, 40, 50), (0, 2, 30, 50))

    """
    words = " ".join(declared.lower().split())
    shown = {0, last}
    for part in re.split(r" ?, ?(?:then )?|(?<=\S) then ", words):
        shown |= {step for step in _steps_of(part, max(shown - {last}), last) if step <= last}
    if len(shown) > MOST_FRAMES:
        fact = f'frames = "{shortened(words)}" shows {counted(len(shown), "step")}'
        raise InvalidValue(fact, f"Show at most {MOST_FRAMES}.", "frames")
    return tuple(sorted(shown))


def _steps_of(part: str, begin: int, last: int) -> Iterator[int]:
    """Yield the steps that one part of the words chooses, after those of the parts before it."""
    if match := FIRST.fullmatch(part):
        yield from range(1, min(int(match[1]), last) + 1)
    elif match := EVERY.fullmatch(part):
        yield from range(begin + int(match[1]), last + 1, int(match[1]))
    elif DOUBLING.fullmatch(part):
        step = 2 * begin or 1
        while step <= last:
            yield step
            step *= 2
    elif STEPS.fullmatch(part):
        yield from map(int, part.split())
    else:
        fact = f'frames = "{shortened(part)}" cannot be read' if part else '"frames" is empty'
        raise InvalidValue(fact, f"{FORMS}.", "frames")
