"""Exercises: notes whose answer is not seen before somebody asks for it, with no script."""

import re
from xml.etree.ElementTree import Element, SubElement

from generator.errors import InvalidValue

EXERCISE = "exercise"
ANSWER = re.compile(r"\[!answer\]\s*", re.IGNORECASE)
NO_ANSWER = ("the exercise has no answer", "Begin a paragraph of its own in it with [!ANSWER].")
NO_QUESTION = ("the exercise has no question", "Write it before the paragraph with [!ANSWER].")


def hide_answer(exercise: Element) -> None:
    """Put everything from the paragraph with `[!ANSWER]` on behind a line that opens it.

    `exercise` begins with its title, and its question follows.

    Raises:
        InvalidValue: it has no answer, or no question.

    """
    parts = list(exercise)
    at = next((at for at, part in enumerate(parts) if part.tag == "p" and ANSWER.match(part.text or "")), 0)
    if not at:
        raise InvalidValue(*NO_ANSWER)
    if not "".join(text for part in parts[1:at] for text in part.itertext()).strip():
        raise InvalidValue(*NO_QUESTION)
    first = parts[at]
    first.text = ANSWER.sub("", first.text or "", count=1)
    details = SubElement(exercise, "details", {"class": "answer"})
    SubElement(details, "summary").text = "Answer"
    for part in parts[at:]:
        exercise.remove(part)
        if part is not first or first.text.strip() or len(first):
            details.append(part)
