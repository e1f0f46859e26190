"""Checks the values of a scene block one by one, so that every problem of the block is told at once."""

from collections.abc import Callable
from typing import Any, TypeVar

from generator.arithmetic import NO_MARGINS, Array, Geometry, Pair, losses
from generator.errors import InvalidValue, Problem
from generator.scenes.toml_block import TomlBlock

Made = TypeVar("Made")


class Check:
    """Checks the values of a block, and notes what is wrong with each."""

    def __init__(
        self, block: TomlBlock, given: dict[str, Any], problems: list[Problem], *, line: bool = False
    ) -> None:
        """Check a block whose values `given` have the right types.

        With `line` the declared image has one row, and a single number is about columns.
        """
        self.block = block
        self.given = given
        self.problems = problems
        self.line = line

    def __call__(self, key: str, make: Callable[[Any], Made]) -> Made | None:
        """Return what is made of a key's value; None where the key is not given, or is noted as wrong."""
        return self.of(key, lambda: make(self.given[key])) if key in self.given else None

    def of(self, key: str, make: Callable[[], Made]) -> Made | None:
        """Return what is made of several values; None where it is noted as wrong, at `key` if no other."""
        try:
            return make()
        except InvalidValue as fault:
            self.note(fault, key)
            return None

    def note(self, fault: InvalidValue, key: str) -> None:
        """Note what is wrong, at `key` if it names no key that is given."""
        fault.key = fault.key if fault.key in self.given else key
        self.problems.append(self.block.problem(fault))

    def wants_worksheet(self) -> bool:
        """Tell whether a worksheet is asked for; that something is to be left blank asks for one, too."""
        return bool(self.given.get("worksheet", "blank" in self.given))

    @property
    def worksheet_key(self) -> str:
        """Return the key that asks for a worksheet."""
        return "blank" if "blank" in self.given else "worksheet"

    def losses(self, geometry: Geometry, image: Array, size: Pair) -> tuple[Problem, ...]:
        """Return what the geometry loses, each at its key, and a mode of padding that pads nothing."""
        faults = [
            InvalidValue(loss.message, loss.hint, loss.key)
            for loss in losses(geometry, (image.shape[1], image.shape[2]), size)
        ]
        if geometry.padding_mode != "zeros" and geometry.padding == NO_MARGINS:
            fact = f'padding_mode = "{geometry.padding_mode}" pads nothing, for the padding is 0'
            faults.append(InvalidValue(fact, "Add padding = 1, or leave it out.", "padding_mode"))
        return tuple(map(self.block.problem, faults))
