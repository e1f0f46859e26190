"""What readers may take along of a scene: what each file is called, its title, and the order on the page."""

from collections.abc import Container, Iterator
from dataclasses import dataclass, replace

from generator.course.taken_along import FILMSTRIP, FRAMES_JSON, GIF, PRINTS, WEBP
from generator.drawing.paper import PAPERS, Paper

MOST_RESULTS = 4
"""Filters whose answers are offered as pictures of their own."""


@dataclass(frozen=True)
class PrintFiles:
    """A print on each paper: one PDF, and its pages as pictures."""

    title: str
    name: str

    def pdf(self, paper: Paper) -> str:
        """Return the name of the PDF.

        >>> SHEETS.pdf(PAPERS[0])
        'sheets-a4.pdf'
        """
        return f"{self.name}-{paper.name}.pdf"

    def png(self, paper: Paper, page: str) -> str:
        """Return the name of the picture of a page.

        >>> SHEETS.png(PAPERS[0], "2")
        'sheet-a4-2.png'
        """
        return f"{PRINTS[self.name]}-{paper.name}-{page}.png"


SHEETS = PrintFiles("All frames on sheets (PDF)", "sheets")
WORKSHEET = PrintFiles("Worksheet (PDF)", "worksheet")
ANSWER_KEY = PrintFiles("Its answer key (PDF)", "answer-key")
FLIPBOOK = PrintFiles("Flipbook to cut and staple (PDF)", "flipbook")


@dataclass(frozen=True)
class Download:
    """Files that are one thing in several kinds or sizes, each as (label, name in the scene's folder)."""

    title: str
    files: tuple[tuple[str, str], ...]


DOWNLOADS: tuple[Download, ...] = (
    *(
        Download(made.title, tuple((paper.title, made.pdf(paper)) for paper in PAPERS))
        for made in (SHEETS, WORKSHEET, ANSWER_KEY, FLIPBOOK)
    ),
    Download("Filmstrip for the wall", (("PNG", FILMSTRIP),)),
    Download("Animation for slides", (("WebP", WEBP), ("GIF", GIF))),
    Download(
        "The whole answer as a picture",
        (
            ("PNG", "result.png"),
            *((f"map {n} (PNG)", f"result-{n}.png") for n in range(1, MOST_RESULTS + 1)),
        ),
    ),
    Download("All numbers, for programs", (("JSON", FRAMES_JSON),)),
)
"""What a scene may have for readers to take along, in this order."""


def downloads_in(folder: str, files: Container[str]) -> Iterator[Download]:
    """Yield what a version of a scene has, of all files of the scene, for readers to take along.

    Args:
        folder: of the version, in that of the scene: "" or a name with a slash at the end.
        files: the names of all files of the scene.

    """
    for download in DOWNLOADS:
        own = tuple((label, f"{folder}{name}") for label, name in download.files)
        there = tuple((label, name) for label, name in own if name in files)
        if there:
            yield replace(download, files=there)
