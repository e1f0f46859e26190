"""Whether a change of the code changes the site: `python -m tests.compare_sites COMMIT` says which files.

The course, and a course with a scene for every option, kind and way to show one, are built by the code of
that commit and by the code as it stands, and compared byte for byte. Run it before and after any change that
should not be seen. `--options` builds the second course alone, which takes a minute less.
"""

import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image

from generator.cli import PROJECT
from tests.scenes.option_scenes import LESSONS, MAGNITUDES, OPTION_SCENES, ZOOMS
from tests.scenes.photographs import SIZES, planes
from tests.scenes.stacks import random_stack, stack_text
from tests.scenes.transposed_stacks import transposed_stack

CHAPTER = '+++\ntitle = "{}"\n+++\n\n{}\n'
COURSE = 'title = "Options"\n[[parts]]\ntitle = "All"\nchapters = ["01-options", "02-every", "03-shown"]\n'
BEATS = (
    "[frame first] First, {out}: {sum}.\n\n[frame peak] The peak, {answers}.\n\n[frame last] Last: {frame}."
)
SPREAD_BEATS = "[frame first] First, {in}: {sum}.\n\n[frame last] Last: {output.max}."
LEARNING_BEATS = "[frame first] {loss}\n\n[frame last] {learned}\n"
ROOT_BEATS = (
    "[frame first] First, {out}: {gx}, {gy}, {root}.\n\n[frame peak] {answers}.\n\n[frame last] {frame}."
)
ZOOM_BEATS = "[frame first] First, {rows} and {columns}.\n\n[frame last] {size}: {at.pixel}."
STACKS = 6
ADDRESSED = ("--base-url", "https://example.com/course/")
"""With an address a site has cards and a sitemap, too."""
SHOWN = """
```scene
id = "sampled"
image = "{colour}"
colour = true
kernel = "box-blur"
groups = 3
frames = "sample 12"
```

```scene
id = "along"
image = "{grey}"
kernel = ["sobel-x", "sobel-y"]
frames = "path 3,3 20,30"
```

```scene
id = "row"
image = "{grey}"
kernel = "gaussian"
frames = "row 8"
```

[frame first] A row of {{frames}}.

```scene
id = "switched"
images = ["step", "ramp"]
kernels = ["sobel-x", "box-blur"]
worksheet = true
```

[frame peak] {{sum}}

```scene
id = "compared"
kind = "compare"
image = "step"
kernel = "sobel-x"
[[sides]]
title = "Stride 2"
stride = 2
[[sides]]
title = "Pooled"
kernel = [[1]]
padding = 1
```

[frame all] {{frames}}

```scene
id = "signs"
image = [[0.125, 0.125, 3], [1, 2, 0.3333]]
kernel = [[1, 1], [-1, 0.5]]
scale = "1/3"
blank = ["out peak", "row 1"]
```

```figure
shows = "positions"
scene = "signs"
```
"""


def main() -> int:
    """Print the files that differ; the exit code is 1 where some do."""
    parser = ArgumentParser(prog="python -m tests.compare_sites", description=__doc__)
    parser.add_argument("commit", help="with which the code as it stands is compared")
    parser.add_argument("--options", action="store_true", help="without the course itself")
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        different = list(_different(Path(folder), asked.commit, options=asked.options))
    print(*different, sep="\n")
    print(f"{len(different)} files differ.")
    return 1 if different else 0


def _different(folder: Path, commit: str, *, options: bool) -> Iterator[str]:
    """Yield the files of both courses that are not the same."""
    before = folder / "before"
    before.mkdir()
    archive = subprocess.run(  # noqa: S603 - a commit of this repository
        ["git", "archive", commit],  # noqa: S607
        cwd=PROJECT,
        check=True,
        capture_output=True,
    )
    subprocess.run(["tar", "-x", "-C", before], input=archive.stdout, check=True)  # noqa: S603, S607
    # By the older code's tests, for it may not know every option of today.
    writing = "import sys, pathlib, tests.compare_sites as c; c.options_course(pathlib.Path(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", writing, folder / "content"], cwd=before, check=True)  # noqa: S603
    courses = {"options": folder / "content"}
    if not options:
        courses["course"] = PROJECT / "content"
    for name, content in courses.items():
        sites = folder / f"{name}-before", folder / f"{name}-now"
        for code, site in zip((before, PROJECT), sites, strict=True):
            built(code, content, site)
        yield from (f"{name}: {path}" for path in differing(*sites))


def built(code: Path, content: Path, site: Path) -> None:
    """Build a course by the code in a folder, with the libraries of this Python."""
    program = "import sys; from generator.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [
        sys.executable,
        "-c",
        program,
        "build",
        "--content",
        str(content),
        "--out",
        str(site),
        *ADDRESSED,
    ]
    subprocess.run(command, cwd=code, check=True)  # noqa: S603 - this very interpreter


def differing(before: Path, now: Path) -> list[str]:
    """Return the paths of files that only one of two folders has, or that are not the same in both."""
    paths = {path.relative_to(top) for top in (before, now) for path in top.rglob("*") if path.is_file()}
    return sorted(path.as_posix() for path in paths if _bytes(before / path) != _bytes(now / path))


def _bytes(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def options_course(content: Path) -> Path:
    """Write a course with a scene for everything that can be declared, and return its folder."""
    (content / "chapters").mkdir(parents=True)
    (content / "images").mkdir()
    (content / "course.toml").write_text(COURSE)
    for name, size in SIZES.items():
        pixels = planes(name).transpose(1, 2, 0).astype("uint8")
        Image.fromarray(pixels[:, :, 0] if size[2] == 1 else pixels).save(content / "images" / name)
    options = (Path(__file__).parent / "lesson" / "options.md").read_text("utf-8")
    (content / "chapters" / "01-options.md").write_text(options)
    every = "\n\n---\n\n".join([*_every(), *_stacks()])
    (content / "chapters" / "02-every.md").write_text(CHAPTER.format("Every", every))
    shown = SHOWN.format(colour="colour.png", grey="grey.png")
    (content / "chapters" / "03-shown.md").write_text(CHAPTER.format("Shown", shown))
    return content


def _every() -> Iterator[str]:
    spreading = {toml for toml in OPTION_SCENES.values() if "transposed = true" in toml}
    plain = [(toml, SPREAD_BEATS if toml in spreading else BEATS) for toml in OPTION_SCENES.values()]
    roots = [(toml, ROOT_BEATS) for toml in MAGNITUDES.values()]
    lessons = [(toml, LEARNING_BEATS) for toml in LESSONS.values()]
    zooms = [(toml, ZOOM_BEATS) for toml in ZOOMS.values()]
    for number, (toml, beats) in enumerate([*plain, *roots, *lessons, *zooms], 1):
        own = toml.replace('id = "options"', f'id = "scene-{number}"')
        yield f"```scene\n{own}```\n\n{beats}"


def _stacks() -> Iterator[str]:
    declared = (draw(seed) for draw in (random_stack, transposed_stack) for seed in range(STACKS))
    for number, stack in enumerate(declared):
        own = stack_text(stack).replace('id = "random"', f'id = "stack-{number}"')
        yield f"```scene\n{own}```\n\n[frame first] One cell sees {{field.size}}.\n\n[frame peak] {{answer}}."


if __name__ == "__main__":
    sys.exit(main())
