"""The course: `course.toml` and Markdown chapters become frozen records, with line numbers in every error.

This room knows the Markdown dialect and the shape of the content folder. It computes scenes through the
scenes room and hands on HTML for prose; how a page looks is no business of it.
"""

from generator.course.chapter import read_chapter
from generator.course.course import read_course
from generator.course.folder import ContentFolder, Publisher
from generator.course.networks import Readers
from generator.course.outline import Outline, problems_between
from generator.course.plan import ChapterPlace, CoursePlan, course_plan
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
from generator.course.terms import Term, TermLink, with_term_links

__all__ = [
    "Beat",
    "Chapter",
    "ChapterPlace",
    "ContentFolder",
    "Course",
    "CoursePlan",
    "GridsFigure",
    "Listing",
    "Outline",
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
    "TermLink",
    "course_plan",
    "problems_between",
    "read_chapter",
    "read_course",
    "with_term_links",
]
