"""A theme's folder becomes colours, style, script and templates; one colour in it colours everything."""

import re
import shutil
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from generator.cli import PROJECT
from generator.drawing import role_colours
from generator.errors import AuthorError
from generator.site import read_theme
from generator.site.templates import rendered
from generator.site.theme import style_tokens
from tests.built import made
from tests.course.making import SCENE, course_of
from tests.site.pages import elements

SHIPPED = PROJECT / "themes" / "lesson"
THEME = read_theme(SHIPPED)


def changed(tmp_path: Path, old: str, new: str) -> Path:
    """Return a copy of the shipped theme with one text in `theme.toml` replaced."""
    folder = tmp_path / "theme"
    shutil.copytree(SHIPPED, folder)
    declared = (folder / "theme.toml").read_text("utf-8")
    assert old in declared
    (folder / "theme.toml").write_text(declared.replace(old, new, 1), "utf-8")
    return folder


def told(folder: Path) -> str:
    with pytest.raises(AuthorError) as raised:
        read_theme(folder)
    return str(raised.value)


def test_every_role_is_a_property_in_light() -> None:
    """The style sheet knows the colour of every role."""
    tokens = style_tokens(THEME.palette)
    for role, (red, green, blue) in role_colours(THEME.palette, THEME.palette.light).items():
        assert f"--{role}: #{red:02x}{green:02x}{blue:02x};" in tokens


def test_dark_colours_are_for_screens_alone() -> None:
    """Paper stays light: the dark colours stand in a rule for screens of readers who prefer them."""
    before, _, dark = style_tokens(THEME.palette).partition(
        "@media screen and (prefers-color-scheme: dark) {"
    )
    red, green, blue = THEME.palette.dark.paper
    assert f"--paper: #{red:02x}{green:02x}{blue:02x};" in dark
    assert f"--paper: #{red:02x}{green:02x}{blue:02x};" not in before


def test_every_class_of_a_drawing_has_a_rule(files: dict[str, bytes]) -> None:
    """Whatever class colours a figure, in the page or later by the script, the style sheet defines it."""
    page = files["05-convolution-and-filters/index.html"].decode()
    used = {
        name
        for element in elements(page)
        if element.tag in {"rect", "text"}
        for name in element.attributes.get("class", "").split()
        if re.match(r"(fill|ink|line)-", name)
    }
    assert used
    tokens = style_tokens(THEME.palette)
    assert [name for name in sorted(used) if f".{name} {{" not in tokens] == []


@pytest.mark.parametrize(
    "tint", ["zero", *(f"{sign}-{step}" for sign in ("plus", "minus") for step in (1, 2, 3))]
)
def test_every_tint_that_a_script_may_set_has_a_rule(tint: str) -> None:
    """All tints can be filled in, also those that the finished figure does not show."""
    assert f".fill-{tint} {{ fill: var(--{tint}); }}" in style_tokens(THEME.palette)


def test_one_colour_of_the_theme_recolours_page_and_film(tmp_path: Path) -> None:
    """One edit in `theme.toml` changes style sheet and film; the drawings name roles and stay as they are."""
    folder = changed(tmp_path, 'plus = "#1f5fa8"', 'plus = "#00b050"')
    course_of(tmp_path / "content", SCENE)
    before, after = (
        made(tmp_path / "content", ["film"], theme=theme) for theme in (PROJECT / "themes" / "lesson", folder)
    )
    assert b"--plus:#00b050" in style_of(after)
    assert b"--plus:#00b050" not in style_of(before)
    assert (0, 0xB0, 0x50) in film_colours(after)
    assert (0, 0xB0, 0x50) not in film_colours(before)
    assert drawings_of(after) == drawings_of(before)


def style_of(files: dict[str, bytes]) -> bytes:
    return next(data for path, data in files.items() if path.endswith(".css"))


def film_colours(files: dict[str, bytes]) -> set[tuple[int, ...]]:
    data = Image.open(BytesIO(files["01-edges/edge/filmstrip.png"])).convert("RGB").tobytes()
    return set(zip(data[::3], data[1::3], data[2::3], strict=True))


def drawings_of(files: dict[str, bytes]) -> list[str]:
    return re.findall(r"<svg.*?</svg>", files["01-edges/index.html"].decode())


def test_every_file_that_the_theme_names_is_there() -> None:
    """Style sheet, script, font, icon and templates exist, and the style sheet has a place for the font."""
    assert THEME.script
    assert "FONT" in THEME.style
    assert THEME.font[:4] == b"wOF2"
    assert THEME.icon.lstrip().startswith(b"<svg")
    assert set(THEME.templates.list_templates()) >= {"index.html", "chapter.html", "404.html"}
    for name in THEME.templates.list_templates():
        THEME.templates.get_template(name)


def test_no_other_colour_stands_in_the_style_sheet() -> None:
    """The style sheet of the theme takes all its colours from `theme.toml`."""
    parts = "".join(part.read_text("utf-8") for part in (SHIPPED / "style").iterdir())
    written = re.sub(r"/\*.*?\*/", "", parts, flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*;)|\b(?:rgb|hsl|oklch)a?\(", written) == []


def test_a_folder_without_a_theme_is_told(tmp_path: Path) -> None:
    """A name that leads nowhere is an error of the author's."""
    shown = (tmp_path / "theme.toml").as_posix()
    assert told(tmp_path) == f"{shown}: there is no such theme. Name one with --theme."


@pytest.mark.parametrize(
    ("old", "new", "fact"),
    [
        ('ink = "#23211d"', 'ink = "ink"', '"ink" is not a colour such as "#e8a013"'),
        ('ink = "#23211d"', 'ink = "#23211D00"', '"#23211D00" is not a colour'),
        ('ink = "#23211d"', "ink = 5", "Expected `str`, got `int` - at `$.light.ink`"),
        ('ink = "#23211d"', "", "missing required field `ink`"),
        ('ink = "#23211d"', 'ink = "#23211d"\ngold = "#ffd700"', "unknown field `gold`"),
        ("[dark]", "[dark", "the theme cannot be read"),
        ("[dark]", "[night]", "the theme cannot be read"),
        ('"style/print.css"', '"missing.css"', 'there is no file "missing.css"'),
        ('"fonts/jetbrains-mono-500.woff2"', '"fonts/none.woff2"', 'there is no file "fonts/none.woff2"'),
        ('500.ttf"', 'cut-off.ttf"', '"fonts/jetbrains-mono-cut-off.ttf" cannot be read as a font'),
        ('"fonts/jetbrains-mono-500.woff2"', '"../../x.woff2"', '"../../x.woff2" leads out of the theme'),
        ('"style/print.css"', '"/etc/x.css"', '"/etc/x.css" leads out of the theme'),
        ('500.ttf"', '500.woff2"', '"fonts/jetbrains-mono-500.woff2" is not a TrueType font'),
    ],
)
def test_a_theme_that_is_not_right_is_told(tmp_path: Path, old: str, new: str, fact: str) -> None:
    """A mistake in a theme is told with its file, and never as a traceback."""
    folder = changed(tmp_path, old, new)
    whole = (folder / "fonts" / "jetbrains-mono-500.ttf").read_bytes()
    (folder / "fonts" / "jetbrains-mono-cut-off.ttf").write_bytes(whole[:3000])
    message = told(folder)
    assert message.startswith(f"{(folder / 'theme.toml').as_posix()}: ")
    assert fact in message


@pytest.mark.parametrize(
    ("template", "line", "fact"),
    [
        ("{% if %}", 1, "Expected an expression"),
        ("{% extends 'none.html' %}", 1, "none.html"),
        ("\n\n{{ nothing.at.all }}", 3, "'nothing' is undefined"),
        ("\n{{ 1 | nothing }}", 2, "No filter named 'nothing'"),
        ("<p>\n{{ 1 + 'a' }}", 2, "unsupported operand type"),
        ("{{ 1 / 0 }}", 1, "division by zero"),
        ("{{ 'a' | round }}", 1, "define __round__"),
        ("{% for x in 5 %}{% endfor %}", 1, "'int' object is not iterable"),
    ],
)
def test_a_template_that_is_not_right_is_told(tmp_path: Path, template: str, line: int, fact: str) -> None:
    """With its file where it is known, and never as a traceback or as a fault of the site's folder."""
    shutil.copytree(SHIPPED, tmp_path / "theme")
    (tmp_path / "theme" / "templates" / "index.html").write_text(template, "utf-8")
    theme = read_theme(tmp_path / "theme")
    with pytest.raises(AuthorError) as refusal:
        rendered(theme.templates, "index.html")
    [problem] = refusal.value.problems
    assert problem.file.endswith(".html")
    assert problem.line == line
    assert fact in problem.message


@pytest.mark.parametrize(
    "name", ["theme.toml", "style/page.css", "script/page.js", "icon.svg", "templates/base.html"]
)
def test_a_control_character_in_a_file_of_a_theme_is_told_in_its_place(tmp_path: Path, name: str) -> None:
    """A theme's files come in through the same door as a course's."""
    folder = changed(tmp_path, "", "")
    (folder / name).write_bytes((folder / name).read_bytes() + b"\n\x02amp\x03")
    line = (folder / name).read_bytes().count(b"\n") + 1

    assert f"/{name}:{line}: column 1 holds the control character U+0002. Delete it" in told(folder)


def test_a_fault_of_ours_is_not_blamed_on_a_template(tmp_path: Path) -> None:
    """What a template calls may break: then the whole traceback is of use."""
    shutil.copytree(SHIPPED, tmp_path / "theme")
    (tmp_path / "theme" / "templates" / "index.html").write_text("{{ broken() }}", "utf-8")

    def broken() -> None:
        raise ZeroDivisionError("ours")

    with pytest.raises(ZeroDivisionError, match="ours"):
        rendered(read_theme(tmp_path / "theme").templates, "index.html", broken=broken)
