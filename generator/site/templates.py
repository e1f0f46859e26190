"""The templates of a theme, which make pages of what they see."""

from pathlib import Path
from traceback import FrameSummary, extract_tb

import jinja2
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError

from generator.errors import AuthorError, Problem, shown_path

TEMPLATES = "templates"
"""Their folder in that of the theme."""
JINJA = Path(jinja2.__file__).parent


def templates_in(theme: Path) -> Environment:
    """Return the templates of the theme in a folder."""
    return Environment(
        loader=FileSystemLoader(theme / TEMPLATES),
        autoescape=True,
        auto_reload=False,  # a theme that changes is read anew
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def rendered(templates: Environment, template: str, **seen: object) -> str:
    """Return what a template makes of what it sees.

    Raises:
        AuthorError: the template, or one that it uses, is not there or is not right.

    """
    try:
        return templates.get_template(template).render(**seen)
    except Exception as error:
        last = _last_outside_jinja(error)
        if last.filename.endswith(".html"):
            place, line = Path(last.filename), last.lineno or 0
        elif isinstance(error, TemplateError):  # the template itself is missing
            place, line = Path(template), 0
        else:
            raise
        fact = f"the template cannot be used: {getattr(error, 'message', None) or error}"
        raise AuthorError([Problem(shown_path(place), line, fact)]) from None


def _last_outside_jinja(error: Exception) -> FrameSummary:
    """Return where an error arose: in a template, which Jinja lets stand in the traceback, or in our code."""
    frames = extract_tb(error.__traceback__)
    return next(frame for frame in reversed(frames) if not Path(frame.filename).is_relative_to(JINJA))
