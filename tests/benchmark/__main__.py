"""Prints the tables of the subjects that are named, or of all."""

import sys
from argparse import ArgumentParser
from importlib import import_module

SUBJECTS = {
    "cross_correlation": "arithmetic",
    "layers": "arithmetic",
    "film": "drawing",
    "paper": "drawing",
    "whole_build": "building",
    "scrolling": "scrolling",
    "chapters": "scrolling",
    "colours": "colours",
}
"""The module of each: only those asked for are imported, since a browser or SciPy may be missing."""


def main(arguments: list[str]) -> None:
    """Print what is asked for."""
    parser = ArgumentParser(prog="python -m tests.benchmark", description=__doc__)
    parser.add_argument("subjects", nargs="*", choices=[[], *SUBJECTS])
    for subject in parser.parse_args(arguments).subjects or SUBJECTS:
        module = import_module(f"tests.benchmark.{SUBJECTS[subject]}")
        print(getattr(module, subject)(), end="\n\n")


if __name__ == "__main__":
    main(sys.argv[1:])
