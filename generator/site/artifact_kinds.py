"""What may be drawn of a reel, by the words that a build is asked for it with."""

from collections.abc import Collection
from typing import Literal, get_args

Kind = Literal["film", "animations", "answers", "frames", "sheets", "flipbook", "worksheet"]
KINDS: Collection[Kind] = get_args(Kind)
