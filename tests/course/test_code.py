"""Code in colours: a few languages, none of which a text can keep busy, and everything else plain."""

from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.pool import Pool

import pytest

from generator.course.code import LANGUAGES, MOST_SIGNS, code_html, plain_fault
from tests.course.hostile_code import hostile_codes

ENDLESS = 120
"""Seconds after which a text is taken to be one that never ends."""


@pytest.fixture(scope="module")
def another_process() -> Iterator[Pool]:
    """Start a process that can be given up, where a thread could not."""
    with get_context("spawn").Pool(1) as pool:
        yield pool


def coloured(language: str, count: int) -> int:
    """Return how many of so many hostile texts were given colours, where there was anything to colour."""
    texts = hostile_codes(language, count)
    return sum(plain_fault(text, language) is None and bool(code_html(text, language)) for text in texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_keeps_a_language_busy(language: str, another_process: Pool) -> None:
    """Whatever is begun over and over in as much code as is coloured, it ends."""
    assert another_process.apply_async(coloured, (language, 3)).get(ENDLESS) == 3


@pytest.mark.long
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_of_many_keeps_a_language_busy(language: str, another_process: Pool) -> None:
    """The same with two hundred texts."""
    assert another_process.apply_async(coloured, (language, 200)).get(ENDLESS * 3) == 200


ENDLESS_IN = {
    "mcschema": "<!--",
    "maple": "(*" * 60,
    "rita": "(" * 200,
    "smithy": '"""' * 60,
    "factor": "<<" * 90,
    "make": "-" * 6000,
}


@pytest.mark.parametrize("language", ENDLESS_IN)
def test_other_languages_stay_plain(language: str, another_process: Pool) -> None:
    """Some that are not offered would never end."""
    text = ENDLESS_IN[language]
    shown = another_process.apply_async(code_html, (text, language)).get(ENDLESS)

    assert "<span" not in shown
    fault = plain_fault(text, language)
    assert fault is not None
    assert fault.message == f'code in "{language}" is shown without colours'


def test_code_in_markdown_stays_plain(another_process: Pool) -> None:
    """A text in one language cannot name another that would never end."""
    text = "# One\n\n```mcschema\n<!--\n```\n"

    assert "&lt;!--" in another_process.apply_async(code_html, (text, "markdown")).get(ENDLESS)


@pytest.mark.parametrize("name", ["python", "py", "Python", "js", "shell-session", "C++", "latex", "md"])
def test_a_language_has_many_names(name: str) -> None:
    """What it is called elsewhere, and the endings of its files."""
    assert plain_fault("x = 1", name) is None
    assert "<span" in code_html('$\\frac$ **a** "b" 1\n', name)


@pytest.mark.parametrize("name", ["", "text", "txt", "output"])
def test_plain_text_is_plain(name: str) -> None:
    """Nobody is told of what nobody wanted."""
    assert plain_fault("x" * 2 * MOST_SIGNS, name) is None
    assert code_html("if <x>", name) == "if &lt;x&gt;"
