"""`**[kernel](term:kernel)**` marks a term where it is explained; `[kernels](term:kernel)` leads there."""

import re
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor

from generator.course.dialect.addresses import BEFORE_ADDRESS, resolved
from generator.course.dialect.reading import Reading
from generator.course.references import Section
from generator.course.source_lines import bare
from generator.course.terms import LINK_CLASS, TERM_SCHEME, term_anchor
from generator.errors import InvalidValue, shortened

NAME = re.compile("[a-z0-9]+(?:-[a-z0-9]+)*")


class Terms(Treeprocessor):
    """Bold links to terms are where these are explained; all others lead there."""

    def __init__(self, md: Markdown, reading: Reading) -> None:
        """Keep terms, and links to them, in a reading."""
        super().__init__(md)
        self.reading = reading
        self.section: Section | None = None

    def run(self, root: Element) -> None:
        """Settle every link to a term below an element."""
        around = {child: parent for parent in root.iter() for child in parent}
        for element in list(root.iter()):
            if element.tag == "h2":
                self.section = next(
                    each for each in self.reading.sections if each.anchor == element.get("id")
                )
            address = resolved(element.get("href", ""))
            if not bare(address).startswith(TERM_SCHEME):
                continue
            name = bare(address).removeprefix(TERM_SCHEME)
            if not NAME.fullmatch(name):
                fact = f'the link "({shortened(address)})" names no term'
                hint = "Write small letters, digits and hyphens, as in (term:feature-map)."
                self.reading.note(InvalidValue(fact, hint), address, BEFORE_ADDRESS)
                element.attrib.pop("href")
            elif _is_bold(element, around.get(element)):
                self._explain(element, name, address)
            else:
                element.attrib.update({"href": f"#{term_anchor(name)}", "class": LINK_CLASS})
                self.reading.link_term(name, address, BEFORE_ADDRESS)

    def _explain(self, element: Element, name: str, address: str) -> None:
        """Mark that a term is explained here."""
        line = self.reading.lines.of(address, BEFORE_ADDRESS)
        self.reading.mark_term(name, element.get("title", ""), self.section, line)
        element.tag = "dfn"
        element.attrib.clear()
        element.set("id", term_anchor(name))


def _is_bold(link: Element, parent: Element | None) -> bool:
    """Tell whether a link is all that is bold around it, or all of it is bold."""
    inside = len(link) == 1 and link[0].tag == "strong" and not (link.text or link[0].tail or "").strip()
    if parent is None or parent.tag != "strong":
        return inside
    return len(parent) == 1 and not (parent.text or link.tail or "").strip()
