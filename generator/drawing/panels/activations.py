"""How figures name activations: in a word, and with the formula where the word does not say it."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.scenes import Activation


class Label(NamedTuple):
    """What stands between a sum and what an activation makes of it."""

    name: str
    formula: str = ""
    is_told_of_outputs: bool = True
    """Whether an output that has gone through it says so, for its numbers are no sums."""

    def lines(self) -> Iterator[str]:
        """Yield the words, one under the other."""
        yield f"↓ {self.name}"
        if self.formula:
            yield self.formula


LABELS: Mapping[Activation, Label] = {
    "relu": Label("ReLU", is_told_of_outputs=False),
    "leaky-relu": Label("leaky ReLU", "÷100 below 0"),
    "sigmoid": Label("sigmoid", "1/(1+e^−x)"),
    "tanh": Label("tanh"),
    "abs": Label("abs", "|x|"),
    "clamp": Label("clamp", "0 to 255"),
}
