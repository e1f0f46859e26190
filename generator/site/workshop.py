"""Many hands: what is missing in the cache is made by several processes at once, before it is asked for."""

from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass

from generator.site.cache import FolderCache
from generator.site.scene_files import Part

WORTHWHILE = 8
"""So many missing parts take longer to make than further processes to start."""
MOST_HANDS = 61
"""Windows lets one process wait for no more."""


@dataclass(frozen=True)
class _Errand:
    """A part to be made and kept."""

    kept: FolderCache
    key: str
    part: Part

    def run(self) -> None:
        self.kept.files(self.key, self.part.make)


def make_ahead(parts: Iterable[tuple[str, Part]], kept: FolderCache, jobs: int) -> None:
    """Make and keep the parts that are missing, by so many processes; with one job nothing is made ahead.

    A part that cannot be kept is made once more when it is asked for.
    """
    if jobs < 2:
        return
    missing = [_Errand(kept, key, part) for key, part in parts if not kept.has(key)]
    if len(missing) < WORTHWHILE:
        return
    with ProcessPoolExecutor(min(jobs, MOST_HANDS)) as hands:
        list(hands.map(_Errand.run, missing))
