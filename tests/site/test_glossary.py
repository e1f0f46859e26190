"""The glossary's page: there where a course has terms, and nowhere else."""

from pathlib import Path

from tests.built import made
from tests.course.making import course_of

PATH = "glossary/index.html"


def files_of(folder: Path, body: str) -> dict[str, bytes]:
    course_of(folder, body)
    return made(folder, ["film"])


def test_a_course_without_terms_has_no_glossary_and_no_link_to_one(tmp_path: Path) -> None:
    files = files_of(tmp_path, "No **term**.")

    assert PATH not in files
    assert not any(b"glossary" in data.lower() for path, data in files.items() if path.endswith("index.html"))


def test_what_explains_a_term_is_quoted_with_its_markup_and_without_its_links(tmp_path: Path) -> None:
    """The term and the section lead to the chapter; where there is no section, none is named."""
    page = files_of(tmp_path, "So. A **[step](term:step)** is `1`, see [top](#top).")[PATH].decode()

    assert '<dt><a href="../01-edges/index.html#term_step">step</a></dt>' in page
    quoted = "A <strong><span>step</span></strong> is <code>1</code>, see <span>top</span>."
    assert f'<dd>{quoted} <span class="where">Chapter 1</span></dd>' in page
