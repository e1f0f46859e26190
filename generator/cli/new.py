"""The command `new`: begin a chapter or a course, with files that build as they are."""

import json
import os
import re
import shlex
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from generator.cli.build import default_site
from generator.cli.chapter_names import NewChapter, new_chapter, words_of
from generator.errors import AuthorError, InvalidValue, Problem, shown_path

if TYPE_CHECKING:
    from generator.course.course_file import Listed, Place

TEMPLATES = Path(__file__).parent / "templates"
FIRST_CHAPTER = NewChapter("A first kernel", "a-first-kernel", 1)


def begin_chapter(options: Namespace, project: Path) -> int:
    """Write a chapter, list it in its course, say where, and return the exit code.

    Raises:
        AuthorError: the course cannot be read, or the chapter is there already.
        OSError: something cannot be read or written.

    """
    # Late, so that a wrong usage is told at once.
    from generator.course.course_file import CourseFile  # noqa: PLC0415
    from generator.site.output import begin_files  # noqa: PLC0415

    content: Path = options.content
    file = content / "course.toml"
    course = CourseFile(_read_course(file), shown_path(file))
    chapter = _asked_for(options, course.language)
    place = course.place_for(lambda planned: _is_of(planned, chapter, course.language))
    name = f"{place.number:02}-{chapter.words}"
    if chapter.number not in {None, place.number}:
        again = _typed("new", "chapter", chapter.words, project=project, content=content)
        options.refuse(f"chapter {chapter.number} is not the next one, {place.number} is. Type: {again}")
    path = content / "chapters" / f"{name}.md"
    _refuse_another(path, chapter.words)
    title = place.planned or chapter.title
    text = _chapter_text(title, name, content, project).replace("\n", course.line_end)
    listed = course.listing(name, place)
    begin_files({path: text.encode()}, (file, listed.data) if listed else None)
    print(f'{shown_path(path)} is chapter {place.number}, "{title}".')
    print(_where_listed(name, place, listed, file))
    _tell_next(content, project, name)
    return 0


def begin_course(options: Namespace, project: Path) -> int:
    """Write a course of one chapter into a folder, say how to go on, and return the exit code.

    Raises:
        AuthorError: the folder holds something.
        OSError: something cannot be read or written.

    """
    from generator.site.output import begin_files  # noqa: PLC0415 - late, as above

    folder: Path = options.folder
    _refuse_full(folder)
    name = f"01-{FIRST_CHAPTER.words}"
    title = _escaped(_course_title(options.title or "", folder))
    chapter = folder / "chapters" / f"{name}.md"
    files = {
        folder / "course.toml": _filled("course.toml", {"TITLE": title, "NAME": name}),
        chapter: _chapter_text(FIRST_CHAPTER.title, name, folder, project),
    }
    begin_files({path: text.encode() for path, text in files.items()})
    print(f"{shown_path(folder)}/ is a course with one chapter, {shown_path(chapter)}.")
    _tell_next(folder, project, name)
    again = _typed("new", "chapter", "Edges & corners", project=project, content=folder)
    print(f"Another chapter: {again}")
    return 0


# --- What is asked for ---------------------------------------------------------------------------------


def _asked_for(options: Namespace, language: str) -> NewChapter:
    try:
        return new_chapter(options.title, options.name or "", language)
    except InvalidValue as fault:
        options.refuse(f"{fault.message}. {fault.hint}")
        raise


def _is_of(planned: str, chapter: NewChapter, language: str) -> bool:
    """Tell whether a planned chapter is the one that is asked for: its title is, or the words of it."""
    titles = {" ".join(title.split()).casefold() for title in (planned, chapter.title)}
    return len(titles) == 1 or words_of(planned, language) == chapter.words


def _course_title(typed: str, folder: Path) -> str:
    """Return what was typed, or else what a folder's name says."""
    name = Path(os.path.abspath(folder)).name  # noqa: PTH100 - beside a link, not where it leads
    title = " ".join(typed.split()) or " ".join(re.split(r"[-_\s]+", name)).strip()
    printable = "".join(sign for sign in title if sign.isprintable())
    return f"{printable[:1].upper()}{printable[1:]}" or "My course"


# --- What is refused -----------------------------------------------------------------------------------


def _read_course(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        hint = "Name the folder of a course with --content, or begin one with: new course DIR."
        raise AuthorError([Problem(shown_path(file), 0, "there is no such file", hint)]) from None


def _refuse_another(path: Path, words: str) -> None:
    """Refuse to write a chapter that is there, under this number or another."""
    there = [file for file in path.parent.glob("*.md") if re.fullmatch(rf"[0-9]+-{words}", file.stem)]
    if os.path.lexists(path):
        there = [path]
    if there:
        hint = "Choose another title, or another name for the file with --name."
        raise AuthorError([Problem(shown_path(there[0]), 0, "a chapter of this name is there already", hint)])


def _refuse_full(folder: Path) -> None:
    """Refuse a folder that holds anything."""
    held = sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []
    if not held and (folder.is_dir() or not os.path.lexists(folder)):
        return
    fact = f'the folder is not empty, it holds "{held[0]}"' if held else "this is a file, not a folder"
    raise AuthorError([Problem(shown_path(folder), 0, fact, "Name an empty folder, or one to be made.")])


# --- What is written -----------------------------------------------------------------------------------


def _chapter_text(title: str, name: str, content: Path, project: Path) -> str:
    page = f"{shown_path(default_site(content, project))}/{name}/index.html"
    build = " ".join(["python3 build.py", *_content_option(content, project)])
    # The file outlives the place at which it was begun: it names what lies in the working directory alone.
    if Path(page).is_absolute() or not f"{build}{page}".isprintable():
        build, page = "python3 build.py --content DIR", f"{name}/index.html in the site"
    return _filled("chapter.md", {"TITLE": _escaped(title), "BUILD": build, "PAGE": page})


def _filled(template: str, values: Mapping[str, str]) -> str:
    text = (TEMPLATES / template).read_text("utf-8")
    return re.sub("@([A-Z]+)@", lambda mark: values[mark[1]], text)


def _quoted(text: str) -> str:
    """Return a text as TOML has it between double quotes."""
    return f'"{_escaped(text)}"'


def _escaped(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)[1:-1]


# --- What is told --------------------------------------------------------------------------------------


def _where_listed(name: str, place: "Place", listed: "Listed | None", file: Path) -> str:
    instead = f", in place of {{ planned = {_quoted(place.planned)} }}" if place.planned else ""
    where = f"in the part {_quoted(place.part)}{instead}"
    if listed:
        return f"It is listed in {shown_path(file)}, line {listed.line}, {where}."
    end = "" if place.planned else " at the end of the chapters"
    return f'Add "{name}" to {shown_path(file)} by hand,{end} {where}: its lines are written in another way.'


def _tell_next(content: Path, project: Path, name: str) -> None:
    print(f"Build it:        {_typed(project=project, content=content)}")
    print(f"Then look at it: {shown_path(default_site(content, project))}/{name}/index.html")


def _typed(*words: str, project: Path, content: Path) -> str:
    """Return a command as it is typed where this one was."""
    build = _as_typed(shown_path(project / "build.py"))
    return " ".join(["python3", build, *map(_as_typed, words), *_content_option(content, project)])


def _content_option(content: Path, project: Path) -> list[str]:
    if os.path.realpath(content) == os.path.realpath(project / "content"):
        return []
    return ["--content", _as_typed(shown_path(content))]


def _as_typed(word: str) -> str:
    """Return a word as a shell takes it for one."""
    if os.name == "posix":
        return shlex.quote(word)
    return f'"{word}"' if re.search(r"[\s&()^;,'`]", word) else word
