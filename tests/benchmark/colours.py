"""What colouring a listing costs."""

from functools import partial

from generator.course.code import LANGUAGES, code_html
from tests.benchmark.timing import table, taken
from tests.course.hostile_code import hostile_codes


def colours() -> str:
    """Return the table of the slowest of 200 hostile texts in every language that is coloured."""
    rows = {
        language: {"slowest": max(taken(partial(code_html, text, language)) for text in texts)}
        for language in LANGUAGES
        for texts in [hostile_codes(language, 200)]
    }
    return table("Colours", rows)
