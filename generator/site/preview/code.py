"""The generator's own code: where it failed, and whether what was changed in it can be used at all."""

import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from traceback import extract_tb

from generator.errors import Problem, shown_path

PROGRAM = Path(__file__).resolve().parents[2]
CODE = {".json", ".py"}
"""Endings of what is read once, when the program starts."""
PLACE = re.compile(r'^\s*File "(?P<file>[^"]+)", line (?P<line>\d+)', re.MULTILINE)
TRIAL = "import generator.cli.serve, generator.site.preview"


def is_code(path: Path) -> bool:
    """Tell whether a file is a part of the generator that a running one does not read again."""
    return path.suffix in CODE and path.resolve().is_relative_to(PROGRAM)


def fault_in_code() -> Problem | None:
    """Return why the generator, as its code is now, could not be started; nothing where it could."""
    command = [sys.executable, "-c", TRIAL]
    tried = subprocess.run(  # noqa: S603 - our own words
        command, cwd=PROGRAM.parent, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if not tried.returncode:
        return None
    said = tried.stderr.strip() or "it ends at once"
    places = [(Path(found["file"]), int(found["line"])) for found in PLACE.finditer(said)]
    return _problem(said.splitlines()[-1], places)


def failure(error: Exception) -> Problem:
    """Return an error of the generator's own as a problem of the line in which it arose."""
    frames = extract_tb(error.__traceback__)
    places = [(Path(frame.filename), frame.lineno or 0) for frame in frames]
    return _problem(f"{type(error).__name__}: {error}", places)


def _problem(said: str, places: Iterable[tuple[Path, int]]) -> Problem:
    ours = [(file, line) for file, line in places if file.is_relative_to(PROGRAM)]
    file, line = ours[-1] if ours else (PROGRAM, 0)
    return Problem(shown_path(file), line, f"the generator's code fails: {said}")
