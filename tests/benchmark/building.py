"""What a whole build of the real content costs."""

import subprocess
import sys
from itertools import count
from tempfile import TemporaryDirectory

from generator.cli import PROJECT
from tests.benchmark.timing import medians, table

PROGRAM = (
    "import pathlib, sys, generator.cli as cli; sys.exit(cli.main(sys.argv[2:], pathlib.Path(sys.argv[1])))"
)
"""Builds as the command line does, but keeps what is drawn in the folder that is named first."""


def whole_build() -> str:
    """Return the table of a build from nothing to a written site, Python's own start included."""
    with TemporaryDirectory() as folder:

        def built(kept: str) -> None:
            subprocess.run(  # noqa: S603 - our own program
                [sys.executable, "-c", PROGRAM, kept, "--out", f"{folder}/site"],
                cwd=PROJECT,
                stdout=subprocess.DEVNULL,
                check=True,
            )

        fresh = (f"{folder}/{number}" for number in count())
        contenders = {"from nothing": lambda: built(next(fresh)), "unchanged": lambda: built(f"{folder}/0")}
        return table("Whole build", {"the real content": medians(contenders, rounds=5)})
