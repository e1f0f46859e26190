"""Activations in words: as an option of a layer, and as what happens to a sum."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.arithmetic import Activation


class ActivationWords(NamedTuple):
    """How an activation is told."""

    option: str
    """What a layer has."""
    step: str
    """What follows a sum; {} stands for the answer."""
    cut: str = ""
    """The same where the sum is cut off."""

    def told(self, answer: str, *, is_cut: bool) -> str:
        """Return what becomes of a sum."""
        return (self.cut if is_cut else self.step).format(answer)


ACTIVATIONS: Mapping[Activation, ActivationWords] = {
    "relu": ActivationWords("ReLU", "after ReLU {}"),
    "leaky-relu": ActivationWords("leaky ReLU", "after leaky ReLU {}"),
    "sigmoid": ActivationWords("a sigmoid", "after the sigmoid {}"),
    "tanh": ActivationWords("tanh", "after tanh {}"),
    "abs": ActivationWords("the absolute value of each sum", "its absolute value is {}"),
    "clamp": ActivationWords(
        "a clamp to between 0 and 255", "after the clamp {}", "the clamp cuts it off at {}"
    ),
}
