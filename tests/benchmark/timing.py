"""Contenders that take turns, and the table of their medians."""

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter, process_time

Contender = Callable[[], object]

ROUNDS = 21


def medians(
    contenders: Mapping[str, Contender], rounds: int = ROUNDS, clock: Callable[[], float] = perf_counter
) -> dict[str, float]:
    """Return the median time of each contender in milliseconds, the contenders taking turns."""
    times: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            start = clock()
            contender()
            times[name].append(1000 * (clock() - start))
    return {name: median(taken) for name, taken in times.items()}


def taken(contender: Contender) -> float:
    """Return the processor's time for one go, in milliseconds."""
    start = process_time()
    contender()
    return 1000 * (process_time() - start)


def table(title: str, rows: Mapping[str, Mapping[str, float]]) -> str:
    """Return a Markdown table of milliseconds with a line per row and a column per contender."""
    columns = list(next(iter(rows.values())))
    lines = [f"{title}, milliseconds", "", f"| | {' | '.join(columns)} |", "|---|" + "--:|" * len(columns)]
    lines += [
        f"| {name} | {' | '.join(f'{row[key]:.2f}' for key in columns)} |" for name, row in rows.items()
    ]
    return "\n".join(lines)
