"""The Markdown of a chapter: Python-Markdown with our additions, and raw HTML shown as text.

Added: `{values}` read off a reel, `$formulas$` and `$$displays$$`, highlighted code, `> [!NOTE]`
asides, headings with GitHub's anchors, links to chapters by number or name, to places of a scene's window
and to where terms are explained, and a check of every address.
Content is not trusted: HTML is escaped, only harmless schemes may be linked, and what comes out in the end
is held against the list of everything that may come out.
"""

from generator.course.dialect.conversion import Dialect
from generator.course.dialect.places import linked_spots
from generator.course.dialect.reading import Surroundings
from generator.course.dialect.values import version_id

__all__ = ["Dialect", "Surroundings", "linked_spots", "version_id"]
