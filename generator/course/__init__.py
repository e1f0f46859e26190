"""The course: `course.toml` and Markdown chapters become frozen records, with line numbers in every error.

This room knows the Markdown dialect and the shape of the content folder. It computes scenes through the
scenes room and hands on HTML for prose; how a page looks is no business of it.
"""

from generator.course.course import read_course
from generator.course.folder import ContentFolder, Publisher
from generator.course.networks import Readers
from generator.course.records import (
    Beat,
    Chapter,
    Course,
    GridsFigure,
    Listing,
    Part,
    PlannedChapter,
    PositionsFigure,
    Prose,
    SceneBlock,
    SizesFigure,
)
from generator.course.references import Section
from generator.course.terms import Term

__all__ = [
    "Beat",
    "Chapter",
    "ContentFolder",
    "Course",
    "GridsFigure",
    "Listing",
    "Part",
    "PlannedChapter",
    "PositionsFigure",
    "Prose",
    "Publisher",
    "Readers",
    "SceneBlock",
    "Section",
    "SizesFigure",
    "Term",
    "read_course",
]
