"""What may be drawn of a reel, and what of it a build is asked for."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, get_args

from generator.course.taken_along import Also, PaperName

if TYPE_CHECKING:
    from generator.course import SceneBlock

Kind = Literal["film", "animations", "answers", "frames", "sheets", "flipbook", "worksheet"]
KINDS: Collection[Kind] = get_args(Kind)


@dataclass(frozen=True)
class Wanted:
    """What is made of scenes."""

    kinds: Collection[Kind] = KINDS
    """What is drawn at all."""
    paper: PaperName = "a4"
    """On which prints are made unasked."""
    also: frozenset[Also] = frozenset()
    """What is made beside what most readers want."""

    def of(self, block: SceneBlock) -> Wanted:
        """Return what is made of a scene: with what its chapter links to."""
        return replace(self, also=self.also | block.also)


USUAL = Wanted()
"""What a scene has unasked."""
