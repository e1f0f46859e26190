"""How a build says how far it has come: soon enough, seldom enough, and without a trace."""

import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

import pytest

from generator.cli import build, main
from generator.cli.progress import PlainProgress, shown_progress
from generator.site import BuildPlan, build_site
from generator.site.progress import Progress

TERMINAL = {"TERM": "xterm-256color"}
CONTROL = re.compile(r"\x1b\[[?0-9;]*[a-zA-Z]")
COLOUR = re.compile(r"\x1b\[[0-9;]*(3[0-9]|4[0-9])[0-9;]*m")


HIDDEN = "\x1b[?25l"
"""Hides the cursor of a terminal."""


class Terminal(StringIO):
    """A stream to a terminal."""

    def isatty(self) -> bool:
        return True


class Clock:
    """Shows the time that a test says."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def seen(stream: StringIO) -> list[str]:
    r"""Return the lines that a reader sees once everything has been written.

    >>> seen(StringIO("ab\r\x1b[2Kc\nd\r\n\r\x1b[1A\x1b[2Ke"))
    ['c', 'e']
    """
    lines, row, column = [""], 0, 0
    for part in re.findall(r"\x1b\[[?0-9;]*[a-zA-Z]|[\r\n]|[^\x1b\r\n]+", stream.getvalue()):
        if part == "\n":
            row, column = row + 1, 0
            lines += [""] * (row + 1 - len(lines))
        elif part == "\r":
            column = 0
        elif part == "\x1b[2K":
            lines[row] = ""
        elif part.endswith("A"):
            row -= int(part[2:-1])
        elif not part.startswith("\x1b"):
            lines[row] = lines[row][:column] + part + lines[row][column + len(part) :]
            column += len(part)
    return [line.rstrip() for line in lines if line.strip()]


def drawn(stream: StringIO) -> list[str]:
    """Return each line that was drawn on a terminal, in its time, without the bar."""
    plain = CONTROL.sub("", stream.getvalue())
    return [
        re.sub(r" [━╸╺ ]*[━╸╺][━╸╺ ]* ", " | ", line).strip()
        for line in re.split(r"[\r\n]+", plain)
        if line.strip()
    ]


def run(progress: Progress, clock: Clock, steps: int, seconds: float) -> None:
    """Do some work of which each step takes so long."""
    progress.begin("Drawing scenes", steps)
    for number in range(1, steps + 1):
        clock.now += seconds
        progress.step(f"scene-{number}")
    progress.end()


@contextmanager
def shown(
    stream: StringIO, environment: Mapping[str, str] = TERMINAL
) -> Iterator[tuple[PlainProgress, Clock]]:
    """Show progress on a stream, with a clock to turn."""
    clock = Clock()
    with shown_progress(stream, environment, clock) as progress:
        yield progress, clock


# --- On a terminal -------------------------------------------------------------------------------------


def test_what_is_made_and_what_is_left_is_seen_at_work() -> None:
    """In one line, which is there after a second and gone at the end."""
    stream = Terminal()
    with shown(stream) as (progress, clock):
        run(progress, clock, 4, 0.6)
        progress.tell("Built.")
    assert drawn(stream) == [
        "Drawing scenes | 2 of 4, 2 left scene-2",
        "Drawing scenes | 3 of 4, 1 left scene-3",
        "Built.",
    ]
    assert seen(stream) == ["Built."]


@pytest.mark.parametrize(("steps", "seconds"), [(9, 0.1), (1, 60), (0, 0)])
def test_what_is_done_soon_says_nothing(monkeypatch: pytest.MonkeyPatch, steps: int, seconds: float) -> None:
    """Nor does what is done when there would be something to say, and then nothing is loaded for it."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "rich"]:
        monkeypatch.delitem(sys.modules, name)
    stream = Terminal()
    with shown(stream) as (progress, clock):
        run(progress, clock, steps, seconds)
    assert stream.getvalue() == ""
    assert "rich" not in sys.modules


def test_the_line_is_not_drawn_more_often_than_it_can_be_read() -> None:
    """Ten thousand small steps do not keep a terminal busy."""
    stream = Terminal()
    with shown(stream) as (progress, clock):
        run(progress, clock, 10_000, 0.001)
    assert 50 < len(drawn(stream)) < 110


def test_one_work_comes_after_another() -> None:
    """The second is waited for no longer than the first."""
    stream = Terminal()
    with shown(stream) as (progress, clock):
        run(progress, clock, 3, 1)
        progress.begin("Writing pages", 2)
        clock.now += 1
        progress.step("index.html")
        clock.now += 1
        progress.step("404.html")
        progress.end()
    assert "Writing pages | 0 of 2, 2 left" in drawn(stream)
    assert "Writing pages | 1 of 2, 1 left index.html" in drawn(stream)
    assert seen(stream) == []


def test_a_warning_stays_above_the_line() -> None:
    """Whole, as it is written, and the next step has the line below it."""
    stream = Terminal()
    told = f"chapters/01.md:3: [frame 1] {'is long and ' * 20}"
    with shown(stream) as (progress, clock):
        progress.begin("Drawing scenes", 3)
        clock.now += 2
        progress.step("scene-1")
        progress.tell(told)
        assert seen(stream) == [told.strip()]
        clock.now += 1
        progress.step("scene-2")
        assert [line[:14] for line in seen(stream)] == [told[:14], "Drawing scenes"]
    assert seen(stream) == [told.strip()]


def interrupted(stream: StringIO, error: type[BaseException]) -> None:
    """Do some work that comes to no end."""
    with shown(stream) as (progress, clock):
        progress.begin("Drawing scenes", 3)
        clock.now += 2
        progress.step("scene-1")
        raise error


@pytest.mark.parametrize("error", [KeyboardInterrupt, ValueError])
def test_an_end_at_any_moment_leaves_no_trace(error: type[BaseException]) -> None:
    """No half line, and what comes after it begins a line of its own; a killed one leaves the cursor, too."""
    stream = Terminal()
    with pytest.raises(error):
        interrupted(stream, error)
    print("Ended.", file=stream)
    assert seen(stream) == ["Ended."]
    assert HIDDEN not in stream.getvalue()


def test_colours_are_left_out_where_none_are_wanted() -> None:
    """The line is the same without them."""
    coloured, plain = Terminal(), Terminal()
    for stream, environment in ((coloured, TERMINAL), (plain, {**TERMINAL, "NO_COLOR": "1"})):
        with shown(stream, environment) as (progress, clock):
            run(progress, clock, 4, 1)
    assert COLOUR.search(coloured.getvalue())
    assert not COLOUR.search(plain.getvalue())
    assert drawn(plain) == drawn(coloured)


def test_a_long_name_is_cut_off() -> None:
    """The line stays one, in a narrow window too, and brackets in a name are brackets."""
    stream = Terminal()
    with shown(stream, {**TERMINAL, "COLUMNS": "72"}) as (progress, clock):
        progress.begin("Drawing scenes", 3)
        clock.now += 2
        progress.step(f"[red]{'a' * 200}")
        (line,) = seen(stream)
    assert len(line) == 71  # the last column stays free
    assert "[red]a" in line
    assert line.endswith("…")


class Torn(Terminal):
    """A terminal on which the program is interrupted within a line."""

    def write(self, text: str) -> int:
        if "left" in text:
            super().write(text[: text.index("left")])
            raise KeyboardInterrupt
        return super().write(text)


def test_a_line_that_is_torn_is_taken_away() -> None:
    """A signal comes when it comes."""
    stream = Torn()
    with pytest.raises(KeyboardInterrupt):
        interrupted(stream, ValueError)
    assert "Drawing" in stream.getvalue()
    assert seen(stream) == []


# --- Elsewhere -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stream", "environment"),
    [
        (StringIO(), {}),
        (StringIO(), TERMINAL),
        (Terminal(), {"TERM": "dumb"}),
        (Terminal(), {**TERMINAL, "CI": "true"}),
    ],
)
def test_a_log_gets_a_plain_line_now_and_then(stream: StringIO, environment: Mapping[str, str]) -> None:
    """Every few seconds at most, and none that says that nothing is left."""
    stream.seek(0)
    with shown(stream, environment) as (progress, clock):
        run(progress, clock, 12, 1)
    assert stream.getvalue() == "Drawing scenes: 5 of 12, 7 left\nDrawing scenes: 10 of 12, 2 left\n"


def test_a_log_gets_nothing_of_a_short_build() -> None:
    """As before."""
    stream = StringIO()
    with shown(stream, {}) as (progress, clock):
        run(progress, clock, 40, 0.1)
        progress.tell("A warning.")
    assert stream.getvalue() == "A warning.\n"


def test_an_old_windows_gets_plain_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its console would print what takes a line away."""
    monkeypatch.setattr("rich.console.detect_legacy_windows", lambda: True)
    stream = Terminal()
    with shown(stream) as (progress, clock):
        run(progress, clock, 9, 1)
    assert stream.getvalue() == "Drawing scenes: 1 of 9, 8 left\nDrawing scenes: 6 of 9, 3 left\n"


# --- In a build ----------------------------------------------------------------------------------------


def test_a_build_is_shown_on_standard_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is told of the result stays alone on the standard output."""
    monkeypatch.chdir(tmp_path)
    assert main(["new", "course", "my-course"]) == 0
    clock = Clock()

    def slow(plan: BuildPlan, warn: object, progress: Progress) -> object:
        run(progress, clock, 7, 1)
        return build_site(plan)

    monkeypatch.setattr("generator.site.build_site", slow)
    monkeypatch.setattr(build, "CLOCK", clock)
    capsys.readouterr()
    assert main(["--content", "my-course", "--jobs", "1"]) == 0
    told = capsys.readouterr()
    assert told.err == "Drawing scenes: 5 of 7, 2 left\n"
    assert told.out.startswith("1 chapter, 1 scene, ")
