"""What the last build found or made, in one file: a thousand chapters are found there sooner than singly."""

from contextlib import suppress

import msgspec

from generator.site.cache import KeptFile, LostPack
from generator.site.making.made import MadeChapter
from generator.site.making.order import Order

NAME = "recent"


class _Recent(msgspec.Struct, frozen=True):
    chapters: dict[str, MadeChapter]
    pages: dict[str, tuple[KeptFile, ...]]


class Recent:
    """Chapters and pages of the last build by their keys, and those of this one."""

    def __init__(self, order: Order) -> None:
        """Know those that the last build by such an order has left."""
        self.order = order
        self.key = order.key(NAME)
        self.before = _read(order, self.key)
        self.now = _Recent({}, {})

    def chapter(self, key: str) -> MadeChapter | None:
        """Return what a chapter gave to the site."""
        return self.before.chapters.get(key)

    def page(self, key: str) -> tuple[KeptFile, ...] | None:
        """Return a page."""
        return self.before.pages.get(key)

    def note(self, made: MadeChapter) -> None:
        """Note a chapter of this build."""
        self.now.chapters[made.key] = made

    def note_page(self, key: str, listed: tuple[KeptFile, ...]) -> None:
        """Note a page of this build."""
        self.now.pages[key] = listed

    def keep(self) -> None:
        """Keep what was noted, for the next build; where it cannot be kept, that one looks further."""
        if self.now != self.before:
            with suppress(OSError):
                self.order.kept.keep(self.key, [(NAME, msgspec.msgpack.encode(self.now))])


def _read(order: Order, key: str) -> _Recent:
    if order.kept.listed(key) is not None:
        with suppress(LostPack, msgspec.MsgspecError):
            return msgspec.msgpack.decode(order.kept.read(key, NAME), type=_Recent)
    return _Recent({}, {})
