"""Prints the tables of the subjects that are named, or of all."""

import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module

from tests.benchmark import __doc__ as told
from tests.benchmark.site import add_options, site

SUBJECTS = {
    "cross_correlation": "arithmetic",
    "layers": "arithmetic",
    "film": "drawing",
    "paper": "drawing",
    "whole_build": "building",
    "scrolling": "scrolling",
    "chapters": "scrolling",
    "colours": "colours",
    "site": "site",
}
"""The module of each: only those asked for are imported, for a browser or SciPy may be missing."""


def parsed(arguments: list[str]) -> Namespace:
    """Return the subjects, all of them where none is named, and what the options say."""
    parser = ArgumentParser(prog="python -m tests.benchmark", description=told)
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=", ".join(SUBJECTS))
    add_options(parser)
    options = parser.parse_args(arguments)
    for subject in options.subjects:
        if subject not in SUBJECTS:
            parser.error(f'there is no subject "{subject}"; there are {", ".join(SUBJECTS)}')
    options.subjects = options.subjects or list(SUBJECTS)
    return options


def main(arguments: list[str]) -> None:
    """Print what is asked for."""
    options = parsed(arguments)
    for subject in options.subjects:
        if subject == "site":
            for part in site(options):
                print(part, end="\n\n", flush=True)
        else:
            module = import_module(f"tests.benchmark.{SUBJECTS[subject]}")
            print(getattr(module, subject)(), end="\n\n", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
