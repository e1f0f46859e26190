"""What builds of made courses cost, beside other site generators that are given the same text."""

import os
import subprocess
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from generator.cli import PROJECT
from tests.benchmark import stopwatch
from tests.benchmark.contenders import OURS, PROGRAMS, SITE, Contender, contenders
from tests.benchmark.corpus import Page, added_sentence, corpus
from tests.benchmark.results import (
    Cost,
    Figure,
    Results,
    changes_table,
    costs_table,
    keep_results,
    read_results,
    this_machine,
)

SIZES = (1, 10, 100, 1000)
MOST_CHAPTERS = 9999
CORPORA = ("text", "scenes")
ROUNDS = 5
FEW_CHAPTERS = 10
"""Of which builds from nothing are short enough to be repeated."""
COLD_ROUNDS = 3
KEPT = PROJECT / ".cache" / "benchmark-site.json"


def add_options(parser: ArgumentParser) -> None:
    """Let the command line say what is built, and with what."""
    group = parser.add_argument_group("site")
    group.add_argument("--sizes", type=_sizes, default=SIZES, metavar="N,N", help="how many chapters")
    group.add_argument(
        "--with", dest="corpora", type=_corpora, default=CORPORA, metavar="text,scenes", help="one or both"
    )
    group.add_argument(
        "--rounds", type=_count, default=ROUNDS, metavar="N", help="of which the median is told"
    )
    group.add_argument("--results", type=Path, default=KEPT, metavar="FILE", help="kept for the next run")
    for name in PROGRAMS:
        group.add_argument(f"--{name}", metavar="PATH", help="where the program is")


def _sizes(typed: str) -> tuple[int, ...]:
    sizes = tuple(map(_count, typed.split(",")))
    if max(sizes) > MOST_CHAPTERS:
        raise ArgumentTypeError(f"a course has at most {MOST_CHAPTERS:,} chapters")
    return sizes


def _count(typed: str) -> int:
    if not typed.isdecimal() or int(typed) < 1:
        raise ArgumentTypeError(f'"{typed}" is not a number from 1')
    return int(typed)


def _corpora(typed: str) -> tuple[str, ...]:
    words = tuple(typed.split(","))
    if not set(words) <= set(CORPORA):
        raise ArgumentTypeError(f'"{typed}" is not text, scenes, or both with a comma between them')
    return words


def site(options: Namespace) -> Iterator[str]:
    """Yield the tables of each corpus and size; the figures are kept as soon as they are there.

    Whole processes are timed, their start included. "Changed" is a sentence more in the middle chapter.
    Corpora with scenes are for ourselves alone.
    """
    found = contenders({name: getattr(options, name) for name in PROGRAMS})
    before = read_results(options.results)
    results = Results(this_machine())
    yield f"{results.machine.cores} cores, Python {results.machine.python}, {results.machine.system}"
    if before and before.machine != results.machine:
        yield "The last figures are of another machine or another Python, and are not compared."
        before = None
    results = before or results
    for kind in options.corpora:
        racing = [one for one in found if kind == "text" or one.name == OURS]
        for size in options.sizes:
            print(f"{kind}, {size:,} ...", file=sys.stderr, flush=True)
            figures = measured(racing, kind, size, options.rounds)
            results = results.with_figures(figures)
            keep_results(options.results, results)
            yield f"Chapters of {kind}: {size:,}\n\n{costs_table(figures)}"
            changes = changes_table(before, figures) if before else ""
            if changes:
                yield f"The same, divided by the last run's\n\n{changes}"


def measured(racing: Sequence[Contender], kind: str, size: int, rounds: int) -> list[Figure]:
    """Return what the contenders' builds of one corpus cost, the contenders taking turns."""
    pages = corpus(size, scenes=kind == "scenes")
    middle = pages[size // 2]
    with TemporaryDirectory() as folder:
        places = {one: Path(folder) / str(number) for number, one in enumerate(racing)}
        for one, place in places.items():
            one.lay_out(place, pages)
        cold: list[dict[Contender, Cost]] = []
        for _ in range(COLD_ROUNDS if size <= FEW_CHAPTERS else 1):
            for one, place in places.items():
                one.forget(place)
            cold.append({one: build(one, place) for one, place in places.items()})
        sizes = {one: _size(place / SITE, pages) for one, place in places.items()}
        unchanged = [{one: build(one, place) for one, place in places.items()} for _ in range(rounds)]
        changed = [_changed(places, middle, number) for number in range(1, rounds + 1)]
    return [
        Figure(
            *(kind, size, one.name, one.version),
            *(_middle(one, cold), _middle(one, unchanged), _middle(one, changed)),
            *sizes[one],
        )
        for one in racing
    ]


def build(contender: Contender, folder: Path) -> Cost:
    """Build in a contender's folder, and return what that cost."""
    log = folder.with_suffix(".log")
    command = [sys.executable, "-I", "-S", stopwatch.__file__, str(log), *contender.command]
    # Everybody may keep what Python compiles, as on most machines.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(  # noqa: S603 - programs that somebody chose
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    seconds, memory, code = done.stdout.split()
    if code != "0":
        raise SystemExit(f"{contender.name} ended with {code}:\n{log.read_text('utf-8', 'replace')[-2000:]}")
    return Cost(float(seconds), int(memory))


def _changed(places: Mapping[Contender, Path], middle: Page, number: int) -> dict[Contender, Cost]:
    """Return what it costs to build once more, with so many sentences more than at first."""
    costs = {}
    for one, place in places.items():
        one.write(place, middle.told_more(number))
        costs[one] = build(one, place)
        page = place / SITE / middle.name / "index.html"
        if added_sentence(number) not in page.read_text("utf-8"):
            raise SystemExit(f"{one.name} did not see that a chapter was changed.")
    return costs


def _middle(contender: Contender, costs: Sequence[Mapping[Contender, Cost]]) -> Cost:
    """Return the medians of a contender's rounds."""
    mine = [round_[contender] for round_ in costs]
    return Cost(median(cost.seconds for cost in mine), int(median(cost.memory for cost in mine)))


def _size(site: Path, pages: Sequence[Page]) -> tuple[int, int]:
    """Return the bytes and the number of files of a site, once it is seen to have every chapter."""
    absent = [page.name for page in pages if not (site / page.name / "index.html").exists()]
    if absent:
        raise SystemExit(f"{site} lacks {len(absent)} chapters, such as {absent[0]}.")
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    return sum(sizes), len(sizes)
