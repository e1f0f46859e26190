"""What a chapter's author wrote, on its way through the templates: it is marked, and held against the list.

Templates are trusted, and may make any element; a chapter is not, and may make few. In a finished page nobody
can tell any more who made what. So text from chapters carries a mark at either end while a page is put
together: two control characters, which no file that is read can hold. The finished page is parsed once, with
its marks, and what stands between them has to be on the list of what a chapter can make.
"""

from markupsafe import Markup

from generator.course.dialect.made import Made
from generator.errors import AuthorError, InvalidValue, Problem

BEGIN, END = "\x02", "\x03"


def marked(html: str) -> Markup:
    """Return HTML that was made of a chapter's text, ready for a template."""
    return Markup(f"{BEGIN}{html}{END}")  # noqa: S704 - escaped by the dialect, and looked at once more below


def settled(page: str, file: str) -> str:
    """Return a finished page without marks.

    Args:
        page: as the templates have made it.
        file: what is named in messages.

    Raises:
        AuthorError: between the marks stands what no chapter can make, or a mark stands inside a tag.

    """
    if BEGIN not in page and END not in page:
        return page
    reader = _Page()
    reader.read(page)
    if reader.marks != page.count(BEGIN) + page.count(END):
        reader.faults.append(InvalidValue("text of a chapter stands inside a tag", "Correct the template."))
    if reader.faults:
        faults = dict.fromkeys((fault.message, fault.hint) for fault in reader.faults)
        raise AuthorError(Problem(file, 0, *fault) for fault in faults)
    return page.replace(BEGIN, "").replace(END, "")


class _Page(Made):
    """Reads a page, and holds what stands between marks against the list."""

    def __init__(self) -> None:
        super().__init__()
        self.marks = 0
        self.inside = False

    def handle_data(self, data: str) -> None:
        for sign in data if BEGIN in data or END in data else "":
            if sign in {BEGIN, END}:
                self._turn(sign)

    def _turn(self, sign: str) -> None:
        if self.open or (sign == BEGIN) == self.inside or self.cdata_elem is not None:
            self.faults.append(
                InvalidValue("text of a chapter reaches beyond its place", "Write plain text.")
            )
        self.inside = sign == BEGIN
        self.open.clear()
        self.marks += 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.inside:
            super().handle_starttag(tag, attrs)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self.inside:
            super().handle_startendtag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if self.inside:
            super().handle_endtag(tag)

    def handle_comment(self, data: str) -> None:
        if self.inside:
            super().handle_comment(data)
