"""A site is held against the rules before it is written: of one that was right before, what changed."""

from collections.abc import Sequence
from functools import lru_cache, partial
from pathlib import Path

import msgspec

from generator.errors import AuthorError, Problem
from generator.site.cache import FolderCache, LostPack
from generator.site.checking import BuiltSite, Survey, broken_pages, broken_site
from generator.site.making.order import Order
from generator.site.making.workers import Tasks, Workers
from generator.site.packs import Pack, PackedFiles

RIGHT, PACKS = "right", "packs"
A_TASK = 40
"""Pages that are looked at in one go."""


def refuse_what_changed(order: Order, files: PackedFiles, out: Path, workers: Workers) -> None:
    """Refuse a site in which something is wrong that was not there when it was last found right.

    Raises:
        AuthorError: everything that is wrong.

    """
    key = order.key("right", str(out))
    right = _known(order, key)
    asked = {path for path, digest in files.digests.items() if right.get(path) != digest}
    survey = Survey(BuiltSite(out, files.sizes, files.opened), asked)
    pages = [path for path in survey.pages if path in asked]
    problems = [*_broken_pages(order, files, survey, pages, workers), *broken_site(survey)]
    if problems:
        raise AuthorError(problems)
    if asked or right.keys() != files.digests.keys():
        order.kept.keep(key, [(RIGHT, msgspec.msgpack.encode(files.digests))])


def _known(order: Order, key: str) -> dict[str, str]:
    """Return the files with which the site was last found right, with the digests of their bytes."""
    if order.kept.listed(key) is None:
        return {}
    try:
        return msgspec.msgpack.decode(order.kept.read(key, RIGHT), type=dict[str, str])
    except (LostPack, msgspec.MsgspecError):
        return {}


def _broken_pages(
    order: Order, files: PackedFiles, survey: Survey, pages: Sequence[str], workers: Workers
) -> list[Problem]:
    if not workers.are_several or len(pages) < A_TASK:
        return list(broken_pages(survey, pages))
    packs = order.key("packs", sorted(files.digests.items()))
    order.kept.keep(packs, [(PACKS, msgspec.msgpack.encode(files.packs))])
    tasks: Tasks[int] = Tasks(workers)
    for start in range(0, len(pages), A_TASK):
        some = tuple(pages[start : start + A_TASK])
        tasks.begin(start, partial(_broken_of, packs=packs, out=survey.site.folder, pages=some))
    found = {start: problems for start, problems in tasks.results() if isinstance(problems, list)}
    order.kept.drop(packs)
    return [problem for start in sorted(found) for problem in found[start]]


def _broken_of(order: Order, packs: str, out: Path, pages: Sequence[str]) -> list[Problem]:
    """Return what is wrong in some pages of a site whose packs are listed under a key."""
    return list(broken_pages(_survey(order.cache, packs, out), pages))


@lru_cache(maxsize=1)
def _survey(cache: Path, packs: str, out: Path) -> Survey:
    """Return a site whose packs are listed there; in each process it is made once."""
    kept = FolderCache(cache)
    listed = msgspec.msgpack.decode(kept.read(packs, PACKS), type=tuple[Pack, ...])
    files = PackedFiles(listed, kept)
    return Survey(BuiltSite(out, files.sizes, files.opened), frozenset())
