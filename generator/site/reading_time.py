"""How long a chapter takes to read."""

import re
from math import ceil

from generator.course import Chapter, Prose

TAG = re.compile(r"<[^>]*>")
WORDS_A_MINUTE = 200
"""Of a text to learn from; of others 238 (Brysbaert, "How many words do we read per minute?", 2019)."""
MINUTES_A_SCENE = 0.5
"""For looking at a figure, and letting it move."""


def reading_minutes(chapter: Chapter) -> int:
    """Return how many minutes a chapter takes, at least one."""
    texts = [block.html for block in chapter.blocks if isinstance(block, Prose)]
    texts += [beat.html for block in chapter.scenes for beat in block.beats]
    words = sum(len(TAG.sub(" ", text).split()) for text in texts)
    return max(1, ceil(words / WORDS_A_MINUTE + len(chapter.scenes) * MINUTES_A_SCENE))
