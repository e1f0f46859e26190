"""Data in a page, for the script."""

import json
import re
from collections.abc import Mapping

from markupsafe import Markup

SHADE = re.compile(r":(pixel|plus|minus)-(?=\d)")
SHORT = {"pixel": ":", "plus": ":+", "minus": ":-"}
"""How the colours of tiles are written in a page, which has thousands: as the step, behind its sign."""


def _short(shade: re.Match[str]) -> str:
    return SHORT[shade[1]]


def json_data(data: Mapping[str, object]) -> Markup:
    """Return data as JSON that is safe inside a script element."""
    text = SHADE.sub(_short, json.dumps(data, ensure_ascii=False, separators=(",", ":")))
    return Markup(text.replace("<", "\\u003c"))  # noqa: S704 - no "<" is left
