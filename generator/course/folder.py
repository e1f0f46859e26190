"""The content folder: what may be read from it, and by which name.

Content is not trusted: no path may lead out of the folder, through a link neither.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath, PureWindowsPath

from generator.course.file_names import alike, name_fault
from generator.course.picture_size import picture_size
from generator.errors import AuthorError, InvalidValue, Problem, shown_path, suggestion

Publisher = Callable[[bytes, str], bytes]
"""Makes of a picture's file, of which the name is told, the one that is published; raises `InvalidValue`."""

PICTURES = ("png", "jpg", "jpeg", "webp", "gif")


@dataclass(frozen=True)
class PictureLink:
    """A picture as a chapter's page shows it."""

    address: str
    """Seen from the page."""
    width: int
    height: int
    """In pixels, as the width; a page keeps the room free until the picture has come."""


@dataclass(frozen=True)
class ContentFolder:
    """A folder with `course.toml`, `chapters/` and `images/`."""

    root: Path
    publish: Publisher
    opened: Callable[[Path], bytes] = Path.read_bytes
    """Reads a file; whoever wants to know what was read hands in a way of their own."""

    def read(self, path: Path) -> bytes:
        """Return what a file of the folder holds."""
        return self.opened(path)

    @property
    def course_file(self) -> Path:
        """Return the path of the course's own file."""
        return self.root / "course.toml"

    @property
    def _images(self) -> Path:
        return self.root / "images"

    def chapter(self, name: str) -> Path:
        """Return the path of a chapter's file, which need not exist."""
        return self.root / "chapters" / f"{name}.md"

    def chapter_names(self) -> tuple[str, ...]:
        """Return the names of all chapter files, sorted."""
        return tuple(sorted(path.stem for path in (self.root / "chapters").glob("*.md")))

    def plain_chapters(self) -> frozenset[str]:
        """Return the names of the chapters whose files lie in the folder, with no link on the way."""
        chapters = self.root / "chapters"
        if chapters.is_symlink() or not chapters.is_dir():
            return frozenset()
        with os.scandir(chapters) as entries:
            files = [entry.name for entry in entries if entry.is_file(follow_symlinks=False)]
        return frozenset(name.removesuffix(".md") for name in files if name.endswith(".md"))

    def shown(self, path: Path) -> str:
        """Return a path as the author would type it, relative to the working directory if it is inside."""
        return shown_path(path)

    def file(self, name: str) -> Path:
        """Return the existing file of that name, relative to the folder.

        Raises:
            InvalidValue: the path leads out of the folder, or there is no such file.

        """
        path, there = self._looked_up(name, name)
        if not there:
            raise InvalidValue(f'there is no file "{name}"', self._beside(path))
        return path

    def image(self, name: str) -> Path:
        """Return the existing picture that a scene names, with or without `images/` in front.

        Raises:
            InvalidValue: as for any file.

        """
        self._check_relative(name)
        return self.file(name if name.startswith("images/") else f"images/{name}")

    def _check_relative(self, written: str) -> None:
        """Refuse a path that begins at the top of a disk or at another computer, on whatever system.

        Raises:
            InvalidValue: it is such a path.

        """
        path = PureWindowsPath(written)  # knows a slash as well as a backslash, and the letter of a disk
        if path.anchor:
            meant = self._ending_of(path.parts[1:]) or "where it lies in the content folder"
            raise InvalidValue(f'"{written}" is an absolute path', f"Write {meant}.")

    def _ending_of(self, parts: Sequence[str]) -> str:
        """Return the longest ending of a path that names a file of the folder, or a picture in it, or ""."""
        endings = [] if ".." in parts else ["/".join(parts[start:]) for start in range(len(parts))]
        names = (f"{folder}{ending}" for folder in ("", "images/") for ending in endings)
        return next((name for name in names if _is_file(self.root / name)), "")

    def _looked_up(self, name: str, written: str) -> tuple[Path, bool]:
        """Return the path of that name and whether it is a file; `written` is what messages say."""
        self._check_relative(written)
        path = self.root / name
        try:
            inside = self._resolved(path).is_relative_to(self._place)
            there = path.is_file()
        except (OSError, RuntimeError, ValueError):  # longer than a name may be, a ring of links, a zero byte
            raise InvalidValue(
                f'"{written}" cannot be the name of a file', "Use a file inside the folder."
            ) from None
        if not inside:
            raise InvalidValue(
                f'the path "{written}" leads out of the content folder', "Use a file inside it."
            )
        return path, there

    @cached_property
    def _place(self) -> Path:
        """Return where the folder lies in truth."""
        return self.root.resolve()

    @cached_property
    def _parents(self) -> dict[Path, Path]:
        """Return where folders lie in truth that were asked for: many files of a course lie in few."""
        return {}

    def _resolved(self, path: Path) -> Path:
        """Return where a file lies in truth."""
        if ".." in path.parts or path.is_symlink():
            return path.resolve()
        if path.parent not in self._parents:
            self._parents[path.parent] = path.parent.resolve()
        return self._parents[path.parent] / path.name

    def _beside(self, path: Path) -> str:
        """Return a hint that names the files near a missing one."""
        shown = self.shown(path.parent)
        if not path.parent.is_dir():
            # The name of a scene's picture begins under images/; another beginning is one too many.
            if path.is_relative_to(self._images) and path.name in _files_in(self._images):
                return f'Write "{path.name}".'
            return f"There is no folder {shown} either."
        return suggestion(path.name, _files_in(path.parent)) or f"The folder {shown} has no files."

    def _beside_picture(self, path: Path) -> str:
        """Return a hint that leads from a missing picture of the text to where pictures lie."""
        if path.is_relative_to(self._images) and path.parent.is_dir():
            return self._beside(path)
        if path.name in _files_in(self._images):
            return f"Write images/{path.name}."
        return f"Pictures of the text lie under {self.shown(self._images)}/."

    def picture(self, name: str) -> PictureLink:
        """Return a picture such as `images/dog.png` as a chapter's page shows it.

        Raises:
            InvalidValue: it is not an existing picture under `images/`, or not one that can be read.

        """
        path, there = self._looked_up(name.removeprefix("../"), name)
        if not there:
            raise InvalidValue(f'there is no file "{name}"', self._beside_picture(path))
        if path.suffix.lower().lstrip(".") not in PICTURES:
            raise InvalidValue(f'"{name}" is not a picture', f"Known: {', '.join(PICTURES)}.")
        # Where it lies in truth: a way there through `..` or a link would not lead through the site, too.
        place, images = path.resolve(), self._images.resolve()
        if not place.is_relative_to(images):
            raise InvalidValue(f'the picture "{name}" is not under images/', "Put it there.")
        size = picture_size(self.publish(self.read(path), name))
        if size is None:
            raise InvalidValue(f'"{name}" cannot be read as a picture', "Save it as PNG, JPEG, WebP or GIF.")
        return PictureLink(f"../images/{place.relative_to(images).as_posix()}", size.width, size.height)

    def picture_names(self) -> tuple[str, ...]:
        """Return every picture under `images/`, relative to the folder, sorted.

        Raises:
            AuthorError: pictures that are links out of the folder, and names that cannot travel.

        """
        found = sorted(self._images.rglob("*"))
        paths = [path for path in found if path.suffix.lower().lstrip(".") in PICTURES and path.is_file()]
        names = tuple(path.relative_to(self.root).as_posix() for path in paths)
        problems = [*self._leading_out(names), *self._unfit(names), *self._alike(names)]
        if problems:
            raise AuthorError(problems)
        return names

    def _leading_out(self, names: Iterable[str]) -> Iterator[Problem]:
        for name in names:
            try:
                self.file(name)
            except InvalidValue as fault:
                yield Problem(self.shown(self.root / name), 0, fault.message, fault.hint)

    def _unfit(self, names: Iterable[str]) -> Iterator[Problem]:
        """Yield the pictures, and folders of pictures, whose names other systems or addresses cannot hold."""
        for name in _with_folders(names):
            if fault := name_fault(name.rpartition("/")[2]):
                hint = "Rename it, with letters, digits and hyphens."
                yield Problem(self.shown(self.root / name), 0, fault, hint)

    def _alike(self, names: Iterable[str]) -> Iterator[Problem]:
        """Yield the pictures, and folders of pictures, that overwrite another on other systems."""
        for name, other in alike(_with_folders(names)).items():
            fact = f'Windows and macOS take this name and "{other}" for the same'
            yield Problem(self.shown(self.root / name), 0, fact, "Rename one of the two.")

    def pictures(self) -> tuple[tuple[str, bytes], ...]:
        """Return every picture under `images/` that can be published, as (path in the folder, bytes), sorted.

        Raises:
            AuthorError: pictures that are links out of the folder, and names that cannot travel.

        """
        published = ((name, self._published(name)) for name in self.picture_names())
        return tuple((name, data) for name, data in published if isinstance(data, bytes))

    def kept_back(self) -> Iterator[Problem]:
        """Yield a note for every picture under `images/` that cannot be published."""
        for name in self.picture_names():
            fault = self._published(name)
            if isinstance(fault, InvalidValue):
                file = self.shown(self.root / name)
                yield Problem(file, 0, fault.message, f"It is not published. {fault.hint}", is_note=True)

    def _published(self, name: str) -> bytes | InvalidValue:
        """Return a picture as it is published, or why it is not."""
        try:
            return self.publish(self.read(self.root / name), PurePosixPath(name).name)
        except InvalidValue as fault:
            return fault


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # longer than a name may be
        return False


def _files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.is_file()] if folder.is_dir() else []


def _with_folders(names: Iterable[str]) -> list[str]:
    """Return the names and those of all folders on the way to them, each once, sorted."""
    paths = [PurePosixPath(name) for name in names]
    return sorted({str(part) for path in paths for part in (path, *path.parents[:-1])})
