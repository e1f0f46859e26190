"""What builds cost, kept from one run to the next, and shown as tables."""

import os
import platform
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

PHASES = ("cold", "unchanged", "changed")
MEGA = 1_000_000


@dataclass(frozen=True)
class Cost:
    """Of one way to build: seconds, and the peak of the process that needs most memory, in bytes."""

    seconds: float
    memory: int


@dataclass(frozen=True)
class Figure:
    """What one contender's builds of one corpus cost, and how large its site is."""

    corpus: str
    chapters: int
    contender: str
    version: str
    cold: Cost
    unchanged: Cost
    changed: Cost
    site_bytes: int
    site_files: int

    @property
    def key(self) -> tuple[str, int, str]:
        """Return what tells it from the others of a run."""
        return self.corpus, self.chapters, self.contender

    def costs(self) -> tuple[Cost, Cost, Cost]:
        """Return its costs in the order of the phases."""
        return self.cold, self.unchanged, self.changed


@dataclass(frozen=True)
class Machine:
    """Where it was measured: figures of different ones say nothing about each other."""

    cores: int
    python: str
    system: str


@dataclass(frozen=True)
class Results:
    """Figures of one machine."""

    machine: Machine
    figures: tuple[Figure, ...] = ()

    def with_figures(self, figures: Iterable[Figure]) -> "Results":
        """Return the results with these in place of those of the same corpus and contender."""
        return Results(self.machine, tuple({one.key: one for one in (*self.figures, *figures)}.values()))


def this_machine() -> Machine:
    """Return the machine that this runs on."""
    return Machine(
        os.cpu_count() or 1, platform.python_version(), f"{platform.system()} {platform.machine()}"
    )


def read_results(path: Path) -> Results | None:
    """Return what was kept, if anything is there that can be read."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Results)
    except (OSError, msgspec.MsgspecError):
        return None


def keep_results(path: Path, results: Results) -> None:
    """Write results for the next run to read."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(results)) + b"\n")


def costs_table(figures: Sequence[Figure]) -> str:
    """Return a Markdown table with a line per contender, and our share of its seconds behind them."""
    ours = figures[0]
    titles = (
        *(f"{phase}, s" for phase in PHASES),
        *(f"{phase}, MB" for phase in PHASES),
        *("site, MB", "files"),
        *(f"{phase}, {ours.contender}/theirs" for phase in PHASES),
    )
    rows = [
        (
            f"{one.contender} {one.version}".strip(),
            *(_seconds(cost.seconds) for cost in one.costs()),
            *(f"{cost.memory / MEGA:.0f}" for cost in one.costs()),
            f"{one.site_bytes / MEGA:.2f}",
            f"{one.site_files:,}",
            *_ratios(ours, one, lambda cost: cost.seconds, "–" if one is ours else ""),
        )
        for one in figures
    ]
    return _table(titles, rows)


def changes_table(before: Results, figures: Iterable[Figure]) -> str:
    """Return a Markdown table of figures divided by those of before, or nothing where there are none."""
    kept = {one.key: one for one in before.figures}
    rows = [
        (
            f"{one.contender} {_both(old.version, one.version)}".strip(),
            *_ratios(one, old, lambda cost: cost.seconds),
            *_ratios(one, old, lambda cost: cost.memory),
            f"{one.site_bytes - old.site_bytes:+,}",
            f"{one.site_files - old.site_files:+,}",
        )
        for one in figures
        if (old := kept.get(one.key))
    ]
    titles = (
        *(f"{phase}, time" for phase in PHASES),
        *(f"{phase}, memory" for phase in PHASES),
        *("site, bytes more", "files more"),
    )
    return _table(titles, rows) if rows else ""


def _ratios(
    one: Figure, other: Figure, number: Callable[[Cost], float], instead: str = ""
) -> tuple[str, ...]:
    pairs = zip(one.costs(), other.costs(), strict=True)
    return tuple(instead or f"{number(mine) / number(theirs):.2f}" for mine, theirs in pairs)


def _both(before: str, now: str) -> str:
    return now if before == now else f"{before} → {now}"


def _seconds(seconds: float) -> str:
    return f"{seconds:.3f}" if seconds < 1 else f"{seconds:.2f}"


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [f"| | {' | '.join(titles)} |", "|---|" + "--:|" * len(titles)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])
